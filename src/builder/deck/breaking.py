"""Words → lines: how a width is filled with what no line parts.

Breaks stand at spaces and after hyphens and dashes inside words; a word wider than the box is broken where it ends.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from builder.deck.unparted import Word, is_formula, one_word

if TYPE_CHECKING:
    from builder.deck.lines import Typeface

MEASURE_OF_BROKEN = 0.9
"""How full lines are, on average, that a formula is broken into where its relations and signs stand."""
LEEWAY = 0.01
"""By how many points a line may be wider than its box."""
NARROWEST = 1.0
"""The width in points of a box that has none, since it is indented more than there is room: a character stands on each
of its lines.
"""


class Line(NamedTuple):
    """A line: its words, where it starts in the text, the height that formulas add to it, and how wide it is, which is
    not known of one that ends within a word.
    """

    text: str
    start: int
    tall: float
    wide: float = 0.0


Sized = tuple[Word, float, float]
"""A word, and how wide it and the spaces before it are at a size."""


def sized(words: Sequence[Word], size: float, measure: int) -> list[Sized]:
    """``words`` at a size in points, by one of the measures."""
    return [(word, word.wide(size, measure), word.room(size, measure)) for word in words]


def chained(words: Sequence[Sized], width: float) -> Sequence[Sized]:
    """``words`` with those that follow a dash without a space joined to it, where both fit on a line."""
    if not any(word.opens for word, _, _ in words):
        return words
    found: list[Sized] = []
    for word, wide, room in words:
        last, used, before = found[-1] if found else (word, 0.0, 0.0)
        if found and last.opens and not word.gaps and used + wide <= width:
            found[-1] = one_word(last, word), used + wide, before
        else:
            found.append((word, wide, room))
    return found


def fill(words: Sequence[Sized], width: float, size: float, typeface: Typeface, measure: int) -> list[Line]:
    """The lines of ``words`` by the measure that they are sized by; a word that is too wide is cut."""
    lines: list[Line] = []
    current, used, start, tall = "", 0.0, 0, 0.0
    width = max(width, NARROWEST)
    most = width + LEEWAY
    for word, wide, room in words:
        if current and used + room + wide > most:
            lines.append(Line(current, start, tall, used))
            current, used, tall = "", 0.0, 0.0
        elif current:
            current, used = current + word.gap, used + room
        start = start if current else word.start
        if word.tall:
            tall = max(tall, word.tall * size)
        if wide > most and is_formula(word):
            tall += math.ceil(wide / (MEASURE_OF_BROKEN * width) - 1) * size * typeface.pitch
        if wide > most:
            full, current, used = cut_pieces(word, width, size, typeface, measure)
            lines += full
            start = full[-1].start + len(full[-1].text) if full else start
            continue
        current, used = current + word.text, used + wide
    lines.append(Line(current, start, tall, used))
    return lines


def cut_pieces(
    word: Word, width: float, size: float, typeface: Typeface, measure: int
) -> tuple[list[Line], str, float]:
    """(full lines, what is on the last one, its width) of a word that is wider than its box, cut where lines end.

    Formulas are not cut; a line ends before one that does not go onto it.
    """
    lines: list[Line] = []
    current, used, start = "", 0.0, word.start
    for run, piece in word.pieces:
        left = piece
        if run.math and current and used + typeface.widths(run, left, size)[measure] > width + LEEWAY:
            lines.append(Line(current, start, word.tall * size))
            start += len(current)
            current, used = "", 0.0
        while not run.math and used + typeface.widths(run, left, size)[measure] > width + LEEWAY:
            count = longest(left, width - used, lambda text, run=run: typeface.widths(run, text, size)[measure])  # type: ignore[misc]
            count = count or (0 if current else 1)
            lines.append(Line(current + left[:count], start, word.tall * size))
            start += len(lines[-1].text)
            current, used, left = "", 0.0, left[count:]
        current, used = current + left, used + typeface.widths(run, left, size)[measure]
    return lines, current, used


def cut_links(words: Sequence[Sized], width: float, size: float, typeface: Typeface) -> int:
    """How many links are cut since they are wider than their box: LibreOffice, to which a link is a field, begins a
    line behind each.
    """
    most = width + LEEWAY
    cut = 0
    for word in (word for word, wide, _ in words if wide > most):
        for link, pieces in groupby(word.pieces, key=lambda piece: piece[0].link):
            wide = sum(typeface.width(run, text, size) for run, text in pieces)
            cut += bool(link) and wide > most
    return cut


def longest(word: str, width: float, measured: Callable[[str], float]) -> int:
    """Return how many characters of ``word`` go into ``width`` points."""
    return bisect_right(range(1, len(word) + 1), width + LEEWAY, key=lambda count: measured(word[:count]))

"""Words and lines: what no line parts, measured, and how a width is filled with it.

Breaks stand at spaces and after hyphens and dashes inside words; a word wider than the box is broken where it ends.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from builder.deck.model import Run, Runs
from builder.typeset.math.formulas import Formula
from builder.typeset.measure import MOST, Widths

if TYPE_CHECKING:
    from builder.deck.lines import Typeface

IDEOGRAPHS = "\u2e80-\u2fff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
CLOSING = "\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff01\uff1f\uff09\u300d\u300f\u3011\u300b\u30fc"
"""Marks that begin no line in East Asian text."""
IN_WORD = rf"(?:[^\s\-–—/{IDEOGRAPHS}]|[\u00a0\u2007\u202f])"
"""A character after which no line ends: also spaces that hold words together."""
DASHES = "-–—/"
"""Characters inside words after which a line may end."""
PIECES = re.compile(rf"[{IDEOGRAPHS}][{CLOSING}]*|{IN_WORD}+(?:[\-–—/]+(?=\u2060){IN_WORD}+)*[\-–—/]*|[\-–—/]+|\s")
LEEWAY = 0.01
"""By how many points a line may be wider than its box."""


class Word(NamedTuple):
    """What stands between two places where a line may end, and where it starts in the text of its runs.

    ``gap`` are the spaces before it, which go where a line ends, with their ``room``, to which kerning is not added at
    its `MOST`; ``tall`` is the height that its formulas add to a line. ``opens`` is true where the next word may follow
    without a space, after a dash.
    """

    text: str
    start: int
    widths: Widths
    gap: str
    room: Widths
    tall: float
    opens: bool
    pieces: tuple[tuple[Run, str], ...]


NOTHING = (0.0, 0.0, 0.0)


class MeasuredRun(NamedTuple):
    """The words of a run, and the spaces behind the last one."""

    words: tuple[Word, ...]
    gap: str = ""
    room: Widths = NOTHING


class Line(NamedTuple):
    """A line: its words, where it starts in the text, and the height that formulas add to it."""

    text: str
    start: int
    tall: float


def words_of(runs: Runs, size: float, typeface: Typeface) -> Sequence[Word]:
    """Return what no line parts, in order."""
    if len(runs) == 1:
        return typeface.measured(runs[0], size).words
    words: list[Word] = []
    gap, room, offset = "", NOTHING, 0
    for run in runs:
        found = typeface.measured(run, size)
        for word in found.words:
            if words and not (gap or word.gap) and not may_end(words[-1]):
                words[-1] = joined(words[-1], word)
            else:
                both = added(room, word.room)
                words.append(word._replace(start=word.start + offset, gap=gap + word.gap, room=both))
            gap, room = "", NOTHING
        gap, room = gap + found.gap, added(room, found.room)
        offset += len(run.text)
    return words


def added(first: Widths, second: Widths, kerning: float = 0.0) -> Widths:
    """The widths of two stretches of text, and what kerning changes."""
    return first[0] + second[0] + kerning, first[1] + second[1] + kerning, first[2] + second[2] + max(kerning, 0.0)


def joined(first: Word, second: Word) -> Word:
    """Two words that no space parts, as one."""
    return first._replace(
        text=first.text + second.text,
        widths=added(first.widths, second.widths),
        tall=max(first.tall, second.tall),
        opens=second.opens,
        pieces=(*first.pieces, *second.pieces),
    )


def measured_run(run: Run, size: float, typeface: Typeface) -> MeasuredRun:
    """The words of a run, with both widths."""
    if run.math:
        tall = formula_room(typeface.formulas[run.math], typeface) * size
        widths = typeface.widths(run, run.text, size)
        return MeasuredRun((Word(run.text, 0, widths, "", NOTHING, max(tall, 0.0), False, ((run, run.text),)),))
    only = typeface.only_face(run, run.text) if not (run.smallcaps or run.sub or run.sup) else None
    wide = only.widths if only is not None else partial(typeface.widths, run)
    words: list[Word] = []
    gap, room, at = "", NOTHING, 0
    for piece in PIECES.findall(run.text):
        widths = wide(piece, size)
        if piece.isspace():
            if gap:
                gap, room = gap + piece, added(room, widths)
            else:
                kerned = only.kerning(words[-1].text[-1:] + piece, size) if only is not None and words else 0.0
                gap, room = piece, added(NOTHING, widths, kerned) if kerned else widths
        else:
            if gap and only is not None and (kerned := only.kerning(gap[-1] + piece[0], size)):
                room = added(room, NOTHING, kerned)
            text = piece.replace("\u2060", "")
            words.append(Word(text, at, widths, gap, room, 0.0, piece[-1] in DASHES, ((run, text),)))
            gap, room = "", NOTHING
        at += len(piece)
    return MeasuredRun(tuple(words), gap, room)


def formula_room(formula: Formula, typeface: Typeface) -> float:
    """Return how much higher than usual a formula makes its line, in em: above the letters, and below them."""
    above, below = typeface.edges
    return max(formula.height_em - formula.depth_em - above, 0.0) + max(formula.depth_em - below, 0.0)


def may_end(word: Word) -> bool:
    """True if a line may end after a word that no space follows."""
    return word.opens or (not word.pieces[-1][0].math and is_wide(word.text[-1:]))


def chained(words: Sequence[Word], width: float) -> list[Word]:
    """``words`` with those that follow a dash without a space joined to it, where both fit on a line."""
    found: list[Word] = []
    for word in words:
        last = found[-1] if found else None
        if last and last.opens and not word.gap and last.widths[MOST] + word.widths[MOST] <= width:
            found[-1] = joined(last, word)
        else:
            found.append(word)
    return found


def fill(words: Sequence[Word], width: float, size: float, typeface: Typeface, measure: int) -> list[Line]:
    """The lines of ``words`` by one of the measures; a word that is too wide is cut."""
    lines: list[Line] = []
    current, used, start, tall = "", 0.0, 0, 0.0
    for word in words:
        wide, room = word.widths[measure], word.room[measure]
        if current and used + room + wide > width + LEEWAY:
            lines.append(Line(current, start, tall))
            current, used, tall = "", 0.0, 0.0
        elif current:
            current, used = current + word.gap, used + room
        start = start if current else word.start
        tall = max(tall, word.tall)
        if wide > width + LEEWAY:
            full, current, used = cut_pieces(word, width, size, typeface, measure)
            lines += full
            start = full[-1].start + len(full[-1].text) if full else start
            continue
        current, used = current + word.text, used + wide
    lines.append(Line(current, start, tall))
    return lines


def cut_pieces(
    word: Word, width: float, size: float, typeface: Typeface, measure: int
) -> tuple[list[Line], str, float]:
    """(full lines, what is on the last one, its width) of a word that is wider than its box, cut where lines end.

    Formulas are not cut.
    """
    lines: list[Line] = []
    current, used, start = "", 0.0, word.start
    for run, piece in word.pieces:
        left = piece
        while not run.math and used + typeface.widths(run, left, size)[measure] > width + LEEWAY:
            count = longest(left, width - used, lambda text, run=run: typeface.widths(run, text, size)[measure])  # type: ignore[misc]
            count = count or (0 if current else 1)
            lines.append(Line(current + left[:count], start, word.tall))
            start += len(lines[-1].text)
            current, used, left = "", 0.0, left[count:]
        current, used = current + left, used + typeface.widths(run, left, size)[measure]
    return lines, current, used


def longest(word: str, width: float, measured: Callable[[str], float]) -> int:
    """Return how many characters of ``word`` go into ``width`` points."""
    return bisect_right(range(1, len(word) + 1), width + LEEWAY, key=lambda count: measured(word[:count]))


def is_wide(character: str) -> bool:
    """True for a character of East Asian text, after which a line may end."""
    return bool(character) and unicodedata.east_asian_width(character) in "WF"

"""Runs → words: what no line parts and the spaces before it, found once for all type sizes and measured at each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from builder.deck.model import Run, Runs
from builder.typeset.math.formulas import Formula
from builder.typeset.measure import Face, Widths

if TYPE_CHECKING:
    from builder.deck.lines import Typeface

IDEOGRAPHS = "\u2e80-\u2fff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
CLOSING = "\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff01\uff1f\uff09\u300d\u300f\u3011\u300b\u30fc"
"""Marks that begin no line in East Asian text."""
SIGNS = r"[?!}|](?=\w)"
"""Signs within addresses and names after which LibreOffice ends a line."""
IN_WORD = rf"(?:(?!{SIGNS})[^\s\-–—/{IDEOGRAPHS}]|[\u00a0\u2007\u202f])"
"""A character after which no line ends: also spaces that hold words together."""
DASHES = "-–—/"
"""Characters inside words after which a line may end."""
PIECES = re.compile(
    rf"[{IDEOGRAPHS}][{CLOSING}]*|{IN_WORD}+(?:[\-–—/]+(?=\u2060){IN_WORD}+)*(?:[\-–—/]+|{SIGNS})?|[\-–—/]+|{SIGNS}|\s"
)
OPENS = re.compile(rf"[{DASHES}]|{SIGNS}")
NOTHING = (0.0, 0.0, 0.0, 0.0)
SUBSCRIPT_ROOM = 0.17
"""How much higher LibreOffice makes a line with a subscript, in em: in Fira Sans, Libertinus Serif and Arial alike."""

Measure = Callable[[str, float], Widths]
"""The widths of text at a size in points."""


class Space(NamedTuple):
    """Spaces of one run that follow each other, with the measure and the face of the run.

    The kerning between them and the characters before and behind them is in em.
    """

    spaces: str
    measure: Measure
    kerned_before: float
    kerned_behind: float
    is_simple: bool
    """One space that is not kerned, as most are."""

    def room(self, size: float) -> Widths:
        """The widths of the spaces at a size in points."""
        found = self.measure(self.spaces[0], size)
        if self.is_simple:
            return found
        if self.kerned_before:
            found = added(NOTHING, found, self.kerned_before * size)
        for space in self.spaces[1:]:
            found = added(found, self.measure(space, size))
        return added(found, NOTHING, self.kerned_behind * size) if self.kerned_behind else found


class Word(NamedTuple):
    """What stands between two places where a line may end, and where it starts in the text of its runs.

    ``gaps`` are the spaces before it, which go where a line ends; ``tall`` is the height that formulas and subscripts
    add to a line, in em. ``opens`` is true where the next word may follow without a space, after a dash. ``measured``
    are its pieces with what measures each.
    """

    text: str
    start: int
    gaps: tuple[Space, ...]
    tall: float
    opens: bool
    pieces: tuple[tuple[Run, str], ...]
    measured: tuple[tuple[Measure, str], ...]

    @property
    def gap(self) -> str:
        """The spaces before the word."""
        return "".join(space.spaces for space in self.gaps)

    def wide(self, size: float, measure: int) -> float:
        """How wide the word is at a size in points by one of the measures."""
        widths, piece = self.measured[0]
        found = widths(piece, size)[measure]
        for widths, piece in self.measured[1:]:
            found += widths(piece, size)[measure]
        return found

    def room(self, size: float, measure: int) -> float:
        """How wide the spaces before it are; kerning is not added to them at `OWN` and `MOST`."""
        found = 0.0
        for space in self.gaps:
            found += space.room(size)[measure]
        return found


class RunWords(NamedTuple):
    """The words of one run, and the spaces behind the last one."""

    words: list[Word]
    behind: tuple[Space, ...] = ()


def unbroken(text: str) -> str:
    """Return ``text`` with spans of numbers that no line breaks."""
    return re.sub(r"(?<=\d)–(?=\d)", "\u2060–\u2060", text)


def words_of(runs: Runs, typeface: Typeface) -> list[Word]:
    """Return what no line parts, in order."""
    words: list[Word] = []
    gaps: tuple[Space, ...] = ()
    offset = 0
    for run in runs:
        found = words_of_run(run, offset, typeface)
        if found.words:
            first = found.words[0]
            if words and not (gaps or first.gaps) and not may_end(words[-1]):
                found.words[0] = one_word(words.pop(), first)
            elif gaps:
                found.words[0] = first._replace(gaps=(*gaps, *first.gaps))
            words += found.words
            gaps = ()
        gaps = (*gaps, *found.behind)
        offset += len(run.text)
    return words


def words_of_run(run: Run, start: int, typeface: Typeface) -> RunWords:
    """The words of a run that begins at ``start`` in the text of all runs."""
    if run.math:
        tall = formula_room(typeface.formulas[run.math], typeface)
        measured = ((partial(typeface.widths, run), run.text),)
        return RunWords([Word(run.text, start, (), tall, False, ((run, run.text),), measured)])
    tall = SUBSCRIPT_ROOM if run.sub else 0.0
    only = typeface.only_face(run, run.text) if not (run.smallcaps or run.sub or run.sup) else None
    measure: Measure = only.widths if only is not None else partial(typeface.widths, run)
    words: list[Word] = []
    spaces, at = "", 0

    def space(following: str) -> tuple[Space, ...]:
        if not spaces:
            return ()
        before = kerning(only, words[-1].text[-1:] + spaces[0]) if words else 0.0
        behind = kerning(only, spaces[-1] + following) if following else 0.0
        return (Space(spaces, measure, before, behind, len(spaces) == 1 and not (before or behind)),)

    for piece in PIECES.findall(run.text):
        if piece.isspace():
            spaces += piece
        else:
            text = piece.replace("\u2060", "")
            opens = OPENS.match(run.text, at + len(piece) - 1) is not None
            words.append(Word(text, start + at, space(piece[0]), tall, opens, ((run, text),), ((measure, piece),)))
            spaces = ""
        at += len(piece)
    return RunWords(words, space(""))


def kerning(only: Face | None, pair: str) -> float:
    """The kerning of two characters in em, where one face has them."""
    return only.kerning(pair, 1.0) if only is not None else 0.0


def added(first: Widths, second: Widths, kerned: float = 0.0) -> Widths:
    """The widths of two stretches of text, and what kerning changes."""
    wider = max(kerned, 0.0)
    return (
        first[0] + second[0] + kerned,
        first[1] + second[1] + kerned,
        first[2] + second[2] + wider,
        first[3] + second[3] + wider,
    )


def one_word(first: Word, second: Word) -> Word:
    """Two words that no space parts, as one."""
    return first._replace(
        text=first.text + second.text,
        tall=max(first.tall, second.tall),
        opens=second.opens,
        pieces=(*first.pieces, *second.pieces),
        measured=(*first.measured, *second.measured),
    )


def formula_room(formula: Formula, typeface: Typeface) -> float:
    """Return how much higher than usual a formula makes its line, in em: above the letters, and below them."""
    above, below = typeface.edges
    return max(formula.height_em - formula.depth_em - above, 0.0) + max(formula.depth_em - below, 0.0)


def is_formula(word: Word) -> bool:
    """True for a word that is formulas only."""
    return all(run.math for run, _ in word.pieces)


def may_end(word: Word) -> bool:
    """True if a line may end after a word that no space follows."""
    return word.opens or (not word.pieces[-1][0].math and is_wide(word.text[-1:]))


def is_wide(character: str) -> bool:
    """True for a character of East Asian text, after which a line may end."""
    return bool(character) and unicodedata.east_asian_width(character) in "WF"

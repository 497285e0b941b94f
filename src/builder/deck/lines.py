"""Runs → lines: breaks text into a width the way office programs and Typst do.

Breaks stand at spaces and after hyphens and dashes inside words; a word wider than the box is broken
where it ends. Widths come from HarfBuzz on the theme's font.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path

from builder.deck.model import Paragraph, Run, Runs
from builder.deck.scripts import is_foreign
from builder.typeset.math.formulas import Formulas
from builder.typeset.measure import Face, face, face_of_file

LEVEL_INDENT = 20.0
"""Points that each bullet level stands further in, at full size."""

SECOND_LEVEL = 20 / 22
"""Type size of level 2 and deeper against level 1."""

SUBSCRIPT = 0.66
"""Size of sub- and superscripts against their text (what PowerPoint uses for a 25 % baseline shift)."""

SPACE_BETWEEN = 1 / 3
"""Space before a paragraph, in lines."""

CODE_ADVANCE = 0.6021
"""Advance of every character of DejaVu Sans Mono in em; that of Courier New is 0.6001."""

IDEOGRAPHS = "\u2e80-\u2fff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
CLOSING = "\u3001\u3002\uff0c\uff0e\uff1a\uff1b\uff01\uff1f\uff09\u300d\u300f\u3011\u300b\u30fc"
"""Marks that begin no line in East Asian text."""
IN_WORD = rf"(?:[^\s\-–—/{IDEOGRAPHS}]|[\u00a0\u2007\u202f])"
"""A character after which no line ends: also spaces that hold words together."""
PIECES = re.compile(rf"[{IDEOGRAPHS}][{CLOSING}]*|{IN_WORD}+(?:[\-–—/]+(?=\u2060){IN_WORD}+)*[\-–—/]*|[\-–—/]+|\s")
FOREIGN_PITCH = 1.4
"""Baseline to baseline in em of paragraphs that hold another script, whose faces are taller; written out on slides."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """The measures of a deck's text: its theme font and its formulas. All characters of code have one advance.

    ``titles`` is the theme font of titles, '' where it is that of text. ``others`` are font files for
    characters that it has not; a wide one of East Asia is one em, whatever its font.
    """

    text: str
    formulas: Formulas
    others: tuple[Path, ...] = ()
    titles: str = ""

    @property
    def families(self) -> tuple[str, ...]:
        """The theme fonts."""
        return (self.text, self.titles) if self.titles else (self.text,)

    def width(self, run: Run, text: str, size: float) -> float:
        """Width of ``text`` in the style of ``run``, in points."""
        if run.math:
            formula = self.formulas[run.math]
            return (formula.width_em or 0.6 * len(run.text)) * size * 1.05
        if run.sub or run.sup:
            size *= SUBSCRIPT
        if run.code:
            return CODE_ADVANCE * len(text) * size
        shown = text.upper() if run.smallcaps else text
        own = face(self.text, run.bold, run.italic)
        if shown.isascii() or own.characters.issuperset(shown):
            return own.width(shown, size)
        return sum(
            self._stretch(own, key, "".join(part), size) for key, part in groupby(shown, partial(self._face, own))
        )

    def _face(self, own: Face, character: str) -> int:
        """-2: a wide character, -1: one of the theme font, else the number of the other font that has it."""
        if unicodedata.east_asian_width(character) in "WF":
            return -2
        if character in own.characters or unicodedata.combining(character):
            return -1
        return next((n for n, file in enumerate(self.others) if character in face_of_file(file).characters), -1)

    def _stretch(self, own: Face, key: int, text: str, size: float) -> float:
        if key == -2:
            return len(text) * size
        return (own if key == -1 else face_of_file(self.others[key])).width(text, size)

    @property
    def pitch(self) -> float:
        """Baseline to baseline at single spacing, in em."""
        return face(self.text).metrics.pitch


@dataclass(frozen=True, slots=True)
class Broken:
    """Lines of one paragraph, and the height that formulas add to them."""

    lines: tuple[str, ...]
    extra: float
    fits: bool

    def height(self, pitch: float) -> float:
        """Height of all lines, which stand ``pitch`` points below each other."""
        return len(self.lines) * pitch + self.extra


def break_runs(runs: Runs, width: float, size: float, typeface: Typeface) -> Broken:
    """Break ``runs`` into lines of at most ``width`` points; ``fits`` is false if a word is cut or a formula wider."""
    lines: list[str] = []
    current, used, pending = "", 0.0, 0.0
    pending_text = ""
    fits, extra = True, 0.0
    for run, piece, starts_new_piece in _pieces(runs):
        wide = typeface.width(run, piece, size)
        if piece.isspace():
            pending, pending_text = pending + wide, pending_text + piece
            continue
        if run.math:
            extra = max(extra, typeface.formulas[run.math].height_em * size - typeface.pitch * size)
        if (
            used
            and starts_new_piece
            and used + pending + wide + _glued(runs, run, piece, size, typeface) > width + 0.01
        ):
            lines.append(current)
            current, used = "", 0.0
        elif used:
            current, used = current + pending_text, used + pending
        pending, pending_text = 0.0, ""
        if wide > width + 0.01:
            fits = False
            if not run.math:
                if used:  # it begins on a line of its own
                    lines.append(current.rstrip())
                    current, used = "", 0.0
                *full, piece = cut(piece, width, partial(typeface.width, run, size=size))
                lines += full
                wide = typeface.width(run, piece, size)
        current, used = current + piece, used + wide
    lines.append(current)
    return Broken(tuple(lines), max(extra, 0.0), fits)


def cut(word: str, width: float, measured: Callable[[str], float]) -> list[str]:
    """A word that is wider than its box in pieces of at most ``width`` points, as office programs cut it."""
    pieces: list[str] = []
    while word:
        count = bisect_right(range(1, len(word) + 1), width + 0.01, key=lambda n: measured(word[:n]))
        pieces.append(word[: max(count, 1)])
        word = word[max(count, 1) :]
    return pieces


def _glued(runs: Runs, run: Run, piece: str, size: float, typeface: Typeface) -> float:
    """Width of what hangs on ``piece`` without a break: the head of the next run, such as a closing bracket."""
    if not run.text.endswith(piece) or piece[-1:] in "-–—/":
        return 0.0
    index = next((i for i, other in enumerate(runs) if other is run), len(runs))
    if index + 1 >= len(runs):
        return 0.0
    following = runs[index + 1]
    head = PIECES.match(following.text)
    if following.math or head is None or head.group().isspace():
        return typeface.width(following, "", size) if following.math else 0.0
    return typeface.width(following, head.group(), size)


def _pieces(runs: Runs) -> list[tuple[Run, str, bool]]:
    """(run, piece, may break before it) for each word, dash-ended part and space."""
    found: list[tuple[Run, str, bool]] = []
    breakable = True
    for run in runs:
        pieces = [run.text] if run.math else PIECES.findall(run.text)
        for piece in pieces:
            found.append((run, piece.replace("\u2060", ""), breakable))
            breakable = piece.isspace() or piece[-1:] in "-–—/" or is_wide(piece[-1:])
    return found


def is_wide(character: str) -> bool:
    """True for a character of East Asian text, after which a line may end."""
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


@dataclass(frozen=True, slots=True)
class Indent:
    """Where a paragraph's text and its bullet stand, from the left of the box, in points."""

    text: float
    bullet: float
    size: float


def indent_of(paragraph: Paragraph, size: float, marker_width: float) -> Indent:
    """Indents of a bullet level at a body size; level 0 has none."""
    if paragraph.level == 0:
        return Indent(0.0, 0.0, size)
    scale = size / 22
    left = LEVEL_INDENT * scale * (paragraph.level - 1)
    return Indent(
        left + max(LEVEL_INDENT * scale, marker_width), left, size if paragraph.level == 1 else size * SECOND_LEVEL
    )


@dataclass(frozen=True, slots=True)
class LaidParagraph:
    """A paragraph in its place: ``y`` of its top, ``height`` of its lines, ``before`` the space above it."""

    paragraph: Paragraph
    y: float
    height: float
    before: float
    indent: Indent
    lines: tuple[str, ...]
    fits: bool


def lay_out(paragraphs: tuple[Paragraph, ...], width: float, size: float, typeface: Typeface) -> list[LaidParagraph]:
    """Place ``paragraphs`` below each other in a box ``width`` points wide."""
    marker = max((typeface.width(Run(p.number), p.number + " ", size) for p in paragraphs if p.number), default=0.0)
    laid: list[LaidParagraph] = []
    y = 0.0
    for paragraph in paragraphs:
        indent = indent_of(paragraph, size, marker)
        broken = break_runs(paragraph.runs, width - indent.text, indent.size, typeface)
        pitch = indent.size * (FOREIGN_PITCH if is_foreign(paragraph.runs) else typeface.pitch)
        before = pitch * SPACE_BETWEEN if laid else 0.0
        height = broken.height(pitch)
        laid.append(LaidParagraph(paragraph, y + before, height, before, indent, broken.lines, broken.fits))
        y += before + height
    return laid


def height_of(laid: list[LaidParagraph]) -> float:
    """Height of paragraphs that `lay_out` placed."""
    return laid[-1].y + laid[-1].height if laid else 0.0


def split_runs(runs: Runs, lengths: list[int]) -> list[Runs]:
    """Cut ``runs`` into pieces of the given numbers of characters."""
    out: list[Runs] = []
    rest = list(runs)
    for length in lengths:
        piece: list[Run] = []
        while rest and length > 0:
            run = rest.pop(0)
            piece.append(replace(run, text=run.text[:length]))
            if len(run.text) > length:
                rest.insert(0, replace(run, text=run.text[length:]))
            length -= len(run.text)
        out.append(tuple(piece))
    return out

"""Runs → lines: breaks text into a width as PowerPoint, LibreOffice, Google Slides and Typst do.

Widths come from HarfBuzz on the theme's font, as they are and as PowerPoint rounds them: room is left
for the program that needs most lines.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path

from builder.deck.breaking import LEEWAY, Line, chained, cut_links, fill, sized
from builder.deck.formulas_as_text import as_text
from builder.deck.model import Paragraph, Run, Runs, plain
from builder.deck.scripts import is_foreign
from builder.deck.unparted import NOTHING, Word, is_formula, words_of
from builder.typeset.escape import breakable
from builder.typeset.math.formulas import Formulas
from builder.typeset.measure import (
    EXACT,
    MOST,
    OWN,
    PAINTED,
    Face,
    Widths,
    face,
    face_of_file,
    is_another_elsewhere,
    on_grid,
    whole_points,
    widths_of,
)

LEVEL_INDENT = 20.0
"""Points that each bullet level stands further in, at full size."""

SECOND_LEVEL = 20 / 22
"""Type size of level 2 and deeper against level 1."""

SUBSCRIPT = 0.66
"""Size of sub- and superscripts against their text (what PowerPoint uses for a 25 % baseline shift)."""

SPACE_BETWEEN = 1 / 3
"""Space before a paragraph, in lines."""

CODE_ADVANCE, COURIER_ADVANCE = 0.6021, 0.60009765625
"""Advance of every character in em: of DejaVu Sans Mono, which shows code in PDF, and of Courier New."""

SMALL = 0.4
"""Size of a unit against that of the large number beside it."""

FOREIGN_PITCH = 1.45
"""The least room in em for a line that may hold another script: LibreOffice takes the height of its face."""
ARABIC_ROOM = 1.3
"""How much wider Arabic letters are in the faces of office programs than in Amiri, which is at hand for measuring:
LibreOffice shows those of DejaVu Sans."""


SURE = 0.998
"""The part of a width that lines of LibreOffice take for sure: it sets type in hundredths of a millimetre, which makes
lines up to so much wider.
"""


def small_size(size: float) -> float:
    """The size, in whole points, of a unit beside a number of ``size``."""
    return whole_points(size * SMALL)


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
    texts: dict[Runs, MeasuredText] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Texts that were measured: a fit tries most of them at more than one size, and in more than one company."""

    @property
    def is_wider_elsewhere(self) -> bool:
        """Whether programs may show a face of another width."""
        return any(map(is_another_elsewhere, self.families))

    @property
    def families(self) -> tuple[str, ...]:
        """The theme fonts."""
        return (self.text, self.titles) if self.titles else (self.text,)

    def width(self, run: Run, text: str, size: float) -> float:
        """Width of ``text`` in the style of ``run``, in points: the larger of `widths` that its face has."""
        return self.widths(run, text, size)[OWN]

    def widths(self, run: Run, text: str, size: float) -> Widths:
        """The widths of ``text`` in the style of ``run``, in points."""
        if run.math:
            formula = self.formulas[run.math]
            wide = (formula.width_em or 0.6 * len(run.text)) * size * 1.05
            return widths_of(wide, wide)
        if run.sub or run.sup:
            size *= SUBSCRIPT
        if run.small:
            size = small_size(size)
        if run.code:
            return widths_of(on_grid(COURIER_ADVANCE * size) * len(text), CODE_ADVANCE * len(text) * size)
        shown = text.upper() if run.smallcaps else text
        if (only := self.only_face(run, shown)) is not None:
            return only.widths(shown, size)
        own = face(self.text, run.bold, run.italic)
        stretches = [
            self._stretch(own, key, "".join(part), size) for key, part in groupby(shown, partial(self._face, own))
        ]
        painted, exact, own_most, most = map(sum, zip(*stretches, strict=True)) if stretches else NOTHING
        return painted, exact, own_most, most

    def only_face(self, run: Run, text: str) -> Face | None:
        """The face that has all of ``text`` in the style of ``run``; None where it takes more, or none."""
        if run.math or run.code:
            return None
        own = face(self.text, run.bold, run.italic)
        return own if text.isascii() or own.characters.issuperset(text) else None

    def measured(self, runs: Runs) -> MeasuredText:
        """The words of ``runs``, with what is known of their lines."""
        found = self.texts.get(runs)
        if found is None:
            others = words_of(as_text(runs, self.formulas), self) if any(run.math for run in runs) else ()
            found = self.texts[runs] = MeasuredText(words_of(runs, self), others)
        return found

    def _face(self, own: Face, character: str) -> int:
        """-2: a wide character, -1: one of the theme font, else the number of the other font that has it."""
        if unicodedata.east_asian_width(character) in "WF":
            return -2
        if character in own.characters or unicodedata.combining(character):
            return -1
        return next((n for n, file in enumerate(self.others) if character in face_of_file(file).characters), -1)

    def _stretch(self, own: Face, key: int, text: str, size: float) -> Widths:
        if key == -2:
            return widths_of(len(text) * size, len(text) * size)
        wide = (own if key == -1 else face_of_file(self.others[key])).widths(text, size)
        room = ARABIC_ROOM if "AL" in map(unicodedata.bidirectional, text) else 1
        painted, exact, own_most, most = (width * room for width in wide)
        return painted, exact, own_most, most

    @property
    def pitch(self) -> float:
        """Room for a line at single spacing, in em."""
        return face(self.text).metrics.pitch

    @property
    def edges(self) -> tuple[float, float]:
        """Return how far a line of text reaches above its letters' feet, and below them, in em."""
        metrics = face(self.text).metrics
        return metrics.ascent, metrics.descent

    def pitch_of(self, runs: Runs) -> float:
        """Room for a line of ``runs`` in em: more where they hold another script, whose faces are taller."""
        if not is_foreign(runs):
            return self.pitch
        return max(FOREIGN_PITCH, self.pitch, *(face_of_file(file).metrics.pitch for file in self.others))


@dataclass(frozen=True, slots=True)
class Broken:
    """A paragraph in as many lines as any program needs that has its face, and the height that formulas and subscripts
    add to them.

    ``needed`` are the lines of programs that show another face where the deck's own does not travel.
    """

    lines: tuple[str, ...]
    extra: float
    fits: bool
    formulas_fit: bool
    needed: int
    fits_elsewhere: bool

    def height(self, pitch: float) -> float:
        """Room for all lines that any program needs, which stand ``pitch`` points below each other."""
        return self.needed * pitch + self.extra

    def shown_height(self, pitch: float) -> float:
        """Height of the lines of a program that has the face."""
        return len(self.lines) * pitch + self.extra


@dataclass(frozen=True, slots=True)
class MeasuredText:
    """The words of runs, which are the same at all sizes, and those with formulas ``as_text``, which programs show that
    know no Office math, where they hold any; ``broken`` are the lines by width and size.
    """

    words: Sequence[Word]
    as_text: Sequence[Word]
    broken: dict[tuple[float, float], Broken] = field(default_factory=dict)


def break_runs(runs: Runs, width: float, size: float, typeface: Typeface) -> Broken:
    """Break ``runs`` into lines of at most ``width`` points; ``fits`` is false if a word is cut or a formula wider,
    ``fits_elsewhere`` if a program cuts a word that has not the face.

    ``formulas_fit`` is false if such a formula is one that no line can end in. Words count with the larger of their
    widths and spaces without kerning, and none is parted at a dash, so that no program needs more lines.
    """
    text = typeface.measured(runs)
    found = text.broken.get((width, size))
    if found is None:
        found = text.broken[width, size] = broken_anew(runs, text, width, size, typeface)
    return found


def broken_anew(runs: Runs, text: MeasuredText, width: float, size: float, typeface: Typeface) -> Broken:
    """Break ``runs``, which are this ``text``, as `break_runs` does."""
    measured = sized(text.words, size, OWN)
    forms = [text.words, text.as_text] if text.as_text else [text.words]
    pitch = size * typeface.pitch_of(runs)
    lines = max((filled(form, width, size, typeface, OWN) for form in forms), key=partial(height_of_lines, pitch))
    needed = len(lines)
    if needed > 1 and any(line.wide > width * SURE for line in lines):
        needed = max(needed, *(len(filled(form, width * SURE, size, typeface, OWN)) for form in forms))
    if typeface.is_wider_elsewhere:
        needed = max(needed, *(len(filled(form, width, size, typeface, MOST)) for form in forms))
    whole = chained(measured, math.inf)
    if any(wide > width + LEEWAY for _, wide, _ in whole):  # which a program cuts that ends no line at a dash
        needed = max(needed, len(fill(whole, width, size, typeface, OWN)) + cut_links(whole, width, size, typeface))
    too_wide = [word for word, wide, _ in measured if wide > width + LEEWAY]
    elsewhere = sized(text.words, size, MOST) if typeface.is_wider_elsewhere else ()
    return Broken(
        tuple(line.text for line in lines),
        sum(line.tall for line in lines),
        not too_wide,
        all(
            typeface.formulas.may_break(run.math) or typeface.width(run, piece, size) <= width + LEEWAY
            for word in too_wide
            for run, piece in word.pieces
            if run.math
        ),
        needed,
        all(wide <= width + LEEWAY for _, wide, _ in elsewhere),
    )


def filled(words: Sequence[Word], width: float, size: float, typeface: Typeface, measure: int) -> list[Line]:
    """The lines of ``words`` by one of the measures."""
    return fill(chained(sized(words, size, measure), width), width, size, typeface, measure)


def height_of_lines(pitch: float, lines: Sequence[Line]) -> float:
    """Height of lines that stand ``pitch`` points below each other."""
    return len(lines) * pitch + sum(line.tall for line in lines)


@dataclass(frozen=True, slots=True)
class Painted:
    """The lines that PowerPoint shows.

    ``starts`` are the places in the text at which these begin, after the first, where they are not those of other
    programs; empty where all agree.
    """

    lines: tuple[str, ...]
    starts: tuple[int, ...]


def paint(runs: Runs, width: float, size: float, typeface: Typeface) -> Painted:
    """The lines of ``runs`` in a width as PowerPoint breaks them; no program but Typst leaves a long word whole, and
    none but ours ends a line within a long name.
    """
    words = typeface.measured(runs).words
    is_cut = any(wide > width + LEEWAY and not is_formula(word) for word, wide, _ in sized(words, size, PAINTED))
    painted, exact = (fill(sized(words, size, measure), width, size, typeface, measure) for measure in (PAINTED, EXACT))
    starts = tuple(line.start for line in painted[1:])
    is_broken_elsewhere = is_cut or breakable(text := plain(runs)) != text
    agrees = not is_broken_elsewhere and starts == tuple(line.start for line in exact[1:])
    return Painted(tuple(line.text for line in painted), () if agrees else starts)


def height_of_runs(runs: Runs, width: float, size: float, typeface: Typeface) -> float:
    """Height of ``runs`` alone in a box ``width`` points wide, 0 without any."""
    return break_runs(runs, width, size, typeface).height(size * typeface.pitch_of(runs)) if runs else 0.0


@dataclass(frozen=True, slots=True)
class Indent:
    """Where a paragraph's text and its bullet stand, from the left of the box, in points."""

    text: float
    bullet: float
    size: float


def indent_of(paragraph: Paragraph, size: float, marker_width: float) -> Indent:
    """Indents of a bullet level at a body size, and its own size in whole points; level 0 has none."""
    if paragraph.level == 0:
        return Indent(0.0, 0.0, size)
    left = indent_at(paragraph.level - 1, size)
    own = size if paragraph.level == 1 else whole_points(size * SECOND_LEVEL)
    return Indent(left + max(indent_at(1, size), marker_width), left, own)


def marker_width(paragraphs: Sequence[Paragraph], size: float, typeface: Typeface) -> float:
    """The room in points that the numbers of ``paragraphs`` take before their text, wherever they are shown: programs
    set a number as bold as its text begins, and some have not the face of the deck.
    """
    numbered = [paragraph for paragraph in paragraphs if paragraph.number]
    bold = any(paragraph.runs[0].bold for paragraph in numbered if paragraph.runs)
    widths = [typeface.widths(Run(p.number, bold=bold), p.number + " ", size)[MOST] for p in numbered]
    widths += [BOX * size for paragraph in paragraphs if paragraph.sign]
    return max(widths, default=0.0)


BOX = 1.35
"""The width in em of the box of a task with the space behind it, whichever face shows it."""


def indent_at(level: int, size: float) -> float:
    """How far text of a level stands in, in points, at a body size."""
    return LEVEL_INDENT * size / 22 * level


@dataclass(frozen=True, slots=True)
class LaidParagraph:
    """A paragraph in its place: ``y`` of its top, ``height`` of its lines, ``before`` the space above it; ``spare`` is
    the room that it needs in a program that shows another face.
    """

    paragraph: Paragraph
    y: float
    height: float
    before: float
    indent: Indent
    lines: tuple[str, ...]
    fits: bool
    formulas_fit: bool
    spare: float
    fits_elsewhere: bool


def lay_out(paragraphs: tuple[Paragraph, ...], width: float, size: float, typeface: Typeface) -> list[LaidParagraph]:
    """Place ``paragraphs`` below each other in a box ``width`` points wide."""
    marker = marker_width(paragraphs, size, typeface)
    laid: list[LaidParagraph] = []
    y = 0.0
    for paragraph in paragraphs:
        indent = indent_of(paragraph, size, marker)
        broken = break_runs(paragraph.runs, width - indent.text, indent.size, typeface)
        pitch = indent.size * typeface.pitch_of(paragraph.runs)
        before = pitch * SPACE_BETWEEN if laid else 0.0
        height = broken.shown_height(pitch)
        rest = broken.fits, broken.formulas_fit, broken.height(pitch) - height, broken.fits_elsewhere
        laid.append(LaidParagraph(paragraph, y + before, height, before, indent, broken.lines, *rest))
        y += before + height
    return laid


def height_of(laid: list[LaidParagraph]) -> float:
    """Room for paragraphs that `lay_out` placed, in any program."""
    return laid[-1].y + laid[-1].height + sum(item.spare for item in laid) if laid else 0.0


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


def marker_of(paragraph: Paragraph) -> tuple[str, str]:
    """The number, bullet or dash of a point, and the colour of the theme in which it is set."""
    if paragraph.number:
        return paragraph.number, "accent1_text"
    sign = paragraph.sign
    return (sign or "•", "accent1_mark") if paragraph.level == 1 else (sign or "–", "accent6_mark")

"""Width of text, measured with HarfBuzz on the font that will show it: its own, and as PowerPoint paints it.

In: text, size in points, style. Out: advance widths in points. No line breaking here; see
``builder.deck.lines``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import floor
from pathlib import Path
from types import MappingProxyType

import uharfbuzz as hb

from builder.typeset import fonts

GRID = 8
"""Steps in a point to which PowerPoint rounds the advance of each glyph (measured on its exports: office2pdf #661)."""
OFFICE_PITCH = 1.2
"""Baseline to baseline in em in PowerPoint and Google Slides at single spacing, in every face (office2pdf #513)."""


def whole_points(size: float) -> float:
    """The size at which PowerPoint paints text of ``size`` points: a whole number, half up (office2pdf #995)."""
    return float(max(floor(size + 0.5), 1))


NO_ADVANCES: Mapping[str, int] = MappingProxyType({})
EMBEDDED = ("fira sans", "libertinus serif")
"""Families of our templates, in small letters, which travel in the decks."""
ELSEWHERE_UNITS, ELSEWHERE_USUAL = 2048, 1255
"""Units in an em of DejaVu Sans, and the advance of a character that `elsewhere` does not know."""


ELSEWHERE_ROUNDING = 1.01
"""How much wider LibreOffice sets a line than its advances add up to, at most."""


@lru_cache(maxsize=2)
def elsewhere(bold: bool) -> dict[str, int]:
    """The advances of DejaVu Sans, which programs on Linux show in the place of a face that they have not.

    LibreOffice 7.4 takes none out of decks. Arial and its likes, which others show, are narrower.
    """
    content = json.loads((fonts.FACES / "dejavu-sans.json").read_bytes())
    found: dict[str, int] = content["bold" if bold else "regular"]
    return found


Widths = tuple[float, float, float, float]
"""A width in points as PowerPoint has it, as the font has it, which other programs follow, the larger of both, and that
where the face does not travel."""
PAINTED, EXACT, OWN, MOST = 0, 1, 2, 3


def widths_of(painted: float, exact: float) -> Widths:
    """All widths of text whose face travels, or is everywhere."""
    larger = max(painted, exact)
    return painted, exact, larger, larger


def on_grid(advance: float) -> float:
    """An advance in points as PowerPoint rounds it, half up."""
    return floor(advance * GRID + 0.5) / GRID


@dataclass(frozen=True, slots=True)
class LineMetrics:
    """Vertical metrics of a font as fractions of its size (OpenType ``hhea``)."""

    ascent: float
    descent: float
    gap: float

    @property
    def pitch(self) -> float:
        """Room for a line at single spacing: the font's own height, as LibreOffice takes it, or PowerPoint's 1.2 em."""
        return max(self.ascent + self.descent + self.gap, OFFICE_PITCH)


class Face:
    """One font file at one weight and slope, ready to measure; ``elsewhere`` are the advances of the face that is shown
    where it does not travel, none for a face that need not.
    """

    def __init__(self, path: Path, elsewhere: Mapping[str, int] = NO_ADVANCES) -> None:
        self._elsewhere = elsewhere
        self._font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
        self.units_per_em: int = self._font.face.upem
        extents = self._font.get_font_extents("ltr")
        self.metrics = LineMetrics(
            extents.ascender / self.units_per_em,
            -extents.descender / self.units_per_em,
            extents.line_gap / self.units_per_em,
        )
        self._advance = lru_cache(maxsize=20_000)(self._font.get_glyph_h_advance)
        self._shaped = lru_cache(maxsize=100_000)(self._shape)
        self.widths = lru_cache(maxsize=200_000)(self._widths)
        self._grids: dict[float, dict[int, float]] = {}
        self._kerned: dict[str, int] = {}

    def _shape(self, text: str) -> tuple[int, tuple[int, ...]]:
        """(advance with kerning, each glyph's own advance), in units of the font."""
        if not text:
            return 0, ()
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        own = tuple(self._advance(info.codepoint) for info in buffer.glyph_infos)
        return sum(position.x_advance for position in buffer.glyph_positions), own

    def _widths(self, text: str, size: float) -> Widths:
        advance, own = self._shaped(text)
        scale = size / self.units_per_em
        grid = self._grids.setdefault(size, {})
        for units in own:
            if units not in grid:
                grid[units] = on_grid(units * scale)
        kerning = advance - sum(own)
        painted, exact = sum(map(grid.__getitem__, own)) + kerning * scale, advance * scale
        larger = max(painted, exact)
        return painted, exact, larger, max(larger, self._width_elsewhere(text, size))

    def _width_elsewhere(self, text: str, size: float) -> float:
        """Advance of ``text`` in the face that is shown where this one does not travel; 0 where it need not."""
        if not self._elsewhere:
            return 0.0
        units = sum(self._elsewhere.get(character, ELSEWHERE_USUAL) for character in text)
        return units * size / ELSEWHERE_UNITS * ELSEWHERE_ROUNDING

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that the font has a glyph for."""
        return frozenset(map(chr, self._font.face.unicodes))

    def width(self, text: str, size: float) -> float:
        """Advance of ``text`` in points, with kerning, at ``size`` points."""
        return self._shaped(text)[0] * size / self.units_per_em

    def kerning(self, pair: str, size: float) -> float:
        """By how many points the kerning of two characters changes their advance at ``size`` points."""
        if pair not in self._kerned:
            advance, own = self._shape(pair)
            self._kerned[pair] = advance - sum(own)
        return self._kerned[pair] * size / self.units_per_em


def is_another_elsewhere(family: str) -> bool:
    """Whether programs may show another face for a family: it travels in decks, or nobody here knows its metrics."""
    return family.strip().lower() in EMBEDDED or not fonts.is_measurable(family)


@lru_cache(maxsize=64)
def face(family: str, bold: bool = False, italic: bool = False) -> Face:
    """The face that stands for ``family``: itself, or one of the same metrics (see ``fonts.METRIC_TWINS``)."""
    others = elsewhere(bold) if is_another_elsewhere(family) else NO_ADVANCES
    return Face(fonts.font_file(family, bold=bold, italic=italic), others)


@lru_cache(maxsize=64)
def face_of_file(path: Path) -> Face:
    """The face in a font file."""
    return Face(path)

"""Width of text, measured with HarfBuzz on the font that will show it.

In: text, size in points, style. Out: advance widths in points. No line breaking here; see
``builder.deck.lines``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import uharfbuzz as hb

from builder.typeset import fonts


@dataclass(frozen=True, slots=True)
class LineMetrics:
    """Vertical metrics of a font as fractions of its size (OpenType ``hhea``)."""

    ascent: float
    descent: float
    gap: float

    @property
    def pitch(self) -> float:
        """Distance from baseline to baseline at single spacing.

        The font's own, but at least 1.2 em, which is what office programs leave between lines of Arial.
        """
        return max(self.ascent + self.descent + self.gap, 1.2)


class Face:
    """One font file at one weight and slope, ready to measure."""

    def __init__(self, path: Path) -> None:
        self._font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
        self.units_per_em: int = self._font.face.upem
        extents = self._font.get_font_extents("ltr")
        self.metrics = LineMetrics(
            extents.ascender / self.units_per_em,
            -extents.descender / self.units_per_em,
            extents.line_gap / self.units_per_em,
        )
        self._width = lru_cache(maxsize=100_000)(self._shape)

    def _shape(self, text: str) -> int:
        if not text:
            return 0
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        return sum(position.x_advance for position in buffer.glyph_positions)

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters that the font has a glyph for."""
        return frozenset(map(chr, self._font.face.unicodes))

    def width(self, text: str, size: float) -> float:
        """Advance of ``text`` in points, with kerning, at ``size`` points."""
        advance: int = self._width(text)
        return advance * size / self.units_per_em


@lru_cache(maxsize=64)
def face(family: str, bold: bool = False, italic: bool = False) -> Face:
    """The face that stands for ``family``: itself, or one of the same metrics (see ``fonts.METRIC_TWINS``)."""
    return Face(fonts.font_file(family, bold=bold, italic=italic))


@lru_cache(maxsize=64)
def face_of_file(path: Path) -> Face:
    """The face in a font file."""
    return Face(path)

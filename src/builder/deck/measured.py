"""A block as it is measured at a width, and what the measures of several kinds share. Lengths are in points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from builder.deck.geometry import Geometry, Sizes, TextLook
from builder.deck.lines import LaidParagraph, Typeface, height_of_runs
from builder.deck.model import Block, Caption, Placed, PlacedParagraph, Runs
from builder.typeset.measure import whole_points

BOX_PADDING = 18.0
HEADING_GAP = 8.0
CAPTION_GAP = 8.0
LEAST_VISUAL = 150.0
"""No picture or chart is drawn lower than this, where it is not lower by itself."""
CONSTANT = ("reference", "footnote", "legend")
"""Kinds of text that do not grow where there is room."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A block measured at a width. ``wanted`` is the height it would take when there is room.

    ``inside`` places the blocks that stand in it, from its own top left, for the height that it gets.
    """

    block: Block
    size: float
    height: float
    wanted: float
    fits: bool = True
    lines: tuple[PlacedParagraph, ...] = ()
    row_heights: tuple[float, ...] = ()
    column_widths: tuple[float, ...] = ()
    caption_height: float = 0
    width: float = 0
    inside: Callable[[float], tuple[Placed, ...]] | None = None

    def at(self, x: float, y: float, width: float, height: float) -> Placed:
        """The block in its box; ``width`` is what the block itself needs, where it needs less."""
        inside = tuple(one.moved(x, y) for one in self.inside(height)) if self.inside is not None else ()
        return Placed(
            self.block, x, y, self.width or width, height, self.size, "", self.lines, self.row_heights,
            self.column_widths, self.caption_height, inside,
        )  # fmt: skip


def placed_lines(laid: list[LaidParagraph], offset: float = 0.0) -> tuple[PlacedParagraph, ...]:
    """The model's form of laid-out paragraphs."""
    return tuple(PlacedParagraph(item.y + offset, item.height, item.lines) for item in laid)


def size_at(geometry: Geometry, name: str, scale: float) -> float:
    """A type size at a scale, not below its floor, in whole points.

    Beyond 1 it grows as body text does, but for what stays small (`CONSTANT`).
    """
    floor: float = getattr(geometry.sizes, f"{name}_floor")
    natural: float = getattr(geometry.sizes, name)
    if scale > 1:
        return natural if name in CONSTANT else whole_points(natural * scale)
    span = natural - floor
    lowest = geometry.sizes.lowest
    share = (scale - lowest) / (1 - lowest)
    return max(floor, whole_points(floor + span * max(share, 0.0)))


def heading_size(sizes: Sizes, name: str, body: float) -> float:
    """The size of headings over text at the size ``body``: they grow with it."""
    return whole_points(float(getattr(sizes, name)) * max(body / sizes.body, 1.0))


def scaled_size(size: float, scale: float) -> float:
    """A type size of a drawing that is scaled: in whole points, no larger than its share."""
    return float(max(int(size * scale), 1))


def whole(laid: list[LaidParagraph], scale: float, geometry: Geometry) -> bool:
    """True if no word had to be cut, in any program; at the floor, where nothing else helps, words are, but no
    formulas.
    """
    at_floor = scale <= geometry.sizes.lowest
    return all(item.formulas_fit if at_floor else item.fits and item.fits_elsewhere for item in laid)


def capitals(runs: Runs) -> Runs:
    """``runs`` in capitals, but for formulas."""
    return tuple(run if run.math else replace(run, text=run.text.upper()) for run in runs)


def styled(runs: Runs, look: TextLook) -> Runs:
    """``runs`` in the weight and case of a place."""
    runs = bold(runs) if look.bold else runs
    return capitals(runs) if look.capitals else runs


def title_face(typeface: Typeface, geometry: Geometry) -> Typeface:
    """The measures of titles."""
    return replace(typeface, text=geometry.title_font or typeface.text)


def bold(runs: Runs) -> Runs:
    """``runs`` in bold."""
    return tuple(replace(run, bold=True) for run in runs)


def caption_size(caption: Caption | None, width: float, geometry: Geometry, typeface: Typeface) -> float:
    """Height of a caption with the gap above it, 0 without one."""
    if caption is None or not caption.text:
        return 0.0
    return CAPTION_GAP + height_of_runs(caption.line, width, geometry.sizes.caption, typeface)

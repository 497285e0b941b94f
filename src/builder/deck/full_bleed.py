"""A picture over the whole slide: how it is cropped, and the band across its foot that the title stands on."""

from __future__ import annotations

from builder.deck.blocks.pictures import Picture
from builder.deck.geometry import Area, Geometry
from builder.deck.model import FittedSlide, Placed

BAND_FOOT = 36.0
BAND_PADDING = 14.0
"""What a full-bleed slide leaves below its title and caption, and above them on their band."""
BAND, BAND_OPACITY = "000000", 0.62
"""The band: white letters on it have a contrast of more than 4.5 even over a white picture."""


def band_of(fitted: FittedSlide, geometry: Geometry) -> Area:
    """The band across the foot of a full-bleed slide that its title stands on."""
    assert fitted.title_area is not None
    top = fitted.title_area.y - BAND_PADDING
    return Area(0, top, geometry.width, geometry.height - top)


def crop_of(placed: Placed) -> tuple[float, float]:
    """The shares of a picture's width and height that are cut off at each side to fill its box."""
    block = placed.block
    assert isinstance(block, Picture)
    scale = max(placed.width / block.width_px, placed.height / block.height_px)
    return (1 - placed.width / (block.width_px * scale)) / 2, (1 - placed.height / (block.height_px * scale)) / 2

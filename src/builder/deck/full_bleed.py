"""A picture over the whole slide: how it is cropped, and the band across its foot that the title stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.deck.blocks.pictures import Picture
from builder.deck.blocks.texts import Text, without_bullet
from builder.deck.geometry import Area, Geometry
from builder.deck.lines import Typeface, height_of, lay_out
from builder.deck.measured import placed_lines
from builder.deck.model import FittedSlide, Paragraph, Placed

BAND_FOOT = 36.0
BAND_PADDING = 14.0
"""What a full-bleed slide leaves below its title and caption, and above them on their band."""
MOST_OF_SLIDE = 0.3
"""The share of a slide's height that words below its title take at most."""
LEAST_WIDTH = 0.6
"""How wide the place of titles is at least, as a share of the slide, so that it serves on the band too."""
MARGIN = 0.05
BAND, BAND_OPACITY = "000000", 0.62
"""The band: white letters on it have a contrast of more than 4.5 even over a white picture."""


def band_of(fitted: FittedSlide, geometry: Geometry) -> Area:
    """The band across the foot of a full-bleed slide that its title stands on."""
    assert fitted.title_area is not None
    top = fitted.title_area.y - BAND_PADDING
    return Area(0, top, geometry.width, geometry.height - top)


def place_on_band(geometry: Geometry) -> Area:
    """Where title, words and caption stand across the band: as titles do; between usual margins where a template has
    its titles in a column at the side.
    """
    place, across = geometry.title, MARGIN * geometry.width
    if place.width >= LEAST_WIDTH * geometry.width:
        left, right = max(place.x, across), min(place.x + place.width, geometry.width - across)
        return replace(place, x=left, width=right - left)
    height = min(place.height, MOST_OF_SLIDE * geometry.height)
    return Area(across, place.y, geometry.width - 2 * across, height)


def words_on_band(texts: Sequence[Text], bottom: float, geometry: Geometry, typeface: Typeface) -> Placed | None:
    """The words on the band, which end at ``bottom``, without bullets; None where there are none, or too many."""
    paragraphs = tuple(unlinked(without_bullet(one)) for text in texts for one in text.paragraphs)
    place, sizes = place_on_band(geometry), geometry.sizes
    size = sizes.body
    while paragraphs and size >= sizes.body_floor:
        laid = lay_out(paragraphs, place.width, size, typeface)
        height = height_of(laid)
        if height <= geometry.height * MOST_OF_SLIDE and all(one.fits for one in laid):
            block = Text(paragraphs, texts[0].source)
            return Placed(block, place.x, bottom - height, place.width, height, size, lines=placed_lines(laid))
        size -= 1
    return None


def unlinked(paragraph: Paragraph) -> Paragraph:
    """``paragraph`` without links, whose colour is for the template's ground."""
    return replace(paragraph, runs=tuple(replace(run, link="") for run in paragraph.runs))


def crop_of(placed: Placed) -> tuple[float, float]:
    """The shares of a picture's width and height that are cut off at each side to fill its box."""
    block = placed.block
    assert isinstance(block, Picture)
    scale = max(placed.width / block.width_px, placed.height / block.height_px)
    return (1 - placed.width / (block.width_px * scale)) / 2, (1 - placed.height / (block.height_px * scale)) / 2

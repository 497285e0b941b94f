"""Something to see that is alone on its slide, below a title of one line → the place for content from there on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.deck.blocks import Chart, Diagram, Picture
from builder.deck.geometry import Area, Geometry
from builder.deck.model import Block

LEAST_GAP = 24.0
"""Points between a title and what stands below it, at least."""
LEAST_GAIN = 10.0
"""Points that it is worth while for."""
REACH = {"top": 0.0, "middle": 0.5, "bottom": 1.0}
"""What share of the room that a title leaves in its place is above it."""


def below_short_title(geometry: Geometry, blocks: Sequence[Block], tall: float) -> Geometry:
    """Return ``geometry`` with a place for content that begins below a title ``tall`` points high, where one thing to
    see is alone on its slide, titles stand above content and nothing of the template is drawn between them."""
    look, title, content = geometry.look("content"), geometry.title, geometry.content
    if len(blocks) != 1 or not is_limited_by_height(blocks[0], content) or title.bottom > content.y + 1:
        return geometry
    left = max(title.height - tall, 0.0) * (1 - REACH[geometry.title_look("content").anchor])
    top = title.bottom - left + max(content.y - title.bottom, LEAST_GAP)
    gained = Area(content.x, top, content.width, content.y - top)
    if gained.height < LEAST_GAIN or any(reaches(one, gained) for one in look.occupied):
        return geometry
    return replace(geometry, content=replace(content, y=top, height=content.bottom - top))


def is_limited_by_height(block: Block, content: Area) -> bool:
    """True of something to see that is larger where there is more height."""
    if isinstance(block, Picture):
        return block.width_px * content.height < block.height_px * content.width
    if isinstance(block, Diagram):
        return block.width * content.height < block.height * content.width
    return isinstance(block, Chart)


def reaches(drawn: Area, place: Area) -> bool:
    """True if a drawing begins or ends in a place; one that is behind all of it is its ground."""
    across = drawn.x < place.x + place.width and place.x < drawn.x + drawn.width
    is_ground = drawn.y <= place.y - place.height and drawn.bottom >= place.bottom + place.height
    return across and drawn.y < place.bottom and place.y < drawn.bottom and not is_ground

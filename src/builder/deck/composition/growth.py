"""Blocks that leave room → the same in larger type, by whole rungs of the ladder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.deck.arrange import Arranger
from builder.deck.blocks import Chart, Diagram, Media, Picture, PictureGrid, Table, Text
from builder.deck.blocks.pictures import picture_box
from builder.deck.blocks.tables import CELL_PADDING_Y
from builder.deck.composition.ladder import ALONE, is_small_print, most_growth, rungs
from builder.deck.composition.room import bottom_of, gaps_in, in_upper_middle, settled
from builder.deck.geometry import Area
from builder.deck.model import Block, Placed

FULL = 0.88
"""What share of the height blocks in larger type fill at most."""
SEEN = (Picture, Media, Chart, Diagram)
"""Kinds that are drawn in the room that text leaves."""
LEAST_AIR = 0.25
"""How much room there is between points in larger type at least, besides the usual, as a share of its size."""
AS_LARGE = 0.97
"""How large pictures are at least beside larger type, against what they were."""
WORTH_A_STEP = 1.4
"""How many times as large they are beside type that is a step smaller, where that is set."""


def grown(arranger: Arranger, blocks: Sequence[Block], area: Area) -> list[Placed] | None:
    """``blocks`` in the largest type that suits them and leaves pictures as large as they are; None where they do not
    fit at the template's own size.
    """
    natural = arranger.on_slide(blocks, (1.0,))
    if natural is None:
        return None
    smaller = arranger.on_slide(blocks, arranger.scales[1:2]) if any(map(is_seen, blocks)) else None
    if smaller is not None and seen_area(smaller) >= WORTH_A_STEP * seen_area(natural):
        return settled(smaller, area)
    if any(is_small_print(one) for one in blocks):
        return natural
    most = most_growth(blocks)
    found = larger(arranger, blocks, area, natural, most) or natural
    if most == ALONE or all(isinstance(one, Picture | PictureGrid | Diagram) for one in blocks):
        return in_upper_middle(found, area)
    return with_room_to_write(settled(found, area), area)


def larger(
    arranger: Arranger, blocks: Sequence[Block], area: Area, natural: Sequence[Placed], most: float
) -> list[Placed] | None:
    """``blocks`` in the largest type that suits them; None where that is the ``natural`` one."""
    share = 1.0 if any(is_seen(one) for one in blocks) else FULL
    for scale in rungs(arranger.geometry.sizes, most):
        if least_bottom(natural, area, scale) <= area.y + share * area.height:
            placed = arranger.on_slide(blocks, (scale,), share)
            if placed is not None and is_as_clear(placed, natural) and has_air(placed, area):
                return placed
    return None


def has_air(placed: Sequence[Placed], area: Area) -> bool:
    """True if there is room between the points of text that stands alone."""
    if len(placed) != 1 or not isinstance(placed[0].block, Text):
        return True
    air = gaps_in(placed[0]) * LEAST_AIR * placed[0].size
    return bottom_of(placed) + air <= area.y + FULL * area.height


def is_as_clear(placed: Sequence[Placed], natural: Sequence[Placed]) -> bool:
    """True if pictures are about as large as in the template's own type, and the rows of tables have no more lines."""
    return seen_area(placed) >= AS_LARGE * seen_area(natural) and all(
        ems_of(one) <= ems_of(other) + 0.5
        for one, other in zip(placed, natural, strict=True)
        if isinstance(one.block, Table)
    )


def ems_of(table: Placed) -> float:
    """How high the words in the rows of a table are, in em."""
    return sum(height - 2 * CELL_PADDING_Y for height in table.row_heights) / table.size


def with_room_to_write(placed: list[Placed], area: Area) -> list[Placed]:
    """``placed``; text that stands alone has a box to the foot of ``area``, so that people can go on in it."""
    if len(placed) == 1 and isinstance(placed[0].block, Text):
        return [replace(placed[0], height=max(area.bottom - placed[0].y, placed[0].height))]
    return placed


def is_seen(block: Block) -> bool:
    """True of what is drawn in the room that text leaves."""
    return isinstance(block, SEEN)


def least_bottom(placed: Sequence[Placed], area: Area, scale: float) -> float:
    """Where text among ``placed`` ends at least when its type is ``scale`` times as large."""
    texts = [one for one in placed if not is_seen(one.block)]
    return area.y + (bottom_of(texts) - area.y) * scale if texts else area.y


def seen_area(placed: Sequence[Placed]) -> float:
    """The area of all pictures, charts and diagrams among ``placed``, as they are drawn."""
    return sum(drawn_area(one) for one in placed if is_seen(one.block))


def drawn_area(placed: Placed) -> float:
    """The area that a picture takes of its box, which has another shape; the box of what fills that."""
    block, height = placed.block, placed.height - placed.caption_height
    if isinstance(block, Picture | Media):
        _, _, wide, tall = picture_box(placed)
        return wide * tall
    if isinstance(block, Diagram):
        scale = min(placed.width / block.width, height / block.height)
        return block.width * block.height * scale**2
    return placed.width * height

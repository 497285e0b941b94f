"""A formula that is the point of its slide → large on a tint, its letters explained beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.deck.arrange import SIDE_GAP, Arranger
from builder.deck.blocks import Equation, Text
from builder.deck.blocks.equations import TINTED
from builder.deck.composition.ladder import ALONE, NATURAL, SOME, rungs
from builder.deck.composition.room import loosened, lowered
from builder.deck.geometry import Area
from builder.deck.measured import BOX_PADDING, Measured
from builder.deck.model import Block, Placed
from builder.deck.stacks import GAP

PANEL = 0.52
"""How wide the tint is beside words, as a share of the width."""
LEAST_SIZE = 24.0
"""A formula smaller than this does not stand beside words."""
LEAST_PANEL = 0.45
"""How high the tint is at least, as a share of the height."""


def formula_on_tint(arranger: Arranger, blocks: Sequence[Block], area: Area) -> list[Placed] | None:
    """One formula on a tint, below the words that lead to it, and beside those that follow; None for other blocks."""
    kinds = [type(block) for block in blocks]
    if kinds.count(Equation) != 1 or not set(kinds) <= {Equation, Text} or len(blocks) > 3:
        return None
    at = kinds.index(Equation)
    before, formula, after = blocks[:at], blocks[at], blocks[at + 1 :]
    if len(before) > 1 or len(after) > 1:
        return None
    for scale in [*rungs(arranger.geometry.sizes, SOME), NATURAL]:
        lead = [arranger.measure(block, area.width, scale) for block in before]
        used = sum(one.height + GAP for one in lead)
        below = replace(area, y=area.y + used, height=area.height - used)
        found = rest(arranger, formula, after, below, scale)
        if found is not None and all(one.fits for one in lead):
            placed = [one.at(area.x, area.y, area.width, one.height) for one in lead]
            return lowered([*in_body(placed), *(found if lead else in_body(found))], area)
    return None


def rest(arranger: Arranger, formula: Block, after: Sequence[Block], area: Area, scale: float) -> list[Placed] | None:
    """A formula on its tint, and the words that follow beside it or below it, whichever has more room."""
    if not after:
        return on_tint(arranger, formula, area)
    width = PANEL * area.width
    left = replace(area, width=width - SIDE_GAP / 2)
    right = replace(area, x=area.x + width + SIDE_GAP / 2, width=area.width - width - SIDE_GAP / 2)
    words = arranger.measure(after[0], right.width, scale)
    beside = on_tint(arranger, formula, left)
    if beside is None or beside[0].size < LEAST_SIZE or not words.fits or words.height > area.height:
        return None
    height = max(beside[0].height, words.height)
    [text] = loosened([words.at(right.x, right.y, right.width, words.height)], replace(right, height=height))
    text = text.moved(0, (height - text.height) / 2)
    return [replace(beside[0], height=height), text]


def on_tint(arranger: Arranger, formula: Block, area: Area) -> list[Placed] | None:
    """A formula as large as the ladder and the room allow, in the middle of a tint; None where it does not fit."""
    for scale in [*rungs(arranger.geometry.sizes, ALONE), NATURAL]:
        found: Measured = arranger.measure(formula, area.width - 2 * BOX_PADDING, scale)
        height = max(found.height + 2 * BOX_PADDING, LEAST_PANEL * area.height)
        if found.fits and height <= area.height:
            return [replace(found.at(area.x, area.y, area.width, height), role=TINTED)]
    return None


def in_body(placed: Sequence[Placed]) -> list[Placed]:
    """``placed`` with the first text in the layout's place for content."""
    first = next((number for number, one in enumerate(placed) if isinstance(one.block, Text)), -1)
    return [replace(one, role="body") if number == first else one for number, one in enumerate(placed)]

"""Two things that belong to each other → side by side: code and its result, two figures."""

from __future__ import annotations

from collections.abc import Sequence

from builder.deck.arrange import NARROWER, SIDE_GAP, Arranger
from builder.deck.blocks import Chart, Code, Diagram, Picture, Table
from builder.deck.blocks.code import READABLE
from builder.deck.composition.growth import seen_area
from builder.deck.composition.ladder import FEW, NATURAL, SOME, rungs
from builder.deck.composition.room import lowered, settled
from builder.deck.geometry import Area
from builder.deck.kinds import kind_of
from builder.deck.measured import Measured
from builder.deck.model import Block, Placed

CODE_SHARE = 0.56
"""How wide code is beside its result, as a share of the width."""
FEW_LINES = 8
"""So many lines of code are few."""
LARGER = 1.2
"""How many times as large a picture is below code that does not stand beside it for that."""
RESULTS = (Code, Picture, Chart, Diagram, Table)
FIGURES = (Picture, Chart, Diagram, Table)


def code_and_result(arranger: Arranger, blocks: Sequence[Block], area: Area) -> list[Placed] | None:
    """Code at the left and what it gives at the right, in type that can be read; None where they do not fit so."""
    if len(blocks) != 2 or not isinstance(blocks[0], Code) or not isinstance(blocks[1], RESULTS):
        return None
    most = FEW if len(blocks[0].lines) <= FEW_LINES else SOME
    if not isinstance(blocks[1], Picture):
        return halves(arranger, blocks, area, CODE_SHARE, most)
    ways = [halves(arranger, blocks, area, share, most) for share in (CODE_SHARE, *NARROWER)]
    beside = max((one for one in ways if one is not None), key=seen_area, default=None)
    below = arranger.on_slide(blocks, (NATURAL,))
    if beside is None or below is None or seen_area(below) < LARGER * seen_area(beside):
        return beside
    return settled(below, area)


def two_figures(arranger: Arranger, blocks: Sequence[Block], area: Area) -> list[Placed] | None:
    """Two figures that are not wide, each in a half; two pictures are a gallery."""
    if len(blocks) != 2 or not all(isinstance(one, FIGURES) and not kind_of(one).is_wide(one) for one in blocks):
        return None
    if all(isinstance(one, Picture) for one in blocks):
        return None
    return halves(arranger, blocks, area, 0.5, SOME)


def halves(arranger: Arranger, blocks: Sequence[Block], area: Area, share: float, most: float) -> list[Placed] | None:
    """Two blocks beside each other, the first as wide as its ``share``, in the largest type up to ``most`` in which
    both fit."""
    left = share * area.width - SIDE_GAP / 2
    widths = left, area.width - left - SIDE_GAP
    for scale in [*rungs(arranger.geometry.sizes, most), NATURAL]:
        found = [arranger.measure(one, width, scale) for one, width in zip(blocks, widths, strict=True)]
        if all(suits(one, arranger, area) for one in found):
            placed = [
                one.at(x, area.y, width, min(max(one.wanted, one.height), area.height))
                for one, x, width in zip(found, (area.x, area.x + left + SIDE_GAP), widths, strict=True)
            ]
            return lowered(placed, area)
    return None


def suits(found: Measured, arranger: Arranger, area: Area) -> bool:
    """True if a block fits, in type that can be read and without lines that are cut."""
    sizes = arranger.geometry.sizes
    if isinstance(found.block, Code):
        whole = all(len(line.lines) == 1 for line in found.lines)
        return whole and found.size >= READABLE * sizes.code and found.height <= area.height
    least = READABLE * sizes.table if isinstance(found.block, Table) else 0.0
    return found.fits and found.size >= least and found.height <= area.height

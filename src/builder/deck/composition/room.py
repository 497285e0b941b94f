"""Placed blocks → the same where the eye wants them: with air between points and rows, and not at the very top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.deck.blocks import Columns, Table, Text
from builder.deck.geometry import Area
from builder.deck.model import Placed, points_of

AIRY = 0.84
"""What share of the height points and rows are spread over at most."""
MOST_AIR = {Text: 1.0, Table: 0.8, Columns: 0.7}
"""How much room is added between two points or rows at most, as a share of the type size."""
STEPS = 6
"""In so many steps, so that a word more moves nothing else."""
LOWER = ((0.5, 0.14), (0.3, 0.07))
"""Share of the height that is left free → how far down the first line stands, as a share of the height. There are few
steps, so that slides of about one length begin at one place."""
MIDDLE = 0.4
"""Where the middle of a sentence alone stands, as a share of the height."""


def settled(placed: Sequence[Placed], area: Area) -> list[Placed]:
    """``placed``, from top to bottom, with air in each column of blocks, all as far down as suits what is left free."""
    columns = columns_of(placed)
    is_row = len(columns) > 1 and all(isinstance(one.block, Table) for one in placed)  # whose rows stay alike
    found = [one for column in columns for one in (column if is_row else loosened(column, area))]
    order = {id(one.block): number for number, one in enumerate(placed)}
    return lowered(sorted(found, key=lambda one: order[id(one.block)]), area)


def columns_of(placed: Sequence[Placed]) -> list[list[Placed]]:
    """``placed`` in columns, between which there is a gap from top to bottom."""
    found: list[list[Placed]] = []
    right = 0.0
    for one in sorted(placed, key=lambda one: (one.x, one.y)):
        if not found or one.x > right:
            found.append([])
        found[-1].append(one)
        right = max(right, one.x + one.width)
    return found


def lowered(placed: Sequence[Placed], area: Area) -> list[Placed]:
    """``placed`` further down where much is left free below."""
    free = (area.bottom - bottom_of(placed)) / area.height
    down = next((share for least, share in LOWER if free >= least), 0.0) * area.height
    return [one.moved(0, down) for one in placed]


def in_upper_middle(placed: Sequence[Placed], area: Area) -> list[Placed]:
    """``placed`` with its middle a little above that of ``area``."""
    height = bottom_of(placed) - placed[0].y
    top = max(area.y + MIDDLE * area.height - height / 2, area.y)
    return [one.moved(0, top - placed[0].y) for one in placed]


def bottom_of(placed: Sequence[Placed]) -> float:
    """Where the lowest of ``placed`` ends."""
    return max(one.y + one.height for one in placed)


def loosened(column: Sequence[Placed], area: Area) -> list[Placed]:
    """Blocks below each other with air between their points and rows, as far as the height allows."""
    spare = area.y + AIRY * area.height - bottom_of(column)
    gaps = sum(gaps_in(one) for one in column)
    if spare <= 0 or not gaps or len({round(one.x) for one in column}) > 1:
        return list(column)
    found, down = [], 0.0
    for one in column:
        most = MOST_AIR.get(type(one.block), 0.0) * one.size
        air = most * int(min(spare / gaps / max(most, 1.0), 1.0) * STEPS) / STEPS
        found.append(aired(one, air).moved(0, down))
        down += found[-1].height - one.height
    return found


def gaps_in(placed: Placed) -> int:
    """How many places for air a block has: between points, and in each row."""
    block = placed.block
    if isinstance(block, Text):
        return len(points_of(block.paragraphs)) - 1
    if isinstance(block, Columns) and all(len(column.blocks) == 1 for column in block.columns):
        return max(map(gaps_in, placed.inside))
    return len(block.rows) if isinstance(block, Table) else 0


def aired(placed: Placed, air: float) -> Placed:
    """A block with ``air`` points more between its points, or in each of its rows."""
    block = placed.block
    height = placed.height + air * gaps_in(placed)
    if isinstance(block, Text):
        points = points_of(block.paragraphs)
        down = [air * (sum(point <= number for point in points) - 1) for number in range(len(block.paragraphs))]
        lines = tuple(replace(line, y=line.y + more) for line, more in zip(placed.lines, down, strict=True))
        return replace(placed, air=air, lines=lines, height=height)
    if isinstance(block, Columns) and air:
        return replace(placed, inside=tuple(aired(one, air) for one in placed.inside), height=height)
    if isinstance(block, Table):
        rows = tuple(row + air for row in placed.row_heights)
        return replace(placed, air=air, row_heights=rows, height=height)
    return placed

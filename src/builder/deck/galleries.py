"""Pictures that follow each other → rows of cells, in as many columns as show most of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from builder.deck.blocks.pictures import Picture, picture_box
from builder.deck.geometry import Area
from builder.deck.measured import Measured
from builder.deck.model import Block, Placed
from builder.deck.stacks import GAP, below_each_other

NARROWEST_CELL = 170.0
"""Pictures stand in no more columns than are so wide, in points."""
NARROWEST_CAPTION = 0.4
"""How wide the caption of a picture is at least, as a share of its cell."""

Measure = Callable[[Block, float], Measured]
"""Measures a block in a width."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """Two or more pictures in an area ``width`` points wide."""

    pictures: tuple[Picture, ...]
    width: float
    measure: Measure

    def measured(self) -> Measured:
        """The gallery as one block, whose pictures stand inside of it."""
        most = max(1, int((self.width + GAP) / (NARROWEST_CELL + GAP)))
        columns = min(most, len(self.pictures))
        rows = list(self.rows(columns))
        least = sum(max(m.height for m in row) for row in rows) + GAP * (len(rows) - 1)
        wanted = sum(self.measure(one, self.width).wanted + GAP for one in self.pictures) - GAP
        return Measured(self.pictures[0], rows[0][0].size, least, max(least, wanted), inside=self.placed)

    def rows(self, columns: int) -> Iterator[list[Measured]]:
        """Yield the pictures of each row, measured in their cells."""
        for first in range(0, len(self.pictures), columns):
            yield [self.measure(one, self.cell(columns)) for one in self.pictures[first : first + columns]]

    def cell(self, columns: int) -> float:
        """Width of a cell."""
        return (self.width - GAP * (columns - 1)) / columns

    def placed(self, height: float) -> tuple[Placed, ...]:
        """The pictures from the gallery's top left, in as many columns as show most of them."""
        ways = [self.in_columns(columns, height) for columns in range(1, len(self.pictures) + 1)]
        return max(ways, key=lambda way: sum(box[2] * box[3] for box in map(picture_box, way)))

    def in_columns(self, columns: int, height: float) -> tuple[Placed, ...]:
        """The pictures in so many columns, in rows that share a height; each row is in the middle."""
        count = ceil(len(self.pictures) / columns)
        most = (height - GAP * (count - 1)) / count
        width, y = self.cell(columns), 0.0
        found: list[Placed] = []
        for row in self.rows(columns):
            x = (self.width - len(row) * width - GAP * (len(row) - 1)) / 2
            for m in row:
                tall = max(min(m.wanted, most), m.caption_height + 1)
                found.append(self.centred(m.at(x, y, width, tall)))
                x += width + GAP
            y = max(one.y + one.height for one in found) + GAP
        return tuple(found)

    def centred(self, placed: Placed) -> Placed:
        """A picture in the middle of its cell, with its caption below it."""
        return centred(placed, Area(placed.x, placed.y, placed.width, placed.height), self.measure)


def centred(placed: Placed, cell: Area, measure: Measure) -> Placed:
    """A picture in the middle of a cell, with a caption as wide as it is, but for narrow ones."""
    one = placed
    for _ in range(2):  # a narrower caption may take more lines, and leave less for the picture
        width = max(picture_box(one)[2], cell.width * NARROWEST_CAPTION)
        m = measure(one.block, width)
        one = m.at(cell.x + (cell.width - width) / 2, cell.y, width, min(placed.height, max(m.wanted, m.height)))
    return one


def in_galleries(blocks: Sequence[Block], width: float, measure: Measure) -> Iterator[Block | Gallery]:
    """Yield ``blocks`` with pictures that follow each other as galleries."""
    for is_picture, group in groupby(blocks, lambda block: isinstance(block, Picture)):
        found = list(group)
        if is_picture and len(found) > 1:
            yield Gallery(tuple(one for one in found if isinstance(one, Picture)), width, measure)
        else:
            yield from found


def measured_rows(blocks: Sequence[Block], width: float, measure: Measure) -> list[Measured]:
    """``blocks`` as they stand below each other: pictures that follow each other as one."""
    return [
        one.measured() if isinstance(one, Gallery) else measure(one, width)
        for one in in_galleries(blocks, width, measure)
    ]


def in_rows(measured: Sequence[Measured], area: Area) -> list[Placed]:
    """Boxes for measured blocks below each other; a gallery's are those of its pictures."""
    placed = below_each_other(measured, area)
    return [
        found
        for m, one in zip(measured, placed, strict=True)
        for found in (one.inside if one.inside and isinstance(m.block, Picture) else [one])
    ]

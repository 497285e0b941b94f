"""Pictures that follow each other → rows of one height, in as many as show most of them; narrow tables → rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil

from builder.deck.blocks.pictures import Picture, picture_box
from builder.deck.blocks.tables import Table
from builder.deck.geometry import Area
from builder.deck.measured import Measured
from builder.deck.model import Block, Placed
from builder.deck.stacks import GAP, below_each_other

NARROWEST_CELL = 170.0
"""Pictures stand in no more columns than are so wide, in points."""
NARROWEST_CAPTION = 0.4
"""How wide the caption of a picture is at least, as a share of its cell."""

TABLE_GAP = 36.0
"""Room between two tables beside each other."""
MOST_TABLES = 3
"""So many of them stand in a row at most."""
TRIES = 4
"""How often the height of a row is made less until its captions have room."""

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
        """The pictures from the gallery's top left, in as many rows as show most of them."""
        ways = [self.in_lines(count, height) for count in range(1, len(self.pictures) + 1)]
        return max(ways, key=lambda way: sum(box[2] * box[3] for box in map(picture_box, way)))

    def in_lines(self, count: int, height: float) -> tuple[Placed, ...]:
        """The pictures in so many rows, in each of one height; each row is in the middle."""
        most = (height - GAP * (count - 1)) / count
        ends = [ceil(len(self.pictures) * number / count) for number in range(count + 1)]
        y = 0.0
        found: list[Placed] = []
        for first, last in pairwise(ends):
            line = self.line(self.pictures[first:last], most)
            wide = sum(cell for cell, _ in line) + GAP * (len(line) - 1)
            x = (self.width - wide) / 2
            for picture, (cell, tall) in zip(self.pictures[first:last], line, strict=True):
                m = self.measure(picture, cell)
                found.append(m.at(x, y, cell, tall + m.caption_height))
                x += cell + GAP
            y = max(one.y + one.height for one in found) + GAP
        return tuple(found)

    def line(self, pictures: Sequence[Picture], most: float) -> list[tuple[float, float]]:
        """(width of its place, its own height) of each picture of a row that is at most so high with its captions.

        All are of one height, but for those whose author asks for less.
        """
        room = self.width - GAP * (len(pictures) - 1)
        narrowest = room / len(pictures) * NARROWEST_CAPTION
        shapes = [one.width_px / one.height_px for one in pictures]
        natural = [(m := self.measure(one, self.width)).wanted - m.caption_height for one in pictures]
        height = min(room / sum(shapes), most)
        for _ in range(TRIES):  # narrower captions take more lines, and leave less for the pictures
            tall = [min(height, one) for one in natural]
            cells = [max(shape * one, narrowest) for shape, one in zip(shapes, tall, strict=True)]
            captions = [self.measure(one, cell).caption_height for one, cell in zip(pictures, cells, strict=True)]
            height = max(min(height * min(room / sum(cells), 1.0), most - max(captions)), 1.0)
        return [(cell, min(height, one)) for cell, one in zip(cells, tall, strict=True)]


@dataclass(frozen=True, slots=True)
class TableRow:
    """Narrow tables beside each other, each measured in its ``cell``, so many points wide."""

    tables: tuple[Measured, ...]
    cell: float

    def measured(self) -> Measured:
        """The row as one block, whose tables stand inside of it."""
        tall = max(one.height for one in self.tables)
        return Measured(self.tables[0].block, self.tables[0].size, tall, tall, inside=self.placed)

    def placed(self, _height: float) -> tuple[Placed, ...]:
        """The tables from the row's top left, each as wide and high as it is."""
        found: list[Placed] = []
        for one in self.tables:
            x = found[-1].x + found[-1].width + TABLE_GAP if found else 0.0
            found.append(one.at(x, 0.0, self.cell, one.height))
        return tuple(found)


def centred(placed: Placed, cell: Area, measure: Measure) -> Placed:
    """A picture in the middle of a cell, with a caption as wide as it is, but for narrow ones."""
    one = placed
    for _ in range(2):  # a narrower caption may take more lines, and leave less for the picture
        width = max(picture_box(one)[2], cell.width * NARROWEST_CAPTION)
        m = measure(one.block, width)
        one = m.at(cell.x + (cell.width - width) / 2, cell.y, width, min(cell.height, max(m.wanted, m.height)))
    return one


def measured_rows(blocks: Sequence[Block], width: float, measure: Measure) -> list[Measured]:
    """``blocks`` as they stand below each other: pictures that follow each other as one, as narrow tables do."""
    found: list[Measured] = []
    for kind, group in groupby(blocks, row_kind):
        same = list(group)
        if kind is Picture and len(same) > 1:
            found.append(Gallery(tuple(one for one in same if isinstance(one, Picture)), width, measure).measured())
        elif kind is Table:
            found += in_table_rows([one for one in same if isinstance(one, Table)], width, measure)
        else:
            found += (measure(one, width) for one in same)
    return found


def row_kind(block: Block) -> type | None:
    """What stands in rows with others of its kind; None for other blocks."""
    return next((kind for kind in (Picture, Table) if isinstance(block, kind)), None)


def in_table_rows(tables: Sequence[Table], width: float, measure: Measure) -> list[Measured]:
    """Tables that follow each other: as many in a row as need no more lines there than in the whole ``width``."""
    if not tables:
        return []
    for count in range(min(len(tables), MOST_TABLES), 1, -1):
        cell = (width - TABLE_GAP * (count - 1)) / count
        row = tuple(measure(one, cell) for one in tables[:count])
        if all(map(is_as_low, row, (measure(one, width) for one in tables))):
            return [TableRow(row, cell).measured(), *in_table_rows(tables[count:], width, measure)]
    return [measure(tables[0], width), *in_table_rows(tables[1:], width, measure)]


def is_as_low(narrow: Measured, wide: Measured) -> bool:
    """True if the rows of a table have no more lines in the narrow place."""
    return narrow.fits and sum(narrow.row_heights) <= sum(wide.row_heights)


def in_rows(measured: Sequence[Measured], area: Area) -> list[Placed]:
    """Boxes for measured blocks below each other; those of a row are of what stands in it."""
    placed = below_each_other(measured, area)
    return [
        found
        for m, one in zip(measured, placed, strict=True)
        for found in (one.inside if one.inside and isinstance(m.block, Picture | Table) else [one])
    ]

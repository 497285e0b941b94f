"""Where the cells of a table stand that has spans over columns and rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from builder.deck.model import Cell, Table


def cells_of(table: Table) -> Iterator[tuple[int, list[tuple[int, Cell]]]]:
    """Each row's number, and its cells with the columns that they begin in, past the places that cells above reach into."""
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows):
        columns = (column for column in count() if (number, column) not in covered)
        placed = []
        for cell in row:
            column = next(columns)
            covered |= {(number + y, column + x) for y in range(cell.rowspan) for x in range(cell.colspan)}
            placed.append((column, cell))
        yield number, placed


def with_room(heights: Sequence[float], needed: Sequence[tuple[int, int, float]]) -> tuple[float, ...]:
    """Heights of rows, the last of those that a cell spans made higher where it needs more: first row, count of rows, height."""
    found = list(heights)
    for first, rows, height in needed:
        last = min(first + rows, len(found)) - 1
        found[last] += max(height - sum(found[first : last + 1]), 0.0)
    return tuple(found)

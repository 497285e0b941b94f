"""Tables that authors write to have pictures beside each other, with words above or below them: columns on slides, as
cells of office programs hold only text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from docutils import nodes

from builder.deck.blocks import Column, Columns
from builder.deck.conversion import BlockContext, elements
from builder.deck.flattened import flattened
from builder.deck.handlers.paragraphs import larger_pictures
from builder.deck.model import Block, Run, Runs
from builder.deck.natural_columns import MOST
from builder.errors import source_of

MOST_ROWS = 3
"""Tables with more rows of pictures stay tables."""


def pictures_in_columns(context: BlockContext, node: nodes.Element, group: nodes.Element) -> list[Block]:
    """The columns of a table without caption and spans in which all cells of a row have pictures, and those of the
    other rows none: the pictures with their words, in as many rows as they have; nothing for another table.
    """
    parts = [part for part in elements(group) if isinstance(part, nodes.thead | nodes.tbody)]
    rows = [elements(row) for part in parts for row in elements(part)]
    count = max(map(len, rows), default=0)
    is_plain = all(len(row) == count and not any(map(is_spanning, row)) for row in rows)
    if not (is_plain and 2 <= count <= MOST) or any(isinstance(child, nodes.title) for child in node.children):
        return []
    pictured = [number for number, row in enumerate(rows) if any(larger_pictures(context, cell) for cell in row)]
    if not 0 < len(pictured) <= MOST_ROWS or not all(is_of_pictures(context, rows[number]) for number in pictured):
        return []
    starts = [0, *pictured[1:], len(rows)]
    head = sum(len(part) for part in parts if isinstance(part, nodes.thead) and 0 not in pictured)
    found: list[Block] = []
    for first, last in pairwise(starts):
        names = rows[first : max(head, first)]
        content = rows[max(head, first) : last]
        columns = tuple(column(context, number, names, content) for number in range(count))
        found.append(Columns(columns, source_of(node), "" if first else context.label(node)))
    return found


def is_spanning(cell: nodes.Element) -> bool:
    """True for a cell over several rows or columns."""
    return bool(cell.get("morecols") or cell.get("morerows"))


def is_of_pictures(context: BlockContext, row: Sequence[nodes.Element]) -> bool:
    """True for a row of which each cell that shows something has a picture."""
    return all(larger_pictures(context, cell) or not cell.astext().strip() for cell in row)


def column(
    context: BlockContext, number: int, names: Sequence[list[nodes.Element]], rows: Sequence[list[nodes.Element]]
) -> Column:
    """One column of a table, with its name."""
    named: Runs = ()
    for row in names:
        for line in flattened(context.children(row[number])).paragraphs:
            named = (*named, Run(" "), *line) if named else line
    return Column(named, tuple(block for row in rows for block in context.children(row[number])))

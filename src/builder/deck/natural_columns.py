"""Blocks of a slide whose author asked for columns → columns, in the ways in which authors write them.

Headings in bold (or with a colon) above what belongs to each; a list whose points have subpoints; a table without
spans; pictures beside text; two blocks, or more of one kind; one list, which is cut in halves. Each way is a function
from blocks to blocks, which is empty where the author wrote in another way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from builder.deck.blocks import Column, Columns, Indented, Picture, PictureGrid, Table, Text
from builder.deck.blocks.grids import FEWEST
from builder.deck.blocks.grids import MOST as MOST_PICTURES
from builder.deck.kinds import kind_of
from builder.deck.model import Block, Paragraph, Run, Runs
from builder.deck.nesting import joined
from builder.deck.pieces import LEAD_IN
from builder.deck.split import split_at, split_points
from builder.deck.words import is_visible

MOST = 4
"""More columns than these are not made."""


def in_columns(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with columns; empty where nothing says what these are."""
    if any(isinstance(block, Columns) for block in blocks):
        return list(blocks)
    return next((found for way in WAYS if (found := way(blocks))), [])


def column_of(blocks: Sequence[Block], heading: Runs = ()) -> Column:
    """A column of ``blocks``; a heading that these begin with is that of the column."""
    first = blocks[0] if blocks else None
    if not heading and isinstance(first, Text) and is_heading(first.paragraphs[0]):
        rest = [replace(first, paragraphs=first.paragraphs[1:])] if len(first.paragraphs) > 1 else []
        if rest or len(blocks) > 1:
            return Column(first.paragraphs[0].runs, tuple(joined([*rest, *blocks[1:]])))
    return Column(heading, tuple(joined(blocks)))


def columns_of(columns: Iterable[Column], first: Block) -> Columns:
    """Columns that stand where ``first`` stood."""
    return Columns(tuple(columns), first.source)


def is_heading(paragraph: Paragraph) -> bool:
    """True for a paragraph, or a point without subpoints, in bold alone; for a paragraph that ends with a colon."""
    shown = [run for run in paragraph.runs if is_visible(run.text)]
    if not shown or paragraph.level > 1 or paragraph.number:
        return False
    return all(run.bold for run in shown) or (not paragraph.level and shown[-1].text.rstrip().endswith(LEAD_IN))


def one_by_one(blocks: Sequence[Block]) -> list[Block]:
    """``blocks`` with a text of its own for each paragraph."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Text):
            first, *rest = (replace(block, paragraphs=(one,)) for one in block.paragraphs)
            found += [first, *(replace(one, label="") for one in rest)]
        else:
            found.append(block)
    return found


def grouped(blocks: Sequence[Block], opens: Callable[[Paragraph], bool]) -> tuple[list[Block], list[list[Block]]]:
    """(the blocks before the first paragraph that ``opens`` a group, the groups that begin with one)."""
    before: list[Block] = []
    groups: list[list[Block]] = []
    for block in one_by_one(blocks):
        if isinstance(block, Text) and opens(block.paragraphs[0]):
            groups.append([])
        (groups[-1] if groups else before).append(block)
    return before, groups


# --- ways


def by_headings(blocks: Sequence[Block]) -> list[Block]:
    """Headings, each with what stands below it."""
    before, groups = grouped(blocks, is_heading)
    if not 2 <= len(groups) <= MOST or any(len(group) < 2 for group in groups):
        return []
    return [*joined(before), columns_of(map(column_of, groups), groups[0][0])]


def by_points(blocks: Sequence[Block]) -> list[Block]:
    """A list, each of whose points has something below it."""
    before, groups = grouped(blocks, lambda one: one.level == 1 and not one.continues)
    if before or not 2 <= len(groups) <= MOST or any(len(group) < 2 for group in groups):
        return []
    columns = []
    for head, *below in groups:
        assert isinstance(head, Text)
        columns.append(Column(head.paragraphs[0].runs, tuple(joined(map(moved_out, below)))))
    return [columns_of(columns, blocks[0])]


def moved_out(block: Block) -> Block:
    """A block that stood below a point, as it is without that."""
    if isinstance(block, Indented):
        return replace(block, depth=block.depth - 1) if block.depth > 1 else replace(block.block, label=block.label)  # type: ignore[type-var]
    if isinstance(block, Text):
        out = (replace(one, level=one.level - 1, continues=one.continues and one.level > 1) for one in block.paragraphs)
        return replace(block, paragraphs=tuple(out))
    return block


def by_cells(blocks: Sequence[Block]) -> list[Block]:
    """A table without spans, whose head has the headings."""
    table = blocks[0] if len(blocks) == 1 else None
    if not isinstance(table, Table) or not 2 <= table.columns <= MOST:
        return []
    if any(len(row) != table.columns or any(cell.rowspan > 1 for cell in row) for row in table.rows):
        return []
    columns = []
    for number in range(table.columns):
        head = [runs for row in table.rows[: table.head] for runs in row[number].paragraphs]
        below = [runs for row in table.rows[table.head :] for runs in row[number].paragraphs]
        texts = tuple(Paragraph(runs, source=table.source) for runs in below if runs)
        columns.append(Column(with_spaces(head), (Text(texts, table.source),) if texts else ()))
    return [columns_of(columns, table)]


def with_spaces(paragraphs: Sequence[Runs]) -> Runs:
    """Paragraphs as one line."""
    return tuple(run for number, runs in enumerate(paragraphs) for run in ((Run(" "), *runs) if number else runs))


def by_sight(blocks: Sequence[Block]) -> list[Block]:
    """Return what there is to see beside what there is to read, if each stands together."""
    seen = [kind_of(block).is_visual for block in blocks]
    changes = [number for number in range(1, len(blocks)) if seen[number] != seen[number - 1]]
    if len(changes) != 1:
        return []
    return [columns_of((column_of(blocks[: changes[0]]), column_of(blocks[changes[0] :])), blocks[0])]


def by_blocks(blocks: Sequence[Block]) -> list[Block]:
    """Two blocks; more that are all of one kind; two below a paragraph."""
    kinds = {type(block) for block in blocks}
    if len(blocks) == 2 or (len(blocks) <= MOST and len(kinds) == 1 and len(blocks) > 1 and not is_opening(blocks)):
        return [columns_of((column_of([block]) for block in blocks), blocks[0])]
    if is_opening(blocks):
        return [blocks[0], columns_of((column_of([block]) for block in blocks[1:]), blocks[1])]
    return []


def is_opening(blocks: Sequence[Block]) -> bool:
    """True for a paragraph and two other blocks, which are no paragraphs."""
    return len(blocks) == 3 and [is_plain(block) for block in blocks] == [True, False, False]


def is_plain(block: Block) -> bool:
    """True for text without bullets."""
    return isinstance(block, Text) and not any(one.level for one in block.paragraphs)


def by_halves(blocks: Sequence[Block]) -> list[Block]:
    """One list."""
    text = blocks[0] if len(blocks) == 1 else None
    if not isinstance(text, Text) or not (points := split_points(text)):
        return []
    half = len(text.paragraphs) / 2
    halves = split_at(text, min(points, key=lambda point: abs(point - half)))
    return [columns_of((Column((), (one,)) for one in halves), text)]


WAYS = (by_headings, by_cells, by_points, by_sight, by_blocks, by_halves)


# --- pictures

WITH_GRID = {"grid": "two to six pictures", "before-after": "two pictures"}
"""Layouts that ask for pictures of equal heights, and what they show."""


def in_grid(blocks: Sequence[Block], layout: str) -> list[Block]:
    """``blocks`` with their pictures in a grid, with the headings before them as labels; empty where they are not just
    pictures, or too many, or too few.
    """
    pictures: list[Picture] = []
    labels: list[Runs] = []
    waiting: Runs = ()
    for block in one_by_one(blocks):
        if isinstance(block, Picture):
            pictures.append(block)
            labels.append(waiting)
            waiting = ()
        elif isinstance(block, Text) and not waiting and is_heading(block.paragraphs[0]):
            waiting = block.paragraphs[0].runs
        else:
            return []
    most = FEWEST if layout == "before-after" else MOST_PICTURES
    if waiting or not FEWEST <= len(pictures) <= most:
        return []
    found = tuple(labels) if any(labels) else ()
    return [PictureGrid(tuple(pictures), found, pictures[0].source, pictures[0].label)]

"""Tables."""

from __future__ import annotations

from dataclasses import replace

from docutils import nodes

from builder.deck.blocks import Cell, Picture, Table
from builder.deck.blocks.tables import paragraphs_of
from builder.deck.conversion import BlockContext, elements, shows
from builder.deck.flattened import flattened
from builder.deck.handlers.pictured_tables import pictures_in_columns
from builder.deck.measured import bold
from builder.deck.model import Block, Caption, plain
from builder.deck.words import runs_show, words_of
from builder.errors import source_of

NAME = 40
"""Characters that name a row, at most."""


@shows(nodes.table)
def table(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A table; cells keep alignment, spans and paragraphs, pictures in them follow it, each with the name of its
    row. Pictures beside each other, with words above or below them, in columns.
    """
    group = next(child for child in node.children if isinstance(child, nodes.tgroup))
    if beside_each_other := pictures_in_columns(context, node, group):
        return beside_each_other
    specs = [child for child in elements(group) if isinstance(child, nodes.colspec)]
    columns, stubs = len(specs), [bool(spec.get("stub")) for spec in specs]
    rows: list[tuple[Cell, ...]] = []
    head = 0
    others: list[Block] = []
    for part in group.children:
        if not isinstance(part, nodes.thead | nodes.tbody):
            continue
        for row in elements(part):
            are_names = [*stubs, *[False] * len(row)]
            pictured: list[Block] = []
            rows.append(tuple(_cell(*one, context, pictured) for one in zip(elements(row), are_names, strict=False)))
            others += [named(block, rows[-1]) for block in pictured]
            head += isinstance(part, nodes.thead)
    rows, head = without_blank_head(rows, head)
    caption = context.caption_of(node, "table")
    alt = f"{caption.text}. " if caption else ""
    names = context.words["comma"].join(plain(runs) for runs in paragraphs_of(rows[0])) if rows and head else ""
    alt += context.words["table_of"].replace("{}", names) if names else context.words["table_alone"]
    found = Table(tuple(rows), columns, head, caption, alt, source_of(node), context.label(node))
    return [*([found] if words_of(found) else []), *others]


def named(block: Block, row: tuple[Cell, ...]) -> Block:
    """A picture of a row, which stands below the table, with the first words of its row; another block as it is."""
    words = next((runs for cell in row for runs in cell.paragraphs if runs_show(runs)), ())
    if isinstance(block, Picture) and block.caption is None and 0 < len(plain(words)) <= NAME:
        return replace(block, caption=Caption("", words))
    return block


def without_blank_head(rows: list[tuple[Cell, ...]], head: int) -> tuple[list[tuple[Cell, ...]], int]:
    """``rows`` and the number of them that are the head, without heads that show nothing, as Markdown makes an author
    write them.
    """
    blank = 0
    while blank < head and all(cell.rowspan == 1 and not any(map(runs_show, cell.paragraphs)) for cell in rows[blank]):
        blank += 1
    return rows[blank:], head - blank


def _cell(entry: nodes.Element, is_name: bool, context: BlockContext, others: list[Block]) -> Cell:
    """A cell, in bold where it names its row; what cannot be text of what it holds is added to ``others``."""
    found = flattened(context.children(entry))
    paragraphs = tuple(map(bold, found.paragraphs) if is_name else found.paragraphs)
    others += found.others
    align = next((name[5:] for name in entry["classes"] if name in ("text-left", "text-center", "text-right")), "start")
    return Cell(paragraphs, align, entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1)

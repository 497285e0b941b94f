"""Tables."""

from __future__ import annotations

from docutils import nodes

from builder.deck.blocks import Cell, Table
from builder.deck.conversion import BlockContext, elements, shows
from builder.deck.inline import runs_of
from builder.deck.model import Block, Run, plain
from builder.errors import source_of


@shows(nodes.table)
def table(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A table; cells keep alignment and spans."""
    group = next(child for child in node.children if isinstance(child, nodes.tgroup))
    columns = sum(isinstance(child, nodes.colspec) for child in group.children)
    rows, head = [], 0
    for part in group.children:
        if not isinstance(part, nodes.thead | nodes.tbody):
            continue
        for row in elements(part):
            rows.append(tuple(_cell(entry, context) for entry in row.children if isinstance(entry, nodes.entry)))
            head += isinstance(part, nodes.thead)
    caption = context.caption_of(node, "table")
    alt = f"{caption.text}. " if caption else ""
    names = context.words["comma"].join(plain(cell.runs) for cell in rows[0]) if rows and head else ""
    alt += context.words["table_of"].replace("{}", names) if names else context.words["table_alone"]
    return [Table(tuple(rows), columns, head, caption, alt, source_of(node), context.label(node))]


def _cell(entry: nodes.entry, context: BlockContext) -> Cell:
    runs: list[Run] = []
    for block in elements(entry):
        inline = block.children if isinstance(block, nodes.TextElement) else block.findall(nodes.Text)
        more = runs_of(inline, context.docname, notes=True)
        runs += ([Run(" ")] if runs and more else []) + list(more)
    align = next((name[5:] for name in entry["classes"] if name in ("text-left", "text-center", "text-right")), "left")
    return Cell(tuple(runs), align, entry.get("morecols", 0) + 1, entry.get("morerows", 0) + 1)

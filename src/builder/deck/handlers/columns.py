"""Columns that the author wrote as such."""

from __future__ import annotations

from docutils import nodes

from builder.deck.blocks import Columns
from builder.deck.conversion import BlockContext, elements, shows
from builder.deck.model import Block
from builder.deck.natural_columns import MOST, column_of
from builder.errors import source_of
from builder.source.annotations.columns import shares_of
from builder.source.annotations.vocabulary import column, columns


@shows(columns)
def written_columns(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Columns side by side, those that show nothing aside; below each other where they are more than four."""
    inner = [child for child in elements(node) if isinstance(child, column)]
    found = [
        (context.children(child), share) for child, share in zip(inner, shares_of(node), strict=True) if len(child)
    ]
    shown = [(blocks, share) for blocks, share in found if blocks]
    if not 2 <= len(shown) <= MOST:
        return [block for blocks, _share in shown for block in blocks]
    all_shares = sum(share for _blocks, share in shown)
    shares = tuple(share / all_shares for _blocks, share in shown)
    return [Columns(tuple(column_of(blocks) for blocks, _ in shown), source_of(node), context.label(node), shares)]


@shows(column)
def written_column(context: BlockContext, node: nodes.Element) -> list[Block]:
    """Its content."""
    return context.children(node)

"""Theorems and the like, proofs, exercises and solutions, by their names in the book."""

from __future__ import annotations

from docutils import nodes

from builder.deck.conversion import BlockContext, shows
from builder.deck.handlers.admonitions import boxed
from builder.deck.model import Block, Run, Runs
from builder.source.statements import STATEMENTS, name_of_statement, title_of_statement


@shows(*STATEMENTS)
def statement(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A box titled by kind, number and name, as in print."""
    return boxed(name_runs(context, node), context, node)


def name_runs(context: BlockContext, node: nodes.Element) -> Runs:
    """``Theorem 1.1 (Squeeze)``."""
    title = title_of_statement(node)
    words = context.runs(title) if title is not None else ()
    name = name_of_statement(context.numbers, context.docname, node)
    return (Run(f"{name} " if words else name), *words) if name else words


@shows("proof_node")
def proof(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A box without a title: its text opens with the word."""
    inner = next((child for child in node.children if isinstance(child, nodes.admonition)), node)
    return boxed((), context, inner)

"""Displayed formulas."""

from __future__ import annotations

from docutils import nodes

from builder.deck.blocks import Equation
from builder.deck.blocks.equations import row_middles
from builder.deck.conversion import BlockContext, shows
from builder.deck.model import Block
from builder.errors import AuthorError, shortened, source_of


@shows(nodes.math_block)
def equation(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A displayed formula with its number, or those of its rows.

    Raises:
        AuthorError: it cannot be converted.
    """
    latex = node.astext()
    formula = context.formulas[latex]
    if formula.problem:
        raise AuthorError(f"the formula '{shortened(latex)}' cannot be set: {formula.problem}.", source_of(node))
    words = context.formulas.text(latex)
    numbers = node["numbers"]
    middles = row_middles(latex, formula.height_em, context.formulas) if len(numbers) > 1 else [0.5]
    beside = tuple(pair for pair in zip(numbers, middles, strict=True) if pair[0])
    return [Equation(latex, words, beside, formula.width_em, formula.height_em, source_of(node), context.label(node))]

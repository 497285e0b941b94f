"""Displayed formulas."""

from __future__ import annotations

from docutils import nodes

from builder.deck.blocks import Equation
from builder.deck.conversion import BlockContext, shows
from builder.deck.model import Block
from builder.errors import AuthorError, shortened, source_of
from builder.typeset.math.rows import rows_of


@shows(nodes.math_block)
def equation(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A displayed formula with its number, or the tags of its rows.

    Raises:
        AuthorError: it cannot be converted.
    """
    latex = node.astext()
    formula = context.formulas[latex]
    if formula.problem:
        raise AuthorError(f"the formula '{shortened(latex)}' cannot be set: {formula.problem}.", source_of(node))
    tags = [row.tag for row in rows_of(context.formulas.plain(latex)) if row.tag]
    number = ", ".join(tags) or context.numbers.of_equation(context.docname, node)
    words = context.formulas.text(latex)
    return [Equation(latex, words, number, formula.width_em, formula.height_em, source_of(node), context.label(node))]

"""Displayed formulas."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

from builder.deck.blocks import Equation
from builder.deck.blocks.equations import row_middles
from builder.deck.conversion import BlockContext, shows
from builder.deck.model import Block
from builder.errors import AuthorError, shortened, source_of
from builder.typeset.math.formulas import Formula

LINE_EM = 36.0
"""How many em of the usual type a line of a slide holds."""


@shows(nodes.math_block)
def equation(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A displayed formula with its number, or those of its rows.

    Raises:
        AuthorError: it cannot be converted.
    """
    return [equation_of(context, node, node.astext(), node["numbers"])]


def formula_alone(node: nodes.Element) -> nodes.math | None:
    """The formula of a paragraph of a section that holds nothing else, as an author sets it between single dollar
    signs on lines of their own; None for another node.
    """
    if not isinstance(node, nodes.paragraph) or not isinstance(node.parent, nodes.section | nodes.document):
        return None
    shown = [child for child in node.children if not isinstance(child, nodes.Text) or child.strip()]
    return shown[0] if len(shown) == 1 and isinstance(shown[0], nodes.math) else None


def stands_alone(formula: Formula) -> bool:
    """True for a formula that a line of a slide holds; a longer one breaks into lines where it stands in text."""
    return not formula.problem and formula.width_em <= LINE_EM


def equation_of(context: BlockContext, node: nodes.Element, latex: str, numbers: Sequence[str]) -> Equation:
    """A formula with the numbers of its rows.

    Raises:
        AuthorError: it cannot be converted.
    """
    formula = context.formulas[latex]
    if formula.problem:
        raise AuthorError(f"the formula '{shortened(latex)}' cannot be set: {formula.problem}.", source_of(node))
    words = context.formulas.text(latex)
    middles = row_middles(latex, formula.height_em, context.formulas) if len(numbers) > 1 else [0.5]
    beside = tuple(pair for pair in zip(numbers, middles, strict=True) if pair[0])
    return Equation(latex, words, beside, formula.width_em, formula.height_em, source_of(node), context.label(node))

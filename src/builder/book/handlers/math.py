"""Formulas, converted before the book is written (see ``builder.formulas``)."""

from __future__ import annotations

from docutils import nodes

from builder.book.escape import call, code, string
from builder.book.translate import Translator, renders
from builder.errors import warn


@renders(nodes.math)
def math(t: Translator, node: nodes.Element) -> str:
    """A formula in the line."""
    latex = node.astext()
    formula = t.context.formulas[latex]
    if not formula.typst:
        report(node, latex, formula.problem)
        return code(latex)
    return f"#math.equation(alt: {string(latex)}, ${formula.typst}$);"


@renders(nodes.math_block)
def math_block(t: Translator, node: nodes.Element) -> str:
    """A formula of its own, with its number."""
    latex = node.astext()
    formula = t.context.formulas[latex]
    number = t.numbers.of_equation(t.docname, node)
    if not formula.typst:
        report(node, latex, formula.problem)
        return f"\n\n{t.anchors(node)}{call('unconverted', '', source=string(latex))}\n\n"
    body = f"#math.equation(block: true, alt: {string(latex)}, $ {formula.typst} $);"
    return f"\n\n{t.anchors(node)}{call('equation', body, number=string(number))}\n\n"


def report(node: nodes.Element, latex: str, problem: str) -> None:
    """Warn about a formula that is shown as its source."""
    warn(f"the formula '{latex}' cannot be set, so its source is shown: {problem}.", node, "formula")

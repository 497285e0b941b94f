"""Formulas, converted before the book is written (see ``builder.formulas``)."""

from __future__ import annotations

from docutils import nodes

from builder.book.escape import call, string
from builder.book.translate import Translator, renders


@renders(nodes.math)
def math(t: Translator, node: nodes.Element) -> str:
    latex = node.astext()
    formula = t.context.formulas[latex]
    if not formula.typst:
        return f"#raw({string(latex)});"
    return f"#math.equation(alt: {string(latex)}, ${formula.typst}$);"


@renders(nodes.math_block)
def math_block(t: Translator, node: nodes.Element) -> str:
    latex = node.astext()
    formula = t.context.formulas[latex]
    number = equation_number(t, node)
    if not formula.typst:
        return f"\n\n{t.anchors(node)}{call('unconverted', '', source=string(latex))}\n\n"
    body = f"#math.equation(block: true, alt: {string(latex)}, $ {formula.typst} $);"
    return f"\n\n{t.anchors(node)}{call('equation', body, number=string(number))}\n\n"


def equation_number(t: Translator, node: nodes.Element) -> str:
    """``(3.1)`` as Sphinx prints it, '' when the equation has no number."""
    number = node.get("number")
    if not number:
        return ""
    if t.env.config.math_numfig and t.env.config.numfig:
        for identifier in node["ids"]:
            numbers = t.env.toc_fignumbers.get(t.docname, {}).get("displaymath", {}).get(identifier)
            if numbers:
                return f"({'.'.join(map(str, numbers))})"
    return f"({number})"

"""sphinx-proof and sphinx-exercise: theorems and the like, proofs, exercises and solutions, numbered as on the web."""

from __future__ import annotations

from docutils import nodes

from builder.book.translate import Translator, renders
from builder.source.statements import STATEMENTS, name_of_statement, title_of_statement
from builder.typeset.escape import call, markup


def statement(t: Translator, node: nodes.Element, title: str, body: str) -> str:
    """A titled statement, set off from the text."""
    return f"\n\n{t.anchors(node)}{call('statement', body.strip(), title=f'[{title}]')}\n\n"


@renders(*STATEMENTS)
def named(t: Translator, node: nodes.Element) -> str:
    """A statement titled by its kind, number and name, as on the web: *Theorem 1.1 (Squeeze)*, *Exercise 3*."""
    title = title_of_statement(node)
    name = markup(name_of_statement(t.numbers, t.docname, node))
    words = f"{name} {t.children(title).strip() if title is not None else ''}".strip()
    return statement(t, node, words, "".join(t.render(child) for child in node.children if child is not title))


@renders("proof_node")
def proof(t: Translator, node: nodes.Element) -> str:
    """Its text, closed by the mark of the end of a proof."""
    inner = next((child for child in node.children if isinstance(child, nodes.admonition)), node)
    return f"\n\n{t.anchors(node)}{call('proof', t.children(inner).strip())}\n\n"


@renders("exercise_title", "solution_title")
def exercise_title(t: Translator, node: nodes.Element) -> str:
    """The title of its box."""
    return t.children(node)


@renders("exercise_subtitle", "solution_subtitle")
def exercise_subtitle(t: Translator, node: nodes.Element) -> str:
    """The exercise's own name, in brackets behind its number."""
    return f" \\({t.children(node)}\\)"

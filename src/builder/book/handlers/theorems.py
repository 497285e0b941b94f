"""sphinx-proof and sphinx-exercise: theorems and the like, proofs, exercises and solutions, numbered as on the web."""

from __future__ import annotations

from docutils import nodes
from sphinx.locale import get_translation

from builder.book.translate import Translator, renders
from builder.typeset.escape import call, markup

THEOREMS = (
    "axiom", "theorem", "lemma", "algorithm", "definition", "remark", "conjecture", "corollary", "criterion", "example",
    "property", "observation", "proposition", "assumption", "notation",
)  # fmt: skip


def statement(t: Translator, node: nodes.Element, title: str, body: str) -> str:
    """A titled statement, set off from the text."""
    return f"\n\n{t.anchors(node)}{call('statement', body.strip(), title=f'[{title}]')}\n\n"


@renders("unenumerable_node", *(f"{name}_node" for name in THEOREMS))
def theorem(t: Translator, node: nodes.Element) -> str:
    """A statement titled by its kind, number and name."""
    kind = str(get_translation("proof")(node.get("realtype", "").title()))
    number = t.numbers.plain_float(t.docname, node, node.get("countertype", ""))
    if type(node).__name__ == "unenumerable_node":
        number = ""
    name = next((child for child in node.children if isinstance(child, nodes.title)), None)
    words = " ".join(
        part for part in (markup(kind), markup(number), t.children(name) if name is not None else "") if part
    )
    body = "".join(t.render(child) for child in node.children if child is not name)
    return statement(t, node, words, body)


@renders("proof_node")
def proof(t: Translator, node: nodes.Element) -> str:
    """Its text, closed by the mark of the end of a proof."""
    inner = next((child for child in node.children if isinstance(child, nodes.admonition)), node)
    return f"\n\n{t.anchors(node)}{call('proof', t.children(inner).strip())}\n\n"


@renders("exercise_node", "exercise_enumerable_node", "solution_node")
def exercise(t: Translator, node: nodes.Element) -> str:
    """A statement titled as on the web: *Exercise 3*, *Solution to Exercise 3*."""
    title = next((child for child in node.children if isinstance(child, nodes.title)), None)
    body = "".join(t.render(child) for child in node.children if child is not title)
    number = t.numbers.of_float(t.docname, node, "exercise")
    return statement(t, node, markup(number) + (t.children(title) if title is not None else ""), body)


@renders("exercise_title", "solution_title")
def exercise_title(t: Translator, node: nodes.Element) -> str:
    """The title of its box."""
    return t.children(node)


@renders("exercise_subtitle", "solution_subtitle")
def exercise_subtitle(t: Translator, node: nodes.Element) -> str:
    """The exercise's own name, in brackets behind its number."""
    return f" \\({t.children(node)}\\)"

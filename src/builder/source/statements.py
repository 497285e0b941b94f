"""Statements of sphinx-proof and sphinx-exercise: theorems and the like, exercises, solutions."""

from __future__ import annotations

from docutils import nodes
from sphinx.locale import get_translation

from builder.source.numbers import BookNumbers

THEOREMS = (
    "axiom", "theorem", "lemma", "algorithm", "definition", "remark", "conjecture", "corollary", "criterion", "example",
    "property", "observation", "proposition", "assumption", "notation",
)  # fmt: skip
STATEMENTS = (
    "unenumerable_node", *(f"{name}_node" for name in THEOREMS), "exercise_node", "exercise_enumerable_node",
    "solution_node",
)  # fmt: skip
"""Classes of nodes that have a name."""


def is_solution(node: nodes.Element) -> bool:
    """True for the solution of an exercise."""
    return type(node).__name__ == "solution_node"


def name_of_statement(numbers: BookNumbers, docname: str, node: nodes.Element) -> str:
    """Kind and number as on the web, ``Theorem 1.1``, before the title; '' where the title names the kind itself."""
    kind = node.get("realtype")
    if not kind:
        return numbers.of_float(docname, node, "exercise")
    number = numbers.plain_float(docname, node, node["countertype"])
    return f"{get_translation('proof')(kind.title())} {number}".rstrip()


def title_of_statement(node: nodes.Element) -> nodes.Element | None:
    """The title of a statement, which stands behind its kind and number; None without one."""
    return next((child for child in node.children if isinstance(child, nodes.title)), None)

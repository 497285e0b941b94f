"""Statements of sphinx-proof and sphinx-exercise: theorems and the like, exercises, solutions."""

from __future__ import annotations

from docutils import nodes
from sphinx.locale import get_translation

from builder.source.components import component_of
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


EXERCISES = ("exercise_node", "exercise_enumerable_node")


def is_solution(node: nodes.Element) -> bool:
    """True for the solution of an exercise, and for what the web hides straight behind one: a dropdown, a toggle."""
    if type(node).__name__ == "solution_node":
        return True
    before = node.previous_sibling()
    while isinstance(before, nodes.comment | nodes.target):
        before = before.previous_sibling()
    if not (is_hidden(node) and isinstance(before, nodes.Element)):
        return False
    return type(before).__name__ in EXERCISES or is_solution(before)


HIDDEN = {"dropdown", "toggle", "tag_hide-cell"}
"""Classes of what the web folds up, a cell of a notebook among it."""


def is_hidden(node: nodes.Element) -> bool:
    """True for what the web shows only to those who ask for it."""
    return component_of(node) == "dropdown" or not HIDDEN.isdisjoint(node["classes"])


def name_of_statement(numbers: BookNumbers, docname: str, node: nodes.Element) -> str:
    """Kind and number as on the web, ``Theorem 1.1``, before the title; '' where the title names the kind itself."""
    kind = node.get("realtype")
    if not kind:
        return numbers.of_float(docname, node, "exercise")
    number = numbers.plain_float(docname, node, node["countertype"])
    return f"{get_translation('proof')(kind.title())} {number}".rstrip()


def title_of_statement(node: nodes.Element) -> nodes.Element | None:
    """The title of a statement or dropdown, which stands behind its kind and number; None without one."""
    kinds = nodes.rubric if component_of(node) == "dropdown" else nodes.title
    return next((child for child in node.children if isinstance(child, kinds)), None)

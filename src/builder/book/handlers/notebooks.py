"""MyST-NB: code cells with what they gave."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes

from builder.book.escape import call
from builder.book.translate import Translator


def cell(t: Translator, node: nodes.Element) -> str:
    return t.anchors(node) + t.children(node)


def source(t: Translator, node: nodes.Element) -> str:
    return t.children(node)


def output(t: Translator, node: nodes.Element) -> str:
    body = t.children(node).strip()
    return f"\n\n{t.anchors(node)}{call('cell-output', body)}\n\n" if body else ""


ELEMENTS: dict[str, Callable[[Translator, nodes.Element], str]] = {
    "cell_code": cell,
    "cell_code_source": source,
    "cell_code_output": output,
}
"""Value of a container's ``nb_element`` → its handler."""


def notebook_element(t: Translator, node: nodes.Element) -> str:
    """A container of MyST-NB."""
    return ELEMENTS.get(node["nb_element"], cell)(t, node)

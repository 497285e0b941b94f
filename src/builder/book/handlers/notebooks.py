"""MyST-NB and nbsphinx: code cells with what they gave."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes

from builder.book.escape import call
from builder.book.translate import Translator, renders


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


@renders("CodeAreaNode")
def code_area(t: Translator, node: nodes.Element) -> str:
    """The code of a cell of nbsphinx, or what it printed."""
    return t.children(node)


@renders("FancyOutputNode")
def fancy_output(t: Translator, node: nodes.Element) -> str:
    """What a cell of nbsphinx shows beside text."""
    return output(t, node)


@renders("AdmonitionNode")
def notebook_box(t: Translator, node: nodes.Element) -> str:
    """A box of nbsphinx, which has no title."""
    return f"\n\n{t.anchors(node)}{call('box-note', t.children(node))}\n\n"


@renders("GalleryToc")
def gallery_contents(t: Translator, node: nodes.Element) -> str:
    """The places of a gallery: its documents are in the book by themselves."""
    return t.anchors(node)


@renders("GalleryNode", "DummyTocTree")
def gallery(t: Translator, node: nodes.Element) -> str:
    """Thumbnails that lead to documents, which the contents name."""
    return ""

"""MyST-NB and nbsphinx: code cells with what they gave."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from docutils import nodes

from builder.book.handlers.tables import is_turned
from builder.book.translate import Translator, renders
from builder.typeset.escape import call


def cell(t: Translator, node: nodes.Element) -> str:
    return t.anchors(node) + t.children(node)


def source(t: Translator, node: nodes.Element) -> str:
    is_left_out = not t.env.config.builder_folded_code and node.parent.get("hide_mode", "output") != "output"
    return "" if is_left_out and not has_label(node) else t.children(node)


def has_label(node: nodes.Element) -> bool:
    """True for code that something may refer to."""
    return any(block["ids"] for block in node.findall(nodes.Element))


def output(t: Translator, node: nodes.Element) -> str:
    out = [f"\n\n{t.anchors(node)}"] if node["ids"] else []
    for has_page, children in groupby(node.children, lambda child: has_turned_table(t, child)):
        body = "".join(map(t.render, children)).strip()
        if body:
            out.append(f"\n\n{body if has_page else call('cell-output', body)}\n\n")
    return "".join(out)


def has_turned_table(t: Translator, node: nodes.Node) -> bool:
    """True if a table in what a cell gave has a page of its own, which cannot be inside of a box."""
    return isinstance(node, nodes.Element) and any(is_turned(t, table) for table in node.findall(nodes.table))


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
    """Return what a cell of nbsphinx shows beside text."""
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

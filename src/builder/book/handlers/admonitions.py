"""Admonitions and other boxes."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from builder.book.escape import call, markup, string
from builder.book.translate import HANDLERS, Handler, Translator, renders

PLAIN = (
    nodes.note, nodes.tip, nodes.hint, nodes.important, nodes.warning, nodes.caution, nodes.danger, nodes.error,
    nodes.attention, addnodes.seealso,
)  # fmt: skip


def box(t: Translator, node: nodes.Element, title: str, body: str) -> str:
    """A titled box."""
    return f"\n\n{t.anchors(node)}{call('box-note', body.strip(), kind=string(type(node).__name__), title=f'[{title}]')}\n\n"


def _labelled(name: str) -> Handler:
    def handler(t: Translator, node: nodes.Element) -> str:
        return box(t, node, markup(str(admonitionlabels[name])), t.children(node))

    handler.__doc__ = f"A box titled “{name.title()}” in the book's language."
    return handler


for plain in PLAIN:
    HANDLERS[plain.__name__] = _labelled(plain.__name__)


@renders(nodes.admonition, nodes.topic, nodes.sidebar, "todo_node")
def titled(t: Translator, node: nodes.Element) -> str:
    """A box with its own title."""
    title = next((child for child in node.children if isinstance(child, nodes.title)), None)
    body = "".join(t.render(child) for child in node.children if child is not title)
    if "contents" in node["classes"]:
        return ""
    return box(t, node, t.children(title) if title is not None else "", body)


@renders(addnodes.versionmodified)
def versionmodified(t: Translator, node: nodes.Element) -> str:
    """A paragraph that opens with the version."""
    return f"\n\n{t.children(node)}\n\n"

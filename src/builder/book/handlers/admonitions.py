"""Admonitions and other boxes."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from builder.book.translate import HANDLERS, Handler, Translator, renders
from builder.typeset.escape import call, markup, string

MARGIN_CHARACTERS = 240
"""Longer notes stand in the text as a box."""

PLAIN = (
    nodes.note, nodes.tip, nodes.hint, nodes.important, nodes.warning, nodes.caution, nodes.danger, nodes.error,
    nodes.attention, addnodes.seealso,
)  # fmt: skip


def box(t: Translator, node: nodes.Element, title: str, body: str) -> str:
    """A titled box."""
    box = call("box-note", body.strip(), kind=string(type(node).__name__), title=f"[{title}]")
    return f"\n\n{t.anchors(node)}{box}\n\n"


def _labelled(name: str) -> Handler:
    def handler(t: Translator, node: nodes.Element) -> str:
        return box(t, node, markup(str(admonitionlabels[name])), t.children(node))

    handler.__doc__ = f"A box titled “{'See also' if name == 'seealso' else name.title()}” in the book's language."
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
    if "margin" in node["classes"] and fits_in_margin(t, node):
        words = call("strong", t.children(title)) + "#linebreak();" if title is not None and title.children else ""
        return f"{t.anchors(node)}{call('margin-note', words + body.strip())}\n\n"
    return box(t, node, t.children(title) if title is not None else "", body)


def fits_in_margin(t: Translator, node: nodes.Element) -> bool:
    """True if the outer margin is wide enough for notes and the note is a few words without blocks."""
    only_words = all(isinstance(child, nodes.title | nodes.paragraph) for child in node.children)
    pictures = next(iter(node.findall(nodes.image)), None) is not None
    return t.context.has_margin and only_words and not pictures and len(node.astext()) <= MARGIN_CHARACTERS


@renders(addnodes.versionmodified)
def versionmodified(t: Translator, node: nodes.Element) -> str:
    """A paragraph that opens with the version."""
    return f"\n\n{t.anchors(node)}{call('version-note', t.children(node).strip())}\n\n"

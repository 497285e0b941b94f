"""A document without a heading, as one that has the name of its file for one: so it has slides as others do."""

from __future__ import annotations

from docutils import nodes

from builder.deck.words import is_visible


def sections_of(doctree: nodes.document, docname: str) -> list[nodes.section]:
    """The outermost sections of a document; all that it holds as one where it has none and shows something."""
    found = [child for child in doctree.children if isinstance(child, nodes.section)]
    shows = is_visible(doctree.astext()) or any(True for _ in doctree.findall(nodes.image))
    if found or not shows:
        return found
    name = docname.rpartition("/")[2]
    section = nodes.section("", nodes.title("", name), ids=[nodes.make_id(name) or "page"])
    section += [child.deepcopy() for child in doctree.children]
    around = doctree.copy()
    around += section
    return [section]

"""Which nodes of a document are annotated for slides, and which annotations have no effect."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from builder.deck.cut import PICTURE, parts_of_cells
from builder.errors import warn
from builder.source.annotations.marks import mark_of, sentence_of
from builder.source.annotations.vocabulary import COUNTED, marks_block, speaker_notes
from builder.source.annotations.vocabulary import slide as slide_node
from builder.source.annotations.written import is_cell

FORBIDDEN = {
    nodes.title: "a heading",
    nodes.caption: "a caption",
    nodes.footnote: "a footnote",
    nodes.entry: "a table cell",
    nodes.term: "a term",
}
"""Where marks have no effect."""


def warn_misplaced(doctree: nodes.document) -> None:
    """Warn of each mark that stands where it has no effect."""
    for node in doctree.findall(nodes.inline):
        if not mark_of(node):
            continue
        parent = node.parent
        while parent is not None:
            if mark_of(parent) or (mark_of(node) != COUNTED and sentence_of(parent)):
                warn("a mark inside a mark has no effect; the outer one counts.", node, "misplaced")
                break
            where = next((name for cls, name in FORBIDDEN.items() if isinstance(parent, cls)), "")
            if where:
                warn(
                    f"a mark in {where} has no effect; marks may stand in paragraphs, lists and quotations.",
                    node,
                    "misplaced",
                )
                break
            parent = parent.parent


def is_mark(node: nodes.Element) -> bool:
    """True for an annotation: a mark in a text, a directive, or the class of a block."""
    if mark_of(node) or sentence_of(node) or isinstance(node, slide_node | speaker_notes):
        return True
    return marks_block(node)


def has_annotation(node: nodes.Element) -> bool:
    """True if ``node`` or something in it is annotated."""
    return any(is_mark(child) for child in node.findall(nodes.Element))


def is_marked_block(node: nodes.Element) -> bool:
    """True for a block with class ``slide``; the ``:class:`` of a figure is on the picture in it, that of a listing on
    its code, the tags of a cell of code are its classes.
    """
    return not {"slide", PICTURE, *parts_of_cells()}.isdisjoint(classes_of(node))


def opens_next_slide(node: nodes.Element) -> bool:
    """True for a paragraph or block from which on a further slide of the section shows what is marked."""
    return "next-slide" in classes_of(node)


def classes_of(node: nodes.Element) -> list[str]:
    """The classes of a block, with those that stand on what is in it; of a cell, its tags."""
    inner: list[nodes.Element] = []
    if isinstance(node, nodes.figure):
        inner = list(node.findall(nodes.image))
    elif isinstance(node, nodes.container) and node.get("literal_block"):
        inner = list(node.findall(nodes.literal_block))
    elif is_cell(node):
        return [name.removeprefix("tag_") for name in node["classes"]]
    return [name for block in (node, *inner) for name in block["classes"]]


def top_marks(node: nodes.Element) -> Iterator[nodes.inline]:
    """Marks in ``node`` that stand in no other mark."""
    for child in node.children:
        if not isinstance(child, nodes.Element):
            continue
        if mark_of(child):
            assert isinstance(child, nodes.inline)
            yield child
        else:
            yield from top_marks(child)

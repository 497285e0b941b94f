"""The box of a task stands in the place of its bullet, once, whatever signs stand in its words."""

from __future__ import annotations

from docutils import nodes

from builder.book.handlers.lists import taken_box


def test_the_box_is_taken_from_the_beginning_of_an_item_alone() -> None:
    words = nodes.paragraph("", "", nodes.Text("☐ "), nodes.strong("", "tick ☑ here"), nodes.Text(" or ☐ there"))
    item = nodes.list_item("", words)
    assert taken_box(item) == "☐"
    assert item.astext() == "tick ☑ here or ☐ there"

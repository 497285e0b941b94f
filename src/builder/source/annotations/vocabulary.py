"""Doctree nodes of the annotation language; the book side draws three of them, the deck side reads all."""

from __future__ import annotations

from docutils import nodes


class slide(nodes.General, nodes.Element):
    """A ``slide`` directive. ``title`` (may be empty) and ``options``; its children are slide-only content."""


class speaker_notes(nodes.General, nodes.Element):
    """A ``notes`` directive: speaker notes of the current slide."""


class point(nodes.inline):
    """A ``point`` role: children are the book's words; attribute ``short`` the words of the slide, or ''."""


class chart(nodes.General, nodes.Element):
    """The drawing of a ``chart`` directive, inside a figure. Attributes: ``spec``, ``alt``, ``data``."""


class timeline(nodes.General, nodes.Element):
    """A ``timeline`` directive's drawing, inside a figure. Attributes: ``events``, ``alt``."""


class place_map(nodes.General, nodes.Element):
    """A ``map`` directive's drawing, inside a figure. Attributes: ``map``, ``alt``."""


class slide_figure(nodes.General, nodes.Element):
    """A figure or titled table that exists only on a slide, so that Sphinx gives it no number of the book."""


SPAN_COLOURS = {
    "red": "a3261e", "orange": "9a4a00", "green": "2b6a3a", "blue": "1f5a8f", "purple": "6a3d8a", "grey": "5c646b",
    "sd-text-primary": "1f5a8f", "sd-text-secondary": "5c646b", "sd-text-success": "2b6a3a", "sd-text-info": "1f5a8f",
    "sd-text-warning": "9a4a00", "sd-text-danger": "a3261e", "sd-text-muted": "5c646b",
}  # fmt: skip
"""Class of a span → the colour of its words, the same in book, web and slides; each can be read on white."""

MARKS = {"point": 1, "subpoint": 2, "subsubpoint": 3}
"""Class of an inline mark → its bullet level on the slide."""

"""Doctree nodes of the annotation language; the book side draws two of them, the deck side reads all."""

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


class slide_figure(nodes.General, nodes.Element):
    """A figure or titled table that exists only on a slide, so that Sphinx gives it no number of the book."""


MARKS = {"point": 1, "subpoint": 2, "subsubpoint": 3}
"""Class of an inline mark → its bullet level on the slide."""

"""Nodes that cannot be written as HTML, since an extension has no visitor for them or its visitor raises: each costs
its own looks, and what is in it stands on the page.
"""

from __future__ import annotations

import traceback
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from builder.source.stumbling import KeepsOn
from builder.source.unreadable import ends_build

MOST_NODES = 100
"""How many nodes of one page are taken apart, before the fault is the page's and not theirs."""


class WritesTheRest:
    """What makes a builder write all of a page but what cannot be written; it stands before Sphinx's own class."""

    _app: Sphinx

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page, if need be with the contents of a node in place of the node.

        Raises:
            Exception: no node of the page is at fault, or very many are.
        """
        for _ in range(MOST_NODES):
            try:
                super().write_doc(docname, doctree)  # type: ignore[misc]
            except Exception as error:
                node = visited_at(error)
                if node is None or node.parent is None or ends_build(error) or not isinstance(self._app, KeepsOn):
                    raise
                if not isinstance(error, NotImplementedError):  # Sphinx has warned of a kind of node without a visitor
                    what = f"writing what '{node.tagname}' is on the web page"
                    self._app.stumbles.note(self._app, error, what, docname, node)
                take_apart(node)
            else:
                return
        super().write_doc(docname, doctree)  # type: ignore[misc]


def visited_at(error: Exception) -> nodes.Element | None:
    """The node that was being visited when an exception was raised; None where none was, or a text."""
    frames: list[Any] = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    visited = [frame.f_locals.get("self") for frame in frames if frame.f_code is nodes.Node.walkabout.__code__]
    return visited[-1] if visited and isinstance(visited[-1], nodes.Element) else None


def take_apart(node: nodes.Element) -> None:
    """Put what is in a node in its place: a paragraph where text would stand between blocks."""
    inside = list(node.children)
    if isinstance(node, nodes.TextElement) and inside and not isinstance(node.parent, nodes.TextElement):
        inside = [nodes.paragraph(node.rawsource, "", *inside)]
    node.parent.replace(node, inside)

"""Nodes that print nothing, on purpose."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from builder.book.translate import HANDLERS, Translator

DROPPED: dict[str | type[nodes.Node], str] = {
    nodes.comment: "a comment is for authors",
    nodes.substitution_definition: "its text stands where it is used",
    nodes.header: "running heads come from the book's own headings",
    nodes.footer: "folios are set by the template",
    nodes.colspec: "the table's handler reads it",
    nodes.meta: "for search engines",
    nodes.attribution: "the quotation's handler sets it",
    nodes.label: "the note's handler sets it",
    nodes.pending: "nothing is left to do",
    nodes.system_message: "it was reported while reading",
    addnodes.highlightlang: "it was applied while reading",
    addnodes.tabular_col_spec: "for LaTeX; widths come from `:widths:` or from what the cells hold",
    "raw_latex": "for LaTeX",
    "viewcode_anchor": "for the web",
    "ThebeButtonNode": "a button of the web page",
    "SphinxTabsTablist": "each panel is titled instead",
}
"""Node → why it prints nothing."""


def _nothing(reason: str) -> object:
    def handler(t: Translator, node: nodes.Element) -> str:
        return t.anchors(node)

    handler.__doc__ = f"Nothing: {reason}."
    return handler


for dropped, why in DROPPED.items():
    HANDLERS[dropped if isinstance(dropped, str) else dropped.__name__] = _nothing(why)  # type: ignore[assignment]

"""Nodes that print nothing, on purpose."""

from __future__ import annotations

from docutils import nodes

from builder.book.translate import Translator, renders


@renders(
    nodes.comment, nodes.substitution_definition, nodes.header, nodes.footer, nodes.colspec, nodes.meta,
    nodes.attribution, nodes.label, "tabular_col_spec", "highlightlang",
)  # fmt: skip
def nothing(t: Translator, node: nodes.Element) -> str:
    return ""

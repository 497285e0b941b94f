"""Source code in documents."""

from __future__ import annotations

from docutils import nodes


def language_of(node: nodes.Element) -> str:
    """The language of a block of code, as Sphinx or its author named it; ``none`` where nobody did."""
    usual = "pycon" if isinstance(node, nodes.doctest_block) else "none"
    return str(node.get("language") or node.get("lang") or usual)

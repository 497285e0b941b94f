"""Source code in documents."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes


def language_of(node: nodes.Element) -> str:
    """The language of a block of code, as Sphinx or its author named it; ``none`` where nobody did, and for one with
    markup in it.
    """
    if has_markup(node):
        return "none"
    usual = "pycon" if isinstance(node, nodes.doctest_block) else "none"
    return str(node.get("language") or node.get("lang") or usual)


def has_markup(node: nodes.Element) -> bool:
    """True for a block of code in which emphasis, links and the like stand."""
    return any(isinstance(child, nodes.Element) for child in node.children) and node.rawsource != node.astext()


def grammar_of(node: nodes.Element) -> str:
    """The lines of a production list."""
    return "\n".join(line.astext().rstrip() for line in node.findall(addnodes.production))

"""What a node of a doctree stands in."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield the elements round a node, from the inside."""
    above = node.parent
    while isinstance(above, nodes.Element):
        yield above
        above = above.parent

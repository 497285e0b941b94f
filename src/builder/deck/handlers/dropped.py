"""Nodes that show nothing on a slide."""

from __future__ import annotations

from docutils import nodes

from builder.deck.conversion import BlockContext, shows
from builder.deck.model import Block
from builder.source.annotations.vocabulary import slide, speaker_notes

UNSHOWN = (
    nodes.Invisible, nodes.target, nodes.footnote, nodes.citation, nodes.transition, nodes.raw, nodes.system_message,
    nodes.meta,
)  # fmt: skip


@shows(*UNSHOWN, slide, speaker_notes, "inheritance_diagram")
def nothing(_context: BlockContext, _node: nodes.Element) -> list[Block]:
    """Nothing."""
    return []


@shows(nodes.footnote, nodes.citation)
def note(_context: BlockContext, _node: nodes.Element) -> list[Block]:
    """Nothing: a footnote stands at the foot of the slide that refers to it, a citation on the last slide."""
    return []

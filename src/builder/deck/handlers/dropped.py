"""Nodes that show nothing on a slide, or only in some places."""

from __future__ import annotations

from docutils import nodes

from builder.deck.blocks import Text
from builder.deck.conversion import BlockContext, shows
from builder.deck.model import Block, Paragraph, Run
from builder.deck.works import body_of, has_marks
from builder.errors import source_of
from builder.source.annotations.vocabulary import slide, speaker_notes

UNSHOWN = (
    nodes.Invisible, nodes.target, nodes.footnote, nodes.citation, nodes.transition, nodes.raw, nodes.system_message,
    nodes.meta,
)  # fmt: skip


@shows(*UNSHOWN, slide, speaker_notes, "inheritance_diagram")
def nothing(_context: BlockContext, _node: nodes.Element) -> list[Block]:
    """Nothing."""
    return []


@shows(nodes.footnote)
def note(_context: BlockContext, _node: nodes.Element) -> list[Block]:
    """Nothing: it stands at the foot of the slide that refers to it."""
    return []


@shows(nodes.citation)
def citation(context: BlockContext, node: nodes.Element) -> list[Block]:
    """A work in a list of works that is marked; nothing for one in a text: it stands on the last slide."""
    if not isinstance(node.parent, nodes.container):
        return []
    mark = f"[{node.children[0].astext()}] " if has_marks(context.env) else ""
    source = source_of(node)
    return [Text((Paragraph((Run(mark), *body_of(node, context.docname)), 0, "", source),), source, type="reference")]

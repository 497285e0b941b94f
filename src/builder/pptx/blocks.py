"""Writers of blocks: each enters itself into the table of kinds, and one that fails leaves no trace."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from builder.deck.kinds import KINDS, kind_of
from builder.deck.model import Placed
from builder.pptx.shapes import ShapeWriter
from builder.pptx.xml import NAMESPACES

Writer = Callable[[ShapeWriter, Placed], str]


def writes(kind: type) -> Callable[[Writer], Writer]:
    """Register what writes the blocks of a class as XML of shapes."""

    def register(writer: Writer) -> Writer:
        KINDS[kind].pptx = writer
        return writer

    return register


def write_block(writer: ShapeWriter, placed: Placed) -> str:
    """XML of the shapes of one block.

    Raises:
        Exception: it cannot be written; no step of an animation is left of it then.
    """
    steps, played = len(writer.steps), len(writer.played)
    write = kind_of(placed.block).pptx
    assert write is not None
    try:
        xml = write(writer, placed)
        etree.fromstring(f"<p:spTree {NAMESPACES}>{xml}</p:spTree>")  # what is no XML would spoil the deck
    except Exception:
        del writer.steps[steps:], writer.played[played:]
        raise
    return xml

"""Which function writes which kind of block."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from builder.deck.model import (
    Block,
    Box,
    Chart,
    Code,
    Columns,
    Diagram,
    Equation,
    Media,
    Picture,
    Placed,
    Quote,
    Table,
    Text,
    Timeline,
)
from builder.pptx.diagrams import write_diagram
from builder.pptx.shapes import ShapeWriter
from builder.pptx.tables import write_table
from builder.pptx.texts import write_box, write_code, write_columns, write_quote, write_text
from builder.pptx.visuals import write_chart, write_equation, write_media, write_picture, write_timeline
from builder.pptx.xml import NAMESPACES

WRITERS: dict[type[Block], Callable[[ShapeWriter, Placed], str]] = {
    Text: write_text,
    Table: write_table,
    Picture: write_picture,
    Media: write_media,
    Chart: write_chart,
    Code: write_code,
    Quote: write_quote,
    Box: write_box,
    Columns: write_columns,
    Equation: write_equation,
    Timeline: write_timeline,
    Diagram: write_diagram,
}


def write_block(writer: ShapeWriter, placed: Placed) -> str:
    """XML of the shapes of one block.

    Raises:
        Exception: it cannot be written; no step of an animation is left of it then.
    """
    steps, played = len(writer.steps), len(writer.played)
    try:
        xml = WRITERS[type(placed.block)](writer, placed)
        etree.fromstring(f"<p:spTree {NAMESPACES}>{xml}</p:spTree>")  # what is no XML would spoil the deck
    except Exception:
        del writer.steps[steps:], writer.played[played:]
        raise
    return xml

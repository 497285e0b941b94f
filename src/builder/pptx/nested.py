"""Blocks that hold others → shapes of what they hold."""

from __future__ import annotations

from builder.deck.blocks import Indented, Panel
from builder.deck.geometry import Area
from builder.deck.measured import BOX_PADDING, heading_size
from builder.deck.model import Placed
from builder.pptx.blocks import write_block, writes
from builder.pptx.shapes import BoxStyle, ShapeWriter
from builder.pptx.text import TextContext
from builder.pptx.texts import title_of_box
from builder.pptx.timing import Step, joined
from builder.pptx.xml import solid


@writes(Indented)
def write_indented(w: ShapeWriter, placed: Placed) -> str:
    """A block below an item, which appears with the item."""
    return inside(w, placed)


@writes(Panel)
def write_panel(w: ShapeWriter, placed: Placed) -> str:
    """A panel with its title, or the bar of a quotation, and the blocks on it, which appear with it."""
    block = placed.block
    assert isinstance(block, Panel)

    def make(context: TextContext) -> str:
        head = title_of_box(block.title, context, heading_size(w.sizes, "box_title", placed.size))
        return w.text_box("Box", placed, head, BoxStyle("bg2", insets=(BOX_PADDING, BOX_PADDING)))

    panel = w.mathematical([block.title], make) if block.title else w.shape("Panel", placed, solid("bg2"))
    w.steps.append(Step(w.ids.last))
    edge = Area(placed.strip(0, 4), placed.y, 4, placed.height)
    bar = w.shape("Quotation bar", edge, solid("accent1_mark")) if block.is_quoted else ""
    return panel + bar + inside(w, placed)


def inside(w: ShapeWriter, placed: Placed) -> str:
    """The shapes of what a block holds, which appear with what stands before them."""
    before = len(w.steps)
    out = "".join(write_block(w, one) for one in placed.inside)
    w.steps[:] = joined(w.steps, before)
    return out

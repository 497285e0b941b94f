"""Blocks that hold others → shapes of what they hold."""

from __future__ import annotations

from builder.deck.blocks import Indented
from builder.deck.model import Placed
from builder.pptx.blocks import write_block, writes
from builder.pptx.shapes import ShapeWriter
from builder.pptx.timing import joined


@writes(Indented)
def write_indented(w: ShapeWriter, placed: Placed) -> str:
    """A block below an item, which appears with the item."""
    before = len(w.steps)
    out = "".join(write_block(w, one) for one in placed.inside)
    w.steps[:] = joined(w.steps, before)
    return out

"""Where we are in the lecture: a strip at the foot of the slide, a piece for each part, each a link to its first slide."""

from __future__ import annotations

from builder.deck.geometry import Geometry
from builder.deck.progress import Progress, progress_pieces
from builder.pptx.shapes import ShapeWriter


def write_progress(w: ShapeWriter, progress: Progress, geometry: Geometry) -> str:
    """The strip as one group, whose alternative text says which part of how many this is."""
    pieces = progress_pieces(progress, geometry)
    first, last = pieces[0].area, pieces[-1].area
    head = w.ids.properties("Where we are", progress.text)
    shapes = [
        w.shape(p.name, p.area.x, p.area.y, p.area.width, p.area.height, p.colour.replace("lt2", "bg2"), jump=p.first)
        for p in pieces
    ]
    width = last.x + last.width - first.x
    return w.group(head, first.x, first.y, width, first.height, "".join(shapes))

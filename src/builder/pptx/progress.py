"""Where we are in the lecture: a strip at the foot of the slide, with a piece for each part that links to its start."""

from __future__ import annotations

from dataclasses import replace

from builder.deck.geometry import Geometry
from builder.deck.progress import Progress, progress_pieces
from builder.pptx.shapes import ShapeWriter
from builder.pptx.xml import solid


def write_progress(w: ShapeWriter, progress: Progress, geometry: Geometry) -> str:
    """The strip as one group, whose alternative text numbers and names the part; '' where there is no place for it."""
    pieces = progress_pieces(progress, geometry)
    if not pieces:
        return ""
    first, last = pieces[0].area, pieces[-1].area
    head = w.ids.properties("Where we are", progress.text)
    shapes = [w.shape(p.name, p.area, solid(p.colour.replace("lt2", "bg2")), jump=p.first) for p in pieces]
    width = last.x + last.width - first.x
    return w.group(head, replace(first, width=width), "".join(shapes))

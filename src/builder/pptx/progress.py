"""Where we are in the lecture: a strip at the foot of the slide, a piece for each part, each a link to its first slide."""

from __future__ import annotations

from builder.deck.boxes import progress_pieces
from builder.deck.furniture import Progress
from builder.deck.geometry import Geometry
from builder.pptx.shapes import ShapeWriter
from builder.pptx.xml import emu


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
    place = f'<a:off x="{emu(first.x)}" y="{emu(first.y)}"/><a:ext cx="{emu(width)}" cy="{emu(first.height)}"/>'
    return (
        f"<p:grpSp><p:nvGrpSpPr>{head}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{place}"
        f"{place.replace('a:off', 'a:chOff').replace('a:ext', 'a:chExt')}</a:xfrm></p:grpSpPr>{''.join(shapes)}</p:grpSp>"
    )

"""Where we are in the lecture: a strip at the foot of the slide, a piece for each part, each a link to its first slide."""

from __future__ import annotations

from builder.deck.boxes import progress_boxes
from builder.deck.furniture import Progress
from builder.deck.geometry import Geometry
from builder.pptx.shapes import ShapeWriter
from builder.pptx.xml import emu


def colour_of(index: int, here: int) -> str:
    """The theme colour of a piece: behind us, here, before us."""
    return "accent6" if index < here else "accent1" if index == here else "bg2"


def write_progress(w: ShapeWriter, progress: Progress, geometry: Geometry) -> str:
    """The strip as one group, whose alternative text says which part of how many this is."""
    boxes = progress_boxes(len(progress.names), geometry)
    outer = boxes[-1].x + boxes[-1].width - boxes[0].x
    head = w.ids.properties("Where we are", progress.text)
    pieces = [
        w.shape(name, box.x, box.y, box.width, box.height, colour_of(index, progress.index), jump=first)
        for index, (name, first, box) in enumerate(zip(progress.names, progress.first, boxes, strict=True))
    ]
    place = (
        f'<a:off x="{emu(boxes[0].x)}" y="{emu(boxes[0].y)}"/><a:ext cx="{emu(outer)}" cy="{emu(boxes[0].height)}"/>'
    )
    return (
        f"<p:grpSp><p:nvGrpSpPr>{head}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{place}"
        f"{place.replace('a:off', 'a:chOff').replace('a:ext', 'a:chExt')}</a:xfrm></p:grpSpPr>{''.join(pieces)}</p:grpSp>"
    )

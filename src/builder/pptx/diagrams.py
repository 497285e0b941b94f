"""Graphs → native shapes joined by connectors, which keep hold of their shapes when somebody moves these."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

from builder.deck.blocks import Diagram, DiagramEdge, DiagramNode
from builder.deck.blocks.diagrams import diagram_scale
from builder.deck.geometry import Area
from builder.deck.measured import scaled_size
from builder.deck.model import Placed, Run
from builder.pptx.blocks import writes
from builder.pptx.shapes import BoxStyle, ShapeWriter
from builder.pptx.text import plain_paragraph
from builder.pptx.timing import Step
from builder.pptx.xml import emu, solid

CENTRED = BoxStyle(anchor="ctr")
LEEWAY = 1.0
"""Points by which a box is wider than the line that it is made for."""
ROOM = {"ellipse": sqrt(0.5), "diamond": 0.5}
CORNER = 2 * 0.16667 * (1 - sqrt(0.5))
"""What the shapes leave to their text: of their width, and less what round corners take, of their shorter side."""
SITES = {"ellipse": (0, 2, 4, 6)}
"""Numbers of the connection sites at the top, left, bottom and right of a shape; those of a rectangle are 0 to 3."""


@writes(Diagram)
def write_diagram(w: ShapeWriter, placed: Placed) -> str:
    """The diagram as one group."""
    block = placed.block
    assert isinstance(block, Diagram)
    scale = diagram_scale(placed)
    captioned, placed = placed, replace(placed, x=placed.strip(0, block.width * scale))
    head = w.ids.properties("Diagram", block.alt)
    group = w.ids.last
    shapes, ids = [], []
    for number, node in enumerate(block.nodes, start=1):
        ids.append(w.ids.last + 1)
        shapes.append(write_node(w, node, number, placed))
    lines = [write_edge(w, edge, ids, placed) for edge in block.edges]
    labels = [write_label(w, edge, placed) for edge in block.edges if edge.label]
    box = Area(placed.x, placed.y, block.width * scale, block.height * scale)
    w.steps.append(Step(group))
    xml = w.group(head, box, "".join(shapes + lines + labels))
    return xml + w.caption(block.caption, captioned)


def write_node(w: ShapeWriter, node: DiagramNode, number: int, placed: Placed) -> str:
    """A shape with its text in the middle; its lines have a box of their own where it is too narrow."""
    scale, size = scale_and_size(placed)
    body = "".join(
        plain_paragraph((Run(line),), w.text, size, colour=node.ink or "tx1", align="center") for line in node.lines
    )
    width, height = node.width * scale, node.height * scale
    x, y = placed.x + node.x * scale, placed.y + node.y * scale
    needed = max((w.text.typeface.width(Run(line), line, size) for line in node.lines), default=0.0) + LEEWAY
    box, wide = around(x, y, width, height), around(x, y, needed, height)
    if node.kind == "none":
        return w.text_box(f"Node {number}", max(box, wide, key=lambda area: area.width), body, CENTRED)
    style = BoxStyle(node.fill or "bg2", "accent1", node.kind, anchor="ctr")
    if needed <= room_in(node.kind, width, height):
        return w.text_box(f"Node {number}", box, body, style)
    return w.text_box(f"Node {number}", box, "", style) + w.text_box(f"Words of node {number}", wide, body, CENTRED)


def around(x: float, y: float, width: float, height: float) -> Area:
    """A box by its middle."""
    return Area(x - width / 2, y - height / 2, width, height)


def room_in(kind: str, width: float, height: float) -> float:
    """The width that a shape leaves to its text (presetShapeDefinitions of ISO/IEC 29500-1)."""
    return width * ROOM.get(kind, 1.0) - (min(width, height) * CORNER if kind == "roundRect" else 0.0)


def scale_and_size(placed: Placed) -> tuple[float, float]:
    """By what a diagram is scaled in its box, and the type size in its shapes."""
    assert isinstance(placed.block, Diagram)
    scale = diagram_scale(placed)
    return scale, scaled_size(placed.block.size, scale)


def write_edge(w: ShapeWriter, edge: DiagramEdge, ids: list[int], placed: Placed) -> str:
    """A connector: straight and tied to both shapes, or along the curve that goes round others."""
    block = placed.block
    assert isinstance(block, Diagram)
    scale = diagram_scale(placed)
    points = [(placed.x + x * scale, placed.y + y * scale) for x, y in edge.points]
    if edge.is_straight:
        points = [points[0], points[-1]]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    box = Area(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)
    dash = '<a:prstDash val="dash"/>' if edge.dashed else ""
    arrow = '<a:tailEnd type="triangle" w="med" len="med"/>' if edge.arrow else ""
    line = f'<a:ln w="19050">{solid(w.quiet)}{dash}{arrow}</a:ln>'
    place = f'<a:off x="{emu(left)}" y="{emu(top)}"/><a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/>'
    head = w.ids.properties("Line", decorative=True)
    if not edge.is_straight:  # a free line: programs lay connectors out anew
        look = f"<p:spPr><a:xfrm>{place}</a:xfrm>{curve(points, box)}<a:noFill/>{line}</p:spPr>"
        return f"<p:sp><p:nvSpPr>{head}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>{look}</p:sp>"
    start, end = (site(block.nodes[node], edge.points[at]) for node, at in ((edge.tail, 0), (edge.head, -1)))
    ties = f'<a:stCxn id="{ids[edge.tail]}" idx="{start}"/><a:endCxn id="{ids[edge.head]}" idx="{end}"/>'
    flips = ' flipH="1"' if points[0][0] > points[1][0] else ""
    flips += ' flipV="1"' if points[0][1] > points[1][1] else ""
    shape = '<a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>'
    look = f"<p:spPr><a:xfrm{flips}>{place}</a:xfrm>{shape}{line}</p:spPr>"
    return f"<p:cxnSp><p:nvCxnSpPr>{head}<p:cNvCxnSpPr>{ties}</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr>{look}</p:cxnSp>"


def curve(points: list[tuple[float, float]], box: Area) -> str:
    """``a:custGeom`` of a line along Bézier curves, whose points lie in ``box``."""
    at = [f'<a:pt x="{emu(x - box.x)}" y="{emu(y - box.y)}"/>' for x, y in points]
    curves = "".join(f"<a:cubicBezTo>{''.join(at[n : n + 3])}</a:cubicBezTo>" for n in range(1, len(at) - 2, 3))
    size = f'w="{max(emu(box.width), 1)}" h="{max(emu(box.height), 1)}"'
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path {size} fill="none"><a:moveTo>{at[0]}</a:moveTo>{curves}</a:path></a:pathLst></a:custGeom>'
    )


def site(node: DiagramNode, point: tuple[float, float]) -> int:
    """The connection site of ``node`` that is nearest to where a line ends."""
    x, y = (point[0] - node.x) / node.width, (point[1] - node.y) / node.height
    top, left, bottom, right = SITES.get(node.kind, (0, 1, 2, 3))
    if abs(y) >= abs(x):
        return top if y < 0 else bottom
    return left if x < 0 else right


def write_label(w: ShapeWriter, edge: DiagramEdge, placed: Placed) -> str:
    """The words beside a line, smaller than those in shapes."""
    assert isinstance(placed.block, Diagram)
    scale = diagram_scale(placed)
    size = scaled_size(placed.block.size - 2, scale)
    width = w.text.typeface.width(Run(edge.label), edge.label, size) + 2 * LEEWAY
    height = size * w.text.typeface.pitch
    x, y = placed.x + edge.label_at[0] * scale - width / 2, placed.y + edge.label_at[1] * scale - height * 0.78
    body = plain_paragraph((Run(edge.label),), w.text, size, align="center")
    return w.text_box("Label", Area(x, y, width, height), body)

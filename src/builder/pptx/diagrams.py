"""Graphs → native shapes joined by connectors, which keep hold of their shapes when somebody moves these."""

from __future__ import annotations

from builder.deck.blocks import Diagram, DiagramEdge, DiagramNode
from builder.deck.blocks.diagrams import diagram_scale
from builder.deck.model import Placed, Run
from builder.pptx.blocks import writes
from builder.pptx.shapes import ShapeWriter
from builder.pptx.text import plain_paragraph
from builder.pptx.timing import Step
from builder.pptx.xml import emu, solid

SITES = {"ellipse": (0, 2, 4, 6)}
"""Numbers of the connection sites at the top, left, bottom and right of a shape; those of a rectangle are 0 to 3."""


@writes(Diagram)
def write_diagram(w: ShapeWriter, placed: Placed) -> str:
    """The diagram as one group."""
    block = placed.block
    assert isinstance(block, Diagram)
    scale = diagram_scale(placed)
    head = w.ids.properties("Diagram", block.alt)
    group = w.ids.last
    shapes, ids = [], []
    for number, node in enumerate(block.nodes, start=1):
        shapes.append(write_node(w, node, number, placed, scale, block.size * scale))
        ids.append(w.ids.last)
    lines = [write_edge(w, edge, block, ids, placed, scale) for edge in block.edges]
    labels = [write_label(w, edge, placed, scale, (block.size - 2) * scale) for edge in block.edges if edge.label]
    width, height = block.width * scale, block.height * scale
    w.steps.append(Step(group))
    xml = w.group(head, placed.x, placed.y, width, height, "".join(shapes + lines + labels))
    return xml + w.caption(block.caption, placed)


def write_node(w: ShapeWriter, node: DiagramNode, number: int, placed: Placed, scale: float, size: float) -> str:
    """A shape with its text in the middle."""
    body = "".join(
        plain_paragraph((Run(line),), w.text, size, colour=node.ink or "tx1", align="center") for line in node.lines
    )
    width, height = node.width * scale, node.height * scale
    x, y = placed.x + node.x * scale - width / 2, placed.y + node.y * scale - height / 2
    kind = "rect" if node.kind == "none" else node.kind
    fill = "" if node.kind == "none" else node.fill or "bg2"
    line = "" if node.kind == "none" else "accent1"
    return w.text_box(
        f"Node {number}", x, y, width, height, body, fill=fill, line=line, kind=kind, anchor="ctr", wrap=False
    )


def write_edge(w: ShapeWriter, edge: DiagramEdge, block: Diagram, ids: list[int], placed: Placed, scale: float) -> str:
    """A connector: straight and tied to both shapes, or along the curve that goes round others."""
    points = [(placed.x + x * scale, placed.y + y * scale) for x, y in edge.points]
    if edge.is_straight:
        points = [points[0], points[-1]]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
    ties, flips, shape = "", "", ""
    if edge.is_straight:
        start, end = (site(block.nodes[node], edge.points[at]) for node, at in ((edge.tail, 0), (edge.head, -1)))
        ties = f'<a:stCxn id="{ids[edge.tail]}" idx="{start}"/><a:endCxn id="{ids[edge.head]}" idx="{end}"/>'
        flips = (' flipH="1"' if points[0][0] > points[1][0] else "") + (
            ' flipV="1"' if points[0][1] > points[1][1] else ""
        )
        shape = '<a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>'
    else:
        at = [f'<a:pt x="{emu(x - left)}" y="{emu(y - top)}"/>' for x, y in points]
        curves = "".join(f"<a:cubicBezTo>{''.join(at[n : n + 3])}</a:cubicBezTo>" for n in range(1, len(at) - 2, 3))
        shape = (
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
            f'<a:path w="{max(emu(width), 1)}" h="{max(emu(height), 1)}" fill="none"><a:moveTo>{at[0]}</a:moveTo>{curves}</a:path></a:pathLst></a:custGeom>'
        )
    dash = '<a:prstDash val="dash"/>' if edge.dashed else ""
    arrow = '<a:tailEnd type="triangle" w="med" len="med"/>' if edge.arrow else ""
    properties = (
        f'<p:spPr><a:xfrm{flips}><a:off x="{emu(left)}" y="{emu(top)}"/><a:ext cx="{emu(width)}" cy="{emu(height)}"/></a:xfrm>{shape}'
        f'<a:noFill/><a:ln w="19050">{solid(w.quiet)}{dash}{arrow}</a:ln></p:spPr>'
    )
    head = w.ids.properties("Line", decorative=True)
    if not edge.is_straight:  # a free line: programs lay connectors out anew
        return f"<p:sp><p:nvSpPr>{head}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>{properties}</p:sp>"
    return f"<p:cxnSp><p:nvCxnSpPr>{head}<p:cNvCxnSpPr>{ties}</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr>{properties.replace('<a:noFill/><a:ln', '<a:ln', 1)}</p:cxnSp>"


def site(node: DiagramNode, point: tuple[float, float]) -> int:
    """The connection site of ``node`` that is nearest to where a line ends."""
    x, y = (point[0] - node.x) / node.width, (point[1] - node.y) / node.height
    top, left, bottom, right = SITES.get(node.kind, (0, 1, 2, 3))
    if abs(y) >= abs(x):
        return top if y < 0 else bottom
    return left if x < 0 else right


def write_label(w: ShapeWriter, edge: DiagramEdge, placed: Placed, scale: float, size: float) -> str:
    """The words beside a line."""
    width = w.text.typeface.width(Run(edge.label), edge.label, size) + 4
    height = size * w.text.typeface.pitch
    x, y = placed.x + edge.label_at[0] * scale - width / 2, placed.y + edge.label_at[1] * scale - height * 0.78
    body = plain_paragraph((Run(edge.label),), w.text, size, align="center")
    return w.text_box("Label", x, y, width, height, body, wrap=False)

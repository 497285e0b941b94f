"""Graphs in the DOT language, as Graphviz lays them out → `Diagram`; one with shapes of another kind is a picture."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from builder.deck.blocks import Diagram, DiagramEdge, DiagramNode
from builder.deck.model import Caption
from builder.errors import Source

SIZE = 16.0
"""Type size in points that the drawing is laid out at."""
LAID_OUT = (
    "-Tjson", "-Nfontname=Arial", "-Efontname=Arial", "-Gfontname=Arial", f"-Nfontsize={SIZE:g}",
    f"-Efontsize={SIZE - 2:g}",
    "-Nmargin=0.22,0.11",
)  # fmt: skip
"""Options with which Graphviz writes the places of all parts as JSON."""
AS_PICTURE = ("-Tsvg", "-Nfontname=Arimo", "-Efontname=Arimo", "-Gfontname=Arimo")
KINDS = {
    "": "ellipse", "ellipse": "ellipse", "oval": "ellipse", "circle": "ellipse", "doublecircle": "ellipse",
    "point": "ellipse",
    "box": "rect", "rect": "rect", "rectangle": "rect", "square": "rect", "diamond": "diamond",
    "plaintext": "none", "plain": "none", "none": "none",
}  # fmt: skip


class NotNativeError(Exception):
    """The graph has something that native shapes cannot show."""


def read_diagram(file: Path, alt: str, caption: Caption | None, source: Source, label: str) -> Diagram:
    """The diagram that Graphviz laid out.

    Raises:
        NotNativeError: a cluster, a record, a label of HTML or another shape is in it.
    """
    graph: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    _left, _bottom, width, height = (float(value) for value in graph["bb"].split(","))
    if graph.get("_subgraph_cnt"):
        raise NotNativeError
    nodes = tuple(_node(item, height) for item in graph.get("objects", ()))
    edges = tuple(_edge(item, height, bool(graph.get("directed"))) for item in graph.get("edges", ()))
    if not nodes:
        raise NotNativeError
    return Diagram(nodes, edges, width, height, SIZE, alt, caption, source, label)


def _node(item: dict[str, Any], height: float) -> DiagramNode:
    shape, style = item.get("shape", ""), item.get("style", "")
    if shape not in KINDS or str(item.get("label", "")).startswith("<"):
        raise NotNativeError
    x, y = (float(value) for value in item["pos"].split(","))
    lines = tuple(step["text"] for step in item.get("_ldraw_", ()) if step["op"] == "T")
    kind = "roundRect" if KINDS[shape] == "rect" and "rounded" in style else KINDS[shape]
    fill = item.get("fillcolor") or item.get("color") or "" if "filled" in style else ""
    drawn = next((step["color"] for step in item.get("_draw_", ()) if step["op"] == "C"), fill)
    hexadecimal = drawn[1:7] if fill and re.match("#[0-9a-fA-F]{6}", str(drawn)) else ""
    return DiagramNode(x, height - y, float(item["width"]) * 72, float(item["height"]) * 72, kind, lines, hexadecimal)


def _edge(item: dict[str, Any], height: float, directed: bool) -> DiagramEdge:
    curve = next((step["points"] for step in item.get("_draw_", ()) if step["op"] in "bB"), None)
    if curve is None:
        raise NotNativeError
    points = [(float(x), height - float(y)) for x, y in curve]
    for name, end in (("_hdraw_", -1), ("_tdraw_", 0)):
        arrow = next((step["points"] for step in item.get(name, ()) if step["op"] in "pP"), None)
        if arrow:  # the curve ends at the foot of the arrow; ours ends at its tip, which is farthest from there
            foot = points[end]
            tip = max(
                ((float(x), height - float(y)) for x, y in arrow),
                key=lambda p: (p[0] - foot[0]) ** 2 + (p[1] - foot[1]) ** 2,
            )
            points[end] = tip
    label = next((step for step in item.get("_ldraw_", ()) if step["op"] == "T"), None)
    words = " ".join(step["text"] for step in item.get("_ldraw_", ()) if step["op"] == "T")
    at = (float(label["pt"][0]), height - float(label["pt"][1])) if label else (0.0, 0.0)
    return DiagramEdge(
        item["tail"], item["head"], tuple(points), words, at, item.get("style") in ("dashed", "dotted"),
        directed and item.get("dir", "forward") != "none",
    )  # fmt: skip

"""Graphs in the DOT language, as Graphviz lays them out → `Diagram`; one with shapes of another kind is a picture."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
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
    labels = [
        label for item in (*graph.get("objects", ()), *graph.get("edges", ())) for label in _outer(item, height, OUTER)
    ]
    nodes = (*nodes, *labels, *_outer(graph, height, OF_GRAPH))
    return Diagram(nodes, edges, width, height, SIZE, alt, caption, source, label)


OUTER = (("_ldraw_", "xlabel", "xlp"), ("_hldraw_", "headlabel", "head_lp"), ("_tldraw_", "taillabel", "tail_lp"))
"""Of each label beside a node or an edge: where it is drawn, what it says, and where its middle is."""
OF_GRAPH = (("_ldraw_", "label", "lp"),)
_LINE_ENDS = re.compile(r"\\[nlr]|\n")


def _drawn_lines(item: dict[str, Any], drawn: str) -> list[dict[str, Any]]:
    return [step for step in item.get(drawn, ()) if step["op"] == "T"]


def _count(label: str) -> int:
    """Return how many lines a label has."""
    return len(_LINE_ENDS.split(label)) - label.endswith((r"\l", r"\r", r"\n", "\n"))


def _inner(item: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of the label of a node or an edge itself, which are drawn before those of one beside it."""
    lines = _drawn_lines(item, "_ldraw_")
    return lines[: -_count(item["xlabel"])] if item.get("xlabel") and "xlp" in item else lines


def _outer(item: dict[str, Any], height: float, labels: Sequence[tuple[str, str, str]]) -> Iterator[DiagramNode]:
    """Yield labels that stand for themselves, as nodes without a shape."""
    for drawn, name, place in labels:
        if not item.get(name) or place not in item:
            continue
        lines = _drawn_lines(item, drawn)[-_count(item[name]) :]
        if str(item[name]).startswith("<") or not lines:
            raise NotNativeError
        x, y = (float(value) for value in item[place].split(","))
        width = WIDER_ELSEWHERE * max(float(step["width"]) for step in lines)
        words = tuple(step["text"] for step in lines)
        yield DiagramNode(x, height - y, width, len(words) * SIZE * PITCH, "none", words)


WIDER_ELSEWHERE = 1.3
"""How much room a label beside a node has for faces that are wider than that which Graphviz measures."""
PITCH = 1.2
"""Lines of labels are so many times as high as their type."""


def _node(item: dict[str, Any], height: float) -> DiagramNode:
    shape, style = item.get("shape", ""), item.get("style", "")
    if shape not in KINDS or str(item.get("label", "")).startswith("<"):
        raise NotNativeError
    x, y = (float(value) for value in item["pos"].split(","))
    lines = tuple(step["text"] for step in _inner(item))
    kind = "roundRect" if KINDS[shape] == "rect" and "rounded" in style else KINDS[shape]
    fill = item.get("fillcolor") or item.get("color") or "" if "filled" in style else "black" * (shape == "point")
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
    label = _inner(item)
    words = " ".join(step["text"] for step in label)
    at = (float(label[0]["pt"][0]), height - float(label[0]["pt"][1])) if label else (0.0, 0.0)
    return DiagramEdge(
        item["tail"], item["head"], tuple(points), words, at, item.get("style") in ("dashed", "dotted"),
        directed and item.get("dir", "forward") != "none",
    )  # fmt: skip

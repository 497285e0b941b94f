"""Graphs on slides: native shapes joined by connectors; what native shapes cannot show is a picture."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pptx.oxml.ns import qn

from builder.deck.blocks.diagrams import DiagramEdge, DiagramNode
from builder.deck.diagrams import NotNativeError, read_diagram
from builder.errors import NOWHERE
from builder.pptx.package.conform import problems

from conftest import CONF, Book

LAID_OUT = {
    "bb": "0,0,200,60", "directed": True, "_subgraph_cnt": 0,
    "objects": [
        {"pos": "30,30", "width": "0.8", "height": "0.5", "label": "A", "_ldraw_": [{"op": "T", "text": "One", "pt": [30, 27]}]},
        {"pos": "170,30", "width": "0.8", "height": "0.5", "shape": "box", "label": "B",
         "style": "filled", "fillcolor": "#7a2a25", "_draw_": [{"op": "C", "color": "#7a2a25"}],
         "_ldraw_": [{"op": "T", "text": "Two", "pt": [170, 37]}, {"op": "T", "text": "lines", "pt": [170, 23]}]},
    ],
    "edges": [
        {"tail": 0, "head": 1, "style": "dashed",
         "_draw_": [{"op": "b", "points": [[59, 30], [80, 30], [110, 30], [132, 30]]}],
         "_hdraw_": [{"op": "P", "points": [[132, 33], [142, 30], [132, 27]]}],
         "_ldraw_": [{"op": "T", "text": "leads to", "pt": [100, 36]}]},
    ],
}  # fmt: skip


def diagram(tmp_path: Path, **changes):
    file = tmp_path / "graph.json"
    file.write_text(json.dumps(LAID_OUT | changes))
    return read_diagram(file, "A graph", None, NOWHERE, "")


def test_shapes_and_lines_are_where_graphviz_puts_them(tmp_path: Path) -> None:
    found = diagram(tmp_path)
    assert [(node.x, node.y, node.kind, node.lines, node.fill) for node in found.nodes] == [
        (30, 30, "ellipse", ("One",), ""), (170, 30, "rect", ("Two", "lines"), "7a2a25"),
    ]  # fmt: skip
    [edge] = found.edges
    assert (edge.points[0], edge.points[-1]) == ((59, 30), (142, 30))
    assert edge.is_straight
    assert edge.dashed
    assert edge.arrow
    assert edge.label == "leads to"


def label(text: str, x: float, y: float) -> dict[str, object]:
    return {"op": "T", "text": text, "pt": [x, y], "width": 20.0}


def test_labels_beside_nodes_and_edges_stand_where_graphviz_puts_them(tmp_path: Path) -> None:
    point = {"pos": "30,30", "width": "0.1", "height": "0.1", "shape": "point", "label": "\\N", "xlabel": "begin",
             "xlp": "12,44", "_ldraw_": [label("begin", 12, 40)], "_draw_": [{"op": "C", "color": "#000000"}]}  # fmt: skip
    edge = LAID_OUT["edges"][0] | {"headlabel": "far", "head_lp": "130,40", "_hldraw_": [label("far", 130, 36)]}
    below = {"label": "The graph", "lp": "100,8", "_ldraw_": [label("The graph", 100, 4)]}
    found = diagram(tmp_path, objects=[point, LAID_OUT["objects"][1]], edges=[edge], **below)
    assert [(node.x, node.y, node.kind, node.lines) for node in found.nodes] == [
        (30, 30, "ellipse", ()), (170, 30, "rect", ("Two", "lines")), (12, 16, "none", ("begin",)),
        (130, 20, "none", ("far",)), (100, 52, "none", ("The graph",)),
    ]  # fmt: skip
    assert (found.edges[0].label, found.nodes[0].fill) == ("leads to", "000000")
    assert all(node.width > 1.2 * 20 for node in found.nodes[2:]), "a wider face has room, too"


@pytest.mark.parametrize(
    "changes",
    [
        {"_subgraph_cnt": 1},
        {"objects": [{"pos": "1,1", "width": "1", "height": "1", "shape": "record", "label": "a|b"}], "edges": []},
        {"objects": [{"pos": "1,1", "width": "1", "height": "1", "label": "<b>x</b>"}], "edges": []},
    ],
)
def test_what_native_shapes_cannot_show_is_told(tmp_path: Path, changes: dict) -> None:
    with pytest.raises(NotNativeError):
        diagram(tmp_path, **changes)


def graph(book: Book, code: str):
    if shutil.which("dot") is None:
        pytest.skip("Graphviz is not installed here")
    book.write("conf.py", CONF.replace('["myst_parser"]', '["myst_parser", "sphinx.ext.graphviz"]'))
    return book.build(f"# Chapter\n\n## Section\n\n```{{graphviz}}\n:alt: A graph\n{code}\n```\n", "--to", "pptx")


def test_connectors_are_tied_to_their_shapes(book: Book) -> None:
    result = graph(book, "digraph { rankdir=LR; A [shape=box]; A -> B; B -> C; A -> C; }")
    assert result.status == 0, result.errors
    assert problems(result.pptx()) == []
    group = next(s for slide in result.deck().slides for s in slide.shapes if s.name == "Diagram")
    nodes = {shape.shape_id: shape.text_frame.text for shape in group.shapes if shape.name.startswith("Node")}
    assert set(nodes.values()) == {"A", "B", "C"}
    ties = [
        (
            nodes[int(line.find(f".//{qn('a:stCxn')}").get("id"))],
            nodes[int(line.find(f".//{qn('a:endCxn')}").get("id"))],
        )
        for line in group._element.iter(qn("p:cxnSp"))
    ]
    assert {("A", "B"), ("B", "C")} <= set(ties)


def test_a_graph_with_a_cluster_is_a_picture(book: Book) -> None:
    result = graph(book, "digraph { subgraph cluster_a { A -> B; } B -> C; }")
    assert result.status == 0, result.errors
    pictures = [s for slide in result.deck().slides for s in slide.shapes if s._element.tag == qn("p:pic")]
    assert [picture._element.nvPicPr.cNvPr.get("descr") for picture in pictures] == ["A graph"]


@pytest.mark.parametrize(
    ("points", "straight"),
    [
        ([(0, 100), (30, 103), (60, 97), (90, 100)], True),
        ([(0, 100), (30, 105), (60, 100), (90, 100)], False),
        ([(100, 0), (103, 200), (100, 400)], True),
        ([(100, 10), (105, 20), (100, 30)], False),
        ([(5, 5), (5, 5)], True),
    ],
)
def test_a_curve_that_leaves_the_line_between_its_ends_by_four_points_is_none(
    points: list[tuple[float, float]], straight: bool
) -> None:
    assert DiagramEdge(0, 1, tuple(points)).is_straight is straight


@pytest.mark.parametrize(("fill", "ink"), [("", ""), ("7a2a25", "FFFFFF"), ("ffe0a0", "000000"), ("00ff00", "000000")])
def test_words_on_a_fill_are_black_or_white(fill: str, ink: str) -> None:
    assert DiagramNode(0, 0, 10, 10, "rect", (), fill).ink == ink

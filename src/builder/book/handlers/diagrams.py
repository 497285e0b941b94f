"""Diagrams that another program draws: Graphviz, inheritance diagrams, Mermaid."""

from __future__ import annotations

from typing import Any

from docutils import nodes

from builder.book.translate import Translator, renders
from builder.errors import warn
from builder.source.config import words_of_project
from builder.source.drawings import DrawingError, drawn_by_dot, mermaid_picture
from builder.source.formulas import plain_text
from builder.source.internals import inheritance_dot
from builder.source.pictures.sizes import is_icon, svg_size
from builder.typeset.escape import call, string


def graphviz_svg(t: Translator, code: str, program: str) -> str:
    """SVG of a graph in the DOT language."""
    face = ("-Gfontname=Fira Sans", "-Nfontname=Fira Sans", "-Efontname=Fira Sans", "-Nfontsize=11", "-Efontsize=10")
    return drawn_by_dot(t.env, code, program, ".svg", "-Tsvg", *face).read_text(encoding="utf-8")


def described(t: Translator, node: nodes.Element) -> str:
    """Return what the diagram shows, for those who cannot see it: its :alt:, its caption, else that it is a diagram."""
    caption = next((c for c in node.parent.children if isinstance(c, nodes.caption)), None) if node.parent else None
    return (
        node.get("alt")
        or (plain_text(caption) if caption is not None else "")
        or words_of_project(t.env.config)["diagram"]
    )


def as_source(t: Translator, node: nodes.Element, code: str, problem: str) -> str:
    """The code of a diagram that could not be drawn, with a warning."""
    warn(f"the diagram is shown as its source: {problem}.", node, "diagram")
    return f"\n\n{t.anchors(node)}{call('plain-code', source=string(code))}\n\n"


@renders("graphviz")
def graphviz(t: Translator, node: nodes.Element) -> str:
    """The drawing that Graphviz makes; its source with a warning where Graphviz is not installed."""
    code = node["code"]
    try:
        drawing = graphviz_svg(t, code, (node.get("options") or {}).get("graphviz_dot", ""))
    except DrawingError as error:
        return as_source(t, node, code, str(error))
    return f"\n\n{t.anchors(node)}{call('diagram', svg=string(drawing), alt=string(described(t, node)))}\n\n"


@renders("inheritance_diagram")
def inheritance_diagram(t: Translator, node: nodes.Element) -> str:
    """The drawing that Graphviz makes of the classes; its source with a warning where Graphviz is not installed."""
    graph: Any = node["graph"]
    code = inheritance_dot(graph, t.env)
    words = words_of_project(t.env.config)
    names = words["comma"].join(sorted(graph.get_all_class_names()))
    try:
        drawing = graphviz_svg(t, code, "")
    except DrawingError as error:
        return as_source(t, node, code, str(error))
    alt = string(words["inheritance"].replace("{}", names))
    return f"\n\n{t.anchors(node)}{call('diagram', svg=string(drawing), alt=alt)}\n\n"


@renders("mermaid")
def mermaid(t: Translator, node: nodes.Element) -> str:
    """The drawing that Mermaid's command makes; its source with a warning where that is not installed."""
    code = node["code"]
    try:
        drawing = mermaid_picture(t.env, code, ".pdf").read_bytes()
    except DrawingError as error:
        return as_source(t, node, code, str(error))
    name = t.add_drawing(drawing, ".pdf")
    return f"\n\n{t.anchors(node)}{call('picture', file=string(name), alt=string(described(t, node)))}\n\n"


@renders("svg_drawing")
def svg_drawing(t: Translator, node: nodes.Element) -> str:
    """The drawing; an icon in a line of text at the height of the text."""
    try:
        size = svg_size(node["svg"].encode())
    except ValueError:  # a style sheet of the web page says how large it is
        size = (0, 0)
    if size == (0, 0) or is_icon(node, size):
        return f"#icon({string(node['svg'])});"
    alt = node["alt"] or words_of_project(t.env.config)["diagram"]
    return f"\n\n{t.anchors(node)}{call('diagram', svg=string(node['svg']), alt=string(alt))}\n\n"

"""Diagrams that another program draws: Graphviz, inheritance diagrams, Mermaid."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from docutils import nodes

from builder.book.escape import call, string
from builder.book.translate import Translator, renders
from builder.errors import warn

SECONDS = 60
"""After so long a drawing program is stopped."""


class DrawingError(Exception):
    """A diagram could not be drawn; the message says why and what to do."""


def run(command: list[str], code: str, what_to_install: str) -> bytes:
    """Output of a drawing program that reads ``code``.

    Raises:
        DrawingError: the program is missing, fails or takes too long.
    """
    if shutil.which(command[0]) is None:
        raise DrawingError(f"the program '{command[0]}' is not there; install {what_to_install}")
    try:
        done = subprocess.run(command, input=code.encode(), capture_output=True, check=True, timeout=SECONDS)
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode(errors="replace").strip().splitlines()
        raise DrawingError(f"'{command[0]}' says: {lines[0] if lines else 'nothing'}") from None
    except subprocess.TimeoutExpired:
        raise DrawingError(f"'{command[0]}' took more than {SECONDS} seconds") from None
    return done.stdout


def kept(t: Translator, key: str, suffix: str) -> Path:
    """The file that keeps a drawing for the next build."""
    folder = Path(t.env.doctreedir) / "drawings"
    folder.mkdir(exist_ok=True)
    return folder / f"{hashlib.sha256(key.encode()).hexdigest()[:24]}{suffix}"


def graphviz_svg(t: Translator, code: str, program: str) -> str:
    """SVG of a graph in the DOT language."""
    config = t.env.config
    command = [program or getattr(config, "graphviz_dot", "dot"), *getattr(config, "graphviz_dot_args", ())]
    face = "Fira Sans"
    command += [
        "-Tsvg",
        f"-Gfontname={face}",
        f"-Nfontname={face}",
        f"-Efontname={face}",
        "-Nfontsize=11",
        "-Efontsize=10",
    ]
    file = kept(t, repr((command, code)), ".svg")
    if not file.exists():
        file.write_bytes(run(command, code, "Graphviz"))
    return file.read_text(encoding="utf-8")


def mermaid_pdf(t: Translator, code: str) -> bytes:
    """PDF of a Mermaid diagram: the programme's SVG holds HTML, which print cannot set."""
    program = str(getattr(t.env.config, "mermaid_cmd", "mmdc"))
    file = kept(t, repr((program, code)), ".pdf")
    if not file.exists():
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "diagram.mmd", Path(folder) / "diagram.pdf"
            source.write_text(code, encoding="utf-8")
            run([program, "-i", str(source), "-o", str(target), "--pdfFit"], "", "mermaid-cli")
            file.write_bytes(target.read_bytes())
    return file.read_bytes()


def described(node: nodes.Element, kind: str) -> str:
    """What the diagram shows, for those who cannot see it: its :alt:, its caption, else that it is a diagram."""
    caption = next((c for c in node.parent.children if isinstance(c, nodes.caption)), None) if node.parent else None
    return node.get("alt") or (caption.astext() if caption is not None else "") or kind


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
    return f"\n\n{t.anchors(node)}{call('diagram', svg=string(drawing), alt=string(described(node, 'Diagram')))}\n\n"


@renders("inheritance_diagram")
def inheritance_diagram(t: Translator, node: nodes.Element) -> str:
    """The drawing that Graphviz makes of the classes; its source with a warning where Graphviz is not installed."""
    graph: Any = node["graph"]
    code = (
        graph._generate_dot("inheritance", {}, t.env.config)
        if hasattr(graph, "_generate_dot")
        else graph.generate_dot("inheritance", {}, t.env)
    )
    names = ", ".join(sorted(graph.get_all_class_names()))
    try:
        drawing = graphviz_svg(t, code, "")
    except DrawingError as error:
        return as_source(t, node, code, str(error))
    alt = string(f"Inheritance diagram of {names}")
    return f"\n\n{t.anchors(node)}{call('diagram', svg=string(drawing), alt=alt)}\n\n"


@renders("mermaid")
def mermaid(t: Translator, node: nodes.Element) -> str:
    """The drawing that Mermaid's command makes; its source with a warning where that is not installed."""
    code = node["code"]
    try:
        drawing = mermaid_pdf(t, code)
    except DrawingError as error:
        return as_source(t, node, code, str(error))
    name = t.keep_picture(drawing, ".pdf")
    return f"\n\n{t.anchors(node)}{call('picture', file=string(name), alt=string(described(node, 'Diagram')))}\n\n"


@renders("svg_drawing")
def svg_drawing(t: Translator, node: nodes.Element) -> str:
    """The drawing; an icon in a line of text at the height of the text."""
    if not node["alt"]:
        return f"#icon({string(node['svg'])});"
    return f"\n\n{t.anchors(node)}{call('diagram', svg=string(node['svg']), alt=string(node['alt']))}\n\n"

"""Drawings that are tried out: a small SVG may ask for any amount of time and memory, so one that could is drawn first
in a process of its own, which has limits.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

MOST_MEMORY = 4 << 30
PATIENCE = 6
"""How many times its own time a process may take on a busy machine."""
MANY = 10_000
"""Letters of text from which a drawing is tried out."""


def could_be_endless(root: etree._Element) -> bool:
    """True for a drawing with filters, with pictures, or with very much text, of which Typst may take any time."""
    letters = sum(len(node.text or "") + len(node.tail or "") for node in root.iter("{*}text", "{*}tspan"))
    return letters > MANY or any(map(is_costly, root.iter("*")))


def is_costly(node: etree._Element) -> bool:
    """True for a picture in a drawing, and for what has a filter or defines one."""
    name = str(node.tag).rpartition("}")[2]
    style = node.text if name == "style" else node.get("style")
    return name in ("image", "filter") or "filter" in node.attrib or "filter" in (style or "")


def problem_of(svg: str, seconds: int) -> str:
    """Why a drawing cannot be drawn in some seconds of a processor, '' when it can; how busy the machine is matters
    little, so that one build draws what the next one does.
    """
    command = [sys.executable, __file__, str(seconds)]
    endless = f"takes more than {seconds} seconds to be drawn; save it as PNG, or without its filters"
    try:
        done = subprocess.run(command, input=svg.encode(), check=False, capture_output=True, timeout=seconds * PATIENCE)
    except subprocess.TimeoutExpired:
        return endless
    if done.returncode:
        is_late = done.returncode == -getattr(signal, "SIGXCPU", 0)
        return endless if is_late else "cannot be drawn; save it as PNG, or without its filters"
    return ""


def draw(svg: str) -> None:
    """Draw an SVG as slides and print have it; what Typst refuses at once takes no time."""
    import typst

    quoted = svg.replace("\\", "\\\\").replace('"', '\\"')
    page = "#set page(width: 720pt, height: auto, margin: 0pt)\n"
    compiler = typst.Compiler(f'{page}#image(bytes("{quoted}"), format: "svg", width: 100%)'.encode())
    with suppress(typst.TypstError):
        compiler.compile(format="pdf")
        compiler.compile(format="png", ppi=240)


def limit(seconds: int) -> None:
    """Let this process have no more than so much memory and time of a processor, where the system can limit them."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


if __name__ == "__main__":
    limit(int(sys.argv[1]))
    draw(sys.stdin.buffer.read().decode())

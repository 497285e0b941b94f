"""Graphs of native shapes and connectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.deck.geometry import Geometry
from builder.deck.kinds import KINDS, Kind, Lines, never
from builder.deck.lines import Typeface
from builder.deck.measured import Measured, caption_size
from builder.deck.model import Caption, Placed
from builder.deck.pages.diagram import draw_diagram
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter


@dataclass(frozen=True, slots=True)
class DiagramNode:
    """A shape of a diagram: its centre and size in points of the drawing, its outline, and its lines of text.

    ``kind`` is ``rect``, ``roundRect``, ``ellipse``, ``diamond`` or ``none``; ``fill`` six hex digits or ''.
    """

    x: float
    y: float
    width: float
    height: float
    kind: str
    lines: tuple[str, ...]
    fill: str = ""

    @property
    def ink(self) -> str:
        """Six hex digits of the text on a fill of its own, black or white; '' without a fill."""
        if not self.fill:
            return ""
        red, green, blue = (int(self.fill[at : at + 2], 16) for at in (0, 2, 4))
        return "000000" if red * 0.299 + green * 0.587 + blue * 0.114 > 140 else "FFFFFF"


@dataclass(frozen=True, slots=True)
class DiagramEdge:
    """A line of a diagram from one node to another, by their indexes, and the points of its Bézier curve."""

    tail: int
    head: int
    points: tuple[tuple[float, float], ...]
    label: str = ""
    label_at: tuple[float, float] = (0, 0)
    dashed: bool = False
    arrow: bool = True

    @property
    def is_straight(self) -> bool:
        """True if the curve hardly leaves the line between its ends."""
        (x1, y1), (x2, y2) = self.points[0], self.points[-1]
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
        return all(abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length < 4 for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Diagram:
    """A graph with native shapes and connectors; lengths and places are in points at a type size of ``size``."""

    nodes: tuple[DiagramNode, ...]
    edges: tuple[DiagramEdge, ...]
    width: float
    height: float
    size: float
    alt: str
    caption: Caption | None
    source: Source
    label: str = ""


def _measure(block: Diagram, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    """As large as its width allows, up to the size of body text; not below the floor of code."""
    below = caption_size(block.caption, width, geometry, typeface)
    largest = min(width / block.width, geometry.sizes.body / block.size)
    least = geometry.sizes.code_floor / block.size
    wanted = block.height * largest + below
    return Measured(
        block,
        geometry.sizes.caption,
        min(block.height * least + below, wanted),
        wanted,
        largest >= least,
        caption_height=below,
    )


def diagram_scale(placed: Placed) -> float:
    """By what a diagram is scaled in its box."""
    block = placed.block
    assert isinstance(block, Diagram)
    room = placed.height - placed.caption_height
    return min(placed.width / block.width, room / block.height)


def _words(block: Diagram) -> Lines:
    return (block.alt,)


def _drawn(block: Diagram) -> Lines:
    return (*(line for node in block.nodes for line in node.lines), *(edge.label for edge in block.edges))


def _page(p: PageWriter, placed: Placed) -> str:
    """The same shapes and lines, as one drawing."""
    block = placed.block
    assert isinstance(block, Diagram)
    scale = diagram_scale(placed)
    svg = draw_diagram(block, p.colours, p.colours.get(p.geometry.quiet, p.colours["dk1"]), scale)
    size = f"width: {block.width * scale:.2f}pt, height: {block.height * scale:.2f}pt"
    return p.drawing(placed, svg, block.alt, size) + p.caption(block.caption, placed, placed.y + placed.height)


KINDS[Diagram] = Kind(_measure, _words, _page, is_visual=True, drawn_words=_drawn, words_are_shown=never)

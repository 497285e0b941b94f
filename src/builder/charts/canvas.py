"""Drawings: how they look, text broken into lines, and a canvas that collects SVG. Lengths are in points."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from builder.charts.data import ChartData
from builder.typeset.measure import face

FAINT = 0.14
"""How much of the colour of text is in lines across a chart."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a drawing looks. Lengths in points; colours as ``#rrggbb``; ``height`` 0 is the natural one.

    ``slack`` widens every measure, for places where another font than ``font`` may be shown.
    """

    width: float = 335
    size: float = 8.2
    height: float = 0
    slack: float = 1.0
    font: str = "Fira Sans"
    ink: str = "#1c1c1c"
    grey: str = "#6b6b6b"
    rule: str = "#d8d3cf"
    colours: tuple[str, ...] = ("#7a2a25", "#35576b", "#b8862f", "#5f7a54", "#8a6d8f", "#667078")

    def text_width(self, text: str, bold: bool = False) -> float:
        """Width of ``text`` in points at this style's size."""
        return face(self.font, bold).width(text, self.size) * self.slack


def wrap(text: str, width: float, style: Style) -> list[str]:
    """Break ``text`` at spaces into lines no wider than ``width`` points (a longer word stays whole)."""
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if lines[-1] and style.text_width(joined) > width:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines


Place = tuple[float, float]
"""x and y in points from the top left."""


class Canvas:
    """Collects SVG elements; escapes text in one place."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.parts: list[str] = []

    def text(self, at: Place, text: str, *, anchor: str = "start", fill: str = "", bold: bool = False) -> None:
        """A line of text; ``anchor`` is ``start``, ``middle`` or ``end``."""
        x, y = at
        weight = ' font-weight="700"' if bold else ""
        self.parts.append(
            f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}" fill="{fill or self.style.ink}"{weight}>'
            f"{escape(text)}</text>"
        )

    def line(self, start: Place, end: Place, colour: str, width: float = 0.4) -> None:
        """A straight line."""
        (x1, y1), (x2, y2) = start, end
        self.parts.append(
            f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{colour}" stroke-width="{width}"/>'
        )

    def rect(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle."""
        self.parts.append(f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{colour}"/>')

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle."""
        self.parts.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius}" fill="{colour}"/>')

    def area(self, points: list[tuple[float, float]], colour: str) -> None:
        """A filled polygon."""
        listed = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        self.parts.append(f'<polygon points="{listed}" fill="{colour}"/>')

    def outline(self, rings: list[list[tuple[float, float]]], colour: str, edge: str) -> None:
        """A filled shape of several rings; a ring inside another is a hole."""
        if rings:
            data = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)
            self.parts.append(
                f'<path d="{data}" fill="{colour}" fill-rule="evenodd" stroke="{edge}" stroke-width="0.5" '
                'stroke-linejoin="round"/>'
            )

    def polyline(self, points: list[tuple[float, float]], colour: str, width: float) -> None:
        """A line through points."""
        listed = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(
            f'<polyline points="{listed}" fill="none" stroke="{colour}" stroke-width="{width}" '
            'stroke-linejoin="round"/>'
        )

    def frame(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A rectangle that is only a line."""
        self.parts.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="none" '
            f'stroke="{colour}" stroke-width="0.5"/>'
        )

    def path(self, data: str, colour: str, edge: str) -> None:
        """A filled path with a thin edge."""
        self.parts.append(f'<path d="{data}" fill="{colour}" stroke="{edge}" stroke-width="0.8"/>')

    def finish(self, height: float, label: str, width: float = 0.0) -> str:
        """The whole SVG, as wide as its style has it or, where nothing stands further right, of ``width``."""
        style, width = self.style, width or self.style.width
        described = f' role="img" aria-label={quoteattr(label)}' if label else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.2f} {height:.2f}" '
            f'width="{width:.2f}pt" height="{height:.2f}pt" font-family="{style.font}, sans-serif" '
            f'font-size="{style.size}"{described}>' + "".join(self.parts) + "</svg>"
        )


def colour_of(style: Style, index: int) -> str:
    """The colour of the series or slice at a place; the colours begin again when they are used up."""
    return style.colours[index % len(style.colours)]


def draw_legend(canvas: Canvas, data: ChartData, x: float, y: float) -> float:
    """Names of the series above the drawing when there are several; returns the height used."""
    if len(data.series) < 2 or data.kind == "range":
        return 0
    size, left = canvas.style.size, x
    for index, series in enumerate(data.series):
        width = size * 2.8 + canvas.style.text_width(series.name)
        if x > left and x + width > canvas.style.width:
            x, y = left, y + size * 1.6
        canvas.rect(x, y, size * 0.8, size * 0.8, colour_of(canvas.style, index))
        canvas.text((x + size * 1.2, y + size * 0.75), series.name)
        x += width
    return y + size * 2

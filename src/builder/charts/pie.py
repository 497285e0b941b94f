"""Shares of a whole: pie and doughnut, with names and numbers beside, so that nobody has to match colours."""

from __future__ import annotations

import math

from builder.charts.canvas import Canvas, Style, colour_of, wrap
from builder.charts.data import ChartData, format_number

HOLE = 0.55
"""Radius of a doughnut's hole against its own."""


def draw_pie(data: ChartData, style: Style, label: str) -> str:
    """SVG of a pie or doughnut: slices clockwise from the top, and a list of their names, numbers and shares."""
    canvas = Canvas(style)
    values = [value or 0.0 for value in data.series[0].values]
    total = sum(values)
    radius = min(style.width * 0.2, (style.height - style.size) / 2 if style.height else style.width * 0.2)
    x, left = radius + style.size * 0.5, radius * 2 + style.size * 2.2
    names = [
        f"{name}: {format_number(value, data.unit)} ({value / total:.0%})"
        for name, value in zip(data.categories, values, strict=True)
    ]
    wrapped = [wrap(name, style.width - left - style.size * 1.4, style) for name in names]
    listed = sum(len(lines) * style.size * 1.3 + style.size * 0.5 for lines in wrapped)
    height = max(2 * radius + style.size, listed, style.height)
    middle = height / 2
    start = 0.0
    for index, value in enumerate(values):
        end = start + value / total
        if value:
            canvas.path(
                slice_of((x, middle), radius, start, end, hole=data.kind == "doughnut"), shade(style, index), "#ffffff"
            )
        start = end
    y = middle - listed / 2 + style.size
    for index, lines in enumerate(wrapped):
        canvas.rect(left, y - style.size * 0.75, style.size * 0.8, style.size * 0.8, shade(style, index))
        for offset, line in enumerate(lines):
            canvas.text((left + style.size * 1.4, y + offset * style.size * 1.3), line)
        y += len(lines) * style.size * 1.3 + style.size * 0.5
    return canvas.finish(height, label)


def shade(style: Style, index: int) -> str:
    """The colour of a slice; a second round of the colours is lighter."""
    colour = colour_of(style, index)
    if index < len(style.colours):
        return colour
    mixed = (round(int(colour[at : at + 2], 16) * 0.55 + 255 * 0.45) for at in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def slice_of(centre: tuple[float, float], radius: float, start: float, end: float, *, hole: bool) -> str:
    """Path data of a slice from ``start`` to ``end``, shares of a turn from the top."""
    x, y = centre
    end = min(end, start + 0.99999)

    def at(share: float, distance: float) -> str:
        angle = 2 * math.pi * share
        return f"{x + distance * math.sin(angle):.2f} {y - distance * math.cos(angle):.2f}"

    large = int(end - start > 0.5)
    outer = f"A {radius:.2f} {radius:.2f} 0 {large} 1 {at(end, radius)}"
    if not hole:
        return f"M {x:.2f} {y:.2f} L {at(start, radius)} {outer} Z"
    inner = radius * HOLE
    return (
        f"M {at(start, radius)} {outer} L {at(end, inner)} A {inner:.2f} {inner:.2f} 0 {large} 0 {at(start, inner)} Z"
    )

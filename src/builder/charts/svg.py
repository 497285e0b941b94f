"""Chart data and events → SVG, one drawing for web, print and slide handouts.

In: `ChartData` or events and a `Style`. Out: SVG text whose width and height are in points.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from builder.charts.data import ChartData, Event, axis_ticks, format_number
from builder.measure import face


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


class _Canvas:
    """Collects SVG elements; escapes text in one place."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.parts: list[str] = []

    def text(self, x: float, y: float, text: str, *, anchor: str = "start", fill: str = "", bold: bool = False) -> None:
        weight = ' font-weight="700"' if bold else ""
        self.parts.append(
            f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}" fill="{fill or self.style.ink}"{weight}>{escape(text)}</text>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 0.4) -> None:
        self.parts.append(
            f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{colour}" stroke-width="{width}"/>'
        )

    def rect(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.parts.append(f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{colour}"/>')

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        self.parts.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius}" fill="{colour}"/>')

    def finish(self, height: float, label: str) -> str:
        style = self.style
        described = f' role="img" aria-label={quoteattr(label)}' if label else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {style.width:.2f} {height:.2f}" '
            f'width="{style.width:.2f}pt" height="{height:.2f}pt" font-family="{style.font}, sans-serif" '
            f'font-size="{style.size}"{described}>' + "".join(self.parts) + "</svg>"
        )


def draw_chart(data: ChartData, style: Style, label: str = "") -> str:
    """SVG of ``data``; ``label`` is its alternative text."""
    drawing = {"bar": _bars, "range": _ranges, "column": _columns, "line": _columns}[data.kind]
    return drawing(data, style, label)


def _scale(data: ChartData) -> list[float]:
    numbers = data.numbers()
    if data.kind == "range":
        margin = (max(numbers) - min(numbers)) * 0.15
        return axis_ticks(min(numbers) - margin, max(numbers) + margin)
    return axis_ticks(min(0.0, *numbers), max(0.0, *numbers))


def _label_column(data: ChartData, style: Style) -> tuple[float, list[list[str]]]:
    """Width of the category column (at most 42 % of the drawing) and the wrapped labels."""
    limit = style.width * 0.42
    wrapped = [wrap(category, limit, style) for category in data.categories]
    return max(style.text_width(line) for lines in wrapped for line in lines), wrapped


def _category(canvas: _Canvas, right: float, middle: float, lines: list[str]) -> None:
    """A wrapped category name, ending at ``right`` and centred on ``middle``."""
    size = canvas.style.size
    for offset, line in enumerate(lines):
        canvas.text(right, middle + size * (0.36 + 1.2 * (offset - (len(lines) - 1) / 2)), line, anchor="end")


def _legend(canvas: _Canvas, data: ChartData, x: float, y: float) -> float:
    """Names of the series above the drawing when there are several; returns the height used."""
    if len(data.series) < 2 or data.kind == "range":
        return 0
    for index, series in enumerate(data.series):
        canvas.rect(x, y, canvas.style.size * 0.8, canvas.style.size * 0.8, _colour(canvas.style, index))
        canvas.text(x + canvas.style.size * 1.2, y + canvas.style.size * 0.75, series.name)
        x += canvas.style.size * 2.8 + canvas.style.text_width(series.name)
    return canvas.style.size * 2


def _colour(style: Style, index: int) -> str:
    return style.colours[index % len(style.colours)]


def _bars(data: ChartData, style: Style, label: str) -> str:
    canvas = _Canvas(style)
    column, wrapped = _label_column(data, style)
    ticks = _scale(data)
    left, right = (
        column + style.size,
        style.width - style.text_width(format_number(max(data.numbers()), data.unit)) - style.size * 0.6,
    )

    def at(value: float) -> float:
        return left + (value - ticks[0]) / (ticks[-1] - ticks[0]) * (right - left)

    y = style.size * 0.3 + _legend(canvas, data, left, 0)
    natural = [
        max(len(data.series) * style.size * 1.375, len(lines) * style.size * 1.2) + style.size * 0.8
        for lines in wrapped
    ]
    stretch = (style.height - y - style.size * 0.3) / sum(natural) if style.height else 1.0
    bar = style.size * 1.25 * stretch
    for index, lines in enumerate(wrapped):
        height = natural[index] * stretch
        middle = y + height / 2
        _category(canvas, column, middle, lines)
        for number, series in enumerate(data.series):
            value = series.values[index]
            if value is None:
                continue
            top = middle + bar * 1.1 * (number - len(data.series) / 2)
            canvas.rect(min(at(0), at(value)), top, abs(at(value) - at(0)), bar, _colour(style, number))
            canvas.text(
                max(at(0), at(value)) + style.size * 0.45,
                top + bar / 2 + style.size * 0.36,
                format_number(value, data.unit),
            )
        y += height
    canvas.line(at(0), 0, at(0), y, style.ink, 0.5)
    return canvas.finish(y + style.size * 0.3, label)


def _ranges(data: ChartData, style: Style, label: str) -> str:
    canvas = _Canvas(style)
    column, wrapped = _label_column(data, style)
    ticks = _scale(data)
    left, right = column + style.size * 1.6, style.width - style.text_width(format_number(ticks[-1], data.unit)) / 2

    def at(value: float) -> float:
        return left + (value - ticks[0]) / (ticks[-1] - ticks[0]) * (right - left)

    low, high = data.series
    radius = round(style.size * 0.36, 2)
    y = style.size * 0.4
    natural = [len(lines) * style.size * 1.2 + style.size * 1.1 for lines in wrapped]
    stretch = (style.height - style.size * 2.6) / sum(natural) if style.height else 1.0
    for index, lines in enumerate(wrapped):
        height = natural[index] * stretch
        middle = y + height / 2
        _category(canvas, column, middle, lines)
        canvas.line(left, middle, right, middle, style.rule)
        ends = [value for value in (low.values[index], high.values[index]) if value is not None]
        if len(ends) == 2 and ends[0] != ends[1]:
            canvas.line(at(ends[0]), middle, at(ends[1]), middle, _colour(style, 0), round(style.size * 0.27, 2))
        for value in ends:
            canvas.dot(at(value), middle, radius, _colour(style, 0))
        y += height
    for tick in ticks:
        canvas.text(at(tick), y + style.size * 1.6, format_number(tick, data.unit), anchor="middle", fill=style.grey)
    return canvas.finish(y + style.size * 2.2, label)


def _columns(data: ChartData, style: Style, label: str) -> str:
    canvas = _Canvas(style)
    ticks = _scale(data)
    left = max(style.text_width(format_number(tick, data.unit)) for tick in ticks) + style.size
    top = style.size + _legend(canvas, data, left, 0)
    bottom = style.height - style.size * 3.2 if style.height else top + style.width * 0.42
    slot = (style.width - left) / len(data.categories)

    def at(value: float) -> float:
        return bottom - (value - ticks[0]) / (ticks[-1] - ticks[0]) * (bottom - top)

    for tick in ticks:
        canvas.line(left, at(tick), style.width, at(tick), style.rule if tick else style.ink)
        canvas.text(
            left - style.size * 0.5,
            at(tick) + style.size * 0.36,
            format_number(tick, data.unit),
            anchor="end",
            fill=style.grey,
        )
    deepest = 1
    for index, category in enumerate(data.categories):
        centre = left + slot * (index + 0.5)
        lines = wrap(category, slot * 0.94, style)
        deepest = max(deepest, len(lines))
        for offset, line in enumerate(lines):
            canvas.text(centre, bottom + style.size * (1.5 + 1.2 * offset), line, anchor="middle")
        if data.kind == "column":
            _group_of_columns(canvas, data, index, left + slot * index, slot, at)
    if data.kind == "line":
        for number, series in enumerate(data.series):
            points = [
                (left + slot * (index + 0.5), at(value))
                for index, value in enumerate(series.values)
                if value is not None
            ]
            for start, end in itertools.pairwise(points):
                canvas.line(*start, *end, _colour(style, number), 1.2)
            for x, y in points:
                canvas.dot(x, y, round(style.size * 0.28, 2), _colour(style, number))
    return canvas.finish(bottom + style.size * (0.8 + 1.2 * deepest), label)


def _group_of_columns(
    canvas: _Canvas, data: ChartData, index: int, x: float, slot: float, at: Callable[[float], float]
) -> None:
    width = slot * 0.7 / len(data.series)
    for number, series in enumerate(data.series):
        value = series.values[index]
        if value is not None:
            top, foot = min(at(0), at(value)), max(at(0), at(value))
            canvas.rect(x + slot * 0.15 + width * number, top, width * 0.94, foot - top, _colour(canvas.style, number))


def draw_timeline(events: tuple[Event, ...], style: Style, label: str = "") -> str:
    """SVG of a chronology: dates at the left, a rule with dots, the events wrapped at the right."""
    canvas = _Canvas(style)
    dates = max(style.text_width(event.date, bold=True) for event in events)
    rule = dates + style.size * 1.6
    left = rule + style.size * 1.4
    y = style.size * 1.4
    first = y
    rows = []
    for event in events:
        rows.append(y)
        canvas.text(dates, y, event.date, anchor="end", fill=style.colours[0], bold=True)
        lines = wrap(event.text, style.width - left, style)
        for offset, line in enumerate(lines):
            canvas.text(left, y + offset * style.size * 1.3, line)
        y += len(lines) * style.size * 1.3 + style.size * 0.7
    canvas.line(rule, first - style.size * 0.35, rule, rows[-1] - style.size * 0.35, style.grey, 0.7)
    for row in rows:
        canvas.dot(rule, row - style.size * 0.35, round(style.size * 0.3, 2), style.colours[0])
    return canvas.finish(y - style.size * 0.5, label)

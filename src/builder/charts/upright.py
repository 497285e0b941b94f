"""Charts that stand on a horizontal axis: columns, stacks, lines, areas, both together, and points."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from builder.charts.canvas import Canvas, Style, colour_of, draw_legend, wrap
from builder.charts.data import ChartData, Series, axis_ticks, format_number

At = Callable[[float], float]
TICK_GAP = 0.5
"""Room between two labels of ticks, as a share of the type size."""


def ticks_of(data: ChartData) -> list[float]:
    """Ticks of the value axis: with zero, but for ranges and points."""
    numbers = data.extents()
    if data.kind == "range":
        margin = (max(numbers) - min(numbers)) * 0.15
        return axis_ticks(min(numbers) - margin, max(numbers) + margin)
    if data.kind == "scatter":
        return axis_ticks(min(numbers), max(numbers))
    return axis_ticks(min(0.0, *numbers), max(0.0, *numbers))


def tick_labels(canvas: Canvas, ticks: Sequence[float], words: Sequence[str], across: At, y: float) -> None:
    """Write words below the ticks of a level axis: below every one, or every second, third … where they would touch."""
    style = canvas.style
    gap = abs(across(ticks[1]) - across(ticks[0]))
    step = max(math.ceil((max(map(style.text_width, words)) + style.size * TICK_GAP) / gap), 1)
    for tick, label in list(zip(ticks, words, strict=True))[::step]:
        canvas.text((across(tick), y), label, anchor="middle", fill=style.grey)


def error_bar(canvas: Canvas, ends: list[tuple[float, float]]) -> None:
    """A line between two points with a short cap across each end."""
    (x1, y1), (x2, y2) = ends
    cap = canvas.style.size * 0.25
    canvas.line((x1, y1), (x2, y2), canvas.style.ink, 0.8)
    for x, y in ends:
        dx, dy = (0, cap) if y1 == y2 else (cap, 0)
        canvas.line((x - dx, y - dy), (x + dx, y + dy), canvas.style.ink, 0.8)


@dataclass(frozen=True, slots=True)
class _Plot:
    """The inside of a chart: where it begins at the left, how wide the slot of a category is, where a value stands."""

    canvas: Canvas
    data: ChartData
    left: float
    slot: float
    at: At


def draw_upright(data: ChartData, style: Style, label: str) -> str:
    """SVG of columns, stacked columns, lines, areas, or columns with lines."""
    canvas = Canvas(style)
    ticks = ticks_of(data)
    left, bottom, at = frame(canvas, data, ticks)
    slot = (style.width - left) / len(data.categories)
    deepest = 1
    every = spacing(data, slot, style)
    for index, category in enumerate(data.categories):
        if index % every:
            continue
        lines = wrap(category, slot * every * 0.94, style)
        deepest = max(deepest, len(lines))
        for offset, line in enumerate(lines):
            x = left + slot * (index + 0.5)
            canvas.text((x, bottom + style.size * (1.5 + 1.2 * offset)), line, anchor="middle")
    plot = _Plot(canvas, data, left, slot, at)
    if data.kind == "area":
        _areas(plot)
    elif data.kind != "line":
        columns = [series for series in data.series if not series.as_line]
        for index in range(len(data.categories)):
            _columns(plot, columns, index)
    for series in data.series:
        if data.kind == "line" or series.as_line:
            _line(plot, series)
    return canvas.finish(bottom + style.size * (0.8 + 1.2 * deepest), label)


def spacing(data: ChartData, slot: float, style: Style) -> int:
    """Every how many categories are named, so that the longest word of a name has room."""
    words = (word for category in data.categories for word in category.split())
    longest = max((style.text_width(word) for word in words), default=0.0)
    return max(1, math.ceil(longest / (slot * 0.98)))


def frame(canvas: Canvas, data: ChartData, ticks: list[float]) -> tuple[float, float, At]:
    """Draw legend, value axis and its lines; returns the left and bottom of the inside, and the place of a value."""
    style = canvas.style
    left = max(style.text_width(format_number(tick, data.unit)) for tick in ticks) + style.size
    top = style.size + draw_legend(canvas, data, left, 0)
    bottom = style.height - style.size * 3.2 if style.height else top + style.width * 0.42

    def at(value: float) -> float:
        return bottom - (value - ticks[0]) / (ticks[-1] - ticks[0]) * (bottom - top)

    for tick in ticks:
        canvas.line((left, at(tick)), (style.width, at(tick)), style.rule if tick else style.ink)
        words = format_number(tick, data.unit)
        canvas.text((left - style.size * 0.5, at(tick) + style.size * 0.36), words, anchor="end", fill=style.grey)
    return left, bottom, at


def _columns(plot: _Plot, columns: list[Series], index: int) -> None:
    """The columns of one category."""
    canvas, data, slot, at = plot.canvas, plot.data, plot.slot, plot.at
    x = plot.left + slot * index
    stacked = data.kind == "stacked-column"
    width = slot * 0.7 / (1 if stacked else len(columns))
    end = 0.0
    for number, series in enumerate(columns):
        value = series.values[index]
        if value is None:
            continue
        start = end if stacked else 0.0
        end = start + value
        upper, lower = min(at(start), at(end)), max(at(start), at(end))
        left = x + slot * 0.15 + (0 if stacked else width * number)
        colour = colour_of(canvas.style, data.series.index(series))
        canvas.rect(left, upper, width * 0.94, lower - upper, colour)
        middle = left + width * 0.47
        if data.has_labels:
            size = canvas.style.size
            y = lower + size * 1.1 if value < 0 else upper - size * 0.4
            canvas.text((middle, y), format_number(value, data.unit), anchor="middle")
        if error := series.error(index):
            error_bar(canvas, [(middle, at(end - error)), (middle, at(end + error))])


def _line(plot: _Plot, series: Series) -> None:
    """A series as a line with dots."""
    canvas, data, left, slot, at = plot.canvas, plot.data, plot.left, plot.slot, plot.at
    colour = colour_of(canvas.style, data.series.index(series))
    points = [
        (left + slot * (index + 0.5), at(value), index)
        for index, value in enumerate(series.values)
        if value is not None
    ]
    for start, end in itertools.pairwise(points):
        canvas.line(start[:2], end[:2], colour, 1.2)
    for x, y, index in points:
        if error := series.error(index):
            value = series.values[index] or 0.0
            error_bar(canvas, [(x, at(value - error)), (x, at(value + error))])
        canvas.dot(x, y, round(canvas.style.size * 0.28, 2), colour)


def _areas(plot: _Plot) -> None:
    """Each series on the sum of those before it; an empty cell counts as zero."""
    canvas, data, left, slot, at = plot.canvas, plot.data, plot.left, plot.slot, plot.at
    floor = [0.0] * len(data.categories)
    xs = [left + slot * (index + 0.5) for index in range(len(data.categories))]
    for number, series in enumerate(data.series):
        top = [base + (value or 0.0) for base, value in zip(floor, series.values, strict=True)]
        upper = [(x, at(value)) for x, value in zip(xs, top, strict=True)]
        lower = [(x, at(value)) for x, value in zip(xs, floor, strict=True)]
        canvas.area([*upper, *reversed(lower)], colour_of(canvas.style, number))
        floor = top


def draw_scatter(data: ChartData, style: Style, label: str) -> str:
    """SVG of points, one colour a series."""
    canvas = Canvas(style)
    left, bottom, at = frame(canvas, data, ticks_of(data))
    places = data.places()
    ticks = axis_ticks(min(places), max(places))

    def across(value: float) -> float:
        inner = left + style.size
        return inner + (value - ticks[0]) / (ticks[-1] - ticks[0]) * (style.width - inner - style.size * 2)

    tick_labels(canvas, ticks, [f"{tick:.10g}" for tick in ticks], across, bottom + style.size * 1.5)
    canvas.text((style.width, bottom + style.size * 2.8), data.category_title, anchor="end", fill=style.grey)
    for number, series in enumerate(data.series):
        for index, (place, value) in enumerate(zip(places, series.values, strict=True)):
            if value is None:
                continue
            if error := series.error(index):
                error_bar(canvas, [(across(place), at(value - error)), (across(place), at(value + error))])
            canvas.dot(across(place), at(value), round(style.size * 0.3, 2), colour_of(style, number))
    return canvas.finish(bottom + style.size * 3.2, label)

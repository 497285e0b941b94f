"""Chart data and events → SVG, one drawing for web, print and slide handouts.

In: `ChartData` or events and a `Style`. Out: SVG text whose width and height are in points. Here stand what lies on its
side, bars and ranges, and the chronology; `upright` has columns, lines, areas and points, `pie` has shares of a whole.
"""

from __future__ import annotations

from collections.abc import Callable

from builder.charts.canvas import Canvas, Style, colour_of, draw_legend, wrap
from builder.charts.data import ChartData, Event, arrow_length, bound_of, format_number
from builder.charts.pie import draw_pie
from builder.charts.upright import draw_scatter, draw_upright, error_bar, tick_labels, ticks_of


def draw_chart(data: ChartData, style: Style, label: str = "") -> str:
    """SVG of ``data``; ``label`` is its alternative text."""
    return DRAWINGS[data.kind](data, style, label)


def _label_column(data: ChartData, style: Style) -> tuple[float, list[list[str]]]:
    """Width of the category column (at most 42 % of the drawing) and the wrapped labels."""
    limit = style.width * 0.42
    wrapped = [wrap(category, limit, style) for category in data.categories]
    return max(style.text_width(line) for lines in wrapped for line in lines), wrapped


def _category(canvas: Canvas, right: float, middle: float, lines: list[str]) -> None:
    """A wrapped category name, ending at ``right`` and centred on ``middle``."""
    size = canvas.style.size
    for offset, line in enumerate(lines):
        canvas.text((right, middle + size * (0.36 + 1.2 * (offset - (len(lines) - 1) / 2))), line, anchor="end")


def _bars(data: ChartData, style: Style, label: str) -> str:
    canvas = Canvas(style)
    column, wrapped = _label_column(data, style)
    ticks = ticks_of(data)
    stacked = data.kind == "stacked-bar"
    longest = format_number(max(data.extents() if stacked else data.numbers()), data.unit)
    left, right = column + style.size, style.width - style.text_width(longest) - style.size * 0.6

    def at(value: float) -> float:
        return left + (value - ticks[0]) / (ticks[-1] - ticks[0]) * (right - left)

    below_legend = draw_legend(canvas, data, left, 0)
    y = style.size * 0.3 + below_legend
    rows = 1 if stacked else len(data.series)
    natural = [max(rows * style.size * 1.375, len(lines) * style.size * 1.2) + style.size * 0.8 for lines in wrapped]
    stretch = (style.height - y - style.size * 0.3) / sum(natural) if style.height else 1.0
    bar = style.size * 1.25 * stretch
    for index, lines in enumerate(wrapped):
        height = natural[index] * stretch
        middle = y + height / 2
        _category(canvas, column, middle, lines)
        end = 0.0
        for number, series in enumerate(data.series):
            value = series.values[index]
            if value is None:
                continue
            top = middle - bar / 2 if stacked else middle + bar * 1.1 * (number - len(data.series) / 2)
            start = end if stacked else 0.0
            end = start + value
            canvas.rect(min(at(start), at(end)), top, abs(at(end) - at(start)), bar, colour_of(style, number))
            error = series.error(index) or 0.0
            if error:
                error_bar(canvas, [(at(end - error), top + bar / 2), (at(end + error), top + bar / 2)])
            if not stacked:
                x = max(at(0), at(end + error)) + style.size * 0.45
                canvas.text((x, top + bar / 2 + style.size * 0.36), format_number(value, data.unit))
        if stacked and end:
            canvas.text((at(end) + style.size * 0.45, middle + style.size * 0.36), format_number(end, data.unit))
        y += height
    canvas.line((at(0), below_legend), (at(0), y), style.ink, 0.5)
    return canvas.finish(y + style.size * 0.3, label)


def _ranges(data: ChartData, style: Style, label: str) -> str:
    canvas = Canvas(style)
    column, wrapped = _label_column(data, style)
    ticks = ticks_of(data)
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
        canvas.line((left, middle), (right, middle), style.rule)
        ends = [value for value in (low.values[index], high.values[index]) if value is not None]
        if bound := bound_of(low.values[index], high.values[index]):
            value, way = bound
            _arrow(canvas, at(value), at(value + way * arrow_length(ticks)), middle)
        elif len(ends) == 2 and ends[0] != ends[1]:
            canvas.line((at(ends[0]), middle), (at(ends[1]), middle), colour_of(style, 0), round(style.size * 0.27, 2))
        for value in ends:
            canvas.dot(at(value), middle, radius, colour_of(style, 0))
        y += height
    tick_labels(canvas, ticks, [format_number(tick, data.unit) for tick in ticks], at, y + style.size * 1.6)
    return canvas.finish(y + style.size * 2.2, label)


def _arrow(canvas: Canvas, start: float, tip: float, y: float) -> None:
    """A level arrow from ``start`` to ``tip``, as of a bound."""
    size, colour = canvas.style.size, colour_of(canvas.style, 0)
    back = tip - size * 0.6 if tip > start else tip + size * 0.6
    canvas.line((start, y), (back, y), colour, round(size * 0.16, 2))
    canvas.area([(back, y - size * 0.32), (tip, y), (back, y + size * 0.32)], colour)


def draw_timeline(events: tuple[Event, ...], style: Style, label: str = "") -> str:
    """SVG of a chronology: dates at the left, a rule with dots, the events wrapped at the right. It is no wider than
    they are, so that a narrow screen shows their words as large as it can.
    """
    canvas = Canvas(style)
    dates = max(style.text_width(event.date, bold=True) for event in events)
    rule = dates + style.size * 1.6
    left = rule + style.size * 1.4
    y = style.size * 1.4
    first, right = y, left
    rows = []
    for event in events:
        rows.append(y)
        canvas.text((dates, y), event.date, anchor="end", fill=style.colours[0], bold=True)
        lines = wrap(event.text, style.width - left, style)
        for offset, line in enumerate(lines):
            canvas.text((left, y + offset * style.size * 1.3), line)
            right = max(right, left + style.text_width(line))
        y += len(lines) * style.size * 1.3 + style.size * 0.7
    canvas.line((rule, first - style.size * 0.35), (rule, rows[-1] - style.size * 0.35), style.grey, 0.7)
    for row in rows:
        canvas.dot(rule, row - style.size * 0.35, round(style.size * 0.3, 2), style.colours[0])
    return canvas.finish(y - style.size * 0.5, label, min(right + style.size, style.width))


DRAWINGS: dict[str, Callable[[ChartData, Style, str], str]] = {
    "bar": _bars,
    "stacked-bar": _bars,
    "range": _ranges,
    "column": draw_upright,
    "stacked-column": draw_upright,
    "line": draw_upright,
    "area": draw_upright,
    "combined": draw_upright,
    "scatter": draw_scatter,
    "pie": draw_pie,
    "doughnut": draw_pie,
}

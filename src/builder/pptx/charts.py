"""Chart data → a native chart part with its own workbook, styled in theme colours."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.packuri import PackURI
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.util import Pt
from xlsxwriter import Workbook

from builder.charts.data import STACKED, WHOLE, ChartData, axis_ticks
from builder.charts.upright import ticks_of
from builder.pptx.chart_parts import (
    add_error_bars,
    explicit_switches,
    number_format,
    positive_axis_ids,
    take_out_lines,
    unbroken,
)
from builder.pptx.package.serialize import rezipped
from builder.pptx.ranges import grid_lines, range_data, style_range
from builder.store.text import clean

KINDS = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked-bar": XL_CHART_TYPE.BAR_STACKED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked-column": XL_CHART_TYPE.COLUMN_STACKED,
    "combined": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "area": XL_CHART_TYPE.AREA_STACKED,
    "scatter": XL_CHART_TYPE.XY_SCATTER,
    "range": XL_CHART_TYPE.XY_SCATTER_LINES,
    "pie": XL_CHART_TYPE.PIE,
    "doughnut": XL_CHART_TYPE.DOUGHNUT,
}
SIDEWAYS = ("bar", "stacked-bar")
THEME = [getattr(MSO_THEME_COLOR, f"ACCENT_{n}") for n in range(1, 7)]
SECOND_ROUND = 0.45
"""How much lighter colours are when they are used a second time."""
LONGEST_CELL = 32_767
"""Characters that a cell of a workbook holds."""
WORDS_STAY_WORDS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def chart_part(data: ChartData, package: Any, number: int, size: float) -> ChartPart:
    """A chart part named by ``number``; its text has a size of ``size`` points."""
    data = in_xml(data)
    chart_data: Any = {"range": range_data, "scatter": _points}.get(data.kind, _chart_data)(data)
    part: ChartPart = ChartPart.load(
        PackURI(f"/ppt/charts/chart{number}.xml"), CT.DML_CHART, package, chart_data.xml_bytes(KINDS[data.kind])
    )
    workbook = rezipped(workbook_of(chart_data), {"docProps/core.xml": lambda xml: _CREATED.sub(b"", xml)})
    sheet = EmbeddedXlsxPart(
        PackURI(f"/ppt/embeddings/Microsoft_Excel_Sheet{number}.xlsx"), CT.SML_SHEET, package, workbook
    )
    part.chart_workbook.xlsx_part = sheet
    if data.kind == "range":
        style_range(part.chart, data, size)
    elif data.kind in WHOLE:
        _style_whole(part.chart, data, size)
    else:
        _style(part.chart, data, size)
    positive_axis_ids(part.chart)
    explicit_switches(part.chart)
    return part


def in_xml(data: ChartData) -> ChartData:
    """``data`` with names that XML and a cell of a workbook can hold."""

    def held(name: str) -> str:
        return clean(name)[:LONGEST_CELL]

    names = tuple(map(held, data.categories))
    series = tuple(replace(series, name=held(series.name)) for series in data.series)
    unit = clean(data.unit).replace('"', "″")  # it stands in quotes in formats of numbers
    return replace(data, categories=names, series=series, category_title=clean(data.category_title), unit=unit)


def workbook_of(chart_data: Any) -> bytes:
    """The .xlsx file behind a chart, in which names stay words; python-pptx lets them become formulas and links."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, **WORDS_STAY_WORDS}) as workbook:
        writer = chart_data._workbook_writer  # noqa: SLF001 - the cells that the chart's XML refers to
        writer._populate_worksheet(workbook, workbook.add_worksheet())  # noqa: SLF001
    return out.getvalue()


def _points(data: ChartData) -> XyChartData:
    """The workbook of a chart of points."""
    chart = XyChartData(number_format=number_format(data))
    for series in data.series:
        row = chart.add_series(series.name)
        for place, value in zip(data.places(), series.values, strict=True):
            if value is not None:
                row.add_data_point(place, value)
    return chart


def _chart_data(data: ChartData) -> CategoryChartData:
    """The workbook's content."""
    chart = CategoryChartData(number_format=number_format(data))
    chart.categories = data.categories
    for series in data.series:
        chart.add_series(series.name, series.values)
    return chart


def _style_whole(chart: Any, data: ChartData, size: float) -> None:
    """A pie or doughnut: slices in theme colours, names and shares in a list at the right, numbers on the slices."""
    chart.font.size = Pt(size)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.RIGHT
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(size)
    plot = chart.plots[0]
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value, labels.show_percentage = True, False
    labels.number_format_is_linked = False
    if data.kind == "pie":
        labels.number_format = _number_format(data)
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        unbroken(labels, size)
    else:  # the numbers stand on the ring
        labels.number_format = number_format(data)
        unbroken(labels, size)
        labels.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    for index in range(len(data.categories)):
        fill = plot.series[0].points[index].format.fill
        fill.solid()
        fill.fore_color.theme_color = THEME[index % len(THEME)]
        if index >= len(THEME):
            fill.fore_color.brightness = SECOND_ROUND


def _style(chart: Any, data: ChartData, size: float) -> None:
    chart.font.size = Pt(size)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    chart.has_title = False
    many = len(data.series) > 1
    stacked = data.kind in STACKED
    chart.has_legend = many
    if many:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(size)
    _axes(chart, data, size)
    plot = chart.plots[0]
    if data.kind in ("bar", "column", "combined", "stacked-bar", "stacked-column"):
        plot.gap_width = 45
        plot.overlap = 100 if stacked else -5 if many else 0
    if data.kind == "combined":
        take_out_lines(chart, data)
    for index, series in enumerate(series for plot in chart.plots for series in plot.series):
        _series(series, data, index)
    if any(series.errors for series in data.series):
        add_error_bars(chart, data)
    if data.has_labels:
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        unbroken(labels, size)
        labels.number_format_is_linked = False
        labels.number_format = _number_format(data)


def _number_format(data: ChartData) -> str:
    pattern = number_format(data)
    return f'{pattern}"\u202f{data.unit}"' if data.unit else pattern


def _axes(chart: Any, data: ChartData, size: float) -> None:
    value, category = chart.value_axis, chart.category_axis
    value.visible = data.kind not in SIDEWAYS
    value.has_major_gridlines = False
    if data.kind not in SIDEWAYS:
        grid_lines(value)
    value.format.line.fill.background()
    value.tick_labels.font.size = Pt(size)
    value.tick_labels.number_format_is_linked = False
    value.tick_labels.number_format = _number_format(data)
    if data.kind == "scatter":
        ticks = ticks_of(data)
        value.minimum_scale, value.maximum_scale = ticks[0], ticks[-1]
        places = axis_ticks(min(data.places()), max(data.places()))
        category.minimum_scale, category.maximum_scale = places[0], places[-1]
        category.tick_labels.number_format_is_linked = False
        category.tick_labels.number_format = "General"
        category.has_title = True
        category.axis_title.text_frame.text = data.category_title
        category.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    if data.kind in ("bar", "column") and min(data.numbers()) < 0:
        ticks = ticks_of(data)
        value.minimum_scale = 2 * ticks[0] - ticks[1]  # room for numbers below the bars, beside the categories' names
    category.reverse_order = data.kind in SIDEWAYS  # or the first would stand at the bottom
    category.tick_labels.font.size = Pt(size)
    category.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_1
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    category.has_major_gridlines = False


def _series(series: Any, data: ChartData, index: int) -> None:
    """The colours of one series; ``index`` is its place in the data."""
    colour = THEME[index % len(THEME)]
    if data.kind == "scatter":
        series.format.line.fill.background()
        series.marker.style = XL_MARKER_STYLE.CIRCLE
        series.marker.size = 8
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.theme_color = colour
        series.marker.format.line.fill.background()
        return
    if data.kind == "line" or data.series[index].as_line:
        series.format.line.color.theme_color = colour
        series.format.line.width = Pt(2.5)
        series.smooth = False
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.theme_color = colour
        return
    series.format.fill.solid()
    series.format.fill.fore_color.theme_color = colour
    if data.kind != "area":
        series.invert_if_negative = False

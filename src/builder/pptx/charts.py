"""Chart data → a native chart part with its own workbook, styled in theme colours."""

from __future__ import annotations

import re
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.util import Pt

from builder.charts.data import ChartData
from builder.pptx.package import rezipped
from builder.pptx.ranges import grid_lines, range_data, style_range

KINDS = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "range": XL_CHART_TYPE.XY_SCATTER_LINES,
}
THEME = [getattr(MSO_THEME_COLOR, f"ACCENT_{n}") for n in range(1, 7)]
_CREATED = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def chart_part(data: ChartData, package: Any, number: int, size: float) -> ChartPart:
    """A chart part named by ``number``; type of its text is ``size`` points."""
    chart_data = range_data(data) if data.kind == "range" else _chart_data(data)
    part = ChartPart.load(
        PackURI(f"/ppt/charts/chart{number}.xml"), CT.DML_CHART, package, chart_data.xml_bytes(KINDS[data.kind])
    )
    workbook = rezipped(
        chart_data._workbook_writer.xlsx_blob, {"docProps/core.xml": lambda xml: _CREATED.sub(b"", xml)}
    )
    sheet = EmbeddedXlsxPart(
        PackURI(f"/ppt/embeddings/Microsoft_Excel_Sheet{number}.xlsx"), CT.SML_SHEET, package, workbook
    )
    part._element.get_or_add_externalData().rId = part.relate_to(sheet, RT.PACKAGE)
    if data.kind == "range":
        style_range(part.chart, data, size)
    else:
        _style(part.chart, data, size)
    return part


def _chart_data(data: ChartData) -> CategoryChartData:
    """The workbook's content; bars are drawn from the bottom, so their order is turned round."""
    chart = CategoryChartData(number_format="#,##0.##" if any(n % 1 for n in data.numbers()) else "#,##0")
    order = range(len(data.categories) - 1, -1, -1) if data.kind == "bar" else range(len(data.categories))
    chart.categories = [data.categories[i] for i in order]
    for series in data.series:
        chart.add_series(series.name, [series.values[i] for i in order])
    return chart


def _style(chart: Any, data: ChartData, size: float) -> None:
    chart.font.size = Pt(size)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    chart.has_title = False
    many = len(data.series) > 1
    chart.has_legend = many
    if many:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(size)
    _axes(chart, data, size)
    plot = chart.plots[0]
    if data.kind in ("bar", "column"):
        plot.gap_width = 45
        plot.overlap = -5 if many else 0
    for index, series in enumerate(plot.series):
        _series(series, data, index)
    if data.kind == "bar" or (data.kind == "column" and len(data.categories) <= 8):
        plot.has_data_labels = True
        labels = plot.data_labels
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.size = Pt(size)
        labels.number_format_is_linked = False
        labels.number_format = _number_format(data)


def _number_format(data: ChartData) -> str:
    pattern = "#,##0.##" if any(n % 1 for n in data.numbers()) else "#,##0"
    return f'{pattern}"\u202f{data.unit}"' if data.unit else pattern


def _axes(chart: Any, data: ChartData, size: float) -> None:
    value, category = chart.value_axis, chart.category_axis
    value.visible = data.kind != "bar"
    value.has_major_gridlines = False
    if data.kind != "bar":
        grid_lines(value)
    value.format.line.fill.background()
    value.tick_labels.font.size = Pt(size)
    value.tick_labels.number_format_is_linked = False
    value.tick_labels.number_format = _number_format(data)
    category.tick_labels.font.size = Pt(size)
    category.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_1
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    category.has_major_gridlines = False


def _series(series: Any, data: ChartData, index: int) -> None:
    colour = THEME[index % len(THEME)]
    if data.kind == "line":
        series.format.line.color.theme_color = colour
        series.format.line.width = Pt(2.5)
        series.smooth = False
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.theme_color = colour
        return
    series.format.fill.solid()
    series.format.fill.fore_color.theme_color = colour
    series.invert_if_negative = False

"""A dot-and-range chart in PowerPoint: an XY chart with a series of one or two points for each row, and arrows.

The arrows are error bars. Stacked bars hide a range of length 0, and LibreOffice draws no custom error bars.
"""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from builder.charts.canvas import FAINT
from builder.charts.data import ChartData, arrow_length, bound_of
from builder.charts.upright import ticks_of
from builder.pptx.chart_parts import CHART, DRAWING, number_format
from builder.typeset.measure import face


def grid_lines(axis: Any) -> None:
    """Faint lines across a chart, in the theme's colour of text, so that they follow a change of theme: what a template
    has for tints may be dark."""
    axis.has_major_gridlines = True
    line = axis.major_gridlines.format.line
    line.color.theme_color = MSO_THEME_COLOR.TEXT_1
    (colour,) = axis.major_gridlines._element.iter(qn("a:schemeClr"))  # noqa: SLF001 - python-pptx knows no alpha
    etree.SubElement(colour, qn("a:alpha")).set("val", f"{FAINT * 100000:.0f}")


def style_range(chart: Any, data: ChartData, size: float) -> None:
    """Names at the axis; each row a dot, two dots joined by a bar, or a dot with an arrow that has no end."""
    chart.font.size = Pt(size)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    chart.has_title = False
    chart.has_legend = False
    ticks = ticks_of(data)
    value, rows = chart.category_axis, chart.value_axis
    value.minimum_scale, value.maximum_scale, value.major_unit = ticks[0], ticks[-1], ticks[1] - ticks[0]
    value.has_major_gridlines = False
    value.tick_labels.number_format_is_linked = False
    value.tick_labels.number_format = f'#,##0"\u202f{data.unit}"' if data.unit else "#,##0"
    value.format.line.fill.background()
    rows.minimum_scale, rows.maximum_scale, rows.major_unit = 0.4, len(data.categories) + 0.6, 1
    rows.visible = False
    grid_lines(rows)
    names, *rows_of_points = chart.plots[0].series
    names.format.line.fill.background()
    names.marker.style = XL_MARKER_STYLE.NONE
    for row, category in enumerate(data.categories):
        label = names.points[row].data_label
        label.text_frame.word_wrap = False
        label.text_frame.text = category
        label.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
        label.position = XL_LABEL_POSITION.LEFT
    for series in rows_of_points:
        series.format.line.color.theme_color = MSO_THEME_COLOR.ACCENT_1
        series.format.line.width = Pt(4)
        series.smooth = False
        series.marker.style = XL_MARKER_STYLE.CIRCLE
        series.marker.size = 11
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
        series.marker.format.line.fill.background()
    _draw_bounds(chart, data, arrow_length(ticks))
    _leave_room(chart, data, size)


def range_data(data: ChartData) -> XyChartData:
    """The workbook: a series that carries the names at the axis, then one for each row, from the top."""
    low, high = data.series
    first = ticks_of(data)[0]
    chart = XyChartData(number_format=number_format(data))
    names = chart.add_series(data.category_title)
    count = len(data.categories)
    for row in range(count):
        names.add_data_point(first, count - row)
    for row, category in enumerate(data.categories):
        series = chart.add_series(category)
        for value in dict.fromkeys(v for v in (low.values[row], high.values[row]) if v is not None):
            series.add_data_point(value, count - row)
    return chart


def _draw_bounds(chart: Any, data: ChartData, length: float) -> None:
    """Draw an arrow at each row with one end: an error bar of one side, so that the workbook has no invented end."""
    low, high = data.series
    _names, *rows = chart.element.iter(qn("c:ser"))
    for row, series in enumerate(rows):
        if bound := bound_of(low.values[row], high.values[row]):
            series.find(qn("c:xVal")).addprevious(parse_xml(arrow(length, "plus" if bound[1] > 0 else "minus")))


def arrow(length: float, side: str) -> str:
    """``c:errBars`` along the value axis, on one ``side``, with a triangle (ECMA-376 part 1, 21.2.2.55, 20.1.8.57)."""
    return (
        f'<c:errBars xmlns:c="{CHART}" xmlns:a="{DRAWING}"><c:errDir val="x"/><c:errBarType val="{side}"/>'
        f'<c:errValType val="fixedVal"/><c:noEndCap val="1"/><c:val val="{length:g}"/>'
        '<c:spPr><a:ln w="31750"><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        '<a:tailEnd type="triangle" w="med" len="med"/></a:ln></c:spPr></c:errBars>'
    )


def _leave_room(chart: Any, data: ChartData, size: float) -> None:
    """Keep the left of the chart free for the names (CT_ManualLayout, 21.2.2.95)."""
    longest = max(face("Arial").width(category, size) for category in data.categories)
    share = min(0.55, (longest + 16) / 850)
    layout = (
        f'<c:layout xmlns:c="{CHART}"><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/><c:x val="{share:.4f}"/><c:y val="0.02"/><c:w val="{0.95 - share:.4f}"/>'
        '<c:h val="0.82"/></c:manualLayout></c:layout>'
    )
    plot_area = chart.element.chart.plotArea
    existing = plot_area.find(qn("c:layout"))
    if existing is not None:
        plot_area.remove(existing)
    plot_area.insert(0, etree.fromstring(layout))

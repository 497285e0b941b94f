"""Parts of a chart that python-pptx does not write (ECMA-376 part 1, 21.2.2): lines among columns, error bars, labels
in one line; and how its numbers are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from builder.charts.data import ChartData
from builder.pptx.package.namespaces import URIS

SWITCHES = ("c:autoTitleDeleted", "c:delete", "c:overlay", "c:showVal", "c:showPercent", "c:smooth", "c:varyColors")
"""Elements of a chart that are on where they have no value (``CT_Boolean``, 21.2.3.5)."""
CHART, DRAWING = URIS["c"], URIS["a"]
THOUSAND = 1000
"""Numbers from here on are parted by commas."""


def take_out_lines(chart: Any, data: ChartData) -> None:
    """Move the series that are drawn as lines out of the columns into a line chart on the same axes."""
    columns = chart.element.find(f".//{qn('c:barChart')}")
    names = [series.name for series in data.series if series.as_line]
    lines = parse_xml(
        f'<c:lineChart xmlns:c="{CHART}"><c:grouping val="standard"/><c:varyColors val="0"/><c:marker val="1"/>'
        "</c:lineChart>"
    )
    marker = lines[-1]
    for series in columns.findall(qn("c:ser")):
        if series.findtext(f"{qn('c:tx')}//{qn('c:v')}") in names:
            invert = series.find(qn("c:invertIfNegative"))
            if invert is not None:
                series.remove(invert)
            etree.SubElement(series, qn("c:smooth")).set("val", "0")
            marker.addprevious(series)
    for axis in columns.findall(qn("c:axId")):
        etree.SubElement(lines, qn("c:axId")).set("val", axis.get("val"))
    columns.addnext(lines)


def add_error_bars(chart: Any, data: ChartData) -> None:
    """Give each series that has errors its bars."""
    by_name = {series.name: series for series in data.series}
    for element in chart.element.iter(qn("c:ser")):
        series = by_name.get(element.findtext(f"{qn('c:tx')}//{qn('c:v')}"))
        if series is not None and series.errors:
            values = [
                error
                for error, value in zip(series.errors, series.values, strict=True)
                if data.kind != "scatter" or value is not None
            ]
            values_element = next(child for child in element if child.tag in (qn("c:cat"), qn("c:xVal"), qn("c:val")))
            values_element.addprevious(etree.fromstring(error_bars(values, direction=data.kind == "scatter")))


def error_bars(values: Sequence[float | None], *, direction: bool) -> str:
    """``c:errBars`` with a length for each point; only points have a choice of ``direction``."""
    along = '<c:errDir val="y"/>' if direction else ""
    points = "".join(f'<c:pt idx="{index}"><c:v>{value:g}</c:v></c:pt>' for index, value in enumerate(values) if value)
    literal = f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'
    return (
        f'<c:errBars xmlns:c="{CHART}" xmlns:a="{DRAWING}">{along}<c:errBarType val="both"/>'
        f'<c:errValType val="cust"/><c:noEndCap val="0"/><c:plus>{literal}</c:plus><c:minus>{literal}</c:minus>'
        '<c:spPr><a:ln w="15875"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )


def explicit_switches(chart: Any) -> None:
    """Write the value of each switch that python-pptx leaves to the schema: LibreOffice takes one without a value for
    off where the template was last saved by Office 2007.
    """
    for name in SWITCHES:
        for element in chart.element.iter(qn(name)):
            element.set("val", element.get("val", "1"))


def positive_axis_ids(chart: Any) -> None:
    """Write ids of axes without the sign that python-pptx gives them, which the schema forbids (ST_UnsignedInt)."""
    for name in ("c:axId", "c:crossAx"):
        for element in chart.element.iter(qn(name)):
            element.set("val", element.get("val").lstrip("-"))


def number_format(data: ChartData) -> str:
    """The format of a chart's numbers, without its unit, in which none loses digits: PowerPoint writes 30 in the format
    ``0.##`` as ``30.``.
    """
    numbers = data.numbers()
    if any(n % 1 for n in numbers) and all(abs(n) < THOUSAND for n in numbers):
        return "General"
    decimals = max((len(f"{n:.10g}".partition(".")[2]) for n in numbers if n % 1), default=0)
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def unbroken(labels: Any, size: float) -> None:
    """Let each label of a chart, set in ``size`` points, stand in one line: LibreOffice breaks them within words."""
    labels.font.size = Pt(size)
    next(labels._element.iter(qn("a:bodyPr"))).set("wrap", "none")  # noqa: SLF001

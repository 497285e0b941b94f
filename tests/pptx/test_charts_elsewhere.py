"""Charts as other programs read them: what the schema leaves out is written, and lines are those of the ground."""

from __future__ import annotations

from pptx import Presentation
from pptx.oxml.ns import qn

from builder.charts.data import ChartData, Series
from builder.pptx.charts import chart_part


def test_what_is_on_by_default_is_written_and_lines_are_in_the_colour_of_text() -> None:
    """LibreOffice showed axes that are off in templates of Office 2007; tints of other themes are dark."""
    data = ChartData("bar", ("a", "b"), (Series("s", (1.0, 2.0)),), "x")
    chart = chart_part(data, Presentation().part.package, 1, 14).chart.element
    assert {element.get("val") for element in chart.iter(qn("c:delete"))} == {"0", "1"}
    column = ChartData("column", ("a", "b"), (Series("s", (1.0, 2.0)), Series("t", (2.0, 1.0))), "x")
    chart = chart_part(column, Presentation().part.package, 2, 14).chart.element
    (lines,) = chart.iter(qn("c:majorGridlines"))
    (colour,) = lines.iter(qn("a:schemeClr"))
    assert colour.get("val") == "tx1"
    assert colour.find(qn("a:alpha")).get("val") == "14000"

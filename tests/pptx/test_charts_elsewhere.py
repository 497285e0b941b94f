"""Charts as other programs read them: what the schema leaves out is written, and lines are those of the ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from builder.charts.data import ChartData, Series
from builder.pptx.charts import chart_part

from conftest import Book


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


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        ((30.0, 1.2), "General"),
        ((30.0, 1.0), "#,##0"),
        ((3000.0, 1.2), "#,##0.0"),
        ((3000.0, 1.0), "#,##0"),
        ((3000.0, 1.25), "#,##0.00"),
    ],
)
def test_numbers_without_decimals_have_no_point_beside_those_that_have(values: tuple[float, ...], pattern: str) -> None:
    """PowerPoint writes 30 in the format `#,##0.##` as `30.`."""
    data = ChartData("bar", ("a", "b"), (Series("s", values),), "x", unit="miles")
    chart = chart_part(data, Presentation().part.package, 1, 14).chart.element
    assert {found.get("formatCode") for found in chart.iter(qn("c:numFmt"))} == {f'{pattern}"\u202fmiles"'}


@pytest.mark.parametrize("kind", ["bar", "column", "pie", "doughnut"])
def test_labels_of_bars_and_slices_stand_in_one_line(kind: str) -> None:
    """LibreOffice broke *nautical miles* within its words."""
    data = ChartData(kind, ("a", "b"), (Series("s", (30.0, 2.0)),), "x", unit="nautical miles")
    chart = chart_part(data, Presentation().part.package, 1, 14).chart.element
    (labels,) = chart.iter(qn("c:dLbls"))
    assert labels.find(f"{qn('c:txPr')}/{qn('a:bodyPr')}").get("wrap") == "none"


def test_events_of_one_line_stay_so_where_a_program_has_not_their_face(book: Book) -> None:
    """A wider face broke the year 1741 into 17 and 41."""
    book.write("years.csv", "date,event\n1735,H1 with two balances that swing against each other\n1741,H2\n")
    timeline = "```{timeline} years.csv\n:class: slide\n:alt: Two clocks.\n```\n"
    deck = book.build(f"# Chapter\n\n{{.slide}}\n## Clocks\n\n{timeline}", "--to", "pptx").deck()
    wraps = {body.getparent().findtext(f".//{qn('a:t')}"): body.get("wrap") for body in bodies(deck)}
    assert wraps == {"1735": "square", "1741": "none"}


def bodies(deck: Any) -> Iterator[Any]:
    """The `a:bodyPr` of the words of events."""
    for slide in deck.slides:
        for group in slide.shapes:
            if group.name == "Timeline":
                yield from (one._element.txBody.bodyPr for one in group.shapes if one.name in ("Event 1", "Event 2"))

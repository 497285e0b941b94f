"""Charts: data from CSV, drawn in SVG for the book and natively on the slide."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.charts.data import ChartData, Event, Series, axis_ticks, format_number, read_chart
from builder.charts.svg import Style, draw_chart, draw_timeline
from builder.errors import Source

from conftest import Book

SVG = "{http://www.w3.org/2000/svg}"


def chart(kind: str) -> ChartData:
    values = (Series("low", (20.0, 3.0)), Series("high", (35.0, 3.0)))
    return ChartData(kind, ("A < B", "C & D"), values, "what", "%")


@pytest.mark.parametrize("kind", ["bar", "column", "line", "range"])
def test_each_kind_draws_its_names_and_is_described(kind: str) -> None:
    root = ElementTree.fromstring(draw_chart(chart(kind), Style(), 'A label with "quotes"'))
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert {"A < B", "C & D"} <= set(texts)
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'A label with "quotes"'


def test_bars_are_in_proportion() -> None:
    data = ChartData("bar", ("a", "b"), (Series("n", (10.0, 20.0)),), "x")
    root = ElementTree.fromstring(draw_chart(data, Style()))
    first, second = (float(element.get("width", 0)) for element in root.iter(f"{SVG}rect"))
    assert second == pytest.approx(2 * first, rel=0.01)


def test_drawing_stays_in_its_width() -> None:
    data = ChartData("bar", ("a rather long name of a category that wraps " * 2,), (Series("n", (123456.0,)),), "x")
    style = Style(width=300)
    for element in ElementTree.fromstring(draw_chart(data, style)).iter(f"{SVG}text"):
        width = style.text_width(element.text or "")
        x = float(element.get("x", 0))
        start = {"start": x, "end": x - width, "middle": x - width / 2}[element.get("text-anchor", "start")]
        assert start >= -0.5
        assert start + width <= 300.5


def test_timeline_names_each_event() -> None:
    svg = draw_timeline((Event("1930", "One"), Event("1931", "Two")), Style())
    assert all(words in svg for words in ("1930", "One", "1931", "Two"))


def test_thousands_and_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('a,b\nx,"1,300"\ny,\n')
    data = read_chart(path, "x.csv", Source("c.md", 1), kind="bar", x="a", y=("b",))
    assert data.series[0].values == (1300.0, None)


@pytest.mark.parametrize(
    ("value", "unit", "text"), [(20474, "", "20,474"), (2.75, "%", "2.75\u202f%"), (0.5, "", "0.5")]
)
def test_numbers_as_printed(value: float, unit: str, text: str) -> None:
    assert format_number(value, unit) == text


@given(st.floats(-1e9, 1e9), st.floats(0.001, 1e9))
def test_ticks_span_the_values(low: float, span: float) -> None:
    ticks = axis_ticks(low, low + span)
    slack = max((ticks[1] - ticks[0]) * 1e-6, abs(low) * 1e-12)
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + span - slack
    assert 2 <= len(ticks) <= 14


def test_native_range_chart_holds_the_numbers(book: Book) -> None:
    book.write("d.csv", "who,low,high\nA,20,20\nB,20,35\n")
    result = book.build("# One\n\n```{chart} d.csv\n:type: range\n:x: who\n:y: low, high\n:class: slide\n\nC\n```\n")
    assert result.status == 0, result.errors
    found = next(shape.chart for slide in result.deck().slides for shape in slide.shapes if shape.has_chart)
    values = {
        series.name: [float(v.text) for v in series._element.findall("{*}xVal//{*}pt/{*}v")]
        for series in found.plots[0].series
    }
    assert values["A"] == [20.0]
    assert values["B"] == [20.0, 35.0]


def test_data_table_is_reachable_in_the_web_book(book: Book) -> None:
    book.write("d.csv", "who,count\nA & B,20\n")
    result = book.build("# One\n\n```{chart} d.csv\n:x: who\n:y: count\n\nC\n```\n")
    page = (result.folder / "_build/html/chapter.html").read_text()
    assert "<summary>Data of this figure</summary>" in page
    assert "<td>A &amp; B</td><td>20</td>" in page
    assert "<svg" in page

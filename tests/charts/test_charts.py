"""Charts: data from CSV, drawn in SVG for the book and natively on the slide."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation

from builder.charts.canvas import Style
from builder.charts.data import ChartColumns, ChartData, Event, Series, axis_ticks, format_number, read_chart
from builder.charts.svg import draw_chart, draw_timeline
from builder.errors import Source
from builder.pptx.package.conform import problems

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


@pytest.mark.parametrize("kind", ["bar", "stacked-bar"])
def test_the_axis_of_bars_begins_below_the_legend(kind: str) -> None:
    root = ElementTree.fromstring(draw_chart(chart(kind), Style()))
    legend = min(root.iter(f"{SVG}rect"), key=lambda element: float(element.get("y", 0)))
    foot = float(legend.get("y", 0)) + float(legend.get("height", 0))
    assert [min(float(line.get("y1", 0)), float(line.get("y2", 0))) > foot for line in root.iter(f"{SVG}line")] == [
        True
    ]


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


def test_a_timeline_is_as_wide_as_its_words_and_no_wider_than_the_page() -> None:
    def width(words: str) -> float:
        svg = draw_timeline((Event("1930", "One"), Event("1931", words)), Style())
        return float(svg.split('width="')[1].split("pt")[0])

    assert width("Two") < width("Two and three") < Style().width
    assert width("Two and three " * 20) <= Style().width


def test_thousands_and_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('a,b\nx,"1,300"\ny,\n')
    data = read_chart(path, "x.csv", Source("c.md", 1), ChartColumns("bar", "a", ("b",)))
    assert data.series[0].values == (1300.0, None)


@pytest.mark.parametrize(
    ("value", "unit", "text"), [(20474, "", "20,474"), (2.75, "%", "2.75\u202f%"), (0.5, "", "0.5")]
)
def test_numbers_as_printed(value: float, unit: str, text: str) -> None:
    assert format_number(value, unit) == text


@pytest.mark.parametrize(("width", "labels"), [(900, 7), (150, 4)])
def test_labels_of_ticks_do_not_touch(width: float, labels: int) -> None:
    """Seven numbers of five figures ran into each other below a narrow chart."""
    ends = Series("low", (20000.0, 29000.0)), Series("high", (20000.0, 30000.0))
    style = Style(width=width)
    root = ElementTree.fromstring(draw_chart(ChartData("range", ("a", "b"), ends, "x"), style))
    ticks = [one for one in root.iter(f"{SVG}text") if "," in (one.text or "")]
    assert len(ticks) == labels
    middles = [float(one.attrib["x"]) for one in ticks]
    assert all(after - one > style.text_width("32,500") for one, after in pairwise(middles))


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


DATA = "year,a,b,e\n1930,10,5,1.5\n1931,14,7,2\n1932,9,9,1\n"
KINDS = {
    "bar": ("barChart", ":y: a, b\n:errors: e, e"),
    "stacked-bar": ("barChart", ":y: a, b"),
    "column": ("barChart", ":y: a"),
    "stacked-column": ("barChart", ":y: a, b"),
    "line": ("lineChart", ":y: a, b\n:errors: e, e"),
    "area": ("areaChart", ":y: a, b"),
    "scatter": ("scatterChart", ":y: a, b\n:errors: e, e"),
    "pie": ("pieChart", ":y: a"),
    "doughnut": ("doughnutChart", ":y: a"),
    "combined": ("barChart", ":y: a, b\n:lines: b"),
}


def chart_of(book: Book, kind: str, options: str, data: str = DATA, unit: str = ""):
    book.write("d.csv", data)
    return book.build(
        f"# One\n\n```{{chart}} d.csv\n:type: {kind}\n:x: year\n{options}\n:class: slide\n{unit}\nA caption\n```\n"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_native_with_its_workbook_and_drawn_in_the_book(book: Book, kind: str) -> None:
    element, options = KINDS[kind]
    result = chart_of(book, kind, options)
    assert result.status == 0, result.errors
    found = next(shape.chart for slide in result.deck().slides for shape in slide.shapes if shape.has_chart)
    assert found._chartSpace.find(f".//{{*}}{element}") is not None
    workbook = zipfile.ZipFile(io.BytesIO(found.part.chart_workbook.xlsx_part.blob))
    cells = ElementTree.fromstring(workbook.read("xl/worksheets/sheet1.xml")).findall(".//{*}v")
    assert {"10", "14", "9"} <= {cell.text for cell in cells}
    assert problems(result.pptx()) == []
    page = (result.folder / "_build/html/chapter.html").read_text()
    assert "<svg" in page


def test_columns_with_a_line_share_their_axes(book: Book) -> None:
    space = next(
        shape.chart._chartSpace
        for slide in chart_of(book, "combined", ":y: a, b\n:lines: b").deck().slides
        for shape in slide.shapes
        if shape.has_chart
    )
    columns, line = space.find(".//{*}barChart"), space.find(".//{*}lineChart")
    names = [[tx.findtext(".//{*}v") for tx in plot.iter("{*}tx")] for plot in (columns, line)]
    assert names == [["a"], ["b"]]
    axes = [[axis.get("val") for axis in plot.findall("{*}axId")] for plot in (columns, line)]
    assert axes[0] == axes[1]


def test_error_bars_have_the_lengths_of_their_column(book: Book) -> None:
    result = chart_of(book, "column", ":y: a\n:errors: e")
    space = next(s.chart._chartSpace for slide in result.deck().slides for s in slide.shapes if s.has_chart)
    assert [v.text for v in space.findall(".//{*}errBars/{*}plus//{*}v")] == ["1.5", "2", "1"]
    page = (result.folder / "_build/html/chapter.html").read_text()
    assert "<td>10 ± 1.5</td>" in page


@pytest.mark.parametrize(
    ("kind", "options", "data", "words"),
    [
        ("pie", ":y: a, b", DATA, "a chart of type 'pie' needs one column in :y:"),
        ("area", ":y: a\n:errors: e", DATA, "a chart of type 'area' has no error bars; those that have are bar,"),
        ("line", ":y: a, b\n:errors: e", DATA, ":errors: needs as many columns as :y:, which has 2."),
        ("combined", ":y: a, b", DATA, ":lines: and the type 'combined' go together"),
        ("combined", ":y: a\n:lines: b", DATA, ":lines: names 'b', which is not in :y:."),
        ("combined", ":y: a\n:lines: a", DATA, "one column of :y: at least is no line"),
        ("stacked-bar", ":y: a", "year,a\n1,-2\n", "adds its values up, so none may be below zero."),
        ("pie", ":y: a", "year,a\n1,0\n", "needs a value above zero."),
        ("scatter", ":y: a", "year,a\nlate,2\n", "'late' in column 'year', line 2 of 'd.csv', is not a number."),
        (
            "line",
            ":y: a",
            "year,a\n" + "1,2\n" * 100_000,
            "has 100,000 rows, and a chart of type 'line' can show 10,000",
        ),
    ],
)
def test_what_a_kind_cannot_show_is_said(book: Book, kind: str, options: str, data: str, words: str) -> None:
    result = chart_of(book, kind, options, data)
    assert result.status == 1
    assert "chapter.md:3: ERROR: " in result.errors
    assert words in result.errors
    shown = "".join(slide.part.blob.decode() for slide in result.deck().slides)
    assert re.sub("['‘’]", "", words) in re.sub("['‘’]", "", shown)


def test_names_that_would_run_into_each_other_are_thinned_out() -> None:
    years = tuple(str(year) for year in range(1900, 2000))
    data = ChartData("line", years, (Series("n", tuple(map(float, range(100)))),), "year")
    root = ElementTree.fromstring(draw_chart(data, Style()))
    shown = [element.text for element in root.iter(f"{SVG}text") if (element.text or "").startswith(("19", "20"))]
    assert 8 < len(shown) < 40


def cells(deck: Presentation) -> tuple[list[str], str, list[str]]:
    """Words of the workbook behind the first chart, the XML of its sheet, and the names of its parts."""
    chart = next(shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart)
    archive = zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    words = etree.fromstring(archive.read("xl/sharedStrings.xml"))
    return (
        ["".join(item.itertext()) for item in words],
        archive.read("xl/worksheets/sheet1.xml").decode(),
        archive.namelist(),
    )


@pytest.mark.parametrize("kind", ["bar", "column", "line", "pie", "range", "stacked-bar"])
def test_names_stay_words_in_the_workbook_behind_a_chart(book: Book, kind: str) -> None:
    names = ["=cmd|'/c calc'!A0", '=HYPERLINK("http://evil.invalid")', "{=1+1}", "=1 sd", "http://evil.invalid/a", "+1", "-1", "@x", "007", "mailto:a@b.c"]  # fmt: skip
    rows = "".join(f'"{name.replace(chr(34), chr(34) * 2)}",{n},{n + 1}\n' for n, name in enumerate(names, start=1))
    book.write("d.csv", f'name,"=SUM(A1)","https://evil.invalid"\n{rows}')
    columns = "=SUM(A1), https://evil.invalid" if kind in ("range", "stacked-bar") else "=SUM(A1)"
    chart = f"# One\n\n```{{chart}} d.csv\n:x: name\n:y: {columns}\n:type: {kind}\n:class: slide\n\nA caption\n```\n"
    result = book.build(chart, "--to", "pptx")
    assert result.status == 0, result.errors
    words, sheet, parts = cells(result.deck())
    if kind != "range":  # whose names stand as labels in the chart alone
        assert set(names) <= set(words)
    assert "<f>" not in sheet
    assert "<f " not in sheet
    assert "<hyperlink" not in sheet
    assert not [part for part in parts if part.startswith("xl/worksheets/_rels")]


BOUNDS = "who,low,high\nA: so many,20,20\nB: at least,25,\nC: at most,,30\nD: between,20,35\n"


def test_a_range_with_one_end_is_a_dot_with_an_arrow(book: Book) -> None:
    book.write("d.csv", BOUNDS)
    result = book.build("# One\n\n```{chart} d.csv\n:type: range\n:x: who\n:y: low, high\n:class: slide\n\nC\n```\n")
    assert result.status == 0, result.errors
    page = (result.folder / "_build/html/chapter.html").read_text()
    heads = [[float(n) for n in re.split("[ ,]", points)] for points in re.findall(r'<polygon points="([^"]+)"', page)]
    assert "B: at least: at least 25; C: at most: at most 30; D: between: low 20, high 35." in page
    assert len(heads) == 2, "one arrow for each bound, none for a number or a range"
    dots = {round(float(y), 1): float(x) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', page)}
    (_, least, tip, _, _, _), (_, most, other, _, _, _) = heads
    assert tip > dots[min(dots, key=lambda y: abs(y - least))], "at least: to greater numbers"
    assert other < dots[min(dots, key=lambda y: abs(y - most))], "at most: to smaller ones"


def test_a_bound_is_an_arrow_in_the_deck_and_its_workbook_has_no_other_end(book: Book) -> None:
    book.write("d.csv", BOUNDS)
    result = book.build("# One\n\n```{chart} d.csv\n:type: range\n:x: who\n:y: low, high\n:class: slide\n\nC\n```\n")
    found = next(shape.chart for slide in result.deck().slides for shape in slide.shapes if shape.has_chart)
    series = {one.name: one._element for one in found.plots[0].series}
    for name, value, side in (("B: at least", "25", "plus"), ("C: at most", "30", "minus")):
        assert [float(v.text) for v in series[name].findall("{*}xVal//{*}pt/{*}v")] == [float(value)]
        bars = series[name].find("{*}errBars")
        assert bars.find("{*}errBarType").get("val") == side
        assert bars.find(".//{*}tailEnd").get("type") == "triangle"
        length, axis = float(bars.find("{*}val").get("val")), found.category_axis
        assert 0 < length < axis.maximum_scale - axis.minimum_scale
    assert series["A: so many"].find("{*}errBars") is None
    assert series["D: between"].find("{*}errBars") is None

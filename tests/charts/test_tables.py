"""Data files as programs of any country write them: cells and numbers are read as they are meant, or the author is
asked.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.charts.tables import DataFile, read_table
from builder.errors import AuthorError, Source

from conftest import Book

HERE = Source("chapter.md", 3)


def table(folder: Path, content: str | bytes) -> DataFile:
    file = folder / "data.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(file, "data.csv", HERE)


@pytest.mark.parametrize(
    ("content", "columns", "values"),
    [
        ("a,b\nx,1.5\ny,2\n", "a b", [1.5, 2]),
        ('a,b\nx,"1,234"\ny,"12,345.6"\n', "a b", [1234, 12345.6]),
        ("a,b\nx,1.234\ny,0.5\n", "a b", [1.234, 0.5]),
        ("a,b\nx,1.234\n", "a b", [1.234]),
        ('a,b\nx,"1,5"\n', "a b", [1.5]),
        ("a;b\nx;1,5\ny;2\n", "a b", [1.5, 2]),
        ("a;b\nx;1.234,5\ny;1.234.567\n", "a b", [1234.5, 1234567]),
        ("a;b\nx;1.5\ny;1,234\n", "a b", [1.5, 1234]),
        ("a;b\nx;0,125\ny;1.234\n", "a b", [0.125, 1234]),
        ("a;b\nx;1\u202f234,5\ny;1\u00a0000\nz;1 000\n", "a b", [1234.5, 1000, 1000]),
        ("a;b\nx;12,5 %\ny;7%\n", "a b", [12.5, 7]),
        ('"a";"b"\n"x; y";"1,5"\n', "a b", [1.5]),
        ("a;b\r\nx, y;1,5\r\nz;2,5\r\n", "a b", [1.5, 2.5]),
        ("a\tb\nx, y\t1,5\nz\t2\n", "a b", [1.5, 2]),
        ("a\tb\nx\t1,234\ny\t2\n", "a b", [1234, 2]),
        ("a,b;c\nx,1\ny,2\n", "a b;c", [1, 2]),
        ("a,b\nx;y,1\nz,2\n", "a b", [1, 2]),
        ("a,b\nx,−3\ny,+4\n", "a b", [-3, 4]),
        ("a,b\nx,\ny,1’234\n", "a b", [None, 1234]),
        ("\ufeffa;b\nx;1,5\n", "a b", [1.5]),
        ("a,b\n\nx,1\n\n\ny,2\n", "a b", [1, 2]),
        ("a,b\nx,1e3\n", "a b", [1000]),
    ],
)
def test_cells_and_numbers_are_read_as_they_are_meant(
    tmp_path: Path, content: str, columns: str, values: list[float | None]
) -> None:
    found = table(tmp_path, content)
    assert found.columns == tuple(columns.split(" "))
    assert list(found.numbers(found.columns[1])[found.columns[1]]) == values


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a;b\nx;1,5\ny;2.5\n", "a decimal comma ('1,5' in column 'b', line 2) and with a decimal point ('2.5' in "
                                "column 'b', line 3)"),
        ("a,b\nx,1\n\ny,many\n", "'many' in column 'b', line 4 of 'data.csv', is not a number"),
        ("a,b\nx,inf\n", "'inf' in column 'b', line 2 of 'data.csv', is not a number"),
        ("a,b\nx,1_000\n", "'1_000' in column 'b'"),
        ("a,b\nx,1,2\n", "line 2 of 'data.csv' has not as many cells as the head (2)"),
        ("a;b\nx;1\ny\n", "line 3 of 'data.csv' has not as many cells"),
        ("a,b\nx,é\n".encode("cp1252"), "is not UTF-8 text (byte 0xE9 at offset 6, in line 2)"),
        ("a,b\nx,é\n".encode("utf-16"), "is in UTF-16, and not in UTF-8; save it as CSV in UTF-8"),
        ("a,b\nx,é\n".encode("utf-16-le"), "is in UTF-16"),
        ("", "has no rows below its head"),
        ("\n\n", "has no rows below its head"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_line_and_cell(tmp_path: Path, content: str | bytes, words: str) -> None:
    with pytest.raises(AuthorError) as raised:
        table(tmp_path, content).numbers("b")
    assert words in str(raised.value)
    assert str(raised.value).startswith("chapter.md:3: ")


def test_a_column_that_is_nearly_named_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match=r"needs a column 'Yaer'; 'data.csv' has: year, count. Did you mean 'year'\?"):
        table(tmp_path, "year,count\n1,2\n").need(["Yaer"], "chart")


CHART = "# One\n\n{.slide}\n## Two\n\n```{chart} data.csv\n:x: Land\n:y: Anteil\n:class: slide\n\nCaption\n```\n"


def test_a_chart_of_a_european_file_has_its_numbers(book: Book) -> None:
    book.write("data.csv", "Land;Anteil\nMongolei;12,5\nÖsterreich;7,25\n".encode("utf-8-sig"))
    result = book.build(CHART, "-W")
    assert result.status == 0, result.errors
    chart = next(shape.chart for shape in result.deck().slides[1].shapes if shape.has_chart)
    assert list(chart.plots[0].series[0].values) == [12.5, 7.25]


def test_a_number_of_which_nobody_can_tell_is_named(book: Book) -> None:
    book.write("data.csv", "Land;Anteil\nMongolei;1.234\nÖsterreich;7\n")
    result = book.build(CHART)
    assert result.status == 0
    assert (
        "'1.234' in column 'Anteil', line 2 of 'data.csv', may have a decimal mark or one between thousands"
        in result.errors
    )

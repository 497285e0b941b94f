"""Cells that span columns and rows: the same table in the book, in the deck's file and on its pages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree
from pptx.oxml.ns import qn

from builder.pptx.package.conform import problems

from conftest import Book, Result

CHAPTER = """# Chapter

## Section

```{eval-rst}
.. table::
   :class: slide

   +------+------+------+------+
   | Head | Pair        | Last |
   +======+======+======+======+
   | Tall | One  | Two  | End1 |
   |      +------+------+------+
   |      | Block       | End2 |
   +------+             +------+
   | Foot |             | End3 |
   +------+------+------+------+
```
"""
BLANK_HEAD = """# Chapter

## Section

| | |
|---|---|
| *evler* | *-im* |
| houses | my |
"""
CELLS = [
    ["Head", "Pair>2", "", "Last"],
    ["Tall v2", "One", "Two", "End1"],
    ["^", "Block>2 v2", "", "End2"],
    ["Foot", "^>2", "^+", "End3"],
]


@pytest.fixture
def made(book: Book) -> Path:
    result = book.build(CHAPTER)
    assert result.status == 0, result.errors
    assert problems(result.pptx()) == []
    return book.folder / "_build"


def grid(table: etree._Element) -> list[list[str]]:
    """The cells of ``a:tbl`` as the rows above are written: text, ``>`` columns, ``v`` rows, ``^`` below another, ''
    beside one, ``^+`` both.
    """
    out = []
    for row in table.iter(qn("a:tr")):
        line = []
        for cell in row.iter(qn("a:tc")):
            text = "".join(run.text or "" for run in cell.iter(qn("a:t")))
            beside, below = cell.get("hMerge") == "1", cell.get("vMerge") == "1"
            assert not (text and (beside or below))
            text = ("^+" if beside else "^") if below else text
            text += f">{cell.get('gridSpan')}" if cell.get("gridSpan") and not beside else ""
            text += f" v{cell.get('rowSpan')}" if cell.get("rowSpan") and not beside else ""
            line.append(text)
        out.append(line)
    return out


def test_the_native_table_has_the_spans(made: Path, book: Book) -> None:
    deck = Result(0, "", "", book.folder).deck()
    table = next(shape for slide in deck.slides for shape in slide.shapes if shape.has_table)
    assert grid(table._element) == CELLS
    cells = table.table
    assert cells.cell(0, 1).span_width == 2
    assert (cells.cell(2, 1).span_height, cells.cell(2, 1).span_width) == (2, 2)
    assert cells.cell(1, 0).span_height == 2
    assert cells.cell(3, 2).is_spanned


def places(path: Path, words: set[str]) -> dict[str, tuple[float, float]]:
    """Left and upper edge of words in a PDF, from the upper left corner."""
    pdf = pypdfium2.PdfDocument(path)
    found = {}
    for page in pdf:
        textpage = page.get_textpage()
        for word in words:
            place = textpage.search(word, match_case=True).get_next()
            if place is not None and word not in found:
                left, _, _, top = textpage.get_charbox(place[0])
                found[word] = left, page.get_height() - top
    pdf.close()
    return found


@pytest.mark.parametrize("output", ["slides/chapter.pdf", "pdf/asmallbook.pdf"])
def test_cells_stand_below_and_beside_each_other_on_pages(made: Path, output: str) -> None:
    """In the book, and on the pages that are drawn from the fit of the slide."""
    at = places(made / output, {"Head", "Pair", "Last", "Tall", "One", "Two", "End1", "Block", "End2", "Foot", "End3"})

    def aligned(axis: int, *words: str) -> bool:
        values = [at[word][axis] for word in words]
        return max(values) - min(values) < 4

    def rising(axis: int, *words: str) -> bool:
        return all(at[one][axis] + 4 < at[other][axis] for one, other in pairwise(words))

    assert aligned(0, "Head", "Tall", "Foot")
    assert aligned(0, "Pair", "One", "Block")
    assert aligned(0, "Last", "End1", "End2", "End3")
    assert rising(0, "Head", "One", "Two", "End1")
    assert aligned(1, "Head", "Pair", "Last")
    assert aligned(1, "Tall", "One", "Two", "End1")
    assert aligned(1, "Block", "End2")
    assert aligned(1, "Foot", "End3")
    assert rising(1, "Head", "Tall", "Block", "Foot")


def test_a_wide_table_with_spans_stands_on_slides_in_parts(book: Book) -> None:
    """Each with the first column, and with what a cell spans of its columns."""
    groups = "".join(f'<th colspan="7">Group {number}</th>' for number in "AB")
    names = "".join(f"<th>Measured{number}</th>" for number in range(14))
    values = "".join(f"<td>{number}</td>" for number in range(14))
    table = f"<table><tr>{groups}</tr><tr>{names}</tr><tr>{values}</tr></table>"
    result = book.build(f"# C\n\n{{.slide}}\n## S\n\n{{.slide}}\n{table}\n", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    parts = [grid(found) for slide in result.deck().slides for found in slide.element.iter(qn("a:tbl"))]
    shown = [name for part in parts for name in part[1]]
    assert [name for name in shown if name != "Measured0"] == [f"Measured{number}" for number in range(1, 14)]
    assert [part[1][0] for part in parts] == ["Measured0"] * len(parts)
    assert [cell for part in parts for cell in part[0] if cell] == ["Group A>7", "Group B", "Group A", "Group B>6"]


def test_what_spans_more_rows_than_a_slide_holds_stands_on_each(book: Book) -> None:
    first = '<tr><td rowspan="40">All</td><td>Row 0</td></tr>'
    others = "".join(f"<tr><td>Row {number}</td></tr>" for number in range(1, 40))
    table = f"<table><tr><th>A</th><th>B</th></tr>{first}{others}</table>"
    result = book.build(f"# C\n\n{{.slide}}\n## S\n\n{{.slide}}\n{table}\n", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    parts = [grid(found) for slide in result.deck().slides for found in slide.element.iter(qn("a:tbl"))]
    assert [row[1] for part in parts for row in part[1:]] == [f"Row {number}" for number in range(40)]
    assert len(parts) > 1
    assert all(part[1][0] == f"All v{len(part) - 1}" and {row[0] for row in part[2:]} == {"^"} for part in parts)


def test_a_head_that_shows_nothing_is_left_out(book: Book) -> None:
    table = next(s.table for s in book.build(BLANK_HEAD, "--to", "pptx").deck().slides[-1].shapes if s.has_table)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["evler", "-im"], ["houses", "my"]]
    assert not table.first_row

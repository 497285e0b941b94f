"""Cells that span columns and rows: the same table in the book, in the deck's file and on its pages."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pptx.oxml.ns import qn

from builder.deck.blocks import Cell, Table
from builder.deck.blocks.tables import cells_of, table_columns, with_room
from builder.deck.lines import Typeface
from builder.deck.model import Run
from builder.errors import NOWHERE
from builder.pptx.package.conform import problems
from builder.typeset.math.formulas import Formulas

from conftest import Book, Result

CHAPTER = """# Chapter

## Section

```{eval-rst}
.. class:: slide

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


def table(*rows: tuple[Cell, ...], columns: int) -> Table:
    return Table(rows, columns, 0, None, "A table", NOWHERE)


def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell((Run(text),), "left", columns, rows)


def test_a_column_beside_a_tall_cell_is_measured_by_its_own_words() -> None:
    long = "averyverylongwordwithoutspaces"
    found = table((cell("a", rows=2), cell("b")), (cell(long),), columns=2)
    widths = table_columns(found, 300, 12, Typeface("Arial", Formulas()))
    assert widths[1] > 2 * widths[0]


def test_rows_make_room_for_a_tall_cell() -> None:
    assert with_room((10, 10, 10), [(0, 2, 50)]) == (10, 40, 10)
    assert with_room((10, 40, 10), [(0, 2, 50)]) == (10, 40, 10)
    assert with_room((10, 10), [(1, 5, 30)]) == (10, 30)


@given(
    st.lists(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=3), min_size=1, max_size=4)
)
def test_no_place_is_taken_twice(rows: list[list[tuple[int, int]]]) -> None:
    found = table(*(tuple(cell("x", *spans) for spans in row) for row in rows), columns=9)
    begins = [(number, column) for number, placed in cells_of(found) for column, _ in placed]
    assert len(begins) == len(set(begins)) == sum(map(len, rows))
    for number, placed in cells_of(found):
        for column, one in placed:
            covered = {(number + y, column + x) for y in range(1, one.rowspan) for x in range(one.colspan)}
            assert not covered & set(begins)

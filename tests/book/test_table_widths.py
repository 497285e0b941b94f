"""How wide the columns of a printed table are: rows are as low as they can be, and names are whole."""

from __future__ import annotations

import math
from itertools import product

import pypdfium2
import pytest

from builder.book.handlers.tables import CHARACTER, balanced

from conftest import Book

ROOM = 360.0


def lines(lengths: list[list[int]], widths: list[float]) -> int:
    """The lines of a table."""
    return sum(
        max(math.ceil(length * CHARACTER / width) for length, width in zip(row, widths, strict=True)) for row in lengths
    )


@pytest.mark.parametrize(
    "lengths",
    [
        [[8, 8, 200], [9, 4, 300], [8, 8, 150]],
        [[60, 60, 10], [20, 90, 7], [80, 30, 7]],
        [[30, 7, 120, 7], [25, 7, 15, 90]],
    ],
)
def test_a_table_is_nearly_as_low_as_any_widths_make_it(lengths: list[list[int]]) -> None:
    columns = len(lengths[0])
    least = [30.0] * columns
    found = balanced(lengths, least, ROOM)
    assert sum(found) == pytest.approx(ROOM)
    assert all(width >= 30 for width in found)
    others = (given for given in product(range(30, 331, 10), repeat=columns) if sum(given) == ROOM)
    assert lines(lengths, found) <= 1.15 * min(lines(lengths, [float(one) for one in given]) for given in others)


def test_names_in_the_first_column_are_not_broken(book: Book) -> None:
    row = f"| `an_option_with_many_words` | {'some words of text, ' * 9} |\n"
    pdf = book.build(f"# Chapter\n\n| name | what it is |\n|---|---|\n{row * 3}", "--to", "pdf").pdf
    shown = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    assert shown.replace("\u200b", "").count("an_option_with_many_words") == 3


def test_a_number_stays_with_its_unit(book: Book) -> None:
    row = f"| {'some words of text, ' * 6} | 99.96 % | {'others of the same kind ' * 6} |\n"
    pdf = book.build(f"# Chapter\n\n| what | share | why |\n|---|---|---|\n{row * 3}", "--to", "pdf").pdf
    shown = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    assert shown.count("99.96 %") == 3

"""Numbers of charts come through a merge with all their digits."""

from __future__ import annotations

from hand import slide
from lecture import lecture
from pptx import Presentation

from conftest import Book


def test_a_new_number_of_seven_digits_stands_in_a_chart_that_was_moved_by_hand(book: Book) -> None:
    lecture(book)
    path = book.folder / "_build/slides/a.pptx"
    deck = Presentation(path)
    next(shape for shape in slide(deck, "Chart").shapes if shape.has_chart).left += 400_000
    deck.save(path)
    book.write("rows.csv", "year,count\n1937,10\n1938,7654321.25\n1939,15\n")
    assert book.build(None, "--to", "pptx").status == 0
    chart = next(shape.chart for shape in slide(Presentation(path), "Chart").shapes if shape.has_chart)
    assert list(chart.plots[0].series[0].values) == [10, 7654321.25, 15]

"""How wide the columns of a table are, where its rows stand, and how it is split: on cells, without a build."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.deck.blocks import Cell, Table
from builder.deck.blocks.tables import CELL_PADDING_X, cells_of, table_columns, with_room
from builder.deck.lines import Typeface
from builder.deck.model import Run
from builder.deck.split import split_at, split_points
from builder.errors import NOWHERE
from builder.typeset.math.formulas import Formulas


def table(*rows: tuple[Cell, ...], columns: int) -> Table:
    return Table(rows, columns, 0, None, "A table", NOWHERE)


def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(((Run(text),),), "left", columns, rows)


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


class Squares:
    """A typeface whose letters are as wide as they are high, and twice that when they are bold."""

    def width(self, run: Run, text: str, size: float) -> float:
        return len(text) * size * (2 if run.bold else 1)


EDGES = 2 * CELL_PADDING_X + 1
"""What a cell needs beside its words."""


def columns_of(width: float, *rows: tuple[str, ...], head: int = 0) -> list[float]:
    """Widths of the columns of a table at 10 points a letter."""
    cells = tuple(tuple(cell(text) for text in row) for row in rows)
    found = Table(cells, len(rows[0]), head, None, "A table", NOWHERE)
    return [round(value, 6) for value in table_columns(found, width, 10, Squares())]


def test_columns_that_fit_share_the_width_by_their_longest_cells() -> None:
    one, two = 80 + EDGES, 50 + EDGES
    assert columns_of(one + two, ("abcde fg", "ab"), ("a", "ab cd")) == [one, two]
    assert columns_of(2 * (one + two), ("abcde fg", "ab cd")) == [2 * one, 2 * two]


def test_columns_that_are_too_narrow_share_the_width_by_their_longest_words() -> None:
    one, two = 90 + EDGES, 60 + EDGES
    assert columns_of(one + two, ("abcdefghi kl", "abcdef g"), ("a", "abc")) == [one, two]
    assert columns_of((one + two) / 2, ("abcdefghi kl", "abcdef g")) == [one / 2, two / 2]


def test_between_the_two_columns_get_more_by_the_root_of_what_they_lack() -> None:
    lacking = 10 * len(" kl"), 10 * len(" abcdef abcd")
    weights = [value**0.5 for value in lacking]
    found = columns_of(90 + 60 + 2 * EDGES + 50, ("abcdefghi kl", "abcdef abcdef abcd"))
    assert found == [
        round(least + 50 * weight / sum(weights), 6)
        for least, weight in zip((90 + EDGES, 60 + EDGES), weights, strict=True)
    ]


def test_empty_columns_have_a_least_width() -> None:
    assert columns_of(100, ("", "")) == [50, 50]
    assert columns_of(50, ("", "")) == [25, 25]
    assert columns_of(80 + EDGES, ("", "abcd")) == [40, 40 + EDGES]
    assert columns_of(30 + 60 + EDGES, ("", "abcdef abcdef")) == [30, 60 + EDGES]


def test_heads_are_measured_bold() -> None:
    found = columns_of(160 + 2 * EDGES, ("abcdef", "ab"), ("abcdefgh", "abc"), head=1)
    assert found == [120 + EDGES, 40 + EDGES]


def test_a_formula_is_one_word_and_runs_are_measured_together() -> None:
    formula = Cell(((Run("a b c d e f", math="x"),),))
    words = Cell(
        (
            (
                Run("abcdefg "),
                Run("hij"),
            ),
        )
    )
    found = Table(((formula, words),), 2, 0, None, "A table", NOWHERE)
    least = 110 + EDGES, 70 + EDGES
    assert table_columns(found, sum(least), 10, Squares()) == pytest.approx(least)
    whole = 110 + EDGES, 110 + EDGES
    assert table_columns(found, sum(whole), 10, Squares()) == pytest.approx(whole)


def test_the_second_part_of_a_table_has_its_head_and_not_its_label() -> None:
    rows = tuple((cell(text),) for text in ("head", "one", "two", "three"))
    whole = Table(rows, 1, 1, None, "A table", NOWHERE, label="tab-a")
    assert list(split_points(whole)) == [2, 3]
    first, second = split_at(whole, 2)
    assert (first.rows, first.label) == (rows[:2], "tab-a")
    assert (second.rows, second.label) == ((rows[0], *rows[2:]), "")

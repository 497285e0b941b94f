"""How wide the columns of a table are, where its rows stand, and how it is split: on cells, without a build."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.deck.blocks import Cell, Table
from builder.deck.blocks.tables import CELL_PADDING_X, MOST_SPARE, cells_of, table_columns, widest_words, with_room
from builder.deck.fit import Fitter
from builder.deck.lines import Typeface
from builder.deck.model import Notes, Run, Slide, plain
from builder.deck.split import split_at, split_points
from builder.errors import NOWHERE
from builder.pptx.template.reading import BUILT_IN, read_template
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
    assert columns_of(1.2 * (one + two), ("abcde fg", "ab cd")) == pytest.approx([1.2 * one, 1.2 * two])
    most = 1 + MOST_SPARE
    assert columns_of(3 * (one + two), ("abcde fg", "ab cd")) == [most * one, most * two]


def test_columns_that_are_too_narrow_share_the_width_by_their_longest_words() -> None:
    one, two = 90 + EDGES, 60 + EDGES
    assert columns_of(one + two, ("abcdefghi kl", "abcdef g"), ("a", "abc")) == [one, two]
    assert columns_of(one + two - 10, ("abcdefghi kl", "abcdef g")) == [one - 10, two]
    assert columns_of((one + two) / 2, ("abcdefghi kl", "abcdef g")) == [(one + two) / 4] * 2


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


PLAIN = read_template(BUILT_IN / "plain.pptx", NOWHERE).geometry


def words(one: Cell) -> str:
    """The words of a cell."""
    return " ".join(map(plain, one.paragraphs))


def shown(found: Table) -> list[Table]:
    """The tables on the slides that a table is fitted to."""
    slide = Slide("k", (Run("Title"),), "", (found,), Notes(), None, NOWHERE)
    parts = Fitter(PLAIN, Typeface("Arial", Formulas())).slide(slide)
    return [placed.block for part in parts for placed in part.placed if isinstance(placed.block, Table)]


def test_a_table_that_is_too_wide_has_some_columns_after_the_others_each_time_with_the_first() -> None:
    head, row = (tuple(cell(f"{name}number{n}") for n in range(20)) for name in ("heading", "cell"))
    parts = shown(Table((head, row), 20, 1, None, "A table", NOWHERE))
    assert len(parts) > 1
    assert {words(part.rows[0][0]) for part in parts} == {"headingnumber0"}
    assert [words(one) for part in parts for one in part.rows[1][1:]] == [f"cellnumber{n}" for n in range(1, 20)]


def test_a_cell_longer_than_a_slide_goes_on_in_the_next_row() -> None:
    long = "A sentence of seven words stands here. " * 80
    parts = shown(Table(((cell("Name"), cell("Words")), (cell("One"), cell(long))), 2, 1, None, "A table", NOWHERE))
    assert len(parts) > 1
    assert all(words(part.rows[0][1]) == "Words" for part in parts)
    assert " ".join(words(row[1]) for part in parts for row in part.rows[1:]) == long.strip()
    assert [words(row[0]) for part in parts for row in part.rows[1:]][:2] == ["One", ""]


def test_a_word_wider_than_its_column_is_cut_and_leaves_the_others_whole() -> None:
    [one] = shown(Table(((cell("short"), cell("x" * 300)),), 2, 0, None, "A table", NOWHERE))
    assert words(one.rows[0][1]) == "x" * 300


def test_a_cell_over_two_columns_says_nothing_of_how_wide_either_has_to_be() -> None:
    found = table((cell("a-very-long-heading", 2),), (cell("one"), cell("three")), columns=2)
    (row,) = widest_words(found, (0, 1)).rows
    assert [plain(one.paragraphs[0]) for one in row] == ["one", "three"]

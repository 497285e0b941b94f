"""Texts of CSV and TOML files, with the place of each character."""

from __future__ import annotations

import pytest
from builder.commands.pull.stretches import Piece, Stretch, characters, csv_stretches, letters, toml_stretches


def places(text: str, stretch: Stretch) -> str:
    """What stands in a file at the places of a text's characters."""
    return "".join(text[piece.start : piece.end] for piece in stretch.pieces)


def test_cells_of_csv_have_their_line_row_and_places() -> None:
    file = 'before\nyear, event\n1937,"Say ""no"", then"\n1938, last '
    found = list(csv_stretches(file[7:], 7, 2))
    assert [(cell.shown, cell.line, cell.kind) for cell in found] == [
        ("year", 2, "csv"), ("event", 2, "csv"), ("1937", 3, "csv"), ('Say "no", then', 3, "quoted"),
        ("1938", 4, "csv"), ("last", 4, "csv"),
    ]  # fmt: skip
    assert [places(file, cell) for cell in found] == [
        "year", "event", "1937", 'Say ""no"", then', "1938", "last",
    ]  # fmt: skip
    assert found[3].row == '1937,"Say ""no"", then"'


def test_a_cell_in_quotation_marks_may_go_over_lines_and_hold_the_delimiter() -> None:
    file = 'a;"b;\nc";d\ne;f;g\n'
    found = list(csv_stretches(file, 0, 1, ";"))
    assert [(cell.shown, cell.line) for cell in found] == [
        ("a", 1),
        ("b;\nc", 1),
        ("d", 2),
        ("e", 3),
        ("f", 3),
        ("g", 3),
    ]
    assert {cell.delimiter for cell in found} == {";"}


def test_a_quotation_mark_within_a_cell_is_a_character() -> None:
    assert [cell.shown for cell in csv_stretches('5" pipe,x\n', 0, 1)] == ['5" pipe', "x"]


def test_a_row_whose_quotation_mark_is_never_closed_gives_nothing() -> None:
    assert [cell.shown for cell in csv_stretches('a,b\n"c,d\n', 0, 1)] == ["a", "b"]


def test_an_empty_cell_in_quotation_marks_shows_nothing() -> None:
    assert [(cell.shown, cell.kind) for cell in csv_stretches('"",a\n', 0, 1)] == [("", "quoted"), ("a", "csv")]


def test_titles_in_toml_that_need_no_escapes_are_found() -> None:
    text = '[[lecture]]\nname = "one"\ntitle = "First \\"x\\""\n\n  subtitle = "And more"\n'
    (found,) = toml_stretches(text)
    assert (found.shown, found.line, found.kind, places(text, found)) == ("And more", 5, "toml", "And more")


NUMBER = Piece("", 7, 20, computed=True)


@pytest.mark.parametrize(
    ("pieces", "text", "may"),
    [
        ([*characters("Figure ", 0), NUMBER, *characters(" shows grain", 20)], "Figure 1.2 shows grain.", True),
        ([*characters("Figure ", 0), NUMBER, *characters(" shows grain", 20)], "Figure 1.2 shows rice.", False),
        ([*characters("grain ", 0), NUMBER, *characters(" Figure", 20)], "Figure 1 grain", False),
        (characters("Two words", 0), "two WORDS!", True),
        (characters("Two words", 0), "Two words more", False),
        (characters("Two words", 0), "Two", False),
        ([NUMBER], "", True),
    ],
)
def test_a_stretch_is_ruled_out_by_its_letters(pieces: list[Piece], text: str, may: bool) -> None:
    assert Stretch(tuple(pieces), "markdown", 1).may_show(text) is may


def test_letters_are_compared_without_case() -> None:
    assert letters("Straße, No. 5!") == "strasseno5"

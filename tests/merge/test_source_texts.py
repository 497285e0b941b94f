"""Texts of CSV and TOML files, with the place of each character."""

from __future__ import annotations

from collections import Counter

import pytest

from builder.commands.pull.candidates import variants
from builder.commands.pull.source_texts import Segment, SourceText, characters, csv_texts, letters, toml_texts
from builder.merge.edits import Edit, is_moved


def places(text: str, shown: SourceText) -> str:
    """What stands in a file at the places of a text's characters."""
    return "".join(text[segment.start : segment.end] for segment in shown.segments)


def test_cells_of_csv_have_their_line_row_and_places() -> None:
    file = 'before\nyear, event\n1937,"Say ""no"", then"\n1938, last '
    found = list(csv_texts(file[7:], 7, 2))
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
    found = list(csv_texts(file, 0, 1, ";"))
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
    assert [cell.shown for cell in csv_texts('5" pipe,x\n', 0, 1)] == ['5" pipe', "x"]


def test_a_row_whose_quotation_mark_is_never_closed_gives_nothing() -> None:
    assert [cell.shown for cell in csv_texts('a,b\n"c,d\n', 0, 1)] == ["a", "b"]


def test_an_empty_cell_in_quotation_marks_shows_nothing() -> None:
    assert [(cell.shown, cell.kind) for cell in csv_texts('"",a\n', 0, 1)] == [("", "quoted"), ("a", "csv")]


def test_cells_that_hold_the_same_have_places_of_their_own() -> None:
    assert [cell.segments[0].start for cell in csv_texts("a,a\na,a\n", 0, 1)] == [0, 2, 4, 6]


def test_lines_count_from_the_first_even_where_that_is_empty() -> None:
    assert [cell.line for cell in csv_texts("\na,b\n", 0, 1) if cell.shown] == [2, 2]
    assert [title.line for title in toml_texts('\ntitle = "One"\n')] == [2]


def test_titles_in_toml_that_need_no_escapes_are_found() -> None:
    text = '[[lecture]]\nname = "one"\ntitle = "First \\"x\\""\n\n  subtitle = "And more"\n'
    (found,) = toml_texts(text)
    assert (found.shown, found.line, found.kind, places(text, found)) == ("And more", 5, "toml", "And more")


NUMBER = Segment("", 7, 20, computed=True)


@pytest.mark.parametrize(
    ("segments", "text", "may"),
    [
        ([*characters("Figure ", 0), NUMBER, *characters(" shows grain", 20)], "Figure 1.2 shows grain.", True),
        ([*characters("Figure ", 0), NUMBER, *characters(" shows grain", 20)], "Figure 1.2 shows rice.", False),
        ([*characters("grain ", 0), NUMBER, *characters(" Figure", 20)], "Figure 1 grain", False),
        (characters("Two words", 0), "two WORDS!", True),
        (characters("Two words", 0), "Two words more", False),
        (characters("Two words", 0), "Two", False),
        ([NUMBER], "", True),
        ([*characters("a ", 0), NUMBER, *characters(" ab", 20)], "a 1 ab", True),
    ],
)
def test_a_text_is_ruled_out_by_its_letters(segments: list[Segment], text: str, may: bool) -> None:
    assert SourceText(tuple(segments), "markdown", 1).may_show(text) is may


def test_letters_are_compared_without_case() -> None:
    assert letters("Straße, No. 5!") == "strasseno5"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("1. Draw it.", "1. Draw the piston.", ("Draw it.", "Draw the piston.")),
        ("    • wait", "    • wait long", ("wait", "wait long")),
        ("(iv) four", "(iv) 4", ("four", "4")),
    ],
)
def test_an_item_of_notes_is_looked_for_without_its_bullet_or_number(
    old: str, new: str, found: tuple[str, str]
) -> None:
    assert found in list(variants(Edit(2, "", "notes", old, new)))


@pytest.mark.parametrize(
    ("left", "text", "moved"),
    [
        ("five six", "five six seven eight", True),  # half of another text
        ("five six", "five six seven eight nine", True),  # all that left
        ("five", "five seven eight nine", False),  # one word, which may be anywhere
        ("one two three four five six", "five six seven eight nine", False),
        ("one two three four", "three four seven eight nine", True),
        ("one two three four five six", "five six seven eight", True),
        ("one", "two", False),
        ("", "", False),
    ],
)
def test_words_that_left_a_text_stand_in_another(left: str, text: str, moved: bool) -> None:
    assert is_moved(Counter(left.split()), text) is moved

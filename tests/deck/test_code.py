"""Source code and output of programs: all of it is on the slide and in print."""

from __future__ import annotations

import pytest
from pygments.lexer import RegexLexer
from pygments.lexers import get_all_lexers
from pygments.token import Keyword, Text
from sphinx.highlighting import lexer_classes

from builder.deck.blocks import Code
from builder.deck.blocks.code import chunks, panel_of
from builder.deck.handlers.code import coloured_lines
from builder.deck.model import Placed, Run, plain
from builder.errors import NOWHERE
from builder.typeset.highlight import Highlighter
from builder.typeset.terminal import as_shown

from conftest import Book, Result

HEAD = "# Chapter\n\n## Section\n\n"
TEXTS = ("$ ls -l\nx = 1  # é\n\n", ">>> 1 + 1\n2", "  a: <b>1</b>\n\ty")


def shapes(book: Book, chapter: str, name: str) -> list[str]:
    """The texts of all shapes of a name on the last slide."""
    result = book.build(HEAD + chapter, "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    return [shape.text_frame.text for shape in result.deck().slides[-1].shapes if shape.name == name]


@pytest.mark.slow
def test_no_lexer_loses_a_character() -> None:
    print_side = Highlighter("default")
    for language in (aliases[0] for _, aliases, _, _ in get_all_lexers() if aliases):
        for text in TEXTS:
            assert "\n".join(map(plain, coloured_lines(text, language))) == text, language
            lines = ["".join(word for _, word in line) for line in print_side.lines(text, language)]
            assert "\n".join(lines).rstrip() == text.expandtabs(8).rstrip(), language


@pytest.mark.parametrize(
    ("language", "text"), [("console", "$ pwd"), ("pycon", ">>> 1 + 1\n2"), ("psql", "a=# SELECT 1;")]
)
def test_a_session_has_its_colours_to_its_last_line(language: str, text: str) -> None:
    lines = coloured_lines(text, language)
    assert all(any(run.colour or run.bold for run in line) for line in lines)


def test_a_language_of_the_project_has_the_colours_of_its_lexer(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shouting(RegexLexer):
        tokens = {"root": [("[A-Z]+", Keyword), (".|\\n", Text)]}

    monkeypatch.setitem(lexer_classes, "shouting", Shouting)
    (line,) = coloured_lines("a LOUD word", "shouting")
    assert "".join(run.text for run in line if run.bold) == "LOUD"
    (runs,) = Highlighter("default").lines("a LOUD word", "shouting")
    assert [word.strip() for key, word in runs if key] == ["LOUD"]


@pytest.mark.parametrize("language", ["console", "rconsole", "psql", "pycon", "text", "no-such-language"])
def test_the_last_line_of_a_session_is_on_its_slide(book: Book, language: str) -> None:
    book.write("conf.py", 'suppress_warnings = ["misc.highlighting_failure"]\nextensions = ["myst_parser"]\n')
    assert shapes(book, f"```{language}\n$ pwd\n/home/ada\n```\n", "Code") == ["$ pwd\n/home/ada"]


def test_lines_have_their_numbers_where_they_are_asked_for(book: Book) -> None:
    code = "```{code-block} python\n:lineno-start: 9\n\nx = 1\ny = 2\n```\n"
    assert shapes(book, code, "Code") == [" 9  x = 1\n10  y = 2"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("10 %\r50 %\r100 %\ndone", "100 %\ndone"),
        ("long words\rshort", "shortwords"),
        ("windows\r\nlines\r\n", "windows\nlines\n"),
        ("Loading...\r\x1b[KReady", "Ready"),
        ("half\x1b[2Kgone", "    gone"),
        ("before\x1b[1K after", "       after"),
        ("wrunk\x08\x08\x08ong", "wrong"),
        ("\x1b[1;31mred\x1b[0m and \x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "red and link"),
        ("  kept  ", "  kept  "),
    ],
)
def test_output_is_as_its_terminal_showed_it(written: str, shown: str) -> None:
    assert as_shown(written) == shown


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("", [""]),
        ("short = 1", ["short = 1"]),
        ("a sentence of several words", ["a sentence of ", "several words"]),
        ("averylongname.without_any_space", ["averylongname.", "without_any_sp", "ace"]),
        ("x averylongname_without", ["x averylongnam", "e_without"]),
    ],
)
def test_a_line_that_is_too_long_goes_on_behind_a_space_near_its_end(line: str, pieces: list[str]) -> None:
    assert chunks(line, 14) == pieces


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("plot(first, second, third=3)", ["plot(first, second, ", "third=3)"]),
        ("first_name_of_all(second + 2)", ["first_name_of_all(", "second + 2)"]),
        ("one two three four five six seven eight", ["one two three four ", "five six seven ", "eight"]),
    ],
)
def test_the_rest_of_a_line_begins_further_in_behind_a_comma_or_a_bracket(line: str, pieces: list[str]) -> None:
    assert chunks(line, 20, 4) == pieces


LONG = "result = compute_the_index(" + ", ".join(f"value_{number}=None" for number in range(5)) + ")"


def code_on(result: Result) -> tuple[set[int], list[tuple[int, str]]]:
    """The sizes of the type of the code on the last slide, and its lines with how far in they begin, in points."""
    (shape,) = [one for one in result.deck().slides[-1].shapes if one.name == "Code"]
    sizes = {run.font.size.pt for line in shape.text_frame.paragraphs for run in line.runs}
    lines = [(round(int(line._p.pPr.get("marL")) / 12700), line.text) for line in shape.text_frame.paragraphs]
    return sizes, lines


@pytest.mark.parametrize("short", [0, 8])
def test_one_long_line_makes_the_type_of_code_no_smaller_and_goes_on_further_in(short: int, book: Book) -> None:
    lines = "\n".join(["    " + LONG, *(f"step_{number} = {number}" for number in range(short))])
    book.write("chapter.md", f"# One\n\n## Two\n\n{{.slide}}\n```python\nif True:\n{lines}\n```\n")
    sizes, shown = code_on(book.build(None, "--to", "pptx"))
    assert min(sizes) >= 18
    assert shown[1][0] == 0
    assert shown[2][0] > 80, "eight letters"
    assert "".join(text for _in, text in shown[1:3]) == "    " + LONG


def test_many_long_lines_make_the_type_of_code_smaller_and_stay_whole(book: Book) -> None:
    lines = "\n".join(f"{LONG}  # {'x' * number}" for number in range(6))
    book.write("chapter.md", f"# One\n\n## Two\n\n{{.slide}}\n```python\n{lines}\n```\n")
    sizes, shown = code_on(book.build(None, "--to", "pptx"))
    assert max(sizes) < 15
    assert [text for _in, text in shown] == lines.split("\n")


def test_the_panel_of_code_ends_above_its_caption() -> None:
    block = Code(((Run("a = 1", code=True),),), "python", NOWHERE)
    placed = Placed(block, 10, 20, 300, 100, 14, caption_height=30)
    panel = panel_of(placed)
    assert (panel.x, panel.y, panel.width, panel.height) == (10, 20, 300, 70)

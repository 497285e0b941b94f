"""What a build says while it works: whole lines, and a bar where somebody sees it."""

from __future__ import annotations

import io

import pytest

from builder.build.report import Output
from builder.commands.build import summary
from builder.source.progress import CLEAR, BesideStatus, StatusLines, time_left

from conftest import Book


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_lines_are_passed_whole_and_empty_ones_go() -> None:
    found = io.StringIO()
    lines = StatusLines(found)
    for piece in (
        "reading sources... ",
        "[ 50%] one\r",
        "reading sources... [100%] two\r",
        "\n",
        "\n",
        "done",
        "\n",
        "half",
    ):
        lines.write(piece)
    assert found.getvalue() == "reading sources... [100%] two\ndone\n"


def test_a_terminal_shows_a_bar_and_after_a_while_the_time_that_is_left() -> None:
    found, clock = Terminal(), Clock()
    lines = StatusLines(found, clock)
    lines.write("\x1b[2K\x1b[01mreading sources... \x1b[39;49;00m[ 25%] one\r")
    assert found.getvalue().endswith("reading sources      ██████░░░░░░░░░░░░░░░░░░  25 %")
    clock.now = 10
    lines.write("\x1b[01mreading sources... \x1b[39;49;00m[ 50%] two\r")
    assert found.getvalue().endswith("50 %  10 s left")
    lines.write("\n")
    assert found.getvalue().splitlines()[-1].startswith(CLEAR[1:])


def test_a_warning_takes_the_bar_away_first() -> None:
    screen = Terminal()
    lines = StatusLines(screen)
    lines.write("reading sources... [ 25%] one\r")
    BesideStatus(screen, lines).write("WARNING: x\n")
    assert screen.getvalue().endswith(f"{CLEAR}WARNING: x\n")
    BesideStatus(screen, lines).write("WARNING: y\n")
    assert screen.getvalue().endswith("WARNING: x\nWARNING: y\n")


@pytest.mark.parametrize(
    ("seconds", "percent", "left"), [(10, 50, "10 s"), (10, 10, "90 s"), (60, 10, "9 min"), (3, 99, "0 s")]
)
def test_time_that_is_left(seconds: float, percent: int, left: str) -> None:
    assert time_left(seconds, percent) == left


def test_a_build_writes_whole_lines_and_ends_with_what_was_made(book: Book) -> None:
    book.write("chapter.md", "# One\n\n{.slide}\n## A\n\n[x]{.point}\n")
    lines = book.call("build").out.splitlines()
    assert not [line for line in lines if "[print]" in line and not line.startswith("[print]")]
    assert not [line for line in lines if "[slides]" in line and not line.startswith("[slides]")]
    assert lines[-1].startswith("1 web book, 1 printed book, 1 deck made in ")
    assert lines[-1].endswith("look first at _build/html/index.html")
    assert book.call("build").out.splitlines()[-1].startswith("nothing had changed in ")


def test_the_summary_counts_what_was_made() -> None:
    outputs = [
        Output("html", "/b/html/index.html", "2 pages", 1, unchanged=True),
        Output("pdf", "/b/pdf/b.pdf", "9 pages", 1),
        Output("pptx", "/b/slides/a.pptx", "9 slides", 1),
        Output("pptx", "/b/slides/c.pptx", "9 slides", 1),
    ]
    said = summary(outputs, 2.5)
    assert "1 printed book, 2 decks made in 2.5 s" in said
    assert said.endswith("b.pdf")

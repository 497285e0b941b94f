"""The tutorial in docs/ is followed, from its empty folder to its last command."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from builder.commands.cli import main

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

from tutorial import TUTORIAL, Command, File, Result, steps

LAST = 6
"""Commands of the builder in the tutorial; before the last one the reader edits a deck and a number."""
DECK = "_build/slides/calendar.pptx"
SECONDS = re.compile(r"\d+\.\d s$")


@pytest.mark.slow
def test_the_tutorial_gives_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file is written, each command typed, and what the page says is printed is printed, but for the time."""
    monkeypatch.chdir(tmp_path)
    printed, typed = "", 0
    for step in steps(TUTORIAL.read_text(encoding="utf-8")):
        match step:
            case File():
                step.write(Path.cwd())
            case Command(("mkdir", name)):
                Path(name).mkdir()
            case Command(("cd", name)):
                monkeypatch.chdir(name)
            case Command(("builder", *arguments)):
                if typed == LAST - 1:
                    change_deck_and_numbers(Path.cwd())
                assert main([*arguments, *(["-W"] if arguments == ["build"] else [])]) == 0, arguments
                printed, typed = capsys.readouterr().out, typed + 1
            case Result(lines):
                shown = [SECONDS.sub("", line) for line in printed.splitlines()]
                for line in lines:
                    assert SECONDS.sub("", line) in shown, printed
    assert typed == LAST
    deck = Presentation(DECK)
    titles = [slide.shapes.title.text for slide in deck.slides if slide.shapes.title]
    assert "By 1582 the equinox fell on 11 March" in titles
    assert any("Friday 15 October" in title for title in titles)
    assert Path("_build/html/drift.html").is_file()
    assert Path("_build/pdf/leapyears.pdf").is_file()
    assert "A year is about 365.2422 days" in words_of(deck)
    numbers = [list(plot.series[0].values) for slide in deck.slides for plot in plots_of(slide)]
    assert any(7.1 in values for values in numbers)
    assert main(["pull", DECK, "--apply"]) == 0
    assert "<A year is about 365.2422 days>" in Path("drift.md").read_text(encoding="utf-8")


def change_deck_and_numbers(folder: Path) -> None:
    """Do what minute 10 says: a better word on a slide, another number in the file of the chart."""
    deck = Presentation(str(folder / DECK))
    for paragraph in (found for slide in deck.slides for found in paragraphs_of(slide)):
        if paragraph.text == "A year is 365.2422 days":
            paragraph.runs[0].text = "A year is about 365.2422 days"
            for run in paragraph.runs[1:]:
                run.text = ""
    deck.save(str(folder / DECK))
    numbers = folder / "drift.csv"
    numbers.write_text(numbers.read_text(encoding="utf-8").replace("6.8", "7.1"), encoding="utf-8")


def paragraphs_of(slide: Any) -> Iterator[Any]:
    """The paragraphs of a slide."""
    return (paragraph for shape in slide.shapes if shape.has_text_frame for paragraph in shape.text_frame.paragraphs)


def plots_of(slide: Any) -> list[Any]:
    """The plots of a slide's charts."""
    return [plot for shape in slide.shapes if shape.has_chart for plot in shape.chart.plots]


def words_of(deck: Any) -> list[str]:
    """The paragraphs of a deck."""
    return [paragraph.text for slide in deck.slides for paragraph in paragraphs_of(slide)]

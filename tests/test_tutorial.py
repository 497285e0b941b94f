"""The tutorial in docs/ is followed, from its empty folder to its last command."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from pptx import Presentation

from builder.commands.cli import main

sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))

from tutorial import TUTORIAL, Command, File, Result, steps

SECONDS = re.compile(r"\d+\.\d s$")


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
                assert main([*arguments, *(["-W"] if arguments == ["build"] else [])]) == 0, arguments
                printed, typed = capsys.readouterr().out, typed + 1
            case Result(lines):
                shown = [SECONDS.sub("", line) for line in printed.splitlines()]
                for line in lines:
                    assert SECONDS.sub("", line) in shown, printed
    assert typed == 4
    deck = Presentation("_build/slides/calendar.pptx")
    titles = [slide.shapes.title.text for slide in deck.slides if slide.shapes.title]
    assert "By 1582 the equinox fell on 11 March" in titles
    assert any("Friday 15 October" in title for title in titles)
    assert Path("_build/html/drift.html").is_file()
    assert Path("_build/pdf/leapyears.pdf").is_file()

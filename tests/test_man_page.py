"""The manual page of the command: made from its parser, and what groff makes of it."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builder.commands.cli import parser

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/man/builder.1"
sys.path.append(str(ROOT / "tools"))

from make_man_page import page, safe  # noqa: E402


def test_the_page_is_that_of_the_parser() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make pages"


def test_every_command_and_option_stands_in_it() -> None:
    plain = page().replace(r"\-", "-")
    (commands,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    for name, command in commands.choices.items():
        section = plain.split(f'.SS "builder {name}"')[1].split(".SS")[0]
        for action in command._actions:
            assert all(rf"\fB{option}\fR" in section for option in action.option_strings), (name, action.dest)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (".hidden files", ".hidden files"),
        ("'quoted'", "'quoted'"),
        ("a\\b --to", "a\\b --to"),
        ('say "so"', 'say "so"'),
    ],
)
def test_whatever_stands_in_a_help_text_is_shown_as_it_is(text: str, shown: str) -> None:
    assert rendered(f".TH X 1\n.SH NAME\n{safe(text)}\n").split("NAME")[1].strip().startswith(shown)


def test_groff_has_nothing_to_warn_of() -> None:
    text = rendered(page())
    assert "builder build" in text
    assert "-o, --output DIR" in text


def rendered(source: str) -> str:
    """What a reader sees in a terminal; groff itself may warn of nothing."""
    if not shutil.which("groff"):
        pytest.skip("there is no groff here")
    done = subprocess.run(
        ["groff", "-man", "-Tascii", "-P-c", "-ww"], input=source, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return re.sub(".\b", "", done.stdout)

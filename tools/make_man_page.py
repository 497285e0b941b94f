"""Writes docs/man/builder.1, the manual page of the command, from its parser (man(7) of groff)."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from builder import __version__
from builder.commands.cli import parser
from builder.commands.outcome import MEANINGS

from command_line import commands, sentence, value_of

TARGET = Path(__file__).parent.parent / "docs/man/builder.1"
FILES = {
    "conf.py": "settings of the project; Sphinx's, and those that begin with builder_",
    "slides/lectures.toml": "the decks, and which chapters each has",
    "_build": "the outputs: html, pdf and slides",
}
VARIABLES = {
    "NO_COLOR, FORCE_COLOR": "messages without colours, or with them where there is no terminal",
    "SOURCE_DATE_EPOCH": "the time that outputs have, in seconds since 1970",
}


def page() -> str:
    """Return the manual page: each command with its arguments, then statuses, files and variables."""
    top = parser()
    statuses = {status: meaning.replace("`", "") for status, meaning in MEANINGS.items()}
    lines = [
        f'.TH BUILDER 1 "" "builder {__version__}" "Book-deck-builder"',
        ".SH NAME",
        f"builder \\- {safe((top.description or '').rstrip('.'))}",
        ".SH SYNOPSIS",
        ".B builder",
        r"\fICOMMAND\fR [\fIargument\fR ...]",
        ".SH COMMANDS",
    ]
    for name, words, command in commands():
        lines += [f'.SS "builder {safe(name)}"', safe(sentence(words)), *arguments(command)]
    for title, rows in (("EXIT STATUS", statuses), ("FILES", FILES), ("ENVIRONMENT", VARIABLES)):
        lines += [f'.SH "{title}"']
        for key, words in rows.items():
            lines += [".TP", rf"\fB{safe(str(key))}\fR", safe(sentence(words))]
    return "\n".join([*lines, ""])


def arguments(command: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the lines on each argument of a command, its own one first."""
    shown = [action for action in command._actions if action.help != argparse.SUPPRESS]
    for action in sorted(shown, key=lambda action: bool(action.option_strings)):
        yield from (".TP", names(action), safe(sentence(action.help or "")))


def names(action: argparse.Action) -> str:
    """Return how an argument is written: ``-o DIR``, bold what is typed, in italics what stands for another word."""
    place = rf"\fI{safe(value_of(action))}\fR"
    if not action.option_strings:
        return place
    typed = ", ".join(rf"\fB{safe(option)}\fR" for option in action.option_strings)
    return typed if action.nargs == 0 else f"{typed} {place}"


def safe(text: str) -> str:
    """Return text that roff shows as it is."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq").replace("'", r"\(aq")
    return f"\\&{escaped}" if escaped.startswith((".", r"\(aq")) else escaped


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(page(), encoding="utf-8")

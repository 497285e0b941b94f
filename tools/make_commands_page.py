"""Writes docs/commands.md from the parser of the command line."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from builder.commands.outcome import MEANINGS

from command_line import commands, sentence, value_of

TARGET = Path(__file__).parent.parent / "docs/commands.md"
OPTION = re.compile(r"(?<![\w-])(?:--?[a-z]+(?:-[a-z]+)*|\"\$.*\"$|eval .*$|A\.\.B)")
"""What a line of help names as it is typed."""

HEAD = """# Commands

`builder` alone lists the commands, `builder COMMAND --help` says what stands here. This page is written from the
parser of the command line.
"""


def usage(command: argparse.ArgumentParser) -> str:
    """Return how a command is called: its options as ``[OPTION …]``, then its arguments."""
    formatter = argparse.HelpFormatter(command.prog, width=1000)
    formatter.add_usage(None, [item for item in command._actions if not item.option_strings], [], prefix="")
    words = formatter.format_help().strip()
    return words.replace(command.prog, f"{command.prog} [OPTION …]", 1)


def written(action: argparse.Action) -> str:
    """Return how an argument is written, with the name of its value or what it may be."""
    value = value_of(action)
    if not action.option_strings:
        return f"`{value}`"
    takes = "" if action.nargs == 0 else f" {value}"
    return ", ".join(f"`{name}{takes}`" for name in action.option_strings)


def section(name: str, words: str, command: argparse.ArgumentParser) -> str:
    """Return the section of one command."""
    lines = [f"## builder {name}", "", marked(words), "", "```console", usage(command), "```", ""]
    actions = [item for item in command._actions if not isinstance(item, argparse._HelpAction)]
    for action in actions:
        lines += [written(action), f": {marked(action.help or '')}", ""]
    return "\n".join(lines)


def marked(words: str) -> str:
    """Return a line of help as a sentence, with what is typed as code."""
    return sentence(OPTION.sub(r"`\g<0>`", words.strip()))


def page() -> str:
    """Return the page of all commands."""
    status = ["## Exit status", "", "| status | means |", "|---:|---|"]
    status += [f"| {number} | {meaning} |" for number, meaning in MEANINGS.items()]
    return "\n".join([HEAD, *(section(*command) for command in commands()), *status, ""])


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")

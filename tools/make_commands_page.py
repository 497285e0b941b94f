"""Writes docs/commands.md from the parser of the command line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from builder.commands.cli import parser
from builder.commands.outcome import MEANINGS

TARGET = Path(__file__).parent.parent / "docs/commands.md"
OPTION = re.compile(r"(?<![\w-])(?:--?[a-z]+(?:-[a-z]+)*|\"\$.*\"$|eval .*$|A\.\.B)")
"""What a line of help names as it is typed."""

HEAD = """# Commands

`builder` alone lists the commands, `builder COMMAND --help` says what stands here. This page is written from the
parser of the command line.
"""


def commands(top: argparse.ArgumentParser) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Yield name, help and parser of each command."""
    action = next(item for item in top._actions if isinstance(item, argparse._SubParsersAction))
    for choice in action._choices_actions:
        yield choice.dest, choice.help or "", action.choices[choice.dest]


def usage(command: argparse.ArgumentParser) -> str:
    """Return how a command is called: its options as ``[OPTION …]``, then its arguments."""
    formatter = argparse.HelpFormatter(command.prog, width=1000)
    formatter.add_usage(None, [item for item in command._actions if not item.option_strings], [], prefix="")
    words = formatter.format_help().strip()
    return words.replace(command.prog, f"{command.prog} [OPTION …]", 1)


def written(action: argparse.Action) -> str:
    """Return how an argument is written, with the name of its value or what it may be."""
    value = "|".join(map(str, action.choices)) if action.choices else action.metavar or action.dest.upper()
    if not action.option_strings:
        return f"`{value}`"
    takes = "" if action.nargs == 0 else f" {value}"
    return ", ".join(f"`{name}{takes}`" for name in action.option_strings)


def section(name: str, words: str, command: argparse.ArgumentParser) -> str:
    """Return the section of one command."""
    lines = [f"## builder {name}", "", sentence(words), "", "```console", usage(command), "```", ""]
    actions = [item for item in command._actions if not isinstance(item, argparse._HelpAction)]
    for action in actions:
        lines += [written(action), f": {sentence(action.help or '')}", ""]
    return "\n".join(lines)


def sentence(words: str) -> str:
    """Return a line of help as a sentence, safe in Markdown."""
    text = OPTION.sub(r"`\g<0>`", words.strip())
    return text[:1].upper() + text[1:].rstrip(".") + "."


def page() -> str:
    """Return the page of all commands."""
    status = ["## Exit status", "", "| status | means |", "|---:|---|"]
    status += [f"| {number} | {meaning} |" for number, meaning in MEANINGS.items()]
    return "\n".join([HEAD, *(section(*command) for command in commands(parser())), *status, ""])


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")

"""What both reference pages of the command line are made of: its commands, and lines of help as sentences."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from builder.commands.cli import parser


def commands() -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Yield name, help and parser of each command."""
    (action,) = (item for item in parser()._actions if isinstance(item, argparse._SubParsersAction))
    for choice in action._choices_actions:
        yield choice.dest, choice.help or "", action.choices[choice.dest]


def value_of(action: argparse.Action) -> str:
    """Return what stands for the value of an argument: its name, or what it may be."""
    return str(action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper()))


def sentence(words: str) -> str:
    """Return a line of help with a capital in front and a full stop behind."""
    text = words.strip()
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."

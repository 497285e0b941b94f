"""Calls of the command that cannot be meant so: the message on them, with what is meant."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence

COMMANDS_OF_OTHERS = {
    "init": "new", "create": "new", "quickstart": "new", "preview": "serve", "watch": "serve", "start": "serve",
    "make": "build", "render": "build", "export": "build", "lint": "check", "test": "check", "help": "--help",
    "version": "--version", "merge": "pull",
}  # fmt: skip
"""What other tools call a command."""


class ListedParser(argparse.ArgumentParser):
    """A parser of arguments whose options can be listed."""

    def options(self) -> tuple[str, ...]:
        """Return each way in which an option may be written."""
        return tuple(self._option_string_actions)


def check_command(arguments: Sequence[str], commands: Collection[str], top: argparse.ArgumentParser) -> None:
    """End a call of a command that is none of ``commands`` with the one that is meant."""
    called = arguments[0] if arguments else "-"
    if called.startswith("-") or called in commands:
        return
    from builder.errors import asked

    other = COMMANDS_OF_OTHERS.get(called, "")
    question = f" Did you mean '{other}'?" if other else asked(called, commands)
    top.error(f"there is no command '{called}'; write one of {', '.join(commands)}.{question}")


def not_taken(unknown: Sequence[str], given: argparse.Namespace) -> str:
    """Return the message on arguments that a command does not take, with the option that is meant."""
    from builder.errors import asked

    command = f"builder {given.command}" if given.command else "builder"
    options = [argument.partition("=")[0] for argument in unknown if argument.startswith("-")]
    if not options:
        return f"{command} takes nothing more, and there is also {' '.join(unknown)}; see '{command} --help'"
    question = asked(options[0], given.options)
    return f"there is no option {' '.join(options)}; '{command} --help' lists those that there are.{question}"

"""The steps of docs/tutorial.md: the files that a reader writes, the commands that a reader types, what these print.

The test follows them, and so does the tool that takes the pictures.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TUTORIAL = Path(__file__).parent.parent / "docs/tutorial.md"
FENCE = re.compile(r"^(`{3,})(?:\{code-block\} *)?(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"^:([\w-]+): *(.*)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class File:
    """A listing with a caption, which names the file that it is written into."""

    name: str
    text: str

    def write(self, folder: Path) -> None:
        """Write the file below ``folder``."""
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Command:
    """A line at the prompt, as its words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """Lines that the command before them prints."""

    lines: tuple[str, ...]


def steps(text: str) -> Iterator[File | Command | Result]:
    """Yield the steps of a tutorial in their order; what a reader does by hand (``:class: by-hand``) is none."""
    for fence in FENCE.finditer(text):
        kind, body = fence[2], fence[3]
        head, _, listing = body.partition("\n\n") if body.startswith(":") else ("", "", body)
        options = dict(OPTION.findall(head + "\n"))
        if "caption" in options:
            yield File(options["caption"], listing)
        elif options.get("class") == "result":
            yield Result(tuple(listing.splitlines()))
        elif kind == "console" and options.get("class") != "by-hand":
            yield from (Command(tuple(shlex.split(line))) for line in listing.splitlines())


def written(folder: Path, until: int) -> None:
    """Write the files of all steps before the ``until``-th command into ``folder``."""
    typed = 0
    for step in steps(TUTORIAL.read_text(encoding="utf-8")):
        if isinstance(step, Command):
            typed += 1
            if typed == until:
                return
        elif isinstance(step, File):
            step.write(folder)

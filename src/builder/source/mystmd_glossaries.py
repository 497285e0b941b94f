"""Definitions of mystmd's glossaries: behind a colon, and on lines that go on without being indented."""

from __future__ import annotations

import re

DEFINITION = re.compile(r"^(?P<indent>\s*): +(?=\S)")
GOES_ON = re.compile(r"^[ \t]?(?![-*+>#%`~:]|\d+[.)]\s)\S")
"""A line of words that is not indented, or by less than a definition."""


class Definitions:
    """The lines of glossaries in turn; a definition is indented here, where mystmd has a colon."""

    def __init__(self) -> None:
        self.indent: str | None = None
        """What stands before the definition that goes on; None outside one."""

    def read(self, line: str, following: str) -> str:
        """Return a line as it is read here, with the one below it; above a definition stands a term."""
        if found := DEFINITION.match(line):
            self.indent = found["indent"]
            return DEFINITION.sub(r"\g<indent>  ", line)
        if self.indent is not None and line.strip():
            is_lazy = GOES_ON.match(line.removeprefix(self.indent)) and not DEFINITION.match(following)
            return f"{self.indent}  {line.lstrip()}" if is_lazy else self.at(line)
        self.indent = None
        return line

    def at(self, line: str) -> str:
        """Return a line that begins something else, or is indented; a definition ends above a term."""
        if not line[:1].isspace():
            self.indent = None
        return line

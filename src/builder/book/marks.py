"""From a line of Typst text back to the line of the source that it came from.

While a document is translated, marks stand in the text before its blocks; when it is done, they are taken out and
become a table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from builder.errors import Source

_MARK = re.compile("\x02(\\d+)\x03")


@dataclass(slots=True)
class Marks:
    """The sources of the marks of one document, by number."""

    sources: list[Source] = field(default_factory=list)

    def before(self, text: str, source: Source) -> str:
        """``text`` with a mark for ``source`` before its first character that is not white."""
        if not self.sources or self.sources[-1] != source:
            self.sources.append(source)
        start = len(text) - len(text.lstrip())
        return f"{text[:start]}\x02{len(self.sources) - 1}\x03{text[start:]}"


@dataclass(frozen=True, slots=True)
class Places:
    """Lines of Typst text from 1, rising, each with the source of what begins on it."""

    lines: tuple[int, ...] = ()
    sources: tuple[Source, ...] = ()

    def source(self, line: int) -> Source | None:
        """The source of what stands on ``line``."""
        index = bisect_right(self.lines, line)
        return self.sources[index - 1] if index else None


def take_out(text: str, marks: Marks) -> tuple[str, Places]:
    """The text without marks, and where they were; of several on a line the last one counts."""
    out: list[str] = []
    found: dict[int, Source] = {}
    line, position = 1, 0
    for match in _MARK.finditer(text):
        piece = text[position : match.start()]
        out.append(piece)
        line += piece.count("\n")
        found[line] = marks.sources[int(match[1])]
        position = match.end()
    out.append(text[position:])
    return "".join(out), Places(tuple(found), tuple(found.values()))

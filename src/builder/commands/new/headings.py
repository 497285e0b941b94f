"""The levels of headings in a document."""

from __future__ import annotations

import re

from builder.source.fences import Fences

HEADING = re.compile(r"(?P<signs>#{1,6})(?=[ \t])")


def without_gaps(text: str) -> str:
    """Return a text whose first heading is one of a document, and in which no level is left out: below ``#`` stands
    ``##``, where its author wrote ``###``. Headings in code and in fences of colons stay.
    """
    fences, lines = Fences(), text.split("\n")
    above: list[int] = []
    for number, line in enumerate(lines):
        is_open = bool(fences.open)
        fences.take(line)
        if is_open or not (found := HEADING.match(line)):
            continue
        level = len(found["signs"])
        above = [*(other for other in above if other < level), level]
        lines[number] = "#" * len(above) + line[level:]
    return "\n".join(lines)

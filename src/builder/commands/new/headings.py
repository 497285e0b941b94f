"""The levels of headings in a document, and the rules between them."""

from __future__ import annotations

import re

from builder.source.fences import Fences

RULE = re.compile(r"[ ]{0,3}(?:-[ \t]*){3,}$|[ ]{0,3}(?:\*[ \t]*){3,}$|[ ]{0,3}(?:_[ \t]*){3,}$")
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


def without_rules_at_edges(text: str) -> str:
    """Return a text without the rules that it, or a section of it, begins or ends with: they part nothing."""
    fences, lines = Fences(), text.split("\n")
    edges: list[int] = []
    at_edge, above = True, ""
    for number, line in enumerate(lines):
        is_open = bool(fences.open)
        fences.take(line)
        if not is_open and not above.strip() and RULE.match(line):
            edges += [number] if at_edge else []
            at_edge = True
        elif line.strip():
            at_edge = not is_open and bool(HEADING.match(line))
        above = line
    last = next((number for number in reversed(range(len(lines))) if lines[number].strip()), 0)
    if not fences.open and RULE.match(lines[last]) and not lines[last - 1].strip():
        edges.append(last)
    return "\n".join(line for number, line in enumerate(lines) if number not in edges)

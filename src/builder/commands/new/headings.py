"""The heading of a chapter, the levels of those below it, and the rules between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from builder.source.fences import Fences

RULE = re.compile(r"[ ]{0,3}(?:-[ \t]*){3,}$|[ ]{0,3}(?:\*[ \t]*){3,}$|[ ]{0,3}(?:_[ \t]*){3,}$")
HEADING = re.compile(r"(?P<signs>#{1,6})(?=[ \t])")
DEEPEST = 6
"""The levels of headings that Markdown has."""


def headings(lines: list[str]) -> Iterator[tuple[int, int]]:
    """The number of each line that is a heading, and its level; not those in code and in fences of colons."""
    fences = Fences()
    for number, line in enumerate(lines):
        is_open = bool(fences.open)
        fences.take(line)
        if not is_open and (found := HEADING.match(line)):
            yield number, len(found["signs"])


def heading_and_rest(text: str, path: Path, title: str) -> tuple[str, str]:
    """Return the heading that a chapter of this ``title`` has above its text, '' where it has one of its own, and the
    text below that.
    """
    own = first_heading(text)
    if own and (not title or own.casefold().split() == title.casefold().split()):
        return "", text
    return f"# {title or title_of_file(path)}", one_deeper(text) if own else text


def first_heading(text: str) -> str:
    """Return the words of the first heading of the first level; '' where there is none."""
    lines = text.split("\n")
    return next((lines[number][1:].strip(" #") for number, level in headings(lines) if level == 1), "")


def has_heading(path: Path) -> bool:
    """Return whether a file is there and has a heading of the first level."""
    return path.is_file() and bool(first_heading(path.read_text(encoding="utf-8", errors="replace")))


def one_deeper(text: str) -> str:
    """Return a text whose headings are each one level deeper, as far as Markdown has levels."""
    lines = text.split("\n")
    for number, level in list(headings(lines)):
        lines[number] = "#" * min(level + 1, DEEPEST) + lines[number][level:]
    return "\n".join(lines)


def title_of_file(path: Path) -> str:
    """Return a heading made of the name of a file: ``02-first-steps.Rmd`` → ``First steps``."""
    words = re.sub(r"^[\d.]+[-_ ]*", "", path.stem).replace("-", " ").replace("_", " ").strip() or path.stem
    return words[:1].upper() + words[1:]


def without_gaps(text: str) -> str:
    """Return a text whose first heading is one of a document, and in which no level is left out: below ``#`` stands
    ``##``, where its author wrote ``###``. Headings in code and in fences of colons stay.
    """
    lines = text.split("\n")
    above: list[int] = []
    for number, level in list(headings(lines)):
        line = lines[number]
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


def is_first(path: Path) -> bool:
    """Return whether a document is the first page of its folder, whose heading may be the title of the book."""
    return path.stem.lower() in ("index", "readme", "_index")

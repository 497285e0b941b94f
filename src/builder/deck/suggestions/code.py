"""Which lines of code a slide shows, and which code it leaves to the page."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_LINES = 10
SETUP = re.compile(
    r"\s*(?:import\b|from\s+\S+\s+import\b|%|!|#|//|pip\b|conda\b|library\(|require\(|using\s|const\s.*require\("
    r"|plt\.|ax\d?\.|axs?\b.*=|fig\w*\b.*=|fig\.|sns\.set|matplotlib|mpl\.|pd\.set_option|np\.set_printoptions"
    r"|np\.random\.seed|random\.seed|warnings\.|set_matplotlib|style\.|\"\"\"|'''|$)"
)
"""A line that gets ready for others, or draws what they found."""
COMMENTS = ("#", "//", "!", "%", '"', "'")
"""What begins a line whose brackets open nothing."""
NAME = re.compile(r"[A-Za-z_]\w{2,}")
TRACEBACK = re.compile(r"Traceback \(most recent call last\)|^\w*(?:Error|Exception|Warning)\b", re.MULTILINE)


def lines_that_matter(code: str, talked_of: Iterable[str]) -> tuple[int, int] | None:
    """(first, last) line from 1 of the code that the text talks of; None where it is set-up, or longer than a slide.

    ``talked_of`` are names from the text.
    """
    lines = code.rstrip("\n").split("\n")
    doing = lines_that_do(lines)
    if not doing:
        return None
    if doing[-1] - doing[0] < MOST_LINES:
        return doing[0], doing[-1]
    names = set(talked_of)
    named = [number for number in doing if names.intersection(NAME.findall(lines[number - 1]))]
    if not named or named[-1] - named[0] >= MOST_LINES:
        return None
    return named[0], named[-1]


def lines_that_do(lines: Iterable[str]) -> list[int]:
    """The numbers, from 1, of lines that are no set-up, nor go on with a statement that is."""
    found: list[int] = []
    is_setup, depth = False, 0
    for number, line in enumerate(lines, 1):
        if depth <= 0:
            is_setup, depth = SETUP.match(line) is not None, 0
        if not is_setup:
            found.append(number)
        elif not line.lstrip().startswith(COMMENTS):
            depth += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
    return found


def names_in(texts: Iterable[str]) -> set[str]:
    """The names in code that stands in a text."""
    return {name for text in texts for name in NAME.findall(text)}


def is_failure(output: str) -> bool:
    """True for what a cell prints when it fails, or warns."""
    return TRACEBACK.search(output) is not None

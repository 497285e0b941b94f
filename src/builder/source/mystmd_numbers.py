"""Numbers that pages of mystmd give their own figures, formulas and theorems; a book counts them by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from builder.source.fences import Fences

OPTION = re.compile(r"^\s*:(?P<name>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*$")


def numbers_of_their_own(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line of each option of a directive that names or forbids its number to no effect, and what is to be
    said of it.
    """
    fences, lines = Fences(), text.splitlines()
    for number, line in enumerate(lines, start=1):
        opened = fences.take(line)
        options = takewhile(None.__ne__, map(OPTION.match, lines[number:])) if opened and opened.directive else ()
        for at, option in enumerate(options, start=number + 1):
            if option and option["name"] == "enumerator":
                yield at, f"':enumerator: {option['value']}' has no effect: numbers are counted through the book."
            elif option and option["name"] == "enumerated" and opened and opened.directive == "math":
                yield at, "':enumerated:' has no effect on a formula: one with a label has a number."

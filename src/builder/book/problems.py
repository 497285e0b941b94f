"""What the Typst compiler reports, as messages at the author's own files and lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from builder.errors import Source

_PLACE = re.compile(r"┌─ (?P<file>.+?):(?P<line>\d+):\d+")
_STANDARD = re.compile(r"^(?:PDF/[\w-]+(?:, )?)+ error: ")
_UNSHOWN = "could not be displayed"
_ADVICE = {
    "missing alt text": "a picture or formula has no alternative text; write what it shows in its :alt: option",
    _UNSHOWN: "no font that is installed has these characters",
    "skipped from heading level": "a heading is more than one level below the heading before it; use the level between",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that Typst reports, and where it came from."""

    message: str
    source: Source | None


def problems_of(text: str, source_at: Callable[[str, int], Source | None]) -> list[Problem]:
    """Every problem in what Typst says of a failed compile, each once; ``source_at`` finds the source of a line of a
    Typst file.
    """
    found = [problem_of(part, source_at) for part in re.split(r"(?m)^error: ", text) if part.strip()]
    return list(dict.fromkeys(found)) or [Problem(text, None)]


def problem_of(text: str, source_at: Callable[[str, int], Source | None]) -> Problem:
    """One report of Typst: its first line, and the first of its places that a source is known for."""
    message = _STANDARD.sub("", text.removeprefix("warning: ").split("\n")[0].strip())
    advice = next((words for key, words in _ADVICE.items() if key in message), "")
    places = [source_at(match["file"], int(match["line"])) for match in _PLACE.finditer(text)]
    source = next((place for place in places if place is not None), None)
    return Problem(f"{message} ({advice})" if advice else message, source)


def gathered(problems: list[Problem]) -> list[Problem]:
    """Return the problems, those of characters without a font as one, where the first of them stands: a book in another
    script has hundreds, and what font is missing is a warning of its own.
    """
    unshown = [problem for problem in problems if _UNSHOWN in problem.message]
    if len(unshown) < 2:
        return problems
    first = Problem(f"{unshown[0].message}, and {len(unshown) - 1} more such texts", unshown[0].source)
    return [first, *(problem for problem in problems if problem not in unshown)]

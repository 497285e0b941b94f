"""Words in quotation marks, found in sources and outputs, and the two lists that they have to be in.

``book/facts/quotations.csv`` has what somebody said or wrote, with speaker, translation and place;
``book/facts/set-apart.csv`` has the words that the book itself sets in quotation marks, each with a reason.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

FACTS = Path(__file__).parent.parent / "book" / "facts"
MARKED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“]+)“")


def table(name: str) -> list[dict[str, str]]:
    """Rows of a file of the facts."""
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def plain(words: str) -> str:
    """Words without what typography may change: kinds of marks, dashes and spaces, dots of omission, a stop
    at the end.
    """
    words = re.sub(r"[’‘]", "'", re.sub(r"\s+", " ", words.replace("\u202f", " ").replace("\u2060", "")))
    words = re.sub(r"[“”\"]", '"', re.sub(r"\s*[–—]\s*|\s-\s", "-", words))
    words = re.sub(r"\.?\s*(?:…\s*|(?:\.\s*){3})", "…", words)
    return words.strip(" .,;:!?/")


@cache
def quotations() -> tuple[tuple[str, str], ...]:
    """Words and fact of each quotation."""
    return tuple((plain(row["text"]), row["fact"]) for row in table("quotations.csv"))


@cache
def set_apart() -> frozenset[str]:
    """The words that the book itself sets apart."""
    return frozenset(plain(row["words"]).casefold() for row in table("set-apart.csv"))


def is_in(words: str, quotation: str) -> bool:
    """True if whole words of a quotation are these, in its order and without a gap."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", quotation) is not None


def facts_of(words: str) -> set[str]:
    """The facts of the quotations that hold these words; none where nobody said them."""
    return {fact for text, fact in quotations() if is_in(plain(words), text)}


def marked(text: str) -> list[str]:
    """What stands in quotation marks in a paragraph."""
    return [next(part for part in match.groups() if part) for match in MARKED.finditer(text)]


def unknown(text: str) -> list[str]:
    """What stands in quotation marks in a paragraph, and in neither list."""
    return [words for words in marked(text) if plain(words).casefold() not in set_apart() and not facts_of(words)]


@cache
def patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Old wordings of corrected facts, and what each fact is."""
    rows = table(str(Path(__file__).parent / "old-wordings.csv"))
    return tuple((re.compile(row["pattern"]), f"{row['fact']}: {row['why']}") for row in rows)


def old_wordings(text: str) -> list[str]:
    """Old wordings that are left in a text, each with the fact that was corrected."""
    text = re.sub(r"\s+", " ", text.replace("\u202f", " "))
    return [f"{match[0]!r} ({why})" for pattern, why in patterns() if (match := pattern.search(text))]

"""What ``builder suggest`` says of each document: what it would mark, and what it leaves to the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from builder.build.wording import counted
from builder.deck.suggestions.chapter import Suggestions
from builder.deck.suggestions.marks import BlockMark, HeadingMark, TextMark

LEFT_OUT = {
    "figure": ("picture", "it is missing, cannot be marked, or the section has many"),
    "table": ("table", "of more than 60 words or 10 rows, or in the HTML of the page"),
    "formula": ("formula", "no short sentence leads to it"),
    "list": ("list", "too long, with code, or the sentence that it continues cannot be marked"),
    "definitions": ("list of terms", "of more than 60 words"),
    "quotation": ("quotation", "of fewer than 6 or more than 60 words, or the second of its section"),
    "box": ("box", "too long, hidden, or about the text itself"),
    "code": ("block of code", "set-up, too long, or the text does not speak of it"),
    "cell": ("cell", "set-up, hidden, failed, without a result, or the text does not speak of it"),
    "block": ("block", "it shows nothing, or its source cannot take a mark"),
    "text": ("paragraph", "its source cannot take marks"),
}
"""Kind of a block → its name, and why such a block stands on no slide."""
PLURALS = {"formula": "formulas", "list of terms": "lists of terms", "block of code": "blocks of code", "box": "boxes"}


def lines_of(name: str, found: Suggestions) -> Iterator[str]:
    """The lines of the report about a document."""
    if not found.marks:
        yield f"{name}: nothing to suggest"
    else:
        yield f"{name}: {', '.join(amounts(found))}"
    for kind, number in Counter(one.kind for one in found.left_out).items():
        word, reason = LEFT_OUT[kind]
        yield f"  left out: {number} {word if number == 1 else PLURALS.get(word, f'{word}s')}: {reason}"
    if found.marks and not found.document.language:
        yield "  its deck is made of these marks, but a notebook cannot be written into: make it MyST to change them"


def amounts(found: Suggestions) -> Iterator[str]:
    """How many slides, points and blocks are suggested."""
    opened = sum(isinstance(mark, HeadingMark) or is_next(mark) for mark in found.marks)
    yield counted(opened, "slide")
    yield counted(sum(isinstance(mark, TextMark) for mark in found.marks), "point")
    yield counted(sum(isinstance(mark, BlockMark) and mark.classes != ("next-slide",) for mark in found.marks), "block")


def is_next(mark: object) -> bool:
    """True for a mark that opens a further slide."""
    return isinstance(mark, BlockMark) and "next-slide" in mark.classes

"""A claim and who disputes it stand on an automatic slide together, or neither does."""

from __future__ import annotations

import pytest
from unmarked import FILLING, shown

from builder.deck.suggestions.cues import TABLE, table

from conftest import Book

CLAIM = "The port was the main cause of the war."
GAUGE = "A gauge is the main help of the port"
LONG = " ".join(f"word{n}" for n in range(40))


@pytest.mark.parametrize(
    ("dispute", "stands"),
    [
        ("Historians disagree about the cause.", True),
        ("However, some sailors argue that the storm was.", True),
        ("Critics of the view name the storm.", True),
        (f"Historians disagree since the {LONG} of the storm.", False),
    ],
)
def test_a_claim_stands_with_its_dispute_or_not_at_all(book: Book, dispute: str, *, stands: bool) -> None:
    text = f"{CLAIM} {dispute}\n\n{GAUGE}."
    found = shown(book, f"# Sea\n\n## Tides\n\n{text}\n\n## Filled\n\n{FILLING}\n")
    points = [point for points in found.values() for point in points]
    assert (CLAIM[:-1] in points) == stands
    assert any(point.split()[-1] == dispute.split()[-1][:-1] for point in points) == stands
    assert GAUGE in points


@pytest.mark.parametrize("dispute", ["Other historians name the storm.", "But critics name the storm."])
def test_a_dispute_that_begins_a_paragraph_is_of_the_claim_above(book: Book, dispute: str) -> None:
    more = "\n\n".join(f"A gauge of the year {n} is a main help of the port." for n in range(9))
    found = shown(book, f"# Sea\n\n## Tides\n\n{more}\n\n{CLAIM}\n\n{dispute}\n\n{more}\n\n## Filled\n\n{FILLING}\n")
    points = [point for points in found.values() for point in points]
    assert [point for point in points if point.endswith((" war", " storm"))] == [CLAIM[:-1], sentence_case(dispute)]


def sentence_case(dispute: str) -> str:
    """The point of a sentence that may begin with *But*."""
    return dispute.removeprefix("But ").removesuffix(".").capitalize()


def test_every_language_with_phrases_has_those_of_disputes() -> None:
    assert TABLE.is_file()
    assert all(row["disputes"] and row["contrasts"] and row["sayings"] for row in table().values())

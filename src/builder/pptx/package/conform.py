"""Which rules of a .pptx that opens everywhere a deck or template breaks (`rules_of_packages`, `rules_of_parts`)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import islice

from builder.pptx.package import rules_of_packages, rules_of_parts  # noqa: F401 - they register their rules
from builder.pptx.package.inspection import PART_RULES, RULES, Inspection, label
from builder.pptx.package.package import Package, is_rels, owner_of
from builder.pptx.package.parts import PackageError

MOST_SENTENCES = 20
"""How many breaches of one rule are named for one part."""


def problems(content: bytes, ending: str = ".pptx") -> list[str]:
    """Return a sentence for each breach in a deck or template whose name ends in ``ending``; none when it opens
    everywhere.

    Raises:
        PackageError: it is no package, or one beyond the limits.
    """
    deck = Inspection(Package(content), ending)
    names = deck.package.entries
    found = [sentence for name in names if is_rels(name) for sentence in read_relationships(deck, owner_of(name))]
    for name in names:
        if name.startswith("/ppt/") and name.endswith(".xml"):
            found += part_problems(deck, name)
    for rule in RULES:
        found += sentences(rule(deck), "the deck")
    return found


def read_relationships(deck: Inspection, owner: str) -> Iterator[str]:
    """Read the relationships of a part; yields why they cannot be read."""
    try:
        deck.relationships[owner] = deck.package.rels(owner)
    except PackageError as error:
        yield f"it cannot be read: {error.message}"


def part_problems(deck: Inspection, name: str) -> Iterator[str]:
    """Yield the breaches in one part of XML, which is parsed once for all rules."""
    try:
        root = deck.package.read(name)
    except PackageError as error:
        yield f"it cannot be read: {error.message}"
        return
    for folders, rule in PART_RULES:
        if not folders or posixpath.dirname(name)[len("/ppt/") :] in folders:
            yield from sentences(rule(deck, name, root), label(name))


def sentences(found: Iterator[str], where: str) -> Iterator[str]:
    """Yield at most `MOST_SENTENCES` of a rule; a structure that the rule does not expect is a breach too."""
    try:
        yield from islice(found, MOST_SENTENCES)
    except PackageError as error:
        yield f"it cannot be read: {error.message}"
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        yield f"{where} is not built as a .pptx file is ({type(error).__name__}: {error})"

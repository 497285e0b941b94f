"""Which rules of a .pptx that opens everywhere a deck or template breaks (`rules`)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import islice

from builder.pptx.package.parts import PackageError, open_parts
from builder.pptx.package.rules import PART_RULES, RULES
from builder.pptx.package.taken_apart import Package, relationships_of

MOST_SENTENCES = 20
"""How many breaches of one rule are named for one part."""


def problems(content: bytes, ending: str = ".pptx") -> list[str]:
    """Every breach found in a deck or template whose name ends in ``ending``; empty when it opens everywhere.

    Raises:
        PackageError: it is no package, or one beyond the limits.
    """
    parts = open_parts(content)
    package = Package(ending, parts, [name.lstrip("/") for name in parts])
    found = [
        sentence for name in package.names if name.endswith(".rels") for sentence in read_relationships(package, name)
    ]
    for name in package.names:
        if name.endswith(".xml"):
            found += part_problems(package, name)
    for rule in RULES:
        found += sentences(rule(package), "the deck")
    return found


def read_relationships(package: Package, name: str) -> Iterator[str]:
    """Read a ``.rels`` part; yields why it cannot be read."""
    folder, file = posixpath.split(name)
    source = posixpath.join(posixpath.dirname(folder), file[: -len(".rels")])
    try:
        package.relationships[source] = relationships_of(package.xml(name), posixpath.dirname(source))
    except PackageError as error:
        yield f"it cannot be read: {error.message}"


def part_problems(package: Package, name: str) -> Iterator[str]:
    """The breaches in one part of XML, which is parsed once for all rules."""
    try:
        root = package.xml(name)
    except PackageError as error:
        yield f"it cannot be read: {error.message}"
        return
    if name.startswith("ppt/"):
        for folders, rule in PART_RULES:
            if not folders or posixpath.dirname(name)[len("ppt/") :] in folders:
                yield from sentences(rule(package, name, root), name)


def sentences(found: Iterator[str], where: str) -> Iterator[str]:
    """What a rule found, in so many sentences that somebody reads them; a structure that the rule does not expect is a breach too."""
    try:
        yield from islice(found, MOST_SENTENCES)
    except PackageError as error:
        yield f"it cannot be read: {error.message}"
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        yield f"{where} is not built as a .pptx file is ({type(error).__name__}: {error})"

"""What a person must look at in a book that was taken over, by kind, and LOOK-AT.md, which lists it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

SETTINGS = "Settings without use here"
LEFT = "Documents that are not in the book"
FOR_INFORMATION = (SETTINGS, LEFT)
"""Kinds that stand at the end, since most of them need no work."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A kind of what has no counterpart, with what to do, and the one that is meant; '' where the document says it."""

    kind: str
    thing: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.thing}"


Remarks = Mapping[str, Sequence[Remark]]
"""Document, or file of settings → what to look at in it."""


def told(line: str) -> Remark:
    """Return what a line of our filters tells: a kind and a thing, with a tab between them."""
    kind, _, thing = line.partition("\t")
    return Remark(kind, thing)


def by_kind(remarks: Remarks) -> dict[str, dict[str, list[str]]]:
    """Return kind → document → the things meant in it; kinds with most things first, those for information last."""
    found: dict[str, dict[str, list[str]]] = {}
    for document, several in remarks.items():
        for remark in dict.fromkeys(several):
            found.setdefault(remark.kind, {}).setdefault(document, []).append(remark.thing)
    return dict(sorted(found.items(), key=lambda item: (item[0] in FOR_INFORMATION, -count_of(item[1]))))


def count_of(places: Mapping[str, Sequence[str]]) -> int:
    """Return how many things of a kind there are."""
    return sum(map(len, places.values()))


def look_at_page(tool: str, remarks: Remarks) -> str:
    """Return the list of what a person must look at: a section for each kind, with a line for each document."""
    kinds = by_kind(remarks)
    lines = [
        "# What to look at",
        "",
        f"This was written from {tool}. What has no counterpart stands here by kind, so that you can work through one "
        "after the other:",
        "",
        *(f"- {kind}: {count_of(places)}" for kind, places in kinds.items()),
    ]
    for kind, places in kinds.items():
        lines += ["", f"## {kind}", "", *lines_of(places)]
    return "\n".join(lines) + "\n"


def lines_of(places: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield a line for each document, with what is meant in it."""
    for document, things in places.items():
        named = ", ".join(filter(None, things))
        yield "- " + ": ".join(filter(None, (document, named)))

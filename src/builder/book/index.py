"""The index: Sphinx's own entries, with labels that Typst turns into page numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx.environment.adapters.indexentries import IndexEntries

from builder.book.escape import array, breakable, string
from builder.book.translate import REFERENCE_MARK

if TYPE_CHECKING:
    from sphinx.builders import Builder


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One line of the index: its words, the labels of its places, and whether it stands below the line before."""

    words: str
    labels: tuple[str, ...]
    below: bool = False


def index_groups(builder: Builder, defined: set[str]) -> list[tuple[str, list[IndexLine]]]:
    """(letter, lines) in the order that the web book's index has; places outside the book are left out."""
    groups = []
    for letter, entries in IndexEntries(builder.env).create_index(builder, group_entries=True):
        lines: list[IndexLine] = []
        for words, (targets, subentries, _key) in entries:
            found = _labels(targets, defined)
            below = [IndexLine(sub, _labels(places, defined), below=True) for sub, places in subentries]
            below = [line for line in below if line.labels or line.words.startswith("see")]
            if found or below:
                lines += [IndexLine(words, found), *below]
        if lines:
            groups.append((letter, lines))
    return groups


def _labels(targets: Iterable[tuple[Any, Any]], defined: set[str]) -> tuple[str, ...]:
    labels = []
    for _main, uri in targets:
        if not isinstance(uri, str) or not uri.startswith(REFERENCE_MARK):
            continue
        docname, _, identifier = uri[1:].partition("#")
        if f"{docname}:{identifier}" in defined:
            labels.append(f"{docname}:{identifier}")
    return tuple(dict.fromkeys(labels))


def typst_index(groups: list[tuple[str, list[IndexLine]]], title: str) -> str:
    """The Typst call that sets the index; '' when there is nothing to set."""
    if not groups:
        return ""
    out = []
    for letter, lines in groups:
        rows = [
            f"({string(breakable(line.words))}, {array([string(label) for label in line.labels])}, {str(line.below).lower()})"
            for line in lines
        ]
        out.append(f"({string(letter)}, {array(rows)})")
    return f"#book-index({string(title)}, {array(out)})\n"

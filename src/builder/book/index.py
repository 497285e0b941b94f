"""The index: Sphinx's own entries, with labels that Typst turns into page numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from sphinx.environment.adapters.indexentries import IndexEntries

from builder.source.formulas import readable_index
from builder.source.resolved import REFERENCE_MARK
from builder.typeset.escape import array, breakable, string

if TYPE_CHECKING:
    from sphinx.builders import Builder


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One line of the index: its words, the labels of its places, whether it stands below the line before, and whether
    it ``refers`` to another entry, as ``see`` and ``see also`` do in whatever language.
    """

    words: str
    labels: tuple[str, ...]
    below: bool = False
    refers: bool = False


Letter = tuple[str, tuple[IndexLine, ...]]
"""A letter, and the lines below it."""


def index_letters(builder: Builder) -> tuple[Letter, ...]:
    """The letters of the project's index in the order that the web book's has."""
    letters = []
    found = IndexEntries(builder.env).create_index(builder, group_entries=True)
    for letter, entries in readable_index(found, builder.env):
        lines: list[IndexLine] = []
        for words, (targets, subentries, _key) in entries:
            below = (IndexLine(sub, _labels(places), below=True, refers=not places) for sub, places in subentries)
            lines += [IndexLine(words, _labels(targets)), *below]
        letters.append((letter, tuple(lines)))
    return tuple(letters)


def _labels(targets: Iterable[tuple[Any, Any]]) -> tuple[str, ...]:
    labels = []
    for _main, uri in targets:
        if isinstance(uri, str) and uri.startswith(REFERENCE_MARK):
            docname, _, identifier = uri[1:].partition("#")
            labels.append(f"{docname}:{identifier}")
    return tuple(dict.fromkeys(labels))


def letters_within(letters: Iterable[Letter], defined: Set[str]) -> tuple[Letter, ...]:
    """The letters of a book of which ``defined`` are the labels: lines that lead elsewhere alone are left out."""
    found = []
    for letter, lines in letters:
        within: list[IndexLine] = []
        for line in map(partial(line_within, defined), reversed(lines)):
            has_below = bool(within) and within[-1].below and not line.below
            if line.labels or has_below or line.refers:
                within.append(line)
        if within:
            found.append((letter, tuple(reversed(within))))
    return tuple(found)


def line_within(defined: Set[str], line: IndexLine) -> IndexLine:
    """A line with those of its labels that are ``defined``."""
    return replace(line, labels=tuple(label for label in line.labels if label in defined))


def typst_index(letters: Iterable[Letter], title: str, folios: Mapping[str, str] | None) -> str:
    """The Typst call that sets the index; '' when there is nothing to set. Where ``folios`` are not given Typst asks
    for them.
    """
    groups = []
    for letter, lines in letters:
        rows = [
            f"({string(breakable(line.words))}, {array(places(line, folios))}, {str(line.below).lower()})"
            for line in lines
        ]
        groups.append(f"({string(letter)}, {array(rows)})")
    return f"#book-index({string(title)}, {array(groups)})\n" if groups else ""


def places(line: IndexLine, folios: Mapping[str, str] | None) -> list[str]:
    """Return what a line of the index refers to: labels, or the first label on each page with the folio, in the order
    of the pages.
    """
    if folios is None:
        return [string(label) for label in line.labels]
    first: dict[str, str] = {}
    for label in line.labels:
        first.setdefault(folios.get(label, ""), label)
    return [f"({string(label)}, {string(folio)})" for folio, label in sorted(first.items(), key=_page)]


def _page(place: tuple[str, str]) -> tuple[bool, int]:
    """The place of a folio among the others: Roman ones, of the front matter, come first."""
    folio = place[0]
    return (True, int(folio)) if folio.isdecimal() else (False, 0)

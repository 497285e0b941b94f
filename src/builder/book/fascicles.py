"""A book divided into fascicles: parts that open on a page of their own, each a Typst document by itself.

So only the chapter that was edited is set again, chapters are set beside each other, and time grows with the book and not faster.
What a fascicle shows of others (folios, the headings in the contents) it is told; see ``fascicle`` in the template.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from builder.book.assemble import BookOrder, Entry
from builder.book.escape import call, markup, string
from builder.book.translate import TypstDocument

HEAD = '#import "template.typ": *\n'
"""How each Typst file opens."""

FRONT, INDEX, WHOLE, PART = ":front", ":index", ":whole", ":part-"
MAIN = "#show: main-matter\n"

_ASKS = re.compile(
    r"\b(?:query|locate|final)\(|#let\s+(?:a|book|book-index|contents|float-list|folio-at|folio-of|foot|head|index-columns|"
    r"index-pages|main-matter|numbered|page-map|part-page|plain|place-of|ref-to|ref-with-page|section|told|to-opening)\b"
)
"""What of an author's template may look beyond a chapter, or does what division relies on."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a fascicle is told: the folio of its first page (0: the front matter), pages before it that are not bound, folios of others."""

    first: int = 0
    skipped: int = 0
    folios: Mapping[str, str] = field(default_factory=dict)

    def call(self) -> str:
        """The call that tells it."""
        pairs = ", ".join(f"{string(label)}: {string(folio)}" for label, folio in sorted(self.folios.items()))
        return f"#fascicle(first: {self.first}, skipped: {self.skipped}, folios: ({pairs or ':'}))\n"


@dataclass(frozen=True, slots=True)
class Paper:
    """How the pages of a book are counted: whether chapters open on rectos, and whether leaves have two sides."""

    recto: bool
    two_sided: bool

    def after(self, last: int) -> int:
        """The folio that a chapter opens with, behind page ``last``."""
        return last + 1 + (self.recto and last % 2)

    def told(self, first: int, folios: Mapping[str, str]) -> Told:
        """What a chapter is told; a page before it that is not bound lets its first one open it, two make that a recto."""
        return Told(first, 2 if self.two_sided and first % 2 else 1, folios)


@dataclass(frozen=True, slots=True)
class Fascicle:
    """A part of a book: its name, its documents, its Typst text before and after what it is told, the labels whose folios it shows."""

    name: str
    documents: tuple[TypstDocument, ...]
    before: str
    after: str
    shown: frozenset[str] = frozenset()

    @property
    def is_main(self) -> bool:
        """True if its folios are arabic, and told."""
        return self.name not in (FRONT, WHOLE)

    def text(self, told: Told) -> str:
        """The main file."""
        return f"{self.before}{told.call()}{self.after}"


@dataclass(frozen=True, slots=True)
class Matter:
    """What stands in a book beside its documents, as Typst text: how it opens, title pages and lists, the index with its title and labels."""

    opening: str
    front: str
    index: str
    index_title: str
    index_labels: frozenset[str]


def looks_beyond(template: str) -> bool:
    """True if an author's template may look beyond a chapter, or replaces what the division relies on."""
    return _ASKS.search(template) is not None


def divide(
    order: BookOrder, documents: Mapping[str, TypstDocument], matter: Matter, appendices: Collection[str], anchors: str
) -> list[Fascicle]:
    """The fascicles of a book in printing order: front matter, chapters, index. ``anchors`` are put before the first chapter."""
    fronts = tuple(documents[entry.docname] for entry in order.front)
    listed: list[tuple[str, str]] = []
    chapters = []
    for name, held, text, lines in chapters_of(order.main, documents, appendices):
        chapters.append(Fascicle(name, held, matter.opening, f"{MAIN}{anchors}{text}", pages_shown(held)))
        listed += lines
        anchors = ""
    if matter.index:
        chapters.append(Fascicle(INDEX, (), matter.opening, f"{MAIN}{matter.index}", matter.index_labels))
        listed.append((INDEX, call("listed-heading", markup(matter.index_title), lbl=string(INDEX))))
    text = "".join([matter.front, *map(include, fronts), "#elsewhere[\n", *(f"{line}\n" for _, line in listed), "]\n"])
    front = Fascicle(FRONT, fronts, matter.opening, text, pages_shown(fronts).union(label for label, _ in listed))
    return [front, *chapters]


def undivided(
    order: BookOrder, documents: Mapping[str, TypstDocument], matter: Matter, appendices: Collection[str], anchors: str
) -> list[Fascicle]:
    """A book as one fascicle; the arguments are those of `divide`."""
    fronts = "".join(include(documents[entry.docname]) for entry in order.front)
    chapters = "".join(text for _, _, text, _ in chapters_of(order.main, documents, appendices))
    text = f"{matter.front}{fronts}{MAIN}{anchors}{chapters}{matter.index}"
    return [Fascicle(WHOLE, tuple(documents[entry.docname] for entry in order.entries), matter.opening, text)]


def chapters_of(
    entries: Iterable[Entry], documents: Mapping[str, TypstDocument], appendices: Collection[str]
) -> Iterator[tuple[str, tuple[TypstDocument, ...], str, list[tuple[str, str]]]]:
    """Of each chapter: the name of its first document, its documents, their Typst text, and their lines in lists with their labels."""
    groups: list[list[Entry]] = []
    for entry in entries:
        if not groups or entry.part or (entry.depth == 0 and documents[entry.docname].opens_page):
            groups.append([])
        groups[-1].append(entry)
    parts = count(1)
    appended = False
    for group in groups:
        text = ""
        listed = []
        for entry in group:
            appended = appended or entry.docname in appendices
            text += "#appendices()\n" if appended and (entry is group[0] or entry.docname in appendices) else ""
            if entry.part:
                label = f"{PART}{next(parts)}"
                text += f"#part-page({string(entry.part)}, lbl: {string(label)})\n"
                listed.append((label, call("listed-heading", markup(entry.part), lbl=string(label))))
            text += include(documents[entry.docname])
            listed += documents[entry.docname].listed
        yield group[0].docname, tuple(documents[entry.docname] for entry in group), text, listed


def include(document: TypstDocument) -> str:
    """The call that sets a document."""
    return f"#include {string(document.file)}\n"


def pages_shown(documents: Iterable[TypstDocument]) -> frozenset[str]:
    """Labels in other documents whose pages these name."""
    return frozenset().union(*(document.paged for document in documents))

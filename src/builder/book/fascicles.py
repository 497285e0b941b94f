"""A book divided into fascicles: parts that open on a page of their own, each a Typst document by itself.

So only the chapter that was edited is set again, chapters are set beside each other, and time grows with the book and
not faster.
A fascicle gets its context (the folios of others, the headings in the contents) in a call; see ``fascicle`` in the
template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from builder.book.index import Letter, typst_index
from builder.book.translate import TypstDocument
from builder.source.order import BookOrder, Entry
from builder.typeset.escape import call, markup, string
from builder.typeset.math.setting import FORMULA_RULES

HEAD = f'#import "template.typ": *\n#import math: accent, bold, mono, sans, scripts, serif\n{FORMULA_RULES}'
"""How each Typst file opens: the template has looks by the names of functions that formulas call."""

FRONT, INDEX, WHOLE, PART = ":front", ":index", ":whole", ":part-"
MAIN = "#show: main-matter\n"
EMPTY = "#box()\n"
"""What gives a page to a chapter in which there is nothing yet."""

_ASKS = re.compile(
    r"\b(?:query|locate|final)\(|#let\s+(?:a|book|book-index|contents|float-list|folio-at|folio-of|foot|head|index-columns|"
    r"index-pages|main-matter|numbered|page-map|part-page|plain|place-of|ref-to|ref-with-page|section|told|to-opening)\b"
)
"""What of an author's template may look beyond a chapter, or does what division relies on."""


Folios = Mapping[str, str]
"""Label → folio."""


@dataclass(frozen=True, slots=True)
class FascicleContext:
    """The context of a fascicle: the folio of its first page (0: the front matter), pages before it that are not bound,
    folios of others.
    """

    first: int = 0
    skipped: int = 0
    folios: Folios = field(default_factory=dict)

    def call(self, named: Collection[str]) -> str:
        """The call by which the fascicle gets it, with the folios of what is ``named`` in its text."""
        folios = sorted((label, folio) for label, folio in self.folios.items() if label in named)
        pairs = ", ".join(f"{string(label)}: {string(folio)}" for label, folio in folios)
        return f"#fascicle(first: {self.first}, skipped: {self.skipped}, folios: ({pairs or ':'}))\n"


@dataclass(frozen=True, slots=True)
class Paper:
    """How the pages of a book are counted: whether chapters open on rectos, and whether leaves have two sides."""

    recto: bool
    two_sided: bool

    def after(self, last: int) -> int:
        """The folio that a chapter opens with, behind page ``last``."""
        return last + 1 + (self.recto and last % 2)

    def context(self, first: int, folios: Folios) -> FascicleContext:
        """The context of a chapter; a page before it that is not bound lets its first one open it, two make that a
        recto.
        """
        return FascicleContext(first, 2 if self.two_sided and first % 2 else 1, folios)


@dataclass(frozen=True, slots=True)
class Fascicle:
    """A part of a book: its name, its documents, how its Typst text opens and goes on.

    ``named`` are the labels whose folios its documents show, ``listed`` those that lists in it show; ``text_with``
    gives the text for the folios of those.
    """

    name: str
    documents: tuple[TypstDocument, ...]
    opening: str
    text_with: Callable[[Folios], str]
    named: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()

    @property
    def is_main(self) -> bool:
        """True if its folios are arabic, and come from its context."""
        return self.name not in (FRONT, WHOLE)

    def text(self, context: FascicleContext) -> str:
        """The main file."""
        return f"{self.opening}{context.call(self.named)}{self.text_with(context.folios)}"


@dataclass(frozen=True, slots=True)
class Matter:
    """What stands in a book beside its documents: how it opens, title pages and lists, as Typst text; the index, its
    title and its letters.
    """

    opening: str
    front: str
    index_title: str
    letters: tuple[Letter, ...]

    def index(self, folios: Folios | None = None) -> str:
        """The index with its folios; with None Typst asks for them."""
        return typst_index(self.letters, self.index_title, folios)

    def index_labels(self) -> frozenset[str]:
        """Labels that the index shows the folios of."""
        return frozenset(label for _, lines in self.letters for line in lines for label in line.labels)


def looks_beyond(template: str) -> bool:
    """True if an author's template may look beyond a chapter, or replaces what the division relies on."""
    return _ASKS.search(template) is not None


def divide(
    order: BookOrder, documents: Mapping[str, TypstDocument], matter: Matter, appendices: Collection[str], anchors: str
) -> list[Fascicle]:
    """The fascicles of a book in printing order: front matter, chapters, index. ``anchors`` are put before the first
    chapter.
    """
    fronts = tuple(documents[entry.docname] for entry in order.front)

    def index(folios: Folios) -> str:
        return f"{MAIN}{matter.index(folios)}"

    listed: list[tuple[str, str]] = []
    chapters = []
    for name, held, text, lines in chapters_of(order.main, documents, appendices):
        text += EMPTY if all(document.is_empty for document in held) else ""
        chapters.append(Fascicle(name, held, matter.opening, always(f"{MAIN}{anchors}{text}"), pages_named(held)))
        listed += lines
        anchors = ""
    if matter.letters:
        chapters.append(Fascicle(INDEX, (), matter.opening, index, listed=matter.index_labels()))
        listed.append((INDEX, call("listed-heading", markup(matter.index_title), lbl=string(INDEX))))
    opening = matter.front + front_text(order, documents)

    def front(folios: Folios) -> str:
        return f"{opening}{elsewhere(listed, folios)}"

    labels = frozenset(label for label, _ in listed)
    return [Fascicle(FRONT, fronts, matter.opening, front, pages_named(fronts), labels), *chapters]


def always(text: str) -> Callable[[Folios], str]:
    """The same text, whatever the folios are."""
    return lambda _: text


def elsewhere(listed: Iterable[tuple[str, str]], folios: Folios) -> str:
    """Return what the lists at the front show of other fascicles, each with its folio."""
    lines = "".join(f"#at-folio({string(folios.get(label, ''))})[{line}]\n" for label, line in listed)
    return f"#elsewhere[\n{lines}]\n"


def undivided(
    order: BookOrder, documents: Mapping[str, TypstDocument], matter: Matter, appendices: Collection[str], anchors: str
) -> list[Fascicle]:
    """A book as one fascicle; the arguments are those of `divide`."""
    fronts = front_text(order, documents)
    chapters = "".join(text for _, _, text, _ in chapters_of(order.main, documents, appendices))
    text = f"{matter.front}{fronts}{MAIN}{anchors}{chapters}{matter.index()}"
    held = tuple(documents[entry.docname] for entry in order.entries)
    return [Fascicle(WHOLE, held, matter.opening, always(text))]


def chapters_of(
    entries: Iterable[Entry], documents: Mapping[str, TypstDocument], appendices: Collection[str]
) -> Iterator[tuple[str, tuple[TypstDocument, ...], str, list[tuple[str, str]]]]:
    """Of each chapter: the name of its first document, its documents, their Typst text, and their lines in lists with
    their labels.
    """
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
            if not entry.within:
                text += include(documents[entry.docname])
                listed += list(lines_of(documents[entry.docname], documents))
        yield group[0].docname, tuple(documents[entry.docname] for entry in group), text, listed


def front_text(order: BookOrder, documents: Mapping[str, TypstDocument]) -> str:
    """The calls that set the documents of the front matter."""
    return "".join(include(documents[entry.docname]) for entry in order.front if not entry.within)


def lines_of(document: TypstDocument, documents: Mapping[str, TypstDocument]) -> Iterator[tuple[str, str]]:
    """The lines of a document in lists, and of those that stand in the middle of it, with their labels."""
    for label, line in document.listed:
        if label:
            yield label, line
        else:
            yield from lines_of(documents[line], documents)


def include(document: TypstDocument) -> str:
    """The call that sets a document."""
    return f"#include {string(document.file)}\n"


def pages_named(documents: Iterable[TypstDocument]) -> frozenset[str]:
    """Labels in other documents whose pages these name."""
    return frozenset().union(*(document.paged for document in documents))

"""A printed book → its lines and pictures that run into a margin, each with its place in the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.book.margins import Overrun, overruns
from builder.book.printed import PrintedBook
from builder.book.text import BookText
from builder.errors import Source
from builder.typeset.escape import string
from builder.typeset.page_map import PageMap


@dataclass(frozen=True, slots=True)
class TypstLine:
    """A line of a document's Typst text, counted from 1, with those of its words that are looked for."""

    docname: str
    number: int
    words: set[str]


def overruns_of(book: PrintedBook) -> Iterator[tuple[Overrun, Source | None]]:
    """Each overrun of a book that was set, with its source where that can be found."""
    assert book.compiled is not None
    found = list(overruns(book.compiled.pdf, book.text.settings.text_block()))
    lines = lines_with(book.text, set().union(*(words_of(overrun.words) for overrun in found)))
    for overrun in found:
        yield overrun, source_of_overrun(overrun, book.text, lines, book.compiled.page_map)


def lines_with(text: BookText, sought: set[str]) -> list[TypstLine]:
    """The lines of Typst text that have any of the words."""
    if not sought:
        return []
    every = (
        TypstLine(name, number, words_of(line) & sought)
        for name, document in text.documents.items()
        for number, line in enumerate(document.text.split("\n"), start=1)
    )
    return [line for line in every if line.words]


def source_of_overrun(overrun: Overrun, text: BookText, lines: list[TypstLine], page_map: PageMap) -> Source | None:
    """The source of the line that has most of an overrun's words: first among the documents with a target on its
    page; without such words, as of pictures and formulas, that of the section on the page.
    """
    sought = words_of(overrun.words)
    here = {label.partition(":")[0] for label, folio in page_map.folios.items() if folio == overrun.folio}
    matching = [line for line in lines if line.words & sought]
    nearest = [line for line in matching if line.docname in here] or matching
    if not nearest:
        return source_of_page(overrun.page, text, page_map)
    best = max(nearest, key=lambda line: (len(line.words & sought), -line.number, line.docname))
    return text.documents[best.docname].places.source(best.number)


def source_of_page(page: int, text: BookText, page_map: PageMap) -> Source | None:
    """The source of the heading of the shortest section on a page, by its place in the PDF; its document's first line
    where that heading has no line; None for a page of no document.
    """
    here = [(stretch, label) for label, stretch in page_map.stretches.items() if stretch.first <= page <= stretch.last]
    for _, label in sorted(here, key=lambda one: (one[0].last - one[0].first, -one[0].first)):
        docname = label.partition(":")[0]
        document = text.documents.get(docname)
        if document is not None:
            line = document.text.partition(string(label))[0].count("\n") + 1
            return document.places.source(line) or Source(text.surroundings.files[docname])
    return None


def words_of(line: str) -> set[str]:
    """The words of a line, of Typst text or of a page, without what the typesetter puts into them."""
    return set(re.findall(r"\w{2,}", re.sub("[\\\\\u200b\u00ad]", "", line)))

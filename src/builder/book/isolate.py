"""What Typst cannot set, found: the block, the document or the author's template that it is in, so that all else of the
book is set.

Typst names a line of its text, or only a line of the template, or nothing. Where no block is known by a line, it is
searched for:
with all blocks of a fascicle set aside but the first half it can be set, or it can not, and so on (a bisection).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sphinx.util.logging import suppress_logging

from builder.book.extents import Attempt, BlockExtent, Extents
from builder.book.fascicles import Fascicle
from builder.book.folder import BookFolder
from builder.book.problems import problems_of
from builder.book.text import LINES_BEFORE, BookText
from builder.book.translate import TypstDocument
from builder.errors import AuthorError, Source, warn

_PLACE = re.compile(r"┌─ (?P<file>.+?):(?P<line>\d+):(?P<column>\d+)")
Block = tuple[str, BlockExtent]
"""A block, with the document that it is in."""
Translate = Callable[[str, Attempt], TypstDocument]
"""Translates a document of the book again."""

MOST = 60
"""How many blocks of a book are searched for, one after the other, before the book is given up."""


@dataclass(slots=True)
class Isolation:
    """Sets aside what keeps the book of ``text`` from being set; ``text`` is what is left of it.

    ``aside`` is, for each document, the numbers of its blocks that are set aside; ``errors`` are those in the author's
    template.
    """

    text: BookText
    slide_places: Mapping[str, str]
    folder: BookFolder
    translate: Translate
    aside: dict[str, frozenset[int]] = field(default_factory=dict)
    errors: list[AuthorError] = field(default_factory=list)
    rounds: int = 0
    _extents: dict[str, Extents] = field(default_factory=dict)

    def narrow(self, problems: Mapping[str, str], fascicles: list[Fascicle]) -> bool:
        """Set aside one block of each fascicle with problems, or the author's template; false when nothing was found
        that helps.
        """
        self.rounds += 1
        if self.rounds > MOST:
            return False
        if self.template_at_fault(problems):
            return True
        by_name = {fascicle.name: fascicle for fascicle in fascicles}
        narrowed = [self.narrowed(by_name[name], text) for name, text in problems.items() if name in by_name]
        return any(narrowed)

    def narrowed(self, fascicle: Fascicle, text: str) -> bool:
        """Set aside the block that a fascicle's problem is in; false when none was found."""
        named = self.by_place(text)
        found = self.innermost(fascicle, named, []) if named is not None else self.by_search(fascicle)
        if found is None:
            return False
        docname, extent = found
        self.aside[docname] = self.aside.get(docname, frozenset()) | {extent.number}
        self.text = self.text_with({docname: self.retranslated(docname, self.aside[docname])})
        message = problems_of(text, self.text.source_at)[0].message
        warn(f"Typst cannot set the {extent.name}: {message}; its words stand in its place.", extent.source, "fault")
        return True

    # --- by the line that Typst names

    def by_place(self, text: str) -> Block | None:
        """The innermost block at the first place in a document that Typst names."""
        for match in _PLACE.finditer(text):
            document = next((one for one in self.text.documents.values() if one.file == Path(match["file"]).name), None)
            if document is None:
                continue
            line = int(match["line"]) - LINES_BEFORE
            offset = offset_of(document, line, int(match["column"]))
            found = self.extents(document.docname).at(offset, self.aside.get(document.docname, frozenset()))
            if found is not None:
                return document.docname, found
        return None

    def extents(self, docname: str) -> Extents:
        """Return where the blocks of a document stand in its text as it is now."""
        known = self._extents[docname] = Extents()
        self.retranslated(docname, self.aside.get(docname, frozenset()), known)
        return known

    def retranslated(self, docname: str, aside: frozenset[int], extents: Extents | None = None) -> TypstDocument:
        """A document translated again, in silence."""
        with suppress_logging():
            return self.translate(docname, Attempt(aside, extents))

    def text_with(self, documents: Mapping[str, TypstDocument]) -> BookText:
        """The book with ``documents`` in the place of its own of those names."""
        return replace(self.text, documents={**self.text.documents, **documents})

    # --- by search

    def by_search(self, fascicle: Fascicle) -> Block | None:
        """The innermost block without which a fascicle can be set; None where it cannot be set without any."""
        blocks = [
            (one.docname, extent) for one in fascicle.documents for extent in self.extents(one.docname).below(None)
        ]
        index = self.first_that_helps(fascicle, blocks, [])
        return self.innermost(fascicle, blocks[index], blocks[:index]) if index is not None else None

    def innermost(self, fascicle: Fascicle, outer: Block, without: list[Block]) -> Block:
        """The innermost block inside of ``outer`` that helps as ``outer`` does, where those of ``without`` are set
        aside too.
        """
        docname = outer[0]
        inner = [(docname, extent) for extent in self._extents[docname].below(outer[1])]
        index = self.first_that_helps(fascicle, inner, without)
        return outer if index is None else self.innermost(fascicle, inner[index], [*without, *inner[:index]])

    def first_that_helps(self, fascicle: Fascicle, blocks: list[Block], without: list[Block]) -> int | None:
        """Return which block it is that a fascicle can be set without it and those before it, but not without those
        before it alone.

        None when it cannot be set without all of them; those of ``without`` are set aside in any case.
        """
        if not blocks or not self.can_be_set(fascicle, [*without, *blocks]):
            return None
        low, high = 0, len(blocks)
        while high - low > 1:
            middle = (low + high) // 2
            if self.can_be_set(fascicle, [*without, *blocks[:middle]]):
                high = middle
            else:
                low = middle
        return high - 1

    def can_be_set(self, fascicle: Fascicle, without: list[Block]) -> bool:
        """True if Typst can set a fascicle without some blocks, or the one that it joins without its title."""
        documents = {}
        for docname in {docname for docname, _ in without}:
            numbers = frozenset(extent.number for name, extent in without if name == docname)
            documents[docname] = self.retranslated(docname, self.aside.get(docname, frozenset()) | numbers)
        with suppress_logging():
            fascicles, fonts = self.folder.write(self.text_with(documents), self.slide_places)
        first = fascicle.documents[0].docname
        tried = next(one for one in fascicles if first in {document.docname for document in one.documents})
        return self.folder.composition.can_be_set(tried, self.text.settings.paper(), fonts)

    # --- the author's own template

    def template_at_fault(self, problems: Mapping[str, str]) -> bool:
        """Set the book with our template alone where the author's does not compile, and report where that is."""
        for place, message in self.places_in_template(problems):
            text = f"the template cannot be used, so the book is set with the builder's own: {message}."
            self.errors.append(AuthorError(text, place))
            self.text = replace(
                self.text, settings=replace(self.text.settings, author_template=None, template_files=())
            )
            self.folder.write_anew()
            return True
        return False

    def places_in_template(self, problems: Mapping[str, str]) -> Iterator[tuple[Source, str]]:
        """File and line in the author's template that Typst names first of all, with what it says."""
        template = self.text.settings.author_template
        for text in problems.values() if template is not None else ():
            match = _PLACE.search(text)
            name = Path(match["file"].replace("\\", "/")) if match is not None else Path()
            if match is not None and "author" in name.parts:
                own = template.parent.joinpath(*name.parts[name.parts.index("author") + 1 :])  # type: ignore[union-attr]
                yield Source(str(own), int(match["line"])), problems_of(text, self.text.source_at)[0].message


def offset_of(document: TypstDocument, line: int, column: int) -> int:
    """Return where in a document's text a line and column (from 1) are."""
    lines = document.text.split("\n")
    return sum(len(text) + 1 for text in lines[: line - 1]) + column - 1

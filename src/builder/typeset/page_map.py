"""Which pages of a finished book its labels stand on, and which its sections and documents take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: label ('' without one), level, its page, and the page on which the text before it ends (from 0)."""

    name: str
    level: int
    page: int
    ends: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pages that follow each other, by their place in the PDF (from 0)."""

    first: int
    last: int

    def moved(self, by: int) -> Stretch:
        """The same, so many pages behind."""
        return Stretch(self.first + by, self.last + by)


@dataclass(frozen=True, slots=True)
class PageMap:
    """Label (``docname:id``) → printed folio, as text (``xii``, ``31``), and the number of pages in all.

    ``printed`` are the folios of the pages that hold something, by their place in the PDF; ``stretches`` are the pages
    of each section,
    by its label, and of each document, by ``docname:``.
    """

    folios: Mapping[str, str]
    pages: int
    printed: Mapping[int, str] = field(default_factory=dict)
    stretches: Mapping[str, Stretch] = field(default_factory=dict)

    def folio(self, label: str) -> str:
        """The folio that ``label`` stands on, '' when it is not in the book."""
        return self.folios.get(label, "")

    def spans(self, labels: Iterable[str]) -> list[tuple[str, str]]:
        """First and last folio of the pages that sections or documents take, in their order.

        Stretches that follow each other are one, over a page left blank; labels outside of the book are left out.
        """
        found: list[Stretch] = []
        for stretch in (self.stretches[label] for label in labels if label in self.stretches):
            if found and found[-1].first <= stretch.first <= self.following(found[-1].last):
                found[-1] = Stretch(found[-1].first, max(found[-1].last, stretch.last))
            elif stretch not in found:
                found.append(stretch)
        return [(self.printed[stretch.first], self.printed[stretch.last]) for stretch in found]

    def following(self, page: int) -> int:
        """The page that follows another one in print; behind a page left blank where that is between."""
        return page + 1 if page + 1 in self.printed else page + 2


def stretches_of(headings: Sequence[Heading], last: int) -> dict[str, Stretch]:
    """The pages of sections and documents in a part of a book that ends on page ``last``, from its headings in order.

    A section ends where the next heading of its level or above begins, a document where the next one does.
    """
    found: dict[str, Stretch] = {}
    for index, heading in enumerate(headings):
        if not heading.name:
            continue
        rest = headings[index + 1 :]
        below = next((other for other in rest if other.level <= heading.level), None)
        found[heading.name] = Stretch(heading.page, end_before(below, heading, last))
        document = document_of(heading)
        other = next((other for other in rest if other.name and document_of(other) != document), None)
        end = end_before(other, heading, last)
        begun = found.get(document, Stretch(heading.page, end))
        found[document] = Stretch(begun.first, max(begun.last, end))  # it goes on behind a toctree in its middle
    return found


def with_floats(stretches: Mapping[str, Stretch], floats: Iterable[tuple[int, Sequence[str]]]) -> dict[str, Stretch]:
    """Stretches with the pages of floating figures, which may stand behind the sections (by label) that call them."""
    found = dict(stretches)
    for page, sections in floats:
        for section in sections:
            stretch = found.get(section, Stretch(page, page))
            found[section] = Stretch(stretch.first, max(stretch.last, page))
    return found


def document_of(heading: Heading) -> str:
    """The label of the document that a heading stands in."""
    return document_label(heading.name.partition(":")[0])


def document_label(docname: str) -> str:
    """The label of a document."""
    return f"{docname}:"


def end_before(following: Heading | None, heading: Heading, last: int) -> int:
    """The page on which what ``heading`` opens ends: before the heading that follows, or on the last page."""
    return max(heading.page, following.ends) if following is not None else last


def joined(maps: Sequence[PageMap]) -> PageMap:
    """The page maps of several books in one; a document in two of them counts in the first.

    Pages of two books never follow each other.
    """
    folios: dict[str, str] = {}
    printed: dict[int, str] = {}
    stretches: dict[str, Stretch] = {}
    before = sum(one.pages + APART for one in maps)
    for one in reversed(maps):
        before -= one.pages + APART
        folios |= one.folios
        printed |= {page + before: folio for page, folio in one.printed.items()}
        stretches |= {label: stretch.moved(before) for label, stretch in one.stretches.items()}
    return PageMap(folios, sum(one.pages for one in maps), printed, stretches)


APART = 2
"""Places between the pages of two books, one more than a page left blank takes."""

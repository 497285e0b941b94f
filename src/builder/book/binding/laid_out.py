"""What stands where in a fascicle as Typst lays it out, and in the book that is bound of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import typst

from builder.book.binding import binding
from builder.book.binding.binding import Target
from builder.book.binding.sheets import Sheets
from builder.book.fascicles import Fascicle, FascicleContext
from builder.typeset.compile import queried
from builder.typeset.page_map import Heading, PageMap, Stretch, document_label, stretches_of, with_floats

Standards = tuple[str, ...] | None
"""The standards that a PDF is to satisfy; None where only its pages are asked for."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What stands where in a fascicle; its pages are counted from 0.

    ``main_page`` is the one on which arabic folios begin, -1 where there is none; ``printed`` are those that are not
    left blank.
    ``targets`` are its labels, ``headings`` its headings in order.
    """

    pages: int
    main_page: int
    printed: tuple[int, ...]
    targets: tuple[Target, ...]
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class SetFascicle:
    """A fascicle as it was set: from which content, in which context, for which standards; the places of all on its
    pages, and its PDF taken apart, None where only its pages were asked for.

    ``hindered`` is Typst's report on what hinders the standards asked for, '' when nothing does.
    """

    content: str
    context: FascicleContext
    standards: Standards
    laid_out: LaidOut
    sheets: Sheets | None
    hindered: str
    warnings: tuple[str, ...]

    @property
    def pages(self) -> int:
        """Return how many pages it has."""
        return self.laid_out.pages

    @property
    def folios(self) -> dict[str, str]:
        """Label → folio."""
        return {target.name: target.folio for target in self.laid_out.targets}


def laid_out(compiler: typst.Compiler, skipped: int) -> LaidOut:
    """Return what stands where in a fascicle behind its first ``skipped`` pages.

    Lays the fascicle out, unless that is in the compiler's memory.
    """
    found = json.loads(queried(compiler, "<page-map>"))
    pages = found["pages"] - skipped
    printed = tuple(page - 1 - skipped for page in found["feet"]) or tuple(range(pages))
    targets = (Target(name, folio, page - 1 - skipped, *rest) for name, folio, page, *rest in found["labels"])
    headings = []
    for name, level, page, ends in found["headings"]:
        here = page - 1 - skipped
        before = ends - 1 - skipped if ends else max((other for other in printed if other < here), default=here)
        headings.append(Heading(name, level, here, before))
    return LaidOut(pages, found["main"] - 1, printed, tuple(targets), tuple(headings))


def mapped(
    fascicles: Sequence[Fascicle], every_set: Sequence[SetFascicle], parts: Sequence[binding.Counted]
) -> PageMap:
    """The page map of a book of fascicles, as they were set and are bound."""
    folios = {label: folio for one in reversed(every_set) for label, folio in one.folios.items()}
    every = binding.page_folios(parts)
    printed: dict[int, str] = {}
    stretches: dict[str, Stretch] = {}
    before = 0
    for fascicle, one, part in zip(fascicles, every_set, parts, strict=True):
        before += part.blank_before
        printed |= {page + before: every[page + before] for page in one.laid_out.printed}
        floats = {
            label: (document_label(document.docname), *above)
            for document in fascicle.documents
            for label, above in document.floats.items()
        }
        pages = {target.name: target.page for target in one.laid_out.targets if target.name in floats}
        found = stretches_of(one.laid_out.headings, max(one.laid_out.printed))
        found = with_floats(found, ((pages[label], above) for label, above in floats.items() if label in pages))
        stretches |= {label: stretch.moved(before) for label, stretch in found.items()}
        before += one.pages
    return PageMap(folios, len(every), printed, stretches)

"""The flow of a build: what a project that is read becomes, in order, on this screen.

    read_project         a read environment       → what it declares            project.py
    contents_of          each document, resolved  → its texts and its slides    contents.py
    Fits.of              slides, template         → fitted deck                 fitting.py
    slide_places         fitted decks             → what margins name           fitting.py
    compose_books        texts, margins           → pages of the books          books.py
    joined               pages                    → page map
    DeckMaker.make       fitted deck, page map    → .pptx and PDF               decks.py

Decks that an edit changed are made with the page map of the last build while the books are composed, see `ahead`.

Nothing is written into an output folder here; see `publishing`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from sphinx.errors import SphinxParallelError

from builder.book.printed import PrintedBook
from builder.build.ahead import AheadDeck, decks_ahead, last_pages, note_pages
from builder.build.books import BookFolders, compose_books
from builder.build.contents import Contents, contents_of
from builder.build.deck_places import MadeDeck
from builder.build.decks import DeckMaker, EarlyDeck
from builder.build.fitting import FitMemory, Fits, slide_places
from builder.build.ledger import Ledger
from builder.build.planning import errors_between
from builder.build.project import ReadProject
from builder.deck.lectures import Lecture
from builder.errors import AuthorError
from builder.source.document_cache import DocumentCache
from builder.source.resolver import remembered_lookups
from builder.store.processes import Beside, can_fork, processors, spread
from builder.store.stamps import Version
from builder.typeset.page_map import PageMap, joined

DECKS_A_PROCESS = 24
"""Decks that one process makes, fewer where they have many pictures: what Typst and the measures remember of a deck is
of little use to the next one.
"""
NO_DECKS: Mapping[str, EarlyDeck] = MappingProxyType({})


@dataclass(slots=True)
class Memory:
    """What a process that builds again and again has in memory; ``pages`` are those of the last build, ``left`` is what
    `Ledger` knows of decks.
    """

    folders: BookFolders
    fits: FitMemory = field(default_factory=FitMemory)
    pages: PageMap | None = None
    left: dict[str, tuple[str, Version | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Planned:
    """A project with its books translated and its slides planned; ``lectures`` are those of which decks are wanted.

    With ``may_fork`` books and decks may be made in processes of their own; of the books PDFs are made where they are
    wanted, else only the pages that slides name.
    """

    project: ReadProject
    lectures: tuple[Lecture, ...]
    contents: Contents
    fits: Fits
    seconds: float
    may_fork: bool = False
    wants_pdf: bool = True


@dataclass(frozen=True, slots=True)
class Made:
    """Books in memory and decks before they are in their places, with the seconds that each side took; of the books
    also those that cannot be published.
    """

    books: tuple[PrintedBook, ...]
    decks: tuple[MadeDeck, ...]
    book_seconds: float
    deck_seconds: float


def plan(
    project: ReadProject,
    lectures: Sequence[Lecture],
    memory: Memory,
    *,
    may_fork: bool = False,
    wants_pdf: bool = True,
) -> Planned:
    """Translate the books and plan the slides; with slide references in margins, those of all lectures."""
    started = time.perf_counter()
    shown = project.lectures if lectures or project.names_slides else ()
    documents = dict.fromkeys(item.partition("#")[0] for lecture in shown for item in lecture.documents)
    with remembered_lookups(project.env), DocumentCache.lazily() if may_fork else nullcontext():
        contents = contents_of(project, memory.folders.path, tuple(documents), may_fork=may_fork)
    fits = Fits(project, contents.plans, memory.fits)
    return Planned(project, tuple(lectures), contents, fits, time.perf_counter() - started, may_fork, wants_pdf)


def plan_lecture(project: ReadProject, lecture: Lecture) -> Fits:
    """The fits of one lecture, for which no book is translated."""
    documents = dict.fromkeys(item.partition("#")[0] for item in lecture.documents)
    with remembered_lookups(project.env):
        contents = contents_of(replace(project, books=()), Path(project.resolver.outdir), tuple(documents))
    for error in errors_between(project.lectures, contents.plans):
        project.resolver.report(error)
    return Fits(project, contents.plans, FitMemory())


def make_early(planned: Planned, ledger: Ledger, memory: Memory) -> dict[str, EarlyDeck]:
    """The decks by their names before the book is set, with the printed pages of the last build; where these hold,
    `make` need not set them again.

    There are none before this process has set the book once.
    """
    if memory.pages is None:
        return {}
    maker = DeckMaker(planned.fits, ledger, memory.pages)
    found = ((lecture.name, maker.make_early(lecture)) for lecture in planned.lectures)
    return {name: deck for name, deck in found if deck is not None}


def make(
    planned: Planned,
    ledger: Ledger,
    memory: Memory,
    early: Mapping[str, EarlyDeck] = NO_DECKS,
    *,
    wants_fresh: bool = False,
) -> Made:
    """Set the books in memory and make the wanted decks; what cannot be made is reported and left out."""
    project, fits, started = planned.project, planned.fits, time.perf_counter()
    ledger.forget_made()
    places: dict[str, str] = {}
    if project.names_slides:
        fitted = map(fits.or_none, project.lectures)
        places = slide_places([fit.fitted if fit is not None else None for fit in fitted], project.words)
    can_be_ahead = planned.may_fork and bool(planned.lectures) and processors() > 1 and can_fork()
    before = last_pages(memory.folders.path) if can_be_ahead else None
    ahead = DeckMaker(fits, ledger, before, wants_fresh=wants_fresh) if before is not None else None
    with remembered_lookups(project.env):
        books, decks = set_books(planned, memory.folders, places, ahead)
    between = time.perf_counter()
    pages = memory.pages = joined([book.compiled.page_map for book in books if book.compiled and not book.is_withheld])
    if can_be_ahead and pages != before:
        note_pages(memory.folders.path, pages)
    made = make_decks(planned, DeckMaker(fits, ledger, pages, early, wants_fresh), decks)
    return Made(tuple(books), tuple(made), planned.seconds + between - started, time.perf_counter() - between)


def set_books(
    planned: Planned, folders: BookFolders, places: Mapping[str, str], ahead: DeckMaker | None
) -> tuple[list[PrintedBook], dict[str, AheadDeck]]:
    """The pages of the books, see `compose_books`, and the decks that can be made ``ahead`` of them; both in processes
    of their own where there may be some, so that the decks can be made in several. This one writes the caches.
    """
    project, contents = planned.project, planned.contents

    def work() -> tuple[list[PrintedBook], bool]:
        books = compose_books(project, contents, folders, places, wants_pdf=planned.wants_pdf)
        return books, project.resolver.has_errors

    decks: dict[str, AheadDeck] = {}
    if planned.may_fork and (ahead is not None or len(planned.lectures) > 1) and can_fork():
        with ExitStack() as stack:
            setting = stack.enter_context(Beside(work))
            setting.begin()
            if ahead is not None:
                making = stack.enter_context(Beside(partial(decks_ahead, planned.lectures, ahead, deck_or_none)))
                making.begin()
            elif planned.lectures:
                import builder.pptx.write  # noqa: F401 - once, before the processes that write decks are forked
            DocumentCache.write_waiting()
            books, has_errors = setting.result()
            decks = making.result() if ahead is not None else {}
    else:
        if planned.may_fork:
            DocumentCache.write_waiting()
        books, has_errors = work()
    project.resolver.note_errors(has_errors)
    caches = {edition.spec.name: edition.cache for edition in contents.editions}
    for book in books:
        if book.aside:
            caches[book.name].drop(book.aside)  # the next build tries their blocks again
    return books, decks


def make_decks(planned: Planned, maker: DeckMaker, ahead: Mapping[str, AheadDeck]) -> Iterator[MadeDeck]:
    """The decks that are wanted, those of them that were made ``ahead`` and hold as they are; what is raised for a deck
    costs that one, and is reported.
    """
    resolver = planned.project.resolver
    if planned.lectures:
        for error in errors_between(planned.project.lectures, planned.contents.plans):
            resolver.report(error)
    held = {item.name for item in planned.lectures if item.name in ahead and ahead[item.name].holds(maker, item)}

    def work(lecture: Lecture) -> tuple[MadeDeck | None, bool]:
        name = lecture.name
        return ahead[name].told() if name in held else deck_or_none(maker, lecture), resolver.has_errors

    found: Iterable[tuple[MadeDeck | None, bool]] = ()
    if planned.may_fork and len(held) < len(planned.lectures):
        with suppress(SphinxParallelError):  # then they are made here, where what is raised costs one deck
            found = spread(planned.lectures, work, fewest=2, turn=DECKS_A_PROCESS, weight=maker.weight)
    for deck, has_errors in found or map(work, planned.lectures):
        resolver.note_errors(has_errors)
        if deck is not None:
            yield deck


def deck_or_none(maker: DeckMaker, lecture: Lecture) -> MadeDeck | None:
    """A deck, see `DeckMaker.make`; what is raised is reported."""
    resolver = maker.project.resolver
    try:
        return maker.make(lecture)
    except AuthorError as error:
        resolver.report(error)
    except Exception as error:
        resolver.report_bug(f"the deck '{lecture.name}'", error, lecture.source)
    return None

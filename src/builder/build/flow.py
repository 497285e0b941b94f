"""The flow of a build: what a project that is read becomes, in order, on this screen.

    read_project         a read environment       → what it declares            project.py
    contents_of          each document, resolved  → its texts and its slides    contents.py
    Fits.of              slides, template         → fitted deck                 fitting.py
    slide_places         fitted decks             → what margins name           fitting.py
    compose_books        texts, margins           → pages of the books          books.py
    joined               pages                    → page map
    DeckMaker.make       fitted deck, page map    → .pptx and PDF               decks.py

Nothing is written into an output folder here; see `publishing`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from sphinx.errors import SphinxParallelError

from builder.book.printed import PrintedBook
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
from builder.source.resolver import remembered_lookups
from builder.store.processes import apart, spread
from builder.typeset.page_map import PageMap, joined

DECKS_A_PROCESS = 24
"""Decks that one process makes; what Typst and the measures remember of a deck is of little use to the next one."""
NO_DECKS: Mapping[str, EarlyDeck] = MappingProxyType({})


@dataclass(slots=True)
class Memory:
    """What a process that builds again and again has in memory; ``pages`` are those of the last build."""

    folders: BookFolders
    fits: FitMemory = field(default_factory=FitMemory)
    pages: PageMap | None = None


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
    """Books and decks in memory, with the seconds that each side took; of the books also those that cannot be
    published.
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
    with remembered_lookups(project.env):
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
    """Set the books and make the wanted decks, all in memory; what cannot be made is reported and left out."""
    project, fits, started = planned.project, planned.fits, time.perf_counter()
    places: dict[str, str] = {}
    if project.names_slides:
        fitted = map(fits.or_none, project.lectures)
        places = slide_places([fit.fitted if fit is not None else None for fit in fitted], project.words)
    with remembered_lookups(project.env):
        books = set_books(planned, memory.folders, places)
    between = time.perf_counter()
    pages = memory.pages = joined([book.compiled.page_map for book in books if book.compiled and not book.is_withheld])
    decks = make_decks(planned, DeckMaker(fits, ledger, pages, early, wants_fresh))
    return Made(tuple(books), tuple(decks), planned.seconds + between - started, time.perf_counter() - between)


def set_books(planned: Planned, folders: BookFolders, places: Mapping[str, str]) -> list[PrintedBook]:
    """The pages of the books, see `compose_books`; set in a process of its own where there may be one, so that the
    decks can be made in several.
    """
    project, contents = planned.project, planned.contents

    def work() -> tuple[list[PrintedBook], bool]:
        books = compose_books(project, contents, folders, places, wants_pdf=planned.wants_pdf)
        return books, project.resolver.has_errors

    books, has_errors = apart(work) if planned.may_fork and len(planned.lectures) > 1 else work()
    project.resolver.note_errors(has_errors)
    return books


def make_decks(planned: Planned, maker: DeckMaker) -> Iterator[MadeDeck]:
    """The decks that are wanted; what is raised for a deck costs that one, and is reported."""
    resolver = planned.project.resolver
    if planned.lectures:
        for error in errors_between(planned.project.lectures, planned.contents.plans):
            resolver.report(error)

    def work(lecture: Lecture) -> tuple[MadeDeck | None, bool]:
        return deck_or_none(maker, lecture), resolver.has_errors

    found: Iterable[tuple[MadeDeck | None, bool]] = ()
    with suppress(SphinxParallelError):  # then they are made here, where what is raised costs one deck
        found = spread(planned.lectures, work, fewest=2, turn=DECKS_A_PROCESS) if planned.may_fork else ()
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

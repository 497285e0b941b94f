"""Books and decks that are made → their places in the output folder, and the lines of the report."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from builder.book.printed import PrintedBook
from builder.build import book_report, deck_report
from builder.build.deck_places import DeckPlacing, MadeDeck, WrittenDeck
from builder.build.flow import Made, Planned
from builder.build.ledger import Ledger, limits_of
from builder.build.places import Placing, placed
from builder.build.project import ReadProject
from builder.build.report import Output
from builder.build.request import Request
from builder.build.wording import counted
from builder.store.published import Published, published_in


def publish_prints(request: Request, planned: Planned, made: Made, ledger: Ledger) -> list[Output]:
    """Put the books and decks that ``request`` asks for in their places, and take out those that are not wanted any
    more.

    Raises:
        NotWrittenError: the system would not write an output.
    """
    project, published = planned.project, published_in(request.output)
    books = publishable(made.books) if "pdf" in request.targets else {}
    targets = {pdf_path(request, name): content for name, content in books.items()}
    with placed(published, targets):
        written = put_decks(project, ledger, made.decks, published, is_fresh=request.fresh_decks)
    if "pptx" in request.targets and not request.deck:
        sweep_decks(project, ledger, published)
        keys = {deck.name: deck.key for deck in made.decks}
        shown = {deck.name: deck.shown for deck in made.decks if deck.shown is not None}
        deck_report.write(request.work / "slides.json", planned.fits, keys, shown)
        shutil.rmtree(request.work / "early", ignore_errors=True)
    if "pdf" in request.targets:
        book_report.write(request.work / "books.json", made.books)
        if project.books_are_known:
            declared = {pdf_path(request, spec.name) for spec in project.books}
            with Placing(published) as placing:
                placing.remove_all_but("pdf", declared)
    return [*book_outputs(request, made), *map(deck_output, written)]


def publishable(books: Sequence[PrintedBook]) -> dict[str, bytes]:
    """The PDFs of the books that could be set as they must be, by their names."""
    return {book.name: book.compiled.pdf for book in books if book.compiled is not None and not book.is_withheld}


def put_decks(
    project: ReadProject, ledger: Ledger, made: Sequence[MadeDeck], published: Published, *, is_fresh: bool = False
) -> list[WrittenDeck]:
    """Put decks with their papers in their places; what was changed by hand is merged, or moved aside where
    ``is_fresh``.
    """
    papers = {ledger.folder / f"{deck.name}{ending}": pdf for deck in made for ending, pdf in deck.papers.items()}
    with Placing(published) as placing:
        decks = DeckPlacing(ledger, placing, limits_of(project.config), is_fresh)
        ledger.doubt({f"{deck.name}.pptx" for deck in made if deck.pptx is not None})
        with placed(published, papers):
            decks.put_all(made)
        written = decks.finish(list(made))
    ledger.forget_made()
    return written


def sweep_decks(project: ReadProject, ledger: Ledger, published: Published) -> None:
    """Take out the decks and papers that are not wanted any more."""
    if project.lectures_are_known:
        with Placing(published) as placing:
            styles = {lecture.name: lecture.style for lecture in project.lectures}
            DeckPlacing(ledger, placing, limits_of(project.config)).sweep(styles)


def book_outputs(request: Request, made: Made) -> list[Output]:
    """The lines of the report on the books that were published."""
    if "pdf" not in request.targets:
        return []
    return [
        Output("pdf", str(pdf_path(request, book.name)), counted(book.compiled.pages, "page"), made.book_seconds)
        for book in made.books
        if book.compiled is not None and not book.is_withheld
    ]


def pdf_path(request: Request, name: str) -> Path:
    """The PDF of a book."""
    return request.output / "pdf" / f"{name}.pdf"


def deck_output(deck: WrittenDeck) -> Output:
    """The line of the report on a deck."""
    return Output(
        "pptx",
        str(deck.path),
        counted(deck.slides, "slide"),
        deck.seconds,
        actions=deck.actions,
        conflicts=deck.conflicts,
        deleted=deck.deleted,
    )

"""``builder check``: reads the project, makes book and decks in memory, measures them, and writes no output."""

from __future__ import annotations

import io
import json
import os
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sphinx.errors import SphinxError

from builder.book.overruns import overruns_of
from builder.book.printed import PrintedBook
from builder.build.books import BookFolders
from builder.build.flow import Memory, make, plan
from builder.build.ledger import ledger_of
from builder.build.project import ReadProject, read_project
from builder.build.reproduce import outputs, reproduce
from builder.build.request import Request
from builder.build.review import Review, review
from builder.build.session import Session, prepare_output
from builder.build.wording import counted
from builder.commands.outcome import FINE, SOURCE_HAS_ERRORS
from builder.commands.streams import write_data
from builder.errors import AuthorError, report_error, warn
from builder.pptx.package.conform import problems
from builder.pptx.package.parts import file_bytes, unreadable
from builder.source.faults import OTHER, Fault
from builder.source.resolver import make_resolver, resolving_with
from builder.store.published import published_in

SHOWN_WORDS = 60
"""Characters of a line that a warning shows."""


@dataclass(slots=True)
class Findings:
    """What a check looked at, and how many warnings and errors there were."""

    pages: int = 0
    decks: int = 0
    slides: int = 0
    warnings: int = 0
    errors: bool = False
    reviews: list[Review] = field(default_factory=list)
    faults: tuple[Fault, ...] = ()

    @property
    def fine(self) -> bool:
        """True if there is nothing to mend."""
        return not (self.warnings or self.errors)

    def line(self) -> str:
        """``310 pages and 6 decks of 152 slides: nothing to mend``; reviews of decks are no faults."""
        result = counted(self.warnings, "warning") if self.warnings else "nothing to mend"
        decks = f"{counted(self.decks, 'deck')} of {counted(self.slides, 'slide')}"
        return f"{counted(self.pages, 'page')} and {decks}: {result}"

    def content(self, folder: Path) -> str:
        """Return the same as JSON, with every fault; their places are named from ``folder``."""
        amounts = {"pages": self.pages, "decks": self.decks, "slides": self.slides}
        content = {"folder": str(folder), **amounts, "faults": [asdict(fault) for fault in self.faults]}
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def run_check(request: Request) -> int:
    """Check a project and print what decks are like and how much is to be mended; returns the exit status."""
    found = check(request)
    for of_deck in found.reviews:
        print("\n".join(of_deck.lines()))
    print(found.line())
    return FINE if found.fine else SOURCE_HAS_ERRORS


def print_findings(request: Request) -> int:
    """Check a project and print what is to be mended as JSON, and nothing else; returns the exit status."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        try:
            found = check(request)
        except (AuthorError, SphinxError) as error:  # the project cannot be read at all
            found = Findings(errors=True, faults=(fault_of(error, request.config.resolve()),))
    write_data(found.content(request.config.resolve()))
    return FINE if found.fine else SOURCE_HAS_ERRORS


def fault_of(error: SphinxError, folder: Path) -> Fault:
    """Return what ended a check as one fault; its place is named from ``folder`` where it is known."""
    if isinstance(error, AuthorError):
        place = str(error.source or "").removeprefix(f"{folder}{os.sep}")
        return Fault("error", "builder.error", place, error.message)
    return Fault("error", OTHER, "", str(error))


def run_reproduce(request: Request) -> int:
    """Print which outputs are not what the sources give; returns the exit status."""
    found = reproduce(request)
    for sentence in found:
        print(sentence)
    count = len(outputs(request))
    print(
        f"{len(found)} of {counted(count, 'file')} {'differs' if len(found) == 1 else 'differ'}"
        if found
        else f"{counted(count, 'file is', 'files are')} what the sources give, byte for byte"
    )
    return SOURCE_HAS_ERRORS if found else FINE


def run_check_deck(path: Path) -> int:
    """Print what in a .pptx file some program refuses or repairs; returns the exit status."""
    found = check_deck(path)
    for sentence in found:
        print(f"{path}: {sentence}")
    print(
        f"{path.name}: {counted(len(found), 'thing')} that some program refuses or repairs"
        if found
        else f"{path.name}: opens everywhere"
    )
    return SOURCE_HAS_ERRORS if found else FINE


def check(request: Request) -> Findings:
    """Make everything in memory and report what is wrong with it, each with its place.

    Raises:
        AuthorError: an option has a value that cannot be used.
    """
    request = replace(request, targets=("pdf", "pptx"))
    prepare_output(request)
    found = Findings()
    with Session(request) as session, session.at_work():
        app = session.application()
        session.standing.read_again()
        try:
            app.build()
            look_at_theme_options(app.builder)
            resolver = make_resolver(app, request.work / "typstpdf")
            with resolving_with(app, resolver):
                look_over(request, read_project(resolver, with_lectures=True), found)
            session.standing.tell_of_pages()
        except AuthorError as error:
            report_error(app, error)
        found.errors = app.statuscode != 0
        found.warnings, found.faults = session.counter.counts.total(), tuple(session.counter.faults)
        session.standing.note(found.faults)
    return found


def look_at_theme_options(builder: Any) -> None:
    """Have Sphinx warn of options that the theme of the web book does not have: it does so before it writes pages."""
    if getattr(builder, "theme", None) is not None:
        builder.theme.get_options(builder.theme_options)


def look_over(request: Request, project: ReadProject, found: Findings) -> None:
    """Make books and decks in memory, warn of what runs into margins, and add what there is to ``found``.

    Raises:
        AuthorError: a lecture names a section that its document does not have.
    """
    memory = Memory(BookFolders(request.work / "typstpdf"))
    planned = plan(project, project.lectures, memory)
    decks = [planned.fits.or_none(lecture) for lecture in project.lectures]
    made = make(planned, ledger_of(request, frozenset(published_in(request.output).damaged())), memory)
    for book in made.books:
        if book.compiled is not None:
            found.pages += book.compiled.pages
            report_overruns(book)
    found.decks, found.slides = len(made.decks), sum(deck.record.slides for deck in made.decks)
    found.reviews = [
        review(project.env, lecture, fit.fitted if fit is not None else None)
        for lecture, fit in zip(project.lectures, decks, strict=True)
    ]


def report_overruns(book: PrintedBook) -> None:
    """Warn of each line and picture that runs into the margin of a book."""
    for overrun, source in overruns_of(book):
        words = overrun.words if len(overrun.words) <= SHOWN_WORDS else f"{overrun.words[:SHOWN_WORDS]}…"
        what = f"the line that ends “{words}”" if words else "a picture"
        warn(
            f"{what} runs {overrun.points:.0f} pt into the margin of page {overrun.folio}; break it where it may be "
            "broken, or make it narrower.",
            source,
            "margin",
        )


def check_deck(path: Path) -> list[str]:
    """Return what in a .pptx file some program refuses or repairs, in sentences.

    Raises:
        AuthorError: it cannot be read, or is no deck or template.
    """
    with unreadable(str(path)):
        return problems(file_bytes(path), path.suffix.lower())

"""``builder check``: reads the project, makes book and decks in memory, measures them, and writes no output."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from builder.book.builder import TypstBuilder
from builder.book.printed import PrintedBook
from builder.build import Session, SourcesError, prepare_output
from builder.errors import AuthorError, report_error, warn
from builder.pptx.review import Review, review
from builder.printing import make_builder, make_outputs, printing_with
from builder.request import Request

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

    @property
    def fine(self) -> bool:
        """True if there is nothing to mend."""
        return not (self.warnings or self.errors)

    def line(self) -> str:
        """``310 pages and 6 decks of 152 slides: nothing to mend``; what is said of the decks is no fault."""
        result = f"{self.warnings} warnings" if self.warnings else "nothing to mend"
        return f"{self.pages} pages and {self.decks} decks of {self.slides} slides: {result}"


def check(request: Request) -> Findings:
    """Make everything in memory and report what is wrong with it, each with its place.

    Raises:
        AuthorError: an option has a value that cannot be used.
    """
    request = replace(request, targets=("pdf", "pptx"))
    prepare_output(request)
    found = Findings()
    with Session(request) as session:
        app = session.application()
        try:
            app.build()
            book = make_builder(TypstBuilder, app, request.work / "typstpdf")
            with printing_with(app, book):
                made = make_outputs(app, request, book, {})
                for printed in book.books.values():
                    if printed.compiled is not None:
                        found.pages += printed.compiled.pages
                        report_overruns(printed)
            if made is not None:
                found.decks, found.slides = len(made.decks), sum(deck.slides for deck in made.decks)
                found.reviews = [review(made.deck_builder, lecture) for lecture in made.deck_builder.lectures]
        except SourcesError:
            pass  # what is wrong has been said
        except AuthorError as error:
            report_error(app, error)
        found.errors = app.statuscode != 0
        found.warnings = session.counter.counts.total()
    return found


def report_overruns(printed: PrintedBook) -> None:
    """Warn of each line and picture that runs into the margin of a book."""
    for overrun, source in printed.overruns():
        words = overrun.words if len(overrun.words) <= SHOWN_WORDS else f"{overrun.words[:SHOWN_WORDS]}…"
        what = f"the line that ends “{words}”" if words else "a picture"
        warn(
            f"{what} runs {overrun.points:.0f} pt into the margin of page {overrun.folio}; break it where it may be "
            "broken, or make it narrower.",
            source,
            "margin",
        )

"""The printed book and the decks, made from a read environment, in a process of their own where there is fork."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from docutils import nodes
from sphinx.application import Sphinx

from builder.build.book_report import tell as tell_books
from builder.build.books import MadeBook, TypstBuilder
from builder.build.deck_places import DeckPlacing, MadeDeck, limits_of
from builder.build.deck_report import tell
from builder.build.decks import PptxBuilder
from builder.build.ledger import Ledger
from builder.build.places import Placing, placed
from builder.build.planning import plan_options
from builder.build.report import Output, Prints
from builder.build.request import Request
from builder.build.state import forget, remember, unchanged
from builder.build.wording import counted
from builder.deck.lectures import Lecture, lecture_of
from builder.errors import AuthorError, report_bug, report_error
from builder.merge.bases import Limits
from builder.source.internals import change_tags, use_builder, warning_count
from builder.source.messages import WarningCounter, say_nothing
from builder.store.files import NotWrittenError, write_whole
from builder.store.processes import can_fork
from builder.store.published import published_in
from builder.typeset.page_map import joined

LEAVE = b"1"
"""What the parent writes when the web book is whole, so that the rest may be put in its place."""


class Printing:
    """The printed book and the decks, in a process of their own where the system can fork."""

    def __init__(self, app: Sphinx, request: Request, counter: WarningCounter, *, may_fork: bool = True) -> None:
        self.app, self.request, self.counter, self.may_fork = app, request, counter, may_fork
        self.book: TypstBuilder | None = None
        self.decks: PptxBuilder | None = None
        self.on_slides: Callable[[], None] | None = None
        """Called, in a process that stays up, when the slides of an edit can be seen (`early`) and the rest is still to come."""
        self.pid = 0
        self.pipe: IO[bytes] | None = None
        self.kept: Prints | None = None
        self.allowing = -1
        self._steps: Iterator[Prints] | None = None
        self._prints = Prints()

    @property
    def wanted(self) -> bool:
        """True if the request names an output that this process makes."""
        return bool({"pdf", "pptx"} & set(self.request.targets))

    @property
    def same_process(self) -> bool:
        """True if this process did the printing, so that its warnings are counted already."""
        return self.kept is None and self.pipe is None

    def start(self) -> None:
        """Begin, unless nothing changed since the last build."""
        if not self.wanted:
            self.kept = Prints()
            return
        last = unchanged(self.app, self.request)
        self.kept = (
            None if last is not None and came_back(self.request, last.outputs, limits_of(self.app.config)) else last
        )
        if self.kept is None:
            forget(self.request)
        alone = "html" not in self.request.targets
        if self.kept is not None or alone or not self.may_fork or not can_fork():
            return
        reading, writing = os.pipe()
        waiting, allowing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            os.close(allowing)
            self._in_child(writing, waiting)
        os.close(writing)
        os.close(waiting)
        self.pipe = os.fdopen(reading, "rb")
        self.allowing = allowing

    def _in_child(self, writing: int, waiting: int) -> None:
        """Print, wait for leave to put it in place, send the result and go without the parent's clean-up."""
        code = 0
        say_nothing()  # the parent reports what it is sent, each message once
        try:
            result = self.print_outputs(lambda: os.read(waiting, 1) == LEAVE and not self.is_withheld())
            with os.fdopen(writing, "wb") as out:
                out.write(pickle.dumps(result))
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:
            code = 70
        finally:
            os._exit(code)

    def begin(self) -> None:
        """In a process that stays up: show the slides that changed, before the web book is finished and the printed book set."""
        if self.kept is None and self.pipe is None:
            self._steps = self._print(lambda: not self.is_withheld())
            self._prints = next(self._steps)

    def is_withheld(self) -> bool:
        """True if nothing may be put in its place, since ``-W`` is given and something was warned of."""
        return self.request.warnings_are_errors and bool(warning_count(self.app) or self.app.statuscode)

    def stop(self) -> None:
        """End the printing process, when the web book failed; nothing of it is put in place any more."""
        self._steps = None
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def result(self) -> Prints:
        """Give leave to put the outputs in place, and wait for the result."""
        if self.kept is not None:
            return self.kept
        if self.pipe is None:
            return self.print_outputs(lambda: not self.is_withheld())
        if not self.is_withheld():
            with suppress(BrokenPipeError):
                os.write(self.allowing, LEAVE)
        os.close(self.allowing)
        content = self.pipe.read()
        self.pipe.close()
        os.waitpid(self.pid, 0)
        if not content:
            report_error(
                self.app,
                AuthorError(
                    "the process that sets the printed book and the decks ended before it was done; their last good files stay."
                ),
            )
            return Prints(status=1)
        result = pickle.loads(content)
        assert isinstance(result, Prints)
        return result

    def print_outputs(self, may_write: Callable[[], bool]) -> Prints:
        """Make the printed books and the decks.

        When all is made, ``may_write`` is asked (it may wait for the web book); only then is anything put in its place.
        """
        steps, self._steps = self._steps or self._print(may_write), None
        for self._prints in steps:
            pass
        return self._prints

    def _print(self, may_write: Callable[[], bool]) -> Iterator[Prints]:
        """The steps of `print_outputs`, of which the last gives the whole result: the slides are planned, all is made."""
        app, request = self.app, self.request
        result = Prints()
        are_in_place = False
        before = warning_count(app)
        counted, reported = self.counter.counts.copy(), len(self.counter.faults)
        if self.book is None or self.decks is None:
            self.book = make_builder(TypstBuilder, app, request.work / "typstpdf")
            self.decks = make_builder(PptxBuilder, app, request.output / "slides")
            self.decks.output = request.output

        def counted_leave() -> bool:
            """Count the warnings so far, and ask for leave."""
            result.warnings = dict(self.counter.counts - counted)
            result.warning_count = warning_count(app) - before
            return may_write()

        # The web book, where there is one, takes the other processor.
        self.book.may_fork = self.may_fork and "html" not in request.targets
        self.decks.begin()
        try:
            with printing_with(app, self.book):
                lectures = plan_outputs(app, request, self.book, self.decks, result.seconds)
                self.show_slides()
            yield result
            with printing_with(app, self.book):
                are_in_place = _print_outputs(app, request, self.book, self.decks, lectures, result, counted_leave)
        except NotWrittenError as error:
            result.unwritten = str(error)
        except Exception as error:
            report_bug(app, "what is printed", error)
            result.warning_count = warning_count(app) - before
        result.status = app.statuscode
        result.placing = dict(self.counter.counts - counted - Counter(result.warnings))
        result.faults = self.counter.faults[reported:]
        if are_in_place and result.status == 0 and not request.deck and not published_in(request.output).waiting:
            remember(app, request, result)
        yield result

    def show_slides(self) -> None:
        """Put the slides that an edit changed where a browser sees them, before the printed book is set."""
        if self.on_slides is None or self.decks is None or "pptx" not in self.request.targets:
            return
        found = self.decks.slides_at_once()
        for name, pdf in found.items():
            write_whole(early(self.request.work, name), pdf)
        if found:
            tell(self.decks, self.request.work / "slides.json")
            self.on_slides()


def early(work: Path, name: str) -> Path:
    """The slides of a deck that is not yet in its place."""
    return work / "early" / f"{name}.pdf"


@dataclass(frozen=True, slots=True)
class Made:
    """Books and decks that are made and not yet put in their place."""

    books: list[MadeBook]
    deck_builder: PptxBuilder
    decks: list[MadeDeck]


def plan_outputs(
    app: Sphinx, request: Request, book: TypstBuilder, decks: PptxBuilder, seconds: dict[str, float]
) -> list[Lecture]:
    """Translate the books and plan the slides; returns the lectures whose decks are wanted.

    A deck that is asked for and is not there is reported.
    """
    started = time.perf_counter()
    decks.only_deck, decks.fresh_decks = request.deck, request.fresh_decks
    wants_places = app.config.builder_slide_references
    lectures = decks.lectures if "pptx" in request.targets else []
    if request.deck:
        try:
            lecture_of(lectures, request.deck)
        except AuthorError as error:
            report_error(app, error)
            lectures = []
    planned = decks.lectures if wants_places else lectures
    wanted = {item.partition("#")[0] for lecture in planned for item in lecture.documents}
    options = plan_options(app.config)

    def plan(docname: str, doctree: nodes.document, keeps: bool) -> None:
        decks.plan_document(docname, doctree, options, keeps=keeps)

    book.planned = {docname: plan for docname in wanted if not decks.recall(docname)}
    book.translate_books(decks.digest)
    decks.plans.save(wanted)
    seconds["pdf"] = time.perf_counter() - started
    return lectures


def set_outputs(
    app: Sphinx, book: TypstBuilder, decks: PptxBuilder, lectures: list[Lecture], seconds: dict[str, float]
) -> Made:
    """Make of what `plan_outputs` prepared the books and the decks in memory, all that can be made."""
    started = time.perf_counter()
    made_books = book.set_books(decks.slide_places() if app.config.builder_slide_references else {})
    seconds["pdf"] += time.perf_counter() - started
    decks_started = time.perf_counter()
    decks.page_map = joined([book.compiled.page_map for book in made_books])
    made = decks.make_decks() if lectures else []
    seconds["decks"] = time.perf_counter() - decks_started
    return Made(made_books, decks, made)


def _print_outputs(
    app: Sphinx,
    request: Request,
    book: TypstBuilder,
    decks: PptxBuilder,
    lectures: list[Lecture],
    result: Prints,
    may_write: Callable[[], bool],
) -> bool:
    """Make all and put it in its place; false when leave was not given (who asked may be dead, or ``-W`` withholds all)."""
    made = set_outputs(app, book, decks, lectures, result.seconds)
    if not may_write():
        return False
    books = made.books if "pdf" in request.targets else []
    targets = {made_book.name: request.output / "pdf" / f"{made_book.name}.pdf" for made_book in books}
    published = published_in(request.output)
    with placed(published, {targets[made_book.name]: made_book.compiled.pdf for made_book in books}):
        made.deck_builder.put_in_place(made.decks, published)
    if "pptx" in request.targets and not request.deck:
        decks = made.deck_builder
        if decks.are_known:
            with Placing(published) as placing:
                styles = {lecture.name: lecture.style for lecture in decks.lectures}
                DeckPlacing(decks.ledger, placing, limits_of(app.config)).sweep(styles)
        tell(decks, request.work / "slides.json")
        shutil.rmtree(request.work / "early", ignore_errors=True)
    for made_book in books:
        pages = counted(made_book.compiled.pages, "page")
        result.outputs.append(Output("pdf", str(targets[made_book.name]), pages, result.seconds["pdf"]))
    if "pdf" in request.targets:
        tell_books(book.books.values(), request.work / "books.json")
        if book.are_known:
            declared = {request.output / "pdf" / f"{printed.spec.name}.pdf" for printed in book.books.values()}
            with Placing(published) as placing:
                placing.remove_all_but("pdf", declared | set(targets.values()))
    for deck in made.deck_builder.written:
        result.outputs.append(
            Output(
                "pptx",
                str(deck.path),
                counted(deck.slides, "slide"),
                deck.seconds,
                actions=deck.actions,
                conflicts=deck.conflicts,
                deleted=deck.deleted,
            )
        )
    return True


def came_back(request: Request, outputs: list[Output], limits: Limits) -> bool:
    """True if a deck lies in its place that was not made from the last build's: it is merged, though no source changed.

    Edits of others are remembered.
    """
    ledger = Ledger(request.work / "doctrees" / "decks.json", request.output / "slides")
    names = [Path(output.path).stem for output in outputs if output.kind == "pptx"]
    if any(map(ledger.is_of_another_build, names)):
        return True
    for name in names:
        ledger.note_left(name, limits)
    return False


@contextmanager
def printing_with(app: Sphinx, book: TypstBuilder) -> Iterator[None]:
    """Make ``only`` directives and transforms see the printing builder instead of the web one, while the block runs.

    The tag ``latex`` is true as well: what a project has set aside for its PDF is meant for this one.
    """
    web, known = app.builder, set(app.tags)
    use_builder(app, book)
    change_tags(app, known & {"html", "format_html", "builder_html"}, PRINT_TAGS)
    try:
        yield
    finally:
        use_builder(app, web)
        change_tags(app, set(PRINT_TAGS) - known, known)


PRINT_TAGS = (
    "typst", "format_typst", "typstpdf", "builder_typstpdf", "pptx", "format_pptx", "builder_pptx", "latex",
)  # fmt: skip


def make_builder(cls: Any, app: Sphinx, folder: Path) -> Any:
    """A second builder on the environment of ``app``, with a folder of its own; the tags are those of the first one (`printing_with`)."""
    known = set(app.tags)
    builder = cls(app, app.env)
    builder.outdir = folder
    builder.init()
    change_tags(app, set(app.tags) - known, ())
    return builder

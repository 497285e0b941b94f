"""The printed book and the decks, made from a read environment, in a process of their own where there is fork."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sphinx.application import Sphinx

from builder.build.ledger import Ledger, ledger_of, limits_of
from builder.build.report import Output, Prints
from builder.build.request import Request
from builder.build.state import forget, remember, unchanged
from builder.deck.lectures import Lecture, lecture_of
from builder.errors import AuthorError, report_bug, report_error
from builder.merge.bases import Limits
from builder.source.internals import warning_count
from builder.source.messages import WarningCounter, log_nothing
from builder.source.resolver import Resolver, make_resolver, resolving_with
from builder.store.files import NotWrittenError, write_whole
from builder.store.processes import can_fork, end_with
from builder.store.published import published_in

if TYPE_CHECKING:
    from builder.build.decks import EarlyDeck
    from builder.build.flow import Memory, Planned
    from builder.build.project import ReadProject

LEAVE = b"1"
"""What the parent writes when the web book is whole, so that the rest may be put in its place."""


class Printing:
    """The printed books and the decks of a project, made in a process of their own where the system can fork.

    What makes them is imported by the process that does, and not at all where nothing changed.
    In a process that ``stays`` up they are made in it, in two steps: `show_slides`, then `result`.
    """

    def __init__(self, app: Sphinx, request: Request, counter: WarningCounter, *, stays: bool = False) -> None:
        self.app, self.request, self.counter, self.stays = app, request, counter, stays
        self.pid = 0
        self.pipe: IO[bytes] | None = None
        self.last: Prints | None = None
        self.allowing = -1
        self._begun: Begun | None = None

    @cached_property
    def resolver(self) -> Resolver:
        """Resolves documents for print."""
        return make_resolver(self.app, self.request.work / "typstpdf")

    @cached_property
    def memory(self) -> Memory:
        """Return what stays in memory from one build to the next."""
        from builder.build.books import BookFolders
        from builder.build.flow import Memory

        return Memory(BookFolders(self.request.work / "typstpdf", stays=self.stays))

    @property
    def wanted(self) -> bool:
        """True if the request names an output that this process makes."""
        return bool({"pdf", "pptx"} & set(self.request.targets))

    @property
    def same_process(self) -> bool:
        """True if this process did the printing, so that its warnings are counted already."""
        return self.last is None and self.pipe is None

    def start(self) -> None:
        """Begin, unless nothing changed since the last build."""
        if not self.wanted:
            self.last = Prints()
            return
        last = unchanged(self.app, self.request)
        self.last = (
            None if last is not None and came_back(self.request, last.outputs, limits_of(self.app.config)) else last
        )
        if self.last is None:
            forget(self.request)
        alone = "html" not in self.request.targets
        if self.last is not None or alone or self.stays or not can_fork():
            return
        reading, writing = os.pipe()
        waiting, allowing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            end_with(parent)
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
        log_nothing()  # the parent reports what it is sent, each message once
        try:
            result = self.finish(self.begin(), lambda: os.read(waiting, 1) == LEAVE and not self.is_withheld())
            with os.fdopen(writing, "wb") as out:
                out.write(pickle.dumps(result))
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:
            code = 70
        finally:
            os._exit(code)

    def is_withheld(self) -> bool:
        """True if nothing may be put in its place, since ``-W`` is given and something was warned of."""
        return self.request.warnings_are_errors and bool(warning_count(self.app) or self.app.statuscode)

    def stop(self) -> None:
        """End the printing process, when the web book failed; nothing of it is put in place any more."""
        self._begun = None
        if self.pid:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def result(self) -> Prints:
        """Give leave to put the outputs in place, and wait for the result."""
        if self.last is not None:
            return self.last
        if self.pipe is None:
            begun, self._begun = self._begun or self.begin(), None
            return self.finish(begun, lambda: not self.is_withheld())
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
                    "the process that sets the printed book and the decks ended before it was done; their last good "
                    "files stay."
                ),
            )
            return Prints(status=1)
        result = pickle.loads(content)
        assert isinstance(result, Prints)
        return result

    # --- what is made, in whichever process

    def show_slides(self) -> bool:
        """In a process that stays up: put the slides that an edit changed where a browser sees them, before the book is
        set.

        Returns whether there are any. The rest is made by `result`.
        """
        from builder.build import deck_report
        from builder.build.flow import make_early

        if self.last is not None or self.pipe is not None:
            return False
        begun = self._begun = self.begin()
        if begun.planned is None or "pptx" not in self.request.targets:
            return False
        with self.reporting(begun):
            begun.early = make_early(begun.planned, begun.ledger, self.memory)
            found = {name: deck.papers[0] for name, deck in begun.early.items() if deck.papers is not None}
            shown = {early(self.request.work, name): pdfs[".pdf"] for name, pdfs in found.items() if ".pdf" in pdfs}
            for path, pdf in shown.items():
                write_whole(path, pdf)
            if shown:
                keys = {name: deck.quick for name, deck in begun.early.items()}
                deck_report.write(self.request.work / "slides.json", begun.planned.fits, keys)
            return bool(shown)
        return False

    def begin(self) -> Begun:
        """Translate the books and plan the slides; a bug is reported, and leaves nothing ``planned``."""
        from builder.build.flow import plan
        from builder.build.project import read_project

        request, damaged = self.request, frozenset(published_in(self.request.output).damaged())
        counts = self.counter.counts.copy()
        begun = Begun(
            ledger_of(request, damaged, self.memory.left), counts, len(self.counter.faults), warning_count(self.app)
        )
        with self.reporting(begun):
            with_lectures = "pptx" in request.targets or self.app.config.builder_slide_references
            project = read_project(self.resolver, with_lectures=bool(with_lectures))
            lectures = wanted_lectures(project, request)
            wants_pdf = "pdf" in request.targets
            begun.planned = plan(project, lectures, self.memory, may_fork=not self.stays, wants_pdf=wants_pdf)
        return begun

    def finish(self, begun: Begun, may_publish: Callable[[], bool]) -> Prints:
        """Make the books and the decks in memory, and put them in their places when ``may_publish`` allows it.

        That is asked when all is made; it may wait for the web book.
        """
        from builder.build.flow import make
        from builder.build.publishing import publish_prints

        request, result, is_published = self.request, begun.result, False
        with self.reporting(begun):
            if begun.planned is not None:
                made = make(begun.planned, begun.ledger, self.memory, begun.early, wants_fresh=request.fresh_decks)
                result.seconds |= {"pdf": made.book_seconds, "decks": made.deck_seconds}
                result.warnings = dict(self.counter.counts - begun.counts)
                result.warning_count = warning_count(self.app) - begun.warning_count
                if may_publish():
                    result.outputs += publish_prints(request, begun.planned, made, begun.ledger)
                    is_published = True
        if not is_published:
            begun.ledger.forget_made()
        result.status = self.app.statuscode
        result.placing = dict(self.counter.counts - begun.counts - Counter(result.warnings))
        result.faults = self.counter.faults[begun.faults :]
        if is_published and not result.status and not request.deck and not published_in(request.output).waiting:
            remember(self.app, request, result)
        return result

    @contextmanager
    def reporting(self, begun: Begun) -> Iterator[None]:
        """Run the block with documents resolved for print; what is raised in it costs what is printed, and is
        reported.
        """
        try:
            with resolving_with(self.app, self.resolver):
                yield
        except NotWrittenError as error:
            begun.result.unwritten = str(error)
        except Exception as error:
            report_bug(self.app, "what is printed", error)
            begun.result.warning_count = warning_count(self.app) - begun.warning_count


@dataclass(slots=True)
class Begun:
    """Prints that are begun: the result so far, and the warnings that were counted before."""

    ledger: Ledger
    counts: Counter[str]
    faults: int
    warning_count: int
    planned: Planned | None = None
    early: Mapping[str, EarlyDeck] = field(default_factory=dict)
    result: Prints = field(default_factory=Prints)


def early(work: Path, name: str) -> Path:
    """The slides of a deck that is not yet in its place."""
    return work / "early" / f"{name}.pdf"


def wanted_lectures(project: ReadProject, request: Request) -> tuple[Lecture, ...]:
    """The lectures of which ``request`` asks for decks; one that is not there is reported."""
    if "pptx" not in request.targets:
        return ()
    if not request.deck:
        return project.lectures
    try:
        return (lecture_of(project.lectures, request.deck),)
    except AuthorError as error:
        project.resolver.report(error)
        return ()


def came_back(request: Request, outputs: list[Output], limits: Limits) -> bool:
    """True if a deck lies in its place that was not made from the last build's: it is merged, though no source changed.

    Edits of others are remembered.
    """
    ledger = ledger_of(request)
    names = [Path(output.path).stem for output in outputs if output.kind == "pptx"]
    if any(map(ledger.is_of_another_build, names)):
        return True
    for name in names:
        ledger.note_left(name, limits)
    return False

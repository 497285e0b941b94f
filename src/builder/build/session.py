"""Reads the sources once and runs the three sides: web book, printed book, decks.

After reading, the printed book and the decks are made in a forked process while this one writes the web
book; where there is no fork they are made after it.
"""

from __future__ import annotations

import gc
import logging as python_logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TextIO, cast

from sphinx.application import Sphinx
from sphinx.errors import SphinxError, ThemeError
from sphinx.util import logging
from sphinx.util.docutils import docutils_namespace, patch_docutils

from builder.build import up_to_date
from builder.build.application import Project, WebProject, set_up_again
from builder.build.places import placed, recover
from builder.build.printing import Printing
from builder.build.report import Output, Report
from builder.build.reproduce import inputs, outputs
from builder.build.request import Request
from builder.build.standing import StandingWarnings
from builder.build.web_places import offer_downloads, publish, publish_pages
from builder.build.wording import counted
from builder.errors import AuthorError, BlockError, report_error
from builder.source import jupyter_book, mystmd, mystmd_documents
from builder.source.broken_settings import settings_in_one_line
from builder.source.document_cache import DocumentCache
from builder.source.internals import forget_doctrees, let_documents_go, warning_count
from builder.source.messages import (
    SPHINX,
    WarningCounter,
    colour_terminals_only,
    log_faults,
    without_debug_messages,
    without_long_settings,
    without_notes_to_developers,
)
from builder.source.outlines import remembered_outlines
from builder.source.premises import modules_read_anew, set_up_stamp
from builder.source.progress import BesideStatus, Heard, StatusLines, Unheard
from builder.source.remembered import (
    bibliographies_by_content,
    defaults_kept,
    forget_files,
    forget_translations,
    load_without_language,
    remembered_entries,
    remembered_plugins,
)
from builder.store.files import NotWrittenError, sweep_parts
from builder.store.lock import one_at_a_time
from builder.store.processes import processors
from builder.store.published import published_in
from builder.store.seal import SEAL, forget_warned, remove_unsealed, seal, seal_again
from builder.store.stamps import load_digests, save_digests, stamp
from builder.web.pages_again import PAGES_BEGUN, PAGES_WRITTEN

logger = logging.getLogger(__name__)

LAST_GOOD = "the files of the last good build stay as they were."


def nobody(*_heard: object) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who hears, in a process that stays up, what can be seen before a build is over."""

    pages: Callable[[list[str]], None] = nobody
    """Called with the files that changed when pages of the web book are in their places."""
    slides: Callable[[], None] = nobody
    """Called when the slides that changed can be seen."""


NO_LISTENERS = Listeners()


def run(request: Request) -> Report:
    """Build what ``request`` asks for, once.

    Raises:
        AuthorError: the output folder cannot be used.
        SphinxError: configuration or sources cannot be read at all.
    """
    with Session(request) as session:
        return session.build()


class Session:
    """A project that one process builds once or, with ``stays``, again and again: what did not change stays in
    memory.
    """

    def __init__(self, request: Request, *, stays: bool = False, listeners: Listeners = NO_LISTENERS) -> None:
        self.request, self.stays, self.listeners = request, stays, listeners
        self.counter = WarningCounter()
        self.app: Project | None = None
        self.printing: Printing | None = None
        self._set_up_from = self._seal = ""
        self.heard: Heard
        self.standing: StandingWarnings
        self._published: list[str] = []
        self._open = ExitStack()

    def __enter__(self) -> Session:
        colour_terminals_only()
        for context in (
            without_debug_messages(), without_long_settings(), without_notes_to_developers(),
            patch_docutils(str(self.request.config)), docutils_namespace(), remembered_plugins(), remembered_entries(),
            bibliographies_by_content(), remembered_outlines(), defaults_kept(),
            modules_read_anew((self.request.config, self.request.source)),
        ):  # fmt: skip
            self._open.enter_context(context)
        load_without_language()
        if self.stays:
            self._open.enter_context(DocumentCache.lazily())
            self._open.callback(self._write_caches)
        self._open.callback(self._stop_listening)
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def build(self) -> Report:
        """Read what changed and bring all outputs up to date."""
        started = time.perf_counter()
        prepare_output(self.request)
        with self.at_work():
            beginning = None if self.stays else up_to_date.begin(self.request)
            recover(self.request.output)
            forget_files()
            self.begin_messages()
            report = self._build()
            if report.outputs and self.app is not None:
                report.inputs, report.hashes = inputs(self.app), outputs(self.request)
            report.seconds["all"] = time.perf_counter() - started
            with placed(
                published_in(self.request.output),
                {self.request.output / "report.json": report.content(self.request.output)},
            ):
                pass
            if self.app is not None and beginning is not None:
                up_to_date.record(self.app, self.request, report, beginning, self.heard.said)
        return report

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Hold the lock of the folder while the block runs, which finds what a whole build left; what it leaves is
        sealed if it ends well.

        An application is made anew that was set up from other settings or modules, or whose intermediate files are not
        those that it left.
        """
        work = self.request.work
        with one_at_a_time(work):
            sweep_parts(self.request.output)
            up_to_date.forget(self.request)
            load_digests(work / "digests.json")
            remove_unsealed(work)
            if self.request.warnings_are_errors:
                forget_warned(work)
            if self.app is not None and (
                stamp(work / SEAL) != self._seal or set_up_stamp(self.app) != self._set_up_from
            ):
                self._begin_anew()
            yield
            seal(work)
            self._seal = stamp(work / SEAL)
            save_digests(work / "digests.json")

    def _begin_anew(self) -> None:
        """Forget the application and all that it holds in memory."""
        self._open.close()
        self.app = self.printing = None
        self.__enter__()

    def begin_messages(self) -> None:
        """Forget what the last build in this process reported, so that what is still so is reported again."""
        self.counter.begin()
        if self.app is not None:
            self._once.begin()

    def rest(self) -> None:
        """While nobody waits: write the caches, and collect garbage."""
        self._write_caches()
        gc.collect()

    def _write_caches(self) -> None:
        """Write the caches for the next process; one that cannot be written is made again there."""
        with suppress(AuthorError):
            written = DocumentCache.write_waiting()
            if stamp(self.request.work / SEAL) == self._seal:  # no other process has built here meanwhile
                seal_again(self.request.work, written)
                self._seal = stamp(self.request.work / SEAL)

    def _stop_listening(self) -> None:
        python_logging.getLogger(SPHINX).removeHandler(self.counter)

    def application(self) -> Project:
        """The application of the project, ready to read; `build` makes it when it is not there."""
        self.read_started = time.perf_counter()
        BlockError.shows_trace = self.request.debug
        if self.app is None:
            self.app = self._application()
        else:
            set_up_again(self.app)
        self.counter.listen(self.app.config)
        self.app.statuscode = 0
        return self.app

    def _application(self) -> Project:
        """The Sphinx application, which has the counter on its logger from the first extension on."""
        forget_translations()
        request = self.request
        lines = StatusLines(sys.stdout)
        status = cast("IO[str]", Unheard() if request.quiet else lines)
        heard = self.heard = Heard(cast("TextIO", sys.stderr if request.quiet else BesideStatus(sys.stderr, lines)))
        warning = cast("IO[str]", heard)
        book = book_of_settings(request.config)
        if book is not None:
            jupyter_book.find_local(book)
        self.counter.folder = request.config.resolve()
        asked = {"builder_edition": request.edition, "builder_deck.template": request.template}
        options = (book.options if book is not None else {}) | {name: value for name, value in asked.items() if value}
        with jupyter_book.unknown_options() as unknown, settings_in_one_line(request.config.resolve()):
            app = self._project(
                str(request.source), None if book is not None else str(request.config), str(request.work / "html"),
                str(request.work / "doctrees"), "html", options, tags=[request.edition] if request.edition else [],
                status=status, warning=warning, exception_on_warning=False, warningiserror=False,
                parallel=1 if self.stays else processors(), counter=self.counter,
            )  # fmt: skip
        self._once = once = app.once
        app.connect(
            "env-before-read-docs", lambda _app, env, names: once.read.update(map(str, map(env.doc2path, names)))
        )
        self.standing = StandingWarnings(app, request.work, self.counter)
        if book is not None:
            jupyter_book.report(book, unknown, request.config)
            mystmd_documents.rewrite(book, app)
        self._open.callback(let_documents_go, app)
        self._set_up_from = set_up_stamp(app)
        self.printing = Printing(app, request, self.counter, stays=self.stays)
        app.connect("env-before-read-docs", forget_doctrees)
        app.connect("write-started", self._after_reading)
        hear_each_build(app, heard)
        if self.stays and "html" in request.targets:
            app.connect(PAGES_WRITTEN, self._show)
        return app

    def _project(self, *folders: Any, **options: Any) -> Project:
        """An application that writes the web book, or only reads where none is asked for."""
        targets = self.request.targets
        if "html" not in targets:
            return Project(*folders, **options)
        return WebProject(*folders, books="pdf" in targets, decks="pptx" in targets, **options)

    def _show(self, app: Sphinx) -> None:
        """When pages are written: put them in their places, and the slides that changed where they can be seen."""
        builder: Any = app.builder
        builder.copy_image_files()
        self._publish(publish_pages)
        if self.printing is not None and self.printing.show_slides():
            self.listeners.slides()

    def _publish(self, publish: Callable[[Request], list[str]] = publish) -> None:
        """Put what is new of the web book in its place."""
        changed = publish(self.request)
        self._published += changed
        if changed and self.stays:
            self.listeners.pages(changed)

    def _after_reading(self, app: Sphinx, _builder: Any) -> None:
        self.read_seconds = time.perf_counter() - self.read_started
        assert self.printing is not None
        self.printing.start()

    def _build(self) -> Report:
        """Read and write; what can be made is published, unless ``-W`` is given and something was warned of."""
        report = Report()
        self._published = []
        request = self.request
        app = self.application()
        printing = self.printing
        assert printing is not None
        try:
            has_pages = self._write_pages(app)
        except BaseException:
            printing.stop()
            raise
        report.seconds["read"] = self.read_seconds
        html_seconds = time.perf_counter() - self.read_started - self.read_seconds
        report.seconds["html"] = html_seconds
        if self.stays and has_pages:
            self._publish()
        prints = printing.result()
        if prints.unwritten:
            raise NotWrittenError(prints.unwritten)
        report.status = app.statuscode or prints.status
        of_sources = warning_count(app) - (sum(prints.placing.values()) if printing.same_process else 0)
        if printing.last is None and not printing.same_process:
            log_faults(prints.faults, self.counter.folder)
        report.warnings, report.faults = self.counter.counts.copy(), self.counter.faults.copy()
        if printing.last is not None:
            report.warnings += Counter(prints.warnings) + Counter(prints.placing)
            report.faults += prints.faults
        report.seconds |= prints.seconds
        if self._is_withheld(report, warned=bool(of_sources or prints.warning_count)):
            return report
        before = self.counter.counts.copy()
        if has_pages:
            self._publish()
            pages = counted(len(app.env.found_docs), "page")
            unchanged = not self._published
            report.outputs.append(
                Output("html", str(request.output / "html" / "index.html"), pages, html_seconds, unchanged)
            )
        report.outputs += prints.outputs
        if has_pages:
            offer_downloads(request, report.outputs, whole=not report.status)
        report.warnings += self.counter.counts - before
        return report

    def _write_pages(self, app: Project) -> bool:
        """Read, and write the web book where one is asked for; returns whether there is one. A template of its pages
        that fails costs the web book: what is printed needs none.

        Raises:
            SphinxError: the sources cannot be read, or the system would not write a file.
        """
        wanted = "html" in self.request.targets
        try:
            app.build()
        except ThemeError as error:
            if self.request.debug or not wanted:
                raise
            report_error(app, AuthorError(f"the web book is not made: {' '.join(str(error).split())}; {LAST_GOOD}"))
            wanted = False
        self.heard.rest()
        if self.counter.unwritten:
            raise SphinxError(f"{self.counter.unwritten}; {LAST_GOOD}")
        return wanted

    def _is_withheld(self, report: Report, *, warned: bool) -> bool:
        """Note for the next build what was wrong; true if ``-W`` is given and something was."""
        self.standing.note(report.faults)
        if not (report.status or warned):
            return False
        if self.request.warnings_are_errors:
            logger.info("with -W nothing is published when something is warned of; %s", LAST_GOOD)
            report.status = 1
        return self.request.warnings_are_errors


def hear_each_build(app: Sphinx, heard: Heard) -> None:
    """Have ``heard`` rest while documents are read and pages written, so that it remembers the warnings of each build,
    whatever that finds to do.
    """
    app.connect("env-before-read-docs", heard.rest)
    if PAGES_BEGUN in app.events.events:
        app.connect("write-started", heard.listen)
        app.connect(PAGES_BEGUN, heard.rest)
        app.connect(PAGES_WRITTEN, heard.listen)


def book_of_settings(folder: Path) -> jupyter_book.JupyterBook | None:
    """Return the project of a folder whose settings are those of Jupyter Book 1 or 2; None for one of Sphinx.

    Raises:
        AuthorError: the settings cannot be read.
    """
    if jupyter_book.is_jupyter_book(folder):
        return jupyter_book.read(folder)
    return mystmd.read(folder) if mystmd.is_mystmd(folder) else None


def prepare_output(request: Request) -> None:
    """Make the output folder; one that cannot be written is an error before anything is read."""
    try:
        request.work.mkdir(parents=True, exist_ok=True)
        probe = request.work / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise AuthorError(
            f"the output folder {request.output} cannot be written: {error.strerror}; choose another with -o."
        ) from None

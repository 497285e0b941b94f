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
from collections.abc import Callable, Iterator, Set
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.docutils import docutils_namespace, patch_docutils

from builder.build.places import offer_downloads, placed, publish, publish_pages, recover
from builder.build.printing import Printing
from builder.build.report import Output, Report
from builder.build.reproduce import inputs, outputs
from builder.build.request import Request
from builder.build.wording import counted
from builder.errors import AuthorError, BlockError
from builder.source import jupyter_book, readings
from builder.source.decoding import tolerate_bibliographies
from builder.source.document_cache import DocumentCache
from builder.source.internals import forget_doctrees, warning_count
from builder.source.messages import SPHINX, WarningCounter, say, say_once
from builder.source.outlines import remembered_outlines
from builder.source.premises import modules_read_anew, set_up_stamp
from builder.source.remembered import (
    bibliographies_by_content,
    forget_files,
    forget_translations,
    remembered_entries,
    remembered_plugins,
)
from builder.store.files import NotWrittenError, sweep_parts
from builder.store.lock import one_at_a_time
from builder.store.published import published_in
from builder.store.seal import SEAL, remove_unsealed, seal, seal_again
from builder.store.stamps import load_digests, save_digests, stamp
from builder.web import page_templates
from builder.web.links import Outputs

logger = logging.getLogger(__name__)


LAST_GOOD = "the files of the last good build stay as they were."


class ReadingBuilder(StandaloneHTMLBuilder):
    """Reads as the web book's builder does, and writes nothing.

    Some extensions make other doctrees for other builders, and doctrees are kept for the next build, so all are read as
    for the web.
    """

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing is written."""

    def copy_assets(self) -> None:
        """Nothing is written."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Nothing is written."""

    def finish(self) -> None:
        """Reading is over: what extensions do to pages when a build ends must not look for any."""
        self.name = "reading"  # type: ignore[misc]
        self.format = "reading"  # type: ignore[misc]


class Project(Sphinx):
    """A Sphinx application that has our extension without the project naming it.

    ``builder_outputs`` tells the web book which other outputs its pages may link to.
    """

    builder_outputs: Outputs | None = None

    def preload_builder(self, name: str) -> None:
        """Called by Sphinx after the project's own extensions are loaded."""
        self.setup_extension("builder")
        readings.setup(self)
        page_templates.setup(self)
        super().preload_builder(name)


class ProjectWithoutWeb(Project):
    """A project of which no web book is asked for."""

    def create_builder(self, name: str) -> Builder:
        """A builder that reads only."""
        return ReadingBuilder(self, self.env)


def run(request: Request) -> Report:
    """Build what ``request`` asks for, once.

    Raises:
        AuthorError: the output folder cannot be used.
        SphinxError: configuration or sources cannot be read at all.
    """
    with Session(request) as session:
        return session.build()


class Session:
    """A project that one process builds once or, with ``stays``, again and again: what did not change stays in memory."""

    def __init__(self, request: Request, *, stays: bool = False) -> None:
        self.request, self.stays = request, stays
        self.counter = WarningCounter()
        self.app: Sphinx | None = None
        self.on_pages: Callable[[list[str]], None] | None = None
        """Called, in a process that stays up, when pages of the web book are in their place and more is still to come, with the files that changed."""
        self.on_slides: Callable[[], None] | None = None
        """Called when the slides that changed can be seen and the rest of the prints is still to come."""
        self.printing: Printing | None = None
        self._set_up_from = self._seal = ""
        self._published: list[str] = []
        self._open = ExitStack()

    def __enter__(self) -> Session:
        self._open.enter_context(patch_docutils(str(self.request.config)))
        self._open.enter_context(docutils_namespace())
        self._open.enter_context(remembered_plugins())
        self._open.enter_context(remembered_entries())
        self._open.enter_context(bibliographies_by_content())
        self._open.enter_context(remembered_outlines())
        self._open.enter_context(modules_read_anew((self.request.config, self.request.source)))
        if self.stays:
            self._open.enter_context(DocumentCache.lazily())
            self._open.callback(self._write_kept)
        self._open.callback(self._stop_listening)
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def build(self) -> Report:
        """Read what changed and bring all outputs up to date."""
        started = time.perf_counter()
        prepare_output(self.request)
        with self.at_work():
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
        return report

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Hold the lock of the folder while the block runs, which finds what a whole build left; what it leaves is sealed if it ends well.

        An application is made anew that was set up from other settings or modules, or whose intermediate files are not those that it left.
        """
        work = self.request.work
        with one_at_a_time(work):
            sweep_parts(self.request.output)
            load_digests(work / "digests.json")
            remove_unsealed(work)
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
            self._once.seen.clear()

    def rest(self) -> None:
        """What can wait until nobody waits: write what is kept for the next process, and collect garbage."""
        self._write_kept()
        gc.collect()

    def _write_kept(self) -> None:
        """Write what is kept for the next process, which makes it again where it cannot be written."""
        with suppress(AuthorError):
            written = DocumentCache.write_waiting()
            if stamp(self.request.work / SEAL) == self._seal:  # no other process has built here meanwhile
                seal_again(self.request.work, written)
                self._seal = stamp(self.request.work / SEAL)

    def _stop_listening(self) -> None:
        python_logging.getLogger(SPHINX).removeHandler(self.counter)

    def application(self) -> Sphinx:
        """The application of the project, ready to read; `build` makes it when it is not there."""
        self.read_started = time.perf_counter()
        BlockError.shows_trace = self.request.debug
        if self.app is None:
            self.app = self._application()
        else:
            set_up_again(self.app)
        python_logging.getLogger(SPHINX).addHandler(self.counter)
        if "html" in self.request.targets:
            self.app.builder_outputs = Outputs("pdf" in self.request.targets, "pptx" in self.request.targets)  # type: ignore[attr-defined]
        self.app.statuscode = 0
        if isinstance(self.app.builder, ReadingBuilder):
            self.app.builder.name, self.app.builder.format = "html", "html"  # type: ignore[misc]
        return self.app

    def _application(self) -> Sphinx:
        """The Sphinx application; the counter goes on its logger now, since Sphinx begins by taking all handlers off."""
        forget_translations()
        request = self.request
        status: IO[str] | None = None if request.quiet else sys.stdout
        project = Project if "html" in request.targets else ProjectWithoutWeb
        book = jupyter_book.read(request.config) if jupyter_book.is_jupyter_book(request.config) else None
        if book is not None:
            jupyter_book.find_local(book)
        with jupyter_book.unknown_options() as unknown:
            app = project(
                str(request.source), None if book is not None else str(request.config), str(request.work / "html"),
                str(request.work / "doctrees"), "html", book.options if book is not None else None,
                status=status, warning=sys.stderr, exception_on_warning=False, warningiserror=False,
            )  # fmt: skip
        self.counter.folder, self.counter.suppressed = request.config.resolve(), app.config.suppress_warnings
        self._once = say_once(app)
        if book is not None:
            jupyter_book.report(book, unknown, request.config)
        self._set_up_from = set_up_stamp(app)
        self.printing = Printing(app, request, self.counter, stays=self.stays)
        app.connect("env-before-read-docs", forget_doctrees)
        app.connect("write-started", self._after_reading)
        app.builder.epilog = ""  # type: ignore[misc]  # it would name the folder that is not published
        if (
            self.stays
            and isinstance(app.builder, StandaloneHTMLBuilder)
            and not isinstance(app.builder, ReadingBuilder)
        ):
            self._publish_before_the_rest(app.builder)
        return app

    def _publish_before_the_rest(self, builder: StandaloneHTMLBuilder) -> None:
        """Put the pages of documents in their place as soon as they are written, and show the slides, before indices and search."""
        finish = builder.finish

        def publish_and_finish() -> None:
            builder.copy_image_files()
            self._publish(publish_pages)
            if self.printing is not None and self.on_slides is not None and self.printing.show_slides():
                self.on_slides()
            finish()

        builder.finish = publish_and_finish  # type: ignore[method-assign]

    def _publish(self, publish: Callable[[Request], list[str]] = publish) -> None:
        """Put what is new of the web book in its place, and tell."""
        changed = publish(self.request)
        self._published += changed
        if changed and self.on_pages is not None:
            self.on_pages(changed)

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
            app.build()
            if self.counter.unwritten:
                raise SphinxError(f"{self.counter.unwritten}; {LAST_GOOD}")
        except BaseException:
            printing.stop()
            raise
        report.seconds["read"] = self.read_seconds
        html_seconds = time.perf_counter() - self.read_started - self.read_seconds
        report.seconds["html"] = html_seconds
        if self.stays and "html" in request.targets:
            self._publish()
        prints = printing.result()
        if prints.unwritten:
            raise NotWrittenError(prints.unwritten)
        report.status = app.statuscode or prints.status
        of_sources = warning_count(app) - (sum(prints.placing.values()) if printing.same_process else 0)
        if printing.kept is None and not printing.same_process:
            say(prints.faults, self.counter.folder)
        report.warnings, report.faults = self.counter.counts.copy(), self.counter.faults.copy()
        if printing.kept is not None:
            report.warnings += Counter(prints.warnings) + Counter(prints.placing)
            report.faults += prints.faults
        report.seconds |= prints.seconds
        if request.warnings_are_errors and (report.status or of_sources or prints.warning_count):
            logger.info("with -W nothing is published when something is warned of; %s", LAST_GOOD)
            report.status = 1
            return report
        before = self.counter.counts.copy()
        if "html" in request.targets:
            self._publish()
            pages = counted(len(app.env.found_docs), "page")
            unchanged = not self._published
            report.outputs.append(
                Output("html", str(request.output / "html" / "index.html"), pages, html_seconds, unchanged)
            )
        report.outputs += prints.outputs
        if "html" in request.targets:
            offer_downloads(request, report.outputs, whole=not report.status)
        report.warnings += self.counter.counts - before
        return report


def set_up_again(app: Sphinx) -> None:
    """What extensions read from files when they are set up, for the next build of a process that stays up: bibliographies."""
    if "cite" in app.env.domains and "bibtex_bibfiles" in app.config:
        from sphinxcontrib.bibtex.bibfile import process_bibdata

        tolerate_bibliographies(app, app.config)
        files = [(Path(app.confdir) / name).resolve() for name in app.config.bibtex_bibfiles]
        domain: Any = app.env.get_domain("cite")
        domain.data["bibdata"] = process_bibdata(domain.bibdata, files, app.config.bibtex_encoding)


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

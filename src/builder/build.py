"""Reads the sources once and runs the three sides: web book, printed book, decks.

After reading, the printed book and the decks are made in a forked process while this one writes the web
book; where there is no fork they are made after it.
"""

from __future__ import annotations

import logging as python_logging
import sys
import time
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import contextmanager
from typing import IO, Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.docutils import docutils_namespace, patch_docutils

from builder.book.books import pdf_name
from builder.errors import AuthorError
from builder.places import offer_downloads, publish
from builder.printing import Printing
from builder.report import Output, Report, WarningCounter
from builder.request import Request
from builder.web import Outputs

logger = logging.getLogger(__name__)


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
        super().preload_builder(name)


class ProjectWithoutWeb(Project):
    """A project of which no web book is asked for."""

    def create_builder(self, name: str) -> Builder:
        """A builder that reads only."""
        return ReadingBuilder(self, self.env)


class SourcesError(SphinxError):
    """The sources have errors, which were reported; nothing is written."""

    category = "Errors in the sources"


def run(request: Request) -> Report:
    """Build what ``request`` asks for.

    Raises:
        AuthorError: the output folder cannot be used.
        SphinxError: configuration or sources cannot be read at all.
    """
    started = time.perf_counter()
    prepare_output(request)
    counter = WarningCounter()
    with patch_docutils(str(request.config)), docutils_namespace(), counting(counter):
        report = _run(request, counter)
    report.seconds["all"] = time.perf_counter() - started
    report.write(request.output / "report.json")
    return report


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


@contextmanager
def counting(counter: WarningCounter) -> Iterator[None]:
    """Take ``counter`` off Sphinx's logger when the build is over.

    It is put on once the application is there, since Sphinx begins by taking all handlers off.
    """
    try:
        yield
    finally:
        python_logging.getLogger("sphinx").removeHandler(counter)


def _run(request: Request, counter: WarningCounter) -> Report:
    report = Report()
    read_started = time.perf_counter()
    status: IO[str] | None = None if request.quiet else sys.stdout
    project = Project if "html" in request.targets else ProjectWithoutWeb
    app = project(
        str(request.source), str(request.config), str(request.work / "html"), str(request.work / "doctrees"), "html",
        status=status, warning=sys.stderr, exception_on_warning=False, warningiserror=False,
    )  # fmt: skip
    python_logging.getLogger("sphinx").addHandler(counter)
    if "html" in request.targets:
        app.builder_outputs = Outputs(
            pdf_name(app.config) if "pdf" in request.targets else "", "pptx" in request.targets
        )
    printing = Printing(app, request, counter)

    def after_reading(_app: Any, builder: Any) -> None:
        report.seconds["read"] = time.perf_counter() - read_started
        if app.statuscode:
            raise SourcesError("nothing was written; the files of the last good build stay as they were.")
        printing.start()

    app.connect("write-started", after_reading)
    app.builder.epilog = ""  # type: ignore[misc]  # it would name the folder that is not published
    try:
        app.build()
    except SourcesError as error:
        logger.error(str(error))
        report.status = 1
        report.warnings = counter.counts
        return report
    except BaseException:
        printing.stop()
        raise
    html_seconds = time.perf_counter() - read_started - report.seconds["read"]
    report.seconds["html"] = html_seconds
    prints = printing.result()
    report.status = app.statuscode or prints.status
    report.warnings = counter.counts if printing.same_process else counter.counts + Counter(prints.warnings)
    report.seconds |= prints.seconds
    if prints.crash:
        raise SphinxError(prints.crash)
    if report.status:
        return report
    if "html" in request.targets:
        changed = publish(request.work / "html", request.output / "html")
        pages = len(app.env.found_docs)
        report.outputs.append(
            Output("html", str(request.output / "html" / "index.html"), f"{pages} pages", html_seconds, not changed)
        )
    report.outputs += prints.outputs
    if "html" in request.targets:
        offer_downloads(request, report.outputs)
    if request.warnings_are_errors and (app._warncount or prints.warning_count):
        report.status = 1
    return report

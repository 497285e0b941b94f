"""The project, read with some of its documents as they would be: what the sources say on slides now, and what they
would say.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from docutils.io import FileInput
from sphinx.application import Sphinx

from builder.build.decks import finished
from builder.build.flow import plan_lecture
from builder.build.ledger import EARLIER
from builder.build.project import ReadProject, read_project
from builder.build.request import Request
from builder.build.session import Session
from builder.deck.lectures import lecture_of
from builder.deck.model import FittedDeck
from builder.errors import AuthorError
from builder.pptx.write import write_deck
from builder.source.resolver import make_resolver, resolving_with
from builder.store.lock import one_at_a_time
from builder.store.seal import remove_unsealed
from builder.typeset.page_map import PageMap

T = TypeVar("T")

BEFORE_OTHERS = 1
"""Handlers of Sphinx's event change the text as it would be, as they change that of the file."""


@dataclass(frozen=True, slots=True)
class BuiltDeck:
    """A deck as the sources give it, fitted and as a file, without printed pages."""

    fitted: FittedDeck
    content: bytes


class ProjectCopy:
    """Reads the project into a copy of its intermediate files, so that those of the last build stay as they are."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.texts: dict[Path, str] = {}
        self.changed: set[str] = set()
        self.messages = io.StringIO()
        """Sphinx's messages on the sources, which the last build has logged."""
        self.errors: Counter[tuple[str, str]] = Counter()
        """Errors that the sources have as they are, by kind and message: they stand on slides as marks, and do not
        hinder.
        """

    @property
    def app(self) -> Sphinx:
        """The application."""
        found = self.session.app
        assert found is not None
        return found

    def deck(self, name: str, texts: dict[Path, str]) -> BuiltDeck | None:
        """Return the deck of a lecture, were these the ``texts`` of files; None where they have more errors then.

        Raises:
            AuthorError: the lecture is not declared, or its deck cannot be made of the sources as they are.
        """
        return self.read(texts, lambda project: built_deck(project, name))

    def read(self, texts: dict[Path, str], make: Callable[[ReadProject], T]) -> T | None:
        """Return what ``make`` makes of the project, were these the ``texts`` of files; None where they have more
        errors then.

        Raises:
            AuthorError: it cannot be made of the sources as they are.
        """
        changed = {path for path in {*self.texts, *texts} if self.texts.get(path) != texts.get(path)}
        self.changed = {docname for path in changed for docname in self.readers(path)} if self.session.app else set()
        self.texts = texts
        with files_as(texts), contextlib.redirect_stderr(self.messages):
            first = self.session.app is None
            app = self.session.application()
            if first:
                app.connect("source-read", self._source, priority=BEFORE_OTHERS)
                app.connect("include-read", self._included)
                app.connect("env-get-outdated", lambda *_: sorted(self.changed))
                self.session.standing.read_again()  # or errors that the last build told would be new ones
            counter = self.session.counter
            self.session.begin_messages()
            app.build()
            try:
                resolver = make_resolver(app, self.session.request.work / "typstpdf")
                with resolving_with(app, resolver):
                    now = make(read_project(resolver, with_lectures=True))
            except AuthorError:
                if not texts:
                    raise
                return None
        errors = Counter((fault.kind, fault.message) for fault in counter.faults if fault.severity == "error")
        if not texts:
            self.errors |= errors  # a document that is not read again has none
        return now if errors <= self.errors else None

    def _source(self, app: Sphinx, docname: str, content: list[str]) -> None:
        path = Path(app.env.doc2path(docname)).resolve()
        if path in self.texts:
            content[0] = self.texts[path]

    def _included(self, app: Sphinx, path: Path, _docname: str, content: list[str]) -> None:
        """What MyST includes is not read by docutils, which `files_as` sees to."""
        found = (Path(app.srcdir) / path).resolve()
        if found in self.texts and content[0] == found.read_text(encoding="utf-8-sig"):
            content[0] = self.texts[found]

    def readers(self, path: Path) -> set[str]:
        """Return the documents that a file is the source of, or is read by."""
        env: Any = self.app.env
        own = {docname for docname in env.found_docs if Path(env.doc2path(docname)).resolve() == path}
        return own | {docname for docname in env.found_docs if path in map(Path.resolve, self.data_files(docname))}

    def data_files(self, docname: str) -> list[Path]:
        """Return the files that a document reads besides its own source."""
        env: Any = self.app.env
        return [Path(env.srcdir) / name for name in sorted(env.dependencies.get(docname, ()))]


def built_deck(project: ReadProject, name: str) -> BuiltDeck:
    """The deck of a lecture.

    Raises:
        AuthorError: the lecture is not declared, or its deck cannot be made.
    """
    lecture = lecture_of(project.lectures, name)
    fit = plan_lecture(project, lecture).of(lecture)
    fitted = finished(project, lecture, fit, PageMap({}, 0))
    content, _errors = write_deck(fitted, fit.template, fit.typeface, project.config.builder_web_url)
    return BuiltDeck(fitted, content)


@contextmanager
def files_as(texts: dict[Path, str]) -> Iterator[None]:
    """Make directives that read a file read these texts within the block."""
    usual = FileInput.read

    def read(self: FileInput) -> str:
        text = usual(self)
        return texts.get(Path(str(self.source_path)).resolve(), text)

    FileInput.read = read  # type: ignore[method-assign]
    try:
        yield
    finally:
        FileInput.read = usual  # type: ignore[method-assign]


@contextmanager
def reading(request: Request) -> Iterator[ProjectCopy]:
    """Yield the project as read by the last build if there is one, in a copy of its intermediate files."""
    with tempfile.TemporaryDirectory() as folder:
        copied = replace(request, output=Path(folder) / "out", targets=("pptx",), quiet=True)
        intermediate = request.work / "doctrees"
        with one_at_a_time(request.work):
            remove_unsealed(request.work)
            if intermediate.is_dir():
                shutil.copytree(intermediate, copied.work / "doctrees", ignore=shutil.ignore_patterns(EARLIER))
        with Session(copied, stays=True) as session:
            yield ProjectCopy(session)

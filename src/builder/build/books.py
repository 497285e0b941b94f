"""The Sphinx builder ``typstpdf``: each printed book of a project as one PDF, and the page maps that the decks use."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from docutils import nodes
from sphinx.locale import __

from builder.book import handlers  # noqa: F401 - registers itself
from builder.book.printed import Planned, PrintedBook
from builder.build.places import placed
from builder.errors import AuthorError, Source, report_bug, report_error
from builder.source.books import declared_books
from builder.source.document_cache import book_digest
from builder.source.outlines import remembered_outlines
from builder.source.remembered import remembered_objects, remembered_plugins
from builder.source.resolved import ResolvedBuilder
from builder.store.published import Published
from builder.typeset.compile import Compiled

NO_PLACES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MadeBook:
    """A printed book in memory, before it is put in its place."""

    name: str
    compiled: Compiled


class TypstBuilder(ResolvedBuilder):
    """Writes ``NAME.pdf`` for each book, and its Typst text below ``typst/``."""

    name = "typstpdf"
    format = "typst"
    epilog = __("The printed book is in %(outdir)s.")

    def init(self) -> None:
        self.books: dict[str, PrintedBook] = {}
        self.broken: set[str] = set()
        """Names of the books that cannot be made this time."""
        self.are_known = True
        """True if it is known which books are declared, so that others are those of an earlier build."""
        self.planned: dict[str, Planned] = {}
        self.may_fork = False
        """True if documents may be translated in several processes."""

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing to prepare: books are written whole."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the PDFs; the last good one of a book that cannot be made stays."""
        outdir = Path(self.outdir)
        published = Published(Path(self.doctreedir) / f"published-{self.name}.json", outdir)
        with placed(published, {outdir / f"{book.name}.pdf": book.compiled.pdf for book in self.make_books()}):
            pass

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Not used: documents are written in printing order by `PrintedBook`."""

    def finish(self) -> None:
        """Everything is written by `make_books`."""

    def make_books(self, digest: str = "") -> list[MadeBook]:
        """Set every book in memory; those that cannot be made are left out, and reported.

        ``digest`` is the `book_digest`, where it is known.
        """
        self.translate_books(digest)
        return self.set_books()

    def translate_books(self, digest: str = "") -> None:
        """Bring the Typst text of every book up to date, see `make_books`."""
        with remembered_plugins(), remembered_objects(self.env), remembered_outlines():
            self._translate_books(digest or book_digest(self.env))

    def _translate_books(self, digest: str) -> None:
        self.begin()
        try:
            specs = declared_books(self._app)
        except AuthorError as error:
            report_error(self._app, AuthorError(f"{error.message} No book is printed.", error.source))
            specs = []
        self.are_known = bool(specs)
        self.broken = set()
        self.books = {
            spec.name: self.books[spec.name]
            if spec.name in self.books and self.books[spec.name].spec == spec
            else PrintedBook(self, spec)
            for spec in specs
        }
        if self.are_known:
            for folder in set((Path(self.outdir) / "typst").glob("*/")) - {book.folder for book in self.books.values()}:
                shutil.rmtree(folder)
        planned = dict(self.planned)
        for book in self.books.values():
            with self.costing_only(book):
                book.translate(digest, planned, may_fork=self.may_fork)
        for docname, plan in planned.items():
            try:
                doctree = self.resolved(docname)
            except Exception as error:
                report_bug(self._app, f"the slides of '{docname}'", error, Source(str(self.env.doc2path(docname))))
            else:
                plan(docname, doctree, False)

    @contextmanager
    def costing_only(self, book: PrintedBook) -> Iterator[None]:
        """Report what is raised in the block: it costs this book, and no other output."""
        try:
            yield
        except AuthorError as error:
            report_error(self._app, error)
            self.broken.add(book.spec.name)
        except Exception as error:
            report_bug(self._app, f"the printed book '{book.spec.name}'", error)
            self.broken.add(book.spec.name)

    def set_books(self, slide_places: Mapping[str, str] = NO_PLACES) -> list[MadeBook]:
        """Set the pages of what `translate_books` made, see `make_books`; sections name their ``slide_places``."""
        made = []
        with remembered_plugins(), remembered_objects(self.env), remembered_outlines():
            for name, book in self.books.items():
                if name in self.broken:
                    continue
                with self.costing_only(book):
                    compiled = book.set_pages(slide_places)
                    if compiled is not None:
                        made.append(MadeBook(name, compiled))
        return made

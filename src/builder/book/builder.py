"""The Sphinx builder ``typstpdf``: each printed book of a project as one PDF, and the page maps that the decks use."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Set
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from sphinx.locale import __

from builder.book import handlers  # noqa: F401 - registers itself
from builder.book.books import declared_books
from builder.book.compile import Compiled
from builder.book.kept import book_digest
from builder.book.printed import Planned, PrintedBook
from builder.book.resolved import ResolvedBuilder
from builder.files import write_whole
from builder.outlines import remembered_outlines
from builder.remembered import remembered_objects, remembered_plugins


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
        self.planned: dict[str, Planned] = {}
        self.slide_places: Callable[[], dict[str, str]] = dict
        self.may_fork = False
        """True if documents may be translated in several processes."""

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing to prepare: books are written whole."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the PDFs, unless the sources have errors: then the last good ones stay."""
        made = self.make_books()
        if self._app.statuscode == 0:
            for book in made:
                write_whole(Path(self.outdir) / f"{book.name}.pdf", book.compiled.pdf)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Not used: documents are written in printing order by `PrintedBook`."""

    def finish(self) -> None:
        """Everything is written by `make_books`."""

    def make_books(self, digest: str = "") -> list[MadeBook]:
        """Set every book in memory; those that have errors are left out, and the errors reported.

        ``digest`` is the `book_digest`, where it is known.

        Raises:
            AuthorError: an option has a value that cannot be used.
        """
        self.translate_books(digest)
        return self.set_books()

    def translate_books(self, digest: str = "") -> None:
        """Bring the Typst text of every book up to date, see `make_books`."""
        with remembered_plugins(), remembered_objects(self.env), remembered_outlines():
            self._translate_books(digest or book_digest(self.env))

    def _translate_books(self, digest: str) -> None:
        self.begin()
        specs = declared_books(self._app)
        self.books = {
            spec.name: self.books[spec.name]
            if spec.name in self.books and self.books[spec.name].spec == spec
            else PrintedBook(self, spec)
            for spec in specs
        }
        for folder in set((Path(self.outdir) / "typst").glob("*/")) - {book.folder for book in self.books.values()}:
            shutil.rmtree(folder)
        planned = dict(self.planned)
        for book in self.books.values():
            book.translate(digest, planned)
            for docname in book.documents:
                planned.pop(docname, None)
        for docname, plan in planned.items():
            plan(docname, self.resolved(docname), False)

    def set_books(self) -> list[MadeBook]:
        """Set the pages of what `translate_books` made, see `make_books`."""
        made = []
        with remembered_plugins(), remembered_objects(self.env), remembered_outlines():
            for book in self.books.values():
                compiled = book.set_pages()
                if compiled is not None:
                    made.append(MadeBook(book.spec.name, compiled))
        return made

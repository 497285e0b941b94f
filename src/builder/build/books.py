"""The texts of a project's books → their pages, each book in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.book.edition import Edition
from builder.book.extents import Attempt
from builder.book.folder import BookFolder
from builder.book.printed import PrintedBook, compose_book
from builder.book.translate import TypstDocument
from builder.build.contents import Contents, costing_only, text_folder
from builder.build.project import ReadProject
from builder.source.books import BookSpec
from builder.store.keys import Memo, key_of


@dataclass(slots=True)
class BookFolders:
    """The folders of books, below one of a project, in a process that may build again: their compilers remember the
    last layout
    where that ``stays``.
    """

    path: Path
    stays: bool = True
    known: Memo[BookFolder] = field(default_factory=Memo)

    def of(self, spec: BookSpec) -> BookFolder:
        """The folder of a book; a new one where the book is declared anew."""
        key, folder = key_of(spec), text_folder(self.path, spec)
        found = self.known.get(spec.name, key)
        composed = self.path / "fascicles" / folder.name
        return found or self.known.put(spec.name, key, BookFolder(folder, composed, stays=self.stays))

    def remove_others(self, specs: Collection[BookSpec]) -> None:
        """Remove the texts of books that are not declared any more."""
        for folder in set((self.path / "typst").glob("*/")) - {text_folder(self.path, spec) for spec in specs}:
            shutil.rmtree(folder)


def compose_books(
    project: ReadProject,
    contents: Contents,
    folders: BookFolders,
    slide_places: Mapping[str, str],
    *,
    wants_pdf: bool = True,
) -> list[PrintedBook]:
    """The pages of every book that could be translated, see `compose_book`; what is raised for a book costs that one,
    and is reported.

    ``slide_places`` has, by the label of a section, the slides that its margin names.
    """
    if project.books_are_known:
        folders.remove_others(project.books)
    books = []
    for edition, text in zip(contents.editions, contents.texts, strict=True):
        with costing_only(project, edition.spec):
            folder, again = folders.of(edition.spec), Again(project, edition)
            book = compose_book(text, slide_places, folder, again, wants_pdf=wants_pdf)
            for error in book.errors:
                project.resolver.report(error)
            books.append(book)
    return books


@dataclass(frozen=True, slots=True)
class Again:
    """Translates a document of a book again, when Typst cannot set a block of it."""

    project: ReadProject
    edition: Edition

    def __call__(self, docname: str, attempt: Attempt) -> TypstDocument:
        """The document as it is tried."""
        return self.edition.translate(docname, self.project.resolver.resolved(docname), attempt)

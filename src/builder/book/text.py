"""A printed book before its pages: its documents as Typst text, and all that its pages are set from beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.book.fascicles import HEAD, Matter
from builder.book.index import Letter, letters_within
from builder.book.settings import Settings
from builder.book.translate import TypstDocument
from builder.errors import Source
from builder.source.books import BookSpec
from builder.source.order import BookOrder
from builder.typeset.escape import array, string


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a book has beside its documents, from the options and the environment.

    ``letters`` are those of the index with all labels of the project, ``logo`` is a picture that Typst reads, and
    ``logo_name`` its name among those of the book; ``files`` is document → source file, ``folder`` the one that
    addresses of pictures start from. ``strict`` withholds a PDF that is not as its standards ask.
    """

    publisher: str
    imprint: tuple[str, ...]
    contents_depth: int
    contents_columns: int
    appendices: tuple[str, ...]
    letters: tuple[Letter, ...]
    logo: Path | None
    logo_name: str
    files: Mapping[str, str]
    folder: Path
    conf: Source
    strict: bool = False


@dataclass(frozen=True, slots=True)
class BookText:
    """A translated book."""

    spec: BookSpec
    settings: Settings
    order: BookOrder
    documents: Mapping[str, TypstDocument]
    surroundings: Surroundings

    def source_at(self, file: str, line: int) -> Source | None:
        """The source of a line of a Typst file; None for the template's own files."""
        name = Path(file).name
        for docname, document in self.documents.items():
            if document.file == name:
                found = document.places.source(line - LINES_BEFORE)
                return found or Source(self.surroundings.files[docname])
        return None

    def matter(self, defined: set[str]) -> Matter:
        """Return what stands in the book beside its documents, of which ``defined`` are the labels."""
        spec, words, about = self.spec, self.settings.words, self.surroundings
        logo = f", logo: {string(f'images/{about.logo_name}')}" if about.logo is not None else ""
        title = f"title: {string(spec.title)}, author: {string(spec.author)}"
        imprint = array([string(text) for text in about.imprint if text])
        front = (
            f"#title-pages({title}, subtitle: {string(spec.subtitle)}, "
            f"publisher: {string(about.publisher)}, imprint: {imprint}{logo})\n"
            f"#contents({string(words['contents'])}, depth: {about.contents_depth}, "
            f"in-columns: {max(about.contents_columns, 1)})\n"
            f'#float-list({string(words["figures"])}, "figure")\n'
            f'#float-list({string(words["tables"])}, "table")\n'
        )
        return Matter(
            f"{HEAD}#show: book.with({title})\n", front, words["index"], letters_within(about.letters, defined)
        )


LINES_BEFORE = HEAD.count("\n") + 1
"""Lines of the file of a document before its own text."""

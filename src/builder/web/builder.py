"""The web book's builder as the command uses it: what is written can be published before indices and search are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Set
from pathlib import PurePosixPath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.osutil import copyfile

from builder.source.named_files import files_of_pages
from builder.source.reading_apart import ReadsApart
from builder.source.titles import title_of_document
from builder.source.unreadable import ReadsTheRest
from builder.store.stamps import digest
from builder.web import assets, front_page, links, pages_again
from builder.web.formulas import with_readable_titles
from builder.web.pages_again import PAGES_BEGUN, PAGES_WRITTEN
from builder.web.unwritable import WritesTheRest


def web_builder(usual: Any) -> Any:
    """The class of a builder that does as ``usual`` does, Sphinx's own or an extension's, and emits
    `PAGES_BEGUN` and `PAGES_WRITTEN`."""

    class WebBuilder(WritesTheRest, ReadsApart, ReadsTheRest, usual):  # type: ignore[misc]
        """Writes pages into a folder that is not published, so that it does not name it at its end."""

        epilog = ""

        def load_indexer(self, docnames: Iterable[str]) -> None:
            """Take over the search index of the last build."""
            pages_again.load_index(self, docnames, super().load_indexer)

        def index_page(self, pagename: str, doctree: nodes.document, title: str) -> None:
            """Have the search find and show titles with their formulas in Unicode."""
            found = with_readable_titles(doctree)
            super().index_page(pagename, found, title if found is doctree else title_of_document(self.env, pagename))

        def write_documents(self, docnames: Set[str]) -> None:
            """Write the pages of documents."""
            self.events.emit(PAGES_BEGUN, docnames)
            super().write_documents(docnames)

        def finish(self) -> None:
            """Write indices and search, and what pages show beside pictures that Sphinx knows."""
            self.events.emit(PAGES_WRITTEN)
            super().finish()
            copy_files_of_pages(self)
            assets.warn_of_missing(self)

    return WebBuilder


def copy_files_of_pages(builder: Builder) -> None:
    """Put each file that raw HTML names where a browser seeks it: Sphinx copies none of them."""
    for docname, files in files_of_pages(builder.env).items():
        folder = PurePosixPath("/", builder.get_target_uri(docname)).parent
        for address, path in files.items():
            source = builder.srcdir / path
            place = builder.outdir / posixpath.normpath(folder / address).lstrip("/")
            if source.is_file() and not (place.is_file() and digest(source) == digest(place)):
                place.parent.mkdir(parents=True, exist_ok=True)
                copyfile(source, place, force=True)


def set_up(app: Sphinx, *, books: bool, decks: bool) -> None:
    """Have ``app`` write a web book that links other outputs, and only as far as an edit reaches."""
    app.add_event(PAGES_BEGUN)
    app.add_event(PAGES_WRITTEN)
    links.link_outputs(app, books=books, decks=decks)
    pages_again.listen(app)
    front_page.listen(app)

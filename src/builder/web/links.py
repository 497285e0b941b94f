"""What the web book gets: links to the printed book and the decks, and the style sheet for drawings."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from builder.deck.declared import deck_links
from builder.errors import AuthorError
from builder.source.books import declared_books
from builder.source.order import book_order
from builder.store.published import DOWNLOADS

BOOK_THEME = "sphinx_book_theme"
BEFORE_THE_THEME = 400
"""Before the themes set their own options, which they do at the usual priority, 500."""


def setup(app: Sphinx) -> None:
    """Add the style sheet and, when the builder drives, the links."""
    app.connect("builder-inited", add_style)
    app.connect("builder-inited", leave_out_second_search, priority=BEFORE_THE_THEME)
    app.connect("html-page-context", add_outputs)
    app.connect("env-updated", relinked)


def add_style(app: Sphinx) -> None:
    """Put our style sheet among the static files of HTML builders."""
    if app.builder.format == "html":
        app.config.html_static_path.append(str(Path(__file__).parent / "static"))
        app.add_css_file("builder.css")


def leave_out_second_search(app: Sphinx) -> None:
    """Leave the bar above the page out that holds nothing but a second search field, unless the author asks for one.

    sphinx-book-theme has its search in the sidebar and none in that bar; since 0.17 its base, pydata-sphinx-theme, puts
    one there wherever conf.py does not say ``navbar_persistent`` (sphinx-book-theme issue 986).
    """
    theme = getattr(app.builder, "theme", None)
    if theme is not None and any(Path(folder).name == BOOK_THEME for folder in theme.get_theme_dirs()):
        app.builder.theme_options.setdefault("navbar_persistent", [])  # type: ignore[attr-defined]


def add_outputs(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Above the text of each page: its deck as .pptx and .pdf, and the printed book."""
    outputs: Outputs | None = getattr(app, "builder_outputs", None)
    if outputs is None or doctree is None or not app.config.builder_outputs_note:
        return
    up = "../" * pagename.count("/")
    items = []
    for deck, title in outputs.decks_of(app, pagename):
        address = f"{up}{DOWNLOADS}/{escape(deck)}"
        items.append(
            f'<li>Slides, {escape(title)}: <a href="{address}.pptx" download>PowerPoint</a>, <a '
            f'href="{address}.pdf">PDF</a></li>'
        )
    for pdf in outputs.pdfs_of(app, pagename):
        items.append(f'<li><a href="{up}{DOWNLOADS}/{escape(pdf)}.pdf">The printed book (PDF)</a></li>')
    if items:
        note = f'<aside class="builder-outputs" aria-label="Other forms of this page"><ul>{"".join(items)}</ul></aside>'
        context["body"] = note + context.get("body", "")


def relinked(app: Sphinx, env: Any) -> list[str]:
    """Documents whose links to decks are not those of the last build, so that their pages are written again."""
    outputs: Outputs | None = getattr(app, "builder_outputs", None)
    if outputs is None:
        return []
    now = {docname: [*outputs.pdfs_of(app, docname), *outputs.decks_of(app, docname)] for docname in env.found_docs}
    before, env.builder_links = getattr(env, "builder_links", None), now
    return [] if before is None else [name for name in sorted(now) if before.get(name) != now[name]]


class Outputs:
    """Which other outputs are built beside the web book: printed books, decks."""

    def __init__(self, pdf: bool, decks: bool) -> None:
        self.pdf = pdf
        self.decks = decks
        self._books: list[tuple[str, frozenset[str]]] | None = None
        self._links: dict[str, list[tuple[str, str]]] | None = None

    def pdfs_of(self, app: Sphinx, docname: str) -> list[str]:
        """Name of the first printed book that holds a document, as a list of one or none."""
        if not self.pdf:
            return []
        if self._books is None:
            try:
                books = declared_books(app)
            except AuthorError:
                books = []  # reported when the books are made
            self._books = [(book.name, book_order(app.env, book.root).documents) for book in books]
        if len(self._books) == 1:
            return [self._books[0][0]]
        return [name for name, documents in self._books if docname in documents][:1]

    def decks_of(self, app: Sphinx, docname: str) -> list[tuple[str, str]]:
        """Name and title of each deck that holds a document."""
        if not self.decks:
            return []
        if self._links is None:
            self._links = deck_links(app)
        return self._links.get(docname, [])

"""Links of web pages to the printed book and the decks, and the style sheet for drawings."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sphinx.application import Sphinx

from builder.deck.declared import deck_links
from builder.errors import AuthorError
from builder.source.books import declared_books
from builder.source.config import words_of_project
from builder.source.order import book_order
from builder.store.published import DOWNLOADS
from builder.typeset.wording import Words
from builder.web.pages_again import AFTER_NUMBERS

BOOK_THEME = "sphinx_book_theme"
BEFORE_THE_THEME = 400
"""Before the themes set their own options, which they do at the usual priority, 500."""


def setup(app: Sphinx) -> None:
    """Add the style sheet."""
    app.connect("builder-inited", add_style)
    app.connect("builder-inited", leave_out_second_search, priority=BEFORE_THE_THEME)


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


def link_outputs(app: Sphinx, *, books: bool, decks: bool) -> None:
    """Link the printed books and the decks that are built beside the web book from its pages."""
    links = OutputLinks(books, decks)
    app.connect("env-get-updated", links.relinked, priority=AFTER_NUMBERS)
    app.connect("html-page-context", links.add)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The links of a page: the printed book that holds its document, as one name or none, and the name and title of
    each deck that does.
    """

    books: tuple[str, ...] = ()
    decks: tuple[tuple[str, str], ...] = ()

    def note(self, pagename: str, words: Words) -> str:
        """The list of links as HTML, '' where there are none."""
        up = "../" * pagename.count("/")
        items = []
        for deck, title in self.decks:
            address = f"{up}{DOWNLOADS}/{quote(deck)}"
            named = words["deck_links"].replace("{}", title)
            items.append(
                f'<li>{escape(named)} <a href="{address}.pptx" download>PowerPoint</a>, <a '
                f'href="{address}.pdf">PDF</a></li>'
            )
        for book in self.books:
            address = f"{up}{DOWNLOADS}/{quote(book)}.pdf"
            items.append(f'<li><a href="{address}">{escape(words["book_link"])}</a></li>')
        label = f'aria-label="{escape(words["other_forms"])}"'
        return f'<aside class="builder-outputs" {label}><ul>{"".join(items)}</ul></aside>' if items else ""


class OutputLinks:
    """The links from pages to other outputs, for builds one after the other; ``of`` is document → its links."""

    def __init__(self, books: bool, decks: bool) -> None:
        self.books, self.decks = books, decks
        self.of: dict[str, PageLinks] = {}

    def relinked(self, app: Sphinx, env: Any) -> list[str]:
        """When all is read and numbered: documents whose links are not those of the last build, so that their pages are
        written again.
        """
        self.of = links_of(app, books=self.books, decks=self.decks)
        before, env.builder_links = getattr(env, "builder_links", None), self.of
        return [] if before is None else [name for name in sorted(self.of) if before.get(name) != self.of[name]]

    def add(self, app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: Any) -> None:
        """When a page is written: put its links above its text."""
        if doctree is not None and app.config.builder_outputs_note and pagename in self.of:
            note = self.of[pagename].note(pagename, words_of_project(app.config))
            context["body"] = note + context.get("body", "")


def links_of(app: Sphinx, *, books: bool, decks: bool) -> dict[str, PageLinks]:
    """Document → its links to printed ``books`` and to ``decks``."""
    printed = books_of(app) if books else []
    shown = deck_links(app) if decks else {}
    found = {}
    for docname in app.env.found_docs:
        holding = [name for name, documents in printed if docname in documents or len(printed) == 1]
        found[docname] = PageLinks(tuple(holding[:1]), tuple(shown.get(docname, ())))
    return found


def books_of(app: Sphinx) -> list[tuple[str, frozenset[str]]]:
    """Each printed book with its documents; none where they cannot be read, which is reported when they are made."""
    try:
        return [(book.name, book_order(app.env, book.root).documents) for book in declared_books(app)]
    except AuthorError:
        return []

"""Which printed books a project makes: one, or those that ``builder_books`` declares."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import AuthorError, Source
from builder.source.config import place_of_option
from builder.source.html import words_of
from builder.source.option_table import PRESETS
from builder.source.portable_names import refusal
from builder.source.titles import name_of_file, title_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

KEYS = ("root", "name", "title", "subtitle", "author", "preset")


@dataclass(frozen=True, slots=True)
class BookSpec:
    """One printed book: the document whose toctrees it follows, the name of its PDF, and what its title page says."""

    root: str
    name: str
    title: str
    subtitle: str = ""
    author: str = ""
    preset: str = "textbook"


def declared_books(app: Sphinx) -> list[BookSpec]:
    """The books of a project.

    Raises:
        AuthorError: ``builder_books`` names a document that is not there, a key that is unknown, or one PDF twice.
    """
    config, title = app.config, title_of(app.env)
    whole = BookSpec(
        config.root_doc,
        config.builder_pdf_name or name_of_file(title),
        title,
        config.builder_subtitle,
        words_of(config.author),
        config.builder_preset,
    )
    if not config.builder_books:
        return [whole]
    conf = place_of_option(Path(app.confdir), "builder_books")
    books: list[BookSpec] = []
    for entry in config.builder_books:
        book = _spec(entry, whole, conf)
        if book.root not in app.env.found_docs:
            raise AuthorError(f"builder_books names the document '{book.root}', which is not there.", conf)
        if book.name.casefold() in {other.name.casefold() for other in books}:
            raise AuthorError(f"builder_books has two books named '{book.name}'; their PDFs would be one.", conf)
        books.append(book)
    return books


def _spec(entry: object, whole: BookSpec, conf: Source) -> BookSpec:
    if not isinstance(entry, dict) or not {"root", "name"} <= entry.keys() or entry.keys() - set(KEYS):
        raise AuthorError(
            f"builder_books has {entry!r}; write {{'root': 'guide/index', 'name': 'guide', 'title': 'The guide'}}, "
            f"where {', '.join(KEYS[2:])} may be left out.",
            conf,
        )
    given = {key: str(value) for key, value in entry.items()}
    if "/" in given["name"] or given["name"].startswith("."):
        raise AuthorError(
            f"builder_books has the name {given['name']!r}; write the name of a file without its ending.", conf
        )
    if reason := refusal(f"{given['name']}.pdf"):
        raise AuthorError(f"builder_books: {reason}; give the book another name.", conf)
    if given.get("preset", whole.preset) not in PRESETS:
        raise AuthorError(f"builder_books has the preset {given['preset']!r}; write one of {', '.join(PRESETS)}.", conf)
    return BookSpec(
        given["root"],
        given["name"],
        given.get("title", whole.title),
        given.get("subtitle", whole.subtitle),
        given.get("author", whole.author),
        given.get("preset", whole.preset),
    )

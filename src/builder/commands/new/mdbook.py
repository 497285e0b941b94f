"""An mdBook project: ``book.toml`` and ``SUMMARY.md`` (https://rust-lang.github.io/mdBook/format/summary.html)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from builder.commands.new.existing import BookPart, ExistingBook
from builder.errors import AuthorError, Source
from builder.source.yaml_settings import names
from builder.store.text import text_of

SETTINGS = "book.toml"
CHAPTER = re.compile(r"^\s*(?:[-*+]\s+)?\[(?P<title>[^\]]*)\]\((?P<file>[^)]+\.md)\)", re.MULTILINE)
LINE = re.compile(rf"{CHAPTER.pattern}|^#\s+(?P<part>.+?)\s*$", re.MULTILINE)


def read_mdbook(folder: Path) -> ExistingBook:
    """Return the book that mdBook makes in ``folder``; chapters below others follow these.

    Raises:
        AuthorError: its settings or its summary cannot be read.
    """
    path = folder / SETTINGS
    try:
        settings = tomllib.loads(text_of(path))
    except tomllib.TOMLDecodeError as error:
        raise AuthorError(f"this is not TOML: {error}.", Source(str(path))) from None
    book = settings.get("book", {})
    sources = str(book.get("src", "src"))
    summary = folder / sources / "SUMMARY.md"
    if not summary.is_file():
        raise AuthorError(
            "an mdBook has a SUMMARY.md, which lists its chapters; there is none here.", Source(str(summary))
        )
    parts = [BookPart("", ())]
    for line in LINE.finditer(text_of(summary)):
        if line["part"]:
            parts += [BookPart(line["part"], ())] if line["part"].casefold() != "summary" else []
        else:
            name = line["file"].removeprefix("./")
            parts[-1] = BookPart(parts[-1].caption, tuple(dict.fromkeys((*parts[-1].chapters, name))))
    return ExistingBook(
        "mdBook",
        names(book.get("title")) or folder.resolve().name,
        tuple(part for part in parts if part.chapters),
        "",
        names(book.get("authors")),
        "",
        str(book.get("language") or ""),
        below=sources,
    )

"""An mdBook project: ``book.toml`` and ``SUMMARY.md`` (https://rust-lang.github.io/mdBook/format/summary.html)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from builder.commands.new.existing import BookPart, ExistingBook, parts_without, unused
from builder.errors import AuthorError, Source
from builder.source.yaml_settings import names
from builder.store.text import text_of

SETTINGS = "book.toml"
SUMMARY, SIDEBAR = "SUMMARY.md", "_sidebar.md"
INDEX = "index.md"
"""The chapter whose name a project of ours gives to its first page."""
LINE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<bullet>[-*+][ \t]+)?\[(?P<title>[^\]\n]*)\]\((?P<file>[^)\n]+\.md)\)"
    r"|^##?[ \t]+(?P<part>.+?)[ \t]*$"
    r"|^(?P<depth>[ \t]*)[-*+][ \t]+(?P<group>[^\[\n]+?)[ \t]*$",
    re.MULTILINE,
)
"""A chapter, the title of a part, or that of a group of chapters; chapters without a bullet have no number."""

NO_PARTS = ("summary", "table of contents", "contents")
"""Headings of the list itself."""
DRAFT = re.compile(r"\[[^\]\n]*\]\(\s*\)")
"""A chapter that is not written yet."""
USED = ("book.title", "book.authors", "book.language", "book.src", "preprocessor.admonish", "preprocessor.mermaid",
        "preprocessor.katex")  # fmt: skip


def read_mdbook(folder: Path) -> ExistingBook:
    """Return the book that mdBook makes in ``folder``; chapters below others are sections of these.

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
    summary = folder / sources / SUMMARY
    if not summary.is_file():
        raise AuthorError(
            "an mdBook has a SUMMARY.md, which lists its chapters; there is none here.", Source(str(summary))
        )
    parts, sections = outline(text_of(summary))
    first = INDEX if any(INDEX in part.chapters for part in parts) and INDEX not in sections else ""
    return ExistingBook(
        "mdBook",
        names(book.get("title")) or folder.resolve().name,
        parts_without(parts, first),
        first,
        names(book.get("authors")),
        "",
        str(book.get("language") or ""),
        below=sources,
        sections=sections,
        unused={SETTINGS: unused(settings, USED), SUMMARY: tuple(DRAFT.findall(text_of(summary)))},
    )


def outline(summary: str) -> tuple[tuple[BookPart, ...], dict[str, tuple[str, ...]]]:
    """Return the parts that a ``SUMMARY.md`` lists, and document → its sections; each document stands once."""
    parts = [BookPart("", (), is_numbered=False)]
    sections: dict[str, tuple[str, ...]] = {}
    above: list[tuple[int, str]] = []
    seen: set[str] = set()
    caption, group = "", -1
    for line in LINE.finditer(summary):
        if line["part"]:
            caption = line["part"] if line["part"].casefold() not in NO_PARTS else caption
        if line["part"] or line["group"]:
            group = len(line["depth"].expandtabs()) if line["group"] else -1
            parts.append(BookPart(line["group"] or caption, ()))
            above = []
            continue
        name, indent = document_in(line), len(line["indent"].expandtabs())
        above = [(depth, other) for depth, other in above if depth < indent and line["bullet"]]
        if name in seen:
            continue
        seen.add(name)
        if above:
            sections[above[-1][1]] = (*sections.get(above[-1][1], ()), name)
        else:
            if group >= 0 and indent <= group:
                parts, group = [*parts, BookPart(caption, ())], -1
            if parts[-1].is_numbered != bool(line["bullet"]):
                parts.append(BookPart("" if parts[-1].chapters else parts[-1].caption, (), bool(line["bullet"])))
            parts[-1] = replace(parts[-1], chapters=(*parts[-1].chapters, name))
        above.append((indent, name))
    return tuple(part for part in parts if part.chapters), sections


@lru_cache(maxsize=4)
def titles_listed(folder: Path) -> dict[str, str]:
    """Document → its title, as a summary in ``folder`` lists them; none where there is no summary."""
    summary = next((path for name in (SUMMARY, SIDEBAR) if (path := folder / name).is_file()), None)
    found = LINE.finditer(text_of(summary)) if summary is not None else ()
    return {document_in(line): line["title"] for line in found if line["file"]}


def document_in(line: re.Match[str]) -> str:
    """Return the document that a line of a summary lists."""
    return line["file"].removeprefix("./").removeprefix("/")

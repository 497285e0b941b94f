"""A folder of Markdown that is for no tool, or for one whose settings we do not read."""

from __future__ import annotations

import re
from pathlib import Path

from builder.commands.new.existing import (
    OTHERS,
    SUFFIXES,
    BookPart,
    ExistingBook,
    as_counted,
    caption_of,
    documents_in,
    parts_without,
)
from builder.commands.new.mdbook import SIDEBAR, SUMMARY, outline
from builder.errors import AuthorError
from builder.store.text import text_of

SUMMARIES = (SUMMARY, SIDEBAR, f"docs/{SUMMARY}", f"docs/{SIDEBAR}")
"""Lists of the documents of a book: GitBook's (https://docs.gitbook.com), docsify's (https://docsify.js.org)."""
HEADING = re.compile(r"^#\s+(?P<title>.+?)\s*#*\s*$", re.MULTILINE)


def read_markdown(folder: Path) -> ExistingBook:
    """Return the documents of ``folder`` in the order of a summary (GitBook, docsify), else of their names, those of a
    subfolder as a part; folders with one document each are together one.

    Raises:
        AuthorError: there is no document.
    """
    summary = next((found for name in SUMMARIES if (found := folder / name).is_file()), None)
    if summary is not None and (book := summarised(folder, summary)).parts:
        return book
    files = [name for name in documents_in(folder, SUFFIXES) if Path(name).name not in OTHERS]
    index = first_in(folder)
    if not files and not index:
        raise AuthorError(
            f"there is no Markdown in {folder}, nor a Sphinx, Jupyter Book, Quarto, bookdown, mdBook or MkDocs project."
        )
    folders: dict[str, list[str]] = {}
    for name in files:
        if name != index:
            folders.setdefault(name.rpartition("/")[0], []).append(name)
    parts: dict[str, list[str]] = {}
    for below in sorted(folders, key=lambda below: (below != "", [as_counted(part) for part in below.split("/")])):
        whole = below if len(folders[below]) > 1 else below.rpartition("/")[0]
        parts[whole] = [*parts.get(whole, ()), *folders[below]]
    title = title_in(folder / index) if index else ""
    captioned = tuple(BookPart(caption_of(below), tuple(names)) for below, names in parts.items())
    return ExistingBook("Markdown", title or folder.resolve().name, captioned, index)


def summarised(folder: Path, summary: Path) -> ExistingBook:
    """Return a book as a summary of it lists its documents."""
    sources = summary.parent
    parts, sections = outline(text_of(summary))
    index = first_in(sources)
    numbered = (BookPart(part.caption, part.chapters) for part in parts)
    title = (title_in(sources / index) if index else "") or folder.resolve().name
    below = sources.relative_to(folder).as_posix()
    return ExistingBook(
        "Markdown", title, parts_without(numbered, index), index, below="" if below == "." else below, sections=sections
    )


def first_in(folder: Path) -> str:
    """Return the first page of a folder; '' where it has none."""
    return next((name for name in ("index.md", "README.md", "readme.md") if (folder / name).is_file()), "")


def title_in(path: Path) -> str:
    """Return the first heading of a document; '' where it has none."""
    heading = HEADING.search(text_of(path))
    return heading["title"] if heading else ""

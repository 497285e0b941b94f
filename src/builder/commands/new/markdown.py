"""A folder of Markdown that is for no tool, or for one whose settings we do not read."""

from __future__ import annotations

import re
from pathlib import Path

from builder.commands.new.existing import OTHERS, BookPart, ExistingBook, documents_in
from builder.errors import AuthorError
from builder.store.text import text_of

SUFFIXES = (".md", ".markdown")
HEADING = re.compile(r"^#\s+(?P<title>.+?)\s*#*\s*$", re.MULTILINE)


def read_markdown(folder: Path) -> ExistingBook:
    """Return the documents of ``folder`` by the order of their names, those of a subfolder as a part.

    Raises:
        AuthorError: there is no document.
    """
    files = [name for name in documents_in(folder, SUFFIXES) if Path(name).name not in OTHERS]
    index = next((name for name in ("index.md", "README.md", "readme.md") if (folder / name).is_file()), "")
    if not files and not index:
        raise AuthorError(
            f"there is no Markdown in {folder}, nor a Sphinx, Jupyter Book, Quarto, bookdown or mdBook project."
        )
    folders: dict[str, list[str]] = {}
    for name in files:
        if name != index:
            folders.setdefault(name.rpartition("/")[0], []).append(name)
    parts = tuple(BookPart(below.replace("-", " ").capitalize(), tuple(folders[below])) for below in sorted(folders))
    heading = HEADING.search(text_of(folder / index)) if index else None
    title = heading["title"] if heading else folder.resolve().name
    return ExistingBook("Markdown", title, parts, index)

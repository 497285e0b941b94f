"""A bookdown project: ``.Rmd`` files, in the order of ``_bookdown.yml`` or of their names
(https://bookdown.org/yihui/bookdown/usage.html).
"""

from __future__ import annotations

from pathlib import Path

from builder.commands.new.existing import (
    PART,
    BookPart,
    ExistingBook,
    documents_in,
    front_matter,
    texts,
    unused,
)
from builder.source.yaml_settings import names, settings_of
from builder.store.text import text_of

SETTINGS = "_bookdown.yml"
SUFFIXES = (".rmd",)


def read_bookdown(folder: Path) -> ExistingBook:
    """Return the book that bookdown makes in ``folder``.

    Raises:
        AuthorError: its settings cannot be read.
    """
    settings = settings_of(folder / SETTINGS) if (folder / SETTINGS).is_file() else {}
    listed = settings.get("rmd_files")
    if isinstance(listed, dict):
        listed = listed.get("html")
    files = list(texts(listed)) or [name for name in documents_in(folder, SUFFIXES) if "/" not in name]
    first = next((name for name in files if name.lower() == "index.rmd"), "")
    head = front_matter(text_of(folder / first))[0] if first else {}
    parts = [BookPart("", ())]
    appendices: list[str] = []
    for name in (name for name in files if name != first):
        opened = list(PART.finditer(text_of(folder / name)))
        if appendices or (opened and "APPENDIX" in opened[0][0]):
            appendices.append(name)
        else:
            parts += [BookPart(opened[0]["title"], ())] if opened else []
            parts[-1] = BookPart(parts[-1].caption, (*parts[-1].chapters, name))
    return ExistingBook(
        "bookdown",
        names(head.get("title")) or folder.resolve().name,
        tuple(part for part in parts if part.chapters),
        first,
        names(head.get("author")),
        names(head.get("subtitle")),
        str(head.get("lang") or ""),
        texts(head.get("bibliography")),
        tuple(appendices),
        made_in=str(settings.get("output_dir") or ""),
        unused={
            SETTINGS: unused(settings, ("rmd_files", "book_filename", "delete_merged_file", "output_dir")),
            first or "index.Rmd": unused(head, ("title", "author", "subtitle", "lang", "bibliography", "site")),
        },
    )

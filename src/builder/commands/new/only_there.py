"""Of a book that is taken over, the files that are there and lie in its folder: settings may name any others."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from builder.commands.new.existing import ExistingBook
from builder.commands.new.remarks import Remark
from builder.errors import AuthorError

NOT_THERE = "Files that the settings name and that are not there: code may make them"
OUTSIDE = "Files outside of the folder of the book are not read: put them into it"


def only_there(folder: Path, book: ExistingBook) -> tuple[ExistingBook, list[tuple[str, Remark]]]:
    """Return a book without files that are not there or lie outside of its folder, also by a link, and these with what
    is to be said of them.

    Raises:
        AuthorError: all of its documents lie outside of ``folder``.
    """
    sources, lacking = folder / book.below, list[tuple[str, Remark]]()
    if not sources.resolve().is_relative_to(folder.resolve()):
        raise AuthorError(f"its documents lie in {sources}, outside of {folder}; name a folder that holds both.")

    def there(names: Iterable[str]) -> tuple[str, ...]:
        found = []
        for name in names:
            if not os.path.isfile(sources / name):  # which takes a name that no file can have
                lacking.append((name, Remark(NOT_THERE)))
            elif is_outside(name) or not (sources / name).resolve().is_relative_to(folder.resolve()):
                lacking.append((name, Remark(OUTSIDE)))
            else:
                found.append(name)
        return tuple(found)

    parts = tuple(replace(part, chapters=there(part.chapters)) for part in book.parts)
    return (
        replace(
            book,
            parts=parts,
            first="".join(there([book.first] if book.first else [])),
            bibliography=there(book.bibliography),
            appendices=there(book.appendices),
            sections={name: there(below) for name, below in book.sections.items()},
        ),
        lacking,
    )


def is_outside(name: str) -> bool:
    """Return whether a name leads out of the folder that it starts at."""
    return posixpath.normpath(name).startswith(("../", "/"))

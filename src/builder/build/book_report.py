"""The file on printed books for those who read a finished PDF: where the text of its pages stands, and how its index is
headed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from builder.book.margins import TextBlock
from builder.book.printed import PrintedBook
from builder.store.files import write_whole


@dataclass(frozen=True, slots=True)
class BookPages:
    """The pages of one book: their text block, and the heading of the index."""

    block: TextBlock
    index: str


def write(path: Path, books: Iterable[PrintedBook]) -> None:
    """Write ``path``: the name of each book with the fields of `BookPages`."""
    content = {
        book.name: {"block": asdict(book.text.settings.text_block()), "index": book.text.settings.words["index"]}
        for book in books
    }
    write_whole(path, json.dumps(content).encode())


def read(path: Path) -> dict[str, BookPages]:
    """The books of ``path`` by their names; none where there is no such file, or one of another version."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {name: BookPages(TextBlock(**found["block"]), found["index"]) for name, found in content.items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {}

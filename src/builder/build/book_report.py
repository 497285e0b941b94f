"""What those who read a finished PDF have to know of it: where the text of its pages stands, and what its index is called."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from builder.book.margins import TextBlock
from builder.book.printed import PrintedBook
from builder.store.files import write_whole


@dataclass(frozen=True, slots=True)
class Pages:
    """Of one book: its text block, and the heading of its index."""

    block: TextBlock
    index: str


def tell(books: Iterable[PrintedBook], path: Path) -> None:
    """Write ``path``: name of each book → what `Pages` holds."""
    content = {
        book.spec.name: {"block": asdict(book.settings.text_block()), "index": book.settings.words["index"]}
        for book in books
    }
    write_whole(path, json.dumps(content).encode())


def told(path: Path) -> dict[str, Pages]:
    """What was written; nothing where there is no such file, or one of another version."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {name: Pages(TextBlock(**found["block"]), found["index"]) for name, found in content.items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {}

"""The manual names every key of ``shelf.toml``, as it is declared; its example can be read."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from builder.commands.shelf.description import read_shelf

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tools"))
PAGE = (ROOT / "docs/shelf.md").read_text(encoding="utf-8")

from make_shelf_keys import page  # noqa: E402

pytest_plugins = ["shelved"]


def test_the_tables_are_those_of_the_declarations() -> None:
    assert page(PAGE) == PAGE, "make pages"


def test_its_example_is_a_shelf(books) -> None:
    for name in ("algebra", "series/one", "series/two"):
        books.add(name)
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    shelf = read_shelf(books.write("shelf.toml", example))
    assert [book.name for book in shelf.books] == ["algebra", "series-one", "series-two", "statistics"]

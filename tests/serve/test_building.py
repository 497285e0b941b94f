"""What `builder serve` watches: every input of a build, wherever it lies in the project."""

from __future__ import annotations

import watchfiles

from builder.build.request import Request
from builder.commands.serve.building import Building

from conftest import CONF, Book


def test_inputs_are_watched_wherever_they_lie(book: Book) -> None:
    for name in ("index.md", "conf.py"):
        (book.folder / name).unlink()
    options = (
        "html_static_path = ['static', 'book/_static']\ntemplates_path = ['look']\nexclude_patterns = ['_static', "
        "'part.md']\n"
        "import sys\nsys.path.insert(0, 'tools')\nimport own\n"
    )
    book.write("conf.py", f"import os\nos.chdir({str(book.folder)!r})\n{CONF}{options}")
    book.write("tools/own.py", "")
    book.write("book/index.md", "# One\n\n```{include} part.md\n```\n\n```{literalinclude} ../data/code.py\n```\n")
    inputs = ["book/part.md", "book/_static/a.css", "static/b.css", "look/layout.html", "data/code.py", "tools/own.py"]
    for name in inputs[:-1]:
        book.write(name, "")
    building = Building(
        Request(book.folder / "book", book.folder, book.folder / "_build", ("html",), quiet=True), lambda _: None
    )
    try:
        building.build()
        assert building.last.type == "built", building.last.problems
        for name in inputs:
            assert building.concerns(watchfiles.Change.modified, str(book.folder.resolve() / name)), name
        seen = {path.relative_to(book.folder.resolve()).as_posix() for path in building.sources(book.folder.resolve())}
        assert set(inputs) <= seen
        assert not building.concerns(watchfiles.Change.modified, str(book.folder.resolve() / "notes/other.txt"))
    finally:
        building.forget()

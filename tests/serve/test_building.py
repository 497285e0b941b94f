"""What `builder serve` watches: every input of a build, wherever it lies in the project."""

from __future__ import annotations

import pytest
import watchfiles

from builder.build.request import Request
from builder.commands.serve.building import Building
from builder.commands.serve.run import Terminal

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
    book.write(
        "book/index.md",
        "# One\n\n```{include} part.md\n```\n\n```{literalinclude} ../data/code.py\n```\n\n"
        "![a](wanted.png) ![b](any.*)\n",
    )
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
        for name in ("notes/other.txt", "book/server.log", "book/figure.png", "lines"):
            book.write(name, "")
            assert not building.concerns(watchfiles.Change.modified, str(book.folder.resolve() / name)), name
        for name in ("book/new", "book/new.md", "book/wanted.png", "book/any.svg"):  # folder, document, what is missed
            (book.folder / "book/new").mkdir(exist_ok=True)
            assert building.concerns(watchfiles.Change.added, str(book.folder.resolve() / name)), name
    finally:
        building.forget()


def test_what_serve_prints_starts_no_build(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    log = book.folder.resolve() / "lines.md"
    building = Building(Request(book.folder, book.folder, book.folder / "_build"), lambda _: None)
    assert building.concerns(watchfiles.Change.modified, str(log))
    with log.open("w", encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdout", stream)
        assert not building.concerns(watchfiles.Change.modified, str(log))


def test_why_nothing_could_be_made_is_printed_once(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    request = Request(book.folder, book.folder, book.folder / "_build", ("html",), quiet=True)
    building = Building(request, Terminal(request).hear)
    try:
        for conf in ("extensions = [", "extensions = [", "raise ValueError('words')", CONF, "extensions = ["):
            book.write("conf.py", conf)
            building.build()
    finally:
        building.forget()
    said = capfd.readouterr().out
    assert said.count("conf.py:1: this is not Python") == 2
    assert said.count("conf.py:1: this line of the settings raises ValueError: words") == 1
    assert said.count("there is no page to show yet") == 2
    assert said.count("the last good pages are shown") == 1

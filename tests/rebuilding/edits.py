"""Edits of a book, and what holds after each: what is built then is what a clean build gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from builds import Command
from whole_book import outputs, same

from builder.build.request import Request
from builder.commands.serve.building import Building

from conftest import Book


def replaced(name: str, old: str, new: str) -> Callable[[Book], None]:
    def edit(book: Book) -> None:
        text = (book.folder / name).read_text(encoding="utf-8")
        assert old in text
        book.write(name, text.replace(old, new))

    return edit


def appended(name: str, text: str) -> Callable[[Book], None]:
    def edit(book: Book) -> None:
        book.write(name, (book.folder / name).read_text(encoding="utf-8") + text)

    return edit


def written(name: str, content: str | bytes) -> Callable[[Book], None]:
    return lambda book: book.write(name, content)


def together(*edits: Callable[[Book], None]) -> Callable[[Book], None]:
    def edit(book: Book) -> None:
        for one in edits:
            one(book)

    return edit


def removed(name: str) -> Callable[[Book], None]:
    return lambda book: (book.folder / name).unlink()


def each_gives_what_a_clean_build_gives(
    book: Book,
    name: str,
    files: Mapping[str, str | bytes],
    edits: Mapping[str, Callable[[Book], None]],
    capture: pytest.CaptureFixture[str],
) -> None:
    """After each of the edits of a book, which begins with ``files`` and has a name, outputs are those of a clean
    build.

    So they are from the shell, and in a process that stays up, which is that of the test: it keeps slides, fitted
    decks, environment and compiler from edit to edit; with each the last one is taken back.
    """
    begin(book, name, files)
    there = {path.relative_to(book.folder): path.read_bytes() for path in sources(book.folder)}
    own = book.first_folder.parent / "stays up"
    shutil.copytree(book.folder, own)
    building = Building(Request(own, own, own / "_build", quiet=True), lambda _news: None)
    try:
        building.build()
        for what, edit in edits.items():
            with named(what):
                begin(book, name, files)
                edit(book)
                shell = Command(book.folder, "build", "-q")
                assert shell.wait() == 0, shell.said
                fresh = clean(book)
                same(outputs(book.folder / "_build"), fresh)
                restore(own, there)
                edit(Kept(own, capture))
                building.build()
                assert building.last.type == "built", building.last.problems
                same(outputs(own / "_build"), fresh)
    finally:
        building.forget()


class Kept(Book):
    """A book whose files stay as they are."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capture = folder, capture


@contextmanager
def named(name: str) -> Iterator[None]:
    """Name the edit in what is said of a test that fails."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"after an edit: {name}")
        raise


def begin(book: Book, name: str, files: Mapping[str, str | bytes]) -> None:
    """Begin with a book that is built."""

    def fill() -> None:
        for path, content in files.items():
            book.write(path, content)
        first = book.build(None)
        assert first.status == 0, first.errors

    book.begin(name, fill)


def clean(book: Book) -> dict[str, bytes]:
    """The outputs of a clean build, in a process of its own."""
    fresh = book.folder.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    assert Command(book.folder, "build", "-q", "-o", str(fresh)).wait() == 0
    return outputs(fresh)


def sources(folder: Path) -> list[Path]:
    """All files of a book but the outputs."""
    return [path for path in folder.rglob("*") if path.is_file() and "_build" not in path.parts]


def restore(folder: Path, files: Mapping[Path, bytes]) -> None:
    """Put the files of a book back, and take away what is none of them."""
    for path in sources(folder):
        if path.relative_to(folder) not in files:
            path.unlink()
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)

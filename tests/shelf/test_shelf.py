"""A shelf of books is built with one command, and again only where something changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.commands.cli import main

pytest_plugins = ["shelved"]

TWO = '[[book]]\nsource = "algebra"\n\n[[book]]\nsource = "botany"\n'


@pytest.mark.slow
def test_a_shelf_is_built_by_two_workers_and_then_only_what_changed(books) -> None:
    books.add("algebra")
    books.add("botany")
    books.shelf(TWO)
    first = books.call("--workers", "2")
    assert (first.status, first.errors) == (0, "")
    assert "2 books: 2 built" in first.out
    assert "Book algebra" in books.page("algebra")
    assert "Book botany" in books.page("botany")
    assert "2 books: 2 unchanged" in books.call().out
    books.add("botany", "Another sentence.")
    assert "2 books: 1 built, 1 unchanged" in books.call("--workers", "1").out
    assert "Another sentence" in books.page("botany")


@pytest.mark.slow
def test_a_folder_of_the_shelf_is_what_a_build_by_hand_gives(books, monkeypatch) -> None:
    folder = books.add("algebra", "Some text.")
    books.shelf('[[book]]\nsource = "algebra"\noutputs = ["html", "pdf"]\n')
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert books.call("--workers", "1").status == 0
    assert main(["build", "-q", "--to", "html,pdf", "-o", str(books.folder / "by hand"), str(folder)]) == 0
    shelved, by_hand = books.folder / "out/algebra", books.folder / "by hand"
    assert contents(shelved) == contents(by_hand)


def contents(folder: Path) -> dict[str, bytes]:
    """Name → content of all outputs in a folder."""
    names = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {
        name.as_posix(): (folder / name).read_bytes()
        for name in names
        if name.parts[0] != ".work" and name.name not in ("report.json", "shelf-book.json")
    }

"""What a book requires is installed in an environment of its own, by uv, once for all books that require the same."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from test_sources import built

from builder.commands.shelf import environments
from builder.errors import AuthorError

pytest_plugins = ["shelved"]

pytest.importorskip("uv")
NAME = "tiny_of_the_tests-1.0-py3-none-any.whl"
METADATA = "Metadata-Version: 2.1\nName: tiny-of-the-tests\nVersion: 1.0\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheel(folder: Path) -> None:
    """A wheel with one module, whose text a book shows."""
    with zipfile.ZipFile(folder / NAME, "w") as file:
        file.writestr("tiny_of_the_tests.py", 'TEXT = "from a package of its own"\n')
        info = "tiny_of_the_tests-1.0.dist-info"
        for name, content in (("METADATA", METADATA), ("WHEEL", WHEEL), ("RECORD", "")):
            file.writestr(f"{info}/{name}", content)


@pytest.fixture
def algebra(books, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(environments, "cache_folder", lambda: books.folder / "cache")
    folder = books.add("algebra", "It is {{ text }}.", "import tiny_of_the_tests\nproject = tiny_of_the_tests.TEXT\n")
    books.write("algebra/requirements.txt", f"./{NAME}\n")
    books.shelf('[[book]]\nsource = "algebra"\nrequirements = "requirements.txt"\n')
    wheel(folder)
    return folder


@pytest.mark.slow
def test_a_book_finds_what_it_requires_and_the_next_build_takes_the_same_environment(books, algebra: Path) -> None:
    assert built(books)["algebra"].reason == ""
    assert "from a package of its own" in books.page("algebra")
    (first,) = (books.folder / "cache/environments").glob("*/whole")
    made = first.stat().st_mtime_ns
    books.write("algebra/index.md", "# Another\n")
    assert built(books)["algebra"].reason == ""
    assert [path.stat().st_mtime_ns for path in (books.folder / "cache/environments").glob("*/whole")] == [made]


def test_what_cannot_be_installed_fails_its_book_with_what_uv_says(books, algebra: Path) -> None:
    (algebra / NAME).unlink()
    assert "what the book requires cannot be installed" in built(books)["algebra"].reason


def test_without_uv_it_is_told(algebra: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environments, "program", lambda: "")
    with pytest.raises(AuthorError, match="need uv"):
        environments.python_for(algebra / "requirements.txt")


@pytest.mark.slow
def test_packages_that_the_shelf_names_are_installed_for_a_book_that_lists_none(books, algebra: Path) -> None:
    package = f"tiny-of-the-tests @ file://{algebra / NAME}"
    books.shelf(f'[[book]]\nsource = "algebra"\npackages = ["{package}"]\n')
    assert built(books)["algebra"].reason == ""
    assert "from a package of its own" in books.page("algebra")

"""Windows lets nobody replace or remove a file that a program holds open: the new one stands beside it, and takes its
place at the next build.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from builder.store.published import damaged_outputs

from conftest import Book

CHAPTER = "# One\n\n{.slide}\n## Section\n\n- [A bullet]{.point}\n- [Another one]{.point}\n"
CHANGED = CHAPTER.replace("Another one", "Another thing")


class Held:
    """Files that programs hold open; the system refuses to replace, rename and remove them, as Windows does."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.paths: set[str] = set()
        for name in ("replace", "rename", "unlink", "remove", "link"):
            monkeypatch.setattr(os, name, self.refusing(getattr(os, name)))

    def refusing(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*paths: Any, **named: Any) -> Any:
            if self.paths & {str(path) for path in paths}:
                raise PermissionError(errno.EACCES, "Permission denied", str(paths[-1]))
            return function(*paths, **named)

        return asked

    def open(self, path: Path) -> Path:
        self.paths.add(str(path))
        return path

    def close(self) -> None:
        self.paths.clear()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    return Held(monkeypatch)


def says(result: Any, path: Path) -> bool:
    return (
        f"{path.name} is open in another program, which does not let it be replaced; the new one is "
        f"{path.stem}-new{path.suffix} beside it. "
        f"Close {path.name} and build again, and it takes its place." in result.errors
    )


def texts(deck: Path) -> list[str]:
    slides = Presentation(io.BytesIO(deck.read_bytes())).slides
    return [
        paragraph.text for slide in slides for shape in slide.placeholders for paragraph in shape.text_frame.paragraphs
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "slides/chapter.pptx",
        "html/chapter.html",
        "slides/chapter.pdf",
        "pdf/asmallbook.pdf",
        "html/downloads/chapter.pptx",
    ],
)
def test_the_new_file_stands_beside_the_one_that_is_open_and_takes_its_place_later(
    book: Book, held: Held, name: str
) -> None:
    assert book.build(CHAPTER).status == 0
    path = held.open(book.folder / "_build" / name)
    new = path.with_stem(f"{path.stem}-new")
    before = path.read_bytes()
    result = book.build(CHANGED)
    assert result.status == 0
    assert says(result, path)
    assert path.read_bytes() == before
    assert new.read_bytes() != before
    again = book.build(None)  # it is still open
    assert says(again, path)
    assert path.read_bytes() == before
    held.close()
    made = new.read_bytes()
    last = book.build(None)
    assert last.errors == ""
    assert path.read_bytes() == made
    assert not new.exists()
    assert damaged_outputs(book.folder / "_build") == []
    assert "unchanged" in book.build(None).out


def test_what_is_saved_in_an_open_deck_is_merged_from_its_own_base(book: Book, held: Held) -> None:
    assert book.build(CHAPTER, "--to", "pptx").status == 0
    path = held.open(book.folder / "_build/slides/chapter.pptx")

    def save(words: str) -> None:
        deck = Presentation(io.BytesIO(path.read_bytes()))
        deck.slides[1].placeholders[1].text_frame.paragraphs[0].runs[0].text = words
        deck.save(path)

    save("My words")
    assert says(book.build(CHANGED, "--to", "pptx"), path)
    assert {"My words", "Another thing"} <= set(texts(path.with_name("chapter-new.pptx")))
    save("My better words")
    assert says(book.build(None, "--to", "pptx"), path)
    held.close()
    result = book.build(CHANGED.replace("Another", "A third"), "--to", "pptx")
    assert result.status == 0, result.errors
    assert {"My better words", "A third thing"} <= set(texts(path))
    assert sorted(file.name for file in path.parent.iterdir()) == ["chapter.pdf", "chapter.pptx"]


def test_the_new_deck_that_was_edited_beside_the_open_one_stays(book: Book, held: Held) -> None:
    assert book.build(CHAPTER, "--to", "pptx").status == 0
    path = held.open(book.folder / "_build/slides/chapter.pptx")
    book.build(CHANGED, "--to", "pptx")
    new = path.with_name("chapter-new.pptx")
    deck = Presentation(io.BytesIO(new.read_bytes()))
    deck.slides[1].placeholders[1].text_frame.paragraphs[0].runs[0].text = "My words"
    deck.save(new)
    held.close()
    result = book.build(None, "--to", "pptx")
    assert "chapter-new.pptx is no longer made; it was changed since it was built, and stays." in result.errors
    assert "My words" in texts(new)
    assert "Another thing" in texts(path)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["slides/chapter.pptx", "html/chapter.html", "slides/chapter.pdf", "pdf/asmallbook.pdf"]
)
def test_what_is_no_longer_made_and_open_goes_later(book: Book, held: Held, name: str) -> None:
    assert book.build(CHAPTER).status == 0
    path = held.open(book.folder / "_build" / name)
    book.write("index.md", "# Root\n\n```{toctree}\nother\n```\n")
    (book.folder / "chapter.md").rename(book.folder / "other.md")
    conf = (book.folder / "conf.py").read_text()
    book.write("conf.py", conf + 'builder_pdf_name = "another"\n')
    result = book.build(None)
    assert result.status == 0
    assert f"{path.name} is no longer made, and cannot be removed: is it open in another program?" in result.errors
    assert path.is_file()
    held.close()
    book.write("conf.py", conf + 'builder_pdf_name = "another"\nauthor = "B"\n')
    assert book.build(None).errors == ""
    assert not path.exists()


def test_clean_leaves_what_is_open_and_says_so(book: Book, held: Held) -> None:
    assert book.build(CHAPTER).status == 0
    path = held.open(book.folder / "_build/pdf/asmallbook.pdf")
    result = book.call("clean")
    assert f"kept {path.name}" in result.out
    assert path.is_file()
    held.close()
    book.call("clean")
    assert not (book.folder / "_build").exists()


def test_a_pdf_that_waits_under_a_name_of_somebody_elses_gets_another(book: Book, held: Held) -> None:
    assert book.build(CHAPTER).status == 0
    mine = book.write("_build/pdf/asmallbook-new.pdf", b"mine")
    held.open(book.folder / "_build/pdf/asmallbook.pdf")
    assert "the new one is asmallbook-new-2.pdf beside it" in book.build(CHANGED).errors
    held.close()
    book.build(None)
    assert [path.name for path in mine.parent.iterdir()] == [
        "asmallbook-new.pdf",
        "asmallbook.pdf",
    ] or mine.read_bytes() == b"mine"
    assert not (mine.parent / "asmallbook-new-2.pdf").exists()

"""Decks that are made wait on the disk until all may be put in their places."""

from __future__ import annotations

import pytest

from conftest import Book

CHAPTER = "# One\n\n[The valley]{.point} was white.\n"


def waiting(book: Book) -> list[str]:
    return sorted(path.name for path in (book.folder / "_build/.work").rglob("waiting/*"))


@pytest.mark.parametrize("chapter", [CHAPTER, f"{CHAPTER}\n![None](none.png)\n"])
def test_nothing_waits_when_a_build_has_ended(chapter: str, book: Book) -> None:
    book.build(chapter)
    assert (book.folder / "_build/slides/chapter.pptx").is_file()
    assert waiting(book) == []


def test_what_a_build_was_not_allowed_to_publish_is_not_published_by_the_next(book: Book) -> None:
    assert book.build(f"{CHAPTER}\n![None](none.png)\n", "-W").status != 0
    assert not (book.folder / "_build/slides/chapter.pptx").exists()
    assert waiting(book) == []
    book.build(CHAPTER)
    assert waiting(book) == []
    assert [slide.shapes.title.text for slide in book.build().deck().slides][-1] == "One"


def test_the_deck_as_it_was_built_is_kept_beside_the_one_in_its_place(book: Book) -> None:
    result = book.build(CHAPTER)
    (kept,) = (book.folder / "_build/.work").rglob("decks/chapter.pptx")
    assert kept.read_bytes() == result.pptx()

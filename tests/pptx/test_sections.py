"""PowerPoint lists the slides of a deck in the sections of the book."""

from __future__ import annotations

from pptx import Presentation

from builder.pptx.package.namespaces import P14

from conftest import Book

LIST = "- One\n- Two\n- Three\n- Four\n\n"
"""Too much for a slide that sections share."""
PARTS = ("# A chapter", "## First", "### Below", "## Second", "### Kept back")
CHAPTER = "".join(f"{heading}\n\n{LIST}" for heading in PARTS)


def sections(deck: Presentation) -> list[tuple[str, int]]:
    """Name and number of slides of each section."""
    found = deck.part._element.iter(f"{P14}section")
    return [(section.get("name"), len(list(section.iter(f"{P14}sldId")))) for section in found]


def test_slides_stand_in_the_sections_of_the_book(book: Book) -> None:
    result = book.build(CHAPTER)
    assert result.errors == ""
    assert sections(result.deck()) == [("A chapter", 1), ("1 A chapter", 1), ("1.1 First", 2), ("1.2 Second", 2)]


def test_numbers_are_left_out_where_the_book_has_none(book: Book) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\n\nchapter\n```\n")
    assert [name for name, _ in sections(book.build(CHAPTER).deck())] == ["A chapter", "First", "Second"]

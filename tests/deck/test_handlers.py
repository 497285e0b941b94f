"""What becomes of nodes on slides, family by family."""

from __future__ import annotations

from conftest import PNG, Book


def words(book: Book, chapter: str) -> str:
    """The words of all shapes on the last slide of a chapter without a fault."""
    result = book.build(chapter, "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    return " | ".join(shape.text_frame.text for shape in result.deck().slides[-1].shapes if shape.has_text_frame)


def test_a_picture_that_is_a_link_has_the_caption_of_its_figure(book: Book) -> None:
    book.write("a.png", PNG)
    figure = "```{figure} a.png\n:target: https://example.org\n:class: slide\n:alt: A\n\nWords below it\n```\n"
    assert "Words below it" in words(book, f"# Chapter\n\n## Section\n\n{figure}")

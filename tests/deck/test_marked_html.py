"""HTML that is marked for a slide: what it shows stands there, and an end tag alone costs nothing."""

from __future__ import annotations

from conftest import Book
from slide_texts import texts_of

CHAPTER = """# Chapter

{.slide}
## Tools

{.slide}
<details>
<summary>On the desk</summary>

{.slide}
A pen.

{.slide}
</details>

{.slide}
<p>Words in a paragraph</p>
"""


def test_what_marked_html_shows_is_on_the_slide(book: Book) -> None:
    result = book.build(CHAPTER, "--to", "pdf,pptx")
    assert result.status == 0, result.errors
    assert "fault of the builder" not in result.errors
    words = " ".join(texts_of(result.deck().slides[1], "Text"))
    assert words.split() == ["On", "the", "desk", "A", "pen.", "Words", "in", "a", "paragraph"]

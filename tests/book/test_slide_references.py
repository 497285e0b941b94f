"""The printed book names in its margin the slides that show a section."""

from __future__ import annotations

import pytest

from builder.deck.finish import spans

from conftest import CONF, Book
from pdf_text import pages_of

CHAPTER = """# A chapter

Opening words.

## First

- One point
- Another

## Second {.slide layout=blank}

Words.
"""
ITEMS = "- One point\n- Another\n- A third\n- A fourth\n\n"
"""More than sections share a slide with."""
LECTURES = """
[[lecture]]
name = "one"
title = "A lecture"
documents = ["chapter"]
"""


@pytest.fixture
def lecture(book: Book) -> Book:
    book.write("conf.py", CONF + "builder_slide_references = True\nbuilder_lectures = 'lectures.toml'\n")
    book.write("lectures.toml", LECTURES)
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\n```\n")
    return book


def test_slides_stand_in_the_margin_of_their_section(lecture: Book) -> None:
    lecture.write("chapter.md", f"# A chapter\n\n## First\n\n{ITEMS}## Second\n\n{ITEMS}")
    result = lecture.build(None)
    titles = [slide.shapes.title.text for slide in result.deck("one").slides if slide.shapes.title]
    text = " ".join(pages_of(result.pdf))
    for section in ("First", "Second"):
        assert f"Lecture 1, slide {titles.index(section) + 1}" in text


def test_the_book_is_the_same_without_its_decks(lecture: Book) -> None:
    lecture.write("chapter.md", "# A chapter\n\n## First\n\n- One point\n- Another\n\n## Second\n\n- A third\n")
    with_decks = lecture.build(None).pdf.read_bytes()
    assert lecture.build(None, "--to", "pdf").pdf.read_bytes() == with_decks


def test_the_contents_and_running_heads_do_not_name_slides(lecture: Book) -> None:
    lecture.write("chapter.md", "# A chapter\n\n## First\n\n- One point\n- Another\n")
    text = " ".join(pages_of(lecture.build(None).pdf))
    assert text.count("Lecture 1, slide") == 2  # the chapter and its section


def test_a_narrow_margin_has_no_room_for_them(lecture: Book) -> None:
    lecture.write("conf.py", CONF + "builder_slide_references = True\nbuilder_preset = 'manual'\n")
    lecture.write("chapter.md", "# A chapter\n\n## First\n\n- One point\n")
    result = lecture.build(None)
    assert "conf.py:1: WARNING: builder_slide_references needs an outer margin" in result.errors


def test_runs_of_numbers_are_drawn_together() -> None:
    assert spans([3, 7, 8, 9]) == [("3", "3"), ("7", "9")]

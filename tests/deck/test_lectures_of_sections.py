"""Lectures of ``chapter#section``: the slides, notes and pages of that section, and of nothing beside it."""

from __future__ import annotations

import re

import pytest

from conftest import CONF, Book, notes, titles
from pdf_text import pages_of

INDEX = "# Root\n\n```{toctree}\n:numbered:\n\none\ntwo\n```\n"
WORDS = "\n\n" + "Words that fill a page of the book. " * 400 + "\n\n"
ITEMS = "- one thing\n- another\n- a third\n"
"""With one more they are too many for a slide that sections share."""
ONE = f"""# One

## First

- a first point
{WORDS}
(middle)=
## Second part

{ITEMS}- a second point

### Below the second

{ITEMS}- a point below
{WORDS}
## Third

- a third point
"""
TWO = f"# Two\n\n## Alone\n\n- a point of two\n{WORDS}## After\n\n- a last point\n"


def lectures(*documents: str) -> str:
    names = ", ".join(f'"{name}"' for name in documents)
    return f'[[lecture]]\nname = "talk"\ntitle = "A talk"\ndocuments = [{names}]\n'


@pytest.fixture
def two(book: Book) -> Book:
    book.write("index.md", INDEX)
    book.write("one.md", ONE)
    book.write("two.md", TWO)
    return book


@pytest.mark.parametrize("section", ["second-part", "middle"])
def test_a_section_brings_its_slides_and_those_below_it(two: Book, section: str) -> None:
    """By its own id, or by the name that stands above it."""
    two.write("slides/lectures.toml", lectures(f"one#{section}"))
    deck = two.build().deck("talk")
    assert titles(deck) == ["A talk", "Second part", "Below the second"]
    assert [re.sub(r", p\. \d+$", "", notes(slide)[-1]) for slide in list(deck.slides)[1:]] == [
        "Book § 1.2 Second part",
        "Book § 1.2.1 Below the second",
    ]


@pytest.mark.slow
def test_sections_of_several_chapters_come_in_the_order_of_the_lecture(two: Book) -> None:
    two.write("slides/lectures.toml", lectures("two#alone", "one#below-the-second", "one#first"))
    deck = two.build().deck("talk")
    shown = [re.search(r"§ ([\d.]+)", notes(slide)[-1]) for slide in deck.slides if notes(slide)]
    assert [found[1] for found in shown if found] == ["2", "2.1", "1", "1.2.1", "1.1"]  # with openings of the chapters
    assert not {"Second part", "Third", "After"} & set(titles(deck))


@pytest.mark.slow
def test_a_whole_chapter_and_a_section_of_it_show_the_same_slides_once_each(two: Book) -> None:
    two.write("slides/lectures.toml", lectures("one", "two#after"))
    assert titles(two.build().deck("talk")).count("After") == 1
    two.write("slides/lectures.toml", lectures("one"))
    assert "Third" in titles(two.build().deck("talk"))


@pytest.mark.slow
def test_an_edit_outside_of_the_section_leaves_its_slides_alone(two: Book) -> None:
    two.write("slides/lectures.toml", lectures("one#first"))
    two.build()
    two.write("one.md", ONE.replace("a third point", "another point"))
    deck = two.build().deck("talk")
    assert titles(deck) == ["A talk", "First"]


@pytest.mark.slow
def test_a_section_that_is_not_there_is_told_with_those_that_are(two: Book) -> None:
    two.write("slides/lectures.toml", lectures("one#fourth"))
    result = two.build()
    assert result.status != 0
    assert "there is no section 'fourth' in 'one'; it has: one, first, middle, below-the-second, third" in result.errors


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", r"Lecture 1 · Chapters 2 and 1, pages (\d+–\d+), (\d+–\d+)$"),
        ("de", r"Vorlesung 1 · Kapitel 2 und 1, Seiten (\d+–\d+), (\d+–\d+)$"),
    ],
)
def test_the_title_slide_names_the_pages_of_these_sections_alone(two: Book, language: str, expected: str) -> None:
    """In the order of the lecture, and in the language of the book."""
    two.write("conf.py", f'{CONF}language = "{language}"\n')
    two.write("slides/lectures.toml", lectures("two#alone", "one#middle"))
    result = two.build(None, "--to", "pdf,pptx")
    assert result.status == 0, result.errors
    subtitle = next(shape for shape in result.deck("talk").slides[0].placeholders if shape.name == "Extent")
    found = re.match(expected, subtitle.text_frame.text)
    assert found, subtitle.text_frame.text
    pages = pages_of(result.pdf)
    front = next(number for number, page in enumerate(pages) if "a first point" in page) - 1
    for span, words in ((found[1], "a point of two"), (found[2], "a second point")):
        first, last = map(int, span.split("–"))
        assert any(words in page for page in pages[front + first : front + last + 1])
    assert "a third point" not in pages[front + int(found[2].split("–")[0])]

"""The title slide: who gives the lecture, where, on what occasion and when, its licence and a logo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pptx.util import Pt

from builder.deck.title_slide import logo_area, overlap
from builder.errors import NOWHERE
from builder.pptx.template.reading import BUILT_IN, read_template

from conftest import CONF, PNG, SVG, Book, titles

SOURCE = "# Learning\n\n## A\n\n- one\n"
GIVEN = """occasion = "Summer school"
date = 2026-05-03
institution = "University of Ulaanbaatar"
licence = "CC BY 4.0"
logo = "logo.svg"
"""


def lecture(book: Book, keys: str) -> Book:
    book.write("chapter.md", SOURCE)
    book.write("slides/logo.svg", SVG)
    book.write(
        "slides/lectures.toml", f'[[lecture]]\nname = "one"\ntitle = "Learning"\ndocuments = ["chapter"]\n{keys}\n'
    )
    return book


def title_of(book: Book):
    result = book.build(None, "--to", "pptx")
    assert result.status == 0, result.errors
    return result.deck("one").slides[0]


def texts(slide) -> dict[str, str]:
    return {shape.name: shape.text_frame.text for shape in slide.placeholders if shape.has_text_frame}


def test_each_has_its_place_in_our_templates(book: Book) -> None:
    slide = title_of(lecture(book, GIVEN))
    assert texts(slide) == {
        "Title": "Learning",
        "Author": "An Author · University of Ulaanbaatar\vSummer school · May 3, 2026",
        "Extent": "Lecture 1 · Chapter 1, page 1",
        "Licence": "CC BY 4.0",
        "Lecture Number": "1",
        "Book": "A small book",
    }
    [logo] = [shape for shape in slide.shapes if shape.name == "Picture"]
    assert logo._element.nvPicPr.cNvPr.get("descr") == "University of Ulaanbaatar"
    assert round(logo.width / logo.height, 2) == 2


def test_a_template_with_a_subtitle_alone_has_the_lines_below_it(book: Book) -> None:
    from pptx import Presentation

    lecture(book, GIVEN + 'template = "own.pptx"\n')
    Presentation().save(str(book.folder / "slides/own.pptx"))
    slide = title_of(book)
    assert texts(slide)["Subtitle"].split("\v") == [
        "Lecture 1 · Chapter 1, page 1",
        "An Author · University of Ulaanbaatar",
        "Summer school · May 3, 2026",
        "CC BY 4.0",
    ]
    [logo] = [shape for shape in slide.shapes if shape.name == "Picture"]
    others = list(slide.placeholders)
    assert not [
        shape
        for shape in others
        if logo.left < shape.left + shape.width
        and shape.left < logo.left + logo.width
        and logo.top < shape.top + shape.height
        and shape.top < logo.top + logo.height
    ]


@pytest.mark.parametrize(
    ("language", "written"), [("de", "3. Mai 2026"), ("mn", "2026\u202fоны"), ("ja", "2026年5月3日")]
)
def test_dates_are_written_as_the_language_writes_them(book: Book, language: str, written: str) -> None:
    book.write("conf.py", f"{CONF}language = '{language}'\n")
    assert written in texts(title_of(lecture(book, "date = 2026-05-03")))["Author"]


def test_other_words_may_stand_for_the_date_and_another_author_for_the_books(book: Book) -> None:
    slide = title_of(lecture(book, 'date = "spring"\nauthor = "A. Guest"'))
    assert texts(slide)["Author"] == "A. Guest\vspring"


def test_conf_py_gives_them_to_all_decks_and_a_lecture_its_own(book: Book) -> None:
    book.write("conf.py", f"{CONF}builder_deck = {{'institution': 'Here', 'licence': 'CC0'}}\n")
    slide = title_of(lecture(book, 'institution = "There"'))
    assert texts(slide)["Author"] == "An Author · There"
    assert texts(slide)["Licence"] == "CC0"


def test_they_are_properties_of_the_file(book: Book) -> None:
    lecture(book, GIVEN)
    core = book.build(None, "--to", "pptx").deck("one").core_properties
    assert (core.author, core.subject, core.keywords, core.category, core.comments) == (
        "An Author", "A small book", "1 Learning", "Summer school", "CC BY 4.0",
    )  # fmt: skip


@pytest.mark.parametrize(("name", "content"), [("none.svg", None), ("broken.png", PNG[:20])])
def test_a_logo_that_cannot_be_shown_is_an_error_with_its_lecture(book: Book, name: str, content: bytes | None) -> None:
    lecture(book, f'logo = "{name}"')
    if content is not None:
        book.write(f"slides/{name}", content)
    result = book.build(None, "--to", "pptx")
    assert f"lectures.toml:1: ERROR: the logo '{name}'" in result.errors
    assert titles(result.deck("one"))[0] == "Learning"


def test_another_logo_makes_another_deck(book: Book) -> None:
    lecture(book, GIVEN)
    before = book.build(None, "--to", "pptx").pptx("one")
    book.write("slides/logo.svg", SVG.replace("7a2a25", "2a7a25"))
    assert book.build(None, "--to", "pptx").pptx("one") != before


def test_a_deck_of_one_chapter_opens_once(book: Book) -> None:
    lecture(book, "")
    assert titles(book.build(None, "--to", "pptx").deck("one")) == ["Learning", "A"]
    marked = "{.slide}\n# Learning\n\n{.slide}\n## A\n\n[one]{.point}\n"
    assert titles(book.build(marked, "--to", "pptx").deck("one")) == ["Learning", "A"]


def test_long_lines_are_smaller(book: Book) -> None:
    lecture(book, 'institution = "' + "A university with a long name " * 12 + '"')
    slide = title_of(book)
    place = next(shape for shape in slide.placeholders if shape.name == "Author")
    assert place.text_frame.paragraphs[0].runs[0].font.size < Pt(17)


def test_an_author_with_a_link_for_the_web_page_is_a_name_on_the_slide(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write("author = '<a href=\"https://example.org/\">A. Writer</a>'\n")
    assert texts(title_of(lecture(book, "")))["Author"] == "A. Writer"


def test_a_logo_that_is_hardly_seen_on_its_ground_is_told(book: Book) -> None:
    """A dark logo on the dark title slide of a template."""
    result = lecture(book, GIVEN).build(None, "--to", "pptx")
    assert "logo.svg' is hardly seen on the ground of the title slide, which is #7a2a25" in result.errors


def test_a_logo_stands_in_a_corner_in_which_the_template_draws_nothing() -> None:
    plain = read_template(BUILT_IN / "plain.pptx", NOWHERE).geometry
    texts = {"title": plain.looks["title"].texts["title"]}
    bare = replace(plain, looks={"title": replace(plain.looks["title"], texts=texts, occupied=())})
    first = logo_area(bare, lambda area: True)
    assert first is not None
    drawn = replace(bare, looks={"title": replace(bare.looks["title"], occupied=(first,))})
    other = logo_area(drawn, lambda area: True)
    assert other is not None
    assert not overlap(first, other)
    assert logo_area(bare, lambda area: False) is None

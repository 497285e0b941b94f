"""Lines beside the title of a title or section slide fit in their places, as titles do."""

from __future__ import annotations

import io
from pathlib import Path

import pptx
import pytest
from pptx import Presentation
from pptx.util import Pt

from builder.deck.geometry import Area, TextLook
from builder.deck.lines import Typeface, height_of_runs
from builder.deck.openings import LEAST, as_high, as_set, foot_in, size_in
from builder.typeset.math.formulas import Formulas

from conftest import Book, titles

ARIAL = Typeface("Arial", Formulas())
DEFAULT = Path(pptx.__file__).parent / "templates/default.pptx"


@pytest.mark.parametrize(
    ("width", "height", "size"), [(600, 40, 24), (600, 25, 21), (200, 60, 24), (200, 40, 18), (30, 4, LEAST)]
)
def test_a_line_is_as_large_as_its_place_allows(width: float, height: float, size: float) -> None:
    place = TextLook(Area(0, 0, width, height), size=24)
    found = size_in("A subtitle of some length", place, ARIAL)
    assert found == size
    runs = as_set("A subtitle of some length", place)
    assert found == LEAST or height_of_runs(runs, width, found, ARIAL) <= height + 1


def test_the_lines_below_a_title_have_room_where_their_place_is_low(book: Book) -> None:
    """Author, place, date and licence stood in 8 points in the place of one line."""
    presentation = Presentation(str(DEFAULT))
    place = next(shape for shape in presentation.slide_layouts[0].placeholders if shape.placeholder_format.idx == 1)
    place.height = Pt(30)
    out = io.BytesIO()
    presentation.save(out)
    book.write("slides/theirs.pptx", out.getvalue())
    book.write(
        "slides/lectures.toml",
        '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\ntemplate = "theirs.pptx"\n'
        'author = "A. Lecturer"\ninstitution = "A University"\ndate = "2026-05-03"\nlicence = "CC BY 4.0"\n',
    )
    result = book.build("# One\n\n{.slide}\n- A point\n", "--to", "pptx")
    first = result.deck("one").slides[0]
    subtitle = next(shape for shape in first.placeholders if shape.placeholder_format.idx == 1)
    assert subtitle.height >= Pt(90)
    assert min(run.font.size.pt for one in subtitle.text_frame.paragraphs for run in one.runs) >= 15


def test_lines_share_one_where_a_place_below_a_title_cannot_be_higher() -> None:
    lines = ["Chapters 1 and 2", "A. Lecturer", "May", "CC BY"]
    assert as_high(lines, 52) == [*lines[:2], "May · CC BY"]
    assert as_high(["Chapters 1 and 2", "A. Lecturer"], 8) == ["Chapters 1 and 2 · A. Lecturer"]
    assert as_high(["Chapters 1 and 2"], 8) == ["Chapters 1 and 2"]


def test_the_foot_of_a_slide_is_smaller_then_cut_where_its_place_is_narrow() -> None:
    """It went on in a second line, cut in the middle of a word, below its place."""
    foot = "Lecture 5 · Names and numbers of a great repression"
    assert foot_in(foot, TextLook(Area(0, 0, 600, 20), size=12), ARIAL) == (foot, 12)
    assert foot_in(foot, TextLook(Area(0, 0, 230, 20), size=12), ARIAL) == (foot, 9)
    shown, size = foot_in(foot, TextLook(Area(0, 0, 110, 12), size=12), ARIAL)
    assert (shown, size) == ("Lecture 5 · Names and…", LEAST)


PART = "\n{{.slide}}\n## {0}\n\n{{.slide}}\n### {0} of one\n\n[A point]{{.point}}.\n"


def pages(book: Book, first: str, *others: str, title: str = "The Tides") -> list[str]:
    """The titles of the deck of a chapter, the slides of which hold pages below it, too."""
    names = [f"page{number}" for number, _text in enumerate(others)]
    for name, text in zip(names, others, strict=True):
        book.write(f"{name}.md", text)
    tree = "\n```{toctree}\n" + "\n".join(names) + "\n```\n" if names else ""
    return titles(book.build(f"# {title}\n{first}{tree}", "--to", "pptx").deck())


def test_a_part_titled_as_the_deck_is_opened_by_the_title_slide(book: Book) -> None:
    """The two stood one behind the other."""
    assert pages(book, PART.format("The tides")) == ["The Tides", "The tides of one"]


def test_so_is_the_first_of_several_pages(book: Book) -> None:
    later = [f"# Page {number}\n{PART.format(f'Sea {number}')}" for number in range(2)]
    found = pages(book, "\n{.slide}\n## The Tides:\n" + PART.format("Moons"), *later)
    assert found[:3] == ["The Tides", "Moons", "Moons of one"]


def test_a_part_titled_as_the_part_round_it_is_opened_once(book: Book) -> None:
    part = "\n{.slide}\n## Moons\n\n{.slide}\n### Moons\n\n{.slide}\n#### Ours\n\n[A point]{.point}.\n"
    assert pages(book, part) == ["The Tides", "Moons", "Ours"]
    assert pages(book, part.replace("### Moons\n", "### Many moons\n")) == ["The Tides", "Moons", "Many moons", "Ours"]
    noted = part.replace("## Moons\n", "## Moons\n\n```{notes}\nHear this.\n```\n")
    assert pages(book, noted) == ["The Tides", "Moons", "Moons", "Ours"]  # each has notes

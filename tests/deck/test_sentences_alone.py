"""Sentences that stand alone on a slide, in a template that has layouts for them and in one that has none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pptx
import pypdfium2
import pytest

from builder.deck.accents import accented
from builder.deck.alone import GAP, above
from builder.deck.blocks import Picture, Text
from builder.deck.fit import Fitter
from builder.deck.geometry import Area
from builder.deck.lines import Typeface
from builder.deck.model import Block, FittedSlide, Notes, Paragraph, Run, Slide, plain
from builder.deck.spoken import with_unit
from builder.errors import NOWHERE
from builder.pptx.template.reading import BUILT_IN, read_template
from builder.pptx.write import inherits_text
from builder.typeset.math.formulas import Formulas

from conftest import Book

GEOMETRY = read_template(BUILT_IN / "plain.pptx", NOWHERE).geometry
TYPEFACE = Typeface("Arial", Formulas())
THEIRS = read_template(Path(pptx.__file__).parent / "templates/default.pptx", NOWHERE).geometry
QUESTION = "A village wants to know how many of its families lost somebody. Which of the five counts answers that?"


def alone(title: str, layout: str, *blocks: Block, kicker: str = "") -> FittedSlide:
    slide = Slide("k", (Run(title),), layout, blocks, Notes(), None, NOWHERE, kicker=kicker)
    (found,) = Fitter(THEIRS, TYPEFACE).slide(slide)
    return found


def test_a_long_question_is_smaller_so_that_its_minutes_have_room() -> None:
    """It took the whole place, and was cut off for the words below it."""
    one, other = alone(QUESTION * 3, "question", kicker="4 minutes"), alone(QUESTION * 3, "question")
    assert one.title_size < other.title_size
    (words,) = one.placed
    assert one.title_area is not None
    assert one.title_area.bottom <= words.y
    assert words.y + words.height <= THEIRS.content.bottom + 1


def test_a_sentence_alone_begins_where_the_words_below_it_do() -> None:
    """Titles of this template are in the middle."""
    assert THEIRS.title_look("title_only").align == "center"
    assert alone("A sentence.", "statement").title_side == ""
    assert alone("A question?", "question", kicker="4 minutes").title_side == "left"
    assert alone("سؤال عن التاريخ", "question", kicker="4 minutes").title_side == "right"


def test_a_sentence_alone_stands_in_the_upper_middle() -> None:
    area = alone("A sentence.", "statement").title_area
    assert area is not None
    assert 0.2 < (area.y + area.height / 2 - THEIRS.content.y) / THEIRS.content.height < 0.5


def test_words_beside_a_number_can_be_read_where_a_template_has_them_small() -> None:
    texts = {name: replace(text, size=10) for name, text in GEOMETRY.looks["number"].texts.items() if name == "content"}
    look = replace(GEOMETRY.looks["number"], texts={**GEOMETRY.looks["number"].texts, **texts})
    small = replace(GEOMETRY, looks={**GEOMETRY.looks, "number": look})
    counted = Text((Paragraph((Run("members were killed"),)),), NOWHERE)
    slide = Slide("k", (Run("36"),), "number", (counted,), Notes(), None, NOWHERE)
    (found,) = Fitter(small, TYPEFACE).slide(slide)
    assert found.placed[0].size == 18
    assert not inherits_text(found, replace(small, sizes=replace(small.sizes, body=18)))  # so the slide says it


def test_a_title_on_a_picture_is_wide_where_titles_stand_at_the_side() -> None:
    aside = replace(GEOMETRY, title=replace(GEOMETRY.title, width=200, height=300))
    picture = Picture("a.jpg", "A photograph", 900, 500, None, NOWHERE)
    slide = Slide("k", (Run("The monastery stood for years"),), "full-bleed", (picture,), Notes(), None, NOWHERE)
    (found,) = Fitter(aside, TYPEFACE).slide(slide)
    assert found.title_area is not None
    assert found.title_area.width > 0.8 * GEOMETRY.width


@pytest.mark.parametrize(
    ("words", "small"),
    [
        ("17 percent", [" percent"]),
        ("about 36 of 51 members", ["about ", " of 51 members"]),
        ("no figures at all", None),
    ],
)
def test_all_but_the_figures_of_a_number_is_small(words: str, small: list[str] | None) -> None:
    runs = with_unit((Run(words),))
    assert plain(runs) == words
    if small is None:
        assert not any(run.small for run in runs)
    else:
        assert [run.text for run in runs if run.small] == small


def test_the_figures_of_a_number_are_in_the_accent_and_titles_of_others_are_not() -> None:
    colours = {"accent1": "#a02020", "ground": "#ffffff"}
    runs = (Run("17"), Run(" percent", small=True))
    lacking = replace(GEOMETRY, lacking=frozenset({"number", "question"}))
    shown = {}
    for layout in ("number", "question"):
        slide = Slide("k", runs, layout, (), Notes(), None, NOWHERE)
        (fitted,) = Fitter(lacking, TYPEFACE).slide(slide)
        shown[layout] = [run.colour == "a02020" for run in accented(fitted, lacking, colours).slide.title]
    assert shown == {"number": [True, False], "question": [False, False]}


def test_a_sentence_alone_is_larger_on_a_poster() -> None:
    """It stood in the type of a slide, like a caption, on a slide of 14 inches by 12."""
    twice = replace(THEIRS.sizes, caption=2 * THEIRS.sizes.caption)
    poster = replace(THEIRS, sizes=twice)
    slide = Slide("k", (Run("A sentence."),), "statement", (), Notes(), None, NOWHERE)
    sizes = [Fitter(geometry, TYPEFACE).slide(slide)[0].title_size for geometry in (THEIRS, poster)]
    assert sizes == [48, 96]


def test_a_portrait_ends_above_a_rule_of_its_template() -> None:
    place, rule = Area(600, 100, 200, 300), Area(100, 340, 700, 2)
    assert above(place, (rule,)) == Area(600, 100, 200, 240 - GAP)
    assert above(place, (replace(rule, width=300), replace(rule, y=90))) == place


def test_who_said_a_sentence_stands_below_its_middle_in_the_pdf_too(book: Book) -> None:
    """The name was at the left in the deck's PDF, and in the middle of the slide."""
    book.write(
        "slides/lectures.toml",
        '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\ntemplate = "seminar"\n',
    )
    book.build('# Chapter\n\n## Section\n\n{.quotation attribution="Galileo"}\n> It moves.\n', "--to", "pptx")
    page = pypdfium2.PdfDocument(book.folder / "_build/slides/one.pdf")[1]
    found = page.get_textpage().search("Galileo").get_next()
    left, _, right, _ = page.get_textpage().get_charbox(found[0])
    assert 0.4 * page.get_width() < (left + right) / 2 < 0.6 * page.get_width()

"""Random decks are always valid files in which nothing stands outside of its slide, and no word is lost."""

# One case, one call or one line of a source stands on a line, however long.

from __future__ import annotations

import io
import re
from collections import Counter
from functools import cache
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation

from builder.deck.blocks import Text
from builder.deck.fit import Fitter
from builder.deck.kinds import KINDS
from builder.deck.lines import Typeface
from builder.deck.model import Block, Deck, Notes, Paragraph, Placed, Run, Slide
from builder.deck.rescue import rescued
from builder.deck.words import words_of
from builder.errors import NOWHERE
from builder.pptx.package.conform import problems
from builder.pptx.template.reading import BUILT_IN, read_template
from builder.pptx.write import write_deck
from builder.typeset.math.formulas import Formulas

from conftest import examples
from kinds_of_block import PARAGRAPH, WORDS, random_blocks, several

FORMULAS = Formulas()
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.fixture(scope="module")
def block(tmp_path_factory: pytest.TempPathFactory) -> st.SearchStrategy[Block]:
    """A block of any kind of the table."""
    found = random_blocks(tmp_path_factory.mktemp("files"))
    return st.one_of([found[cls] for cls in KINDS])


@st.composite
def decks(draw: st.DrawFn, block: st.SearchStrategy[Block]) -> Deck:
    slides = [Slide("d/title", (Run("Title"),), "title", (), Notes(), None, NOWHERE, subtitle="A subtitle")]
    for number in range(draw(st.integers(1, 3))):
        slides.append(
            Slide(
                f"d/{number}",
                (Run("A slide"),),
                "",
                draw(several(block, 3, 0)),
                Notes(draw(several(WORDS, 2, 0))),
                None,
                NOWHERE,
                reveal=draw(st.sampled_from(["", "all"])),
                automatic=True,
            )
        )
    return Deck("d", "Title", "Book", "Author", "en-US", tuple(slides))


@cache
def template():
    return read_template(BUILT_IN / "plain.pptx", NOWHERE)


def letters(text: str) -> str:
    """What has to be there: letters that XML can hold, whatever their case and spaces."""
    return re.sub(r"[\s\x00-\x1f\ufffd\u200b_]|x0001", "", text).upper()


@settings(max_examples=examples(25), deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_any_deck_is_valid_and_nothing_leaves_its_slide(block: st.SearchStrategy[Block], data: st.DataObject) -> None:
    deck = data.draw(decks(block))
    typeface = Typeface(template().geometry.font, FORMULAS)
    fitted, errors = Fitter(template().geometry, typeface).deck(deck)
    assert errors == []  # automatic slides that cannot be fitted are left out
    for slide in fitted.slides:
        for placed in slide.placed:
            assert placed.x >= -0.01
            assert placed.y >= -0.01
            assert placed.x + placed.width <= template().geometry.width + 0.01
            assert placed.y + placed.height <= template().geometry.content.bottom + 1
    made, of_writing = write_deck(fitted, template(), typeface)
    assert not of_writing
    assert problems(made) == []
    assert len(Presentation(io.BytesIO(made)).slides) == len(fitted.slides)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=SLOW)
@given(several(PARAGRAPH, 12))
def test_no_letter_of_a_list_is_lost_when_it_is_split(paragraphs: tuple[Paragraph, ...]) -> None:
    slide = Slide("k", (Run("A slide"),), "", (Text(paragraphs * 4, NOWHERE),), Notes(), None, NOWHERE)
    typeface = Typeface(template().geometry.font, FORMULAS)
    parts = Fitter(template().geometry, typeface).slide(slide)
    shown = "".join(line for part in parts for placed in part.placed for row in placed.lines for line in row.lines)
    wanted = "".join(run.text for paragraph in paragraphs * 4 for run in paragraph.runs)
    assert letters(shown) == letters(wanted)


def overlap(a: Placed, b: Placed) -> bool:
    """True if two boxes share more than an edge."""
    return (
        min(a.x + a.width, b.x + b.width) - max(a.x, b.x) > 0.5
        and min(a.y + a.height, b.y + b.height) - max(a.y, b.y) > 0.5
    )


@settings(max_examples=examples(20), deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_no_block_lies_on_another_and_none_loses_words(block: st.SearchStrategy[Block], data: st.DataObject) -> None:
    blocks = data.draw(several(block, 5))
    slide = Slide("k", (Run("A slide"),), "", blocks, Notes(), None, NOWHERE)
    parts, errors = rescued(slide, Fitter(template().geometry, Typeface(template().geometry.font, FORMULAS)).slide)
    for part in parts:
        assert [(a, b) for a, b in combinations(part.placed, 2) if overlap(a, b)] == []
    shown = Counter(letters("".join(line for part in parts for one in part.slide.blocks for line in words_of(one))))
    assert errors or Counter(letters("".join(line for one in blocks for line in words_of(one)))) <= shown


@settings(max_examples=examples(20), deadline=None)
@given(st.lists(st.integers(1, 40), min_size=8, max_size=60))
def test_parts_of_a_slide_are_of_one_size_and_about_one_length(lengths: list[int]) -> None:
    points = tuple(Paragraph((Run("words " * count),), 1, "", NOWHERE) for count in lengths)
    slide = Slide("k", (Run("A slide"),), "", (Text(points, NOWHERE),), Notes(), None, NOWHERE)
    parts = Fitter(template().geometry, Typeface(template().geometry.font, FORMULAS)).slide(slide)
    placed = [part.placed[0] for part in parts]
    assert len({one.size for one in placed}) == 1
    tallest = max(line.height for one in placed for line in one.lines) + placed[0].size
    heights = [one.lines[-1].y + one.lines[-1].height for one in placed]
    assert max(heights) - min(heights) <= 2 * tallest

"""Random decks are always valid files in which nothing stands outside of its slide, and no word is lost."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import io
import re
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation

from builder.charts.data import ChartData, Event, Series
from builder.deck.fit import Fitter
from builder.deck.lines import Typeface
from builder.deck.model import (  # fmt: skip
    Box,
    Caption,
    Cell,
    Chart,
    Code,
    Column,
    Columns,
    Deck,
    Notes,
    Paragraph,
    Quote,
    Run,
    Slide,
    Table,
    Text,
    Timeline,
)
from builder.errors import NOWHERE
from builder.pptx.package.conform import problems
from builder.pptx.template.reading import BUILT_IN, read_template
from builder.pptx.write import write_deck
from builder.typeset.math.formulas import Formulas

LETTERS = "abc ÄЖ漢ש&<>\"' -/\u00a0\u200b\x01\ud7ff𝔘"
TEXT = st.text(LETTERS, max_size=80)
RUNS = st.lists(
    st.builds(Run, TEXT, bold=st.booleans(), italic=st.booleans(), code=st.booleans(), sup=st.booleans(),
              smallcaps=st.booleans(), link=st.sampled_from(["", "https://example.org/?a=1&b=2", "#doc:one"])),
    max_size=4,
).map(tuple)  # fmt: skip
PARAGRAPH = st.builds(
    Paragraph, RUNS, st.integers(0, 9), st.sampled_from(["", "", "3.", "b)", "(iv)"]), st.just(NOWHERE), st.just(False)
).map(lambda p: p if p.number != "(iv)" else Paragraph(p.runs, p.level or 1, p.number, NOWHERE, True))
PARAGRAPHS = st.lists(PARAGRAPH, min_size=1, max_size=12).map(tuple)
CAPTION = st.none() | st.builds(Caption, st.sampled_from(["", "Figure 1.1"]), RUNS)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns, rows = draw(st.integers(1, 7)), draw(st.integers(1, 14))
    cells = tuple(tuple(Cell(draw(RUNS)) for _ in range(columns)) for _ in range(rows))
    return Table(cells, columns, draw(st.integers(0, 1)), draw(CAPTION), "A table", NOWHERE)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    kind = draw(st.sampled_from(["bar", "column", "line", "range", "stacked-bar", "area", "pie"]))
    count = draw(st.integers(1, 8))
    values = st.lists(st.floats(0.1, 1e6), min_size=count, max_size=count).map(tuple)
    series = [Series(f"s{n}", draw(values)) for n in range(2 if kind == "range" else 1)]
    names = draw(st.lists(TEXT.filter(str.strip), min_size=count, max_size=count))
    return Chart(ChartData(kind, tuple(names), tuple(series), "x"), "A chart", draw(CAPTION), NOWHERE)


BLOCK = st.one_of(
    st.builds(Text, PARAGRAPHS, st.just(NOWHERE)),
    tables(),
    charts(),
    st.builds(Quote, st.lists(RUNS, min_size=1, max_size=2).map(tuple), RUNS, st.just(NOWHERE)),
    st.builds(Box, RUNS, st.lists(PARAGRAPH, min_size=1, max_size=3).map(tuple), st.just(NOWHERE)),
    st.builds(Code, st.lists(st.tuples(st.builds(Run, TEXT, code=st.just(True))), min_size=1, max_size=20).map(tuple), st.just(""), st.just(NOWHERE)),
    st.builds(Timeline, st.lists(st.builds(Event, TEXT, TEXT), min_size=1, max_size=5).map(tuple), st.just("T"), CAPTION, st.just(NOWHERE)),
    st.builds(Columns, st.lists(st.builds(Column, RUNS, st.lists(PARAGRAPH, max_size=3).map(tuple)), min_size=2, max_size=3).map(tuple), st.just(NOWHERE)),
)  # fmt: skip


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    slides = [Slide("d/title", (Run("Title"),), "title", (), Notes(), None, NOWHERE, subtitle="A subtitle")]
    for number in range(draw(st.integers(1, 3))):
        blocks = tuple(draw(st.lists(BLOCK, max_size=3)))
        notes = Notes(tuple(draw(st.lists(TEXT, max_size=2))))
        slides.append(
            Slide(
                f"d/{number}",
                (Run("A slide"),),
                "",
                blocks,
                notes,
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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(decks())
def test_any_deck_is_valid_and_nothing_leaves_its_slide(deck: Deck) -> None:
    typeface = Typeface(template().geometry.font, Formulas())
    fitted, errors = Fitter(template().geometry, typeface).deck(deck)
    assert errors == []  # automatic slides that cannot be fitted are left out
    for slide in fitted.slides:
        for placed in slide.placed:
            assert placed.x >= -0.01
            assert placed.y >= -0.01
            assert placed.x + placed.width <= template().geometry.width + 0.01
            assert placed.y + placed.height <= template().geometry.content.bottom + 1
    made, of_writing = write_deck(fitted, template(), typeface, Formulas())
    assert not of_writing
    assert problems(made) == []
    assert len(Presentation(io.BytesIO(made)).slides) == len(fitted.slides)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARAGRAPHS)
def test_no_letter_of_a_list_is_lost_when_it_is_split(paragraphs: tuple[Paragraph, ...]) -> None:
    slide = Slide("k", (Run("A slide"),), "", (Text(paragraphs * 4, NOWHERE),), Notes(), None, NOWHERE)
    typeface = Typeface(template().geometry.font, Formulas())
    parts = Fitter(template().geometry, typeface).slide(slide)
    shown = "".join(line for part in parts for placed in part.placed for row in placed.lines for line in row.lines)
    wanted = "".join(run.text for paragraph in paragraphs * 4 for run in paragraph.runs)
    assert letters(shown) == letters(wanted)

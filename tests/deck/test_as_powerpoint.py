"""Text is measured as PowerPoint paints it, and where programs differ, the one that needs most room decides.

The rules were measured by others on PowerPoint's own exports; `builder.typeset.measure` names where.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation

from builder.deck.blocks.tables import CELL_PADDING_X
from builder.deck.lines import LEVEL_INDENT, Typeface, break_runs, lay_out, paint
from builder.deck.model import Paragraph, Run
from builder.errors import NOWHERE
from builder.pptx.template.reading import BUILT_IN, read_template
from builder.typeset.math.formulas import Formulas
from builder.typeset.measure import OFFICE_PITCH, PAINTED, face, whole_points

from conftest import Book

ARIAL = Typeface("Arial", Formulas())
TRUTH = os.environ.get("BUILDER_POWERPOINT_TRUTH", "")
"""A folder of decks with PowerPoint's own PDF of each."""


@pytest.mark.parametrize(
    ("text", "size", "width"),
    [("h", 17, 9.5), ("l", 17, 3.75), ("m", 17, 14.125), ("r", 17, 5.625), ("hhhh", 17, 38.0), ("l m", 17, 22.625)],
)
def test_each_glyph_is_as_wide_as_eighths_of_a_point_allow(text: str, size: float, width: float) -> None:
    assert ARIAL.widths(Run(text), text, size)[PAINTED] == width


def test_characters_of_code_have_the_width_of_courier_new() -> None:
    assert ARIAL.widths(Run("x" * 55, code=True), "x" * 55, 14)[PAINTED] == 55 * 8.375


@pytest.mark.parametrize("word", ["Point-to-point", "R1->R3->R4", "example.org/one/two"])
def test_no_word_is_parted_at_its_dashes_in_any_run(word: str) -> None:
    width = ARIAL.width(Run("x"), f"All of this {word[:-3]}", 18)
    for before in ((), (Run("All "), Run("of ", bold=True))):
        runs = (*before, Run("this " if before else "All of this "), Run(word), Run("."))
        assert break_runs(runs, width, 18, ARIAL).lines == ("All of this", f"{word}.")


def test_kerning_is_not_rounded_and_reaches_across_spaces() -> None:
    arial = face("Arial")
    apart = sum(arial.widths(part, 15)[PAINTED] for part in ("on", " ", "Aug"))
    assert arial.kerning(" A", 15) == pytest.approx(-113 / 2048 * 15)
    assert paint((Run("on Aug"),), apart - 0.8, 15, ARIAL).lines == ("on Aug",)
    assert len(break_runs((Run("on Aug"),), apart - 0.8, 15, ARIAL).lines) == 2, (
        "there is room for a program that kerns no spaces"
    )
    assert paint((Run("on Aug"),), apart - 0.9, 15, ARIAL).lines == ("on", "Aug")


@pytest.mark.parametrize(
    ("size", "painted"), [(12.5, 13), (9.5, 10), (10.5, 11), (12.4, 12), (13, 13), (21.8, 22), (0.2, 1)]
)
def test_sizes_are_painted_at_whole_points_half_up(size: float, painted: float) -> None:
    assert whole_points(size) == painted


@pytest.mark.parametrize("text", ["hand and hand", "mill illicit lilies"])
def test_the_measure_that_needs_more_lines_decides(text: str) -> None:
    """At 17 points `hand` is wider in PowerPoint than by itself, and `illicit` narrower."""
    painted, exact, *_more = ARIAL.widths(Run(text), text, 17)
    assert abs(painted - exact) > 0.2
    between = (painted + exact) / 2
    broken, shown = break_runs((Run(text),), between, 17, ARIAL), paint((Run(text),), between, 17, ARIAL)
    assert len(broken.lines) == 2
    assert len(shown.lines) == (2 if painted > exact else 1)
    assert shown.starts == ((len(text) - len(text.split()[-1]),) if painted > exact else ())


def test_a_line_that_only_ends_after_a_dash_has_room_to_end_before_its_word() -> None:
    text = "there is a well-being"
    room = ARIAL.width(Run(text), "there is a well-", 20) + 1
    assert paint((Run(text),), room, 20, ARIAL).lines == ("there is a well-", "being")
    longer = "there is a well-being and"
    assert len(break_runs((Run(longer),), room, 20, ARIAL).lines) == 2


def test_no_line_ends_within_a_long_name_that_goes_onto_the_next() -> None:
    """The PDF of a deck would end one behind an underscore, as the printed book does."""
    name, plain_word = "pgr_drivingDistance", "unquestionably"
    shown = [paint((Run(f"roads using {word}"),), 200, 20, ARIAL) for word in (name, plain_word)]
    assert [one.lines[0] for one in shown] == ["roads using", "roads using"]
    assert [one.starts for one in shown] == [(12,), ()]


def test_a_paragraph_with_a_formula_has_room_for_its_words_as_well() -> None:
    runs = (Run("The length of it is "), Run("one hundred and one", math="x"), Run(" in all"))
    room = ARIAL.width(Run(""), "The length of it is one hundred and one", 20)
    assert paint(runs, room, 20, ARIAL).lines == ("The length of it is one hundred and one in all",)
    assert len(break_runs(runs, room, 20, ARIAL).lines) == 2


@pytest.mark.parametrize("family", ["Arial", "Calibri", "Georgia", "A face that nobody has"])
def test_a_line_has_room_for_12_tenths_of_its_size_in_every_face(family: str) -> None:
    typeface = Typeface(family, Formulas())
    paragraphs = tuple(Paragraph((Run("Words of a line"),), 1) for _ in range(3))
    laid = lay_out(paragraphs, 500, 20, typeface)
    assert all(one.height >= 20 * OFFICE_PITCH for one in laid)
    assert laid[0].height >= 20 * sum((face(family).metrics.ascent, face(family).metrics.descent))


WORDS = st.text(alphabet="abcdefghij AVTLWY klmnop qrst uvwxyzÄöΩЖкү–-,./", min_size=1, max_size=200)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=4), st.floats(60, 500), st.integers(10, 40))
def test_no_program_needs_more_lines_than_have_room(parts: list[tuple[str, bool]], width: float, size: float) -> None:
    runs = tuple(Run(text, bold=bold) for text, bold in parts)
    broken = break_runs(runs, width, size, ARIAL)
    assert len(paint(runs, width, size, ARIAL).lines) <= len(broken.lines)
    words = "".join("".join(text for text, _ in parts).split())
    assert "".join(paint(runs, width, size, ARIAL).lines).replace(" ", "") == words
    assert "".join(broken.lines).replace(" ", "") == words


# --- the deck's PDF


SOME_WORDS = (
    "hand and mill illicit lilies the rising of spring nineteen hundred spread over six provinces led it from that"
)


def differing(width: float, size: float) -> tuple[str, tuple[str, ...]]:
    """Words that PowerPoint breaks elsewhere than other programs, and its lines."""
    chance = random.Random(1939)
    while True:
        text = " ".join(chance.choices(SOME_WORDS.split(), k=28))
        shown = paint((Run(text),), width, size, ARIAL)
        if shown.starts:
            return text, shown.lines


def test_the_pdf_of_a_deck_has_the_lines_that_powerpoint_has(book: Book) -> None:
    geometry = read_template(BUILT_IN / "plain.pptx", NOWHERE).geometry
    width = geometry.content.width
    point, pointed = differing(width - LEVEL_INDENT, geometry.sizes.body)
    cell, celled = differing(width - 2 * CELL_PADDING_X, geometry.sizes.table)
    table = "{.slide}\n| Head |\n|---|\n" + f"| {cell} |\n" * 5
    points = f"- {point}\n" * 5  # so many that type does not grow
    source = f"# Chapter\n\n## Section\n\n{{.slide}}\n{points}\n## Table\n\n{table}"
    result = book.build(source, "--to", "pptx")
    assert result.status == 0, result.errors
    pdf = result.folder / "_build/slides/chapter.pdf"
    shown = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
    lines = [line.removeprefix("•").strip() for line in shown.splitlines()]
    assert [line for line in lines if line in pointed] == list(pointed) * 5
    assert [line for line in lines if line in celled] == list(celled) * 5


# --- PowerPoint's own exports


def truth() -> list[Path]:
    """Decks that have a PDF of the same name beside them."""
    return [deck for deck in sorted(Path(TRUTH).glob("*.pptx")) if deck.with_suffix(".pdf").is_file()] if TRUTH else []


@pytest.mark.skipif(not truth(), reason="BUILDER_POWERPOINT_TRUTH names no folder of decks with PowerPoint's PDFs")
def test_lines_end_where_powerpoint_ends_them() -> None:
    compared = 0
    for deck in truth():
        for page, slide in zip(words_of_pages(deck.with_suffix(".pdf")), Presentation(str(deck)).slides, strict=True):
            for shape in slide.shapes:
                if shape.has_text_frame and (lines := lines_of(shape)):
                    compared += len(shape.text_frame.paragraphs)
                    assert lines == lines_in(page, shape), f"{deck.name}: {shape.text_frame.text}"
    assert compared > 60


def lines_of(shape) -> list[str]:
    """The letters of each line as we break a shape's text; none where it is in a face that we have not."""
    frame = shape.text_frame
    lines: list[str] = []
    for paragraph in frame.paragraphs:
        runs = tuple(run_of(run) for run in paragraph.runs)
        if not runs or not all(run.font.name in ("Arial", "Courier New") for run in paragraph.runs):
            return []
        properties = paragraph._p.pPr
        indent = int(properties.get("marL", 0)) if properties is not None else 0
        room = (shape.width - frame.margin_left - frame.margin_right - indent) / 12700
        size = whole_points(max(run.font.size.pt for run in paragraph.runs))
        lines += filter(None, map(letters, paint(runs, room, size, ARIAL).lines))
    return lines


def run_of(run) -> Run:
    """A run of python-pptx as ours."""
    return Run(run.text, bold=bool(run.font.bold), italic=bool(run.font.italic), code=run.font.name == "Courier New")


Word = tuple[float, float, str]
"""Middle of a word on its page, and its letters."""


def words_of_pages(pdf: Path) -> Iterator[list[Word]]:
    text = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    for page in text.split("<page ")[1:]:
        found = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)
        yield [((float(a) + float(c)) / 2, float(d), unescape(word)) for a, _b, c, d, word in found]


def lines_in(page: list[Word], shape) -> list[str]:
    """The letters of each line in the place of a shape."""
    left, top, width, height = (value / 12700 for value in (shape.left, shape.top, shape.width, shape.height))
    inside = [word for word in page if left <= word[0] <= left + width and top <= word[1] - 3 <= top + height]
    inside.sort(key=lambda word: (round(word[1]), word[0]))
    rows = ("".join(word for _x, _y, word in row) for _y, row in groupby(inside, key=lambda word: round(word[1])))
    return [found for row in rows if (found := letters(row))]


def letters(text: str) -> str:
    return re.sub(r"[\s•]", "", text)

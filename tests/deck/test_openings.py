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
from builder.deck.openings import LEAST, as_set, size_in
from builder.typeset.math.formulas import Formulas

from conftest import Book

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


def test_the_subtitle_of_a_deck_is_smaller_where_its_place_is_low(book: Book) -> None:
    presentation = Presentation(str(DEFAULT))
    place = next(shape for shape in presentation.slide_layouts[0].placeholders if shape.placeholder_format.idx == 1)
    place.height = Pt(30)
    out = io.BytesIO()
    presentation.save(out)
    book.write("slides/theirs.pptx", out.getvalue())
    book.write(
        "slides/lectures.toml",
        '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\ntemplate = "theirs.pptx"\n',
    )
    result = book.build("# One\n\n{.slide}\n- A point\n", "--to", "pptx")
    first = result.deck("one").slides[0]
    subtitle = next(shape for shape in first.placeholders if shape.placeholder_format.idx == 1)
    assert subtitle.text_frame.paragraphs[0].runs[0].font.size.pt < 24

"""`tools/check_decks.py`: a deck of ours passes, and what has been made too large in it, or not valid, is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.util import Pt

from conftest import Book

CHAPTER = """# Chapter

{.slide}
## Points

{.slide}
- Words of a point that take a line, and so many more that they take another one below it
- Another point

{.slide}
## Table

{.slide}
| What | How much |
|------|---------:|
| Oats | 12 |
"""


def enlarge_text(deck: Presentation) -> None:
    body = next(shape for shape in deck.slides[1].placeholders if shape.placeholder_format.idx == 1)
    body.height = Pt(80)


def enlarge_cell(deck: Presentation) -> None:
    table = next(shape for shape in deck.slides[2].shapes if shape.has_table).table
    table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size = Pt(60)


def use_half_a_point(deck: Presentation) -> None:
    deck.slides[1].shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(24.5)


def move_properties(deck: Presentation) -> None:
    run = deck.slides[1].shapes.title.text_frame.paragraphs[0].runs[0]._r
    run.insert(0, run[-1])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (enlarge_text, "pt of text in 80 pt: 'Words"),
        (enlarge_cell, "row 2, column 1: 144 pt of text in 30 pt: 'Oats'"),
        (use_half_a_point, "24.5 pt is no whole number"),
        (move_properties, "slide2.xml: "),
    ],
)
def test_what_does_not_fit_and_what_is_not_valid_is_found(
    book: Book, damage: Callable[[Presentation], None], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "tools"))
    from check_decks import main as check

    result = book.build(CHAPTER, "--to", "pptx")
    assert result.status == 0
    path = book.folder / "_build/slides/chapter.pptx"
    assert check([str(path)]) == 0
    deck = result.deck()
    damage(deck)
    deck.save(str(path))
    book.capture.readouterr()
    assert check([str(path)]) == 1
    assert words in book.capture.readouterr().out

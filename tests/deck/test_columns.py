"""``:layout: columns``: the ways in which authors write columns, and what becomes of those that are too long."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PIL import Image

from builder.deck.blocks import Code, Column, Columns, Picture, Text
from builder.deck.fit import Fitter
from builder.deck.lines import Typeface
from builder.deck.model import Block, Deck, FittedSlide, Notes, Paragraph, Run, Slide, all_placed
from builder.errors import Source
from builder.pptx.template.reading import BUILT_IN, read_template
from builder.typeset.math.formulas import Formulas

from conftest import CONF, PNG, Book

HERE = Source("chapter.md", 7)
GEOMETRY = read_template(BUILT_IN / "plain.pptx", HERE).geometry
WAYS = {
    "a definition list": "Lefthead\n: - left\n\nRighthead\n: - right",
    "bold heads with lists": "**Lefthead**\n\n- left\n\n**Righthead**\n\n- right",
    "bold points": "- **Lefthead**\n- left\n\n- **Righthead**\n- right",
    "lines that end with a colon": "Lefthead:\n\n- left\n\nRighthead:\n\n- right",
    "sub-headings": "### Lefthead\n\n- left\n\n### Righthead\n\n- right",
    "points with subpoints": "- Lefthead\n  - left\n- Righthead\n  - right",
    "a table": "| Lefthead | Righthead |\n|--|--|\n| left | right |",
    "two lists": "- Lefthead\n- left\n\n<!-- -->\n\n- Righthead\n- right",
    "two paragraphs": "Lefthead left\n\nRighthead right",
    "a list and code": "- Lefthead left\n\n```python\nRighthead = right\n```",
    "a list-table": "```{list-table}\n* - Lefthead\n  - Righthead\n* - left\n  - right\n```",
    "a grid": ":::{grid} 2\n::{grid-item}\nLefthead left\n::\n::{grid-item}\nRighthead right\n::\n:::",
    "one list": "- Lefthead\n- left\n- Righthead\n- right",
    "a picture and a list": "![Lefthead left](pic.png)\n\n- Righthead\n- right",
}


def a_slide(title: str, body: str) -> str:
    return f"````{{slide}} {title}\n:layout: columns\n\n{body}\n````\n\n"


def words_by_place(slide) -> dict[str, int]:
    """Each word of the columns → the left edge of the shape that it stands in."""
    found = {}
    for shape in slide.shapes:
        text = shape.text_frame.text if shape.has_text_frame else shape._element.xpath(".//p:cNvPr")[0].get("descr", "")
        for word in ("Lefthead", "left", "Righthead", "right"):
            if word in text:
                found[word] = shape.left
    return found


def test_authors_write_two_columns_in_many_ways(book: Book) -> None:
    book.write("pic.png", PNG)
    conf = (book.folder / "conf.py").read_text()
    book.write("conf.py", conf.replace('["myst_parser"]', '["myst_parser", "sphinx_design"]'))
    ways = {name: body.replace(":::", "\0").replace("::", ":::").replace("\0", "::::") for name, body in WAYS.items()}
    source = "".join(a_slide(name, body) for name, body in ways.items())
    result = book.build(f"# Chapter\n\n## Section\n\n{source}", "--to", "pptx")
    assert (result.status, "WARNING" in result.errors) == (0, False), result.errors
    slides = {slide.shapes.title.text_frame.text: slide for slide in result.deck().slides}
    for name in ways:
        at = words_by_place(slides[name])
        assert at.keys() == {"Lefthead", "left", "Righthead", "right"}, name
        assert at["Lefthead"] == at["left"] < at["Righthead"] == at["right"], (name, at)


def test_where_no_columns_are_clear_the_author_reads_how_to_write_them(book: Book) -> None:
    body = "A paragraph.\n\n- a list\n\n```python\nx\n```\n\n> a quotation\n"
    result = book.build(f"# Chapter\n\n## Section\n\n{a_slide('A title', body)}", "--to", "pptx")
    assert result.status == 0
    assert (
        "chapter.md:5: WARNING: the layout 'columns' finds no columns here: give each a heading in bold"
        in result.errors
    )


def test_marked_blocks_and_points_of_the_book_stand_in_columns(book: Book) -> None:
    source = "## Section\n\n```{slide}\n:layout: columns\n```\n\nThe [Lefthead left]{.point} side.\n\n"
    source += "```{code-block} python\n:class: slide\nRighthead = right\n```\n"
    result = book.build(f"# Chapter\n\n{source}", "--to", "pptx")
    assert result.status == 0, result.errors
    slide = next(slide for slide in result.deck().slides if slide.shapes.title.text_frame.text == "Section")
    at = words_by_place(slide)
    assert at["left"] < at["right"]


# --- columns that are too long


def text(count: int, words: str = "a point of some length") -> Text:
    return Text(tuple(Paragraph((Run(f"{words} {n}"),), 1, "", HERE) for n in range(count)), HERE)


def columns(*lists: Block) -> Columns:
    return Columns(tuple(Column((Run(f"Head {n}"),), (one,)) for n, one in enumerate(lists)), HERE)


def fit(block: Block) -> list[FittedSlide]:
    slide = Slide("key", (Run("Title"),), "columns", (block,), Notes(), None, HERE)
    deck, errors = Fitter(GEOMETRY, Typeface("Arial", Formulas())).deck(Deck("d", "D", "B", "A", "en-US", (slide,)))
    assert errors == []
    return list(deck.slides)


def points(part: FittedSlide) -> list[int]:
    """How many points each text on a slide has."""
    texts = [one.block for one in all_placed(part.placed) if isinstance(one.block, Text)]
    return [len(one.paragraphs) for one in texts if one.paragraphs[0].level]


@pytest.mark.parametrize(
    ("left", "right", "parts"),
    [(6, 6, [[6, 6]]), (20, 20, [[10, 10], [10, 10]]), (20, 2, [[10, 1], [10, 1]]), (12, 1, [[6, 1], [6]])],
)
def test_columns_that_are_too_long_go_on_on_the_next_slide(left: int, right: int, parts: list[list[int]]) -> None:
    slides = fit(columns(text(left), text(right)))
    assert [points(part) for part in slides] == parts
    heads = [column.heading[0].text for block in slides[0].slide.blocks for column in block.columns]
    assert heads == ["Head 0", "Head 1"]


def test_headings_of_columns_are_repeated() -> None:
    parts = fit(columns(text(20), text(20)))
    assert [[column.heading[0].text for column in part.slide.blocks[0].columns] for part in parts] == [
        ["Head 0", "Head 1"]
    ] * 2


def test_columns_stand_one_below_another_where_they_do_not_fit_beside_each_other() -> None:
    long = "word " * 150
    parts = fit(columns(text(1, long), text(1, "short")))
    assert [type(placed.block) for placed in parts[0].placed] == [Text] * 4
    assert all(one.y + one.height <= two.y for one, two in pairwise(parts[0].placed))


def test_columns_that_fit_below_each_other_fill_one_slide() -> None:
    line = "words of a point that is rather long and takes three lines in a column of a slide"
    [part] = fit(columns(text(8, line), text(1)))
    assert [type(placed.block) for placed in part.placed] == [Text] * 4


def test_columns_hold_pictures_and_code_that_stay_in_their_column() -> None:
    code = Code(((Run("x = 1", code=True),),), "python", HERE)
    [part] = fit(columns(Picture("a.png", "A", 400, 300, None, HERE), code))
    [outer] = part.placed
    picture, listing = outer.inside
    assert picture.x + picture.width < listing.x
    assert picture.height > 150
    assert listing.x + listing.width <= GEOMETRY.content.x + GEOMETRY.content.width + 0.5


def test_the_cards_of_a_grid_stand_in_rows(book: Book) -> None:
    """Four in two rows, five in rows of three and two that are as wide."""
    book.write("conf.py", CONF.replace('"myst_parser"', '"myst_parser", "sphinx_design"'))
    cards = "".join(f"```{{grid-item-card}} Card {number}\nWords.\n```\n" for number in range(1, 6))
    four = cards.partition("```{grid-item-card} Card 5")[0]
    result = book.build(
        f"# C\n\n{{.slide}}\n## Four\n\n{{.slide}}\n````{{grid}} 2\n{four}````\n\n"
        f"{{.slide}}\n## Five\n\n{{.slide}}\n````{{grid}} 3\n{cards}````\n"
    )
    assert (result.status, result.errors) == (0, "")
    four_cards, five_cards = (
        [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text.startswith("Card")]
        for slide in list(result.deck().slides)[1:]
    )
    assert [len({card.top for card in cards}) for cards in (four_cards, five_cards)] == [2, 2]
    assert [len({card.left for card in cards}) for cards in (four_cards, five_cards)] == [2, 3]
    assert len({card.width for card in five_cards}) == 1


def test_pictures_that_follow_each_other_in_a_column_stand_side_by_side(book: Book) -> None:
    Image.new("RGB", (60, 90), "navy").save(book.folder / "a.png")
    pictures = "![one](a.png)\n\n![two](a.png)\n"
    result = book.build(
        "# C\n\n{.slide}\n## S\n\n:::::{columns}\n:class: slide\n::::{column}\n"
        f"Words\n::::\n::::{{column}}\nSeen:\n\n{pictures}::::\n:::::\n"
    )
    assert (result.status, result.errors) == (0, "")
    first, second = (shape for shape in result.deck().slides[1].shapes if shape.name == "Picture")
    assert first.top == second.top
    assert first.left + first.width < second.left


def test_columns_of_shares_may_be_divided_when_one_has_nothing_left(book: Book) -> None:
    points = "".join(f"- Point {number} has some words to fill a line of its column with\n" for number in range(1, 24))
    result = book.build(
        "# C\n\n{.slide}\n## S\n\n:::::{columns}\n:class: slide\n:widths: 30 70\n"
        f"::::{{column}}\nAlone\n::::\n::::{{column}}\n{points}::::\n:::::\n"
    )
    assert (result.status, "ValueError" in result.errors) == (0, False)
    text = " ".join(shape.text_frame.text for slide in result.deck().slides for shape in slide.shapes
                    if shape.has_text_frame)  # fmt: skip
    assert "Alone" in text
    assert all(f"Point {number} " in text for number in range(1, 24))


@pytest.mark.parametrize(("source", "count"), [(HERE, 1), (Source(""), 0)])
def test_columns_that_nobody_wrote_are_stacked_without_a_warning(
    source: Source, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An overview of two chapters in a narrow template warned of columns in no file."""
    said: list[str] = []
    monkeypatch.setattr("builder.deck.fit.warn", lambda message, *_: said.append(message))
    slide = Slide("k", (Run("T"),), "", (columns(text(1, "word " * 150), text(1, "short")),), Notes(), None, source)
    Fitter(GEOMETRY, Typeface("Arial", Formulas())).deck(Deck("d", "D", "B", "A", "en-US", (slide,)))
    assert len(said) == count

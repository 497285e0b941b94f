"""How slides are filled: what stands on one in, sizes and places out. docs/composition.md shows the rules."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx.util import Pt

from builder.charts.data import ChartData, Event, Series
from builder.deck.blocks import (
    Box,
    Cell,
    Chart,
    Code,
    Diagram,
    Equation,
    Picture,
    PictureGrid,
    Quote,
    Table,
    Text,
    Timeline,
)
from builder.deck.blocks.diagrams import DiagramNode
from builder.deck.blocks.grids import GRID_GAP
from builder.deck.blocks.pictures import picture_box
from builder.deck.blocks.timelines import placed_events
from builder.deck.chronology import Rows, Words
from builder.deck.composition.room import columns_of
from builder.deck.composition.rules import COMPOSITIONS
from builder.deck.fit import Fitter
from builder.deck.galleries import NARROWEST_CELL, Gallery
from builder.deck.geometry import Area
from builder.deck.lines import Typeface
from builder.deck.measured import Measured
from builder.deck.model import Block, Caption, FittedSlide, Notes, Paragraph, Placed, Run, Slide
from builder.deck.stacks import GAP
from builder.errors import NOWHERE
from builder.pptx.template.reading import BUILT_IN, read_template
from builder.typeset.math.formulas import Formulas

from conftest import Book

GEOMETRY = read_template(BUILT_IN / "plain.pptx", NOWHERE).geometry
AREA = GEOMETRY.content
TYPEFACE = Typeface("Arial", Formulas())
CHART = Chart(ChartData("bar", ("a", "b"), (Series("s", (1.0, 2.0)),), "x"), "A chart", None, NOWHERE)
SQUARE = Picture("a.png", "A picture", 100, 100, None, NOWHERE)
FORMULA = Equation("E/N", "E/N", (), 4.0, 2.0, NOWHERE)


def points(*items: str) -> Text:
    return Text(tuple(Paragraph((Run(item),), 1) for item in items), NOWHERE)


def code(*lines: str) -> Code:
    return Code(tuple((Run(line, code=True),) for line in lines), "python", NOWHERE)


def table(*rows: str) -> Table:
    cells = tuple(tuple(Cell(((Run(cell),),)) for cell in row.split("|")) for row in rows)
    return Table(cells, len(cells[0]), 1, None, "A table", NOWHERE)


def placed(*blocks: Block) -> list[Placed]:
    (slide,) = Fitter(GEOMETRY, TYPEFACE).slide(Slide("k", (Run("Title"),), "", blocks, Notes(), None, NOWHERE))
    return list(slide.placed)


def middle(one: Placed) -> float:
    """Where the middle of a block is, as a share of the height of the place for content."""
    return (one.y + one.height / 2 - AREA.y) / AREA.height


POINT = "A point of about forty letters, no more"


@pytest.mark.parametrize(("count", "size"), [(2, 32), (3, 32), (4, 32), (5, 28), (6, 28), (7, 24), (8, 22), (10, 22)])
def test_type_is_the_larger_the_fewer_points_there_are_in_few_steps(count: int, size: int) -> None:
    assert placed(points(*[POINT] * count))[0].size == size


def test_a_sentence_alone_is_large_and_in_the_upper_middle() -> None:
    (only,) = placed(points("One sentence that stands by itself"))
    assert (only.size, only.role) == (36, "body")
    assert 0.3 < middle(only) < 0.5


@pytest.mark.parametrize(("count", "size"), [(1, 29), (4, 29), (5, 23)])
def test_few_lines_of_code_alone_are_large_and_in_the_upper_middle(count: int, size: int) -> None:
    (only,) = placed(code(*["int middle = (low + high) / 2;"] * count))
    assert only.size == size
    assert 0.2 < middle(only) < 0.6


def test_a_long_line_of_code_alone_stays_whole() -> None:
    (only,) = placed(code("print(" + "a_name + " * 6 + "1)"))
    assert len(only.lines[0].lines) == 1
    assert only.size < 29


def test_points_are_spread_over_the_height_and_a_list_of_works_is_not() -> None:
    few, many = placed(points(*[POINT] * 3))[0], placed(points(*[POINT] * 7))[0]
    gaps = [after.y - before.y - before.height for before, after in pairwise(few.lines)]
    assert min(gaps) > 0.9 * few.size
    assert many.air < few.air
    (works,) = placed(Text((Paragraph((Run("A work"),)),) * 2, NOWHERE, type="reference"))
    assert (works.size, works.air, works.y) == (GEOMETRY.sizes.reference, 0, AREA.y)


def test_slides_of_about_one_length_begin_at_one_place() -> None:
    tops = {round(placed(points(*[POINT] * count))[0].y - AREA.y) for count in (3, 4, 5, 6, 7)}
    assert len(tops) <= 2


def test_one_word_more_changes_no_size() -> None:
    words = ["word"] * 6
    sizes = [placed(points(" ".join([*words, *["more"] * more]), *[POINT] * 2))[0].size for more in range(8)]
    assert set(sizes) == {32}


def test_a_text_alone_has_a_box_to_the_foot_so_that_people_can_go_on() -> None:
    (only,) = placed(points(*[POINT] * 3))
    assert only.y + only.height == pytest.approx(AREA.bottom)


def test_tables_code_and_timelines_follow_the_size_of_a_templates_text() -> None:
    hall, plain = (read_template(BUILT_IN / f"{name}.pptx", NOWHERE).geometry.sizes for name in ("hall", "plain"))
    assert hall.body > 1.2 * plain.body
    for name in ("table", "code", "timeline", "equation", "box_title", "column_heading"):
        assert getattr(hall, name) == pytest.approx(getattr(plain, name) * hall.body / plain.body, abs=0.5)


def test_a_quotation_alone_is_large_and_not_at_the_very_top() -> None:
    (only,) = placed(Quote(((Run("Some words of somebody"),),), (Run("Somebody"),), NOWHERE))
    assert only.size == 32
    assert only.y > AREA.y + 0.1 * AREA.height


@pytest.mark.parametrize(("words", "size"), [("Rare things stay rare. ", 32), ("Rare things stay rare. " * 17, 28)])
def test_a_box_alone_is_large_where_its_words_are_few(words: str, size: int) -> None:
    (only,) = placed(Box((Run("Note"),), (Paragraph((Run(words.strip()),)),), NOWHERE))
    assert only.size == size


def test_a_low_graph_alone_stands_in_the_upper_middle() -> None:
    nodes = tuple(DiagramNode(x, 20, 80, 40, "rect", ("read",)) for x in (40, 240, 440))
    (only,) = placed(Diagram(nodes, (), 480, 40, 14, "A graph", None, NOWHERE))
    assert 0.15 < (only.y - AREA.y) / AREA.height < 0.45


def test_pictures_do_not_get_smaller_for_larger_type() -> None:
    text, picture = points(*[POINT] * 3), Picture("a.png", "A picture", 100, 100, None, NOWHERE)
    beside = placed(text, picture)
    assert beside[1].x > beside[0].x + beside[0].width
    assert beside[0].size == 28
    assert beside[1].height > 0.95 * AREA.height


def test_larger_type_above_a_picture_does_not_make_that_smaller_than_beside_words() -> None:
    """Its box was as large below two lines as beside them, and it filled half of that."""
    text, picture = points("A point of eight words, which is all there is"), replace(SQUARE, height_px=105)
    words, seen = placed(text, picture)
    assert seen.x > words.x + words.width
    assert picture_box(seen)[3] > 0.9 * AREA.height


def test_a_chart_stands_below_a_sentence_and_beside_many_words() -> None:
    """Beside one sentence it had half of the slide, and its labels no room."""
    (above, below), (left, right) = (
        placed(words, CHART) for words in (points("One sentence."), points(*["Words"] * 6))
    )
    assert below.y >= above.y + above.height
    assert below.width == AREA.width
    assert right.x >= left.x + left.width


def test_type_is_a_step_smaller_where_a_picture_is_much_larger_beside_it() -> None:
    """A name that is too wide for a narrow column at the natural size put a picture below it, a third as large."""
    words, seen = placed(points("Drawn by " + "x" * 38, POINT, POINT), replace(SQUARE, height_px=80))
    assert words.size < GEOMETRY.sizes.body
    assert seen.x > words.x + words.width


@pytest.mark.parametrize("words", [[], [POINT]])
def test_a_caption_stands_beside_a_picture_that_is_larger_for_it(words: list[str]) -> None:
    caption = Caption("Figure 1", (Run("What is seen from the north of it, " * 6),))
    more = [replace(points(*[POINT] * 2), type="legend")] * (not words)
    found = placed(*[points(one) for one in words], replace(SQUARE, caption=caption), *more)
    seen = next(one for one in found if isinstance(one.block, Picture))
    legend = found[-1]
    assert isinstance(legend.block, Text)
    assert legend.block.type == "legend"
    assert seen.block.caption is None
    assert legend.x + legend.width < seen.x
    assert legend.y + legend.height == pytest.approx(seen.y + seen.height)
    assert picture_box(seen)[3] >= AREA.height - 0.1


def test_a_short_caption_stays_below_its_picture() -> None:
    for words in ([], [points(POINT)]):
        *_, seen = placed(*words, replace(SQUARE, caption=Caption("Figure 1", (Run("A map"),))))
        assert seen.caption_height


def test_words_beside_a_picture_that_is_not_tall_are_narrow_where_that_makes_it_larger() -> None:
    wide, tall = (Picture("a.png", "A picture", 200, high, None, NOWHERE) for high in (100, 400))
    words, seen = placed(points(*["Short point"] * 3), wide)
    assert words.width < 0.36 * AREA.width + 1
    assert seen.x > words.x + words.width
    assert seen.width > 0.55 * AREA.width
    assert placed(points(*["Short point"] * 3), tall)[0].width > 0.45 * AREA.width


def test_a_chart_below_words_keeps_its_height() -> None:
    wide = replace(CHART, data=replace(CHART.data, categories=("a", "a name of more than twenty-four letters")))
    text, chart = placed(points(*[POINT] * 3), wide)
    assert text.size == GEOMETRY.sizes.body
    assert chart.y + chart.height == pytest.approx(AREA.bottom)


def test_a_small_table_is_as_wide_as_its_words_need_in_larger_type() -> None:
    (small,) = placed(table("Force|Number", "Tanks|5", "Cars|10"))
    assert small.size == 25
    assert sum(small.column_widths) < 0.6 * AREA.width
    assert small.air > 0
    (wide,) = placed(table("What is counted|People|Who says so", *["Sentenced by two bodies|29,198|Duan, 2010"] * 3))
    assert sum(wide.column_widths) == pytest.approx(AREA.width)


def test_larger_type_breaks_no_more_lines_in_a_table() -> None:
    words = "settled along the rivers and registered in a country"
    (only,) = placed(table("Number|What is counted|Who says so", f"1|{words}|Somebody, 2010"))
    lines = (only.row_heights[1] - only.air) // (only.size * TYPEFACE.pitch)
    assert (only.size, lines) == (22, 1)


def test_a_formula_is_large_on_a_tint_with_its_letters_beside_it() -> None:
    formula, letters = placed(FORMULA, points("E: people executed", "N: people counted"))
    assert (formula.role, letters.role) == ("tint", "body")
    assert (formula.size, letters.size) == (52, 28)
    assert letters.x > formula.x + formula.width
    assert abs(middle(formula) - middle(letters)) < 0.05


def test_a_formula_of_several_rows_takes_the_room_that_is_left() -> None:
    tall = Equation("rows", "rows", (), 10.0, (AREA.height - 24) / 17.4, NOWHERE)
    (formula,) = placed(tall)
    assert (formula.size, formula.size < GEOMETRY.sizes.equation) == (17, True)


def test_words_and_a_formula_of_several_rows_stand_side_by_side_where_they_do_not_fit_below_each_other() -> None:
    tall = Equation("rows", "rows", (), 10.0, (AREA.height - 24) / GEOMETRY.sizes.equation_floor - 0.1, NOWHERE)
    words, formula = placed(points(*[POINT] * 4), tall)
    assert formula.x > words.x + words.width
    assert formula.y + formula.height <= AREA.bottom + 0.5


def test_words_that_lead_to_a_formula_stand_above_it() -> None:
    words, formula, letters = placed(points("A share needs its base"), FORMULA, points("E: people executed"))
    assert words.y + words.height < formula.y
    assert letters.x > formula.x + formula.width
    assert (words.role, letters.role) == ("body", "")


def test_code_stands_beside_its_result_where_both_can_be_read() -> None:
    source, result = placed(code("theta = grid(0, 1)", "post = prior * like"), code("0.25"))
    assert result.x > source.x + source.width
    assert source.y == result.y
    long = placed(code("x = " + "a_long_name + " * 5), code("0.25"))
    assert long[0].x == long[1].x


def test_a_picture_stands_below_the_code_that_draws_it_where_it_is_larger_there() -> None:
    wide, tall = (replace(SQUARE, width_px=width) for width in (240, 100))
    lines, seen = placed(code("print(1)", "show()"), wide)
    assert seen.y > lines.y + lines.height
    lines, seen = placed(code("print(1)", "show()"), tall)
    assert seen.x > lines.x + lines.width


def test_code_whose_lines_would_be_cut_stands_above_its_result() -> None:
    geometry = replace(GEOMETRY, sizes=replace(GEOMETRY.sizes, code_floor=16))
    blocks = code("x = " + "a_long_name + " * 3), code("0.25")
    slide = Slide("k", (Run("A"),), "", blocks, Notes(), None, NOWHERE)
    (fitted,) = Fitter(geometry, TYPEFACE).slide(slide)
    assert fitted.placed[0].x == fitted.placed[1].x


def test_two_figures_fill_the_width() -> None:
    left, right = placed(CHART, CHART)
    assert left.y == right.y
    assert right.x + right.width == pytest.approx(AREA.x + AREA.width)
    assert left.width == pytest.approx(right.width)


def test_narrow_tables_stand_beside_each_other() -> None:
    narrow, wide = table("a|b", "1|2", "3|4"), table("a|b", f"{POINT} {POINT}|2")
    first, second, third = placed(narrow, narrow, wide)
    assert (first.y, first.row_heights) == (second.y, second.row_heights)
    assert second.x > first.x + first.width
    assert third.y > second.y + second.height


def test_the_only_point_of_a_slide_is_a_sentence() -> None:
    def levels(*blocks: Block) -> list[int]:
        return [one.level for item in placed(*blocks) if isinstance(item.block, Text) for one in item.block.paragraphs]

    assert levels(points(POINT)) == [0]
    assert levels(points(POINT), SQUARE) == [0]
    assert levels(points(POINT), SQUARE, replace(points(POINT), type="legend")) == [0, 1]
    assert levels(points(POINT, POINT)) == [1, 1]
    assert levels(points(POINT), FORMULA, points(POINT)) == [1, 1]
    assert levels(points(POINT * 12)) == [1]
    numbered = Text((Paragraph((Run(POINT),), 1, "1."),), NOWHERE)
    assert levels(numbered) == [1]


def photograph(width: int, height: int, name: str = "a.jpg") -> Picture:
    return Picture(name, "A photograph", width, height, None, NOWHERE)


def slide_of(title: str, *blocks: Block) -> FittedSlide:
    slide = Slide("k", (Run(title),), "", blocks, Notes(), None, NOWHERE)
    return Fitter(GEOMETRY, TYPEFACE).slide(slide)[0]


def test_a_tall_photograph_stands_at_the_edge_from_top_to_foot_with_title_and_words_beside_it() -> None:
    slide = slide_of("A title", points(*[POINT] * 3), photograph(300, 400))
    words, picture = slide.placed
    assert (picture.y, picture.x + picture.width) == (0, pytest.approx(GEOMETRY.width))
    assert picture.height > 0.85 * GEOMETRY.height
    assert words.x + words.width < picture.x
    assert slide.title_box is not None
    assert slide.title_box.x + slide.title_box.width < picture.x


@pytest.mark.parametrize(
    ("title", "picture"),
    [
        ("A title", photograph(300, 400, "drawing.svg")),
        ("A title", photograph(400, 300)),
        ("A title that is so long that it takes the whole width of the slide on two lines, and has no words to lose "
         "to anybody", photograph(300, 400)),
    ],
    ids=["a drawing", "a wide one", "a long title"],
)  # fmt: skip
def test_other_pictures_stay_inside_of_the_margins(title: str, picture: Picture) -> None:
    slide = slide_of(title, points(*[POINT] * 3), picture)
    assert slide.placed[1].x + slide.placed[1].width <= AREA.x + AREA.width + 0.01
    assert slide.title_box is None


LONG_TITLE = "A title that is so long that it needs two lines on this slide and leaves no room to anybody else there"


@pytest.mark.parametrize(
    ("title", "drawn", "is_higher"),
    [("A title", (), True), (LONG_TITLE, (), False), ("A title", (Area(0, AREA.y - 12, 960, 2),), False)],
    ids=["one line", "two lines", "a rule of the template below it"],
)
def test_a_picture_alone_begins_below_a_title_of_one_line(title: str, drawn: tuple[Area, ...], is_higher: bool) -> None:
    """There was an empty line between a short title and a picture that could be larger."""
    look = replace(GEOMETRY.looks["content"], occupied=drawn)
    geometry = replace(GEOMETRY, looks={**GEOMETRY.looks, "content": look})
    slide = Slide("k", (Run(title),), "", (photograph(300, 400, "a.svg"),), Notes(), None, NOWHERE)
    (fitted,) = Fitter(geometry, TYPEFACE).slide(slide)
    (picture,) = fitted.placed
    assert (picture.y < AREA.y - 10) is is_higher
    assert picture.y + picture.height <= AREA.bottom + 0.01
    assert picture.y > GEOMETRY.title.y + len(fitted.title_lines) * fitted.title_size


def test_a_photograph_does_not_cover_what_a_template_shows_there() -> None:
    logo = Area(GEOMETRY.width - 90, 20, 60, 30)
    look = replace(GEOMETRY.looks["content"], occupied=(logo,))
    geometry = replace(GEOMETRY, looks={**GEOMETRY.looks, "content": look})
    slide = Slide("k", (Run("A"),), "", (points("One", "Two"), photograph(300, 400)), Notes(), None, NOWHERE)
    (fitted,) = Fitter(geometry, TYPEFACE).slide(slide)
    assert fitted.title_box is None


def test_a_photograph_stays_in_its_place_where_titles_stand_beside_the_content() -> None:
    geometry = read_template(BUILT_IN / "gallery.pptx", NOWHERE).geometry
    slide = Slide("k", (Run("A"),), "", (points("One", "Two"), photograph(300, 500)), Notes(), None, NOWHERE)
    (fitted,) = Fitter(geometry, TYPEFACE).slide(slide)
    assert fitted.title_box is None


@pytest.mark.parametrize(("shapes", "rows"), [("wtw", 1), ("wwwww", 2), ("tttt", 1), ("wtwtww", 2)])
def test_pictures_of_a_row_have_one_height(shapes: str, rows: int) -> None:
    sizes = {"w": (300, 200), "t": (200, 300)}
    caption = Caption("", (Run("A few words"),))
    found = placed(*(Picture("a.png", "A", *sizes[one], caption, NOWHERE) for one in shapes))
    heights: dict[float, set[float]] = {}
    for one in found:
        heights.setdefault(one.y, set()).add(round(one.height - one.caption_height, 1))
    assert [len(row) for row in heights.values()] == [1] * rows


DATES = (("13 August 1937", 13), ("24 August 1937", 24), ("28 August 1937", 28), ("5 September 1937", 36))


def test_events_stand_to_scale_where_their_dates_are_days() -> None:
    events = tuple(Event(date, "Something") for date, _ in DATES)
    days = tuple(day for _, day in DATES)
    (only,) = placed(Timeline(events, "alt", None, NOWHERE, days=days))
    dots = [one.dot[0] for one in placed_events(only, TYPEFACE)]
    scale = (dots[-1] - dots[0]) / (days[-1] - days[0])
    assert [round(x - dots[0]) for x in dots] == [round((day - days[0]) * scale) for day in days]
    assert dots[-1] - dots[0] > 0.95 * AREA.width
    (even,) = placed(Timeline(events, "alt", None, NOWHERE))
    steps = [after.dot[0] - before.dot[0] for before, after in pairwise(placed_events(even, TYPEFACE))]
    assert max(steps) - min(steps) < 0.01


def near(a: Area, b: Area, room: float) -> bool:
    """True if two boxes are nearer to each other than ``room`` points."""
    across = max(a.x, b.x) - min(a.x + a.width, b.x + b.width)
    return across < room and max(a.y, b.y) - min(a.bottom, b.bottom) < room


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(1, 9)), min_size=2, max_size=9))
def test_no_label_lies_on_another_or_on_the_stem_of_another(found: list[tuple[int, int]]) -> None:
    found = sorted(found)
    events = tuple(Event(f"{day} AD", "something " * words) for day, words in found)
    slide = Slide(
        "k", (Run("A"),), "",
        (Timeline(events, "alt", None, NOWHERE, days=tuple(day for day, _ in found)),), Notes(), None, NOWHERE,
    )  # fmt: skip
    for part in Fitter(GEOMETRY, TYPEFACE).slide(slide):
        for one, other in permutations(placed_events(part.placed[0], TYPEFACE), 2):
            assert not near(one.words, other.words, 10)
            assert not near(one.words, other.stem, 1)


def test_a_label_that_is_moved_from_the_edge_does_not_lie_on_a_stem() -> None:
    rows = Rows(100.0, 2)
    rows.stems[True].append(80.0)
    label = rows.add(0, 95.0, Words(50.0, 20.0, ("Words",), fits=True))
    assert label is not None
    assert (label.x, label.above) == (50.0, False)


def test_many_events_stand_in_two_rows_before_they_stand_on_two_slides() -> None:
    events = tuple(Event(f"1{number:03}", "Something longer that happened in that year") for number in range(12))
    (only,) = placed(Timeline(events, "alt", None, NOWHERE))
    assert len({round(one.words.y) for one in placed_events(only, TYPEFACE) if not one.above}) == 2


CHAPTER = """# Chapter

{.slide}
## Points

{.slide}
- The left course was disowned
- Its leaders were blamed for it

{.slide}
## Table

{.slide}
| Force | Number |
|---|---|
| Tanks | 5 |
"""


def test_sizes_are_written_and_text_stays_in_its_placeholder(book: Book) -> None:
    result = book.build(CHAPTER, "--to", "pptx")
    assert result.status == 0, result.errors
    _, first, second = list(result.deck().slides)[-3:]
    body = next(shape for shape in first.placeholders if "disowned" in shape.text_frame.text)
    assert {run.font.size for paragraph in body.text_frame.paragraphs for run in paragraph.runs} == {Pt(32)}
    assert body.text_frame.paragraphs[1].space_before > Pt(32)
    grid = next(shape.table for shape in second.shapes if shape.has_table)
    assert grid.cell(1, 0).margin_top > Pt(7)


LIT = """# Chapter

{.slide}
## Table

{.slide}
| Number | What |
|---:|---|
| 20,099 | sentenced |
| [20,474]{.lit} | rehabilitated |

{.slide}
## Code

```{code-block} python
:class: slide
:emphasize-lines: 2
prior = 1
post = prior * 2
```
"""


def test_the_row_and_the_lines_that_matter_are_lit(book: Book) -> None:
    result = book.build(LIT, "--to", "pptx,html")
    assert (result.status, result.errors) == (0, "")
    first, second = list(result.deck().slides)[-2:]
    cells = next(shape.table for shape in first.shapes if shape.has_table)._tbl.xpath(".//a:tc")
    lit = [bool(cell.xpath(".//a:tcPr/a:solidFill/a:schemeClr[@val='accent3']/a:alpha")) for cell in cells]
    assert lit == [False] * 4 + [True] * 2
    inks = [bool(cell.xpath(".//a:rPr/a:solidFill/a:schemeClr[@val='tx1']")) for cell in cells]
    assert inks == lit  # it lies on the slide, whose text may be light where rows of the style are
    shapes = {shape.name: shape for shape in second.shapes}
    band, code = shapes["Lit line"], shapes["Code"]
    pitch = Pt(code.text_frame.paragraphs[0].runs[0].font.size.pt * 1.2)
    assert abs(band.top + band.height / 2 - code.top - code.text_frame.margin_top - 1.5 * pitch) < Pt(4)
    assert band.width == code.width
    assert '<span class="lit">20,474</span>' in (result.folder / "_build/html/chapter.html").read_text()


def test_each_rule_has_a_row_on_the_page_of_rules() -> None:
    page = (Path(__file__).parent.parent.parent / "docs/composition.md").read_text(encoding="utf-8")
    assert [rule.name for rule in COMPOSITIONS if f"**{rule.name}**" not in page] == []


def test_a_row_of_pictures_has_room_above_it() -> None:
    """It lay at the top of an empty slide."""
    row = [photograph(300, 150)] * 3
    (grid,) = placed(PictureGrid(tuple(row), (), NOWHERE))
    first = grid.inside[0]
    above, below = first.y - AREA.y, AREA.bottom - first.y - first.height
    assert 0 < above < below
    gallery = placed(*row[:2])
    assert gallery[0].y > AREA.y


def test_blocks_that_touch_are_in_one_column() -> None:
    boxes = [Placed(points(POINT), x, 0, 100, 50, 20) for x in (0, 100, 201)]
    assert [[one.x for one in column] for column in columns_of(boxes)] == [[0, 100], [201]]


def test_pictures_below_each_other_have_a_gap_between_each_two() -> None:
    found = placed(points(POINT), *(photograph(300, 200) for _ in range(6)))
    rows = sorted({one.y for one in found[1:]})
    assert len(rows) > 1
    for one in found[1:]:
        assert one.y + one.height <= AREA.bottom + 0.5
        below = [y for y in rows if y > one.y]
        assert all(one.y + one.height <= y - GAP + 0.5 for y in below)


@pytest.mark.parametrize("count", [4, 5, 6, 9])
def test_a_grid_of_pictures_stays_in_its_height(count: int) -> None:
    pictures = tuple(photograph(300, 200) for _ in range(count))
    (grid,) = placed(PictureGrid(pictures, (), NOWHERE))
    assert max(one.y + one.height for one in grid.inside) <= AREA.bottom + 0.5
    tops = sorted({one.y for one in grid.inside})
    assert len(tops) > 1
    for one in grid.inside:
        assert all(one.y + one.height <= y - GRID_GAP + 0.5 for y in tops if y > one.y)


def test_a_gallery_needs_its_rows_and_the_gaps_between_them() -> None:
    def measure(picture: Picture, width: float) -> Measured:
        return Measured(picture, 10, 50, 60)

    pictures = tuple(photograph(300, 200) for _ in range(5))
    found = Gallery(pictures, 2 * NARROWEST_CELL + GAP, measure).measured()  # so wide that two stand side by side
    assert found.height == 3 * 50 + 2 * GAP
    assert found.wanted == 5 * 60 + 4 * GAP

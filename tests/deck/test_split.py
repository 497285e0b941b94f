"""Where what is too long for a slide is cut: no point, row of a head, or box is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.deck.blocks import Box, Cell, Code, Equation, Panel, Picture, Table, Text
from builder.deck.fit import Fitter
from builder.deck.geometry import Geometry
from builder.deck.kinds import measure, with_inner
from builder.deck.lines import Typeface
from builder.deck.model import Block, FittedSlide, Notes, Paragraph, Run, Slide, plain
from builder.deck.pieces import VERSE
from builder.deck.rescue import rescued
from builder.deck.split import FAIR, GOOD, LAST_RESORT, POOR, content_of, largest, part_of, split_at, split_points
from builder.errors import Source
from builder.pptx.template.reading import BUILT_IN, read_template
from builder.typeset.math.formulas import Formulas

HERE = Source("chapter.md", 7)
GEOMETRY: Geometry = read_template(BUILT_IN / "plain.pptx", HERE).geometry
TYPEFACE = Typeface("Arial", Formulas())


def text(*levels: int) -> Text:
    return Text(tuple(Paragraph((Run(f"point {i}"),), level, "", HERE) for i, level in enumerate(levels)), HERE)


def qualities(*blocks: Block) -> list[tuple[int, int, int]]:
    """(block, point, quality) of each place where blocks may be divided, but for the end."""
    return [(one.block, one.point, one.quality) for one in content_of(blocks).breaks[:-1]]


def test_a_first_or_last_point_is_rather_not_left_alone() -> None:
    assert qualities(text(1, 1, 1, 1)) == [(0, 1, POOR), (0, 2, GOOD), (0, 3, POOR)]
    assert qualities(text(1, 1)) == [(0, 1, GOOD)]  # there is no other place


def test_points_go_with_what_stands_below_them() -> None:
    assert list(split_points(text(1, 2, 2, 1, 2))) == [3]
    assert qualities(text(1, 2, 1, 2)) == [(0, 1, LAST_RESORT), (0, 2, GOOD), (0, 3, LAST_RESORT)]


def paragraph(words: str, *, bold: bool = False, italic: bool = False) -> Text:
    return Text((Paragraph((Run(words, bold=bold, italic=italic),), 0, "", HERE),), HERE)


EQUATION = Equation("x", "x", (), 1.0, 1.0, HERE)
PICTURE = Picture("a.png", "A field", 40, 20, None, HERE)


@pytest.mark.parametrize(
    ("first", "second", "quality"),
    [
        (paragraph("As follows:"), text(1, 1), POOR),
        (paragraph("A heading", bold=True), text(1, 1), POOR),
        (paragraph("It is so."), EQUATION, POOR),
        (Box((Run("Theorem"),), text(0).paragraphs, HERE), EQUATION, POOR),
        (EQUATION, paragraph("where x is the rate."), POOR),
        (EQUATION, paragraph("The rate is known."), GOOD),
        (paragraph("It is so."), text(1, 1), GOOD),
        (PICTURE, paragraph("Seen by Ann Lee, 2001", italic=True), POOR),
        (PICTURE, paragraph("It is so."), GOOD),
        (PICTURE, paragraph("It is so, in many words that go on. " * 5, italic=True), GOOD),
    ],
)  # fmt: skip
def test_what_leads_to_something_stands_with_it(first: Block, second: Block, quality: int) -> None:
    assert (1, 0, quality) in qualities(first, second)


def test_the_last_sentence_before_a_list_goes_with_the_list() -> None:
    lead = Text((*text(0, 0).paragraphs, *paragraph("As follows:").paragraphs), HERE)
    assert qualities(lead, text(1))[:3] == [(0, 1, GOOD), (0, 2, GOOD), (1, 0, POOR)]


@pytest.mark.parametrize("span", [1, 3])
def test_a_table_is_not_cut_through_a_cell_that_spans_rows(span: int) -> None:
    rows = ((Cell(((Run("Head"),),)),), (Cell(((Run("tall"),),), rowspan=span),), (Cell(()),), (Cell(()),), (Cell(()),))
    table = Table(rows, 1, 1, None, "A table", HERE)
    assert list(split_points(table)) == ([2, 3, 4] if span == 1 else [4])
    first, second = split_at(table, 4)
    assert second.rows[0] == table.rows[0], "the head is repeated"
    assert len(first.rows) + len(second.rows) == len(rows) + 1


def test_code_is_best_cut_at_a_blank_line() -> None:
    lines = tuple((Run(line, code=True),) if line else () for line in ["a", "b", "c", "d", "", "e", "f", "g"])
    code = Code(lines, "text", HERE)
    assert [quality for _, _, quality in qualities(code)] == [POOR, FAIR, FAIR, GOOD, FAIR, FAIR, POOR]
    first, second = split_at(code, 4)
    assert [plain(line) for line in (first.lines[-1], second.lines[0])] == ["d", "e"]


def test_a_blank_line_is_no_company_for_a_line_of_code() -> None:
    lines = ("", "first", *"abcdef", "", "last", "")
    found = qualities(Code(tuple((Run(line),) for line in lines), "text", HERE))
    assert [point for _, point, quality in found if quality == POOR] == [1, 2, 8, 9, 10]


def test_verse_is_best_cut_between_stanzas() -> None:
    verse = Text(tuple(Paragraph((Run(VERSE), Run(words)), 0, "", HERE) for words in ["a", "b", "", "c", "d"]), HERE)
    assert [quality for _, _, quality in qualities(verse)] == [FAIR, GOOD, FAIR, FAIR]
    first, second = split_at(verse, 2)
    assert isinstance(first, Text)
    assert isinstance(second, Text)
    assert [plain(one.runs).strip(VERSE) for one in (first.paragraphs[-1], second.paragraphs[0])] == ["b", "c"]


def test_a_line_of_code_that_is_broken_anyhow_makes_no_other_small() -> None:
    def size(*lengths: int) -> float:
        lines = tuple((Run("x" * length, code=True),) for length in lengths)
        return measure(Code(lines, "text", HERE), 800, 1.0, GEOMETRY, TYPEFACE).size

    long = (98, 99, 100)
    assert size(20, 4000) == size(20) == size(20, 100), "one may be cut"
    assert size(20) > size(20, *long) == size(20, *long, 4000)
    parts = split_at(Code(tuple((Run("x" * n, code=True),) for n in (20, *long, 4000)), "text", HERE), 1)
    assert {measure(part, 800, 1.0, GEOMETRY, TYPEFACE).size for part in parts} == {size(20, *long)}


@pytest.mark.parametrize(("lines", "quality"), [(7, POOR), (8, GOOD)])
def test_short_code_is_rather_not_cut(lines: int, quality: int) -> None:
    code = Code(((Run("x", code=True),),) * lines, "text", HERE)
    assert qualities(code)[3] == (0, 4, quality)


def fit(*blocks: Block) -> list[list[str]]:
    """The kinds of blocks on each slide that blocks are fitted to."""
    slide = Slide("key", (Run("Title"),), "", blocks, Notes(), None, HERE)
    return [[type(placed.block).__name__ for placed in part.placed] for part in Fitter(GEOMETRY, TYPEFACE).slide(slide)]


def box() -> Box:
    words = Paragraph((Run("a few words in a box " * 3),), 0, "", HERE)
    return Box((Run("Note"),), (words,), HERE)


@pytest.mark.parametrize(
    ("title", "second"),
    [
        ("Note", "Note"),
        (f"class Session(base, *, {'option=None, ' * 20})", "class Session(…)"),
        ("words " * 30, f"{('words ' * 20).strip()}…"),
    ],
)
def test_a_long_title_of_a_box_is_repeated_in_short(title: str, second: str) -> None:
    words = tuple(Paragraph((Run(name),), 0, "", HERE) for name in "ab")
    texts = tuple(Text((paragraph,), HERE) for paragraph in words)
    for block in (Box((Run(title),), words, HERE), Panel((Run(title),), texts, HERE)):
        parts = split_at(block, split_points(block)[0])
        assert [plain(part.title) for part in parts] == [title, second]


def test_a_box_is_not_left_alone_on_the_last_slide() -> None:
    filled = [Text((Paragraph((Run("words " * 40),), 0, "", HERE),), HERE) for _ in range(12)]
    split = [parts for count in range(2, len(filled) + 1) if len(parts := fit(*filled[:count], box())) > 1]
    assert len(split) > 4
    assert [parts for parts in split if parts[-1] == ["Box"]] == []


def test_a_block_that_must_stay_whole_has_no_place_to_be_split() -> None:
    assert (split_points(EQUATION), qualities(EQUATION)) == ((), [])


def test_the_first_part_of_a_slide_has_its_name_and_its_minutes() -> None:
    first, second = text(1), text(1, 1)
    slide = Slide("grain", (Run("Grain"),), "", (first, second), Notes(), None, HERE, named=True, minutes=4)
    one, two = part_of(slide, [first], 1, 2), part_of(slide, [second], 2, 2)
    assert (one.blocks, one.part, one.parts, one.key, one.named, one.minutes) == ((first,), 1, 2, "grain", True, 4)
    assert (two.blocks, two.part, two.parts, two.key, two.named, two.minutes) == ((second,), 2, 2, "grain/2", False, 0)


@pytest.mark.parametrize("most", [1, 2, 3, 7, 64, 1000])
def test_the_largest_that_fits_is_found_in_few_tries(most: int) -> None:
    for answer in {0, 1, min(2, most), most // 2, most - 1, most}:
        tried: list[int] = []
        assert largest(most, lambda count, answer=answer, tried=tried: tried.append(count) or count <= answer) == answer
        assert len(tried) <= 2 * max(answer, 1).bit_length()
        assert max(tried) <= min(most, 2 * answer or 1)


# --- what would stand whole on the next slide


def parts(*blocks: Block) -> list[FittedSlide]:
    return Fitter(GEOMETRY, TYPEFACE).slide(Slide("key", (Run("Title"),), "", blocks, Notes(), None, HERE))


SHORT_BLOCKS: dict[str, Block] = {
    "box": Box((Run("Note"),), text(*[0] * 4).paragraphs, HERE),
    "panel": Panel((Run("Proof"),), (paragraph("We see"), EQUATION, paragraph("and so on."), EQUATION), HERE),
    "code": Code(tuple((Run(f"line_{n}"),) for n in range(10)), "python", HERE),
}


@pytest.mark.parametrize(
    ("name", "before", "words", "after"),
    [
        ("box", 4, 20, 4),
        ("box", 6, 8, 4),
        ("panel", 2, 8, 2),
        ("panel", 5, 8, 4),
        ("code", 3, 20, 2),
        ("code", 6, 8, 4),
    ],
)
def test_a_short_block_is_rather_on_the_next_slide_than_divided(name: str, before: int, words: int, after: int) -> None:
    shown = parts(paragraphs(before, words), SHORT_BLOCKS[name], paragraphs(after, 20))
    assert SHORT_BLOCKS[name] in [block for part in shown for block in part.slide.blocks]


def paragraphs(count: int, words: int) -> Text:
    return Text(tuple(Paragraph((Run("words " * words),), 0, "", HERE) for _ in range(count)), HERE)


def test_works_with_many_words_stand_on_several_slides() -> None:
    works = Text(tuple(Paragraph((Run(f"Author {n}. " + "Title " * 12),), 0, "", HERE) for n in range(12)), HERE)
    shown = [part.slide.blocks[0] for part in parts(replace(works, type="reference"))]
    assert all(isinstance(block, Text) for block in shown)
    counts = [len(plain(run.runs).split()) for block in shown for run in block.paragraphs]
    assert sum(counts) == 12 * 14
    assert max(sum(len(plain(one.runs).split()) for one in block.paragraphs) for block in shown) <= 80


def test_few_works_share_a_slide_though_one_has_many_words() -> None:
    words = (10, 72, 17, 18)
    works = Text(tuple(Paragraph((Run("Author " * count),), 0, "", HERE) for count in words), HERE, type="reference")
    assert len(parts(works)) == 1
    assert len(parts(replace(works, paragraphs=works.paragraphs[1:2] * 4))) > 1


def test_of_a_panel_with_a_formula_that_fills_a_slide_all_is_shown() -> None:
    tall = Equation("x", "x", (), 5.0, GEOMETRY.content.height / 16 - 3, HERE)
    panel = Panel((Run("Theorem"),), (paragraph("Before it."), tall, paragraph("Behind it.")), HERE)
    slide = Slide("key", (Run("Title"),), "", (panel,), Notes(), None, HERE)
    shown, errors = rescued(slide, Fitter(GEOMETRY, TYPEFACE).slide)
    blocks = [block for part in shown for block in with_inner(part.slide.blocks)]
    assert (errors, [block for block in blocks if isinstance(block, Equation)]) == ([], [tall])
    words = [plain(one.runs) for block in blocks if isinstance(block, Text) for one in block.paragraphs]
    assert words == ["Theorem", "Before it.", "Behind it."]


def test_a_sentence_before_a_formula_that_fills_a_slide_is_not_as_small_as_that() -> None:
    tall = Equation("x", "x", (), 40.0, GEOMETRY.content.height / 16 - 3, HERE)
    first, second = parts(paragraph("It is often just a matrix."), tall)
    assert first.placed[0].size > second.placed[0].size + 4


@pytest.mark.parametrize(("rows", "expected"), [(5, [[Table, Table], [Picture]]), (6, [[Table], [Table], [Picture]])])
def test_a_short_table_is_not_torn_and_a_picture_is_not_small_for_it(rows: int, expected: list[list[type]]) -> None:
    """Half of the second table stood below the first one, and half of it above a picture that was small for it."""
    cells = tuple(tuple(Cell(((Run("a longer word"),),)) for _ in range(6)) for _ in range(rows))
    table = Table(cells, 6, 1, None, "A table", HERE)
    found = parts(table, table, Picture("a.png", "A map", 300, 200, None, HERE))
    assert [[type(block) for block in part.slide.blocks] for part in found] == expected
    assert all(len(block.rows) == rows for part in found for block in part.slide.blocks if isinstance(block, Table))


def test_parts_of_a_table_are_as_wide_as_each_other() -> None:
    """The long name of a month in the second part made that one fill the slide, and the first two thirds of it."""
    rows = [("Month", "Days"), *((f"May {n}", str(n)) for n in range(20)), ("The longest month of all of them", "31")]
    cells = tuple(tuple(Cell(((Run(word),),)) for word in row) for row in rows)
    first, *others = (part.placed[0].column_widths for part in parts(Table(cells, 2, 1, None, "A table", HERE)))
    assert others
    assert all(one == pytest.approx(first) for one in others)

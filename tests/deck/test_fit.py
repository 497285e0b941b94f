"""Nothing leaves its box: text is scaled to the floor, then split at a sensible place."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.charts.data import Event
from builder.deck.blocks import Box, Cell, Code, Equation, Panel, Picture, Quote, Table, Text, Timeline
from builder.deck.blocks.pictures import picture_box
from builder.deck.blocks.timelines import placed_events
from builder.deck.fit import Fitter
from builder.deck.geometry import Area, Geometry
from builder.deck.lines import Typeface, break_runs
from builder.deck.model import Block, Caption, Deck, FittedSlide, Notes, Paragraph, Run, Slide, plain
from builder.deck.words import words_of
from builder.errors import AuthorError, Source
from builder.pptx.template.reading import BUILT_IN, read_template
from builder.source.pictures.sizes import Asked
from builder.typeset import fonts
from builder.typeset.math.formulas import Formulas
from builder.typeset.measure import face

HERE = Source("chapter.md", 7)
GEOMETRY: Geometry = read_template(BUILT_IN / "plain.pptx", HERE).geometry
TYPEFACE = Typeface("Arial", Formulas())


def slide(*blocks) -> Slide:
    return Slide("key", (Run("Title"),), "", blocks, Notes(), None, HERE)


def text(*items: str, level: int = 1) -> Text:
    return Text(tuple(Paragraph((Run(item),), level, "", HERE) for item in items), HERE)


def fit(*blocks) -> list[FittedSlide]:
    return Fitter(GEOMETRY, TYPEFACE).slide(slide(*blocks))


def inside(fitted: list[FittedSlide]) -> bool:
    area = GEOMETRY.content
    return all(
        placed.x >= area.x - 0.01
        and placed.y >= area.y - 0.01
        and placed.x + placed.width <= area.x + area.width + 0.6
        and placed.y + placed.height <= area.bottom + 0.6
        for one in fitted
        for placed in one.placed
    )


def test_what_fills_a_slide_keeps_the_templates_size() -> None:
    (only,) = fit(text(*["a line of the slide"] * 10))
    assert only.placed[0].size == GEOMETRY.sizes.body
    assert only.placed[0].role == "body"


def test_more_is_scaled_and_much_more_is_split_with_numbers() -> None:
    scaled = fit(text(*["a line of the slide"] * 12))
    assert len(scaled) == 1
    assert GEOMETRY.sizes.body_floor <= scaled[0].placed[0].size < GEOMETRY.sizes.body
    split = fit(text(*["a line of the slide"] * 30))
    assert [one.slide.heading for one in split] == [f"Title ({n}/{len(split)})" for n in range(1, len(split) + 1)]
    assert sum(len(placed.block.paragraphs) for one in split for placed in one.placed) == 30
    assert len(split[-1].placed[0].block.paragraphs) > 1
    assert inside(split)


@pytest.mark.parametrize(("count", "parts"), [(14, [7, 7]), (16, [8, 8]), (27, [9, 9, 9])])
def test_parts_have_the_same_number_of_points_at_full_size(count: int, parts: list[int]) -> None:
    split = fit(text(*["a point"] * count))
    assert [len(one.placed[0].block.paragraphs) for one in split] == parts
    assert {one.placed[0].size for one in split} == {GEOMETRY.sizes.body}


def test_a_long_point_is_cut_where_a_sentence_ends() -> None:
    words = "".join(f"{'word ' * (5 + number % 7)}end. " for number in range(80))
    pieces = [plain(one.placed[0].block.paragraphs[0].runs) for one in fit(text(words))]
    assert len(pieces) > 1
    assert {piece[-4:] for piece in pieces} == {"end."}


def test_subpoints_stay_with_their_point() -> None:
    paragraphs = [
        p
        for n in range(9)
        for p in (Paragraph((Run(f"point {n}"),), 1, "", HERE), Paragraph((Run("below"),), 2, "", HERE))
    ]
    parts = fit(Text(tuple(paragraphs), HERE))
    assert all(one.placed[0].block.paragraphs[0].level == 1 for one in parts)


def test_table_is_split_between_rows_with_its_head_repeated() -> None:
    rows = tuple((Cell(((Run(f"row {n}"),),)), Cell(((Run(str(n)),),))) for n in range(60))
    head = (Cell(((Run("Name"),),)), Cell(((Run("Number"),),)))
    parts = fit(Table((head, *rows), 2, 1, None, "", HERE))
    assert len(parts) > 1
    assert all(one.placed[0].block.rows[0] == head for one in parts)
    assert [plain(row[0].paragraphs[0]) for one in parts for row in one.placed[0].block.rows[1:]] == [
        f"row {n}" for n in range(60)
    ]
    assert inside(parts)


def test_code_is_split_at_a_blank_line() -> None:
    lines = tuple((Run(f"x = {n}", code=True),) if n % 9 else () for n in range(1, 60))
    parts = fit(Code(lines, "python", HERE))
    assert len(parts) > 1
    assert all(plain(one.placed[0].block.lines[0]).startswith("x") for one in parts)
    assert inside(parts)


def test_one_point_longer_than_a_slide_is_shown_whole_cut_between_its_sentences() -> None:
    sentence = "Here is a sentence of nine words, as asked. "
    parts = fit(text(sentence * 60))
    assert len(parts) == 2
    paragraphs = [one.placed[0].block.paragraphs[0] for one in parts]
    assert [(paragraph.level, paragraph.continues) for paragraph in paragraphs] == [(1, False), (1, True)]
    assert {plain(paragraph.runs)[-1] for paragraph in paragraphs} == {"."}
    assert " ".join(plain(paragraph.runs) for paragraph in paragraphs) == (sentence * 60).strip()
    assert len({placed.size for one in parts for placed in one.placed}) == 1


SENTENCES = "Here is a sentence of nine words, as asked. " * 80


@pytest.mark.parametrize(
    "block",
    [
        Quote(((Run(SENTENCES),),), (Run("An author"),), HERE),
        Box((Run("Note"),), (Paragraph((Run(SENTENCES),), 0, "", HERE),), HERE),
        Code(((Run("x = 1", code=True),), (Run("x" * 9000, code=True),)), "text", HERE),
        Panel((Run("Note"),), (text("before"), Code(((Run("x = 1", code=True),),) * 60, "text", HERE)), HERE),
        text(SENTENCES, "after"),
    ],
    ids=["quotation", "box", "line of code", "box with code", "point"],
)  # fmt: skip
def test_what_is_longer_than_a_slide_is_shown_whole_on_several(block: Block) -> None:
    parts = fit(block)
    assert len(parts) > 1
    assert inside(parts)
    shown = "".join(line for part in parts for one in part.slide.blocks for line in words_of(one))
    for repeated in ("Note",):
        shown = shown.replace(repeated, "")
    wanted = "".join(words_of(block)).replace("Note", "")
    assert shown.replace(" ", "") == wanted.replace(" ", "")
    assert len({placed.size for part in parts for placed in part.placed}) == 1


def test_a_formula_wider_than_a_slide_is_an_error_with_its_place() -> None:
    with pytest.raises(AuthorError, match=r"chapter\.md:7: this does not fit on a slide"):
        fit(Equation("x", "x", (), 300, 1, HERE))


def test_every_slide_of_a_deck_is_tried_before_errors_are_told() -> None:
    wide = Equation("x", "x", (), 300, 1, HERE)
    deck = Deck("d", "D", "B", "A", "en-US", (slide(wide), slide(text("fine")), slide(wide)))
    fitted, errors = Fitter(GEOMETRY, TYPEFACE).deck(deck)
    assert len(errors) == 2
    assert [plain(slide.placed[0].block.paragraphs[0].runs) for slide in fitted.slides] == ["x", "fine", "x"]


WORDS = st.text(alphabet="abcdefghij mnopqrst uvwxyzÄöΩЖкү–-,.", min_size=1, max_size=120).filter(lambda s: s.strip())


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WORDS, st.integers(1, 3)), min_size=1, max_size=25))
def test_no_text_leaves_its_box(items: list[tuple[str, int]]) -> None:
    block = Text(tuple(Paragraph((Run(words),), level, "", HERE) for words, level in items), HERE)
    try:
        parts = fit(block)
    except AuthorError:
        return
    assert inside(parts)
    assert [plain(p.runs) for one in parts for placed in one.placed for p in placed.block.paragraphs] == [
        words for words, _ in items
    ]
    assert all(placed.size >= GEOMETRY.sizes.body_floor for one in parts for placed in one.placed)


def typst_lines(samples: list[str], width: float, size: float) -> list[int]:
    """How many lines Typst sets each sample in."""
    pitch = face("Arial").metrics.pitch
    bodies = ", ".join('"' + sample.replace("\\", "\\\\").replace('"', '\\"') + '"' for sample in samples)
    source = (
        f'#set text(font: "Arimo", size: {size}pt, hyphenate: false, top-edge: 0.8em, bottom-edge: -0.2em)\n'
        f'#set par(linebreaks: "simple", leading: {pitch - 1}em)\n#set smartquote(enabled: false)\n'
        f"#context [#metadata(({bodies},).map(s => measure(block(width: {width}pt, s)).height.pt()))<heights>]"
    )
    compiler = typst.Compiler(source.encode(), font_paths=fonts.typst_font_folders(), ignore_system_fonts=True)
    found = compiler.query("<heights>", field="value", one=True)
    import json

    heights = json.loads(found) if isinstance(found, str) else found
    return [round((height / size - 1) / pitch) + 1 for height in heights]


def test_our_line_breaks_are_those_that_typst_sets() -> None:
    words = [
        "the",
        "rising",
        "of",
        "spring",
        "nineteen",
        "hundred",
        "and",
        "thirty-two",
        "spread",
        "over",
        "six",
        "provinces,",
        "from",
        "Khövsgöl",
        "(Хөвсгөл)",
        "to",
        "Gobi-Altai;",
        "lamas",
        "led",
        "it",
    ]
    samples = [" ".join((words * 4)[start : start + 5 + start * 2]) for start in range(40)]
    ours = [len(break_runs((Run(sample),), 400, 22, TYPEFACE).lines) for sample in samples]
    assert ours == typst_lines(samples, 400, 22)


def timeline(count: int) -> Timeline:
    events = tuple(Event(f"{1900 + n}", f"What happened in the year with number {n}") for n in range(count))
    return Timeline(events, "alt", None, HERE, "")


def touch(a: Area, b: Area, room: float = 0.0) -> bool:
    """True if two boxes are nearer to each other than ``room`` points."""
    across = max(a.x, b.x) - min(a.x + a.width, b.x + b.width)
    return across < room and max(a.y, b.y) - min(a.bottom, b.bottom) < room


@pytest.mark.parametrize("count", [1, 2, 3, 6, 8])
def test_names_on_a_timeline_do_not_touch_each_other_nor_another_ones_stem(count: int) -> None:
    (only,) = fit(timeline(count))
    events = placed_events(only.placed[0], TYPEFACE)
    assert len(events) == count
    for one, other in permutations(events, 2):
        assert not touch(one.words, other.words, 10)
        assert not touch(one.words, other.stem, 1)
    left, right = GEOMETRY.content.x, GEOMETRY.content.x + GEOMETRY.content.width
    assert all(left - 0.01 <= one.words.x and one.words.x + one.words.width <= right + 0.01 for one in events)


@pytest.mark.parametrize(("count", "parts"), [(8, [8]), (14, [7, 7]), (17, [9, 8])])
def test_a_long_timeline_is_split_evenly(count: int, parts: list[int]) -> None:
    assert [len(one.placed[0].block.events) for one in fit(timeline(count))] == parts


@pytest.mark.parametrize("words", range(5, 80, 5))
def test_a_box_is_not_left_alone(words: int) -> None:
    box = Box((Run("To the room"),), (Paragraph((Run("A question that is asked. " * 8),), 0, "", HERE),), HERE)
    head = (Cell(((Run("Name"),),)), Cell(((Run("Number"),),)))
    table = Table(
        (head, *[(Cell(((Run(f"row {n}"),),)), Cell(((Run(str(n)),),))) for n in range(6)]), 2, 1, None, "", HERE
    )
    parts = fit(Quote(((Run("Words. " * words),),), (), HERE), table, box)
    assert [type(placed.block) for placed in parts[-1].placed] != [Box]


def picture(width: int, height: int, caption: str = "") -> Picture:
    return Picture("a.png", "A picture", width, height, Caption("Figure 1", (Run(caption),)) if caption else None, HERE)


@pytest.mark.parametrize(("width", "height"), [(600, 400), (400, 600), (1600, 400), (50, 2000)])
@pytest.mark.parametrize(
    "caption", ["", "A caption of some length that takes more than one line below a narrow picture"]
)
def test_a_picture_alone_on_its_slide_stands_in_the_middle(width: int, height: int, caption: str) -> None:
    area = GEOMETRY.content
    [fitted] = fit(picture(width, height, caption))
    [placed] = fitted.placed
    _, y, drawn, tall = picture_box(placed)
    assert abs((placed.x + placed.width / 2) - (area.x + area.width / 2)) < 0.01
    assert drawn <= placed.width + 0.01
    assert y + tall + placed.caption_height <= area.bottom + 0.5
    assert placed.width <= max(drawn, area.width * 0.4) + 25


def test_a_picture_alone_is_as_wide_as_its_author_asks_whatever_its_caption_takes() -> None:
    narrow = replace(
        picture(550, 106, "A caption of many words that takes three lines below it. " * 2), asked=Asked(share=0.5)
    )
    [fitted] = fit(narrow)
    assert picture_box(fitted.placed[0])[2] == pytest.approx(GEOMETRY.content.width / 2)


def test_a_wide_picture_is_not_put_beside_text() -> None:
    (beside,) = fit(text("one", "two"), picture(800, 600))
    assert beside.placed[1].x > beside.placed[0].x
    (below,) = fit(text("one", "two"), picture(2400, 600))
    assert below.placed[1].x == below.placed[0].x


@pytest.mark.parametrize(("words", "lines"), [(6, 1), (8, 1), (14, 2)])
def test_a_title_is_rather_smaller_than_on_two_lines(words: int, lines: int) -> None:
    one = Slide("key", (Run("several " * words),), "", (text("one"),), Notes(), None, HERE)
    (only,) = Fitter(GEOMETRY, TYPEFACE).slide(one)
    assert len(only.title_lines) == lines
    assert only.title_size >= GEOMETRY.sizes.title * 0.85

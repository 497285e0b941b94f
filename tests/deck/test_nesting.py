"""What items of lists hold beside words: text moves in, all else stands below its item, and the list goes on."""

from __future__ import annotations

from builder.deck.blocks import Code, Indented, Panel, Text
from builder.deck.model import Block, Paragraph, Run, plain
from builder.deck.nesting import below, headed, joined, opened
from builder.deck.split import split_at, split_points
from builder.errors import NOWHERE
from builder.pptx.timing import Step
from builder.pptx.timing import joined as appearing

from conftest import PNG, Book, bullets


def text(*levels: int) -> Text:
    return Text(tuple(Paragraph((Run(f"at {level}"),), level) for level in levels), NOWHERE)


CODE = Code(((Run("x = 1", code=True),),), "python", NOWHERE)


def seen(blocks: list[Block]) -> list[object]:
    """Level and words of each paragraph, ``·`` before the words of one that continues; depth and kind of others."""
    found: list[object] = []
    for block in blocks:
        if isinstance(block, Indented):
            found.append((block.depth, type(block.block).__name__))
        else:
            assert isinstance(block, Text)
            found += [(p.level, ("·" if p.continues else p.number) + plain(p.runs)) for p in block.paragraphs]
    return found


def test_text_below_an_item_moves_in_and_other_blocks_are_indented() -> None:
    assert seen(below([text(0, 1, 9), CODE], 2)) == [(2, "·at 0"), (3, "at 1"), (9, "at 9"), (2, "Code")]
    assert seen(below(below([CODE], 1), 3)) == [(4, "Code")]


def test_the_number_of_an_item_stands_before_its_first_words_and_alone_without_any() -> None:
    mark = Paragraph((), 1, "2.")
    assert seen(opened(below([text(0, 0)], 1), mark)) == [(1, "2.at 0"), (1, "·at 0")]
    assert seen(opened(below([CODE], 1), mark)) == [(1, "2.\u00a0"), (1, "Code")]
    assert seen(opened(below([CODE], 1), Paragraph((), 1))) == [(1, "Code")]


def test_texts_that_follow_each_other_are_one() -> None:
    assert len(joined([text(1), text(2), CODE, text(1)])) == 3


def test_a_name_stands_in_the_line_of_the_words_after_it_and_above_all_else() -> None:
    name = (Run("Returns:"),)
    assert seen(headed(name, [text(0, 0, 1)], NOWHERE)) == [(0, "Returns: at 0"), (1, "·at 0"), (1, "at 1")]
    assert seen(headed(name, [CODE], NOWHERE)) == [(0, "Returns:"), (1, "Code")]


def test_what_stands_below_an_item_appears_with_it() -> None:
    assert appearing([Step(1, 0, 0), Step(2)], 1) == [Step(1, 0, 0, (Step(2),))]
    assert appearing([Step(2)], 0) == [Step(2)]


STEPS = """# Chapter

## Steps

1. Install it:

   ```python
   import probe
   ```

   and then wait.
2. ![The panel](a.png)
3. Look it up:

   | low | high |
   |-----|------|
   | 1   | 2    |
4. {{ The }} end

   Term : class
   : - What it is
"""


def test_a_numbered_list_goes_on_after_what_stands_below_its_items(book: Book) -> None:
    book.write("a.png", PNG)
    result = book.build(STEPS, "--to", "pptx")
    shapes = [shape for slide in result.deck().slides for shape in slide.shapes]
    words = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    assert "import probe" in words
    assert "and then wait.\n\u00a0" in words
    assert [shape.table.cell(1, 1).text for shape in shapes if shape.has_table] == ["2"]
    starts = [node.get("startAt") for shape in shapes for node in shape._element.iter("{*}buAutoNum")]
    assert starts == ["1", "2", "3", "4"]
    assert [shape.name for shape in shapes if shape.shape_type == 13] == ["Picture"]


def test_a_list_in_a_list_in_a_definition_keeps_its_levels(book: Book) -> None:
    chapter = "# Chapter\n\n## Terms\n\nOffset\n: What it shows\n\n  - drift\n    1. of the amplifier\n\n  More of it\n"
    shown = bullets(book.build(chapter, "--to", "pptx").deck().slides[-1])
    assert shown == [(1, "Offset"), (2, "What it shows"), (3, "drift"), (4, "of the amplifier"), (2, "More of it")]


def test_options_and_fields_keep_all_that_they_hold(book: Book) -> None:
    book.write("index.rst", "Root\n====\n\n.. toctree::\n\n   chapter\n")
    (book.folder / "index.md").unlink()
    book.write(
        "chapter.rst",
        "Chapter\n=======\n\nOptions\n-------\n\n-a, --all FILE  All of it\n\n                - and more\n\n"
        ":Returns: 0, or\n\n   ::\n\n     -1\n\n:Raises:\n   - first\n   - second\n",
    )
    slide = book.build(None, "--to", "pptx").deck().slides[-1]
    words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame][1:4]
    assert words == ["-a, --all FILE\nAll of it\nand more", "Returns: 0, or", "-1"]
    assert "Raises:\nfirst\nsecond" in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_the_part_of_a_slide_that_begins_inside_of_an_item_appears_as_well(book: Book) -> None:
    subs = "".join(f"  - part {number} of what the term means, in some more words\n" for number in range(14))
    chapter = f"# One\n\n{{.slide}}\n## Terms\n\n{{.slide}}\nTerm\n: Its words.\n\n{subs}\n  More words.\n"
    result = book.build(chapter, "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    assert "More words." in [text for slide in list(result.deck().slides)[1:] for _, text in bullets(slide)]


BOX = ":::{admonition} Squares\n:class: slide\nThen\n\n$$\na\n$$\n\nholds:\n\n```python\nx\n```\n\n- and so on\n:::\n"


def test_a_box_keeps_the_order_of_text_and_what_is_none(book: Book) -> None:
    result = book.build(f"# Chapter\n\n## Section\n\n{BOX}", "--to", "pptx")
    shown = [shape for shape in result.deck().slides[-1].shapes if shape.name in ("Box", "Text", "Code", "Equation")]
    tops = [(shape.top, shape.text_frame.text) for shape in shown if shape.has_text_frame]
    assert [text for _top, text in sorted(tops)] == ["Squares", "Then", "holds:", "x", "and so on"]
    panel = next(shape for shape in shown if shape.name == "Box")
    assert all(panel.top <= shape.top and shape.top + shape.height <= panel.top + panel.height for shape in shown)


QUOTED = "{.slide}\n> - Come early.\n> - Leave late.\n>\n> ```text\n> folio 3\n> ```\n"


def test_a_quotation_holds_lists_and_code(book: Book) -> None:
    result = book.build(f"# Chapter\n\n## Section\n\n{QUOTED}", "--to", "pptx")
    words = [shape.text_frame.text for shape in result.deck().slides[-1].shapes if shape.has_text_frame]
    assert "Come early.\nLeave late." in words
    assert "folio 3" in words


def test_a_panel_is_split_in_its_blocks_and_between_them() -> None:
    panel = Panel((Run("Title"),), (text(1, 1), CODE), NOWHERE, "doc:a")
    parts = [split_at(panel, point) for point in split_points(panel)]
    assert [(len(first.blocks), len(second.blocks)) for first, second in parts] == [(1, 2), (1, 1)]  # type: ignore[attr-defined]
    assert {plain(part.title) for pair in parts for part in pair} == {"Title"}  # type: ignore[attr-defined]


def test_verse_keeps_its_lines(book: Book) -> None:
    verse = "```{eval-rst}\n| The river took it,\n|   the miller saw\n| it go.\n```\n"
    slide = (
        book.build(f"# Chapter\n\n## Section\n\n::::{{slide}} Verse\n{verse}::::\n", "--to", "pptx").deck().slides[-1]
    )
    assert [line.strip("\u200b") for _level, line in bullets(slide)] == [
        "The river took it,", "\u2003\u2003the miller saw", "it go."
    ]  # fmt: skip


CELLS = """# Chapter

```{list-table}
:header-rows: 1
:class: slide

* - Step
  - How
* - First words

    second words
  - - one
    - two

      1. three
* - ```python
    x = 1
    y = 2
    ```
  - ![The panel](a.png)
```
"""


def test_cells_keep_their_paragraphs_apart_and_their_pictures_follow_the_table(book: Book) -> None:
    book.write("a.png", PNG)
    shapes = [shape for slide in book.build(CELLS, "--to", "pptx").deck().slides for shape in slide.shapes]
    table = next(shape.table for shape in shapes if shape.has_table)
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[:2] == [["Step", "How"], ["First words\nsecond words", "• one\n• two\n\u20031. three"]]
    assert cells[2][0] == "x = 1\ny = 2"
    assert cells[2][1] == ""
    assert [shape.name for shape in shapes if shape.shape_type == 13] == ["Picture"]


NOTE = "[^1]: A note with\n\n    - one\n    - two\n\n    ```text\n    code\n    ```\n"


def test_a_footnote_keeps_the_words_of_all_its_blocks_apart(book: Book) -> None:
    shapes = book.build(f"# Chapter\n\n{{.slide}}\nWords[^1] of it.\n\n{NOTE}", "--to", "pptx").deck().slides[-1].shapes
    notes = next(shape for shape in shapes if shape.name == "Footnotes")
    lines = [line.strip() for line in notes.text_frame.text.split("\n")]
    assert lines[0].startswith("1 A note with")
    assert [line for line in lines if line.startswith(("•", "code"))] == ["• one", "• two", "code"]


def test_a_box_in_a_box_is_split_where_it_is_too_long(book: Book) -> None:
    steps = "\n\n".join(f"{n}. Step {n} is this.\n\n   ~~~\n   call {n}\n   ~~~" for n in range(12))
    box = f"````{{note}}\n:class: slide\nBefore it.\n\n```{{tip}}\n{steps}\n```\n\nAfter it.\n````\n"
    chapter = f"# One\n\n{{.slide}}\n## Boxes\n\n{box}"
    result = book.build(chapter, "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    shown = " ".join(
        shape.text_frame.text for slide in result.deck().slides for shape in slide.shapes if shape.has_text_frame
    )
    wanted = ["Before it.", *(f"Step {n} is this." for n in range(12)), "After it."]
    places = [shown.find(words) for words in wanted]
    assert -1 not in places
    assert places == sorted(places)
    assert [f"call {n}" in shown for n in range(12)] == [True] * 12

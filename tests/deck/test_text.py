"""Text on slides: numbering, levels, coloured words, other scripts, words wider than their box."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx.oxml.ns import qn

from builder.deck.lines import Typeface, break_runs, paint
from builder.deck.model import Run, plain
from builder.deck.scripts import by_script, direction, language_tag
from builder.pptx.package.conform import problems
from builder.typeset.contrast import contrast
from builder.typeset.math.formulas import Formulas

from conftest import CONF, Book

HEAD = "# Chapter\n\n## Section\n\n{.slide}\n"


def body_of(book: Book, text: str):
    result = book.build(HEAD + text, "--to", "pptx")
    assert result.status == 0, result.errors
    assert problems(result.pptx()) == []
    return next(shape for shape in result.deck().slides[1].placeholders if shape.placeholder_format.idx == 1)


@pytest.mark.parametrize(
    ("first", "kind", "start"),
    [
        ("3.", "arabicPeriod", 3), ("1)", "arabicParenR", 1), ("c.", "alphaLcPeriod", 3), ("(B)", "alphaUcParenBoth", 2),
        ("iv.", "romanLcPeriod", 4), ("XL)", "romanUcParenR", 40),
    ],
)  # fmt: skip
def test_numbering_is_native_in_every_style(book: Book, first: str, kind: str, start: int) -> None:
    source = f"Chapter\n=======\n\nSection\n-------\n\n.. rst-class:: slide\n\n{first} one\n"
    book.write("chapter.rst", source)
    result = book.build(None, "--to", "pptx")
    assert result.status == 0, result.errors
    auto = next(result.deck().slides[1]._element.iter(qn("a:buAutoNum")))
    assert (auto.get("type"), auto.get("startAt")) == (kind, str(start))


def test_nine_levels_are_levels_of_the_placeholder(book: Book) -> None:
    lines = "".join(f"{'  ' * level}- level {level + 1}\n" for level in range(9))
    assert [paragraph.level for paragraph in body_of(book, lines).text_frame.paragraphs] == list(range(9))


def test_coloured_words_are_coloured_and_can_be_read_on_a_dark_slide(book: Book) -> None:
    book.write(
        "slides/lectures.toml", '[[lecture]]\nname = "d"\ntitle = "D"\ndocuments = ["chapter"]\ntemplate = "dark"\n'
    )
    result = book.build(HEAD + "- plain and [red]{.red}\n", "--to", "pptx,pdf,html")
    run = next(r for r in result.deck("d").slides[1]._element.iter(qn("a:r")) if r.findtext(qn("a:t")) == "red")
    colour = run.find(f"{qn('a:rPr')}/{qn('a:solidFill')}/{qn('a:srgbClr')}").get("val").lower()
    assert contrast(f"#{colour}", "#14181d") >= 4.5
    assert 'fill: rgb("#a3261e")' in result.typst()
    assert '<span class="red">red</span>' in (result.folder / "_build/html/chapter.html").read_text()


def test_text_from_the_right_is_set_from_the_right(book: Book) -> None:
    first, second = body_of(book, "- العربية من اليمين\n- Latin\n").text_frame.paragraphs
    properties = first._p.pPr
    assert (properties.get("rtl"), properties.get("algn"), properties.get("marR")) == ("1", "r", None)
    assert int(properties.get("marL")) > 0  # from where lines begin
    assert first.runs[0]._r.rPr.get("lang") == "ar-SA"
    assert second._p.pPr.get("rtl") is None


def test_runs_are_parted_by_script_and_named() -> None:
    parts = by_script((Run("On 日本語のテキスト and 한국어."),))
    assert [(run.text, run.lang) for run in parts] == [
        ("On ", ""), ("日本語のテキスト", "ja-JP"), (" and ", ""), ("한국어", "ko-KR"), (".", ""),
    ]  # fmt: skip
    assert by_script((Run("漢字"),))[0].lang == "zh-CN"
    assert direction((Run("שלום"),)) == "rtl"
    assert by_script((Run("plain"),)) == (Run("plain"),)


@given(st.text("aé漢한ש -.", max_size=60))
def test_parting_by_script_loses_no_letter(text: str) -> None:
    assert plain(by_script((Run(text),))) == text


FORMULAS = Formulas()
FACE = Typeface("Arial", FORMULAS)


def test_lines_of_east_asian_text_may_end_after_each_character() -> None:
    lines = break_runs((Run("漢字漢字、漢字"),), 45, 10, FACE).lines
    assert lines == ("漢字漢", "字、漢字") or lines == ("漢字漢字、", "漢字")
    assert not any(line.startswith("、") for line in lines)


def test_a_word_wider_than_its_box_is_cut_and_no_letter_is_lost() -> None:
    word = "long" * 30
    broken = break_runs((Run(f"See {word} there"),), 200, 18, FACE)
    assert not broken.fits
    assert "".join(broken.lines).replace(" ", "") == f"See{word}there"
    assert all(FACE.width(Run(""), line, 18) <= 200.1 for line in broken.lines)
    assert broken.lines[0] == "See"


def test_what_fits_by_a_hair_has_room_for_one_more_line() -> None:
    """LibreOffice, which rounds sizes, ends a line before the word that does."""
    runs = (Run("some words and other some words and other"),)
    exact = FACE.width(Run(""), "some words and other", 20)
    assert [break_runs(runs, exact + spare, 20, FACE).needed for spare in (0.05, 1.0)] == [3, 2]


def test_a_line_with_a_subscript_has_the_room_that_libreoffice_gives_it() -> None:
    with_script = (Run("CO"), Run("2", sub=True), Run(" and "), Run("CO"), Run("2", sub=True))
    assert break_runs(with_script, 900, 20, FACE).extra == pytest.approx(3.4)
    assert break_runs(with_script, 60, 20, FACE).extra == pytest.approx(6.8)
    assert break_runs((Run("m"), Run("2", sup=True)), 900, 20, FACE).extra == 0


def test_a_formula_has_the_room_of_the_subscripts_that_programs_show_without_office_math() -> None:
    formula = Run(FORMULAS.text(r"x_{\mathrm{left}}"), math=r"x_{\mathrm{left}}")
    assert break_runs((Run("where "), formula), 900, 20, FACE).extra == pytest.approx(3.4)
    assert break_runs((Run("where "), replace(formula, math="x", text="x")), 900, 20, FACE).extra == 0


@pytest.mark.parametrize(("link", "lines"), [("", 3), ("https://a.org", 4)])
def test_a_link_that_is_wider_than_its_box_has_room_for_a_line_behind_it(link: str, lines: int) -> None:
    """LibreOffice, to which a link is a field, begins a line behind one that it cut."""
    runs = (Run("See "), Run("long" * 15, link=link), Run("."))
    assert break_runs(runs, 300, 18, FACE).needed == lines


def test_a_box_without_room_has_a_character_on_each_line() -> None:
    broken = break_runs((Run("ab cd"),), -28.0, 16, FACE)
    assert [letter for line in broken.lines if (letter := line.strip())] == ["a", "b", "c", "d"]


def test_a_long_address_fits_on_a_slide(book: Book) -> None:
    shape = body_of(book, "- See https://example.org/" + "a" * 200 + "\n")
    assert shape.text_frame.text.endswith("aaaa")


NOTED = """- one[^a]
- two[^b]

[^a]: The first note, *in italics*.
[^b]: The second note.
"""


def test_footnotes_of_blocks_stand_at_the_foot_of_the_slide(book: Book) -> None:
    result = book.build(HEAD + NOTED, "--to", "pptx")
    assert result.status == 0, result.errors
    slide = result.deck().slides[1]
    notes = next(shape for shape in slide.shapes if shape.name == "Footnotes")
    assert notes.text_frame.text == "1 The first note, in italics.\n2 The second note."
    body = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == 1)
    assert body.text_frame.text == "one1\ntwo2"
    assert body.top + body.height < notes.top
    marks = [run for run in body._element.iter(qn("a:rPr")) if run.get("baseline") == "30000"]
    assert len(marks) == 2


def test_each_part_of_a_split_slide_has_its_own_footnotes(book: Book) -> None:
    lines = "".join(f"- point {n} with words enough to fill a line of its slide and more[^{n}]\n" for n in range(24))
    notes = "".join(f"[^{n}]: Note {n}.\n" for n in range(24))
    deck = book.build(f"{HEAD}{lines}\n{notes}", "--to", "pptx").deck()
    shown = [[s.text_frame.text for s in slide.shapes if s.name == "Footnotes"] for slide in list(deck.slides)[1:]]
    assert len(shown) > 1
    assert "\n".join(text for texts in shown for text in texts) == "\n".join(f"{n} Note {n}." for n in range(24))


def test_points_and_titles_have_no_footnote_marks(book: Book) -> None:
    deck = book.build(
        "# Chapter\n\n## Section[^a]\n\n[A point[^b]]{.point}\n\n[^a]: Note.\n[^b]: Other.\n", "--to", "pptx"
    ).deck()
    slide = deck.slides[1]
    assert slide.shapes.title.text_frame.text == "Section"
    assert [shape.text_frame.text for shape in slide.placeholders if shape.placeholder_format.idx == 1] == ["A point"]
    assert slide.notes_slide.notes_text_frame.text.startswith("1 Note.\nA point\n2 Other.")


def test_a_note_to_a_caption_stands_at_the_foot_of_its_slide(book: Book) -> None:
    table = "```{table} Weights[^a]\n:class: slide\n\n| A |\n|---|\n| 1 |\n```\n\n[^a]: In grams.\n"
    slide = book.build(HEAD + table, "--to", "pptx").deck().slides[1]
    shown = {shape.name: shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}
    assert (shown["Caption"], shown["Footnotes"]) == ("Table 1.1 · Weights1", "1 In grams.")


def test_a_described_object_is_a_box_titled_by_its_signature(book: Book) -> None:
    book.write("conf.py", CONF.replace('"deflist"', '"deflist", "fieldlist"'))
    source = (
        "# Chapter\n\n## Section\n\n```{py:function} greet(name, times=1)\nSay hello.\n\n:param name: whom to "
        "greet\n:returns: the words\n```\n"
    )
    result = book.build(source, "--to", "pptx")
    assert result.status == 0, result.errors
    slide = next(s for s in result.deck().slides if s.shapes.title.text_frame.text == "Section")
    text = next(shape.text_frame.text for shape in slide.shapes if shape.name == "Box")
    assert text.split("\n")[:2] == ["greet(name, times=1)", "Say hello."]
    assert "Parameters: name – whom to greet" in text
    assert "Returns: the words" in text


def test_a_box_that_is_too_long_is_split_and_repeats_its_title(book: Book) -> None:
    lines = "\n\n".join(
        f"Paragraph {n} of a long note that goes on for more than a line on its slide, {'word ' * 12}"
        for n in range(14)
    )
    result = book.build(f"# Chapter\n\n## Section\n\n```{{note}}\n:class: slide\n{lines}\n```\n", "--to", "pptx")
    assert result.status == 0, result.errors
    boxes = [s.text_frame.text for slide in result.deck().slides for s in slide.shapes if s.name == "Box"]
    assert len(boxes) > 1
    assert all(box.startswith("Note\n") for box in boxes)
    assert sum(box.count("Paragraph") for box in boxes) == 14


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("some words 10\u00a0km on", ("some words", "10\u00a0km on")),
        ("some words 10\u202f% on", ("some words", "10\u202f% on")),
        ("words of 1939\u2060–\u20601952 on", ("words of", "1939–1952 on")),
        ("words of 1939–1952 on", ("words of 1939–", "1952 on")),
    ],
)
def test_what_holds_words_together_is_not_broken(text: str, lines: tuple[str, ...]) -> None:
    assert paint((Run(text),), 150, 20, FACE).lines == lines


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ("en", "en-US"),
        ("mn", "mn-MN"),
        ("ar", "ar-SA"),
        ("zh", "zh-CN"),
        ("pt_BR", "pt-BR"),
        ("uk", "uk-UA"),
        ("xx", "xx"),
    ],
)
def test_a_language_has_the_region_that_office_programs_expect(language: str, tag: str) -> None:
    assert language_tag(language) == tag


def test_lines_that_an_author_ends_end_on_the_slide(book: Book) -> None:
    book.write("conf.py", CONF)
    result = book.build(
        "# Verse\n\n{.slide}\n## Poem\n\n"
        "{.slide}\n> The road goes on\\\n> *down* from the door\n>\n> -- B.\n\n"
        "{.slide}\n- 1 Lane\\\n  A town\n\n"
        "{.slide}\n| Where | Who |\n|---|---|\n| a<br>b | c |\n"
    )
    assert (result.status, result.errors) == (0, "")
    slides = list(result.deck().slides)[1:]
    shown = [shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame]
    assert "The road goes on\ndown from the door\n– B." in shown
    assert "1 Lane\nA town" in shown
    cells = [
        cell.text for slide in slides for shape in slide.shapes if shape.has_table for cell in shape.table.iter_cells()
    ]
    assert "a\nb" in cells


def test_a_link_stands_in_its_words_so_that_lines_may_end_in_it(book: Book) -> None:
    body = body_of(
        book,
        "See [the *whole* link of several words](https://example.org/) there and [a short](https://example.org/) one\n",
    )
    links = [run for run in body.text_frame.paragraphs[0].runs if run.hyperlink.address == "https://example.org/"]
    assert [run.text for run in links] == ["the ", "whole", " link ", "of ", "several ", "words", "a short"]
    assert len({run._r.rPr.hlinkClick.rId for run in links}) == 1
    assert body.text_frame.text == "See the whole link of several words there and a short one"

"""Every script finds a font, or the author is told which package has one."""

from __future__ import annotations

import re

import lxml.html
import pypdfium2
import pytest
from lxml import etree

from builder.book import fallback_fonts
from builder.typeset.scripts import advice, how_to_get, script_language

from conftest import Book
from pdf_text import pages_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain English, 1937.", None),
        ("Монгол бичиг", None),
        ("العربية من اليمين 123", ("ar", "rtl")),
        ("עברית with a word", None),
        ("עברית נכתבת מימין", ("he", "rtl")),
        ("日本語の文章", ("ja", "ltr")),
        ("中文段落", ("zh", "ltr")),
        ("한국어 문장", ("ko", "ltr")),
    ],
)
def test_most_letters_decide(text: str, expected: tuple[str, str] | None) -> None:
    assert script_language(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("العَائِلَةُ – The family", None),
        ("الأوقات والأسعار - Times and Prices", None),
        ("قال Ibn Jinni إن اللغة العربية هي من أغنى اللغات", ("ar", "rtl")),
        ("عَرُوسٌ / عَرِيسٌ", ("ar", "rtl")),
    ],
)
def test_words_beside_their_translation_run_as_that_does(text: str, expected: tuple[str, str] | None) -> None:
    """Signs for vowels are no letters."""
    assert script_language(text) == expected


def test_tasks_have_boxes_in_the_place_of_bullets(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('myst_enable_extensions += ["tasklist"]\n')
    result = book.build("# One\n\n{.slide}\n## Goals\n\n{.slide}\n- [ ] Count stones\n- [x] Add them\n")
    slide = result.deck().slides[-1]
    (body,) = (shape.text_frame for shape in slide.placeholders if shape.placeholder_format.idx == 1)
    assert [paragraph.text for paragraph in body.paragraphs] == ["Count stones", "Add them"]
    assert re.findall('<a:buChar char="(.)"/>', etree.tostring(body._txBody, encoding="unicode")) == ["☐", "☑"]
    printed = "".join("".join(pages_of(result.pdf)).split())
    assert "☐Countstones☑Addthem" in printed
    assert "•" not in printed
    assert result.errors == ""


def test_right_to_left_paragraphs_are_set_so(book: Book) -> None:
    result = book.build("# One\n\nLatin.\n\nالعربية نصٌّ يُكتب من اليمين.\n", "--to", "pdf")
    assert result.errors == ""
    assert "dir: rtl" in result.typst()


def test_a_title_from_the_right_stands_on_the_line_of_its_folio_in_the_contents(book: Book) -> None:
    result = book.build("# One\n\n## الجبر والمقابلة\n\nText.\n", "--to", "pdf")
    assert result.errors == ""
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(result.pdf)]
    contents = next(page for page in pages if "Contents" in page.get_text_bounded())
    places = {
        chr(pypdfium2.raw.FPDFText_GetUnicode(contents, index)): contents.get_charbox(index)
        for index in range(contents.count_chars())
    }
    last_folio, letter = (
        places["1"],
        next(box for one, box in places.items() if "\u0620" <= one <= "\u06ff" or "\ufb50" <= one < "\ufeff"),
    )
    assert abs(last_folio[1] - letter[1]) < 6
    assert letter[0] < 200


def test_a_latin_title_leaves_its_folio_on_the_other_side_in_the_contents_of_a_book_from_the_right(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('language = "he"\n')
    result = book.build("# OOP\n\nטקסט.\n", "--to", "pdf")
    assert result.errors == ""
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(result.pdf)]
    contents = next(page for page in pages if "OOP" in page.get_text_bounded())
    letters = [
        (chr(pypdfium2.raw.FPDFText_GetUnicode(contents, index)), contents.get_charbox(index))
        for index in range(contents.count_chars())
    ]
    line = next(box[1] for letter, box in letters if letter == "P")
    on_it = [(letter, box[0]) for letter, box in letters if abs(box[1] - line) < 4]
    folio = min(left for letter, left in on_it if letter.isdigit())
    assert folio < min(left for letter, left in on_it if letter in "OP")


def test_geresh_and_gershayim_stay_as_they_are_written(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('language = "he"\n')
    book.build("# פרק\n\nמועד א', צה\"ל ועוד.\n", "--to", "html")
    page = lxml.html.parse(book.folder / "_build/html/chapter.html")
    assert "מועד א', צה\"ל ועוד." in page.getroot().text_content()


def test_ideographs_without_a_bold_face_are_bold_in_headings_and_strong_words_alone(book: Book) -> None:
    result = book.build("# 古池\n\n本文です。**太字**と普通。\n", "--to", "pdf")
    drawn = {}
    for page in pypdfium2.PdfDocument(result.pdf):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text, index))
            shape = pypdfium2.raw.FPDFText_GetTextObject(text, index)
            drawn[letter] = pypdfium2.raw.FPDFTextObj_GetTextRenderMode(shape)
    filled, drawn_round = pypdfium2.raw.FPDF_TEXTRENDERMODE_FILL, pypdfium2.raw.FPDF_TEXTRENDERMODE_FILL_STROKE
    assert {drawn[letter] for letter in "池太字"} == {drawn_round}
    assert {drawn[letter] for letter in "本文普通"} == {filled}


def test_characters_without_a_font_name_the_package(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# One\n\nA character from afar: 𓀀 here.\n"
    result = book.build(text, "--to", "pdf")
    assert result.status == 0
    assert "no font here has the characters 𓀀 (U+13000)" in result.errors
    assert "chapter.md" in result.errors

    looked_up = fallback_fonts.looked_up
    monkeypatch.setattr(fallback_fonts, "looked_up", lambda *_arguments: pytest.fail("the characters are the same"))
    again = book.build(f"{text}\nOne word more.\n", "--to", "pdf")
    assert "no font here has the characters 𓀀 (U+13000)" in again.errors
    monkeypatch.setattr(fallback_fonts, "looked_up", looked_up)
    others = book.build(f"{text}\nAnd 𓀁.\n", "--to", "pdf")
    assert "no font here has the characters 𓀀𓀁" in others.errors


def test_a_script_without_a_font_hinders_the_standard_once(book: Book) -> None:
    result = book.build("# One\n\n𓀀 and 𓀁.\n\nThen 𓀂.\n", "--to", "pdf")
    assert result.errors.count("this hinders UA-1") == 1
    assert "chapter.md:3" in result.errors
    assert "and 2 more such texts" in result.errors


def test_a_package_that_is_here_is_not_advised() -> None:
    assert how_to_get("fontpkg-amiri") == "put a font that has them into the folder that builder_fonts names"
    assert how_to_get("fontpkg-nobody-has").startswith("run 'pip install fontpkg-nobody-has', or put a font")


def test_signs_that_typst_has_itself_lack_no_font(book: Book) -> None:
    result = book.build("# One\n\n{.slide}\n## Two\n\n[Signs ⩽ ⪰ ⋱ here.]{.point}\n")
    assert result.errors == ""


def test_the_pdf_of_a_latin_deck_of_a_chinese_book_shows_the_words_at_its_foot(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('language = "zh_CN"\n')
    result = book.build("# One\n\n{.slide}\n## Two\n\n[Words.]{.point}\n")
    assert result.errors == ""


def test_packages_by_script() -> None:
    assert advice({"ა", "漢"}) == [("manimgx-fonts", "ა"), ("pylopdf-fonts-zh-cn", "漢")]


def test_japanese_and_chinese_need_one_package_each() -> None:
    assert [package for package, _ in advice(set("蛙「かわず」、"))] == ["pylopdf-fonts-jp"]
    assert [package for package, _ in advice(set("《青蛙》，。"))] == ["pylopdf-fonts-zh-cn"]

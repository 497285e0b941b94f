"""Decks in languages that are written from the right: all runs from there but code and formulas, in .pptx and PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pptx
import pypdfium2
import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn

from builder.deck.model import Run
from builder.deck.scripts import by_script, direction
from builder.errors import NOWHERE
from builder.pptx.package.conform import problems
from builder.pptx.template.reading import BUILT_IN, read_template

from conftest import CONF, Book, Result

HEBREW = f'{CONF}language = "he"\n'
LECTURE = '[[lecture]]\nname = "talk"\ntitle = "הרצאה"\ndocuments = ["chapter"]\n'
CHAPTER = """# פרק

{.slide}
## ראשון

{.slide}
- נקודה
  1. משנה

```{figure} a.png
:alt: תמונה
:class: slide

כותרת
```

{.slide}
## שני

{.slide}
| שם | ימים |
|----|-----:|
| חמה | 88 |

{.slide}
## שלישי

```{code-block} python
:class: slide

# הערה
x = 1
```

{.slide}
A plain paragraph.

{.slide}
הפונקציה `call()`

{.slide}
## רביעי

`````{slide} טורים
:layout: comparison

**ימין**
: אחת

**שמאל**
: שתיים
`````

`````{slide} נוסחאות
משפט $\\|z\\| = 1$

$$
\\begin{array}{c||c} 61 & 62 \\\\ 63 & 64 \\end{array} \\quad \\text{מספר } 65
$$
`````
"""


@pytest.fixture
def hebrew(book: Book) -> Result:
    book.write("conf.py", HEBREW)
    Image.new("RGB", (300, 400), "navy").save(book.folder / "a.png")
    book.write("slides/lectures.toml", LECTURE)
    result = book.build(CHAPTER)
    assert result.status == 0, result.errors
    assert problems(result.pptx("talk")) == []
    return result


def slide_of(result: Result, title: str):
    return next(slide for slide in result.deck("talk").slides if slide.shapes.title.text_frame.text == title)


def shape_of(slide, name: str):
    return next(shape for shape in slide.shapes if shape.name == name)


def paragraphs_of(shape) -> Iterator[tuple[str, str | None, str | None]]:
    """(text, rtl, algn) of each paragraph."""
    for paragraph in shape.text_frame.paragraphs:
        properties = paragraph._p.pPr
        yield paragraph.text, properties.get("rtl"), properties.get("algn")


def places_in_pdf(result: Result, word: str) -> tuple[int, float]:
    """Page, and the middle of a word on it in points from the left, in the PDF of the deck."""
    with pypdfium2.PdfDocument(result.folder / "_build/slides/talk.pdf") as pdf:
        for number, page in enumerate(pdf):
            text = page.get_textpage()
            for spelled in (word, word[::-1]):
                if found := text.search(spelled).get_next():
                    left, _bottom, right, _top = text.get_charbox(found[0])
                    return number, (left + right) / 2
    raise AssertionError(f"{word} is not in the PDF")


def test_titles_and_feet_begin_at_the_right(hebrew: Result) -> None:
    """By the layouts, of which those that come with the builder change sides whole."""
    deck = hebrew.deck("talk")
    assert deck.element.get("rtl") == "1"
    for layout in deck.slide_layouts:
        for style in layout.element.iter(qn("a:lvl1pPr")):
            assert style.get("rtl") == "1"
    slide = slide_of(hebrew, "ראשון")
    style = slide.slide_layout.slide_master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    assert (style.get("rtl"), style.get("algn")) == ("1", "r")
    foot, number = shape_of(slide, "Footer"), shape_of(slide, "Slide number")
    assert foot.left > number.left
    middle = deck.slide_width / 2 / 12700
    assert places_in_pdf(hebrew, "ראשון")[1] > middle


def test_a_picture_stands_at_the_left_of_its_text(hebrew: Result) -> None:
    slide = slide_of(hebrew, "ראשון")
    text, picture, caption = (shape_of(slide, name) for name in ("Text", "Picture", "Caption"))
    assert picture.left < caption.left + caption.width < text.left
    assert list(paragraphs_of(text)) == [("נקודה", "1", "r"), ("משנה", "1", "r")]
    assert next(paragraphs_of(caption))[1:] == ("1", "r")
    assert places_in_pdf(hebrew, "כותרת")[1] < places_in_pdf(hebrew, "נקודה")[1]


def test_indents_are_measured_from_the_right_as_powerpoint_has_it(hebrew: Result) -> None:
    numbered = shape_of(slide_of(hebrew, "ראשון"), "Text").text_frame.paragraphs[1]._p.pPr
    assert int(numbered.get("marL")) > 0
    assert numbered.get("marR") is None


def test_columns_of_a_table_run_from_the_right_in_both(hebrew: Result) -> None:
    """The cells keep their order in the file, which is what a screen reader reads."""
    table = next(shape for shape in slide_of(hebrew, "שני").shapes if shape.has_table).table
    assert table._tbl.tblPr.get("rtl") == "1"
    assert [cell.text for cell in table.rows[0].cells] == ["שם", "ימים"]
    head = [cell.text_frame.paragraphs[0]._p.pPr.get("algn") for cell in table.rows[0].cells]
    assert head == ["r", "r"]  # the first where lines begin, the second because the source says right
    first, second = places_in_pdf(hebrew, "חמה"), places_in_pdf(hebrew, "88")
    assert first[0] == second[0]
    assert first[1] > second[1]


def test_code_and_latin_paragraphs_run_from_the_left(hebrew: Result) -> None:
    slide = slide_of(hebrew, "שלישי")
    assert list(paragraphs_of(shape_of(slide, "Code"))) == [("# הערה", "0", "l"), ("x = 1", "0", "l")]
    assert next(iter(paragraphs_of(shape_of(slide, "Text")))) == ("A plain paragraph.", "0", "l")


def test_formulas_run_from_the_left_with_their_columns_and_words(hebrew: Result) -> None:
    places = [places_in_pdf(hebrew, word)[1] for word in ("61", "62", "מספר", "65")]
    assert places == sorted(places)
    slide = etree.tostring(slide_of(hebrew, "נוסחאות")._element, encoding="unicode")
    assert "<a:t>\u200e‖z‖ = 1\u200e</a:t>" in slide


def test_brackets_of_code_stay_behind_its_name(hebrew: Result) -> None:
    (page, name), (other, brackets) = places_in_pdf(hebrew, "call"), places_in_pdf(hebrew, "()")
    assert (page, brackets > name) == (other, True)


def test_the_first_column_is_the_right_one(hebrew: Result) -> None:
    slide = slide_of(hebrew, "טורים")
    left = {shape.text_frame.text: shape.left for shape in slide.shapes if shape.has_text_frame}
    assert left["ימין"] > left["שמאל"]
    assert places_in_pdf(hebrew, "ימין")[1] > places_in_pdf(hebrew, "שמאל")[1]


def test_the_strip_at_the_foot_begins_at_the_right(hebrew: Result) -> None:
    pieces = shape_of(slide_of(hebrew, "שלישי"), "Where we are").shapes
    colours = [piece._element.find(f".//{qn('a:solidFill')}/{qn('a:schemeClr')}").get("val") for piece in pieces]
    assert colours == ["bg2", "accent1", "accent6", "accent6"]  # before us, here, behind us
    assert [piece.left for piece in pieces] == sorted(piece.left for piece in pieces)


def test_notes_run_from_the_right(hebrew: Result) -> None:
    notes = slide_of(hebrew, "ראשון").notes_slide.notes_text_frame
    assert all(paragraph._p.pPr.get("rtl") == "1" for paragraph in notes.paragraphs)


def test_the_cells_of_a_column_stand_below_each_other_whichever_way_they_run(book: Book) -> None:
    table = "| Hebrew | English |\n|---|---|\n| שלום / להתראות | hello, goodbye |\n| שלום – peace | peace |\n"
    book.write("slides/lectures.toml", LECTURE)
    result = book.build(f"# One\n\n{{.slide}}\n## Two\n\n{{.slide}}\n{table}", "--to", "pptx")
    shown = next(shape for shape in slide_of(result, "Two").shapes if shape.has_table).table
    looks = [shown.cell(row, 0).text_frame.paragraphs[0]._p.pPr for row in range(3)]
    assert [(look.get("algn"), look.get("rtl")) for look in looks] == [("l", None), ("l", "1"), ("l", None)]


def test_a_quotation_from_the_right_in_a_deck_from_the_left(book: Book) -> None:
    book.write("slides/lectures.toml", LECTURE)
    result = book.build(
        "# One\n\n{.slide}\n## Two\n\n{.slide}\n> הידע הוא אור\n\n{.slide}\n- English\n", "--to", "pptx"
    )
    slide = slide_of(result, "Two")
    assert list(paragraphs_of(shape_of(slide, "Quotation"))) == [("הידע הוא אור", "1", "r")]
    assert shape_of(slide, "Footer").left < shape_of(slide, "Slide number").left
    assert result.deck("talk").element.get("rtl") is None


@pytest.mark.parametrize(
    ("text", "way"), [("Latin only", "ltr"), ("88", "rtl"), ("C++ שפה", "rtl"), ("", "rtl"), ("שפה", "rtl")]
)
def test_the_deck_decides_where_letters_do_not(text: str, way: str) -> None:
    assert direction((Run(text),), from_right=True) == way


def test_formulas_and_code_do_not_decide() -> None:
    assert direction((Run("x", math="x"), Run("pip install", code=True)), from_right=True) == "rtl"


def test_text_in_the_script_of_the_deck_is_in_its_language() -> None:
    """Persian is no Arabic, and Hebrew in an Arabic deck is Hebrew."""
    assert by_script((Run("فصل ۱"),), "fa-IR") == (Run("فصل ۱"),)
    assert [run.lang for run in by_script((Run("עברית"),), "ar-SA")] == ["he-IL"]


# --- templates


def test_a_template_of_the_author_keeps_its_places(tmp_path: Path) -> None:
    """Its text begins at the right, its shapes stay: who knows what they stand beside."""
    path = tmp_path / "theirs.pptx"
    path.write_bytes((BUILT_IN / "plain.pptx").read_bytes())
    usual, turned = read_template(path, NOWHERE), read_template(path, NOWHERE, from_right=True)
    assert turned.geometry.title == usual.geometry.title
    assert turned.geometry.look("content").texts["foot"].area == usual.geometry.look("content").texts["foot"].area
    assert turned.geometry.look("content").texts["title"].align == "right"
    own = read_template(BUILT_IN / "plain.pptx", NOWHERE, from_right=True)
    assert own.geometry.look("content").texts["foot"].area.x > usual.geometry.look("content").texts["foot"].area.x


def test_a_template_made_for_such_a_language_is_left_as_it_is(tmp_path: Path) -> None:
    default = Presentation(Path(pptx.__file__).parent / "templates/default.pptx")
    style = default.slide_master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    style.set("rtl", "1")
    path = tmp_path / "theirs.pptx"
    default.save(path)
    content = read_template(path, NOWHERE, from_right=True).content
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(io.BytesIO(content)) as after:
        name = "ppt/slideMasters/slideMaster1.xml"
        assert etree.tostring(etree.fromstring(before.read(name)), method="c14n") == etree.tostring(
            etree.fromstring(after.read(name)), method="c14n"
        )


def test_the_bar_of_a_quotation_stands_where_its_lines_begin(hebrew: Result, book: Book) -> None:
    """Also of one that holds more than text."""
    result = book.build("# פרק\n\n{.slide}\n## ראשון\n\n{.slide}\n> מילה\n>\n> ```\n> x = 1\n> ```\n")
    assert result.status == 0, result.errors
    slide = slide_of(result, "ראשון")
    bar, panel, code = (shape_of(slide, name) for name in ("Quotation bar", "Panel", "Code"))
    assert bar.left + bar.width == pytest.approx(panel.left + panel.width, abs=2)
    assert bar.left > code.left + code.width
    with pypdfium2.PdfDocument(result.folder / "_build/slides/talk.pdf") as pdf:
        page = pdf[[one.shapes.title.text_frame.text for one in result.deck("talk").slides].index("ראשון")]
        scale = page.get_width() / result.deck("talk").slide_width
        picture = page.render(scale=2).to_pil()
    y = (panel.top + panel.height / 2) * scale * 2
    at_bar, beside_text = (picture.getpixel((x * scale * 2, y)) for x in (bar.left + bar.width / 2, panel.left + 20000))
    assert at_bar != beside_text == picture.getpixel(((bar.left - 40000) * scale * 2, y))

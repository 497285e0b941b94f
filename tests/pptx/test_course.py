"""The usual template: the section above a title, the page of the book at the foot, the strip at the edge, rules."""

from __future__ import annotations

import io
import zipfile

import pypdfium2
import pytest

from builder.errors import NOWHERE
from builder.pptx.template.reading import BUILT_IN, read_template

from conftest import Book, Result

CHAPTER = """# Lakes

{.slide}
## Salt lakes

[A point]{.point}

## Rivers

```{slide} They run north
```

[Another]{.point}

{.slide}
| River | Length |
|---|---|
| Selenge | 992 |

## Wells

```{slide} Few are deep
```

[A third]{.point}
"""


def built(book: Book) -> Result:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('builder_deck = {"template": "course", "agenda": False}\n')
    result = book.build(CHAPTER, "--to", "pdf,pptx")
    assert result.status == 0, result.errors
    return result


def words(result: Result) -> list[dict[str, str]]:
    """Name of a shape → its text, of each slide."""
    return [
        {shape.name: shape.text for shape in slide.shapes if shape.has_text_frame} for slide in result.deck().slides
    ]


def test_the_section_stands_above_a_title_and_the_page_of_the_book_at_the_foot(book: Book) -> None:
    found = {slide["Title"]: slide for slide in words(built(book))}
    assert found["They run north"]["Section"] == "1.2 · Rivers"
    assert found["They run north"]["Footer"].startswith("§ 1.2 · Book, p. ")
    assert found["Salt lakes"]["Section"] == "1 · Lakes"


def test_the_deck_as_a_pdf_has_them_too(book: Book) -> None:
    result = built(book)
    pages = pypdfium2.PdfDocument(result.folder / "_build/slides/chapter.pdf")
    text = next(page for page in (page.get_textpage().get_text_range() for page in pages) if "They run north" in page)
    assert "1.2 · RIVERS" in text
    assert "§ 1.2 · Book, p. " in text


def test_the_strip_stands_at_the_edge_of_the_slide(book: Book) -> None:
    deck = built(book).deck()
    strip = next(shape for slide in deck.slides for shape in slide.shapes if shape.name == "Where we are")
    assert (strip.left, strip.width) == (0, pytest.approx(deck.slide_width, rel=0.001))
    assert strip.top + strip.height == pytest.approx(deck.slide_height, rel=0.001)


QUESTION = """

```{slide} Why there?
:layout: question
```
"""


def test_a_slide_with_a_ground_of_its_own_has_no_strip(book: Book) -> None:
    """On red, the red of what is behind us would not be seen."""
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('builder_deck = {"template": "course"}\n')
    result = book.build(CHAPTER + QUESTION)
    assert result.status == 0, result.errors
    names = {slide.shapes.title.text: {shape.name for shape in slide.shapes} for slide in result.deck().slides}
    assert "Where we are" in names["Few are deep"]
    assert "Where we are" not in names["Why there?"]


def test_tables_have_two_heavy_rules_and_no_stripes(book: Book) -> None:
    look = read_template(BUILT_IN / "course.pptx", NOWHERE).geometry.table
    assert (look.has_rules, look.head, look.head_fill, look.band) == (True, "accent6", "", "")
    plain = read_template(BUILT_IN / "plain.pptx", NOWHERE).geometry.table
    assert (plain.has_rules, plain.head, plain.head_fill, plain.band) == (False, "bg1", "accent1", "bg2")


def test_a_deck_without_a_template_of_its_own_has_the_one_that_all_have(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('builder_deck = {"template": "dark"}\n')
    made = zipfile.ZipFile(io.BytesIO(book.build(CHAPTER).pptx()))
    assert b'name="Dark"' in made.read("ppt/theme/theme1.xml")


def test_a_template_that_is_no_name_is_an_error_and_the_usual_one_is_taken(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('builder_deck = {"template": 3}\n')
    result = book.build(CHAPTER)
    assert "template must be a name or a file, not 3" in result.errors
    assert b'name="Course"' in zipfile.ZipFile(io.BytesIO(result.pptx())).read("ppt/theme/theme1.xml")

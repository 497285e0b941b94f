"""The PDF of a deck looks as the template does: its ground, what is drawn on it, where and how its titles stand."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pptx
import pypdfium2
import pytest
from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Pt
from tests.pdf_text import pages_of

from builder.errors import NOWHERE
from builder.pptx.template.reading import read_template

from conftest import Book

DEFAULT = Path(pptx.__file__).parent / "templates/default.pptx"
LECTURE = '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\ntemplate = "theirs.pptx"\n'
CHAPTER = "# Chapter\n\n{.slide}\n## Section\n\n[A point]{.point}\n"


def template(change: Callable[[Any], None]) -> bytes:
    presentation = Presentation(io.BytesIO(DEFAULT.read_bytes()))
    change(presentation)
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def page(book: Book, made: bytes, number: int = 1) -> Any:
    """A slide of the deck's PDF as a picture, one pixel a point."""
    book.write("slides/theirs.pptx", made)
    book.write("slides/lectures.toml", LECTURE)
    result = book.build(CHAPTER, "--to", "pptx")
    assert result.status == 0, result.errors
    return pypdfium2.PdfDocument(result.folder / "_build/slides/one.pdf")[number].render(scale=1).to_pil()


def red_box(presentation: Any) -> None:
    """A red rectangle on the master, drawn with the library on a slide and moved there."""
    shape = presentation.slides.add_slide(presentation.slide_layouts[6]).shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Pt(500), Pt(300), Pt(100), Pt(50)
    )
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(200, 0, 0)
    shape.line.fill.background()
    presentation.slide_master.shapes._spTree.append(shape._element)


def test_shapes_of_the_master_are_drawn(book: Book) -> None:
    assert page(book, template(red_box)).getpixel((550, 325)) == (200, 0, 0)


def test_the_background_of_the_master_is_the_page(book: Book) -> None:
    def blue(presentation: Any) -> None:
        fill = presentation.slide_master.background.fill
        fill.solid()
        fill.fore_color.rgb = RGBColor(10, 20, 120)

    assert page(book, template(blue)).getpixel((5, 5)) == (10, 20, 120)


def test_text_stands_inside_the_insets_of_its_place() -> None:
    geometry = read_template(DEFAULT, NOWHERE).geometry
    title = Presentation(io.BytesIO(DEFAULT.read_bytes())).slide_layouts[1].placeholders[0]
    assert geometry.title.x == title.left / 12700 + 7.2
    assert geometry.title.width == title.width / 12700 - 14.4


def test_titles_are_aligned_as_the_template_has_them() -> None:
    look = read_template(DEFAULT, NOWHERE).geometry.title_look("content")
    assert (look.align, look.anchor, look.size) == ("center", "middle", 44)


def first_level(presentation: Any) -> Any:
    return next(presentation.slide_master.element.iter(qn("p:titleStyle"))).find(qn("a:lvl1pPr"))


def indented_titles(presentation: Any) -> None:
    first_level(presentation).set("marL", "457200")
    first_level(presentation).set("algn", "l")


def test_titles_begin_as_far_in_as_the_template_lets_them(book: Book) -> None:
    """They were measured and drawn at the edge of their place."""
    book.write("slides/theirs.pptx", template(indented_titles))
    geometry = read_template(book.folder / "slides/theirs.pptx", NOWHERE).geometry
    usual = read_template(DEFAULT, NOWHERE).geometry
    assert geometry.title.x == usual.title.x + 36
    assert geometry.title.width == usual.title.width - 36
    drawn = page(book, template(indented_titles)).crop((0, 0, 720, 110)).convert("L")
    left = drawn.point(lambda light: light < 128 and 255).getbbox()[0]
    assert left == pytest.approx(geometry.title.x, abs=4)


def test_a_sentence_alone_begins_at_the_edge_of_its_place_where_titles_are_further_in(book: Book) -> None:
    book.write("slides/theirs.pptx", template(indented_titles))
    book.write("slides/lectures.toml", LECTURE)
    deck = book.build("# Chapter\n\n## Section\n\n[A sentence.]{.statement}\n", "--to", "pptx").deck("one")
    title = deck.slides[1].shapes.title
    assert title.text_frame.paragraphs[0]._p.pPr.get("marL") == "0"


def test_titles_whose_first_line_begins_elsewhere_begin_in_one_line_on_slides(book: Book) -> None:
    def hanging(presentation: Any) -> None:
        first_level(presentation).set("marL", "457200")
        first_level(presentation).set("indent", "-457200")

    book.write("slides/theirs.pptx", template(hanging))
    made = read_template(book.folder / "slides/theirs.pptx", NOWHERE)
    assert made.geometry.title.x == read_template(DEFAULT, NOWHERE).geometry.title.x
    assert 'marL="0" indent="0"' in made.styles.titles["content"]


def test_the_number_of_a_slide_in_words_of_the_master_is_that_of_the_slide(book: Book) -> None:
    """It was on the slides of the .pptx only."""

    def numbered(presentation: Any) -> None:
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        box = slide.shapes.add_textbox(Pt(600), Pt(500), Pt(80), Pt(30))
        field = etree.SubElement(box.text_frame.paragraphs[0]._p, qn("a:fld"), type="slidenum")
        etree.SubElement(field, qn("a:t")).text = "‹#›"
        presentation.slide_master.shapes._spTree.append(box._element)

    page(book, template(numbered))
    (_, text) = pages_of(book.folder / "_build/slides/one.pdf")
    assert text.split().count("2") == 2, "in the words of the master, and in the layout's own place"


def test_layouts_of_a_second_master_can_be_asked_for_by_name(tmp_path: Path) -> None:
    names = set(read_template(DEFAULT, NOWHERE).geometry.named)
    assert {"title slide", "two content", "picture with caption"} <= names


def test_a_shadow_falls_beside_its_shape(book: Book) -> None:
    def with_shadow(presentation: Any) -> None:
        red_box(presentation)
        effects = presentation.slide_master.shapes[-1]._element.spPr.get_or_add_ln()
        effects.addnext(etree.fromstring(SHADOW))

    picture = page(book, template(with_shadow))
    assert picture.getpixel((550, 325)) == (200, 0, 0)
    assert picture.getpixel((610, 325))[0] < 150  # ten points beside the box
    assert picture.getpixel((490, 325)) == (255, 255, 255)


SHADOW = (
    '<a:effectLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:outerShdw blurRad="25400" '
    'dist="254000" dir="0"><a:srgbClr val="000000"><a:alpha val="80000"/></a:srgbClr></a:outerShdw></a:effectLst>'
)

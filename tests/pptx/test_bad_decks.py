"""What a deck cannot hold ends in a message with file and line, or on several slides; never in a broken file."""

from __future__ import annotations

import io
import time
import zlib
from pathlib import Path

import pptx
import pytest
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn

from builder.pptx.package.conform import problems

from conftest import Book, bullets, titles

HEAD = "# Chapter\n\n## Section\n\n"
LECTURE = '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\ntemplate = "theirs.pptx"\n'


def test_a_bullet_of_two_thousand_words(book: Book) -> None:
    result = book.build(f"{HEAD}{{.slide}}\n- {'word ' * 2000}\n", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    shown = [bullets(slide) for slide in list(result.deck().slides)[1:]]
    assert {level for paragraphs in shown for level, _ in paragraphs} == {1}
    assert sum(len(words.split()) for paragraphs in shown for _, words in paragraphs) == 2000


def test_a_table_of_sixty_columns(book: Book) -> None:
    row = "| " + " | ".join(f"c{n}" for n in range(60)) + " |\n"
    result = book.build(f"{HEAD}{{.slide}}\n{row}|{'---|' * 60}\n{row}", "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    tables = [shape.table for slide in result.deck().slides for shape in slide.shapes if shape.has_table]
    assert {cell.text for table in tables for cell in table.rows[1].cells} == {f"c{n}" for n in range(60)}


def test_a_picture_of_twenty_thousand_pixels_a_side(book: Book) -> None:
    header = (
        bytes.fromhex("89504e470d0a1a0a0000000d49484452") + (20000).to_bytes(4, "big") * 2 + bytes.fromhex("0800000000")
    )
    header += zlib.crc32(header[12:]).to_bytes(4, "big")
    book.write("huge.png", header + bytes.fromhex("0000000049454e44ae426082"))
    result = book.build(f"{HEAD}```{{figure}} huge.png\n:alt: x\n:class: slide\nC\n```\n", "--to", "pptx")
    assert result.status == 1
    assert "chapter.md:5: ERROR: the picture 'huge.png'" in result.errors


def test_a_picture_of_no_size(book: Book) -> None:
    book.write("none.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>')
    result = book.build(f"{HEAD}```{{figure}} none.svg\n:alt: x\n:class: slide\nC\n```\n", "--to", "pptx")
    assert result.status == 1
    assert "chapter.md:5: ERROR: the picture 'none.svg'" in result.errors


@pytest.mark.slow
def test_two_thousand_slides(book: Book) -> None:
    sections = "".join(f"{{.slide}}\n## Section {number}\n\n[Point {number}]{{.point}}\n\n" for number in range(2000))
    started = time.perf_counter()
    result = book.build(f"# Chapter\n\n{sections}", "--to", "pptx")
    assert result.status == 0, result.errors
    deck = result.deck()
    assert len(deck.slides) == 2001
    assert bullets(deck.slides[2000]) == [(1, "Point 1999")]
    assert time.perf_counter() - started < 240  # a guard against growth with the square, not a measure


def test_a_formula_that_office_math_cannot_hold(book: Book) -> None:
    result = book.build(f"{HEAD}{{.slide}}\n$$\\undefinedmacro{{x}}$$\n", "--to", "pptx")
    assert result.status == 0 or "chapter.md" in result.errors
    result = book.build(f"{HEAD}```{{math}}\n:class: slide\n\\notthere{{x}}^{{\n```\n", "--to", "pptx")
    assert result.status == 1
    assert "chapter.md:5: ERROR: the formula" in result.errors


def test_a_template_without_a_place_for_titles(book: Book) -> None:
    presentation = Presentation(io.BytesIO((Path(pptx.__file__).parent / "templates/default.pptx").read_bytes()))
    for layout in presentation.slide_layouts:
        for shape in list(layout.placeholders):
            if shape._element.find(f".//{qn('p:ph')}").get("type") in ("title", "ctrTitle"):
                shape._element.getparent().remove(shape._element)
    out = io.BytesIO()
    presentation.save(out)
    book.write("slides/theirs.pptx", out.getvalue())
    book.write("slides/lectures.toml", LECTURE)
    result = book.build(f"{HEAD}[A point]{{.point}}\n", "--to", "pptx")
    assert result.status == 1
    assert (
        "lectures.toml:1: ERROR: the template theirs.pptx cannot be used: no layout of it has a place for a title"
        in result.errors
    )


def test_characters_that_xml_cannot_hold(book: Book) -> None:
    book.write("d.csv", "x,y\nbell\x07,3\n")
    chart = "```{chart} d.csv\n:x: x\n:y: y\n:class: slide\n\nA \x08 caption\n```\n"
    result = book.build(
        f"{HEAD}[A \x0b point \x07]{{.point}}\n\n{chart}\n```{{notes}}\nSay \x01 it.\n```\n", "--to", "pptx"
    )
    assert result.status == 0, result.errors
    assert problems(result.pptx()) == []
    assert "Section" in titles(result.deck())


def test_a_picture_that_is_a_text(book: Book) -> None:
    book.write("pic.png", "not a picture")
    result = book.build(f"{HEAD}```{{figure}} pic.png\n:alt: x\n:class: slide\nC\n```\n", "--to", "pptx")
    assert result.status == 1
    assert "chapter.md:5: ERROR: the picture 'pic.png'" in result.errors


def test_a_picture_of_many_colours_and_kinds_is_shown(book: Book) -> None:
    for kind in ("gif", "webp"):
        out = io.BytesIO()
        Image.new("RGB", (40, 20), "#7a2a25").save(out, kind.upper())
        book.write(f"pic.{kind}", out.getvalue())
    figures = "".join(f"```{{figure}} pic.{kind}\n:alt: x\n:class: slide\nC\n```\n\n" for kind in ("gif", "webp"))
    result = book.build(HEAD + figures, "--to", "pptx")
    assert result.status == 0, result.errors
    assert problems(result.pptx()) == []

"""Handouts and notes pages: every shown slide is there, tagged, with what is said."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from conftest import Book
from pdf_text import pages_of

CHAPTER = "# Chapter\n" + "".join(
    f"\n{{.slide}}\n## Section {number}\n\n[Point {number}]{{.point}}.\n\n```{{notes}}\nSay it {number}.\n```\n"
    for number in range(1, 8)
)


@pytest.mark.parametrize(("per_page", "pages"), [(2, 4), (3, 3), (4, 2), (6, 2)])
def test_a_handout_has_so_many_slides_a_page(book: Book, per_page: int, pages: int) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write(f'builder_deck = {{"handout": {per_page}}}\n')
    result = book.build(CHAPTER, "--to", "pptx")
    assert result.status == 0, result.errors
    path = book.folder / "_build/slides/chapter-handout.pdf"
    texts = pages_of(path)
    assert len(texts) == pages  # a title and seven slides
    assert all(f"Point {number}" in " ".join(texts) for number in range(1, 8))
    with pikepdf.open(path) as pdf:
        assert pdf.open_metadata().get("pdfuaid:part") == "1"


def test_notes_pages_have_the_slide_and_what_is_said(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('builder_deck = {"notes_pages": True}\n')
    assert book.build(CHAPTER, "--to", "pptx").status == 0
    texts = pages_of(book.folder / "_build/slides/chapter-notes.pdf")
    page = next(text for text in texts if "Point 3" in text)
    assert "Say it 3." in page
    assert "Book § 1.3 Section 3, p." in page


def test_a_handout_of_five_is_an_error(book: Book) -> None:
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('builder_deck = {"handout": 5}\n')
    result = book.build(CHAPTER, "--to", "pptx")
    assert result.status == 1
    line = len((book.folder / "conf.py").read_text().splitlines())
    assert f"conf.py:{line}: ERROR: handout is 5; write one of 0, 2, 3, 4, 6." in result.errors


def test_the_file_has_a_picture_of_its_first_slide(book: Book) -> None:
    deck = book.build(CHAPTER, "--to", "pptx").deck()
    parts = {str(part.partname): part for part in deck.part.package.iter_parts()}
    picture = parts["/docProps/thumbnail.jpeg"]
    assert picture.content_type == "image/jpeg"
    image = Image.open(io.BytesIO(picture.blob)).convert("RGB")
    assert image.size == (256, 144)
    assert image.getpixel((5, 5))[0] > 100  # the red of the title slide

"""The pages are set again only when what they are made of has changed; what is kept is what a fresh build makes."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from urllib.parse import unquote

from conftest import Book
from pdf_text import pages_of

CHAPTER = "# Chapter\n\n{.slide}\n## Section\n\n[A point]{.point} of the text.\n\n```{notes}\nSay this.\n```\n"


def kept(book: Book) -> dict[str, bytes]:
    """What is kept of each fascicle, by its name."""
    folder = next((book.folder / "_build/.work/typstpdf/fascicles").iterdir())
    return {unquote(path.stem): path.read_bytes() for path in folder.iterdir()}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The fascicles that were set, between two builds."""
    return {name for name in before | after if before.get(name) != after.get(name)}


def test_an_edit_of_speaker_notes_sets_no_page(book: Book) -> None:
    first = book.build(CHAPTER)
    pages, before = first.pdf.read_bytes(), kept(book)
    second = book.build(CHAPTER.replace("Say this", "Say that"))
    assert second.status == 0, second.errors
    assert second.pdf.read_bytes() == pages
    assert not changed(before, kept(book))
    assert "Say that." in second.deck().slides[1].notes_slide.notes_text_frame.text


def test_an_edit_of_words_an_option_or_a_picture_does(book: Book, tmp_path: Path) -> None:
    book.build(CHAPTER)
    before = kept(book)
    book.build(CHAPTER.replace("of the text", "of this text"))
    after = kept(book)
    assert changed(before, after) == {"chapter"}
    with (book.folder / "conf.py").open("a") as conf:
        conf.write('builder_trim = "a5"\n')
    result = book.build(None)
    assert changed(after, kept(book)) == {":front", "chapter"}
    fresh = book.build(None, "-o", str(tmp_path / "fresh"))
    assert fresh.status == 0
    assert next((tmp_path / "fresh/pdf").iterdir()).read_bytes() == result.pdf.read_bytes()


def test_a_kept_fascicle_that_was_damaged_is_set_again(book: Book) -> None:
    first = book.build(CHAPTER)
    pages = first.pdf.read_bytes()
    next((book.folder / "_build/.work").rglob("chapter.pickle")).write_bytes(b"damaged")
    second = book.build(CHAPTER.replace("Say this", "Say that"))
    assert second.pdf.read_bytes() == pages


def test_what_hinders_is_said_again(book: Book) -> None:
    text = CHAPTER + "\n\U00013000 is a character without a font.\n"
    first = book.build(text, "--to", "pdf")
    second = book.build(text.replace("Say this", "Say that"), "--to", "pdf")
    assert "hinders UA-1" in first.errors
    assert "hinders UA-1" in second.errors


def test_looks_of_the_template_hide_no_function_of_formulas(book: Book) -> None:
    chapter = "# Chapter\n\n$$\n\\mathsf{Q} \\mathtt{R} \\overrightarrow{XY} \\mathrel{\\longrightarrow} Z\n$$\n"
    result = book.build(chapter, "--to", "pdf")
    assert result.errors == ""
    words = unicodedata.normalize("NFKC", "".join(pages_of(result.pdf)))
    assert {"(", ")"}.isdisjoint(words)
    assert set("QRXYZ⟶") <= set(words)

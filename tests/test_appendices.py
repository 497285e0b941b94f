"""Appendices have letters for numbers, in web, print and slides."""

from __future__ import annotations

import pytest

from conftest import CONF, Book
from pdf_text import pages_of

ROOT = "# Root\n\n```{toctree}\n:numbered:\n\nchapter\nmore\nlast\n```\n"
CHAPTER = "# One\n\nSee {numref}`appendix {number} <more>`, {numref}`deep` and {numref}`tab`.\n"
MORE = "(more)=\n# More\n\n(deep)=\n## Deep\n\n```{csv-table} Rows\n:name: tab\n\na, b\n```\n"


def appended(book: Book) -> Book:
    book.write("conf.py", CONF + 'builder_appendices = ["more", "last"]\n')
    book.write("index.md", ROOT)
    book.write("more.md", MORE)
    book.write("last.md", "# Last\n\ntext\n")
    return book


def page(book: Book, name: str) -> str:
    return (book.folder / f"_build/html/{name}.html").read_text(encoding="utf-8")


def test_appendices_are_lettered_everywhere(book: Book) -> None:
    result = appended(book).build(CHAPTER)
    assert result.status == 0, result.errors
    chapter = page(book, "chapter")
    assert "appendix A</span>" in chapter
    assert "Section A.1" in chapter
    assert "Table A.1" in chapter
    assert '<span class="section-number">A. </span>More' in page(book, "more")
    assert '<span class="section-number">B. </span>Last' in page(book, "last")
    text = " ".join(" ".join(pages_of(result.pdf)).split()).replace(" ,", ",").replace(" .", ".")
    assert "See appendix A, Section A.1 and Table A.1." in text
    assert "APPENDIX A More" in text
    assert "APPENDIX B Last" in text


def test_a_second_build_writes_no_page_again_and_keeps_the_letters(book: Book) -> None:
    appended(book).build(CHAPTER)
    pages = [book.folder / f"_build/html/{name}.html" for name in ("index", "chapter", "more", "last")]
    before = [path.stat().st_mtime_ns for path in pages]
    assert book.build(None).status == 0
    assert [path.stat().st_mtime_ns for path in pages] == before
    book.write("chapter.md", CHAPTER + "\nMore words.\n")
    assert book.build(None).status == 0
    assert "appendix A</span>" in page(book, "chapter")
    assert [path.stat().st_mtime_ns for path in pages[2:]] == before[2:]


@pytest.mark.slow
def test_a_new_appendix_moves_the_letters_of_those_behind_it(book: Book) -> None:
    appended(book).build(CHAPTER)
    book.write("new.md", "# New\n\ntext\n")
    book.write("index.md", ROOT.replace("more\n", "new\nmore\n"))
    book.write("conf.py", CONF + 'builder_appendices = ["new", "more", "last"]\n')
    assert book.build(None).status == 0
    assert '<span class="section-number">B. </span>More' in page(book, "more")
    assert '<span class="section-number">C. </span>Last' in page(book, "last")


def test_documents_below_an_appendix_have_its_letter(book: Book) -> None:
    appended(book).write("last.md", "# Last\n\n```{toctree}\n\npart\n```\n")
    book.write("part.md", "# Part\n\ntext\n")
    assert book.build(CHAPTER).status == 0
    assert '<span class="section-number">B.1. </span>Part' in page(book, "part")

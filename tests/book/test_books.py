"""Several printed books of one project, appendices, and what the options of the printed book refuse."""

from __future__ import annotations

import pytest

from conftest import CONF, INDEX, Book
from pdf_text import pages_of


def test_each_declared_book_is_a_pdf_of_its_own(book: Book) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\n\nguide/index\nreference/index\n```\n")
    for name in ("guide", "reference"):
        book.write(f"{name}/index.md", f"# The {name}\n\nOpening of the {name}.\n\n```{{toctree}}\n\npage\n```\n")
        book.write(f"{name}/page.md", f"# A page\n\nWords in the {name}.\n")
    book.write(
        "conf.py",
        CONF + 'builder_books = [{"root": "guide/index", "name": "guide", "title": "The guide"},\n'
        ' {"root": "reference/index", "name": "ref", "title": "The reference", "preset": "manual"}]\n',
    )
    result = book.build(None, "--to", "pdf")
    assert result.status == 0, result.errors
    folder = book.folder / "_build" / "pdf"
    assert sorted(path.name for path in folder.iterdir()) == ["guide.pdf", "ref.pdf"]
    assert book.build().status == 0
    page = (book.folder / "_build" / "html" / "reference" / "page.html").read_text(encoding="utf-8")
    assert "downloads/ref.pdf" in page
    assert "downloads/guide.pdf" not in page
    text = " ".join(pages_of(folder / "guide.pdf")).lower()
    assert "words in the guide" in text
    assert "words in the reference" not in text


def test_appendices_open_as_such(book: Book) -> None:
    book.write("index.md", INDEX.replace("chapter", "chapter\nmore"))
    book.write("more.md", "# Tables\n\nMore.\n")
    book.write("conf.py", CONF + 'builder_appendices = ["more"]\n')
    pages = pages_of(book.build("# One\n\nText.\n", "--to", "pdf").pdf)
    assert any("APPENDIX" in text and "Tables" in text for text in pages)
    assert any("CHAPTER" in text and "One" in text for text in pages)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ('builder_books = [("index", "a")]', "builder_books has ('index', 'a'); write {'root'"),
        ('builder_books = [{"root": "nowhere", "name": "a"}]', "names the document 'nowhere', which is not there"),
        ('builder_pdf_standards = ["ua-9"]', "builder_pdf_standards has 'ua-9'; write any of ua-1"),
        ('builder_body_font = "Nowhere Serif"', "run 'pip install fontpkg-nowhere-serif'"),
        ('builder_fonts = "nofonts"', "builder_fonts names the folder 'nofonts', which is not there"),
    ],
)
def test_options_that_cannot_be_used_say_what_to_write(book: Book, options: str, message: str) -> None:
    book.write("conf.py", f"{CONF}{options}\n")
    result = book.build("# One\n\nText.\n", "--to", "pdf")
    assert result.status == 1
    assert message in result.errors
    assert "Traceback" not in result.errors

"""What Typst reports comes at the author's own files and lines."""

from __future__ import annotations

import pikepdf

from conftest import CONF, Book
from pdf_text import pages_of

BROKEN = "# One\n\nText.\n\n```{raw} typst\n#no-such-function()\n```\n\nMore.\n"


def test_a_failing_compile_names_file_and_line_of_the_source_and_costs_its_block(book: Book) -> None:
    result = book.build(BROKEN, "--to", "pdf")
    assert result.status == 0
    assert "More." in " ".join(pages_of(result.pdf))
    assert "chapter.md:5" in result.errors
    assert "unknown variable: no-such-function" in result.errors
    assert ".typ" not in result.errors


def test_what_hinders_a_standard_is_listed_and_the_pdf_is_there(book: Book) -> None:
    result = book.build(
        "# One\n\nText.\n\n```{raw} typst\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' "
        "height='9'/>\"))\n```\n",
        "--to",
        "pdf",
    )
    assert result.status == 0
    assert "chapter.md:5" in result.errors
    assert "this hinders UA-1: missing alt text" in result.errors
    with pikepdf.open(result.pdf) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "pdfuaid:part" not in pdf.open_metadata()


def test_an_option_makes_that_an_error(book: Book) -> None:
    book.write("conf.py", CONF + "builder_pdf_strict = True\n")
    result = book.build(
        "# One\n\n```{raw} typst\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' "
        "width='9' height='9'/>\"))\n```\n",
        "--to",
        "pdf",
    )
    assert result.status == 1
    assert not list((book.folder / "_build").glob("pdf/*.pdf"))


def test_archival_and_accessible_together(book: Book) -> None:
    book.write("conf.py", CONF + 'builder_pdf_standards = ["a-2a", "ua-1"]\n')
    result = book.build("# One\n\nText with $x^2$.\n", "--to", "pdf")
    assert result.errors == ""
    with pikepdf.open(result.pdf) as pdf:
        metadata = pdf.open_metadata()
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfuaid:part"] == "1"


def test_footnotes_and_targets_in_headings_and_captions(book: Book) -> None:
    chapter = (
        "# One {index}`heads <pair: heads; words>`\n\nText.\n\n## Two[^a]\n\nMore. See [](#here).\n\n[^a]: A note.\n"
    )
    result = book.build(chapter.replace("See [](#here).", ""), "--to", "pdf")
    assert result.status == 0, result.errors

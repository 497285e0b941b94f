"""The folder that is published is one that any web server shows: it has an index.html, and GitHub omits nothing."""

from __future__ import annotations

import re

import pytest

from conftest import CONF, Book

OTHER_ROOT = CONF + 'root_doc = "cover & more"\n'


@pytest.fixture
def other(book: Book) -> Book:
    """A book that does not begin with `index`."""
    book.write("conf.py", OTHER_ROOT)
    (book.folder / "index.md").rename(book.folder / "cover & more.md")
    return book


def leads_to(book: Book) -> str:
    """Where the published index.html leads."""
    page = (book.folder / "_build/html/index.html").read_text(encoding="utf-8")
    return re.findall(r'<meta http-equiv="refresh" content="0; url=([^"]*)"', page)[0]


def test_a_book_that_begins_with_another_document_has_a_page_that_leads_to_it(other: Book) -> None:
    assert other.build("# One\n", "--to", "html", "-W").status == 0
    assert leads_to(other) == "cover%20%26%20more.html"
    assert (other.folder / "_build/html/cover & more.html").is_file()
    assert (other.folder / "_build/html/.nojekyll").is_file()


def test_the_page_stays_when_nothing_changes_and_goes_when_a_document_takes_its_place(other: Book) -> None:
    other.build("# One\n", "--to", "html")
    assert other.build("# One\n\nmore\n", "--to", "html").status == 0
    assert leads_to(other)
    other.write("conf.py", CONF)
    (other.folder / "cover & more.md").rename(other.folder / "index.md")
    other.build(None, "--to", "html")
    page = (other.folder / "_build/html/index.html").read_text(encoding="utf-8")
    assert "refresh" not in page
    assert "Root" in page


def test_the_page_is_there_when_the_first_document_gets_another_name(other: Book) -> None:
    (other.folder / "cover & more.md").rename(other.folder / "index.md")
    other.write("conf.py", CONF)
    other.build("# One\n", "--to", "html")
    (other.folder / "index.md").rename(other.folder / "cover & more.md")
    other.write("conf.py", OTHER_ROOT)
    other.build(None, "--to", "html")
    assert leads_to(other) == "cover%20%26%20more.html"


def test_a_page_of_the_project_stays(other: Book) -> None:
    other.write("conf.py", OTHER_ROOT + 'html_extra_path = ["front"]\n')
    other.write("front/index.html", "<title>mine</title>")
    other.build("# One\n", "--to", "html")
    assert (other.folder / "_build/html/index.html").read_text(encoding="utf-8") == "<title>mine</title>"

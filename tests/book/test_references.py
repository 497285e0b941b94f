"""References between documents and to other projects, in print."""

from __future__ import annotations

import zlib

import pikepdf
import pytest

from conftest import CONF, Book
from pdf_text import pages_of

INVENTORY = (
    b"# Sphinx inventory version 2\n# Project: Library\n# Version: 1.0\n# The remainder of this file is compressed "
    b"using zlib.\n"
    + zlib.compress(b"lib.Thing py:class 1 api.html#$ -\nguide std:label -1 guide.html#start The guide\n")
)


def addresses(path) -> set[str]:
    """The addresses that links of a PDF lead to."""
    with pikepdf.open(path) as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        return {str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A}


def inner_links(path) -> int:
    """How many links of a PDF lead to places in it."""
    with pikepdf.open(path) as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        return sum("/Dest" in link or ("/A" in link and link.A.S == "/GoTo") for link in links)


@pytest.fixture
def two(book: Book) -> Book:
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\none\ntwo\n```\n")
    return book


def test_equations_are_named_by_their_numbers_from_other_documents(two: Book) -> None:
    two.write("one.md", "# One\n\n```{math}\n:label: euler\ne^{i\\pi} = -1\n```\n")
    two.write("two.md", "# Two\n\nBy {eq}`euler` all is well.\n\n$$x = 1 \\text{ by \\eqref{euler}}$$\n")
    result = two.build(None, "--to", "html,pdf")
    text = " ".join(pages_of(result.pdf))
    page = (two.folder / "_build" / "html" / "two.html").read_text(encoding="utf-8")
    number = page.split('href="one.html#equation-euler">')[1].split("<")[0]
    assert f"By {number} all is well" in text
    assert inner_links(result.pdf) >= 1


def test_objects_of_other_projects_are_linked_by_their_address(two: Book) -> None:
    two.write("objects.inv", INVENTORY)
    two.write(
        "conf.py",
        CONF.replace('["myst_parser"]', '["myst_parser", "sphinx.ext.intersphinx"]')
        + 'intersphinx_mapping = {"lib": ("https://lib.example.org/", "objects.inv")}\n',
    )
    two.write("one.md", "# One\n\nSee {py:class}`lib.Thing` and {external+lib:ref}`guide`.\n")
    two.write("two.md", "# Two\n\nText.\n")
    result = two.build(None, "--to", "pdf")
    assert result.errors == ""
    assert addresses(result.pdf) == {
        "https://lib.example.org/api.html#lib.Thing",
        "https://lib.example.org/guide.html#start",
    }
    assert "See lib.Thing and The guide" in " ".join(pages_of(result.pdf)).replace("\u200b", "")


def test_pages_of_references_are_told_on_demand(two: Book) -> None:
    two.write("conf.py", CONF + "builder_page_references = True\n")
    two.write("one.md", "(first)=\n# One\n\nText.\n")
    two.write("two.md", "# Two\n\nSee {ref}`first`.\n")
    assert "See One (page 1)" in " ".join(pages_of(two.build(None, "--to", "pdf").pdf))

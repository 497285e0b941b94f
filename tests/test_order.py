"""Pages of toctrees stand on slides and in print where the web book and Sphinx's ``singlehtml`` have them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sphinx.cmd.build import build_main

from conftest import CONF, Book, Result
from pdf_text import pages_of

ENOUGH = "It has some more of them, since a page of hardly any words has no deck of its own."
PAGES = ("alpha", "beta", "gamma", "delta", "part/one", "part/two", "part/deep")
ORDERS = {
    "nested": {"index": "```{toctree}\nbeta\npart/one\nalpha\n```\n", "part/one": "```{toctree}\ndeep\ntwo\n```\n"},
    "in the middle": {
        "index": "```{toctree}\nbeta\nalpha\n```\n",
        "beta": "Before.\n\n```{toctree}\ngamma\n```\n\n## After of beta\n\nText behind.\n",
    },
    "in a section": {
        "index": "```{toctree}\nbeta\nalpha\n```\n",
        "beta": "## First of beta\n\n```{toctree}\ngamma\n```\n\n## Second of beta\n\nText behind.\n",
    },
    "reversed": {"index": "```{toctree}\n:reversed:\n\nalpha\nbeta\ngamma\n```\n"},
    "glob": {"index": "```{toctree}\n:glob:\n\ngamma\npart/*\n*\n```\n"},
    "several": {"index": "```{toctree}\n:caption: A\n\ngamma\n```\n\n```{toctree}\n:caption: B\n\nalpha\nbeta\n```\n"},
    "hidden": {
        "index": "```{toctree}\ngamma\n```\n\n```{toctree}\n:hidden:\n\nalpha\n```\n",
        "alpha": "```{toctree}\n:hidden:\n\nbeta\n```\n",
    },
    "a page twice": {"index": "```{toctree}\nbeta\nalpha\nbeta\n```\n", "alpha": "```{toctree}\ngamma\n```\n"},
}  # fmt: skip


def written(book: Book, files: dict[str, str]) -> Book:
    """A book of pages that each name themselves."""
    book.write("conf.py", f'{CONF}exclude_patterns = ["_build"]\n')
    book.write("index.md", f"# Root\n\n{files['index']}")
    for name in PAGES:
        book.write(f"{name}.md", f"# Title {name}\n\nWords of {name}. {ENOUGH}\n\n{files.get(name, '')}")
    return book


def order(text: str) -> list[str]:
    """The pages and sections in the order of their words, each once."""
    return list(dict.fromkeys(re.findall(r"Words of ([\w/]+)|(Text behind)", text)))


def singlehtml(folder: Path) -> str:
    """The words of the book as Sphinx puts them on one page."""
    assert build_main(["-q", "-b", "singlehtml", str(folder), str(folder / "one")]) == 0
    page = (folder / "one/index.html").read_text()
    return re.sub(r"<[^>]*>", "", page[page.index('role="main"') :])


def read_in_decks(result: Result) -> str:
    """The words of slides and notes, in the order of the decks."""
    out = [line for line in result.out.splitlines() if line.startswith("_build/slides/")]
    names = [Path(line.split()[0]).stem for line in out]
    found = []
    for slide in (slide for name in names for slide in result.deck(name).slides):
        found += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        found += [slide.notes_slide.notes_text_frame.text] if slide.has_notes_slide else []
    return " ".join(found)


@pytest.mark.parametrize("name", ORDERS)
def test_print_and_slides_have_the_order_of_singlehtml(book: Book, name: str) -> None:
    written(book, ORDERS[name])
    expected = order(singlehtml(book.folder))
    assert expected
    result = book.call("build", "--to", "pdf,pptx")
    assert result.status == 0, result.errors
    assert order(" ".join(pages_of(result.pdf))) == expected
    assert order(read_in_decks(result)) == expected


def test_the_second_build_does_not_read_the_first(book: Book) -> None:
    """Copies of sources in the web book, which some themes keep under their own names, are no documents."""
    book.write("conf.py", f'{CONF}html_sourcelink_suffix = ""\n')
    book.write("index.md", "# Root\n\n```{toctree}\n:glob:\n:numbered:\n\n*\n```\n")
    first = book.build("# One\n\nText.\n")
    assert (book.folder / "_build/html/_sources/chapter.md").is_file()
    book.build(None, "-o", "elsewhere")
    again = book.build("# One\n\nText, and more.\n")
    assert again.errors == first.errors
    assert sorted(path.stem for path in (book.folder / "_build/slides").glob("*.pptx")) == ["chapter"]

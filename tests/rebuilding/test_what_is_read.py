"""What is read again after an edit: what changed, and what shares a name that others may refer to, no more."""

# One case, one call or one line of a source stands on a line, however long.

from __future__ import annotations

import re

from whole_book import outputs

from conftest import Book

CONF = """
extensions = ["myst_parser", "sphinx_proof"]
myst_enable_extensions = ["deflist"]
exclude_patterns = ["_build", "excluded.md"]
suppress_warnings = ["myst"]
"""
PAGE = "# {name}\n\nNote\n: What {name} notes.\n\n```{{prf:theorem}} Of {name}\nSo.\n```\n"


def test_terms_of_lists_and_theorems_without_labels_are_no_names_that_documents_share(book: Book) -> None:
    book.write("conf.py", CONF)
    book.write("index.md", "# Root\n\n```{toctree}\none\ntwo\n```\n")
    for name in ("one", "two"):
        book.write(f"{name}.md", PAGE.format(name=name))
    book.call("build", "--to", "html")
    book.write("one.md", f"{PAGE.format(name='one')}\nMore.\n")
    assert read(book) == {"one"}
    assert book.call("build", "-q", "--to", "html", "-o", str(book.folder.parent / "fresh")).status == 0
    kept, fresh = (
        outputs(folder)["html/prf-prf.html"] for folder in (book.folder / "_build", book.folder.parent / "fresh")
    )
    assert kept == fresh


def test_a_link_to_a_file_that_is_no_document_has_nothing_read_again(book: Book) -> None:
    """Reading it again gives what it gave."""
    book.write("conf.py", CONF)
    book.write("index.md", "# Root\n\n```{toctree}\none\ntwo\n```\n")
    book.write("excluded.md", "# Excluded\n")
    book.write("one.md", "# One\n\n[a document that is left out](excluded.md) and [a folder](images)\n")
    book.write("two.md", "# Two\n")
    book.call("build", "--to", "html")
    book.write("two.md", "# Two\n\nMore.\n")
    assert read(book) == {"two"}


def read(book: Book) -> set[str]:
    """The documents that a build reads."""
    return set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", book.call("build", "--to", "html").out))

"""Documents that a parser, a directive or a handler stumbles over cost their own pages, and circles of toctrees cost
nothing.
"""

from __future__ import annotations

import re

import pytest

from conftest import Book
from pdf_text import pages_of

STUMBLING = """
from docutils.parsers.rst import Directive

class Stumble(Directive):
    has_content = True

    def run(self):
        raise ZeroDivisionError("by the directive")

def stumbling(name, rawtext, text, lineno, inliner, options=None, content=None):
    raise ZeroDivisionError("by the role")

def stumble(app, doctree):
    if "MAGIC" in doctree.astext():
        raise KeyError("by the handler")

def setup(app):
    app.add_directive("stumble", Stumble)
    app.add_role("stumbling", stumbling)
    app.connect("doctree-read", stumble)
"""
SOUND = "# Sound\n\n{.slide}\n## Part\n\nSound [words]{.point}.\n"
STUMBLED = {
    "handler.md": ("(target)=\n# Bad\n\nMAGIC\n", 1, "KeyError: 'by the handler'"),
    "includes.md": ("# Bad\n\n```{include} includes.md\n```\n", 3, "RecursionError: "),
    "deep.md": ("# Bad\n\n" + "*" * 999 + "x" + "*" * 999 + "\n", 1, "RecursionError: "),
}


RAISING = {
    "by-myst.md": "# Good\n\nBefore.\n\n```{stumble}\nits words\n```\n\nWith {stumbling}`a role` after.\n",
    "by-rst.rst": "Good\n====\n\nBefore.\n\n.. stumble::\n\n   its words\n\nWith :stumbling:`a role` after.\n",
}
"""Documents with a directive on line 5 or 6 and a role on the last line, which raise."""


def test_a_directive_or_a_role_that_raises_costs_itself(book: Book) -> None:
    book.write("conf.py", (book.folder / "conf.py").read_text() + STUMBLING)
    for name, text in RAISING.items():
        book.write(name, text)
    book.write("index.md", "# Root\n\n```{toctree}\nby-myst\nby-rst\nchapter\n```\n")
    for _ in range(2):  # which is reported at each build
        result = book.build(SOUND, "--to", "pdf")
        assert result.status == 1
        said = re.findall(r"(by-\w+\.\w+):(\d+): ERROR: the (\w+) 'stumbl\w+' cannot be read", result.errors)
        assert said == [
            ("by-myst.md", "5", "directive"), ("by-myst.md", "9", "role"),
            ("by-rst.rst", "6", "directive"), ("by-rst.rst", "10", "role"),
        ]  # fmt: skip
        text = " ".join(" ".join(pages_of(result.pdf)).split())
        assert all(text.count(words) == 2 for words in ("Before.", "its words", "a role", "after."))


@pytest.mark.slow
def test_a_document_that_cannot_be_read_costs_its_page(book: Book) -> None:
    book.write("conf.py", (book.folder / "conf.py").read_text() + STUMBLING)
    for name, (text, _, _) in STUMBLED.items():
        book.write(name, text)
    names = "\n".join(name.rpartition(".")[0] for name in STUMBLED)
    book.write("index.md", f"# Root\n\n```{{toctree}}\n:numbered:\n\n{names}\nchapter\n```\n")
    for _ in range(2):  # what cannot be read is read, and reported, again
        result = book.build(SOUND)
        assert result.status == 1
        for name, (_, line, reason) in STUMBLED.items():
            said = re.findall(
                rf"{re.escape(name)}:(\d+): ERROR: this document cannot be read.*?{reason}", result.errors
            )
            assert said == [str(line)], (name, result.errors)
        assert "Sound words." in " ".join(pages_of(result.pdf))
        assert len(result.deck().slides) == 2
        page = (book.folder / "_build/html/handler.html").read_text(encoding="utf-8")
        assert "by the handler" in page
    for name in STUMBLED:
        book.write(name, "# Good\n" if name.endswith(".md") else "Good\n====\n")
    result = book.build(SOUND)
    assert (result.status, result.errors) == (0, "")


def test_what_stumbles_over_every_document_ends_the_build(book: Book) -> None:
    book.write(
        "conf.py", (book.folder / "conf.py").read_text() + STUMBLING.replace('"MAGIC" in doctree', '"" in doctree')
    )
    result = book.build(SOUND, "--to", "html")
    assert result.status == 1
    assert "by the handler" in result.errors
    assert not (book.folder / "_build/html/chapter.html").exists()


@pytest.mark.parametrize("back", ["index", "one"])
def test_toctrees_that_lead_back_are_followed_once(book: Book, back: str) -> None:
    toctree = "\n\n```{{toctree}}\n{}\n```\n"
    book.write("index.md", "# Root" + toctree.format("one\nchapter"))
    book.write("one.md", "# One\n\nWords of one." + toctree.format("two"))
    book.write("two.md", "# Two\n\nWords of two." + toctree.format(back))
    book.write("conf.py", (book.folder / "conf.py").read_text() + 'builder_appendices = ["one"]\n')
    result = book.build(SOUND)
    assert result.status == 0
    assert "circular toctree references detected" in result.errors
    words = " ".join(pages_of(result.pdf))
    assert words.count("Words of one.") == words.count("Words of two.") == 1
    book.write("one.md", "# One\n\nWords of one.\n")
    book.write("index.md", "# Root" + toctree.format("two\nchapter"))
    result = book.build(SOUND)
    assert "Words of one." in " ".join(pages_of(result.pdf)) or back == "index"

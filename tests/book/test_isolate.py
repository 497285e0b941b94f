"""What Typst or a handler cannot set costs its block: its words stand in its place, and the book is set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import Book
from pdf_text import pages_of

GADGETS = """
from docutils import nodes
from docutils.parsers.rst import Directive

from builder.book.translate import renders

class contraption(nodes.General, nodes.Element):
    pass

class GadgetDirective(Directive):
    has_content = True
    optional_arguments = 1
    def run(self):
        node = contraption("", nodes.paragraph("", "words in a contraption"), kind=self.arguments[0])
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        return [node]

@renders(contraption)
def typst(t, node):
    if node["kind"] == "raises":
        raise ZeroDivisionError("no reason")
    return {
        "unknown": "\\n\\n#nosuchthing[x]\\n\\n",  # Typst names its line
        "placeless": "\\n\\n#block[#turned[x]]\\n\\n",  # Typst names a line of the template only
        "unclosed": "\\n\\n#block[x\\n\\n",
    }[node["kind"]]

def setup(app):
    app.add_node(contraption, html=(lambda self, node: None, lambda self, node: None))
    app.add_directive("contraption", GadgetDirective)
"""
CHAPTER = """# One

Sound start.

- an item

  ```{{contraption}} {kind}
  ```
- another item

:::{{note}}
A sound note.
:::

Sound end.
"""


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (
            "raises",
            "the contraption cannot be shown as it should be; there is its text in its place. ZeroDivisionError",
        ),
        ("unknown", "Typst cannot set the contraption: unknown variable: nosuchthing; its words stand in its place"),
        ("placeless", "Typst cannot set the contraption: pagebreaks are not allowed inside of containers"),
        ("unclosed", "Typst cannot set the contraption"),
    ],
)
def test_a_block_that_cannot_be_set(book: Book, kind: str, said: str) -> None:
    book.write("contraptions.py", GADGETS)
    conf = book.folder.joinpath("conf.py").read_text()
    path = f"import sys\nsys.path.insert(0, {str(book.folder)!r})\n"
    book.write("conf.py", f'{path}{conf}extensions.append("contraptions")\n')
    for more in ("", "\nMore.\n"):  # the second build tries again, and reports again
        result = book.build(CHAPTER.format(kind=kind) + more, "--to", "pdf")
        errors = re.sub(r"\x1b\[[0-9;]*m", "", result.errors)
        assert result.status == 0, errors
        assert f"chapter.md:7: WARNING: {said}" in errors
        words = " ".join(pages_of(result.pdf))
        for part in (
            "Sound start.",
            "an item",
            "words in a contraption",
            "another item",
            "A sound note.",
            "Sound end.",
        ):
            assert part in words


def test_a_block_in_a_chapter_that_joins_the_one_before_while_it_is_sought(book: Book) -> None:
    book.write("contraptions.py", GADGETS)
    conf = book.folder.joinpath("conf.py").read_text()
    path = f"import sys\nsys.path.insert(0, {str(book.folder)!r})\n"
    book.write("conf.py", f'{path}{conf}extensions.append("contraptions")\n')
    book.write("index.md", "# Root\n\n```{toctree}\nsound\nchapter\n```\n")
    book.write("sound.md", "# Sound\n\nSound words.\n")
    result = book.build("# One\n\n```{contraption} placeless\n```\n", "--to", "pdf")
    assert result.status == 0, result.errors
    words = " ".join(pages_of(result.pdf))
    assert "words in a contraption" in words
    assert "Sound words." in words


def test_a_template_of_the_author_that_does_not_compile(book: Book) -> None:
    book.write("ours.typ", "#let accent = red\n#let emph(body) = strong(nowhere)\n")
    book.write("conf.py", book.folder.joinpath("conf.py").read_text() + 'builder_template = "ours.typ"\n')
    result = book.build("# One\n\nSome *stressed* words.\n", "--to", "pdf")
    errors = re.sub(r"\x1b\[[0-9;]*m", "", result.errors)
    assert "ours.typ:2: ERROR: the template cannot be used, so the book is set with the builder's own" in errors
    assert "unknown variable: nowhere" in errors
    assert result.status == 1
    assert "Some stressed words." in " ".join(pages_of(result.pdf))
    assert Path(result.pdf).name == "asmallbook.pdf"

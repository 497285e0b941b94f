"""A handler or a transform that stumbles over a document when it is written costs what it would have done there."""

from __future__ import annotations

import pytest

from conftest import Book

CONF = """
from sphinx.transforms.post_transforms import SphinxPostTransform

def stumble(app, *of_page):
    if any("bad" == part for part in of_page):
        raise KeyError("MAGIC")

def mend(app, env, node, content):
    raise KeyError("MAGIC")

def pages(app):
    yield "extra", {"title": "Extra", "body": "<p>An extra page.</p>"}, "page.html"
    raise KeyError("MAGIC")

def of_book(*arguments):
    raise KeyError("MAGIC")

class Stumble(SphinxPostTransform):
    default_priority = 5

    def run(self):
        if self.env.docname == "bad":
            raise KeyError("MAGIC")

def setup(app):
"""
STUMBLING = {
    "app.connect('doctree-resolved', stumble)": "the handler 'stumble' of the event 'doctree-resolved'",
    "app.connect('html-page-context', stumble)": "the handler 'stumble' of the event 'html-page-context'",
    "app.connect('missing-reference', mend)": "the handler 'mend' of the event 'missing-reference'",
    "app.add_post_transform(Stumble)": "the transform 'Stumble'",
}
BAD = "# Bad\n\n{.slide}\n## Part\n\n[Bad words]{.point}, and {any}`nowhere`.\n"


@pytest.mark.parametrize("call", STUMBLING)
def test_it_is_told_and_all_else_is_made(book: Book, call: str) -> None:
    book.write("conf.py", (book.folder / "conf.py").read_text() + CONF + f"    {call}\n")
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\nbad\n```\n")
    book.write("bad.md", BAD)
    for _ in range(2):  # the second build says it again
        result = book.build("# Sound\n\n{.slide}\n## Part\n\n[Sound words]{.point}.\n")
        assert result.status == 1
        assert result.errors.count("KeyError: 'MAGIC'") == 1, result.errors
        line = 6 if "missing" in call else 1
        assert f"bad.md:{line}: ERROR: {STUMBLING[call]} ends with KeyError: 'MAGIC'" in result.errors
    assert "Bad words" in (book.folder / "_build/html/bad.html").read_text(encoding="utf-8")
    assert [len(result.deck(name).slides) for name in ("chapter", "bad")] == [2, 2]
    assert result.pdf.is_file()


def test_it_is_told_again_where_no_page_is_written(book: Book) -> None:
    book.write(
        "conf.py", (book.folder / "conf.py").read_text() + CONF + "    app.connect('doctree-resolved', stumble)\n"
    )
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\nbad\n```\n")
    book.write("bad.md", BAD)
    for _ in range(2):
        result = book.build("# Sound\n\n{.slide}\n## Part\n\n[Sound words]{.point}.\n", "--to", "pptx")
        assert result.status == 1
        assert result.errors.count("KeyError: 'MAGIC'") == 1, result.errors


OF_BOOKS = {
    "env-get-outdated": "of_book",
    "env-updated": "of_book",
    "html-collect-pages": "pages",
    "build-finished": "of_book",
}


def test_handlers_for_the_whole_book_cost_what_they_had_not_given_yet(book: Book) -> None:
    calls = [f"    app.connect('{event}', {handler})\n" for event, handler in OF_BOOKS.items()]
    conf = (book.folder / "conf.py").read_text() + CONF + "".join(calls)
    book.write("conf.py", conf)
    for _ in range(2):  # the second build says it again
        result = book.build("# Sound\n\n{.slide}\n## Part\n\n[Sound words]{.point}.\n")
        assert result.status == 1
        for event, handler in OF_BOOKS.items():
            line = conf[: conf.index(f"def {handler}(")].count("\n") + 1
            told = f"conf.py:{line}: ERROR: the handler '{handler}' of the event '{event}' ends with KeyError: 'MAGIC'"
            assert result.errors.count(told) == 1, result.errors
    assert len(result.deck("chapter").slides) == 2
    assert result.pdf.is_file()
    for page, words in {"chapter": "Sound words", "extra": "An extra page"}.items():
        assert words in (book.folder / f"_build/html/{page}.html").read_text(encoding="utf-8")


def test_it_is_no_longer_told_when_it_is_mended(book: Book) -> None:
    conf = (book.folder / "conf.py").read_text()
    book.write("conf.py", conf + CONF + "    app.connect('doctree-resolved', lambda *_: 1 / 0)\n")
    assert book.build("# One\n\nText.\n").status == 1
    book.write("conf.py", conf)
    result = book.build(None)
    assert (result.status, result.errors) == (0, "")


NODES = """
from docutils import nodes
from docutils.parsers.rst import Directive

class strange(nodes.General, nodes.Element):
    pass

class broken(nodes.General, nodes.Element):
    pass

class Strange(Directive):
    has_content = True
    kind = strange

    def run(self):
        node = self.kind()
        node.source, node.line = self.state_machine.get_source_and_line(self.lineno)
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]

class Broken(Strange):
    kind = broken

def fail(translator, node):
    raise KeyError("MAGIC")

def setup(app):
    app.add_directive("strange", Strange)
    app.add_directive("broken", Broken)
    app.add_node(broken, html=(fail, None))
"""


def test_a_node_that_cannot_be_written_costs_its_looks_and_not_its_words(book: Book) -> None:
    book.write("strange_nodes.py", NODES)
    here = "import sys, pathlib\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\n"
    extension = 'extensions.append("strange_nodes")\n'
    book.write("conf.py", here + (book.folder / "conf.py").read_text() + extension)
    text = "# One\n\nBefore.\n\n```{strange}\nWithin *one*.\n```\n\n```{broken}\nWithin two.\n```\n\nAfter.\n"
    for _ in range(2):  # the second build says it again
        result = book.build(text)
        assert result.status == 1
        told = "chapter.md:9: ERROR: writing what 'broken' is on the web page ends with KeyError: 'MAGIC'"
        assert result.errors.count(told) == 1, result.errors
        assert "chapter.md:5: WARNING: unknown node type: <strange: <paragraph...>>" in result.errors
    page = (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
    words = ["Before.", "Within <em>one</em>.", "Within two.", "After."]
    assert [page.count(f"<p>{word}</p>") for word in words] == [1] * len(words)

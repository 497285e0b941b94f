"""Functions in ``conf.py`` that show what other documents hold in nodes of docutils: after each edit all is as a clean
build gives it.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from edits import appended, each_gives_what_a_clean_build_gives, replaced

from conftest import Book

CONF = """
from docutils import nodes
from sphinx import addnodes

project = "A book"
author = "An Author"
copyright = "2026, An Author"
extensions = ["myst_parser"]
html_theme = "alabaster"
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]

def first_words(env, name):
    return next(iter(env.get_doctree(name).findall(nodes.paragraph))).astext()

def show_first_words(app, doctree, docname):
    for text in list(doctree.findall(nodes.Text)):
        if "FIRST WORDS" in text:
            text.parent.replace(text, nodes.Text(text.replace("FIRST WORDS", first_words(app.env, "giver"))))

def show_who_links_here(app, doctree, docname):
    for name in sorted(app.env.found_docs - {docname}):
        asked = app.env.get_doctree(name).findall(addnodes.pending_xref)
        if any(docname in node.get("reftarget", "") for node in asked):
            next(iter(doctree.findall(nodes.section))).append(nodes.paragraph("", f"{name} leads here."))

def answer(app, env, node, contnode):
    if node.get("reftarget") == "words-of-giver":
        return nodes.inline("", first_words(env, "giver"))

def setup(app):
    app.connect("doctree-resolved", show_first_words)
    app.connect("doctree-resolved", show_who_links_here)
    app.connect("missing-reference", answer)
"""
BOOK: dict[str, str | bytes] = {
    "conf.py": CONF,
    "index.md": "# Root\n\n```{toctree}\n\ntaker\nasker\nplain\ngiver\n```\n",
    "taker.md": "# Taker\n\n{.slide}\n## Words\n\n[It begins: FIRST WORDS]{.point}\n",
    "asker.md": "# Asker\n\n{.slide}\n## Words\n\n[They are {any}`words-of-giver`]{.point}\n",
    "plain.md": "# Plain\n\n{.slide}\n## Words\n\n[A point]{.point} of it.\n",
    "giver.md": "# Giver\n\nLamas first.\n\n{.slide}\n## Here\n\n[A point]{.point} of it.\n",
}
EDITS: dict[str, Callable[[Book], None]] = {
    "words that others show": replaced("giver.md", "Lamas first", "Herders first"),
    "a link to a document": appended("giver.md", "\nSee [](plain.md).\n"),
}


@pytest.mark.slow
def test_what_handlers_show_of_others_is_as_in_a_clean_build(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    each_gives_what_a_clean_build_gives(book, "handlers", BOOK, EDITS, capfd)

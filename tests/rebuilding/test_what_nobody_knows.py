"""What documents show of others by extensions that nobody knows, and what slides show that is gathered: after each edit
all is as a clean build gives it.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable

import pytest
from edits import each_gives_what_a_clean_build_gives, replaced

from conftest import Book

CONF = """
import sys
from pathlib import Path
sys.path.insert(0, str(Path(__file__).parent))
project = "A book"
author = "An Author"
copyright = "2026, An Author"
extensions = ["myst_parser", "sphinx.ext.todo", "ours"]
html_theme = "alabaster"
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]
todo_include_todos = True
todo_link_only = True
"""
OURS = """
from docutils import nodes
from sphinx.domains import Domain
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxDirective

def remarks(env):
    return env.__dict__.setdefault("remarks", {})

class gathered(nodes.General, nodes.Element):
    pass

class Gathered(SphinxDirective):
    def run(self):
        return [gathered()]

class Remark(SphinxDirective):
    has_content = True
    def run(self):
        remarks(self.env)[self.env.docname] = self.content[0]
        return []

class Recipe(SphinxDirective):
    required_arguments = 1
    has_content = True
    def run(self):
        self.env.get_domain("recipe").data["recipes"][self.arguments[0]] = (self.env.docname, self.content[0])
        return [nodes.target("", "", ids=[self.arguments[0]])]

class RecipeDomain(Domain):
    name = "recipe"
    label = "Recipe"
    roles = {"ref": XRefRole()}
    directives = {"recipe": Recipe}
    initial_data = {"recipes": {}}
    def clear_doc(self, docname):
        self.data["recipes"] = {k: v for k, v in self.data["recipes"].items() if v[0] != docname}
    def resolve_xref(self, env, fromdocname, builder, typ, target, node, contnode):
        found = self.data["recipes"].get(target)
        if not found:
            return None
        ref = nodes.reference("", "", internal=True)
        ref["refuri"] = builder.get_relative_uri(fromdocname, found[0]) + "#" + target
        ref += nodes.inline(found[1], found[1])
        return ref
    def get_objects(self):
        for name, (docname, _) in self.data["recipes"].items():
            yield name, name, "recipe", docname, name, 1
    def merge_domaindata(self, docnames, otherdata):
        self.data["recipes"].update({k: v for k, v in otherdata["recipes"].items() if v[0] in docnames})

def fill(app, doctree, docname):
    for node in list(doctree.findall(gathered)):
        node.replace_self([nodes.paragraph("", "Gathered: " + "; ".join(f"{k} {v}" for k, v in sorted(remarks(app.env).items())))])

def purge(app, env, docname):
    remarks(env).pop(docname, None)

def merge(app, env, docnames, other):
    remarks(env).update({k: v for k, v in remarks(other).items() if k in docnames})

def setup(app):
    app.add_node(gathered)
    app.add_directive("gathered", Gathered)
    app.add_directive("remark", Remark)
    app.add_domain(RecipeDomain)
    app.connect("doctree-resolved", fill)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    return {"parallel_read_safe": True}
"""
"""An extension with a directive that shows what a handler gathers of all documents, and a domain of its own."""
BOOK: dict[str, str | bytes] = {
    "conf.py": CONF,
    "ours.py": OURS,
    "index.md": "# Root\n\n```{toctree}\n\ntodos\ngathering\nrecipes\ngiver\n```\n",
    "todos.md": "# Todos\n\n```{slide} Things to do\n\n:::{todolist}\n:::\n```\n",
    "gathering.md": "# Gathering\n\n{.slide}\n## All\n\nWords, and\n\n```{gathered}\n```\n",
    "recipes.md": "# Recipes\n\n{.slide}\n## Soups\n\n[See {recipe:ref}`soup`]{.point}.\n",
    "giver.md": "# Giver\n\n{.slide}\n## Here\n\n[A point]{.point} of it.\n\n```{todo}\nDo it.\n```\n\n```{remark}\nfirst\n```\n\n```{recipe:recipe} soup\nOf leeks\n```\n",
}
EDITS: dict[str, Callable[[Book], None]] = {
    "a todo on a slide": replaced("giver.md", "Do it.", "Do it at once."),
    "what a handler gathers": replaced("giver.md", "first", "second"),
    "what a domain of an extension says of its object": replaced("giver.md", "Of leeks", "Of peas"),
}


@pytest.mark.slow
def test_what_nobody_knows_is_as_in_a_clean_build(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    each_gives_what_a_clean_build_gives(book, "unknown", BOOK, EDITS, capfd)

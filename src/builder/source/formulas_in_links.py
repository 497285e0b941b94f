"""Formulas in the text of references: Sphinx names a section, figure or table by the plain text of its title, in which
formulas are LaTeX.

In the environment, ``builder_formal_titles`` has the titles and captions of each document that hold formulas.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import clean_astext

from builder.source.by_document import note_by_document

BEFORE_WORDS = 400
"""Before formulas of resolved documents get their words, which happens at the usual priority, 500."""
Titles = dict[str, tuple[tuple[str, ...], nodes.Element]]
"""Plain text of a title → the ids of what it names ('' among them for a document), and the title."""


def setup(app: Sphinx) -> None:
    """Note titles with formulas as documents are read, and set them in the references of resolved ones."""
    note_by_document(app, titles_of, titles_in)
    app.connect("doctree-resolved", set_titles, priority=BEFORE_WORDS)


def titles_of(env: Any) -> dict[str, Titles]:
    """The titles with formulas, by document."""
    if not hasattr(env, "builder_formal_titles"):
        env.builder_formal_titles = {}
    found: dict[str, Titles] = env.builder_formal_titles
    return found


def titles_in(doctree: nodes.document, _env: BuildEnvironment) -> Titles:
    """The titles and captions of a document that hold formulas, noted when it is read."""
    found: Titles = {}
    for node in doctree.findall(lambda one: isinstance(one, nodes.title | nodes.caption)):
        assert isinstance(node, nodes.Element)
        if node.parent is not None and next(iter(node.findall(nodes.math)), None) is not None:
            ids = (*node.parent["ids"], *([""] if node.parent.parent is doctree else []))
            found.setdefault(clean_astext(node), (ids, without_document(node)))
    return found


def without_document(title: nodes.Element) -> nodes.Element:
    """A copy of a title that holds no document, and nothing that others could be led to."""
    copy = nodes.inline("", "", *(child.deepcopy() for child in title.children))
    for part in copy.findall():
        part.document = None  # type: ignore[assignment]
        if isinstance(part, nodes.Element):
            part["ids"], part["names"] = [], []
    return copy


def set_titles(app: Any, doctree: nodes.document, docname: str) -> None:
    """When a document is resolved: give each reference that is named by a title with formulas these formulas."""
    titles = titles_of(app.env)
    texts = {text for of_document in titles.values() for text in of_document}
    if not texts:
        return
    for reference in doctree.findall(nodes.reference):
        text = reference.astext()
        if text in texts and (title := next(named_by(reference, text, titles, app.builder, docname), None)):
            set_in(reference, title)
            app.env.get_domain("math").data["has_equations"][docname] = True


def named_by(
    reference: nodes.reference, text: str, titles: dict[str, Titles], builder: Any, docname: str
) -> Iterator[nodes.Element]:
    """Yield the title that a reference leads to and is named by."""
    for target, of_document in titles.items():
        ids, title = of_document.get(text, ((), None))
        if title is None:
            continue
        here = {f"#{one}" if one else "" for one in ids}
        address = builder.get_relative_uri(docname, target)
        places = {address + place for place in here} | (here if target == docname else set())
        if reference.get("refuri", f"#{reference.get('refid', '')}") in places:
            yield title


def set_in(reference: nodes.reference, title: nodes.Element) -> None:
    """Put the parts of a title in the place of a reference's text, inside of the node that styles it."""
    styled: nodes.Element = next(iter(reference.findall(nodes.inline)), reference)
    styled.children = []
    styled += [child.deepcopy() for child in title.children]

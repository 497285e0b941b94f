"""The formulas of a project: noted while documents are read, and readable where they cannot be set.

In the environment, ``builder_formulas`` has the LaTeX of each document's formulas. In resolved documents of any builder
each formula has its line of Unicode as ``words``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.source.by_document import note_by_document
from builder.typeset.math.formulas import Formulas
from builder.typeset.math.macros import configured, defined_in

_READABLE: WeakKeyDictionary[BuildEnvironment, Formulas] = WeakKeyDictionary()
"""The macros and the language of the projects that are built in this process, while their sources stay as they are."""


def setup(app: Sphinx) -> None:
    """Note the formulas of documents as they are read, and give those of resolved documents their words."""
    note_by_document(app, formulas_by_document, collected_in)
    app.connect("env-updated", forget_macros)
    app.connect("doctree-resolved", add_words)


def formulas_of(env: BuildEnvironment) -> Formulas:
    """The formulas of a project with its macros and in its language, none of them converted."""
    if env not in _READABLE:
        found = Formulas(macros=configured(env.config), language=env.config.language or "en")
        defined_in(noted(env), found.macros)
        _READABLE[env] = found
    return _READABLE[env]


def noted(env: BuildEnvironment) -> list[str]:
    """The LaTeX of all formulas, each once."""
    return sorted({latex for texts in formulas_by_document(env).values() for latex in texts})


def formulas_by_document(env: BuildEnvironment) -> dict[str, list[str]]:
    """Document → the LaTeX of its formulas; none for one without."""
    found: dict[str, list[str]] = env.__dict__.setdefault("builder_formulas", {})
    return found


def readable(node: nodes.Element, formulas: Formulas) -> nodes.Element:
    """A copy of a node that is not resolved, such as a title, in which formulas have their words."""
    copy = node.deepcopy()
    for formula in copy.findall(nodes.math):
        formula["words"] = formulas.text(formula.astext())
    return copy


def plain_text(node: nodes.Node) -> str:
    """The text of a node, with formulas in Unicode where they have their words, and without markup for one output."""
    if isinstance(node, nodes.raw):
        return ""
    if isinstance(node, nodes.math | nodes.math_block):
        return str(node.get("words", node.astext()))
    if not isinstance(node, nodes.Element) or not any(isinstance(child, nodes.Element) for child in node.children):
        return node.astext()
    return node.child_text_separator.join(map(plain_text, node.children))


def readable_index(letters: Iterable[Any], env: BuildEnvironment) -> list[Any]:
    """Sphinx's index, (letter, [(words, (places, [(words below, places)], key))]), with formulas in Unicode."""
    return [
        (letter, [
            (in_unicode(words, env), (places, [(in_unicode(sub, env), there) for sub, there in below], key))
            for words, (places, below, key) in entries
        ])
        for letter, entries in letters
    ]  # fmt: skip


def in_unicode(words: str, env: BuildEnvironment) -> str:
    """Words of an index entry, into which Sphinx takes the LaTeX of a term's formulas, with these in Unicode."""
    if "\\" not in words:
        return words
    within = sorted((latex for latex in noted(env) if "\\" in latex and latex in words), key=len, reverse=True)
    for latex in within:
        words = words.replace(latex, formulas_of(env).text(latex))
    return words


def formulas_in(doctree: nodes.document) -> Iterator[nodes.Element]:
    """The formulas of a document, in lines and of their own, also in short points and titles of slides."""
    for node in doctree.findall(nodes.Element):
        if isinstance(node, nodes.math | nodes.math_block):
            yield node
        for aside in (node.get("short"), node.get("title_nodes")):
            if isinstance(aside, nodes.Element):
                yield from aside.findall(nodes.math)


def collected_in(doctree: nodes.document, _env: BuildEnvironment) -> list[str]:
    """The LaTeX of a document's formulas, noted when it is read so that all are converted in one batch."""
    return sorted({node.astext() for node in formulas_in(doctree)})


def forget_macros(app: Any, env: BuildEnvironment) -> None:
    """When documents were read: their formulas may define other macros."""
    _READABLE.pop(env, None)


def add_words(app: Any, doctree: nodes.document, docname: str) -> None:
    """When a document is resolved: give each formula its line of Unicode."""
    for node in formulas_in(doctree):
        node["words"] = formulas_of(app.env).text(node.astext())

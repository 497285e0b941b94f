"""The part of each document that numbering looks at, cached beside the environment.

At every build Sphinx reads all doctrees again to number figures: 0.65 s for a book of 628 pages, more than half of what
it does after one edit; and for each numbered reference it reads the doctree that it leads to: 0.6 s for a page with ten
of them. Here it is given outlines instead (sections, toctrees, and what bears a number, with its caption), made once
for each stored doctree and cached in the environment, and what each id of a document names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

from builder.source.readings import reading_of

TITLES = (nodes.title, nodes.caption)
"""Where Sphinx looks for a caption when a kind of node has no function of its own for that."""


@dataclass(frozen=True, slots=True)
class DocumentOutline:
    """What numbering and references look at in a stored doctree: its ``tree`` as it is numbered, and ``ids``: id → a
    copy of what it names, without content.

    Only kinds that bear numbers are copied; all others are one node, of a kind that does not.
    """

    version: str
    tree: nodes.Element
    ids: dict[str, nodes.Element]


UNNUMBERED = nodes.comment()


@contextmanager
def remembered_outlines() -> Iterator[None]:
    """While the block runs, figures are numbered, and numbered references resolved, from outlines.

    Afterwards Sphinx numbers sections as before, though an extension (sphinx-multitoc-numbering) put a function of its
    own in the place of Sphinx's, for all projects of the process.
    """
    collector: Any = TocTreeCollector
    domain: Any = StandardDomain
    assign, resolve = collector.assign_figure_numbers, domain._resolve_numref_xref
    of_sections = collector.assign_section_numbers

    def assign_figure_numbers(self: TocTreeCollector, env: BuildEnvironment) -> list[str]:
        cached = env.__dict__.setdefault("builder_outlines", {})
        for docname in cached.keys() - env.found_docs:
            del cached[docname]
        with reading_outlines(env, lambda docname: outline_of(env, docname).tree):
            return assign(self, env)  # type: ignore[no-any-return]

    def resolve_numref(self: StandardDomain, env: BuildEnvironment, *reference: Any) -> Any:
        with reading_outlines(env, lambda docname: outline_of(env, docname)):
            return resolve(self, env, *reference)

    collector.assign_figure_numbers, domain._resolve_numref_xref = assign_figure_numbers, resolve_numref
    try:
        yield
    finally:
        collector.assign_figure_numbers, domain._resolve_numref_xref = assign, resolve
        collector.assign_section_numbers = of_sections


@contextmanager
def reading_outlines(env: BuildEnvironment, get_outline: Callable[[str], Any]) -> Iterator[None]:
    """While the block runs, who asks for a doctree gets what ``get_outline`` gives."""
    before = vars(env).get("get_doctree")
    vars(env)["get_doctree"] = get_outline
    try:
        yield
    finally:
        del vars(env)["get_doctree"]
        if before is not None:
            vars(env)["get_doctree"] = before


def outline_of(env: BuildEnvironment, docname: str) -> DocumentOutline:
    """The outline of a document's stored doctree."""
    cached: dict[str, DocumentOutline] = env.__dict__.setdefault("builder_outlines", {})
    version = reading_of(env, docname)
    if docname not in cached or cached[docname].version != version:
        doctree = BuildEnvironment.get_doctree(env, docname)
        cached[docname] = DocumentOutline(version, outline(env, doctree), named(env, doctree))
    return cached[docname]


def named(env: BuildEnvironment, doctree: nodes.document) -> dict[str, nodes.Element]:
    """Id → what it names, see `DocumentOutline`."""
    type_of = env.domains.standard_domain.get_enumerable_node_type
    return {name: apart(node, []) if type_of(node) else UNNUMBERED for name, node in doctree.ids.items()}


def outline(env: BuildEnvironment, doctree: nodes.document) -> nodes.Element:
    """A tree that Sphinx numbers as it numbers ``doctree``, without its text."""
    domains = list(env.domains.sorted())
    own_titles = {kind for kind, (_, title_of) in env.domains.standard_domain.enumerable_nodes.items() if title_of}

    def parts(node: nodes.Element) -> Iterator[nodes.Node]:
        numbered = any(domain.get_enumerable_node_type(node) for domain in domains)
        for child in node.children:
            if not isinstance(child, nodes.Element):
                continue
            if (numbered and isinstance(child, TITLES)) or type(child) in own_titles:
                yield apart(child, child.children)
            else:
                inner = list(parts(child))
                if (
                    inner
                    or isinstance(child, nodes.section | addnodes.toctree)
                    or any(domain.get_enumerable_node_type(child) for domain in domains)
                ):
                    yield apart(child, inner)

    return nodes.container("", *parts(doctree))


def apart(node: nodes.Element, children: list[nodes.Node]) -> nodes.Element:
    """A copy of a node with other children, which holds no document."""
    copy = node.copy()
    copy += [child.deepcopy() if child.parent is node else child for child in children]
    for part in copy.findall():
        part.document = None  # type: ignore[assignment]
        if isinstance(part, nodes.Element):
            part.rawsource = ""
    return copy

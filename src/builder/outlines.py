"""What of each document the numbering of figures looks at, kept beside the environment.

At every build Sphinx reads all doctrees again to number figures: 0.65 s for a book of 628 pages, more than half of what it
does after one edit. Here it is given outlines instead (sections, toctrees, and what bears a number, with its caption), made once for each stored
doctree and kept in the environment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

TITLES = (nodes.title, nodes.caption)
"""Where Sphinx looks for a caption when a kind of node has no function of its own for that."""


@contextmanager
def remembered_outlines() -> Iterator[None]:
    """While the block runs, figures are numbered from outlines."""
    collector: Any = TocTreeCollector
    assign = collector.assign_figure_numbers

    def assign_figure_numbers(self: TocTreeCollector, env: BuildEnvironment) -> list[str]:
        kept: dict[str, tuple[int, int, nodes.Element]] = env.__dict__.setdefault("builder_outlines", {})
        for docname in kept.keys() - env.found_docs:
            del kept[docname]

        def get_outline(docname: str) -> nodes.Element:
            stored = (env.doctreedir / f"{docname}.doctree").stat()
            version = (stored.st_mtime_ns, stored.st_size)
            if docname not in kept or kept[docname][:2] != version:
                kept[docname] = (*version, outline(env, BuildEnvironment.get_doctree(env, docname)))
            return kept[docname][2]

        env.get_doctree = get_outline  # type: ignore[method-assign, assignment]
        try:
            return assign(self, env)  # type: ignore[no-any-return]
        finally:
            del env.get_doctree

    collector.assign_figure_numbers = assign_figure_numbers
    try:
        yield
    finally:
        collector.assign_figure_numbers = assign


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

"""What stays of something that an edition lacks: its place in the counting, without a word."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import count
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

NEVER = "builder_left_out"
"""A tag that no build has: Sphinx counts sections below an ``only`` directive, and shows those whose tags hold."""


class gap(nodes.Invisible, nodes.Element):
    """The place of something that has a number. Attribute ``of`` is the kind of number, '' for none."""


class GapDomain(Domain):
    """Has Sphinx count gaps as what stood there."""

    name = "builder-gaps"
    label = "what an edition lacks"

    def get_enumerable_node_type(self, node: nodes.Node) -> str | None:
        """Return the kind of number of a gap."""
        return node.get("of") or None if isinstance(node, gap) else None

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Nothing to merge: it has no data."""

    def resolve_any_xref(self, *_reference: Any) -> list[Any]:
        """Nothing refers to a gap."""
        return []


class Gaps:
    """Makes the gaps of one document; ``ids`` has the new id, and the kind of number, for each id of what went."""

    def __init__(self, env: BuildEnvironment, document: nodes.document) -> None:
        self.env, self.document = env, document
        self.ids: dict[str, tuple[str, str]] = {}
        self.numbers = count(1)

    def instead_of(self, node: nodes.Element) -> list[nodes.Node]:
        """What stands in the place of a node: nothing, where nothing in it is counted."""
        if isinstance(node, nodes.section):
            only = addnodes.only(expr=NEVER)
            only += self.section(node)
            return [only]
        return [self.gap(part, kind) for part in elements_of(node) if (kind := self.kind_of(part))]

    def section(self, section: nodes.section) -> nodes.section:
        """A section without words, with the sections and gaps in it."""
        name = self.name(section, "section")
        bare = nodes.section("", nodes.title("", name), ids=[name])
        for child in section.children:
            if isinstance(child, nodes.section):
                bare += self.section(child)
            elif isinstance(child, nodes.Element):
                bare += self.instead_of(child)
        return bare

    def gap(self, node: nodes.Element, kind: str) -> gap:
        """The gap of a node that has a number."""
        return gap(ids=[self.name(node, kind)], of=kind)

    def name(self, node: nodes.Element, kind: str) -> str:
        """A new id, since ids are made of titles and labels."""
        name = next(name for number in self.numbers if (name := f"gap-{number}") not in self.document.ids)
        self.ids |= dict.fromkeys(node["ids"], (name, kind))
        return name

    def kind_of(self, node: nodes.Element) -> str:
        """The kind of number that Sphinx gives a node, as it finds out itself; '' for none."""
        if not node["ids"]:
            return ""
        for domain in self.env.domains.sorted():
            if isinstance(domain, StandardDomain) and not domain.get_numfig_title(node):
                continue
            if kind := domain.get_enumerable_node_type(node):
                return str(kind)
        return ""


def elements_of(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield a node and the elements in it, in the order in which they are counted."""
    return (element for element in node.findall(nodes.Element) if not isinstance(element, nodes.section))


class TakeOutGaps(SphinxPostTransform):
    """Takes gaps out of a document that is about to be written, and the sections that stand for others."""

    default_priority = 1

    def run(self, **_kwargs: Any) -> None:
        for node in list(self.document.findall(is_gap)):
            if node.parent is not None:
                node.parent.remove(node)


def is_gap(node: nodes.Node) -> bool:
    """True for a gap, and for what stands for sections that an edition lacks."""
    return isinstance(node, gap) or (isinstance(node, addnodes.only) and node["expr"] == NEVER)

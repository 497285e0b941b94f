"""A package under inspection, and the lists in which its rules are registered.

Each rule is a function over a package or one of its parts; it yields one sentence for each breach. They come from
what users of PowerPoint, Keynote and Google Slides found; schema validators accept most of these breaches.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from builder.pptx.package.package import Package, Relationship

MAIN = "/ppt/presentation.xml"


@dataclass(slots=True)
class Inspection:
    """A package under inspection: the ``ending`` of its file's name, and by part the relationships that can be read."""

    package: Package
    ending: str
    relationships: dict[str, dict[str, Relationship]] = field(default_factory=dict)
    creation_ids: Counter[str] = field(default_factory=Counter)
    """How often each creation id stands in the slides inspected so far."""

    @property
    def main(self) -> Any:
        """The root of the list of slides."""
        return self.package.read(MAIN)

    def related(self, name: str, kind: str) -> list[str]:
        """Return the parts to which a part has relationships of a type."""
        found = self.relationships.get(name, {}).values()
        return [entry.target for entry in found if entry.type == kind and not entry.external]

    def inside(self, folder: str) -> list[str]:
        """Return the names of the XML parts straight in ``/ppt/<folder>``."""
        names = self.package.entries
        return [name for name in names if name.endswith(".xml") and posixpath.dirname(name) == f"/ppt/{folder}"]


def label(name: str) -> str:
    """Return a part's name as authors read it, without the slash in front."""
    return name.lstrip("/")


Rule = Callable[[Inspection], Iterator[str]]
PartRule = Callable[[Inspection, str, Any], Iterator[str]]
RULES: list[Rule] = []
PART_RULES: list[tuple[tuple[str, ...], PartRule]] = []


def rule(function: Rule) -> Rule:
    """Register a rule on a whole package."""
    RULES.append(function)
    return function


def part_rule(*folders: str) -> Callable[[PartRule], PartRule]:
    """Register a rule on each part of XML straight in one of the ``folders`` of ``ppt``, or on all parts in it."""

    def register(function: PartRule) -> PartRule:
        PART_RULES.append((folders, function))
        return function

    return register

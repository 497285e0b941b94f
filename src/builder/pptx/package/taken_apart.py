"""A deck or template taken apart for the rules that it must satisfy: its parts, parsed one at a time, and their relationships."""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from builder.pptx.package.parts import Parts, parsed

KEPT_TREES = 4


@dataclass(slots=True)
class Package:
    """A .pptx taken apart: names in their order, relationships by source part; XML is parsed when it is asked for."""

    ending: str
    contents: Parts
    names: list[str]
    relationships: dict[str, dict[str, tuple[str, str, bool]]] = field(default_factory=dict)
    creation_ids: Counter[str] = field(default_factory=Counter)
    """How often each creation id stands in the slides that were looked at."""
    _trees: dict[str, Any] = field(default_factory=dict)

    @property
    def main(self) -> Any:
        """The root of the list of slides."""
        return self.xml("ppt/presentation.xml")

    def xml(self, name: str) -> Any:
        """The root of a part; the last few are kept.

        Raises:
            PackageError: it is no XML that is read.
            KeyError: there is no such part.
        """
        if name not in self._trees:
            root = parsed(self.contents[f"/{name}"], name)
            if len(self._trees) >= KEPT_TREES:
                del self._trees[next(iter(self._trees))]
            self._trees[name] = root
        return self._trees[name]

    def related(self, name: str, kind: str) -> list[str]:
        """Targets of the relationships of a part whose type ends in ``kind``."""
        return [
            t for t, k, external in self.relationships.get(name, {}).values() if k.endswith("/" + kind) and not external
        ]

    def inside(self, folder: str) -> list[str]:
        """Names of the XML parts straight in ``ppt/<folder>``."""
        return [name for name in self.names if name.endswith(".xml") and posixpath.dirname(name) == f"ppt/{folder}"]


def relationships_of(root: Any, base: str) -> dict[str, tuple[str, str, bool]]:
    """Id → (target, type, whether it is external) from the root of a ``.rels`` part of a part in the folder ``base``."""
    found = {}
    for entry in root.iter(etree.Element):
        external = entry.get("TargetMode") == "External"
        target = entry.get("Target") or ""
        if entry is root:
            continue
        if not external:
            target = posixpath.normpath(posixpath.join("/" + base, target)).lstrip("/")
        found[entry.get("Id") or ""] = (target, entry.get("Type") or "", external)
    return found

"""How a deck looks: its masters, layouts and themes, compared and exchanged as a whole."""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from typing import Any

from lxml import etree

from builder.merge.canonical import canonical
from builder.pptx.package.namespaces import OFFICE, P, R
from builder.pptx.package.package import Importer, Package, Relationship

FIRST_MASTER = 2147483648
"""Masters and layouts have ids from here, each its own."""


class Design:
    """The masters of a package, with their layouts, themes and pictures."""

    def __init__(self, package: Package) -> None:
        self.package = package

    @cached_property
    def masters(self) -> list[str]:
        return self.package.related(self.package.presentation, "slideMaster")

    @cached_property
    def layouts(self) -> list[str]:
        """The layouts of all masters."""
        return [layout for master in self.masters for layout in self.package.related(master, "slideLayout")]

    @cached_property
    def parts(self) -> list[str]:
        """Themes, masters and layouts."""
        themes = [theme for master in self.masters for theme in self.package.related(master, "theme")]
        return [*themes, *self.masters, *self.layouts]

    def same(self, other: Design) -> bool:
        """Return whether both look the same, whatever program wrote them."""
        raw = [[found.package.digest(name) for name in found.parts] for found in (self, other)]
        return raw[0] == raw[1] or self.digest == other.digest

    @cached_property
    def digest(self) -> str:
        """A digest of how they look, the same for all programs."""
        found = hashlib.sha256()
        for name in self.parts:
            root = self.package.xml(name)
            for listed in root.findall(f"{P}sldLayoutIdLst"):
                root.remove(listed)
            relationships = self.package.rels(name)
            found.update(canonical(root, lambda rid, known=relationships: self.target_digest(known.get(rid))))  # type: ignore[misc]
        return found.hexdigest()

    def target_digest(self, relationship: Relationship | None) -> str:
        """Return what a relationship of a layout leads to."""
        if relationship is None or relationship.external:
            return relationship.target if relationship is not None else ""
        return self.package.digest(relationship.target) if relationship.type == "image" else relationship.type


def add_master(presentation: Any, importer: Importer, master: str) -> None:
    """Take over a master with its layouts and theme, and list it."""
    package = importer.target
    known = set(package.parts)
    name = importer.part(master)
    if name in known:
        return
    listed = presentation.find(f"{P}sldMasterIdLst")
    number = max([FIRST_MASTER - 1, *all_ids(presentation, package)])
    entry = etree.SubElement(listed, f"{P}sldMasterId", id=str(number + 1))
    entry.set(f"{R}id", package.relate(package.presentation, Relationship(f"{OFFICE}/slideMaster", name)))
    root = package.xml(name)
    for offset, layout in enumerate(root.iter(f"{P}sldLayoutId"), start=2):
        layout.set("id", str(number + offset))
    package.put(name, root)


def all_ids(presentation: Any, package: Package) -> list[int]:
    """Return the ids of all masters and layouts."""
    found = [int(entry.get("id", 0)) for entry in presentation.iter(f"{P}sldMasterId") if entry.get("id")]
    for master in package.related(package.presentation, "slideMaster"):
        found += [int(entry.get("id", 0)) for entry in package.xml(master).iter(f"{P}sldLayoutId") if entry.get("id")]
    return found


def replace_design(presentation: Any, importer: Importer, slides: list[str], layouts: dict[str, str]) -> None:
    """Put the masters of the new deck in place of those of the host; ``layouts`` are those that the new deck has for
    its slides.

    Other slides get the layout of the same name, or the first one.
    """
    source, package = importer.source, importer.target
    old = Design(package)
    names = {layout: name_of(package, layout) for layout in old.layouts}
    for layout in Design(source).layouts:
        importer.known.pop(layout, None)
    drop_masters(presentation, package, old)
    for master in Design(source).masters:
        add_master(presentation, importer, master)
    fresh = {name_of(source, layout): importer.part(layout) for layout in Design(source).layouts}
    first = next(iter(fresh.values()))
    for slide in slides:
        relationships = package.rels(slide)
        for rid, found in list(relationships.items()):
            if found.type == "slideLayout":
                wanted = importer.part(layouts[slide]) if layouts.get(slide) else ""
                target = wanted or fresh.get(names.get(found.target, ""), first)
                relationships[rid] = Relationship(found.kind, target)
    themes = source.related(source.presentation, "theme")
    if themes:
        package.relate(package.presentation, Relationship(f"{OFFICE}/theme", importer.part(themes[0])))
    size, new = presentation.find(f"{P}sldSz"), source.xml(source.presentation).find(f"{P}sldSz")
    if size is not None and new is not None:
        presentation.replace(size, new)


def drop_masters(presentation: Any, package: Package, design: Design) -> None:
    """Take the masters of a deck out of its list, with their layouts and the theme."""
    relationships = package.rels(package.presentation)
    for rid, found in list(relationships.items()):
        if found.type in ("slideMaster", "theme"):
            del relationships[rid]
    listed = presentation.find(f"{P}sldMasterIdLst")
    for entry in list(listed):
        listed.remove(entry)
    for name in [*design.layouts, *design.masters]:
        package.parts.pop(name, None)


def name_of(package: Package, layout: str) -> str:
    """Return the name of a layout, by which people know it; '' for none."""
    if layout not in package.parts:
        return ""
    found = re.search(rb'<p:cSld[^>]*\bname="([^"]*)"', package.parts[layout])
    return found[1].decode("utf-8", "replace") if found else layout

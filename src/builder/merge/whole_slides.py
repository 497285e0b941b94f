"""Slides of the new deck taken into the host whole, with what they need: layouts, media, notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from builder.merge.compared_shapes import layout_of
from builder.merge.deck_file import DeckFile, SlideRef
from builder.merge.design import add_master
from builder.merge.inheritance import Inheritance
from builder.merge.notes import notes_of
from builder.pptx.package.namespaces import OFFICE, P, R
from builder.pptx.package.package import Importer, Package, Relationship

MERGED_APART = ("slideLayout", "notesSlide", "comments")
"""Relationships of a slide whose targets are merged on their own."""
HOSTS_OWN = ("slideLayout", "notesSlide")
"""Relationships of a slide of which the host's own stays."""


@dataclass
class SlideImporter:
    """Takes slides of ``theirs`` into ``mine``."""

    mine: DeckFile
    theirs: DeckFile
    importer: Importer
    inheritance: Inheritance

    def layout(self, name: str) -> str:
        """Return a layout of the new deck, in the host; taken over with its master where the host has none like it."""
        if name not in self.importer.known:
            master = self.theirs.package.related(name, "slideMaster")[0]
            add_master(self.mine.root, self.importer, master)
        return self.importer.part(name)

    def reserve(self, fresh: list[SlideRef]) -> None:
        """Give new slides their names in the host, so that they can link to each other."""
        package = self.mine.package
        for slide in fresh:
            name = package.free("/ppt/slides/slide1.xml")
            self.importer.known[slide.part] = name
            package.add(name, slide.deck.package.parts[slide.part], slide.deck.package.content_type(slide.part))
            package.rels(name)

    def fill(self, slide: SlideRef) -> None:
        """Take over what a new slide needs, but for its comments."""
        name, package = self.importer.known[slide.part], self.mine.package
        for rid, found in slide.deck.package.rels(slide.part).items():
            if found.type == "comments":
                continue
            if found.type == "slideLayout":
                target = self.layout(found.target)
            else:
                target = found.target if found.external else self.importer.part(found.target)
            if target:
                package.rels(name)[rid] = Relationship(found.kind, target, found.external)
        notes_masters = package.related(notes_of(package, name), "notesMaster") if notes_of(package, name) else []
        if notes_masters and self.mine.root.find(f"{P}notesMasterIdLst") is None:
            rid = package.relate(package.presentation, Relationship(f"{OFFICE}/notesMaster", notes_masters[0]))
            listed = etree.Element(f"{P}notesMasterIdLst")
            etree.SubElement(listed, f"{P}notesMasterId").set(f"{R}id", rid)
            self.mine.root.find(f"{P}sldMasterIdLst").addnext(listed)
        strip(package, name)
        self.complete(slide.part, name)

    def take(self, mine: str, theirs: str) -> None:
        """Put a slide of the new deck in place of one to which nothing was done; its layout, notes and comments are
        merged elsewhere."""
        package, source = self.mine.package, self.theirs.package
        own = package.rels(mine)
        new: dict[str, Relationship] = {}
        for rid, found in source.rels(theirs).items():
            own_target = next(
                (item for item in own.values() if item.type == found.type and found.type in HOSTS_OWN), None
            )
            target = self.target_of(found)
            if own_target is not None or target:
                new[rid] = own_target or Relationship(found.kind, target, found.external)
        others = [item for item in own.values() if item.type in (*MERGED_APART, "tags") and item not in new.values()]
        own.clear()
        own.update(new)
        for item in others:
            package.relate(mine, item)
        package.parts[mine] = source.parts[theirs]
        if len(new) < len(source.rels(theirs)):
            strip(package, mine)
        self.complete(theirs, mine)

    def complete(self, theirs: str, mine: str) -> None:
        """Write into the objects of a slide what its layout in the host does not give them."""
        layouts = layout_of(self.theirs.package, theirs), layout_of(self.mine.package, mine)
        if self.inheritance.fits(*layouts):
            return
        root = self.mine.package.xml(mine)
        if self.inheritance.complete(root, *layouts):
            self.mine.package.put(mine, root)

    def target_of(self, found: Relationship) -> str:
        """Return the target in the host of a slide's relationship; '' for one that is merged elsewhere, or left out."""
        if found.external:
            return found.target
        return "" if found.type in ("notesSlide", "comments") else self.importer.part(found.target)


def strip(package: Package, name: str) -> None:
    """Take out what on a slide leads nowhere."""
    root = package.xml(name)
    known = package.rels(name)
    changed = False
    for item in list(root.iter(etree.Element)):
        if is_dangling(item, known) and item.getparent() is not None:
            item.getparent().remove(item)
            changed = True
    if changed:
        package.put(name, root)


def is_dangling(item: Any, known: dict[str, Relationship]) -> bool:
    """Return whether an element names a relationship that its slide does not have."""
    return any(name.startswith(R) and value and value not in known for name, value in item.attrib.items())

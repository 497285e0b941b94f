"""One slide as last built, as somebody left it, and as it is now → the slide that was left, with what the sources
changed."""

from __future__ import annotations

import copy
import re
from typing import Any

from lxml import etree

from builder.merge.canonical import equal, letters
from builder.merge.compared_shapes import FOOT, Page, every, identified, layout_boxes, layout_of, objects, paired, shown
from builder.merge.conflicts import OTHER_DATA, OTHER_PICTURE, Conflict
from builder.merge.notes import merge_notes, notes_text
from builder.merge.shapes import ShapeMerger
from builder.merge.text import visible_text
from builder.pptx.package.namespaces import MC, A, P
from builder.pptx.package.package import Package

TRANSITIONS = ("transition", "timing")
CREATION = re.compile(rb'<[^>]*:creationId[^>]*\bval="(\d+)"')
AFTER_TRANSITION = ("timing", "extLst")


class Layouts:
    """Looks up the slides of a package, with the boxes of their layouts' placeholders, once each."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._boxes: dict[str, dict[str, Any]] = {}
        self._pages: dict[str, Page] = {}

    def page(self, name: str) -> Page:
        """Return a slide, with the places that its layout gives."""
        if name not in self._pages:
            layout = layout_of(self.package, name)
            if layout not in self._boxes:
                self._boxes[layout] = layout_boxes(self.package, layout) if layout in self.package.parts else {}
            self._pages[name] = Page(self.package, name, self._boxes[layout])
        return self._pages[name]


def creation_of(content: bytes) -> str:
    """Return a slide's creation id; '' where a program dropped it."""
    found = CREATION.search(content, max(content.rfind(b"</p:spTree>"), 0))
    return found[1].decode() if found else ""


def merge_slide(merger: ShapeMerger) -> list[Conflict]:
    """Merge one slide that is in all three decks, in the package of ``mine``; returns what was changed on both
    sides."""
    base, mine, theirs = merger.base, merger.mine, merger.theirs
    old, own, new = (page.package.read(page.name) for page in (base, mine, theirs))
    merger.last_id = max(
        (int(item.get("id", 1)) for item in identified(own) if item.get("id", "").isdigit()), default=1
    )
    merger.merge_tree(*(root.find(f"./{P}cSld/{P}spTree") for root in (old, own, new)))
    if old.get("show", "1") != new.get("show", "1") and own.get("show", "1") == old.get("show", "1"):
        own.set("show", new.get("show", "1"))
    merge_background(old, own, new, merger)
    merge_movement(old, own, new, merger)
    prune_timing(own)
    mine.package.put(mine.name, own)
    return merger.conflicts + merge_notes(base, mine, theirs, merger.importer)


def same_xml(base: Page, mine: Page) -> bool:
    """Return whether a slide is as it was built, but for what programs write as they like."""
    is_written_so = base.package.parts[base.name] == mine.package.parts[mine.name]
    old, own = (page.package.read(page.name) for page in (base, mine))
    if not is_written_so and rough(old) != rough(own):
        return False
    targets = [
        [(rid, page.target(rid)) for rid in sorted(page.package.rels(page.name)) if page.matters(rid)]
        for page in (base, mine)
    ]
    if targets[0] == targets[1] and (is_written_so or etree.tostring(old) == etree.tostring(own)):
        return True
    old, own = copy.deepcopy(old), copy.deepcopy(own)
    for root in (old, own):
        for extensions in root.findall(f"./{P}extLst"):
            root.remove(extensions)
    return base.canonical(old) == mine.canonical(own)


def rough(root: Any) -> tuple[int, str]:
    """Return the number of objects on a slide, and all their letters."""
    return len(identified(root)), letters(root)


def merge_background(old: Any, own: Any, new: Any, merger: ShapeMerger) -> None:
    """Take the background that the sources have now, unless it was changed by hand."""
    before, mine, now = (root.find(f"./{P}cSld/{P}bg") for root in (old, own, new))
    if same(before, now) or not same(before, mine):
        return
    if mine is not None:
        mine.getparent().remove(mine)
    if now is not None:
        own.find(f"./{P}cSld").insert(0, merger.adopt(now))


def same(a: Any, b: Any) -> bool:
    """Return whether two elements are canonically the same, or both missing."""
    if a is None or b is None:
        return a is None and b is None
    return equal(a, b)


def merge_movement(old: Any, own: Any, new: Any, merger: ShapeMerger) -> None:
    """Take transition and animation that the sources have now, unless they were changed by hand."""
    for name in TRANSITIONS:
        before, mine, now = (moving(root, name) for root in (old, own, new))
        if signature(before, old) == signature(now, new) or signature(before, old) != signature(mine, own):
            continue
        if mine is not None:
            mine.getparent().remove(mine)
        if now is not None:
            place(own, renumbered(merger.adopt(now), merger.ids), name)


def moving(root: Any, name: str) -> Any:
    """Return a slide's transition or timing, with the alternatives round it; None when it has none."""
    for item in root.iterchildren(etree.Element):
        if item.tag == f"{P}{name}" or (item.tag == f"{MC}AlternateContent" and item.find(f".//{P}{name}") is not None):
            return item
    return None


def signature(moving: Any, root: Any) -> list[tuple[str, ...]]:
    """Return the steps of an animation with the names of their objects, the same for all programs."""
    if moving is None:
        return []
    names = {item.get("id"): item.get("name", "") for item in identified(root)}
    found: list[tuple[str, ...]] = []
    for item in moving.iter(etree.Element):
        kind = etree.QName(item).localname
        if kind == "transition":
            found.append(
                ("transition", *(str(etree.QName(child).localname) for child in item.iterchildren(etree.Element)))
            )
        elif kind == "cTn" and item.get("presetID"):
            found.append(("effect", item.get("presetClass", ""), item.get("presetID", ""), item.get("nodeType", "")))
        elif kind == "spTgt":
            found.append(("target", names.get(item.get("spid"), "")))
        elif kind == "pRg":
            found.append(("paragraphs", item.get("st", ""), item.get("end", "")))
    return found


def renumbered(moving: Any, ids: dict[str, str]) -> Any:
    """Return an animation of the new deck, with the ids of the merged slide."""
    for item in moving.iter(etree.Element):
        if item.get("spid") is not None:
            item.set("spid", ids.get(item.get("spid"), item.get("spid")))
    return moving


def place(root: Any, element: Any, name: str) -> None:
    """Put a transition or timing where the schema has it."""
    after = AFTER_TRANSITION if name == "transition" else ("extLst",)
    for item in root.iterchildren(etree.Element):
        inner = item.find(f".//{P}timing") if item.tag == f"{MC}AlternateContent" else None
        if etree.QName(item).localname in after or (inner is not None and name == "transition"):
            item.addprevious(element)
            return
    root.append(element)


def prune_timing(root: Any) -> None:
    """Take out the steps of animations whose object is gone."""
    timing = root.find(f"./{P}timing")
    if timing is None:
        return
    there = {item.get("id") for item in identified(root)}
    for item in list(timing.iter(f"{P}spTgt", f"{P}bldP", f"{P}bldGraphic", f"{P}bldOleChart", f"{P}bldDgm")):
        if item.get("spid") in there or item.getparent() is None:
            continue
        step = item
        if item.tag == f"{P}spTgt":
            while step.getparent() is not None and not (step.tag in STEPS and is_step(step)):
                step = step.getparent()
        if step.getparent() is not None and step is not timing:
            step.getparent().remove(step)
    for empty in [item for item in timing.iter(f"{P}bldLst", f"{P}childTnLst") if not len(item)]:
        climb(empty, timing)
    if not list(timing.iter(f"{P}spTgt")):
        root.remove(timing)


STEPS = (f"{P}par", f"{P}seq", f"{P}video", f"{P}audio", f"{P}set", f"{P}animEffect", f"{P}anim")


def is_step(element: Any) -> bool:
    """Return whether an element is what one click or moment does, and not the sequence of all of them."""
    inner = element.find(f"./{P}cTn")
    return inner is None or inner.get("nodeType") not in ("tmRoot", "mainSeq", "interactiveSeq")


def climb(empty: Any, timing: Any) -> None:
    """Remove an empty list, and its ancestors that hold nothing else."""
    element = empty
    while element.getparent() is not None and element.getparent() is not timing:
        parent = element.getparent()
        if len(parent) > 1 and etree.QName(parent).localname not in ("par", "cTn"):
            break
        if etree.QName(parent).localname == "cTn" and parent.get("nodeType") in ("tmRoot", "mainSeq"):
            break
        element = parent
    if element.getparent() is not None:
        element.getparent().remove(element)


# --- what was done to a slide


def untouched(base: Page, mine: Page) -> bool:
    """Return whether nobody changed a slide by hand, as far as that shows."""
    old, own = base.package.read(base.name), mine.package.read(mine.name)
    if old.get("show", "1") != own.get("show", "1"):
        return False
    trees = [root.find(f"./{P}cSld/{P}spTree") for root in (old, own)]
    before, now = objects(trees[0], base), objects(trees[1], mine)
    pairs = paired(before, now, 4.0)
    if (
        len(pairs) != len(before)
        or len(before) != len(now)
        or not all(before[b].same(now[m]) for b, m in pairs.items())
    ):
        return False
    if set(mine.package.related(mine.name, "comments")) - set(base.package.related(base.name, "comments")):
        return False
    return notes_text(base) == notes_text(mine)


def readable(page: Page) -> set[str]:
    """Return all texts of a slide and its notes: whole objects, paragraphs, data of charts."""
    found = set(notes_text(page))
    root = page.package.read(page.name)
    for shape in every(root.find(f"./{P}cSld/{P}spTree"), page):
        found |= {shape.text, shown(shape.chart_text), *map(visible_text, shape.inner.iter(f"{A}p"))}
        found |= {OTHER_DATA} if shape.chart else {OTHER_PICTURE} if shape.picture else set()
    return found


def words_of(page: Page) -> tuple[str, str]:
    """Return a slide's title, and its other visible text without the foot."""
    title, rest = "", []
    for shape in every(page.package.read(page.name).find(f"./{P}cSld/{P}spTree"), page):
        if shape.role == "title":
            title = shape.text
        elif shape.role not in FOOT and shape.kind != "grpSp":
            rest.append(shape.text)
    return title, "\n".join(rest)

"""Objects of a slide as last built, as somebody left them, and as they are now → merged objects, in the tree that
was left."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from builder.merge.canonical import canonical
from builder.merge.charts import with_data
from builder.merge.compared_shapes import ComparedShape, Page, cells, identified, layout_of, objects, paired, shown
from builder.merge.conflicts import OTHER_DATA, OTHER_PICTURE, Conflict
from builder.merge.inheritance import Inheritance
from builder.merge.tables import RowMerger
from builder.merge.text import TextMerger
from builder.pptx.package.namespaces import MC, A, P, R
from builder.pptx.package.package import Importer, Relationship


@dataclass
class ShapeMerger:
    """Merges the shapes of one slide.

    ``is_in_sources`` is whether some slide of the new deck has a paragraph; ``ids`` collects id of a shape in the new
    deck → its id in the merged slide."""

    base: Page
    mine: Page
    theirs: Page
    importer: Importer
    inheritance: Inheritance
    is_in_sources: Callable[[str], bool]
    conflicts: list[Conflict] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    last_id: int = 1

    def merge_tree(self, base: Any, mine: Any, theirs: Any) -> None:
        """Merge a tree of objects into ``mine``."""
        old, own, new = objects(base, self.base), objects(mine, self.mine), objects(theirs, self.theirs)
        to_mine, to_theirs = paired(old, own, 4.0), paired(old, new, 1.0)
        from_theirs = {n: b for b, n in to_theirs.items()}
        placed: dict[int, Any] = {}
        for b, shape in enumerate(old):
            n, m = to_theirs.get(b), to_mine.get(b)
            if m is None:
                if n is not None and (shape.text != new[n].text or shape.chart_text != new[n].chart_text):
                    self.conflicts.append(Conflict(new[n].name, "", new[n].text or OTHER_DATA))
            elif n is None:
                self.drop(shape, own[m])
            else:
                placed[n] = self.merge_shape(shape, own[m], new[n])
        before: Any = None
        for n, shape in enumerate(new):
            if n in placed:
                before = placed[n]
            elif n not in from_theirs:
                before = self.insert(shape, before, mine)

    def drop(self, base: ComparedShape, mine: ComparedShape) -> None:
        """Remove an object that the sources have no more, unless it was changed by hand."""
        if base.same(mine):
            mine.element.getparent().remove(mine.element)
        else:
            self.conflicts.append(Conflict(base.name, mine.text, ""))

    def insert(self, theirs: ComparedShape, before: Any, tree: Any) -> Any:
        """Insert a new object of the sources behind the one that it follows there; returns its element."""
        element = self.complete(self.adopt(theirs.element))
        self.number(theirs.element, element, "")
        if before is not None and before.getparent() is not None:
            before.addnext(element)
            return element
        last = [
            item for item in tree.iterchildren(etree.Element) if etree.QName(item).localname in ("nvGrpSpPr", "grpSpPr")
        ]
        last[-1].addnext(element)
        return element

    def adopt(self, element: Any) -> Any:
        """Return a copy of an element of the new deck, as one of the merged slide."""
        found = copy.deepcopy(element)
        found.tail = None
        return self.importer.adopt(found, self.theirs.name, self.mine.name)

    def complete(self, element: Any) -> Any:
        """Return a copied object, with what the layout of the merged slide does not give it."""
        self.inheritance.complete(element, *(layout_of(page.package, page.name) for page in (self.theirs, self.mine)))
        return element

    def number(self, theirs: Any, merged: Any, own: str) -> None:
        """Give the objects of ``merged`` ids that are free on the slide; the first keeps ``own`` where it has one."""
        for number, (old, new) in enumerate(zip(identified(theirs), identified(merged), strict=True)):
            if number == 0 and own:
                new.set("id", own)
            elif old.get("id") in self.ids:  # the same object, for programs without formulas
                new.set("id", self.ids[old.get("id")])
            else:
                self.last_id += 1
                new.set("id", str(self.last_id))
            self.ids.setdefault(old.get("id", ""), new.get("id"))

    def note_ids(self, theirs: Any, mine: Any) -> None:
        """Record the ids of the same objects, where ``mine`` stays as it is."""
        for old, new in zip(identified(theirs), identified(mine), strict=False):
            self.ids.setdefault(old.get("id", ""), new.get("id", ""))

    # --- one object

    def merge_shape(self, base: ComparedShape, mine: ComparedShape, theirs: ComparedShape) -> Any:
        """Merge one object that is in all three decks; returns its element in the tree."""
        if base.equals(theirs):
            self.note_ids(theirs.element, mine.element)
            return mine.element
        if base.equals(mine):
            return self.replace(mine, theirs)
        is_formula = theirs.element.tag == f"{MC}AlternateContent" or mine.element.tag == f"{MC}AlternateContent"
        if is_formula and base.texts & mine.texts:
            moved = None if base.near(mine) else mine.transform
            element = self.replace(mine, theirs)
            return self.move(element, moved)
        if mine.named is not None and theirs.named is not None:
            self.ids.setdefault(theirs.named.get("id", ""), mine.named.get("id", ""))
        self.merge_place(base, mine, theirs)
        self.merge_description(base, mine, theirs)
        self.merge_look(base, mine, theirs)
        if not is_formula:
            self.merge_inner(base, mine, theirs)
        elif mine.text != theirs.text and base.text != theirs.text:
            self.conflicts.append(Conflict(mine.name, mine.text, theirs.text))
        return mine.element

    def merge_inner(self, base: ComparedShape, mine: ComparedShape, theirs: ComparedShape) -> None:
        """Merge what stands in a shape, by its kind."""
        kinds = {"table": self.merge_table, "chart": self.merge_chart, "pic": self.merge_picture}
        if theirs.kind == "grpSp":
            self.merge_tree(base.inner, mine.inner, theirs.inner)
        elif theirs.kind in kinds:
            kinds[theirs.kind](base, mine, theirs)
        else:
            self.merge_text(base.name, *(version.inner.find(f"./{P}txBody") for version in (base, mine, theirs)))

    def replace(self, mine: ComparedShape, theirs: ComparedShape) -> Any:
        """Return the object of the sources in place of one to which nothing was done; it keeps its id, which
        animations name."""
        element = self.complete(self.adopt(theirs.element))
        self.number(theirs.element, element, mine.named.get("id", "") if mine.named is not None else "")
        mine.element.addprevious(element)
        mine.element.getparent().remove(mine.element)
        return element

    def move(self, element: Any, transform: Any) -> Any:
        """Return an object with the place that it was given by hand."""
        if transform is not None:
            for found in list(element.iter(f"{A}xfrm")):
                if etree.QName(found.getparent()).localname == "spPr":
                    found.getparent().replace(found, copy.deepcopy(transform))
        return element

    def merge_place(self, base: ComparedShape, mine: ComparedShape, theirs: ComparedShape) -> None:
        """Take place and size that the sources have now, unless it was moved by hand."""
        if base.near(theirs) or not base.near(mine) or theirs.box is None:
            return
        found = mine.transform
        if found is None:
            properties = mine.inner.find(f"./{P}spPr")
            if properties is None:
                return
            found = etree.Element(f"{A}xfrm")
            etree.SubElement(found, f"{A}off")
            etree.SubElement(found, f"{A}ext")
            properties.insert(0, found)
        x, y, width, height = theirs.box
        found.find(f"{A}off").set("x", str(x))
        found.find(f"{A}off").set("y", str(y))
        found.find(f"{A}ext").set("cx", str(width))
        found.find(f"{A}ext").set("cy", str(height))
        if mine.kind == "grpSp" and theirs.transform is not None:
            for name in ("chOff", "chExt"):
                own, new = found.find(f"{A}{name}"), theirs.transform.find(f"{A}{name}")
                if own is not None and new is not None:
                    own.attrib.update(new.attrib)

    def merge_description(self, base: ComparedShape, mine: ComparedShape, theirs: ComparedShape) -> None:
        """Take the alternative text that the sources have now, unless it was changed by hand."""
        if base.named is None or mine.named is None or theirs.named is None:
            return
        old, own, new = (shape.named.get("descr", "") for shape in (base, mine, theirs))
        if old != new and own in (old, ""):
            mine.named.set("descr", new)

    def merge_look(self, base: ComparedShape, mine: ComparedShape, theirs: ComparedShape) -> None:
        """Take fill and outline that the sources have now, unless they were changed by hand."""
        old, own, new = (shape.inner.find(f"./{P}spPr") for shape in (base, mine, theirs))
        if old is None or own is None or new is None:
            return
        if rest(old) != rest(new) and rest(own) == rest(old):
            fresh = self.adopt(new)
            for item in fresh.findall(f"{A}xfrm"):
                fresh.remove(item)
            place = own.find(f"{A}xfrm")
            if place is not None:
                fresh.insert(0, place)
            own.getparent().replace(own, fresh)

    def merge_text(self, what: str, base: Any, mine: Any, theirs: Any) -> None:
        """Merge the paragraphs of a text body."""
        if mine is None or theirs is None:
            return
        old = base.findall(f"./{A}p") if base is not None else []
        texts = TextMerger(old, mine.findall(f"./{A}p"), theirs.findall(f"./{A}p"), self.adopt, self.is_in_sources)
        merged = texts.merged()
        for paragraph in mine.findall(f"./{A}p"):
            mine.remove(paragraph)
        mine.extend(merged or [etree.Element(f"{A}p")])
        self.conflicts += [Conflict(what, found.hand, found.book) for found in texts.differences]

    def merge_table(self, base: ComparedShape, mine: ComparedShape, theirs: ComparedShape) -> None:
        """Merge a table by its rows; where columns came or went, as a whole."""
        rows = RowMerger(mine.name, base.inner, mine.inner, theirs.inner, self.adopt, self.merge_text)
        if rows.merge():
            self.conflicts += rows.conflicts
            return
        old, own, new = (cells(shape.inner) for shape in (base, mine, theirs))
        if [len(row) for row in old] == [len(row) for row in own] == [len(row) for row in new]:
            for row, (old_row, own_row, new_row) in enumerate(zip(old, own, new, strict=True), start=1):
                for column, (a, b, c) in enumerate(zip(old_row, own_row, new_row, strict=True), start=1):
                    self.merge_text(
                        f"{mine.name}, row {row}, column {column}", *(cell.find(f"{A}txBody") for cell in (a, b, c))
                    )
        elif base.text == mine.text and [len(row) for row in old] == [len(row) for row in own]:
            fresh = self.adopt(theirs.inner.find(f".//{A}tbl"))
            found = mine.inner.find(f".//{A}tbl")
            found.getparent().replace(found, fresh)
        elif base.text != theirs.text:
            self.conflicts.append(Conflict(mine.name, mine.text, theirs.text))

    def merge_chart(self, base: ComparedShape, mine: ComparedShape, theirs: ComparedShape) -> None:
        """Merge a chart's data."""
        if base.chart_text == theirs.chart_text and self.base.package.digest(base.chart) == self.theirs.package.digest(
            theirs.chart
        ):
            return
        if mine.chart_text not in (base.chart_text, theirs.chart_text):
            self.conflicts.append(Conflict(mine.name, shown(mine.chart_text), shown(theirs.chart_text)))
            return
        package = self.mine.package
        root = package.xml(mine.chart)
        books = [name for name in package.related(mine.chart, "package") if name.endswith(".xlsx")]
        fresh = [name for name in theirs.page.package.related(theirs.chart, "package") if name.endswith(".xlsx")]
        if with_data(root, theirs.chart_text):
            package.put(mine.chart, root)
            if books and fresh:
                package.parts[books[0]] = theirs.page.package.parts[fresh[0]]
            return
        frame = next(item for item in mine.inner.iter(etree.Element) if etree.QName(item).localname == "chart")
        part = self.importer.part(theirs.chart)
        kind = next(
            found.kind for found in theirs.page.package.rels(theirs.page.name).values() if found.target == theirs.chart
        )
        frame.set(f"{R}id", package.relate(self.mine.name, Relationship(kind, part)))

    def merge_picture(self, base: ComparedShape, mine: ComparedShape, theirs: ComparedShape) -> None:
        """Take the picture that the sources have now, unless it was changed by hand."""
        if base.same_picture(theirs):
            return
        if not base.same_picture(mine):
            if not mine.same_picture(theirs):
                self.conflicts.append(Conflict(mine.name, OTHER_PICTURE, OTHER_PICTURE))
            return
        own, new = mine.inner.find(f"./{P}blipFill"), theirs.inner.find(f"./{P}blipFill")
        crop = own.find(f"{A}srcRect")
        fresh = self.adopt(new)
        if crop is not None and crop.attrib and fresh.find(f"{A}srcRect") is None:
            fresh.find(f"{A}blip").addnext(copy.deepcopy(crop))
        own.getparent().replace(own, fresh)


def rest(properties: Any) -> bytes:
    """Return a shape's properties without its place."""
    found = copy.deepcopy(properties)
    for item in found.findall(f"{A}xfrm"):
        found.remove(item)
    return canonical(found)

"""Objects of a slide as last built, as somebody left them, and as they are now → merged objects, in the tree that was left."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree
from PIL import Image, UnidentifiedImageError

from builder.limits import THUMBPRINT_PIXELS
from builder.merge.align import best_pairs, likeness
from builder.merge.canonical import canonical, has_targets, letters
from builder.merge.charts import ChartText, chart_text, with_data
from builder.merge.package import Importer, Package, R, Relationship
from builder.merge.text import A, Texts, said, words

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ROUNDED = 1300
"""English Metric Units that a program may round by: LibreOffice has hundredths of a millimetre."""
PAIR = 1.5
"""The score from which two objects are versions of one."""
OTHER_DATA, OTHER_PICTURE = "other data", "another picture"
TREE = ("nvGrpSpPr", "grpSpPr", "extLst")

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What was changed by hand and in the sources: in which object, what stands there, and what the book has now; '' where it has nothing.

    ``other`` if it is not the book that has it, but another copy of the deck that was changed by hand.
    """

    what: str
    hand: str
    book: str
    other: bool = False


@dataclass(slots=True)
class Page:
    """A slide of a package while its objects are read."""

    package: Package
    name: str
    boxes: dict[str, Box] = field(default_factory=dict)

    def target(self, rid: str) -> str:
        """What a relationship leads to, so that it can be compared between packages."""
        found = self.package.rels(self.name).get(rid)
        if found is None:
            return ""
        if found.external:
            return found.target
        return found.type if found.type == "slide" else f"{found.type} {self.package.digest(found.target)}"

    def matters(self, rid: str) -> bool:
        """True for a relationship that can be seen on the slide."""
        return self.package.rels(self.name)[rid].type not in ("slideLayout", "notesSlide", "comments")

    def part(self, rid: str) -> str:
        """The name of the part that a relationship leads to, '' for none."""
        found = self.package.rels(self.name).get(rid)
        return "" if found is None or found.external or found.target not in self.package.parts else found.target

    def canonical(self, element: Any) -> bytes:
        """`canonical`, with what relationships lead to."""
        return canonical(element, self.target)


class Seen:
    """An object of a slide, with what is compared of it, looked up when it is needed."""

    def __init__(self, element: Any, page: Page) -> None:
        self.element, self.page = element, page

    @cached_property
    def inner(self) -> Any:
        """The object itself where it stands in alternatives."""
        if self.element.tag == f"{MC}AlternateContent":
            choice = self.element.find(f"{MC}Choice")
            return next(choice.iterchildren(etree.Element), self.element) if choice is not None else self.element
        return self.element

    @cached_property
    def kind(self) -> str:
        """``sp``, ``pic``, ``table``, ``chart``, ``grpSp``, ...: versions of one object are of one kind."""
        name = str(etree.QName(self.inner).localname)
        if name == "graphicFrame":
            if self.inner.find(f".//{A}tbl") is not None:
                return "table"
            return "chart" if self.chart else "frame"
        return name

    @cached_property
    def named(self) -> Any:
        """``p:cNvPr``; None for what has none."""
        return next(self.inner.iter("{*}cNvPr"), None)

    @property
    def name(self) -> str:
        """What the selection pane calls it."""
        return self.named.get("name", "") if self.named is not None else ""

    @cached_property
    def creation(self) -> str:
        """The id that it has for good; '' where a program dropped it."""
        if self.named is None:
            return ""
        found = next(self.named.iter("{*}creationId"), None)
        return found.get("id", "") if found is not None else ""

    @cached_property
    def role(self) -> str:
        """The kind of its placeholder; '' for none."""
        found = self.inner.find(f"./{P}nvSpPr/{P}nvPr/{P}ph")
        if found is None:
            return ""
        return {"ctrTitle": "title", "obj": "body"}.get(found.get("type", "body"), found.get("type", "body"))

    def equals(self, other: Seen) -> bool:
        """True if both are written the same, but for what programs write as they like."""
        if self.written == other.written and not has_targets(self.element):
            return True
        if letters(self.element) != letters(other.element):
            return False
        return self.page.canonical(self.element) == other.page.canonical(other.element)

    @cached_property
    def written(self) -> bytes:
        """Its XML as it was read."""
        return bytes(etree.tostring(self.element, with_tail=False))

    @cached_property
    def paragraphs(self) -> list[Any]:
        """Its own paragraphs: not those of a table or of objects in it."""
        body = self.inner.find(f"./{P}txBody")
        return body.findall(f"./{A}p") if body is not None else []

    @cached_property
    def text(self) -> str:
        """All that can be read in it."""
        return "\n".join(filter(None, map(said, self.inner.iter(f"{A}p"))))

    @cached_property
    def texts(self) -> set[str]:
        """All that can be read in it, and what programs show that know no formulas."""
        fallback = self.element.find(f"{MC}Fallback")
        other = "\n".join(filter(None, map(said, fallback.iter(f"{A}p")))) if fallback is not None else self.text
        return {self.text, other}

    @cached_property
    def box(self) -> Box | None:
        """Left, top, width and height in English Metric Units, by its layout where it has none of its own; None where nothing says so."""
        found = self.transform
        if found is not None and found.find(f"{A}off") is not None and found.find(f"{A}ext") is not None:
            place, size = found.find(f"{A}off"), found.find(f"{A}ext")
            return int(place.get("x", 0)), int(place.get("y", 0)), int(size.get("cx", 0)), int(size.get("cy", 0))
        return self.page.boxes.get(self.role) if self.role else None

    @cached_property
    def transform(self) -> Any:
        """``a:xfrm``, or None."""
        for path in (f"./{P}spPr/{A}xfrm", f"./{P}xfrm", f"./{P}grpSpPr/{A}xfrm"):
            found = self.inner.find(path)
            if found is not None:
                return found
        return None

    @cached_property
    def picture(self) -> str:
        """The part of its picture; '' for none."""
        blip = self.inner.find(f"./{P}blipFill/{A}blip")
        return self.page.part(blip.get(f"{R}embed", "")) if blip is not None else ""

    @cached_property
    def chart(self) -> str:
        """The part of its chart; '' for none."""
        found = next(self.inner.iter("{*}chart"), None)
        return self.page.part(found.get(f"{R}id", "")) if found is not None else ""

    @cached_property
    def chart_text(self) -> ChartText:
        return chart_text(self.page.package.read(self.chart)) if self.chart else ()

    @cached_property
    def looks_like(self) -> tuple[int, ...]:
        """A picture's pixels, small: equal for the same picture in another file format."""
        return thumbprint(self.page.package.parts[self.picture] if self.picture else b"")

    def same_picture(self, other: Seen) -> bool:
        """True if both show the same picture, or none."""
        if not self.picture or not other.picture:
            return self.picture == other.picture
        if self.page.package.digest(self.picture) == other.page.package.digest(other.picture):
            return True
        mine, theirs = self.looks_like, other.looks_like
        return (
            bool(mine) and len(mine) == len(theirs) and max(abs(a - b) for a, b in zip(mine, theirs, strict=True)) < 24
        )

    def near(self, other: Seen) -> bool:
        """True if both stand at one place and are of one size, as far as programs keep it."""
        if self.box is None or other.box is None:
            return self.box is None and other.box is None
        return all(abs(a - b) <= ROUNDED for a, b in zip(self.box, other.box, strict=True))

    def same(self, other: Seen) -> bool:
        """True if nothing that can be told was done to it by hand, whatever program saved it."""
        if self.equals(other):
            return True
        return (
            self.kind == other.kind
            and bool(self.texts & other.texts)
            and (self.near(other) or self.role in FOOT)
            and self.same_picture(other)
            and self.chart_text == other.chart_text
            and styled(self) == styled(other)
        )


def styled(seen: Seen) -> list[tuple[str, bool, bool]]:
    """What is set in italics or underlined, run by run, as far as the object itself says so."""
    found = []
    for run in seen.inner.iter(f"{A}r"):
        look = run.find(f"{A}rPr")
        italic = look is not None and look.get("i") in ("1", "true")
        underlined = look is not None and look.get("u") not in (None, "none")
        text = run.findtext(f"{A}t") or ""
        if italic or underlined:
            found.append((text, italic, underlined))
    return found


def thumbprint(content: bytes) -> tuple[int, ...]:
    """An image as 8 × 8 greys; empty for what is no image that we read."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > THUMBPRINT_PIXELS.most:
                return ()
            return tuple(image.convert("RGBA").convert("L").resize((8, 8)).tobytes())
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ()


def score(a: Seen, b: Seen, by_id: float) -> float:
    """How likely it is that two objects are versions of one; ``by_id`` is what equal ids are worth."""
    if a.kind != b.kind or ((a.role in SINGLE or b.role in SINGLE) and a.role != b.role):
        return -1.0
    found = by_id if a.creation and a.creation == b.creation else 0.0
    found += 1.0 if a.role and a.role == b.role else 0.0
    found += 0.5 if a.name == b.name else 0.0
    if a.text or b.text:
        found += 3 * likeness(words(a.text), words(b.text)) - 0.5
    if a.kind == "pic":
        found += 2 if a.same_picture(b) else 0
    if a.kind == "chart":
        found += 2 if a.chart_text == b.chart_text else 0.5
    if a.box is not None and b.box is not None:
        found += 1.5 / (1 + sum(abs(x - y) for x, y in zip(a.box, b.box, strict=True)) / 1_000_000)
    return found


FOOT = ("ftr", "sldNum", "dt")
"""Placeholders of what stands at the foot of a slide."""
SINGLE = ("title", "subTitle", *FOOT)
"""Placeholders of which a slide has one."""


def paired(old: list[Seen], new: list[Seen], by_id: float) -> dict[int, int]:
    """Which object is which: index in ``old`` → index in ``new``. Those that nobody changed are known at once."""
    found: dict[int, int] = {}
    same: dict[bytes, list[int]] = {}
    for j, seen in enumerate(new):
        same.setdefault(seen.written, []).append(j)
    for i, seen in enumerate(old):
        if len(same.get(seen.written, ())) == 1:
            found[i] = same.pop(seen.written)[0]
    left_old = [i for i in range(len(old)) if i not in found]
    left_new = [j for j in range(len(new)) if j not in found.values()]
    return found | dict(best_pairs(left_old, left_new, lambda i, j: score(old[i], new[j], by_id), PAIR))


def objects(tree: Any, page: Page) -> list[Seen]:
    """The objects of a tree or group."""
    return [Seen(item, page) for item in tree.iterchildren(etree.Element) if etree.QName(item).localname not in TREE]


@dataclass
class Objects:
    """Merges the objects of one slide; ``says`` tells whether some slide of the new deck has a paragraph. ``ids`` becomes: id of an object in the new deck → its id in the merged slide."""

    base: Page
    mine: Page
    theirs: Page
    importer: Importer
    says: Callable[[str], bool]
    conflicts: list[Conflict] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    last_id: int = 1

    def tree(self, base: Any, mine: Any, theirs: Any) -> None:
        """Merge a tree of objects into ``mine``."""
        old, own, new = objects(base, self.base), objects(mine, self.mine), objects(theirs, self.theirs)
        to_mine, to_theirs = paired(old, own, 4.0), paired(old, new, 1.0)
        from_theirs = {n: b for b, n in to_theirs.items()}
        placed: dict[int, Any] = {}
        for b, seen in enumerate(old):
            n, m = to_theirs.get(b), to_mine.get(b)
            if m is None:
                if n is not None and (seen.text != new[n].text or seen.chart_text != new[n].chart_text):
                    self.conflicts.append(Conflict(new[n].name, "", new[n].text or OTHER_DATA))
            elif n is None:
                self.gone(seen, own[m])
            else:
                placed[n] = self.object(seen, own[m], new[n])
        before: Any = None
        for n, seen in enumerate(new):
            if n in placed:
                before = placed[n]
            elif n not in from_theirs:
                before = self.insert(seen, before, mine)

    def gone(self, base: Seen, mine: Seen) -> None:
        """An object that the sources have no more: it goes, unless something was done to it by hand."""
        if base.same(mine):
            mine.element.getparent().remove(mine.element)
        else:
            self.conflicts.append(Conflict(base.name, mine.text, ""))

    def insert(self, theirs: Seen, before: Any, tree: Any) -> Any:
        """A new object of the sources, put behind the one that it follows there."""
        element = self.adopted(theirs.element)
        self.number(theirs.element, element, "")
        if before is not None and before.getparent() is not None:
            before.addnext(element)
            return element
        last = [
            item for item in tree.iterchildren(etree.Element) if etree.QName(item).localname in ("nvGrpSpPr", "grpSpPr")
        ]
        last[-1].addnext(element)
        return element

    def adopted(self, element: Any) -> Any:
        """A copy of an element of the new deck, as one of the merged slide."""
        found = copy.deepcopy(element)
        found.tail = None
        return self.importer.adopt(found, self.theirs.name, self.mine.name)

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
        """Remember which object is which, where ``mine`` stays as it is."""
        for old, new in zip(identified(theirs), identified(mine), strict=False):
            self.ids.setdefault(old.get("id", ""), new.get("id", ""))

    # --- one object

    def object(self, base: Seen, mine: Seen, theirs: Seen) -> Any:
        """Merge one object that is in all three; returns what stands in the tree."""
        if base.equals(theirs):
            self.note_ids(theirs.element, mine.element)
            return mine.element
        if base.equals(mine):
            return self.replace(mine, theirs)
        is_formula = theirs.element.tag == f"{MC}AlternateContent" or mine.element.tag == f"{MC}AlternateContent"
        if is_formula and base.texts & mine.texts:
            moved = None if base.near(mine) else mine.transform
            element = self.replace(mine, theirs)
            return self.moved(element, moved)
        if mine.named is not None and theirs.named is not None:
            self.ids.setdefault(theirs.named.get("id", ""), mine.named.get("id", ""))
        self.place(base, mine, theirs)
        self.described(base, mine, theirs)
        self.look(base, mine, theirs)
        if is_formula:
            if mine.text != theirs.text and base.text != theirs.text:
                self.conflicts.append(Conflict(mine.name, mine.text, theirs.text))
        elif theirs.kind == "grpSp":
            self.tree(base.inner, mine.inner, theirs.inner)
        elif theirs.kind == "table":
            self.table(base, mine, theirs)
        elif theirs.kind == "chart":
            self.chart(base, mine, theirs)
        elif theirs.kind == "pic":
            self.picture(base, mine, theirs)
        else:
            self.text(
                base.name,
                base.inner.find(f"./{P}txBody"),
                mine.inner.find(f"./{P}txBody"),
                theirs.inner.find(f"./{P}txBody"),
            )
        return mine.element

    def replace(self, mine: Seen, theirs: Seen) -> Any:
        """The object of the sources in place of one to which nothing was done; it keeps its id, which animations name."""
        element = self.adopted(theirs.element)
        self.number(theirs.element, element, mine.named.get("id", "") if mine.named is not None else "")
        mine.element.addprevious(element)
        mine.element.getparent().remove(mine.element)
        return element

    def moved(self, element: Any, transform: Any) -> Any:
        """An object with the place that it was given by hand."""
        if transform is not None:
            for found in list(element.iter(f"{A}xfrm")):
                if etree.QName(found.getparent()).localname == "spPr":
                    found.getparent().replace(found, copy.deepcopy(transform))
        return element

    def place(self, base: Seen, mine: Seen, theirs: Seen) -> None:
        """Place and size: as the sources have it now, unless it was moved by hand."""
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

    def described(self, base: Seen, mine: Seen, theirs: Seen) -> None:
        """The alternative text: as the sources have it now, unless it was changed by hand."""
        if base.named is None or mine.named is None or theirs.named is None:
            return
        old, own, new = (seen.named.get("descr", "") for seen in (base, mine, theirs))
        if old != new and own in (old, ""):
            mine.named.set("descr", new)

    def look(self, base: Seen, mine: Seen, theirs: Seen) -> None:
        """Fill and outline: as the sources have them now, where the hand left them as built."""
        old, own, new = (seen.inner.find(f"./{P}spPr") for seen in (base, mine, theirs))
        if old is None or own is None or new is None:
            return
        if rest(old) != rest(new) and rest(own) == rest(old):
            fresh = self.adopted(new)
            for item in fresh.findall(f"{A}xfrm"):
                fresh.remove(item)
            place = own.find(f"{A}xfrm")
            if place is not None:
                fresh.insert(0, place)
            own.getparent().replace(own, fresh)

    def text(self, what: str, base: Any, mine: Any, theirs: Any) -> None:
        """The paragraphs of a text body."""
        if mine is None or theirs is None:
            return
        old = base.findall(f"./{A}p") if base is not None else []
        texts = Texts(old, mine.findall(f"./{A}p"), theirs.findall(f"./{A}p"), self.adopted, self.says)
        merged = texts.merged()
        for paragraph in mine.findall(f"./{A}p"):
            mine.remove(paragraph)
        mine.extend(merged or [etree.Element(f"{A}p")])
        self.conflicts += [Conflict(what, found.hand, found.book) for found in texts.differences]

    def table(self, base: Seen, mine: Seen, theirs: Seen) -> None:
        """A table, cell by cell; where rows came or went, as a whole."""
        old, own, new = (cells(seen.inner) for seen in (base, mine, theirs))
        if [len(row) for row in old] == [len(row) for row in own] == [len(row) for row in new]:
            for row, (old_row, own_row, new_row) in enumerate(zip(old, own, new, strict=True), start=1):
                for column, (a, b, c) in enumerate(zip(old_row, own_row, new_row, strict=True), start=1):
                    self.text(
                        f"{mine.name}, row {row}, column {column}", *(cell.find(f"{A}txBody") for cell in (a, b, c))
                    )
        elif base.text == mine.text and [len(row) for row in old] == [len(row) for row in own]:
            fresh = self.adopted(theirs.inner.find(f".//{A}tbl"))
            found = mine.inner.find(f".//{A}tbl")
            found.getparent().replace(found, fresh)
        elif base.text != theirs.text:
            self.conflicts.append(Conflict(mine.name, mine.text, theirs.text))

    def chart(self, base: Seen, mine: Seen, theirs: Seen) -> None:
        """A chart's data."""
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

    def picture(self, base: Seen, mine: Seen, theirs: Seen) -> None:
        """Which picture is shown."""
        if base.same_picture(theirs):
            return
        if not base.same_picture(mine):
            if not mine.same_picture(theirs):
                self.conflicts.append(Conflict(mine.name, OTHER_PICTURE, OTHER_PICTURE))
            return
        own, new = mine.inner.find(f"./{P}blipFill"), theirs.inner.find(f"./{P}blipFill")
        crop = own.find(f"{A}srcRect")
        fresh = self.adopted(new)
        if crop is not None and crop.attrib and fresh.find(f"{A}srcRect") is None:
            fresh.find(f"{A}blip").addnext(copy.deepcopy(crop))
        own.getparent().replace(own, fresh)


def rest(properties: Any) -> bytes:
    """A shape's properties without its place."""
    found = copy.deepcopy(properties)
    for item in found.findall(f"{A}xfrm"):
        found.remove(item)
    return canonical(found)


def identified(element: Any) -> list[Any]:
    """All ``p:cNvPr`` of an element and what is in it."""
    return list(element.iter("{*}cNvPr"))


def cells(frame: Any) -> list[list[Any]]:
    """The cells of a table, row by row."""
    return [row.findall(f"{A}tc") for row in frame.iter(f"{A}tr")]


def shown(text: ChartText) -> str:
    """A chart's data for people."""
    return "; ".join(f"{name}: {', '.join(f'{where} {value}' for where, value in points)}" for name, points in text)


def layout_boxes(package: Package, layout: str) -> dict[str, Box]:
    """Where the placeholders of a layout stand, by their role; those of its master where it does not say."""
    found: dict[str, Box] = {}
    for name in [*package.related(layout, "slideMaster"), layout]:
        for seen in objects(package.xml(name).find(f"./{P}cSld/{P}spTree"), Page(package, name, dict(found))):
            if seen.role and seen.box is not None:
                found[seen.role] = seen.box
    return found


def every(tree: Any, page: Page) -> Iterator[Seen]:
    """All objects of a slide, those in groups as well."""
    for seen in objects(tree, page):
        yield seen
        if seen.kind == "grpSp":
            yield from every(seen.inner, page)

"""Shapes of a slide as they are compared, and which shape of one version of a slide is which of another."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree
from PIL import Image, UnidentifiedImageError

from builder.merge.align import best_pairs, likeness
from builder.merge.canonical import canonical, has_targets, letters
from builder.merge.charts import ChartText, chart_text
from builder.merge.text import visible_text, words
from builder.pptx.package.namespaces import MC, A, P, R
from builder.pptx.package.package import Package
from builder.store.limits import THUMBPRINT_PIXELS

ROUNDED = 1300
"""English Metric Units that a program may round by: LibreOffice has hundredths of a millimetre."""
PAIR = 1.5
"""The score from which two objects are versions of one."""
TREE = ("nvGrpSpPr", "grpSpPr", "extLst")

Box = tuple[int, int, int, int]


@dataclass(slots=True)
class Page:
    """A slide of a package while its objects are read."""

    package: Package
    name: str
    boxes: dict[str, Box] = field(default_factory=dict)

    def target(self, rid: str) -> str:
        """Return what a relationship leads to, so that it can be compared between packages."""
        found = self.package.rels(self.name).get(rid)
        if found is None:
            return ""
        if found.external:
            return found.target
        return found.type if found.type == "slide" else f"{found.type} {self.package.digest(found.target)}"

    def matters(self, rid: str) -> bool:
        """Return whether the target of a relationship shows on the slide."""
        return self.package.rels(self.name)[rid].type not in ("slideLayout", "notesSlide", "comments")

    def part(self, rid: str) -> str:
        """Return the name of the part that a relationship leads to, '' for none."""
        found = self.package.rels(self.name).get(rid)
        return "" if found is None or found.external or found.target not in self.package.parts else found.target

    def canonical(self, element: Any) -> bytes:
        """Return `canonical`, with what relationships lead to."""
        return canonical(element, self.target)


class ComparedShape:
    """A shape of a slide; what is compared of it is looked up when it is needed."""

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
        """Return what the selection pane calls it."""
        return self.named.get("name", "") if self.named is not None else ""

    @cached_property
    def creation(self) -> str:
        """Its creation id; '' where a program dropped it."""
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
        kind: str = found.get("type", "body")
        return {"ctrTitle": "title", "obj": "body"}.get(kind, kind)

    def equals(self, other: ComparedShape) -> bool:
        """Return whether both have the same canonical XML."""
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
        """All its visible text."""
        return "\n".join(filter(None, map(visible_text, self.inner.iter(f"{A}p"))))

    @cached_property
    def texts(self) -> set[str]:
        """Its visible text, and that of its fallback, which programs show that know no formulas."""
        fallback = self.element.find(f"{MC}Fallback")
        other = (
            "\n".join(filter(None, map(visible_text, fallback.iter(f"{A}p")))) if fallback is not None else self.text
        )
        return {self.text, other}

    @cached_property
    def box(self) -> Box | None:
        """Left, top, width and height in EMU, from its layout where it has none of its own; None where neither gives
        them."""
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

    def same_picture(self, other: ComparedShape) -> bool:
        """Return whether both show the same picture, or none."""
        if not self.picture or not other.picture:
            return self.picture == other.picture
        if self.page.package.digest(self.picture) == other.page.package.digest(other.picture):
            return True
        mine, theirs = self.looks_like, other.looks_like
        return (
            bool(mine) and len(mine) == len(theirs) and max(abs(a - b) for a, b in zip(mine, theirs, strict=True)) < 24
        )

    def near(self, other: ComparedShape) -> bool:
        """Return whether both stand at one place and are of one size, as far as programs keep it."""
        if self.box is None or other.box is None:
            return self.box is None and other.box is None
        of_all = 3 if self.grows and other.grows else 4
        return all(abs(a - b) <= ROUNDED for a, b in zip(self.box[:of_all], other.box[:of_all], strict=True))

    @cached_property
    def grows(self) -> bool:
        """Return whether its height is that of its text, which each program sets for itself."""
        return self.inner.find(f"./{P}txBody/{A}bodyPr/{A}spAutoFit") is not None

    def same(self, other: ComparedShape) -> bool:
        """Return whether nobody changed it by hand, as far as that shows, whatever program saved it."""
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


def styled(shape: ComparedShape) -> list[tuple[str, bool, bool]]:
    """Return text, italics and underline of each run that the object itself sets in one of them."""
    found = []
    for run in shape.inner.iter(f"{A}r"):
        look = run.find(f"{A}rPr")
        italic = look is not None and look.get("i") in ("1", "true")
        underlined = look is not None and look.get("u") not in (None, "none")
        text = run.findtext(f"{A}t") or ""
        if italic or underlined:
            found.append((text, italic, underlined))
    return found


def thumbprint(content: bytes) -> tuple[int, ...]:
    """Return an image as 8 × 8 greys; empty for what is no image that we read."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > THUMBPRINT_PIXELS.most:
                return ()
            return tuple(image.convert("RGBA").convert("L").resize((8, 8)).tobytes())
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ()


def score(a: ComparedShape, b: ComparedShape, by_id: float) -> float:
    """Return how likely it is that two objects are versions of one; ``by_id`` is what equal ids are worth."""
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


def paired(old: list[ComparedShape], new: list[ComparedShape], by_id: float) -> dict[int, int]:
    """Return index in ``old`` → index in ``new`` of the same objects.

    Those that nobody changed are matched by their bytes.
    """
    found: dict[int, int] = {}
    same: dict[bytes, list[int]] = {}
    for j, shape in enumerate(new):
        same.setdefault(shape.written, []).append(j)
    for i, shape in enumerate(old):
        if len(same.get(shape.written, ())) == 1:
            found[i] = same.pop(shape.written)[0]
    left_old = [i for i in range(len(old)) if i not in found]
    left_new = [j for j in range(len(new)) if j not in found.values()]
    return found | dict(best_pairs(left_old, left_new, lambda i, j: score(old[i], new[j], by_id), PAIR))


def objects(tree: Any, page: Page) -> list[ComparedShape]:
    """Return the objects of a tree or group."""
    return [
        ComparedShape(item, page)
        for item in tree.iterchildren(etree.Element)
        if etree.QName(item).localname not in TREE
    ]


def identified(element: Any) -> list[Any]:
    """Return all ``p:cNvPr`` of an element and what is in it."""
    return list(element.iter("{*}cNvPr"))


def cells(frame: Any) -> list[list[Any]]:
    """Return the cells of a table, row by row."""
    return [row.findall(f"{A}tc") for row in frame.iter(f"{A}tr")]


def shown(text: ChartText) -> str:
    """Return a chart's data for people."""
    return "; ".join(f"{name}: {', '.join(f'{where} {value}' for where, value in points)}" for name, points in text)


def layout_of(package: Package, name: str) -> str:
    """Return the layout of a slide, '' when it has none."""
    return next(iter(package.related(name, "slideLayout")), "")


def layout_boxes(package: Package, layout: str) -> dict[str, Box]:
    """Return role → box of the placeholders of a layout, or of its master where it gives none."""
    found: dict[str, Box] = {}
    for name in [*package.related(layout, "slideMaster"), layout]:
        for shape in objects(package.xml(name).find(f"./{P}cSld/{P}spTree"), Page(package, name, dict(found))):
            if shape.role and shape.box is not None:
                found[shape.role] = shape.box
    return found


def every(tree: Any, page: Page) -> Iterator[ComparedShape]:
    """Yield all objects of a slide, those in groups as well."""
    for shape in objects(tree, page):
        yield shape
        if shape.kind == "grpSp":
            yield from every(shape.inner, page)

"""The contrast of every text of a deck with the ground that it stands on, read from the finished file alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from builder.pptx.package.namespaces import qn
from builder.pptx.package.package import Package
from builder.pptx.template.colours import read_colours
from builder.pptx.template.layouts import mark_of
from builder.pptx.template.looks import level_styles
from builder.pptx.template.masters import LayoutPlaceholder, SlideLayout, listed, read_file
from builder.typeset.contrast import contrast

Box = tuple[int, int, int, int]
WHITE, BLACK = "#ffffff", "#000000"


@dataclass(frozen=True)
class Shown:
    """A text, its colour, the grounds that it may stand on (two below a picture: white and black), its slide."""

    text: str
    colour: str
    grounds: tuple[str, ...]
    slide: int

    @property
    def contrast(self) -> float:
        """The contrast with the worst of its grounds."""
        return min(contrast(self.colour, ground) for ground in self.grounds)


def texts_of(deck: bytes) -> list[Shown]:
    """All texts of a deck: in shapes and placeholders, tables, groups and charts."""
    package = Package(deck)
    layouts = {layout.part: layout for layout in read_file(package).layouts}
    slides = listed(package, package.presentation, "p:sldIdLst/p:sldId")
    found: list[Shown] = []
    for number, part in enumerate(slides, start=1):
        layout = layouts[package.related(part, "slideLayout")[0]]
        found += _Slide(package, part, layout, number).texts()
    return found


class _Slide:
    """A slide with what it stands on: pairs of box and grounds, from the back."""

    def __init__(self, package: Package, part: str, layout: SlideLayout, number: int) -> None:
        self.package, self.part, self.layout, self.number = package, part, layout, number
        self.element = package.xml(part)
        self.colours = read_colours(layout.master, layout)
        self.painted: list[tuple[Box, tuple[str, ...]]] = [((0, 0, 1 << 40, 1 << 40), (self.background(),))]
        owners = [layout.master, layout] if layout.element.get("showMasterSp") != "0" else [layout]
        for owner in owners:
            for shape in owner.shapes:
                if shape.find(f".//{qn('p:ph')}") is None:
                    self.paint(shape)

    def background(self) -> str:
        for owner in (self.element, self.layout.element, self.layout.master.element):
            fill = owner.find(f"{qn('p:cSld')}/{qn('p:bg')}/{qn('p:bgPr')}/{qn('a:solidFill')}")
            colour = self.colours.of(fill) if fill is not None else None
            if colour is not None:
                return colour[0]
        return WHITE

    def texts(self) -> Iterator[Shown]:
        """The texts of the slide; each shape that is passed is a ground for those in front of it."""
        yield from self.below(self.element.find(f"{qn('p:cSld')}/{qn('p:spTree')}"))

    def below(self, tree: Any) -> Iterator[Shown]:
        for shape in tree:
            name = etree.QName(shape).localname if isinstance(shape.tag, str) else ""
            if name == "grpSp":
                yield from self.below(shape)
            elif name == "AlternateContent":
                for branch in shape:
                    yield from self.below(branch)
            elif name in ("sp", "pic", "cxnSp"):
                self.paint(shape)
                yield from self.in_shape(shape)
            elif name == "graphicFrame":
                yield from self.in_table(shape)
                yield from self.in_chart(shape)

    # --- grounds

    def paint(self, shape: Any) -> None:
        """Note the fill of a shape as ground for what follows."""
        box, fill = self.box_of(shape), self.fill_of(shape)
        if box is None:
            return
        if etree.QName(shape).localname == "pic":
            self.painted.append((box, (WHITE, BLACK)))
        elif fill is not None:
            colour, opacity = fill
            under = self.ground_at(box)
            self.painted.append((box, tuple(dict.fromkeys(mixed(colour, ground, opacity) for ground in under))))

    def ground_at(self, box: Box) -> tuple[str, ...]:
        """The grounds in front of which a box stands: all that it touches from the last that holds it whole."""
        grounds: list[str] = []
        for area, colours in reversed(self.painted):
            if touches(area, box):
                grounds += colours
            if holds(area, box):
                break
        return tuple(dict.fromkeys(grounds))

    def fill_of(self, shape: Any) -> tuple[str, float] | None:
        """Colour and opacity of a shape's fill, inherited by placeholders; None for none."""
        for element in (shape, *self.chain(shape)):
            properties = element.find(qn("p:spPr"))
            if properties is not None and properties.find(qn("a:noFill")) is not None:
                return None
            fill = properties.find(qn("a:solidFill")) if properties is not None else None
            if fill is not None:
                return self.colours.of(fill)
        return None

    def box_of(self, shape: Any) -> Box | None:
        for element in (shape, *self.chain(shape)):
            frame = next(iter(element.iter(qn("a:xfrm"), qn("p:xfrm"))), None)
            if frame is not None and frame.find(qn("a:off")) is not None:
                off, ext = frame.find(qn("a:off")), frame.find(qn("a:ext"))
                return int(off.get("x")), int(off.get("y")), int(ext.get("cx")), int(ext.get("cy"))
        return None

    def like(self, shape: Any) -> LayoutPlaceholder | None:
        """The placeholder of the layout that a shape stands in."""
        mark = shape.find(f".//{qn('p:ph')}")
        if mark is None:
            return None
        wanted, kind = mark.get("idx", "0"), mark.get("type", "obj")
        for one in self.layout.placeholders:
            own = mark_of(one)
            titles = {"title", "ctrTitle"}
            if own is not None and (
                (own.get("idx", "0") == wanted and wanted != "0") or {own.get("type", "obj"), kind} <= titles
            ):
                return one
        return None

    def chain(self, shape: Any) -> list[Any]:
        like = self.like(shape)
        return like.chain if like is not None else []

    # --- texts

    def in_shape(self, shape: Any) -> Iterator[Shown]:
        body = shape.find(qn("p:txBody"))
        box = self.box_of(shape)
        if body is None or box is None:
            return
        like = self.like(shape)
        for paragraph in body.iter(qn("a:p")):
            properties = paragraph.find(qn("a:pPr"))
            level = int(properties.get("lvl", "0")) + 1 if properties is not None else 1
            own = list(body.iter(qn(f"a:lvl{level}pPr")))
            styles = own + (list(level_styles(self.layout, like, level)) if like is not None else [])
            inherited = next((found for style in styles if (found := self.colour_in(style.find(qn("a:defRPr"))))), "")
            yield from self.in_paragraph(paragraph, inherited or self.colours.named("tx1"), self.ground_at(box))
            bullet = properties.find(qn("a:buClr")) if properties is not None else None
            mark = self.colours.of(bullet) if bullet is not None else None
            if mark is not None and "".join(paragraph.itertext()).strip():
                yield Shown("•", mark[0], self.ground_at(box), self.number)

    def in_paragraph(self, paragraph: Any, inherited: str, grounds: tuple[str, ...]) -> Iterator[Shown]:
        math = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
        for run in paragraph.iter(qn("a:r"), qn("a:fld"), f"{math}r"):
            words = "".join(part.text or "" for part in run.iter(qn("a:t"), f"{math}t"))
            properties = run.find(qn("a:rPr"))
            own = self.colour_in(properties)
            is_link = properties is not None and properties.find(qn("a:hlinkClick")) is not None
            colour = self.colours.named("hlink") if is_link else own or inherited
            if words.strip():
                yield Shown(words, colour, grounds, self.number)

    def colour_in(self, properties: Any | None) -> str:
        fill = properties.find(qn("a:solidFill")) if properties is not None else None
        colour = self.colours.of(fill) if fill is not None else None
        return colour[0] if colour is not None else ""

    def in_table(self, frame: Any) -> Iterator[Shown]:
        table = next(iter(frame.iter(qn("a:tbl"))), None)
        box = self.box_of(frame)
        if table is None or box is None:
            return
        under = self.ground_at(box)
        style = self.table_style(table)
        flags = table.find(qn("a:tblPr"))
        has_head = flags is not None and flags.get("firstRow") == "1"
        for row, cells in enumerate(table.iter(qn("a:tr"))):
            is_head = has_head and row == 0
            banded = (row - has_head) % 2 == 1
            part = "firstRow" if is_head else "band2H" if banded else "wholeTbl"
            fill, ink = style.get(part, (None, ""))
            for cell in cells.iter(qn("a:tc")):
                properties = cell.find(qn("a:tcPr"))
                own = properties.find(qn("a:solidFill")) if properties is not None else None
                colour = self.colours.of(own) if own is not None else fill
                grounds = tuple(mixed(colour[0], one, colour[1]) for one in under) if colour else under
                text = ink or style.get("wholeTbl", (None, ""))[1] or self.colours.named("tx1")
                for paragraph in cell.iter(qn("a:p")):
                    yield from self.in_paragraph(paragraph, text, grounds)

    def table_style(self, table: Any) -> dict[str, tuple[tuple[str, float] | None, str]]:
        """Part of a table → its fill and the colour of its text."""
        wanted = table.find(f"{qn('a:tblPr')}/{qn('a:tableStyleId')}").text
        root = self.package.xml(self.package.related(self.package.presentation, "tableStyles")[0])
        style = root.find(f"{qn('a:tblStyle')}[@styleId='{wanted}']")
        found = {}
        for part in style if style is not None else ():
            fill = part.find(f"{qn('a:tcStyle')}/{qn('a:fill')}/{qn('a:solidFill')}")
            ink = part.find(qn("a:tcTxStyle"))
            own = [child for child in ink if etree.QName(child).localname == "schemeClr"] if ink is not None else []
            colour = self.colours.of(own) if own else None
            fill_colour = self.colours.of(fill) if fill is not None else None
            found[etree.QName(part).localname] = (fill_colour, colour[0] if colour else "")
        return found

    def in_chart(self, frame: Any) -> Iterator[Shown]:
        box = self.box_of(frame)
        for part in self.package.related(self.part, "chart") if box is not None else ():
            space = self.package.xml(part)
            chart = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
            for text in space.iter(f"{chart}txPr"):
                colour = next(filter(None, map(self.colour_in, text.iter(qn("a:defRPr")))), self.colours.named("tx1"))
                yield Shown("(labels of a chart)", colour, self.ground_at(box), self.number)


def mixed(colour: str, ground: str, opacity: float) -> str:
    """A colour over a ground."""
    parts = zip((1, 3, 5), (1, 3, 5), strict=True)
    values = (
        round(int(colour[a : a + 2], 16) * opacity + int(ground[b : b + 2], 16) * (1 - opacity)) for a, b in parts
    )
    return "#" + "".join(f"{value:02x}" for value in values)


ROOM = 9144
"""A hundredth of an inch, by which places are rounded."""


def holds(outer: Box, inner: Box) -> bool:
    """Whether a box lies in another, a hundredth of an inch aside."""
    return (
        outer[0] - ROOM <= inner[0]
        and outer[1] - ROOM <= inner[1]
        and inner[0] + inner[2] <= outer[0] + outer[2] + ROOM
        and inner[1] + inner[3] <= outer[1] + outer[3] + ROOM
    )


def touches(first: Box, second: Box) -> bool:
    """Whether two boxes have a surface in common that is more than rounding."""
    return (
        first[0] + ROOM < second[0] + second[2]
        and second[0] + ROOM < first[0] + first[2]
        and first[1] + ROOM < second[1] + second[3]
        and second[1] + ROOM < first[1] + first[3]
    )

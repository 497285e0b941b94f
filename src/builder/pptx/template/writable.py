"""A template opened by python-pptx, to make a deck on it."""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import replace
from functools import cached_property
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn

from builder.pptx.package.package import Package
from builder.pptx.sections import EXTENSION as SECTIONS
from builder.pptx.template.layouts import TEXT_TYPES, kind_of
from builder.typeset.measure import whole_points

METADATA = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STANDARD_KINDS = {name: f"{METADATA}/{name}" for name in ("core-properties", "thumbnail")} | {
    name: f"{OFFICE}/{name}" for name in ("extended-properties", "custom-properties")
}
STANDARD_SIZES = {
    ("9144000", "6858000", "screen4x3"),
    ("9144000", "5143500", "screen16x9"),
    ("9144000", "5715000", "screen16x10"),
}


def opened(content: bytes, *, keep_slides: bool = False) -> Any:
    """Return a fresh presentation over a template, without its slides unless ``keep_slides``."""
    presentation = Presentation(io.BytesIO(content))
    if not keep_slides:
        drop_slides(presentation)
    drop_what_hinders(presentation)
    for sheet in (*presentation.slide_masters, *all_layouts(presentation)):
        name_shapes_apart(sheet.element)
        forget_shrinking(sheet.element)
    return presentation


def forget_shrinking(sheet: Any) -> None:
    """Take out how far the sample text of placeholders was shrunk to fit (ECMA-376-1, 21.1.2.1.3): that says nothing of
    other text, and LibreOffice moves what stands behind bullets by it.
    """
    for shape in sheet.iter(qn("p:sp")):
        if shape.find(f"{qn('p:nvSpPr')}/{qn('p:nvPr')}/{qn('p:ph')}") is not None:
            for fit in shape.iter(qn("a:normAutofit")):
                fit.attrib.clear()


def name_shapes_apart(sheet: Any) -> None:
    """Give further shapes of a master or layout that bear an id twice, as LibreOffice wrote it, ids of their own; none
    where an animation may name them."""
    shapes = [shape for shape in sheet.iter(qn("p:cNvPr")) if shape.get("id", "").isdecimal()]
    ids = [shape.get("id") for shape in shapes]
    if len(set(ids)) == len(ids) or sheet.find(qn("p:timing")) is not None:
        return
    free = max(int(number) for number in ids) + 1
    seen: set[str] = set()
    for shape, number in zip(shapes, ids, strict=True):
        if number in seen:
            shape.set("id", str(free))
            free += 1
        seen.add(number)


def name_relationships(package: Package) -> bool:
    """Give what a package relates to the names of the standard (ECMA-376-2, annex E; ECMA-376-1, 15.2.12); returns
    whether any had another.

    What is named otherwise is not found, and is added a second time: pandoc so names the properties of the application.
    Where both names are there (Quarto), that of the standard counts.
    """
    related = package.rels("/")
    names = {found.kind for found in related.values()}
    others = [rid for rid, found in related.items() if STANDARD_KINDS.get(found.type, found.kind) not in names]
    for rid in others:
        related[rid] = replace(related[rid], kind=STANDARD_KINDS[related[rid].type])
    return bool(others)


def drop_slides(presentation: Any) -> None:
    """Take the template's own slides out; layouts, masters and themes stay as they are."""
    ids = presentation.element.get_or_add_sldIdLst()
    for entry in list(ids):
        presentation.part.drop_rel(entry.rId)
        ids.remove(entry)


def drop_what_hinders(presentation: Any) -> None:
    """Take out printer settings, the list of sections, and a false type of the slide's size."""
    for rid, relationship in list(presentation.part.rels.items()):
        if relationship.reltype.endswith("/printerSettings"):
            presentation.part.rels.pop(rid)
    root = presentation.element
    for extension in root.findall(f".//{{*}}ext[@uri='{SECTIONS}']"):
        extension.getparent().remove(extension)
    size = root.find(qn("p:sldSz"))
    if (
        size is not None
        and size.get("type")
        and (size.get("cx"), size.get("cy"), size.get("type")) not in STANDARD_SIZES
    ):
        del size.attrib["type"]


def all_layouts(presentation: Any) -> list[Any]:
    """Return the layouts of all masters, in the order of `TemplateFile.layouts`."""
    return [layout for master in presentation.slide_masters for layout in master.slide_layouts]


def colour_map(layout: Any) -> str:
    """Return ``p:clrMapOvr`` for slides of a layout: that of the layout, since a slide does not inherit it."""
    own = layout.find(f"{qn('p:clrMapOvr')}/{qn('a:overrideClrMapping')}")
    names = " ".join(f'{name}="{value}"' for name, value in own.attrib.items()) if own is not None else ""
    inside = f"<a:overrideClrMapping {names}/>" if names else "<a:masterClrMapping/>"
    return f"<p:clrMapOvr>{inside}</p:clrMapOvr>"


class FixedLayout:
    """A layout whose placeholders are looked up once, for a deck that asks for them on every slide."""

    def __init__(self, layout: Any) -> None:
        self.part = layout.part
        self._layout = layout
        self._found: dict[tuple[str, ...], Any | None] = {}
        self._list_styles: dict[str, str] = {}

    @cached_property
    def placeholders(self) -> tuple[Any, ...]:
        """The placeholders in the order of the layout."""
        return tuple(self._layout.placeholders)

    @cached_property
    def colour_map(self) -> str:
        """The colour map of its slides."""
        return colour_map(self._layout.element)

    def placeholder(self, *types: str) -> Any | None:
        """Return the first placeholder of the first of some types that the layout has; None for none."""
        if types not in self._found:
            found = ((shape for shape in self.placeholders if kind_of(shape) == kind) for kind in types)
            self._found[types] = next((shape for shapes in found for shape in shapes), None)
        return self._found[types]

    def list_style(self, kind: str) -> str:
        """Return the list style of the first placeholder of a type, or of its master where that has none, with sizes in
        whole points."""
        if kind not in self._list_styles:
            self._list_styles[kind] = list_style_of(self.placeholder(kind))
        return self._list_styles[kind]

    @cached_property
    def main(self) -> Any | None:
        """The largest placeholder for text and objects (see `main_place`); None for none."""
        found = [shape for shape in self.placeholders if kind_of(shape) in TEXT_TYPES]
        return max(found, key=lambda shape: (shape.width or 0) * (shape.height or 0), default=None)


def list_style_of(shape: Any) -> str:
    """Return the levels of a placeholder's list style, or of its master's, as XML, with sizes in whole points."""
    sheets = (shape, getattr(shape, "_base_placeholder", None))
    styles = (sheet.element.find(f".//{qn('a:lstStyle')}") for sheet in sheets if sheet is not None)
    found = next((style for style in styles if style is not None and len(style)), None)
    if found is None:
        return ""
    style = deepcopy(found)
    for sized in style.iterfind(".//*[@sz]"):
        sized.set("sz", str(round(whole_points(int(sized.get("sz")) / 100) * 100)))
    return "".join(etree.tostring(child, encoding="unicode") for child in style)

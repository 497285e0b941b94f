"""What a shape inherits from its layout and master, written into the shape where the layout that it comes to has no
place for it.

A placeholder has place, size, insets and the styles of its levels from the placeholder of its layout, that of the
master, and the master's text styles (ISO/IEC 29500-1, 19.3.1.36 and 19.3.1.52). A program that writes layouts of its
own leaves a new shape without all of that.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from builder.pptx.package.namespaces import A, P, R
from builder.pptx.package.package import Package

Key = tuple[str, str]
"""Kind of a placeholder, and its index where a layout may have several."""

TEXT_KINDS = {"": "text", "body": "text", "obj": "text", "title": "title", "ctrTitle": "title"}
ON_MASTER = {"text": "body", "subTitle": "body"}
"""Kinds that have another name on a master."""
STYLE_OF = {"title": "titleStyle", "text": "bodyStyle", "subTitle": "bodyStyle"}
LEVEL_ORDER = (
    "lnSpc", "spcBef", "spcAft", "buClrTx", "buClr", "buSzTx", "buSzPct", "buSzPts", "buFontTx", "buFont", "buNone",
    "buAutoNum", "buChar", "buBlip", "tabLst", "defRPr", "extLst",
)  # fmt: skip
FILLS = ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
RUN_ORDER = (
    "ln", *FILLS, "effectLst", "effectDag", "highlight", "uLnTx", "uLn", "uFillTx", "uFill", "latin", "ea", "cs", "sym",
    "hlinkClick", "hlinkMouseOver", "rtl", "extLst",
)  # fmt: skip
ONE_OF = (
    ("buClrTx", "buClr"),
    ("buSzTx", "buSzPct", "buSzPts"),
    ("buFontTx", "buFont"),
    ("buNone", "buAutoNum", "buChar", "buBlip"),
    FILLS,
)
"""Children of which an element has one."""
FITS = ("noAutofit", "normAutofit", "spAutoFit")
SCRIPTS = {"lt": "latin", "ea": "ea", "cs": "cs"}


@dataclass
class Inheritance:
    """Completes shapes that come from slides of ``source`` to slides of ``target``."""

    source: Package
    target: Package
    _places: dict[tuple[int, str], dict[Key, Any]] = field(default_factory=dict)

    def complete(self, element: Any, source_layout: str, target_layout: str) -> bool:
        """Write into the placeholders of an element what only ``source_layout`` gives them; returns whether anything
        was written."""
        changed = False
        there = self.places(self.target, target_layout)
        given = self.places(self.source, source_layout)
        for shape in list(element.iter(f"{P}sp", f"{P}pic")):
            key = placeholder_key(shape)
            if key is not None and key in given and key not in there:
                self.write(shape, key, source_layout)
                changed = True
        return changed

    def fits(self, source_layout: str, target_layout: str) -> bool:
        """Return whether a layout of the target has every placeholder of one of the source."""
        return self.places(self.source, source_layout).keys() <= self.places(self.target, target_layout).keys()

    def places(self, package: Package, layout: str) -> dict[Key, Any]:
        """Return the placeholders of a layout or master."""
        known = self._places.get((id(package), layout))
        if known is None:
            found: dict[Key, Any] = {}
            if layout in package.parts:
                for shape in package.xml(layout).iter(f"{P}sp", f"{P}pic"):
                    key = placeholder_key(shape)
                    if key is not None:
                        found.setdefault(key, shape)
            known = self._places[id(package), layout] = found
        return known

    def write(self, shape: Any, key: Key, layout: str) -> None:
        """Give a shape its place, insets and styles."""
        master = next(iter(self.source.related(layout, "slideMaster")), "")
        kind = ON_MASTER.get(key[0], key[0])
        above = [found for found in self.places(self.source, master).values() if on_master(found) == kind][:1]
        chain = [self.places(self.source, layout)[key], *above]
        write_place(shape, chain)
        body = shape.find(f"./{P}txBody")
        if body is None:
            return
        write_insets(body, chain)
        styles = (
            self.source.xml(master).find(f"./{P}txStyles/{P}{STYLE_OF.get(key[0], 'otherStyle')}") if master else None
        )
        lists = [found.find(f"./{P}txBody/{A}lstStyle") for found in reversed(chain)]
        own = body.find(f"{A}lstStyle")
        levels = list(merged_levels([item for item in (styles, *lists, own) if item is not None]))
        fresh = etree.Element(f"{A}lstStyle")
        fresh.extend(levels)
        self.name_fonts(fresh, master)
        if own is not None:
            body.replace(own, fresh)
        else:
            body.find(f"{A}bodyPr").addnext(fresh)

    def name_fonts(self, styles: Any, master: str) -> None:
        """Name the fonts of the theme, since the target may have others in its own."""
        theme = next(iter(self.source.related(master, "theme")), "")
        scheme = next(self.source.xml(theme).iter(f"{A}fontScheme"), None) if theme else None
        for font in list(styles.iter(f"{A}latin", f"{A}ea", f"{A}cs", f"{A}buFont")):
            name = font.get("typeface", "")
            if not name.startswith("+") or scheme is None:
                continue
            kind = scheme.find(
                f"{A}{'majorFont' if name.startswith('+mj') else 'minorFont'}/{A}{SCRIPTS.get(name[-2:], 'latin')}"
            )
            if kind is not None and kind.get("typeface"):
                font.set("typeface", kind.get("typeface"))
            else:
                font.getparent().remove(font)


def placeholder_key(shape: Any) -> Key | None:
    """Return kind and index of a placeholder; None for other shapes."""
    found = shape.find(f"./*/{P}nvPr/{P}ph")
    if found is None:
        return None
    kind = TEXT_KINDS.get(found.get("type", ""), found.get("type", ""))
    return kind, "" if kind == "title" else found.get("idx", "0")


def on_master(shape: Any) -> str:
    """Return the kind of a placeholder of a master."""
    found = shape.find(f"./*/{P}nvPr/{P}ph")
    return str(found.get("type", "body")) if found is not None else ""


def write_place(shape: Any, chain: list[Any]) -> None:
    """Write place, form, fill and outline into a shape that has none of its own."""
    own = shape.find(f"./{P}spPr")
    above = [found.find(f"./{P}spPr") for found in chain]
    above = [item for item in above if item is not None]
    if own is None:
        return
    for names in (("xfrm",), ("prstGeom", "custGeom"), FILLS, ("ln",)):
        if any(own.find(f"{A}{name}") is not None for name in names):
            continue
        given = next(
            (item.find(f"{A}{name}") for item in above for name in names if item.find(f"{A}{name}") is not None), None
        )
        if given is not None and not has_targets(given):
            own.append(copy.deepcopy(given))
    if own.find(f"{A}prstGeom") is None and own.find(f"{A}custGeom") is None:
        form = etree.SubElement(own, f"{A}prstGeom", prst="rect")
        etree.SubElement(form, f"{A}avLst")
    sort(own, ("xfrm", "custGeom", "prstGeom", *FILLS, "ln", "effectLst", "effectDag", "scene3d", "sp3d", "extLst"))


def write_insets(body: Any, chain: list[Any]) -> None:
    """Write into a text body the insets, anchor, columns and fit that it inherits."""
    own = body.find(f"{A}bodyPr")
    for shape in chain:
        given = shape.find(f"./{P}txBody/{A}bodyPr")
        if given is None:
            continue
        for name, value in given.attrib.items():
            if name not in own.attrib:
                own.set(name, value)
        if not any(own.find(f"{A}{name}") is not None for name in FITS):
            own.extend(copy.deepcopy(item) for item in given if etree.QName(item).localname in FITS)


def merged_levels(styles: list[Any]) -> Iterator[Any]:
    """Yield the nine levels of several lists of styles, of which later ones count more."""
    for number in range(1, 10):
        found = [item for item in (style.find(f"{A}lvl{number}pPr") for style in styles) if item is not None]
        if found:
            level = copy.deepcopy(found[0])
            for item in found[1:]:
                overlay(level, item, LEVEL_ORDER)
            for picture in level.findall(f"{A}buBlip"):  # it is in a part of the master
                picture.addprevious(etree.Element(f"{A}buChar", char="•"))
                level.remove(picture)
            yield level


def overlay(below: Any, above: Any, order: tuple[str, ...]) -> None:
    """Put the properties of an element over those of another."""
    below.attrib.update(above.attrib)
    for item in above.iterchildren(etree.Element):
        name = etree.QName(item).localname
        group = next((names for names in ONE_OF if name in names), (name,))
        old = [found for found in below.iterchildren(etree.Element) if etree.QName(found).localname in group]
        if name == "defRPr" and old:
            overlay(old[0], item, RUN_ORDER)
            continue
        for found in old:
            below.remove(found)
        below.append(copy.deepcopy(item))
    sort(below, order)


def sort(element: Any, order: tuple[str, ...]) -> None:
    """Bring the children of an element into the order of the schema."""
    children = list(element.iterchildren(etree.Element))
    children.sort(
        key=lambda item: (
            order.index(etree.QName(item).localname) if etree.QName(item).localname in order else len(order)
        )
    )
    for item in children:
        element.remove(item)
    element.extend(children)


def has_targets(element: Any) -> bool:
    """Return whether something in an element leads to another part."""
    return any(name.startswith(R) for item in element.iter(etree.Element) for name in item.attrib)

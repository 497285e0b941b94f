"""What a .pptx must hold to open everywhere without a repair prompt, beyond what the schema says.

Each rule is a function over a package or one of its parts; it yields one sentence for each breach. They come from
what users of PowerPoint, Keynote and Google Slides found; schema validators accept most of these breaches.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from builder.pptx.package.active import ACTIONS, what_runs
from builder.pptx.package.taken_apart import Package

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
CREATION_ID = "{http://schemas.microsoft.com/office/drawing/2014/main}creationId"
SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
CLICKS = etree.XPath("//@action")
REFERENCES = etree.XPath("//@r:*", namespaces={"r": R[1:-1]})
FIRST_MASTER_ID = 2147483648
HEX = re.compile(r"^[0-9A-Fa-f]{6}$")
TRUE_SIZES = {
    "screen4x3": ("9144000", "6858000"),
    "screen16x9": ("9144000", "5143500"),
    "screen16x10": ("9144000", "5715000"),
}


Rule = Callable[[Package], Iterator[str]]
PartRule = Callable[[Package, str, Any], Iterator[str]]
MAIN_TYPES = {
    ".pptx": "vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    ".potx": "vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    ".ppsx": "vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    ".pptm": "vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    ".potm": "vnd.ms-powerpoint.template.macroEnabled.main+xml",
    ".ppsm": "vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
}
"""Ending of a file's name → the type that its main part must have (ECMA-376 part 1, 13.3.6; MS-OFFMACRO2, 2.2)."""


RULES: list[Rule] = []
PART_RULES: list[tuple[tuple[str, ...], PartRule]] = []


def rule(function: Rule) -> Rule:
    """Register a rule on a whole package."""
    RULES.append(function)
    return function


def part_rule(*folders: str) -> Callable[[PartRule], PartRule]:
    """Register a rule on each part of XML straight in one of the ``folders`` of ``ppt``, or on all parts in it."""

    def register(function: PartRule) -> PartRule:
        PART_RULES.append((folders, function))
        return function

    return register


@rule
def leads_to_its_slides(package: Package) -> Iterator[str]:
    if "" not in package.relationships:
        yield "_rels/.rels is missing: no program finds the list of slides"
    elif package.related("", "officeDocument") != ["ppt/presentation.xml"]:
        yield "_rels/.rels does not lead to ppt/presentation.xml"


@rule
def main_type_is_that_of_the_ending(package: Package) -> Iterator[str]:
    types = package.xml("[Content_Types].xml").iter(CT + "Override")
    main = next(
        (entry.get("ContentType", "") for entry in types if entry.get("PartName") == "/ppt/presentation.xml"), ""
    )
    wanted = f"application/{MAIN_TYPES[package.ending]}"
    if main != wanted:
        other = next((ending for ending, name in MAIN_TYPES.items() if main == f"application/{name}"), "")
        yield f"ppt/presentation.xml has the type {main or 'of no deck'}" + (
            f", which is that of {other}: PowerPoint does not open it as {package.ending}"
            if other
            else f", not {wanted}"
        )


@rule
def nothing_runs(package: Package) -> Iterator[str]:
    for source, entries in package.relationships.items():
        for target, kind, external in entries.values():
            if what := what_runs(kind, target, external):
                yield f"{source if external else target}: {what}; programs block it, ask about it or refuse the file"


@part_rule()
def no_action_runs(_package: Package, name: str, root: Any) -> Iterator[str]:
    found: Any = CLICKS(root)
    for action in found:
        if action.lower().startswith(ACTIONS):
            yield f"{name}: a click runs something ({action})"


@rule
def notes_master_declared(package: Package) -> Iterator[str]:
    root = package.main
    if not package.related("ppt/presentation.xml", "notesMaster"):
        return
    order = [child.tag for child in root]
    if P + "notesMasterIdLst" not in order:
        yield "presentation.xml has a notes master but no notesMasterIdLst"
    elif not order.index(P + "sldMasterIdLst") < order.index(P + "notesMasterIdLst") < order.index(P + "sldIdLst"):
        yield "notesMasterIdLst must stand between sldMasterIdLst and sldIdLst"


@rule
def size_type_true(package: Package) -> Iterator[str]:
    size = package.main.find(P + "sldSz")
    kind = size.get("type")
    if kind and TRUE_SIZES.get(kind) != (size.get("cx"), size.get("cy")):
        yield f"sldSz says {kind}, which is not its size"


@rule
def no_printer_settings(package: Package) -> Iterator[str]:
    for name in package.names:
        if "printerSettings" in name:
            yield f"{name} was taken over from a template"


@part_rule("notesMasters")
def notes_master_whole(package: Package, name: str, root: Any) -> Iterator[str]:
    main = set(package.related("ppt/slideMasters/slideMaster1.xml", "theme"))
    themes = package.related(name, "theme")
    if len(themes) != 1 or themes[0] in main:
        yield f"{name} has no theme of its own"
    for shape in root.iter(P + "sp"):
        if shape.find(f".//{A}xfrm") is None:
            yield f"{name}: a placeholder has no geometry"


@part_rule("notesSlides")
def notes_related(package: Package, name: str, _root: Any) -> Iterator[str]:
    if len(package.related(name, "notesMaster")) != 1 or len(package.related(name, "slide")) != 1:
        yield f"{name} must relate to the notes master and to its slide"


@rule
def content_types_exact(package: Package) -> Iterator[str]:
    types = package.xml("[Content_Types].xml")
    overrides = {entry.get("PartName").lstrip("/") for entry in types.iter(CT + "Override")}
    defaults = {entry.get("Extension").lower() for entry in types.iter(CT + "Default")}
    parts = [name for name in package.names if name != "[Content_Types].xml"]
    for name in overrides - set(parts):
        yield f"[Content_Types].xml names {name}, which does not exist"
    for name in parts:
        if name not in overrides and name.rsplit(".", 1)[-1].lower() not in defaults:
            yield f"[Content_Types].xml has no type for {name}"
    used = {name.rsplit(".", 1)[-1].lower() for name in parts}
    for extension in defaults - used - {"xml", "rels"}:
        yield f"[Content_Types].xml has a Default for .{extension}, which nothing uses"


@part_rule()
def text_bodies_whole(_package: Package, name: str, root: Any) -> Iterator[str]:
    for body in root.iter(P + "txBody", A + "txBody"):
        if len(body) == 0 or body[-1].tag != A + "p":
            yield f"{name}: a text body does not end in a paragraph"
    for cell in root.iter(A + "tc"):
        if cell.find(A + "txBody") is None:
            yield f"{name}: a table cell has no text body"
    for paragraph in root.iter(A + "p"):
        tags = [child.tag for child in paragraph]
        if tags.count(A + "pPr") > 1 or (A + "pPr" in tags and tags[0] != A + "pPr"):
            yield f"{name}: pPr must stand once and first in its paragraph"
        if A + "endParaRPr" in tags and tags[-1] != A + "endParaRPr":
            yield f"{name}: endParaRPr must stand last in its paragraph"


def shown(root: Any, tag: str) -> list[Any]:
    """Elements outside of fallbacks, which repeat what the choice has."""
    return [found for found in root.iter(tag) if not any(up.tag == MC + "Fallback" for up in found.iterancestors())]


@part_rule("slides", "notesSlides")
def shape_ids_unique(package: Package, name: str, root: Any) -> Iterator[str]:
    package.creation_ids.update(entry.get("id") for entry in shown(root, CREATION_ID))
    ids = Counter(shape.get("id") for shape in shown(root, P + "cNvPr"))
    for identifier, count in ids.items():
        if count > 1:
            yield f"{name}: the shape id {identifier} is used {count} times"


@rule
def creation_ids_unique(package: Package) -> Iterator[str]:
    for identifier, count in package.creation_ids.items():
        if count > 1:
            yield f"the creation id {identifier} is used {count} times"


@rule
def relationships_resolve(package: Package) -> Iterator[str]:
    names = set(package.names)
    for source, entries in package.relationships.items():
        for identifier, (target, _kind, external) in entries.items():
            if not external and target not in names:
                yield f"{source}: {identifier} leads to {target}, which does not exist"


@part_rule()
def references_resolve(package: Package, name: str, root: Any) -> Iterator[str]:
    known = package.relationships.get(name, {})
    found: Any = REFERENCES(root)
    for value in found:
        if value and value not in known:
            yield f"{name}: {value} is not among its relationships"


@rule
def list_ids_in_range(package: Package) -> Iterator[str]:
    root = package.main
    slides = [int(entry.get("id")) for entry in root.iter(P + "sldId")]
    if len(set(slides)) != len(slides) or any(number < 256 for number in slides):
        yield "slide ids must be unique and 256 or more"
    masters = [int(entry.get("id")) for entry in root.iter(P + "sldMasterId")]
    for name in package.inside("slideMasters"):
        masters += [int(entry.get("id")) for entry in package.xml(name).iter(P + "sldLayoutId")]
    if len(set(masters)) != len(masters) or any(number < FIRST_MASTER_ID for number in masters):
        yield f"master and layout ids must be unique across both and {FIRST_MASTER_ID} or more"


@rule
def sections_hold_each_slide_once(package: Package) -> Iterator[str]:
    root = package.main
    sections = list(root.iter(P14 + "section"))
    slides = [entry.get("id") for entry in root.iter(P + "sldId")]
    held = [entry.get("id") for section in sections for entry in section.iter(P14 + "sldId")]
    if sections and sorted(held) != sorted(slides):
        yield "the sections must hold each slide once, and no other"
    if len({section.get("id") for section in sections}) != len(sections):
        yield "the ids of sections must differ"


@part_rule()
def values_in_form(_package: Package, name: str, root: Any) -> Iterator[str]:
    for colour in root.iter(A + "srgbClr"):
        if not HEX.match(colour.get("val", "")):
            yield f"{name}: '{colour.get('val')}' is not a colour of six hex digits"
    for extent in root.iter(A + "ext"):
        for key in ("cx", "cy"):
            if extent.get(key) is not None and not extent.get(key).isdigit():
                yield f"{name}: {key}='{extent.get(key)}' is not a length"


@part_rule("slides")
def timing_points_at_shapes(_package: Package, name: str, root: Any) -> Iterator[str]:
    timings = list(root.iter(P + "timing"))
    if len(timings) > 1:
        yield f"{name} has {len(timings)} timing trees"
    ids = {shape.get("id") for shape in root.iter(P + "cNvPr")}
    for target in root.iter(P + "spTgt"):
        if target.get("spid") not in ids:
            yield f"{name}: an animation is for shape {target.get('spid')}, which is not on the slide"
    for effect in root.iter(P + "cTn"):
        if effect.get("presetClass") and not effect.get("presetID"):
            yield f"{name}: an effect has no presetID"


@part_rule("slides")
def math_has_fallback(_package: Package, name: str, root: Any) -> Iterator[str]:
    for formula in root.iter(MATH):
        choice = next((up for up in formula.iterancestors() if up.tag == MC + "Choice"), None)
        if choice is None or "a14" not in choice.get("Requires", "").split() or choice.getnext() is None:
            yield f"{name}: a formula stands outside AlternateContent with a fallback"


@part_rule("slides")
def pictures_shown_everywhere(package: Package, name: str, root: Any) -> Iterator[str]:
    relations = package.relationships.get(name, {})
    for blip in root.iter(A + "blip"):
        target = relations.get(blip.get(R + "embed"), ("", "", False))[0]
        if target.lower().endswith((".svg", ".emf", ".wmf")):
            yield f"{name}: {target} needs a PNG in its place"
    for blip in root.iter(SVG_BLIP):
        if blip.get(R + "embed") not in relations:
            yield f"{name}: an SVG is missing"


@rule
def charts_self_contained(package: Package) -> Iterator[str]:
    used: Counter[str] = Counter()
    for name in package.inside("slides"):
        used.update(package.related(name, "chart"))
    for name in package.inside("charts"):
        sheets = package.related(name, "package")
        if len(sheets) != 1:
            yield f"{name} has no embedded workbook"
        used.update(sheets)
    for name, count in used.items():
        if count > 1:
            yield f"{name} is shared by {count} parts"


@rule
def usual_parts_present(package: Package) -> Iterator[str]:
    wanted = ("docProps/app.xml", "docProps/core.xml", "ppt/presProps.xml", "ppt/viewProps.xml", "ppt/tableStyles.xml")
    for name in wanted:
        if name not in package.names:
            yield f"{name} is missing"


@rule
def zip_in_order(package: Package) -> Iterator[str]:
    if package.names[0] != "[Content_Types].xml":
        yield "[Content_Types].xml must be the first entry"
    for name in package.names:
        if "\\" in name:
            yield f"{name}: '/' separates folders"

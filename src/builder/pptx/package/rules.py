"""What a .pptx must hold to open everywhere without a repair prompt, beyond the schema.

Each rule is a function over a package or one of its parts; it yields one sentence for each breach. They come from
what users of PowerPoint, Keynote and Google Slides found; schema validators accept most of these breaches.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from builder.pptx.package.active import ACTIONS, what_runs
from builder.pptx.package.namespaces import P14, URIS, A, P, R, qn
from builder.pptx.package.package import Package, Relationship
from builder.pptx.package.parts import CONTENT_TYPES_PART, extension, may_name

CREATION_ID = qn("a16:creationId")
SVG_BLIP = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
MATH = qn("m:oMath")
CLICKS = etree.XPath("//@action", smart_strings=False)
REFERENCES = etree.XPath("//@r:*", namespaces=URIS, smart_strings=False)
IN_FALLBACKS = etree.XPath("//mc:Fallback//*[self::p:cNvPr or self::a16:creationId]", namespaces=URIS)
BARE_FORMULAS = etree.XPath(
    "//m:oMath[not(ancestor::mc:Choice[1]"
    "[contains(concat(' ', normalize-space(@Requires), ' '), ' a14 ') and following-sibling::*])]",
    namespaces=URIS,
)
"""Formulas outside of a choice that asks for ``a14`` and has a fallback behind it."""
FIRST_MASTER_ID = 2147483648
HEX = re.compile(r"^[0-9A-Fa-f]{6}$")
TRUE_SIZES = {
    "screen4x3": ("9144000", "6858000"),
    "screen16x9": ("9144000", "5143500"),
    "screen16x10": ("9144000", "5715000"),
}


MAIN = "/ppt/presentation.xml"
USUAL_PARTS = (
    "/docProps/app.xml", "/docProps/core.xml", "/ppt/presProps.xml", "/ppt/viewProps.xml", "/ppt/tableStyles.xml",
)  # fmt: skip


@dataclass(slots=True)
class Inspection:
    """A package under inspection: the ``ending`` of its file's name, and by part the relationships that can be read."""

    package: Package
    ending: str
    relationships: dict[str, dict[str, Relationship]] = field(default_factory=dict)
    creation_ids: Counter[str] = field(default_factory=Counter)
    """How often each creation id stands in the slides inspected so far."""

    @property
    def main(self) -> Any:
        """The root of the list of slides."""
        return self.package.read(MAIN)

    def related(self, name: str, kind: str) -> list[str]:
        """Return the parts to which a part has relationships of a type."""
        found = self.relationships.get(name, {}).values()
        return [entry.target for entry in found if entry.type == kind and not entry.external]

    def inside(self, folder: str) -> list[str]:
        """Return the names of the XML parts straight in ``/ppt/<folder>``."""
        names = self.package.entries
        return [name for name in names if name.endswith(".xml") and posixpath.dirname(name) == f"/ppt/{folder}"]


def label(name: str) -> str:
    """Return a part's name as authors read it, without the slash in front."""
    return name.lstrip("/")


Rule = Callable[[Inspection], Iterator[str]]
PartRule = Callable[[Inspection, str, Any], Iterator[str]]
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
def leads_to_its_slides(deck: Inspection) -> Iterator[str]:
    if "/" not in deck.relationships:
        yield "_rels/.rels is missing: no program finds the list of slides"
    elif deck.related("/", "officeDocument") != [MAIN]:
        yield "_rels/.rels does not lead to ppt/presentation.xml"


@rule
def main_type_is_that_of_the_ending(deck: Inspection) -> Iterator[str]:
    main = deck.package.overrides.get(MAIN, "")
    wanted = f"application/{MAIN_TYPES[deck.ending]}"
    if main != wanted:
        other = next((ending for ending, name in MAIN_TYPES.items() if main == f"application/{name}"), "")
        yield f"ppt/presentation.xml has the type {main or 'of no deck'}" + (
            f", which is that of {other}: PowerPoint does not open it as {deck.ending}" if other else f", not {wanted}"
        )


@rule
def nothing_runs(deck: Inspection) -> Iterator[str]:
    for source, entries in deck.relationships.items():
        for entry in entries.values():
            if what := what_runs(entry.kind, entry.target, entry.external):
                place = label(source if entry.external else entry.target)
                yield f"{place}: {what}; programs block it, ask about it or refuse the file"


@part_rule()
def no_action_runs(deck: Inspection, name: str, root: Any) -> Iterator[str]:
    found: Any = CLICKS(root) if may_name(deck.package.parts[name], b"action") else ()
    for action in found:
        if action.lower().startswith(ACTIONS):
            yield f"{label(name)}: a click runs something ({action})"


@rule
def notes_master_declared(deck: Inspection) -> Iterator[str]:
    root = deck.main
    if not deck.related(MAIN, "notesMaster"):
        return
    order = [child.tag for child in root]
    if P + "notesMasterIdLst" not in order:
        yield "presentation.xml has a notes master but no notesMasterIdLst"
    elif not order.index(P + "sldMasterIdLst") < order.index(P + "notesMasterIdLst") < order.index(P + "sldIdLst"):
        yield "notesMasterIdLst must stand between sldMasterIdLst and sldIdLst"


@rule
def size_type_true(deck: Inspection) -> Iterator[str]:
    size = deck.main.find(P + "sldSz")
    kind = size.get("type")
    if kind and TRUE_SIZES.get(kind) != (size.get("cx"), size.get("cy")):
        yield f"sldSz says {kind}, which is not its size"


@rule
def no_printer_settings(deck: Inspection) -> Iterator[str]:
    for name in deck.package.entries:
        if "printerSettings" in name:
            yield f"{label(name)} was taken over from a template"


@part_rule("notesMasters")
def notes_master_whole(deck: Inspection, name: str, root: Any) -> Iterator[str]:
    main = set(deck.related("/ppt/slideMasters/slideMaster1.xml", "theme"))
    themes = deck.related(name, "theme")
    if len(themes) != 1 or themes[0] in main:
        yield f"{label(name)} has no theme of its own"
    for shape in root.iter(P + "sp"):
        if shape.find(f".//{A}xfrm") is None:
            yield f"{label(name)}: a placeholder has no geometry"


@part_rule("notesSlides")
def notes_related(deck: Inspection, name: str, _root: Any) -> Iterator[str]:
    if len(deck.related(name, "notesMaster")) != 1 or len(deck.related(name, "slide")) != 1:
        yield f"{label(name)} must relate to the notes master and to its slide"


@rule
def content_types_exact(deck: Inspection) -> Iterator[str]:
    package = deck.package
    parts = [name for name in package.entries if name != CONTENT_TYPES_PART]
    for name in package.overrides.keys() - set(parts):
        yield f"[Content_Types].xml names {label(name)}, which does not exist"
    for name in parts:
        if name not in package.overrides and extension(name) not in package.defaults:
            yield f"[Content_Types].xml has no type for {label(name)}"
    for suffix in package.defaults.keys() - {extension(name) for name in parts} - {"xml", "rels"}:
        yield f"[Content_Types].xml has a Default for .{suffix}, which nothing uses"


@part_rule()
def text_bodies_whole(_deck: Inspection, name: str, root: Any) -> Iterator[str]:
    for body in root.iter(P + "txBody", A + "txBody"):
        if len(body) == 0 or body[-1].tag != A + "p":
            yield f"{label(name)}: a text body does not end in a paragraph"
    for cell in root.iter(A + "tc"):
        if cell.find(A + "txBody") is None:
            yield f"{label(name)}: a table cell has no text body"
    for properties in root.iter(A + "pPr"):
        if properties.getparent().tag == A + "p" and properties.getprevious() is not None:
            yield f"{label(name)}: pPr must stand once and first in its paragraph"
    for properties in root.iter(A + "endParaRPr"):
        if properties.getnext() is not None:
            yield f"{label(name)}: endParaRPr must stand last in its paragraph"


@part_rule("slides", "notesSlides")
def shape_ids_unique(deck: Inspection, name: str, root: Any) -> Iterator[str]:
    repeated: Any = IN_FALLBACKS(root)
    in_fallbacks = Counter((element.tag, element.get("id")) for element in repeated)
    found = Counter((element.tag, element.get("id")) for element in root.iter(P + "cNvPr", CREATION_ID)) - in_fallbacks
    deck.creation_ids.update({given: count for (tag, given), count in found.items() if tag == CREATION_ID})
    ids = {given: count for (tag, given), count in found.items() if tag != CREATION_ID}
    for identifier, count in ids.items():
        if count > 1:
            yield f"{label(name)}: the shape id {identifier} is used {count} times"


@rule
def creation_ids_unique(deck: Inspection) -> Iterator[str]:
    for identifier, count in deck.creation_ids.items():
        if count > 1:
            yield f"the creation id {identifier} is used {count} times"


@rule
def relationships_resolve(deck: Inspection) -> Iterator[str]:
    names = set(deck.package.entries)
    for source, entries in deck.relationships.items():
        for identifier, entry in entries.items():
            if not entry.external and entry.target not in names:
                yield f"{label(source)}: {identifier} leads to {label(entry.target)}, which does not exist"


@part_rule()
def references_resolve(deck: Inspection, name: str, root: Any) -> Iterator[str]:
    known = deck.relationships.get(name, {})
    found: Any = REFERENCES(root)
    for value in found:
        if value and value not in known:
            yield f"{label(name)}: {value} is not among its relationships"


@rule
def list_ids_in_range(deck: Inspection) -> Iterator[str]:
    root = deck.main
    slides = [int(entry.get("id")) for entry in root.iter(P + "sldId")]
    if len(set(slides)) != len(slides) or any(number < 256 for number in slides):
        yield "slide ids must be unique and 256 or more"
    entries = list(root.iter(P + "sldMasterId"))
    for name in deck.inside("slideMasters"):
        entries += deck.package.read(name).iter(P + "sldLayoutId")
    masters = [int(entry.get("id")) for entry in entries if entry.get("id")]  # the schema lets them have none
    if len(set(masters)) != len(masters) or any(number < FIRST_MASTER_ID for number in masters):
        yield f"master and layout ids must be unique across both and {FIRST_MASTER_ID} or more"


@rule
def sections_hold_each_slide_once(deck: Inspection) -> Iterator[str]:
    root = deck.main
    sections = list(root.iter(P14 + "section"))
    slides = [entry.get("id") for entry in root.iter(P + "sldId")]
    held = [entry.get("id") for section in sections for entry in section.iter(P14 + "sldId")]
    if sections and sorted(held) != sorted(slides):
        yield "the sections must hold each slide once, and no other"
    if len({section.get("id") for section in sections}) != len(sections):
        yield "the ids of sections must differ"


@part_rule()
def values_in_form(_deck: Inspection, name: str, root: Any) -> Iterator[str]:
    for colour in root.iter(A + "srgbClr"):
        if not HEX.match(colour.get("val", "")):
            yield f"{label(name)}: '{colour.get('val')}' is not a colour of six hex digits"
    for extent in root.iter(A + "ext"):
        for key in ("cx", "cy"):
            if extent.get(key) is not None and not extent.get(key).isdigit():
                yield f"{label(name)}: {key}='{extent.get(key)}' is not a length"


@part_rule("slides")
def timing_points_at_shapes(_deck: Inspection, name: str, root: Any) -> Iterator[str]:
    timings = list(root.iter(P + "timing"))
    if len(timings) > 1:
        yield f"{label(name)} has {len(timings)} timing trees"
    ids = {shape.get("id") for shape in root.iter(P + "cNvPr")}
    for target in root.iter(P + "spTgt"):
        if target.get("spid") not in ids:
            yield f"{label(name)}: an animation is for shape {target.get('spid')}, which is not on the slide"
    for effect in root.iter(P + "cTn"):
        if effect.get("presetClass") and not effect.get("presetID"):
            yield f"{label(name)}: an effect has no presetID"


@part_rule("slides")
def math_has_fallback(_deck: Inspection, name: str, root: Any) -> Iterator[str]:
    if next(root.iter(MATH), None) is None:
        return
    bare: Any = BARE_FORMULAS(root)
    for _formula in bare:
        yield f"{label(name)}: a formula stands outside AlternateContent with a fallback"


@part_rule("slides")
def pictures_shown_everywhere(deck: Inspection, name: str, root: Any) -> Iterator[str]:
    relations = deck.relationships.get(name, {})
    for blip in root.iter(A + "blip"):
        entry = relations.get(blip.get(R + "embed"))
        if entry is not None and extension(entry.target) in ("svg", "emf", "wmf"):
            yield f"{label(name)}: {label(entry.target)} needs a PNG in its place"
    for blip in root.iter(SVG_BLIP):
        if blip.get(R + "embed") not in relations:
            yield f"{label(name)}: an SVG is missing"


@rule
def charts_self_contained(deck: Inspection) -> Iterator[str]:
    used: Counter[str] = Counter()
    for name in deck.inside("slides"):
        used.update(deck.related(name, "chart"))
    for name in deck.inside("charts"):
        sheets = deck.related(name, "package")
        if len(sheets) != 1:
            yield f"{label(name)} has no embedded workbook"
        used.update(sheets)
    for name, count in used.items():
        if count > 1:
            yield f"{label(name)} is shared by {count} parts"


@rule
def usual_parts_present(deck: Inspection) -> Iterator[str]:
    for name in USUAL_PARTS:
        if name not in deck.package.entries:
            yield f"{label(name)} is missing"


@rule
def zip_in_order(deck: Inspection) -> Iterator[str]:
    if deck.package.entries[0] != CONTENT_TYPES_PART:
        yield "[Content_Types].xml must be the first entry"
    for name in deck.package.entries:
        if "\\" in name:
            yield f"{label(name)}: '/' separates folders"

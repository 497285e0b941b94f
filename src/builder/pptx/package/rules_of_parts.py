"""What a part of a .pptx must hold for it to open everywhere without a repair prompt, beyond the schema."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from builder.pptx.package.active import ACTIONS
from builder.pptx.package.inspection import Inspection, label, part_rule
from builder.pptx.package.namespaces import URIS, A, P, R, qn
from builder.pptx.package.parts import extension, may_name

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
MOST_ID = 2**31 - 1
HEX = re.compile(r"^[0-9A-Fa-f]{6}$")


@part_rule()
def no_action_runs(deck: Inspection, name: str, root: Any) -> Iterator[str]:
    found: Any = CLICKS(root) if may_name(deck.package.parts[name], b"action") else ()
    for action in found:
        if action.lower().startswith(ACTIONS):
            yield f"{label(name)}: a click runs something ({action})"


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
        if not (identifier or "").isdecimal() or int(identifier or "") > MOST_ID:
            yield f"{label(name)}: the shape id '{identifier}' is no whole number from 0 to {MOST_ID:,}"
        if count > 1:
            yield f"{label(name)}: the shape id {identifier} is used {count} times"


@part_rule()
def references_resolve(deck: Inspection, name: str, root: Any) -> Iterator[str]:
    known = deck.relationships.get(name, {})
    found: Any = REFERENCES(root)
    for value in found:
        if value and value not in known:
            yield f"{label(name)}: {value} is not among its relationships"


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

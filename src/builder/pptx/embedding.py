"""Fonts that travel in a deck: ``p:embeddedFontLst`` and its parts (ECMA-376 part 1, 15.2.13 and 19.2.1.9).

A list names each typeface once, and only such as the deck uses (MS-OI29500 2.1.1133).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn

from builder.typeset.embedded import STYLES, embedded_faces, is_serif

CONTENT_TYPE = "application/x-fontdata"
BEFORE = ("smartTags", "notesSz")
"""Elements of a presentation behind which the list stands, the nearest first."""
SERIF, SANS = "18", "34"
"""``pitchFamily`` of faces of varying width with serifs, and without: by it programs find a substitute."""


def embed_fonts(presentation: Any, families: Iterable[str]) -> None:
    """Put the faces of ``families`` that are here, and may be embedded, into a presentation that has them not."""
    root = presentation.element
    listed = {font.get("typeface") for font in root.iterfind(f".//{qn('p:embeddedFont')}/{qn('p:font')}")}
    for family in dict.fromkeys(families):
        faces = embedded_faces(family) if family not in listed else {}
        if faces:
            entry = etree.SubElement(list_of(root), qn("p:embeddedFont"))
            look = etree.SubElement(entry, qn("p:font"))
            look.set("typeface", family)
            look.set("pitchFamily", SERIF if is_serif(family) else SANS)
            look.set("charset", "0")
            for style in STYLES:
                if style in faces:
                    rid = presentation.part.relate_to(font_part(presentation, faces[style]), RT.FONT)
                    etree.SubElement(entry, qn(f"p:{style}")).set(qn("r:id"), rid)
            root.set("embedTrueTypeFonts", "1")
            root.attrib.pop("saveSubsetFonts", None)  # all characters stay when somebody saves the deck


def list_of(root: Any) -> Any:
    """Return the list of embedded fonts of a presentation, in its place."""
    found = root.find(qn("p:embeddedFontLst"))
    if found is None:
        found = etree.Element(qn("p:embeddedFontLst"))
        place = next(element for name in BEFORE if (element := root.find(qn(f"p:{name}"))) is not None)
        place.addnext(found)
    return found


def font_part(presentation: Any, content: bytes) -> Part:
    """Return a new part with font data, under a name that is free."""
    package = presentation.part.package
    taken = {str(found.target_part.partname) for found in presentation.part.rels.values() if found.reltype == RT.FONT}
    name = next(
        name for number in range(1, len(taken) + 2) if (name := f"/ppt/fonts/font{number}.fntdata") not in taken
    )
    return Part(PackURI(name), CONTENT_TYPE, package, content)

"""The presentation as a whole: parts that some programs miss, properties, the mark of the build, the thumbnail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn

from builder.deck.model import FittedDeck
from builder.pptx import mark
from builder.pptx.package.serialize import DECLARATION
from builder.pptx.xml import NAMESPACES
from builder.store.text import clean
from builder.typeset.compile import timestamp

USUAL_PARTS = {
    RT.PRES_PROPS: ("/ppt/presProps.xml", CT.PML_PRES_PROPS, f"<p:presentationPr {NAMESPACES}/>"),
    RT.VIEW_PROPS: ("/ppt/viewProps.xml", CT.PML_VIEW_PROPS, f"<p:viewPr {NAMESPACES}/>"),
    RT.TABLE_STYLES: (
        "/ppt/tableStyles.xml",
        CT.PML_TABLE_STYLES,
        '<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'def="{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"/>',
    ),
}
"""Parts that some programs leave out and others miss: relationship → name, content type, content."""


APPLICATION = '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'


def finish_presentation(presentation: Any, notes_master: Any) -> None:
    """Declare the notes master, which python-pptx leaves out, in its place (Keynote refuses the file else)."""
    root = presentation.element
    if root.find(qn("p:notesMasterIdLst")) is None:
        rid = presentation.part.relate_to(notes_master, RT.NOTES_MASTER)
        listed = etree.Element(qn("p:notesMasterIdLst"))
        etree.SubElement(listed, qn("p:notesMasterId")).set(qn("r:id"), rid)
        root.find(qn("p:sldMasterIdLst")).addnext(listed)
    for kind, (name, content_type, xml) in USUAL_PARTS.items():
        if not any(found.reltype == kind for found in presentation.part.rels.values()):
            part = Part(PackURI(name), content_type, presentation.part.package, xml.encode())
            presentation.part.relate_to(part, kind)


def add_application(package: Any) -> None:
    """Add the properties of the application where a template has none: some versions of PowerPoint repair the file."""
    if not relationships_of(package, RT.EXTENDED_PROPERTIES):
        part = Part(PackURI("/docProps/app.xml"), CT.OFC_EXTENDED_PROPERTIES, package, APPLICATION.encode())
        package.relate_to(part, RT.EXTENDED_PROPERTIES)


def add_thumbnail(package: Any, jpeg: bytes) -> None:
    """The picture that file managers show, in place of the template's own."""
    for relationship in relationships_of(package, RT.THUMBNAIL):
        package.drop_rel(relationship.rId)
    part = Part(PackURI("/docProps/thumbnail.jpeg"), CT.JPEG, package, jpeg)
    package.relate_to(part, RT.THUMBNAIL)


def relationships_of(package: Any, kind: str) -> list[Any]:
    """The relationships of a type that only a package as a whole has."""
    return [found for found in package.iter_rels() if found.reltype == kind]


def add_mark(package: Any, value: str) -> str:
    """Write the mark of the build among the custom properties; a template may have some of its own. Returns the name of
    the part that holds it."""
    parts = [found.target_part for found in relationships_of(package, mark.RELATIONSHIP)]
    root = etree.fromstring(parts[0].blob if parts else mark.EMPTY, etree.XMLParser(resolve_entities=False))
    mark.set_mark(root, mark.NAME, value)
    content = DECLARATION.encode() + etree.tostring(root)
    if parts:
        parts[0].blob = content
    else:
        parts = [Part(PackURI(mark.PART), mark.CONTENT_TYPE, package, content)]
        package.relate_to(parts[0], mark.RELATIONSHIP)
    return str(parts[0].partname)


LONGEST = 255
"""Letters that python-pptx takes for a property."""


def shortened(text: str) -> str:
    """A text that a property can hold."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def set_properties(presentation: Any, fitted: FittedDeck) -> None:
    """Write title, author, book, chapters, occasion, licence and language of a deck, with fixed times."""
    core = presentation.core_properties
    deck = fitted.deck
    given = (shortened(clean(text)) for text in (deck.title, deck.author, deck.book, deck.lang))
    core.title, core.author, core.subject, core.language = given
    chapters = dict.fromkeys(slide.slide.place.chapter.name for slide in fitted.slides if slide.slide.place)
    core.keywords = shortened(clean(", ".join(chapters)))
    core.category, core.comments = shortened(clean(deck.style.occasion)), shortened(clean(deck.style.licence))
    core.last_modified_by = core.author
    core.revision = 1
    fixed = timestamp() or datetime(1980, 1, 1)
    core.created = core.modified = fixed.replace(tzinfo=None)

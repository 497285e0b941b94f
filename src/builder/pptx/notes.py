"""Speaker notes → a notes slide."""

from __future__ import annotations

from typing import Any

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn

from builder.pptx.package.serialize import DECLARATION
from builder.pptx.xml import NAMESPACES, SlideIds, attribute
from builder.store.text import escaped


def add_notes(package: Any, slide: Part, master: Any, notes: list[str], deck: str, key: str, lang: str) -> None:
    ids = SlideIds(deck, f"{key}/notes")
    body = "".join(
        f"<a:p><a:r><a:rPr lang={attribute(lang)}/><a:t>{escaped(paragraph)}</a:t></a:r></a:p>" for paragraph in notes
    )
    image = (
        f'<p:sp><p:nvSpPr>{ids.properties("Slide image")}<p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
    )
    text = (
        f'<p:sp><p:nvSpPr>{ids.properties("Notes")}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="{_notes_index(master)}"/>'
        f"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{body}</p:txBody></p:sp>"
    )
    xml = (
        f'<p:notes {NAMESPACES}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        f"{image}{text}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )
    name = PackURI(str(slide.partname).replace("slides/slide", "notesSlides/notesSlide"))
    part = Part(name, CT.PML_NOTES_SLIDE, package, (DECLARATION + xml).encode())
    part.rels._add_relationship(RT.NOTES_MASTER, master)
    part.rels._add_relationship(RT.SLIDE, slide)
    slide.rels._add_relationship(RT.NOTES_SLIDE, part)


def _notes_index(master: Any) -> str:
    """``idx`` of the notes master's text placeholder."""
    for ph in master._element.iter(qn("p:ph")):
        if ph.get("type") == "body":
            return str(ph.get("idx", "1"))
    return "1"

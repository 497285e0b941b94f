"""Speaker notes → a notes slide."""

from __future__ import annotations

from typing import Any

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn

from builder.pptx.package.serialize import DECLARATION
from builder.pptx.xml import NAMESPACES, TREE_HEAD, SlideIds, attribute
from builder.store.text import escaped
from builder.typeset.scripts import runs_from_right


def add_notes(slide: Part, master: Any, notes: list[str], ids: SlideIds, lang: str) -> None:
    """Give a slide its page of notes, a paragraph for each of ``notes``."""
    way = '<a:pPr algn="r" rtl="1"/>' if runs_from_right(lang) else ""
    run = f"<a:p>{way}<a:r><a:rPr lang={attribute(lang)}/>"
    body = "".join(f"{run}<a:t>{escaped(paragraph)}</a:t></a:r></a:p>" for paragraph in notes)
    image = (
        f"<p:sp><p:nvSpPr>{ids.properties('Slide image')}"
        '<p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
    )
    text = (
        f'<p:sp><p:nvSpPr>{ids.properties("Notes")}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph type="body" idx="{_notes_index(master)}"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{body}</p:txBody></p:sp>"
    )
    xml = (
        f"<p:notes {NAMESPACES}><p:cSld><p:spTree>{TREE_HEAD}"
        f"{image}{text}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )
    name = PackURI(str(slide.partname).replace("slides/slide", "notesSlides/notesSlide"))
    part = Part(name, CT.PML_NOTES_SLIDE, slide.package, (DECLARATION + xml).encode())
    part.rels.get_or_add(RT.NOTES_MASTER, master)
    part.rels.get_or_add(RT.SLIDE, slide)
    slide.rels.get_or_add(RT.NOTES_SLIDE, part)


def _notes_index(master: Any) -> str:
    """``idx`` of the notes master's text placeholder."""
    for ph in master.notes_master.element.iter(qn("p:ph")):
        if ph.get("type") == "body":
            return str(ph.get("idx", "1"))
    return "1"

"""Edits as a lecturer makes them, and how each is found again in a deck: made here with python-pptx and XML."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from builder.pptx.template.reading import BUILT_IN

from conftest import PNG

OTHER_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000040000000408020000002693092900000012494441547801636060f8cfc0c0c0002199180000000cfe01011c2c1f3b0000000049454e44ae426082"
)
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
NS = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"'


@dataclass(frozen=True)
class HandEdit:
    """An edit: how it is made, and what of it is seen in a deck (the same in the deck that was left and in the merged
    one).
    """

    name: str
    make: Callable[[Any], None]
    seen: Callable[[Any], Any]


def slide(deck: Any, title: str) -> Any:
    """The slide of a title; None when there is none."""
    return next((item for item in deck.slides if title_of(item) == title), None)


def title_of(item: Any) -> str:
    return item.shapes.title.text_frame.text if item.shapes.title is not None else ""


def body(item: Any) -> Any:
    """The text of a slide's content."""
    return next(
        shape
        for shape in item.placeholders
        if shape.placeholder_format.type in (2, 7) or shape.placeholder_format.idx == 1
    ).text_frame


def bullets(deck: Any) -> list[Any]:
    """The paragraphs of the slide with bullets, whatever became of its title."""
    return [
        paragraph
        for item in deck.slides
        for shape in item.placeholders
        if shape.has_text_frame and "bullet" in shape.text_frame.text
        for paragraph in shape.text_frame.paragraphs
    ][:20]


def picture(deck: Any) -> Any:
    """The picture of the slide with one."""
    found = slide(deck, "Picture")
    return next((shape for shape in found.shapes if shape.shape_type == 13), None) if found is not None else None


def table(deck: Any) -> Any:
    found = slide(deck, "Table")
    return (
        next((shape.table for shape in found.shapes if getattr(shape, "has_table", False) and shape.has_table), None)
        if found is not None
        else None
    )


def words(deck: Any) -> str:
    """All text of a deck."""
    return "\n".join(text.text or "" for item in deck.slides for text in item._element.iter(f"{{{A}}}t"))


def has(text: str) -> Callable[[Any], bool]:
    return lambda deck: text in words(deck)


def run_with(deck: Any, text: str) -> list[Any]:
    """Runs that hold a word."""
    return [
        run
        for item in deck.slides
        for run in item._element.iter(f"{{{A}}}r")
        if text in (run.findtext(f"{{{A}}}t") or "")
    ]


def split_off(deck: Any, word: str) -> Any:
    """Make a word of a bullet a run of its own; the run."""
    paragraph = next(paragraph for paragraph in bullets(deck) if word in paragraph.text)
    first = paragraph.runs[0]
    before, after = first.text.split(word)
    first.text = before
    middle, last = copy.deepcopy(first._r), copy.deepcopy(first._r)
    middle.find(qn("a:t")).text, last.find(qn("a:t")).text = word, after
    first._r.addnext(middle)
    middle.addnext(last)
    return next(run for run in paragraph.runs if run.text == word)


# --- text


def set_bullet(deck: Any) -> None:
    bullets(deck)[0].runs[0].text = "HAND words stand here"


def set_title(deck: Any) -> None:
    slide(deck, "Bullets").shapes.title.text_frame.paragraphs[0].runs[0].text = "HAND title"


def set_notes(deck: Any) -> None:
    slide(deck, "Bullets").notes_slide.notes_text_frame.paragraphs[0].runs[0].text = "HAND notes."


def notes_text(deck: Any) -> str:
    return "\n".join(
        item.notes_slide.notes_text_frame.text
        for item in deck.slides
        if item.has_notes_slide and item.notes_slide.notes_text_frame
    )


def set_cell(deck: Any) -> None:
    table(deck).cell(1, 1).text_frame.paragraphs[0].runs[0].text = "HAND ten"


def set_caption(deck: Any) -> None:
    shape = next(
        shape for shape in slide(deck, "Picture").shapes if shape.has_text_frame and "A field" in shape.text_frame.text
    )
    shape.text_frame.paragraphs[0].runs[0].text = "HAND caption"


def bold_word(deck: Any) -> None:
    split_off(deck, "grain").font.bold = True


def bold_words(deck: Any) -> bool:
    return any(
        run.find(qn("a:rPr")) is not None and run.find(qn("a:rPr")).get("b") == "1" for run in run_with(deck, "grain")
    )


def colour_word(deck: Any) -> None:
    split_off(deck, "grain").font.color.rgb = RGBColor(0x12, 0x34, 0x56)


def colours(deck: Any) -> bool:
    return any(b"123456" in etree.tostring(run) for run in run_with(deck, "grain"))


def size_paragraph(deck: Any) -> None:
    for run in bullets(deck)[2].runs:
        run.font.size = Pt(31)


def sizes(deck: Any) -> bool:
    return any(b'sz="3100"' in etree.tostring(run) for run in run_with(deck, "grain"))


def add_bullet(deck: Any) -> None:
    last = bullets(deck)[2]._p
    new = copy.deepcopy(last)
    next(new.iter(qn("a:t"))).text = "HAND bullet"
    last.addnext(new)


def delete_bullet(deck: Any) -> None:
    gone = bullets(deck)[1]._p
    gone.getparent().remove(gone)


def move_bullet(deck: Any) -> None:
    first, last = bullets(deck)[0]._p, bullets(deck)[2]._p
    first.addprevious(last)


def order_of_bullets(deck: Any) -> tuple[str, ...]:
    return tuple(
        word for text in (paragraph.text for paragraph in bullets(deck)) for word in ("first", "third") if word in text
    )


def add_link(deck: Any) -> None:
    split_off(deck, "grain").hyperlink.address = "https://example.org/hand"


def links(deck: Any) -> bool:
    return any(
        found.target_ref == "https://example.org/hand"
        for item in deck.slides
        for found in item.part.rels.values()
        if found.is_external
    )


# --- objects


def place(shape: Any) -> tuple[int, ...] | None:
    return (
        None
        if shape is None
        else tuple(round(value / 2000) for value in (shape.left, shape.top, shape.width, shape.height))
    )


def move_title(deck: Any) -> None:
    title = slide(deck, "Last words").shapes.title
    title.left, title.top, title.width, title.height = Emu(360000), Emu(720000), Emu(7200000), Emu(720000)


def place_of_title(deck: Any) -> Any:
    found = slide(deck, "Last words")
    return place(found.shapes.title) if found is not None else None


def resize_picture(deck: Any) -> None:
    shape = picture(deck)
    shape.width, shape.height = Emu(720000), Emu(360000)


def rotate_picture(deck: Any) -> None:
    picture(deck).rotation = 30


def add_box(deck: Any) -> None:
    slide(deck, "Chart").shapes.add_textbox(Inches(1), Inches(6), Inches(3), Inches(0.5)).text_frame.text = "HAND box"


def add_picture(deck: Any) -> None:
    slide(deck, "Last words").shapes.add_picture(io.BytesIO(PNG), Inches(6), Inches(3), Inches(2))


def pictures_on_last(deck: Any) -> int:
    found = slide(deck, "Last words")
    return sum(shape.shape_type == 13 for shape in found.shapes) if found is not None else -1


def add_shape(deck: Any) -> None:
    shape = slide(deck, "Table").shapes.add_shape(1, Inches(9), Inches(5), Inches(1), Inches(1))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor(0xAB, 0xCD, 0xEF)


def delete_picture(deck: Any) -> None:
    element = picture(deck)._element
    element.getparent().remove(element)


def set_alt(deck: Any) -> None:
    picture(deck)._element.nvPicPr.cNvPr.set("descr", "HAND description")


def descriptions(deck: Any) -> bool:
    return any(b"HAND description" in etree.tostring(item._element) for item in deck.slides)


def replace_picture(deck: Any) -> None:
    shape = picture(deck)
    _, rid = slide(deck, "Picture").part.get_or_add_image_part(io.BytesIO(big_picture()))
    blip = shape._element.find(f".//{qn('a:blip')}")
    blip.set(qn("r:embed"), rid)
    for extensions in blip.findall(qn("a:extLst")):
        blip.remove(extensions)


def big_picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.linear_gradient("L").save(out, "PNG")
    return out.getvalue()


def pixels(deck: Any) -> Any:
    from builder.merge.compared_shapes import thumbprint

    shape = picture(deck)
    if shape is None:
        return None
    return tuple(value // 64 for value in thumbprint(shape.image.blob))


def crop_picture(deck: Any) -> None:
    picture(deck).crop_left = 0.25


def cropped(deck: Any) -> Any:
    shape = picture(deck)
    return round(shape.crop_left, 2) if shape is not None else None


def add_row(deck: Any) -> None:
    rows = table(deck)._tbl
    row = copy.deepcopy(rows.tr_lst[-1])
    next(row.iter(qn("a:t"))).text = "HAND row"
    rows.tr_lst[-1].addnext(row)


def chart_of(deck: Any) -> Any:
    found = slide(deck, "Chart")
    return next((shape.chart for shape in found.shapes if shape.has_chart), None) if found is not None else None


def colour_chart(deck: Any) -> None:
    series = chart_of(deck).plots[0].series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RGBColor(0x11, 0x77, 0x33)


def chart_colours(deck: Any) -> Any:
    chart = chart_of(deck)
    return b"117733" in etree.tostring(chart._chartSpace).lower() if chart is not None else None


def set_chart(deck: Any) -> None:
    from pptx.chart.data import CategoryChartData

    data = CategoryChartData()
    data.categories = ["1937", "1938", "1939"]
    data.add_series("count", (77, 78, 79))
    chart_of(deck).replace_data(data)


def chart_values(deck: Any) -> Any:
    chart = chart_of(deck)
    return tuple(chart.plots[0].series[0].values) if chart is not None else None


# --- slides


def add_slide(deck: Any) -> None:
    new = deck.slides.add_slide(slide(deck, "Bullets").slide_layout)
    new.shapes.title.text_frame.text = "HAND slide"


def copy_slide(deck: Any) -> None:
    old = slide(deck, "Last words")
    new = deck.slides.add_slide(old.slide_layout)
    tree = new.shapes._spTree
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for shape in old.shapes:
        element = copy.deepcopy(shape._element)
        for identity in [item for item in element.iter() if item.tag.endswith("}creationId")]:
            identity.getparent().getparent().remove(identity.getparent())
        tree.append(element)
    body(new).paragraphs[0].runs[0].text = "HAND copy"


def delete_slide(deck: Any) -> None:
    listed = deck.slides._sldIdLst
    entry = next(entry for entry, item in zip(listed, deck.slides, strict=True) if title_of(item) == "Table")
    deck.part.drop_rel(entry.rId)
    listed.remove(entry)


def reorder(deck: Any) -> None:
    listed = deck.slides._sldIdLst
    entry = next(entry for entry, item in zip(listed, deck.slides, strict=True) if title_of(item) == "Chart")
    listed.remove(entry)
    listed.insert(1, entry)


def chart_is_second(deck: Any) -> bool:
    return title_of(list(deck.slides)[1]) == "Chart"


def hide(deck: Any) -> None:
    slide(deck, "Table")._element.set("show", "0")


def hidden(deck: Any) -> Any:
    return sorted(title_of(item)[:5] for item in deck.slides if item._element.get("show") == "0")


def background(deck: Any) -> None:
    fill = slide(deck, "Last words").background.fill
    fill.solid()
    fill.fore_color.rgb = RGBColor(0xFE, 0xDC, 0xBA)


def backgrounds(deck: Any) -> bool:
    return any(
        b"fedcba" in etree.tostring(found).lower() for item in deck.slides for found in item._element.iter(qn("p:bg"))
    )


def transition(deck: Any) -> None:
    element = slide(deck, "Last words")._element
    for old in element.findall(qn("p:transition")):
        element.remove(old)
    element.find(qn("p:clrMapOvr")).addnext(
        etree.fromstring(f'<p:transition {NS} spd="slow"><p:push dir="u"/></p:transition>')
    )


def transitions(deck: Any) -> bool:
    return any(next(item._element.iter(qn("p:push")), None) is not None for item in deck.slides)


def animate(deck: Any) -> None:
    found = slide(deck, "Last words")
    shape = found.shapes.title.shape_id
    for old in found._element.findall(qn("p:timing")):
        found._element.remove(old)
    timing = f"""<p:timing {NS}><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>
<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst><p:par><p:cTn id="3" fill="hold"><p:stCondLst>
<p:cond delay="indefinite"/></p:stCondLst><p:childTnLst><p:par><p:cTn id="4" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
<p:par><p:cTn id="5" presetID="1" presetClass="entr" presetSubtype="0" fill="hold" grpId="0" nodeType="clickEffect"><p:stCondLst><p:cond delay="0"/>
</p:stCondLst><p:childTnLst><p:set><p:cBhvr><p:cTn id="6" dur="1" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst></p:cTn><p:tgtEl>
<p:spTgt spid="{shape}"/></p:tgtEl><p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst></p:cBhvr><p:to><p:strVal val="visible"/>
</p:to></p:set></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn><p:prevCondLst>
<p:cond evt="onPrev" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst><p:nextCondLst><p:cond evt="onNext" delay="0"><p:tgtEl><p:sldTgt/>
</p:tgtEl></p:cond></p:nextCondLst></p:seq></p:childTnLst></p:cTn></p:par></p:tnLst><p:bldLst><p:bldP spid="{shape}" grpId="0"/></p:bldLst></p:timing>"""
    found._element.append(etree.fromstring(timing, etree.XMLParser(remove_blank_text=True)))
    extensions = found._element.find(qn("p:extLst"))
    if extensions is not None:
        found._element.append(extensions)


def animated_titles(deck: Any) -> int:
    count = 0
    for item in deck.slides:
        shape = item.shapes.title
        count += shape is not None and any(
            found.get("spid") == str(shape.shape_id) for found in item._element.iter(qn("p:spTgt"))
        )
    return count


def comment(deck: Any) -> None:
    package = deck.part.package
    authors = Part(
        PackURI("/ppt/commentAuthors.xml"), "application/vnd.openxmlformats-officedocument.presentationml.commentAuthors+xml", package,
        f'<p:cmAuthorLst {NS}><p:cmAuthor id="0" name="Lecturer" initials="L" lastIdx="1" '
        'clrIdx="0"/></p:cmAuthorLst>'.encode(),
    )  # fmt: skip
    deck.part.relate_to(authors, f"{R}/commentAuthors")
    comments = Part(
        PackURI("/ppt/comments/comment1.xml"), "application/vnd.openxmlformats-officedocument.presentationml.comments+xml", package,
        f'<p:cmLst {NS}><p:cm authorId="0" dt="2024-01-01T00:00:00.000" idx="1"><p:pos x="10" y="10"/><p:text>HAND '
        'comment</p:text></p:cm></p:cmLst>'.encode(),
    )  # fmt: skip
    slide(deck, "Bullets").part.relate_to(comments, f"{R}/comments")


def comments(deck: Any) -> bool:
    return any(
        b"HAND comment" in found.target_part.blob
        for item in deck.slides
        for found in item.part.rels.values()
        if found.reltype == f"{R}/comments"
    )


def ink(deck: Any) -> None:
    found = slide(deck, "Last words")
    stroke = Part(
        PackURI("/ppt/ink/ink1.xml"), "application/inkml+xml", deck.part.package,
        b'<inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML"><inkml:trace>1 1, 2 2, 30 40</inkml:trace></inkml:ink>',
    )  # fmt: skip
    rid = found.part.relate_to(stroke, f"{R}/customXml")
    _, image = found.part.get_or_add_image_part(io.BytesIO(PNG))
    element = f"""<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" {NS}><mc:Choice xmlns:p14="{P14}" Requires="p14">
<p:contentPart p14:bwMode="auto" r:id="{rid}"><p14:nvContentPartPr><p14:cNvPr id="90" name="HAND ink"/><p14:cNvContentPartPr/><p14:nvPr/></p14:nvContentPartPr>
<p14:xfrm><a:off x="900000" y="900000"/><a:ext cx="900000" cy="900000"/></p14:xfrm></p:contentPart></mc:Choice><mc:Fallback><p:pic><p:nvPicPr>
<p:cNvPr id="90" name="HAND ink"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{image}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>
<p:spPr><a:xfrm><a:off x="900000" y="900000"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>
</mc:Fallback></mc:AlternateContent>"""
    found.shapes._spTree.append(etree.fromstring(element))


def inked(deck: Any) -> bool:
    return any(b"HAND ink" in etree.tostring(item._element) for item in deck.slides)


def theme_of(deck: Any) -> Any:
    return deck.slide_master.part.part_related_by(RT.THEME)


def theme(deck: Any) -> None:
    part = theme_of(deck)
    part._blob = re.sub(rb'(<a:accent1>\s*<a:srgbClr val=")[0-9A-Fa-f]{6}', rb"\g<1>13579B", part.blob)


def theme_colour(deck: Any) -> bool:
    return any(
        b"13579B" in found.blob.upper()
        for found in deck.part.package.iter_parts()
        if str(found.partname).startswith("/ppt/theme")
    )


def master(deck: Any) -> None:
    shape = f"""<p:sp {NS}><p:nvSpPr><p:cNvPr id="95" name="HAND master"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>
<a:off x="360000" y="360000"/><a:ext cx="3600000" cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>
<a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="en-US"/><a:t>HAND university</a:t></a:r></a:p></p:txBody></p:sp>"""
    deck.slide_master.shapes._spTree.append(etree.fromstring(shape, etree.XMLParser(remove_blank_text=True)))


def on_master(deck: Any) -> bool:
    return any(b"HAND university" in etree.tostring(found._element) for found in deck.slide_masters)


def layout(deck: Any) -> None:
    found = slide(deck, "Last words")
    other = next(item for item in deck.slide_layouts if "omparison" in item.name or "only" in item.name.lower())
    for rid, relationship in found.part.rels.items():
        if relationship.reltype == RT.SLIDE_LAYOUT:
            relationship._target = other.part
            assert rid


def layout_name(deck: Any) -> Any:
    found = slide(deck, "Last words")
    return found.slide_layout.name if found is not None else None


def section(deck: Any) -> None:
    found = next(deck.part._element.iter(f"{{{P14}}}section"))
    found.set("name", "HAND section")


def sections(deck: Any) -> bool:
    return any(found.get("name") == "HAND section" for found in deck.part._element.iter(f"{{{P14}}}section"))


def paste(deck: Any) -> None:
    """A slide of another deck, with its own master."""
    package = deck.part.package
    other = Presentation(BUILT_IN / "dark.pptx")
    new = other.slides.add_slide(other.slide_layouts[1])
    new.shapes.title.text_frame.text = "HAND pasted"
    new.part.partname = PackURI("/ppt/slides/slide900.xml")
    master = other.slide_master.part
    renamed = [master, *(item.part for item in other.slide_layouts), master.part_related_by(RT.THEME)]
    for number, part in enumerate(renamed, start=900):
        part.partname = PackURI(re.sub(r"\d+\.xml$", f"{number}.xml", str(part.partname)))
    for number, part in enumerate(
        (found.target_part for item in renamed for found in item.rels.values() if found.reltype == RT.IMAGE), start=900
    ):
        part.partname = PackURI(re.sub(r"\d*\.(\w+)$", rf"{number}.\1", str(part.partname)))
    new.part._package = package
    rid = deck.part.relate_to(new.part, RT.SLIDE)
    deck.slides._sldIdLst._add_sldId(rId=rid, id=900)
    masters = deck.part._element.find(qn("p:sldMasterIdLst"))
    entry = etree.SubElement(masters, qn("p:sldMasterId"), id="2147484900")
    entry.set(qn("r:id"), deck.part.relate_to(master, RT.SLIDE_MASTER))
    for number, found in enumerate(other.slide_master._element.iter(qn("p:sldLayoutId")), start=2147484901):
        found.set("id", str(number))


EDITS = (
    HandEdit("text of a bullet", set_bullet, has("HAND words stand here")),
    HandEdit("title", set_title, has("HAND title")),
    HandEdit("notes", set_notes, lambda deck: "HAND notes." in notes_text(deck)),
    HandEdit("cell of a table", set_cell, has("HAND ten")),
    HandEdit("caption", set_caption, has("HAND caption")),
    HandEdit("bold word", bold_word, bold_words),
    HandEdit("coloured word", colour_word, colours),
    HandEdit("size of a bullet", size_paragraph, sizes),
    HandEdit("new bullet", add_bullet, has("HAND bullet")),
    HandEdit("deleted bullet", delete_bullet, lambda deck: "something else" not in words(deck)),
    HandEdit("moved bullet", move_bullet, order_of_bullets),
    HandEdit("link", add_link, links),
    HandEdit("moved title", move_title, place_of_title),
    HandEdit("picture of another size", resize_picture, lambda deck: place(picture(deck))),
    HandEdit(
        "turned picture",
        rotate_picture,
        lambda deck: round(picture(deck).rotation) if picture(deck) is not None else None,
    ),
    HandEdit("new box", add_box, has("HAND box")),
    HandEdit("new picture", add_picture, pictures_on_last),
    HandEdit(
        "new shape",
        add_shape,
        lambda deck: any(b"abcdef" in etree.tostring(item._element).lower() for item in deck.slides),
    ),
    HandEdit("deleted picture", delete_picture, lambda deck: picture(deck) is None),
    HandEdit("alternative text", set_alt, descriptions),
    HandEdit("another picture", replace_picture, pixels),
    HandEdit("cropped picture", crop_picture, cropped),
    HandEdit("new row", add_row, has("HAND row")),
    HandEdit("colour of a chart", colour_chart, chart_colours),
    HandEdit("data of a chart", set_chart, chart_values),
    HandEdit("new slide", add_slide, has("HAND slide")),
    HandEdit("copied slide", copy_slide, has("HAND copy")),
    HandEdit(
        "deleted slide", delete_slide, lambda deck: slide(deck, "Table") is None and slide(deck, "Tables") is None
    ),
    HandEdit("other order", reorder, chart_is_second),
    HandEdit("hidden slide", hide, hidden),
    HandEdit("background", background, backgrounds),
    HandEdit("transition", transition, transitions),
    HandEdit("animation", animate, animated_titles),
    HandEdit("comment", comment, comments),
    HandEdit("ink", ink, inked),
    HandEdit("colour of the theme", theme, theme_colour),
    HandEdit("shape on the master", master, on_master),
    HandEdit("another layout", layout, layout_name),
    HandEdit("name of a section", section, sections),
    HandEdit("slide pasted from elsewhere", paste, has("HAND pasted")),
)


def made(content: bytes, edit: HandEdit) -> bytes:
    """A deck with an edit.

    Raises:
        ValueError: python-pptx gave two parts one name, as it does when a slide was deleted that others link to.
    """
    deck = Presentation(io.BytesIO(content))
    edit.make(deck)
    out = io.BytesIO()
    deck.save(out)
    names = zipfile.ZipFile(out).namelist()
    if len(set(names)) < len(names):
        raise ValueError("two parts have one name")
    return out.getvalue()

"""What runs, fetches or signs in a template or a returned deck is taken out and named; pictures, texts and
links stay.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import io
import zipfile

import pytest
from hostile import MICROSOFT, RELATIONSHIP, SLIDE, SLIDE_RELS, edited, in_slide, parts_of, related, with_part

from builder.commands.check import check_deck
from builder.pptx.package.active import disarmed
from builder.pptx.package.conform import problems
from builder.pptx.template.reading import BUILT_IN

from conftest import Book

PACKAGE, MAIN = "_rels/.rels", "ppt/_rels/presentation.xml.rels"
CHAPTER = (
    "# One\n\n## Two\n\n[A point](https://example.org)\n\n{.slide}\n- [A link](https://example.org) stays\n- two\n"
)
LECTURE = '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\ntemplate = "theirs.pptx"\n'
OLE = (
    '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="77" name="Object"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>'
    '<p:xfrm><a:off x="1" y="2"/><a:ext cx="3" cy="4"/></p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/presentationml/2006/ole">'
    '<p:oleObj r:id="rId900" progId="Package"><p:embed/><p:pic><p:nvPicPr><p:cNvPr id="78" name="Its picture"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
    "<p:blipFill><a:blip/></p:blipFill><p:spPr/></p:pic></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>"
)


def macros(deck: bytes, part: str = "vbaProject.bin") -> bytes:
    deck = related(deck, MAIN, "vbaProject", part, base=MICROSOFT)
    types = parts_of(deck)["[Content_Types].xml"].replace(
        b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    )
    main = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    types = types.replace(main, b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml")
    return with_part(with_part(deck, "[Content_Types].xml", types), f"ppt/{part}", b"MACRO")


def signed(deck: bytes) -> bytes:
    deck = related(deck, PACKAGE, "digital-signature/origin", "_xmlsignatures/origin.sigs", base="http://schemas.openxmlformats.org/package/2006/relationships")  # fmt: skip
    deck = edited(
        deck, "[Content_Types].xml", "</Types>", '<Default Extension="sigs" ContentType="application/x-sigs"/></Types>'
    )
    return with_part(deck, "_xmlsignatures/origin.sigs", b"")


def bound(deck: bytes, kind: str, target: str, xml: str) -> bytes:
    return in_slide(related(deck, SLIDE_RELS, kind, target, external=True), xml)


def utf_16(deck: bytes) -> bytes:
    slide = parts_of(deck)[SLIDE].decode().split("?>", 1)[-1]
    return with_part(deck, SLIDE, slide.encode("utf-16"))


PICTURE = '<p:pic><p:nvPicPr><p:cNvPr id="77" name="x"/><p:cNvPicPr/><p:nvPr>{}</p:nvPr></p:nvPicPr><p:blipFill><a:blip {}/></p:blipFill><p:spPr/></p:pic>'  # fmt: skip
ACTIVE = {
    "macros": (macros, "macros (ppt/vbaProject.bin)"),
    "macros under another name": (lambda deck: macros(deck, "theme9.bin"), "macros (ppt/theme9.bin)"),
    "a signature": (signed, "a digital signature (_xmlsignatures/origin.sigs)"),
    "an add-in": (
        lambda deck: with_part(related(deck, PACKAGE, "webextensiontaskpanes", "ppt/panes.xml", base="http://schemas.microsoft.com/office/2011/relationships"), "ppt/panes.xml", b"<a/>"),
        "an add-in (ppt/panes.xml)",
    ),
    "buttons": (lambda deck: with_part(related(deck, PACKAGE, "ui/extensibility", "customUI/a.xml", base=MICROSOFT), "customUI/a.xml", b"<a/>"), "buttons of its own (customUI/a.xml)"),
    "an object": (lambda deck: with_part(in_slide(related(deck, SLIDE_RELS, "oleObject", "../embeddings/o.bin"), OLE), "ppt/embeddings/o.bin", b"RUN"), "an embedded object (ppt/embeddings/o.bin)"),
    "a workbook with macros": (
        lambda deck: with_part(in_slide(related(deck, SLIDE_RELS, "package", "../embeddings/o.xlsm"), OLE), "ppt/embeddings/o.xlsm", b"PK xl/vbaProject.bin"),
        "an embedded document with macros (ppt/embeddings/o.xlsm)",
    ),
    "a control": (lambda deck: with_part(related(deck, SLIDE_RELS, "control", "../activeX/a.xml"), "ppt/activeX/a.xml", b"<a/>"), "an ActiveX control (ppt/activeX/a.xml)"),
    "a linked file": (lambda deck: bound(deck, "image", "file:///etc/passwd", PICTURE.format("", 'r:link="rId900"')), f"a link to file:///etc/passwd ({SLIDE})"),
    "a linked share": (lambda deck: bound(deck, "image", "\\\\srv\\share\\a.png", PICTURE.format("", 'r:link="rId900"')), "a link to \\\\srv\\share\\a.png"),
    "a linked picture of the web": (lambda deck: bound(deck, "image", "http://evil.invalid/a.png", PICTURE.format("", 'r:embed="rId900"')), "a link to http://evil.invalid/a.png"),
    "a linked film": (lambda deck: bound(deck, "video", "file:///C:/a.mp4", PICTURE.format('<a:videoFile r:link="rId900"/>', "")), "a link to file:///C:/a.mp4"),
    "a template elsewhere": (lambda deck: related(deck, MAIN, "attachedTemplate", "http://evil.invalid/a.potm", external=True), "a template elsewhere"),
    "a script": (lambda deck: bound(deck, "hyperlink", "javascript:alert(1)", PICTURE.format("", "").replace('name="x"/>', 'name="x"><a:hlinkClick r:id="rId900"/></p:cNvPr>')), "a link to javascript:alert(1)"),
    "a program": (
        lambda deck: bound(deck, "hyperlink", "calc.exe", PICTURE.format("", "").replace('name="x"/>', 'name="x"><a:hlinkClick r:id="rId900" action="ppaction://program"/></p:cNvPr>')),
        f"an action that runs a program ({SLIDE})",
    ),
    "a program in other letters": (
        lambda deck: bound(deck, "hyperlink", "calc.exe", PICTURE.format("", "").replace('name="x"/>', 'name="x"><a:hlinkClick r:id="rId900" action="&#112;paction://program"/></p:cNvPr>')),
        f"an action that runs a program ({SLIDE})",
    ),
    "a program in UTF-16": (
        lambda deck: utf_16(bound(deck, "hyperlink", "calc.exe", PICTURE.format("", "").replace('name="x"/>', 'name="x"><a:hlinkClick r:id="rId900" action="ppaction://program"/></p:cNvPr>'))),
        f"an action that runs a program ({SLIDE})",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def template() -> bytes:
    return (BUILT_IN / "plain.pptx").read_bytes()


@pytest.fixture
def deck(book: Book) -> bytes:
    result = book.build(CHAPTER, "--to", "pptx")
    assert result.status == 0, result.errors
    return result.pptx()


def test_what_is_active_is_taken_out_of_a_deck_and_named(deck: bytes, book: Book) -> None:
    for kind, (change, named) in ACTIVE.items():
        sent = change(deck)
        book.write("sent.pptx", sent)
        assert check_deck(book.folder / "sent.pptx"), kind
        left, found = disarmed(sent)
        assert named in ", ".join(found), (kind, found)
        assert [sentence for sentence in problems(left) if "creation id" not in sentence] == [], kind
        assert disarmed(left) == (left, ()), kind
        assert b"https://example.org" in parts_of(left)[SLIDE_RELS], kind
        names = zipfile.ZipFile(io.BytesIO(left)).namelist()
        assert not [name for name in names if name.endswith((".bin", ".sigs", ".xlsm")) or "activeX" in name], kind
        if kind in ("an object", "a workbook with macros"):
            assert b'name="Object"' in parts_of(left)[SLIDE], "its picture stays"


def test_a_harmless_deck_keeps_its_bytes(deck: bytes) -> None:
    assert disarmed(deck) == (deck, ())


@pytest.mark.parametrize("name", ["theirs.pptx", "theirs.pptm", "theirs.PPTM"])
def test_macros_of_a_template_go_into_no_deck(name: str, template: bytes, book: Book) -> None:
    book.write(f"slides/{name}", signed(macros(template)))
    book.write("slides/lectures.toml", LECTURE.replace("theirs.pptx", name))
    result = book.build(CHAPTER, "--to", "pptx")
    assert result.status == 0, result.errors
    assert f"of the template {name} was left out: a digital signature" in result.errors
    assert "macros (ppt/vbaProject.bin)" in result.errors
    assert problems(result.pptx("one")) == []
    assert b"MACRO" not in b"".join(parts_of(result.pptx("one")).values())


def test_a_returned_deck_is_merged_without_its_macros_and_kept_beside(deck: bytes, book: Book) -> None:
    sent = macros(edited(deck, SLIDE, "two", "zwei"))
    book.write("_build/slides/chapter.pptx", sent)
    result = book.build(CHAPTER.replace("stays", "remains"), "--to", "pptx")
    assert "they were merged without macros (ppt/vbaProject.bin)" in result.errors
    parts = parts_of(result.pptx())
    assert "ppt/vbaProject.bin" not in parts
    assert b"zwei" in parts[SLIDE]
    assert b"remains" in parts[SLIDE]
    kept = next((book.folder / "_build/slides").glob("chapter-edited-*.pptx"))
    assert kept.read_bytes() == sent


def test_pull_names_macros_once_and_reads_the_texts(deck: bytes, book: Book) -> None:
    book.write("_build/slides/chapter.pptx", macros(edited(deck, SLIDE, "two", "zwei")))
    result = book.call("pull", "_build/slides/chapter.pptx")
    assert "+- zwei" in result.out
    assert result.errors.count("chapter.pptx has macros (ppt/vbaProject.bin)") == 1


def test_the_type_of_the_main_part_is_that_of_the_ending(template: bytes, book: Book) -> None:
    wrong = "ppt/presentation.xml has the type application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml, which is that of .pptm"
    assert any(wrong in sentence for sentence in problems(macros(template)))
    assert any("PowerPoint does not open it as .potx" in sentence for sentence in problems(template, ".potx"))
    gone = io.BytesIO()
    with zipfile.ZipFile(gone, "w") as archive:
        for name, content in parts_of(template).items():
            if name != PACKAGE:
                archive.writestr(name, content)
    assert "_rels/.rels is missing: no program finds the list of slides" in problems(gone.getvalue())
    assert RELATIONSHIP in parts_of(template)[PACKAGE].decode()

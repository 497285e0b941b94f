"""Fonts travel: open faces are in the deck, whole, in the wrapper that PowerPoint reads."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pptx.oxml.ns import qn

from builder.pptx.package.conform import problems
from builder.pptx.package.package import Package
from builder.typeset import fonts
from builder.typeset.embedded import as_eot, embedded_faces, may_be_embedded

from conftest import Book

CHAPTER = "# One\n\n- A point\n"
HEADER = 82
"""Bytes of an EOT header before its first name."""


def in_course(book: Book, style: str = "") -> bytes:
    book.write("slides/lectures.toml", f'[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\n{style}')
    result = book.build(CHAPTER)
    assert result.status == 0, result.errors
    return result.pptx("one")


def listed(deck: bytes) -> dict[str, list[str]]:
    """Typeface → the styles of it that a deck holds."""
    root = Package(deck).xml("/ppt/presentation.xml")
    return {
        str(entry.find(qn("p:font")).get("typeface")): [child.tag.partition("}")[2] for child in entry][1:]
        for entry in root.iterfind(f"{qn('p:embeddedFontLst')}/{qn('p:embeddedFont')}")
    }


def test_a_deck_holds_the_faces_of_its_template(book: Book) -> None:
    deck = in_course(book, 'template = "course"\n')
    styles = ["regular", "bold", "italic", "boldItalic"]
    assert listed(deck) == {"Libertinus Serif": styles, "Fira Sans": styles}
    names = zipfile.ZipFile(io.BytesIO(deck)).namelist()
    assert sum(name.startswith("ppt/fonts/font") for name in names) == 8
    assert b'<Default Extension="fntdata" ContentType="application/x-fontdata"/>' in zipfile.ZipFile(
        io.BytesIO(deck)
    ).read("[Content_Types].xml")
    assert problems(deck) == []


def test_the_list_stands_where_the_schema_has_it_and_all_characters_stay(book: Book) -> None:
    root = Package(in_course(book, 'template = "course"\n')).xml("/ppt/presentation.xml")
    children = [child.tag.partition("}")[2] for child in root]
    assert children.index("notesSz") + 1 == children.index("embeddedFontLst") == children.index("defaultTextStyle") - 1
    assert (root.get("embedTrueTypeFonts"), root.get("saveSubsetFonts")) == ("1", None)


def test_none_is_embedded_that_every_machine_has_nor_where_none_is_wanted(book: Book) -> None:
    assert listed(in_course(book, 'template = "plain"\n')) == {}
    assert listed(in_course(book, 'template = "course"\nembed_fonts = false\n')) == {}


def test_the_same_deck_has_the_same_bytes(book: Book) -> None:
    assert in_course(book, 'template = "course"\n') == in_course(book, 'template = "course"\n')


def test_a_face_in_its_wrapper_is_a_font_with_all_its_characters() -> None:
    own = fonts.font_file("Fira Sans")
    data = embedded_faces("Fira Sans")["regular"]
    whole, size, version, flags = struct.unpack_from("<4I", data)
    assert (whole, version, flags) == (len(data), 0x00020001, 0)
    assert struct.unpack_from("<H", data, 34)[0] == 0x504C
    length = struct.unpack_from("<H", data, HEADER)[0]
    assert data[HEADER + 2 : HEADER + 2 + length].decode("utf-16-le") == "Fira Sans"
    inside = TTFont(io.BytesIO(data[-size:]))
    assert set(inside.getBestCmap()) == set(TTFont(own).getBestCmap())
    assert set("ӨөҮүЩщöüāīūṣñšž§ŋɣ→") <= set(map(chr, inside.getBestCmap()))
    assert len(data) < own.stat().st_size / 2


def refused(tmp_path: Path, bits: int, licence: str) -> bool:
    """Whether a copy of a font with other bits and another licence is refused."""
    font = TTFont(fonts.font_file("Fira Sans"))
    font["OS/2"].fsType = bits
    for number in (13, 14):
        font["name"].setName(licence, number, 3, 1, 0x409)
        font["name"].removeNames(number, 1)
    font.save(tmp_path / "own.ttf")
    return not may_be_embedded(tmp_path / "own.ttf")


@pytest.mark.parametrize(
    ("bits", "licence", "is_refused"),
    [
        (0, "SIL Open Font License, Version 1.1", False),
        (8, "SIL Open Font License, Version 1.1", False),
        (2, "SIL Open Font License, Version 1.1", True),
        (4, "SIL Open Font License, Version 1.1", True),
        (0x200, "SIL Open Font License, Version 1.1", True),
        (0, "All rights reserved; one seat", True),
    ],
)
def test_what_may_not_be_embedded_is_not(tmp_path: Path, bits: int, licence: str, is_refused: bool) -> None:
    assert refused(tmp_path, bits, licence) is is_refused


def test_the_wrapper_tells_italics_and_weight() -> None:
    font = fonts.font_file("Libertinus Serif", bold=True, italic=True).read_bytes()
    italic, weight = struct.unpack_from("<BI", as_eot(font), 27)
    assert (italic, weight) == (1, 700)

"""Open fonts → font data as office programs embed it: whole faces in the wrapper of Embedded OpenType.

PowerPoint reads ``.fntdata`` as EOT (W3C submission of 5 March 2008; MS-OE376 2.1.15); uncompressed will do, bare
TrueType will not. A face is embedded with all of its characters, since people write on in a deck; glyphs that office
programs have no way to ask for, and hinting, are left out.
"""

from __future__ import annotations

import io
import struct
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from builder.store.stamps import stamp
from builder.typeset import fonts

STYLES = {"regular": (False, False), "bold": (True, False), "italic": (False, True), "boldItalic": (True, True)}
"""Element of ``p:embeddedFont`` → whether bold, whether italic."""
FORBIDDEN = 0x0002 | 0x0004 | 0x0200
"""Bits of ``fsType`` that forbid to embed outlines in what is edited (OpenType, OS/2): restricted, to print and
preview only, bitmaps only."""
OPEN_LICENCES = (
    "open font license",
    "/ofl",
    "openfontlicense",
    "apache license",
    "ubuntu font licence",
    "bitstream vera",
)
"""Words of the licence of a font that may be given away with a document."""
FEATURES = ["kern", "mark", "mkmk", "locl", "ccmp", "liga", "init", "medi", "fina", "isol", "rlig", "calt"]
EOT_VERSION, EOT_MAGIC, DEFAULT_CHARSET = 0x00020001, 0x504C, 1
MOST_NAMES = 26
"""Names of the standard have smaller numbers."""
FAMILY, STYLE, FULL_NAME, VERSION, LICENCE, LICENCE_ADDRESS = 1, 2, 4, 5, 13, 14
"""Numbers of names (OpenType, ``name``)."""


def embedded_faces(family: str) -> dict[str, bytes]:
    """Return element of ``p:embeddedFont`` → font data of the faces of ``family``; none where they are not here under
    that name, are no TrueType outlines, or may not be embedded."""
    found: dict[str, bytes] = {}
    for name, (bold, italic) in STYLES.items():
        file = fonts.own_file(family, bold=bold, italic=italic)
        if file is not None and is_embedded_as(file, bold, italic, stamp(file)):
            found[name] = font_data(file, stamp(file))
    return found if "regular" in found else {}


@lru_cache(maxsize=64)
def is_embedded_as(file: Path, bold: bool, italic: bool, _stamp: str) -> bool:
    """Return whether a font has a style and may be embedded."""
    return fonts.style_of(file) == (bold, italic) and may_be_embedded(file)


def may_be_embedded(file: Path) -> bool:
    """Return whether the bits and the licence of a font allow to embed it in a document that is edited."""
    with TTFont(file, lazy=True) as font:
        words = " ".join(str(font["name"].getDebugName(number) or "") for number in (LICENCE, LICENCE_ADDRESS)).lower()
        return "glyf" in font and not font["OS/2"].fsType & FORBIDDEN and any(name in words for name in OPEN_LICENCES)


@lru_cache(maxsize=16)
def font_data(file: Path, _stamp: str) -> bytes:
    """Return the ``.fntdata`` of a font file."""
    return as_eot(without_alternates(file))


def without_alternates(file: Path) -> bytes:
    """Return a font with all of its characters, without the glyphs that only typesetting programs can ask for."""
    face = hb.Face(hb.Blob.from_file_path(str(file)))
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(face.unicodes)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in FEATURES)
    wanted.name_id_set.update(range(MOST_NAMES))
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    return bytes(hb.subset(face, wanted).blob.data)


def as_eot(content: bytes) -> bytes:
    """Return a TrueType font in the wrapper of Embedded OpenType, neither compressed nor enciphered."""
    font = TTFont(io.BytesIO(content), lazy=True)
    os2 = font["OS/2"]
    panose = os2.panose
    head = struct.pack("<II", EOT_VERSION, 0)
    head += bytes(getattr(panose, name) for name in PANOSE)
    head += struct.pack("<BBIHH", DEFAULT_CHARSET, os2.fsSelection & 1, os2.usWeightClass, os2.fsType, EOT_MAGIC)
    head += struct.pack("<4I", os2.ulUnicodeRange1, os2.ulUnicodeRange2, os2.ulUnicodeRange3, os2.ulUnicodeRange4)
    head += struct.pack("<2I", getattr(os2, "ulCodePageRange1", 0), getattr(os2, "ulCodePageRange2", 0))
    head += struct.pack("<I4IH", font["head"].checkSumAdjustment, 0, 0, 0, 0, 0)
    for number in (FAMILY, STYLE, VERSION, FULL_NAME):
        head += sized(str(font["name"].getDebugName(number) or "")) + b"\0\0"
    head += sized("")
    return struct.pack("<II", 8 + len(head) + len(content), len(content)) + head + content


PANOSE = (
    "bFamilyType", "bSerifStyle", "bWeight", "bProportion", "bContrast", "bStrokeVariation", "bArmStyle",
    "bLetterForm", "bMidline", "bXHeight",
)  # fmt: skip


def sized(text: str) -> bytes:
    """Return a string of an EOT header: its length in bytes and its UTF-16."""
    content = text.encode("utf-16-le")
    return struct.pack("<H", len(content)) + content


def is_serif(family: str) -> bool:
    """Return whether a family has serifs, by its class (OpenType, ``sFamilyClass``) or its PANOSE digits."""
    file = fonts.own_file(family, bold=False, italic=False)
    if file is None:
        return False
    with TTFont(file, lazy=True) as font:
        of_font = font["OS/2"]
        return of_font.sFamilyClass >> 8 in SERIF_CLASSES or of_font.panose.bSerifStyle in SERIF_DIGITS


SERIF_CLASSES, SERIF_DIGITS = (1, 2, 3, 4, 5, 7), range(2, 11)

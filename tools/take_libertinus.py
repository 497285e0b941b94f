"""Writes src/builder/typeset/faces/: Libertinus Serif as TrueType, from the OpenType files inside Typst.

The decks' headings are set in it, and office programs embed TrueType outlines only. Run it after an update of Typst:
``python tools/take_libertinus.py``. The licence (SIL OFL 1.1, no reserved name) lies beside the files.
"""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import typst
from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

TARGET = Path(__file__).parent.parent / "src/builder/typeset/faces"
STYLES = {"Libertinus Serif": ("Regular", "Bold", "Italic", "Bold Italic")}
MOST_TABLES = 40
NO_PROGRAMS = (
    "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
    "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours", "maxCompositePoints",
    "maxCompositeContours", "maxComponentDepth",
)  # fmt: skip
"""Fields of ``maxp`` that count what unhinted outlines do not have, or that are computed when a font is saved."""
TOLERANCE = 1.0
"""By how many units of 1,000 an outline may differ from the cubic one."""


def fonts_inside(library: bytes) -> dict[str, bytes]:
    """Full name → file of each OpenType font with cubic outlines in a library."""
    found: dict[str, bytes] = {}
    at = library.find(b"OTTO")
    while at >= 0:
        count = struct.unpack_from(">H", library, at + 4)[0]
        if 0 < count < MOST_TABLES:
            records = [struct.unpack_from(">4sIII", library, at + 12 + 16 * number) for number in range(count)]
            content = library[at : at + max(offset + length for _, _, offset, length in records)]
            if len(content) > 12 + 16 * count and all(tag.isascii() for tag, *_ in records):
                found.setdefault(str(TTFont(io.BytesIO(content))["name"].getDebugName(4)), content)
        at = library.find(b"OTTO", at + 4)
    return found


def without_alternates(font: Any) -> None:
    """Take out glyphs that office programs have no way to ask for: small capitals, swashes, other figures."""
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "locl", "ccmp", "liga"]
    options.hinting, options.glyph_names, options.notdef_outline, options.name_IDs = False, False, True, ["*"]
    options.drop_tables += ["FFTM", "DSIG", "STAT"]
    one = subset.Subsetter(options)
    one.populate(unicodes=list(font.getBestCmap()))
    one.subset(font)


def as_truetype(font: Any) -> None:
    """Write the outlines of a font as quadratic ones."""
    glyphs, order, metrics = font.getGlyphSet(), font.getGlyphOrder(), font["hmtx"].metrics
    outlines = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, TOLERANCE, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], table = newTable("loca"), newTable("glyf")
    font["glyf"], table.glyphOrder, table.glyphs = table, order, outlines
    for name in order:
        outlines[name].recalcBounds(table)
        metrics[name] = metrics[name][0], getattr(outlines[name], "xMin", 0)
    most = font["maxp"]
    most.tableVersion, most.maxZones = 0x00010000, 1
    for field in NO_PROGRAMS:
        setattr(most, field, 0)
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def main() -> None:
    """All faces."""
    library = (Path(typst.__file__).parent / "_typst.abi3.so").read_bytes()
    inside = fonts_inside(library)
    for family, styles in STYLES.items():
        for style in styles:
            font = TTFont(io.BytesIO(inside[f"{family} {style}"]), recalcTimestamp=False)
            without_alternates(font)
            as_truetype(font)
            font.save(TARGET / f"{family}-{style}.ttf".replace(" ", ""))


if __name__ == "__main__":
    main()

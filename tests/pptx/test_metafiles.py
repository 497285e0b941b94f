"""Metafiles of Windows in templates are drawn on pages; what is not drawn of a template is told."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typst
from PIL import Image
from pptx.util import Pt
from theirs import reader

from builder.pptx.template.metafiles import MetafileError, as_svg
from builder.pptx.template.reading import Template
from builder.typeset.escape import string

RED, BLUE = 0x0000FF, 0xFF0000
"""Colours as Windows writes them, blue first."""


def record(kind: int, *values: int, form: str = "") -> bytes:
    body = struct.pack(f"<{form or 'i' * len(values)}", *values)
    return struct.pack("<II", kind, 8 + len(body)) + body


def emf(*records: bytes) -> bytes:
    """An enhanced metafile of 100 × 50 units, ten of which are one on its device."""
    head = struct.pack("<4i4i", 0, 0, 100, 50, 0, 0, 2540, 1270)
    head += struct.pack("<4sIIIHHIIIiiii", b" EMF", 0x10000, 0, 0, 1, 0, 0, 0, 0, 100, 100, 25, 25)
    whole = (record(9, 1000, 500), record(11, 100, 50), *records, record(14, 0, 0, 20))
    return struct.pack("<II", 1, 8 + len(head)) + head + b"".join(whole)


def wmf(*records: tuple[int, str, tuple[int, ...]]) -> bytes:
    """A metafile of 16-bit Windows, 100 × 50 units large."""
    out = b""
    for kind, form, values in ((0x020C, "hh", (50, 100)), *records, (0, "", ())):
        body = struct.pack(f"<{form}", *values)
        out += struct.pack("<IH", 3 + len(body) // 2, kind) + body
    return struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 4, 0, 0) + out


def shown(svg: str, *places: tuple[int, int]) -> list[tuple[int, ...]]:
    """The colours at places of a drawing, a hundred points wide on white."""
    drawn = f"#image(bytes({string(svg)}), width: 100pt)"
    page = f"#set page(width: 100pt, height: 50pt, margin: 0pt)\n{drawn}"
    image = Image.open(io.BytesIO(typst.compile(page.encode(), format="png", ppi=72))).convert("RGB")
    return [image.getpixel(place) for place in places]


def test_areas_curves_and_pixels_of_enhanced_metafiles_are_drawn() -> None:
    pixels = struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, 4, 0, 0, 0, 0), b"\x00\x80\x00\x00"
    bits = (0, 0, 0, 0, 700, 0, 0, 0, 1, 1, 80, 40, 120, 4, 0, 0xCC0020, 300, 500)
    drawing = emf(
        record(39, 1, 0, RED, 0, form="IIII"),
        record(37, 1),
        record(37, 0x80000008, form="I"),
        record(86, 0, 0, 0, 0, 4, 0, 0, 300, 0, 300, 500, 0, 500, form="iiiiI8h"),
        record(39, 2, 0, BLUE, 0, form="IIII"),
        record(37, 2),
        record(59),
        record(27, 300, 500),
        record(88, 0, 0, 0, 0, 3, 300, 0, 600, 0, 600, 500, form="iiiiI6h"),
        record(61),
        record(60),
        record(62, 0, 0, 0, 0),
        struct.pack("<II", 81, 8 + 72 + 44) + struct.pack("<16iii", *bits) + b"".join(pixels),
    )
    assert shown(as_svg("image/x-emf", drawing), (15, 25), (45, 40), (31, 2), (85, 25)) == [
        (255, 0, 0),
        (0, 0, 255),
        (255, 255, 255),
        (0, 128, 0),
    ]


def test_areas_and_lines_of_metafiles_are_drawn() -> None:
    drawing = wmf(
        (0x02FA, "HhhI", (5, 0, 0, 0)),
        (0x02FC, "HIH", (0, RED, 0)),
        (0x012D, "H", (0,)),
        (0x012D, "H", (1,)),
        (0x0538, "HHH12h", (2, 3, 3, 0, 0, 50, 0, 0, 50, 100, 50, 50, 50, 100, 0)),
        (0x01F0, "H", (0,)),
        (0x02FA, "HhhI", (0, 6, 0, BLUE)),
        (0x012D, "H", (0,)),
        (0x0325, "H4h", (2, 0, 48, 100, 48)),
    )
    assert shown(as_svg("image/x-wmf", drawing), (10, 10), (90, 30), (50, 20), (20, 48)) == [
        (255, 0, 0),
        (255, 0, 0),
        (255, 255, 255),
        (0, 0, 255),
    ]


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        ("emf", emf(record(84, *range(17))), "text"),
        ("emf", emf(record(118, 0, 0)), "type 118"),
        ("emf", emf(record(86, 0, 0, 0, 0, 10_000_000, form="iiiiI")), "damaged"),
        ("emf", b"\1\0\0\0", "damaged"),
        ("wmf", wmf((0x0A32, "hh", (0, 0))), "text"),
        ("wmf", b"", "damaged"),
    ],
)
def test_one_that_cannot_be_drawn_says_why(kind: str, content: bytes, reason: str) -> None:
    with pytest.raises(MetafileError, match=reason):
        as_svg(f"image/x-{kind}", content)


def test_one_that_draws_nothing_is_nothing() -> None:
    """The stand-in pictures of objects that office programs keep in their templates."""
    assert as_svg("image/x-emf", emf()) == ""


def with_picture(content: bytes) -> Callable[[Any], None]:
    """Put a metafile as a logo on the master."""

    def change(presentation: Any) -> None:
        out = io.BytesIO()
        Image.new("RGB", (2, 1), "#00ff00").save(out, "PNG")
        picture = presentation.slides.add_slide(presentation.slide_layouts[6]).shapes.add_picture(
            io.BytesIO(out.getvalue()), Pt(600), Pt(10), Pt(100), Pt(50)
        )
        master = presentation.slide_master
        part = picture.part.related_part(picture._element.blip_rId)
        part._content_type, part._blob = "image/x-emf", content
        part.partname = type(part.partname)("/ppt/media/logo.emf")
        picture._element.blipFill.blip.rEmbed = master.part.relate_to(part, IMAGE)
        master.shapes._spTree.append(picture._element)

    return change


IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def test_a_logo_is_on_the_ground_or_told(tmp_path: Path) -> None:
    read = reader(tmp_path)
    box = record(39, 1, 0, RED, 0, form="IIII") + record(37, 1) + record(43, 0, 0, 1000, 500)
    good: Template = read(with_picture(emf(box)), "good.pptx")
    assert "data:image/svg+xml" in good.geometry.looks["content"].drawing
    assert good.not_shown == ()
    told = read(with_picture(emf(record(84, *range(17)))), "bad.pptx")
    assert told.not_shown == ("ppt/media/logo.emf (it has text)",)

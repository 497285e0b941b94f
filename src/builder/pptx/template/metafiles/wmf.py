"""Metafiles of 16-bit Windows (MS-WMF) → SVG: one function for each kind of record that draws."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from builder.pptx.template.metafiles.drawing import (
    Brush,
    MetafileDrawing,
    MetafileError,
    Pen,
    Point,
    brush_of,
    pen_of,
    rule_of,
)

Draw = Callable[[MetafileDrawing, bytes], None]
PLACEABLE = b"\xd7\xcd\xc6\x9a"
OTHER_OBJECTS = {0x02FB, 0x00F7, 0x06FF, 0x01F9, 0x0142}
"""Records that make fonts, palettes, regions and brushes of pixels."""
QUIET = {
    *(0x0102, 0x0103, 0x0104, 0x0107, 0x0108, 0x012E, 0x0209, 0x0201, 0x0231, 0x0234, 0x0035, 0x0139, 0x012C),
    *(0x0415, 0x0416, 0x0626, 0x020A, 0x0149),
}
"""Records that change nothing of lines and areas."""
TEXT = {0x0521, 0x0A32}


def wmf_as_svg(content: bytes) -> str:
    """Return a metafile as SVG, '' for one that draws nothing.

    Raises:
        MetafileError: it is damaged, or draws what is not read here.
    """
    box: tuple[float, float, float, float] | None = None
    try:
        at = 0
        if content[:4] == PLACEABLE:
            box, at = struct.unpack_from("<4h", content, 6), 22
        struct.unpack_from("<9H", content, at)
        drawing = MetafileDrawing()
        for kind, body in records(content, at + 18):
            draw(drawing, kind, body)
    except (struct.error, ZeroDivisionError, OverflowError) as error:
        raise MetafileError("it is damaged") from error
    left, top, wide, tall = drawing.state.window
    if box is not None and abs(wide) <= 1:
        left, top, wide, tall = box[0], box[1], box[2] - box[0], box[3] - box[1]
        return drawing.svg(left, top, wide, tall)
    return drawing.svg(0, 0, 1000, 1000 * abs(tall / wide))


def records(content: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield function and parameters of each record."""
    while at + 6 <= len(content):
        size, kind = struct.unpack_from("<IH", content, at)
        if kind == 0:
            return
        if size < 3:
            raise MetafileError("it is damaged")
        yield kind, content[at + 6 : at + 2 * size]
        at += 2 * size


def draw(drawing: MetafileDrawing, kind: int, body: bytes) -> None:
    """Do what a record says."""
    if kind in RECORDS:
        RECORDS[kind](drawing, body)
    elif kind in OTHER_OBJECTS:
        put(drawing, None)
    elif kind not in QUIET:
        raise MetafileError("it has text" if kind in TEXT else f"it has records of type {kind:#06x}")


def put(drawing: MetafileDrawing, made: Pen | Brush | None) -> None:
    """Give an object the first place that is free, by whose number it is selected."""
    free = next(number for number in range(len(drawing.objects) + 1) if number not in drawing.objects)
    drawing.objects[free] = made


def window_origin(drawing: MetafileDrawing, body: bytes) -> None:
    y, x = struct.unpack_from("<2h", body)
    drawing.set(window=(x, y, *drawing.state.window[2:]))


def window_extent(drawing: MetafileDrawing, body: bytes) -> None:
    tall, wide = struct.unpack_from("<2h", body)
    if drawing.shapes:
        return  # a later extent would need a frame of its own
    drawing.set(window=(*drawing.state.window[:2], wide, tall), view=(0.0, 0.0, 1000.0, 1000.0 * abs(tall / wide)))


def fill_mode(drawing: MetafileDrawing, body: bytes) -> None:
    drawing.set(rule=rule_of(struct.unpack_from("<H", body)[0]))


def new_pen(drawing: MetafileDrawing, body: bytes) -> None:
    style, width, _, colour = struct.unpack_from("<HhhI", body)
    put(drawing, pen_of(style, width, colour))


def new_brush(drawing: MetafileDrawing, body: bytes) -> None:
    style, colour = struct.unpack_from("<HI", body)
    put(drawing, brush_of(style, colour))


def choose(drawing: MetafileDrawing, body: bytes) -> None:
    drawing.select(drawing.objects.get(struct.unpack_from("<H", body)[0]))


def forget(drawing: MetafileDrawing, body: bytes) -> None:
    drawing.objects.pop(struct.unpack_from("<H", body)[0], None)


def restore(drawing: MetafileDrawing, body: bytes) -> None:
    drawing.restore(struct.unpack_from("<h", body)[0])


def points_of(body: bytes, at: int, count: int) -> list[Point]:
    """Return ``count`` points of a record."""
    values = struct.unpack_from(f"<{2 * count}h", body, at)
    return list(zip(values[::2], values[1::2], strict=True))


def polygon(drawing: MetafileDrawing, body: bytes) -> None:
    drawing.add(drawing.lines(points_of(body, 2, struct.unpack_from("<H", body)[0]), closed=True), filled=True)


def polyline(drawing: MetafileDrawing, body: bytes) -> None:
    drawing.add(drawing.lines(points_of(body, 2, struct.unpack_from("<H", body)[0])), filled=False)


def polygons(drawing: MetafileDrawing, body: bytes) -> None:
    parts = struct.unpack_from("<H", body)[0]
    counts = struct.unpack_from(f"<{parts}H", body, 2)
    at, data = 2 + 2 * parts, ""
    for count in counts:
        data += drawing.lines(points_of(body, at, count), closed=True)
        at += 4 * count
    drawing.add(data, filled=True)


def move(drawing: MetafileDrawing, body: bytes) -> None:
    y, x = struct.unpack_from("<2h", body)
    drawing.set(at=(x, y))


def line_to(drawing: MetafileDrawing, body: bytes) -> None:
    y, x = struct.unpack_from("<2h", body)
    drawing.onward("L", [(x, y)])


def rectangle(drawing: MetafileDrawing, body: bytes) -> None:
    bottom, right, top, left = struct.unpack_from("<4h", body)
    drawing.add(drawing.lines([(left, top), (right, top), (right, bottom), (left, bottom)], closed=True), filled=True)


def ellipse(drawing: MetafileDrawing, body: bytes) -> None:
    bottom, right, top, left = struct.unpack_from("<4h", body)
    drawing.ellipse(left, top, right, bottom)


def pixels(drawing: MetafileDrawing, body: bytes) -> None:
    tall, wide, top, left = struct.unpack_from("<4h", body, 14)
    drawing.pixels(body[22:], (left, top, wide, tall))


def pixels_of_bitmap(drawing: MetafileDrawing, body: bytes) -> None:
    tall, wide, top, left = struct.unpack_from("<4h", body, 12)
    drawing.pixels(body[20:], (left, top, wide, tall))


RECORDS: dict[int, Draw] = {
    0x020B: window_origin, 0x020C: window_extent, 0x0106: fill_mode, 0x02FA: new_pen, 0x02FC: new_brush,
    0x012D: choose, 0x01F0: forget, 0x001E: lambda drawing, _body: drawing.save(), 0x0127: restore,
    0x0324: polygon, 0x0325: polyline,
    0x0538: polygons, 0x0214: move, 0x0213: line_to, 0x041B: rectangle, 0x0418: ellipse, 0x0F43: pixels,
    0x0B41: pixels_of_bitmap,
}  # fmt: skip
"""Function of a record (MS-WMF, 2.1.1.1) → what it does."""

"""Enhanced metafiles (MS-EMF) → SVG: one function for each kind of record that draws."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from builder.pptx.template.metafiles.drawing import (
    Brush,
    Matrix,
    MetafileDrawing,
    MetafileError,
    Pen,
    Point,
    brush_of,
    pen_of,
    rule_of,
)

Draw = Callable[[MetafileDrawing, bytes], None]
"""What a record does; its bytes begin behind its type and size."""
HEADER, EOF = 1, 14
STOCK = 0x80000000
STOCK_OBJECTS: dict[int, Pen | Brush] = {
    0: Brush("#ffffff"), 1: Brush("#c0c0c0"), 2: Brush("#808080"), 3: Brush("#404040"), 4: Brush("#000000"),
    5: Brush(""), 6: Pen("#ffffff"), 7: Pen("#000000"), 8: Pen(""),
}  # fmt: skip
"""Objects that are always there (MS-EMF, 2.1.31)."""
QUIET = {
    *(13, 16, 18, 20, 21, 22, 23, 24, 25, 28, 29, 30, 48, 49, 52, 57, 58, 65, 66, 70, 75, 98, 99, 115),
    *(17, 104, 105, 106, 111, 112, 113, 119, 120),
}
"""Records that change nothing of lines and areas: modes, palettes, fonts' attributes, comments, clipping."""
TEXT = {83, 84, 96, 97, 107, 108}
"""Records that draw text."""
MULTIPLY = {2: True, 3: False}
"""Mode of a change of the world transform → whether the change comes first; others set it."""


def emf_as_svg(content: bytes) -> str:
    """Return an enhanced metafile as SVG, '' for one that draws nothing.

    Raises:
        MetafileError: it is damaged, or draws what is not read here.
    """
    try:
        frame = struct.unpack_from("<4i", content, 24)
        device, millimetres = struct.unpack_from("<2i", content, 72), struct.unpack_from("<2i", content, 80)
        drawing = MetafileDrawing()
        for kind, body in records(content):
            draw(drawing, kind, body)
    except (struct.error, ZeroDivisionError, OverflowError) as error:
        raise MetafileError("it is damaged") from error
    across, down = (pixels / (100 * size) if size else 1.0 for pixels, size in zip(device, millimetres, strict=True))
    left, top, right, bottom = frame
    return drawing.svg(left * across, top * down, (right - left) * across, (bottom - top) * down)


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield type and body of each record behind the header."""
    at = struct.unpack_from("<I", content, 4)[0]
    while at + 8 <= len(content):
        kind, size = struct.unpack_from("<II", content, at)
        if kind == EOF:
            return
        if size < 8:
            raise MetafileError("it is damaged")
        yield kind, content[at + 8 : at + size]
        at += size


def draw(drawing: MetafileDrawing, kind: int, body: bytes) -> None:
    """Do what a record says."""
    if kind in RECORDS:
        RECORDS[kind](drawing, body)
    elif kind not in QUIET:
        raise MetafileError("it has text" if kind in TEXT else f"it has records of type {kind}")


# --- state


def window(*, is_extent: bool, is_view: bool) -> Draw:
    """Return what sets the origin or the extent of the window, or of the view."""

    def put(drawing: MetafileDrawing, body: bytes) -> None:
        pair = struct.unpack_from("<2i", body)
        name = "view" if is_view else "window"
        x, y, wide, tall = getattr(drawing.state, name)
        drawing.set(**{name: (x, y, *pair) if is_extent else (*pair, wide, tall)})

    return put


def choose(drawing: MetafileDrawing, body: bytes) -> None:
    handle = struct.unpack_from("<I", body)[0]
    drawing.select(STOCK_OBJECTS.get(handle - STOCK) if handle >= STOCK else drawing.objects.get(handle))


def set_world(drawing: MetafileDrawing, body: bytes) -> None:
    drawing.set(world=struct.unpack_from("<6f", body))


def modify_world(drawing: MetafileDrawing, body: bytes) -> None:
    change: Matrix = struct.unpack_from("<6f", body)
    mode = struct.unpack_from("<I", body, 24)[0]
    own = drawing.state.world
    if mode == 1:
        drawing.set(world=(1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
    elif mode in MULTIPLY:
        drawing.set(world=product(change, own) if MULTIPLY[mode] else product(own, change))
    else:
        drawing.set(world=change)


def product(one: Matrix, other: Matrix) -> Matrix:
    """Return the transform that does ``one`` and then ``other``."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def new_pen(drawing: MetafileDrawing, body: bytes) -> None:
    handle, style, width, _, colour = struct.unpack_from("<IIiiI", body)
    drawing.objects[handle] = pen_of(style, width, colour)


def new_wide_pen(drawing: MetafileDrawing, body: bytes) -> None:
    handle = struct.unpack_from("<I", body)[0]
    style, width, _, colour = struct.unpack_from("<4I", body, 20)
    drawing.objects[handle] = pen_of(style, width, colour)


def new_brush(drawing: MetafileDrawing, body: bytes) -> None:
    handle, style, colour = struct.unpack_from("<3I", body)
    drawing.objects[handle] = brush_of(style, colour)


def restore(drawing: MetafileDrawing, body: bytes) -> None:
    drawing.restore(struct.unpack_from("<i", body)[0])


def fill_mode(drawing: MetafileDrawing, body: bytes) -> None:
    drawing.set(rule=rule_of(struct.unpack_from("<I", body)[0]))


def forget(drawing: MetafileDrawing, body: bytes) -> None:
    drawing.objects.pop(struct.unpack_from("<I", body)[0], None)


# --- paths


def begin_path(drawing: MetafileDrawing, _body: bytes) -> None:
    drawing.path = []


def close_figure(drawing: MetafileDrawing, _body: bytes) -> None:
    if drawing.path:
        drawing.path.append("Z")


def path_end(*, filled: bool, stroked: bool) -> Draw:
    """Return what draws the path that was made."""
    return lambda drawing, _body: drawing.end_path(filled=filled, stroked=stroked)


def keep_path(_canvas: MetafileDrawing, _body: bytes) -> None:
    """End the making of a path, which is drawn by a later record."""


def clip(drawing: MetafileDrawing, _body: bytes) -> None:
    drawing.path = None  # what is outside of it is drawn as well


def move(drawing: MetafileDrawing, body: bytes) -> None:
    point = struct.unpack_from("<2i", body)
    drawing.set(at=point)
    if drawing.path is not None:
        drawing.path.append(f"M{drawing.points([point])}")


def line_to(drawing: MetafileDrawing, body: bytes) -> None:
    drawing.onward("L", [struct.unpack_from("<2i", body)])


# --- shapes


def unpacked(body: bytes, at: int, count: int, *, short: bool) -> list[Point]:
    """Return points of 16 or 32 bits a number."""
    if count > len(body):
        raise MetafileError("it is damaged")
    values = struct.unpack_from(f"<{2 * count}{'h' if short else 'i'}", body, at)
    return list(zip(values[::2], values[1::2], strict=True))


def shape(draws: Callable[[MetafileDrawing, list[Point]], None], *, short: bool) -> Draw:
    """Return what draws something through the points of a record."""

    def read(drawing: MetafileDrawing, body: bytes) -> None:
        count = struct.unpack_from("<I", body, 16)[0]
        draws(drawing, unpacked(body, 20, count, short=short))

    return read


def shapes(draws: Callable[[MetafileDrawing, list[list[Point]]], None], *, short: bool) -> Draw:
    """Return what draws several lines through the points of a record."""

    def read(drawing: MetafileDrawing, body: bytes) -> None:
        lines, total = struct.unpack_from("<2I", body, 16)
        if lines > len(body):
            raise MetafileError("it is damaged")
        counts = struct.unpack_from(f"<{lines}I", body, 24)
        points = iter(unpacked(body, 24 + 4 * lines, total, short=short))
        draws(drawing, [[point for point, _ in zip(points, range(count), strict=False)] for count in counts])

    return read


def polygon(drawing: MetafileDrawing, points: list[Point]) -> None:
    drawing.add(drawing.lines(points, closed=True), filled=True)


def polyline(drawing: MetafileDrawing, points: list[Point]) -> None:
    drawing.add(drawing.lines(points), filled=False)


def polygons(drawing: MetafileDrawing, parts: list[list[Point]]) -> None:
    drawing.add("".join(drawing.lines(points, closed=True) for points in parts), filled=True)


def polylines(drawing: MetafileDrawing, parts: list[list[Point]]) -> None:
    drawing.add("".join(map(drawing.lines, parts)), filled=False)


def curves(drawing: MetafileDrawing, points: list[Point]) -> None:
    drawing.add(drawing.curves(points), filled=False)


def curves_on(drawing: MetafileDrawing, points: list[Point]) -> None:
    drawing.onward("C", points[: len(points) // 3 * 3])


def lines_on(drawing: MetafileDrawing, points: list[Point]) -> None:
    drawing.onward("L", points)


def rectangle(drawing: MetafileDrawing, body: bytes) -> None:
    left, top, right, bottom = struct.unpack_from("<4i", body)
    polygon(drawing, [(left, top), (right, top), (right, bottom), (left, bottom)])


def ellipse(drawing: MetafileDrawing, body: bytes) -> None:
    drawing.ellipse(*struct.unpack_from("<4i", body))


def bitmap(drawing: MetafileDrawing, body: bytes) -> None:
    left, top = struct.unpack_from("<2i", body, 16)
    head_at, head_size, bits_at, bits_size = struct.unpack_from("<4I", body, 40)
    wide, tall = struct.unpack_from("<2i", body, 64)
    head, bits = (body[at - 8 : at - 8 + size] for at, size in ((head_at, head_size), (bits_at, bits_size)))
    if bits:
        drawing.pixels(head + bits, (left, top, wide, tall))


RECORDS: dict[int, Draw] = {
    9: window(is_extent=True, is_view=False),
    10: window(is_extent=False, is_view=False),
    11: window(is_extent=True, is_view=True),
    12: window(is_extent=False, is_view=True),
    19: fill_mode,
    27: move,
    33: lambda drawing, _body: drawing.save(),
    34: restore,
    35: set_world,
    36: modify_world,
    37: choose,
    38: new_pen,
    39: new_brush,
    40: forget,
    42: ellipse,
    43: rectangle,
    54: line_to,
    59: begin_path,
    60: keep_path,
    61: close_figure,
    62: path_end(filled=True, stroked=False),
    63: path_end(filled=True, stroked=True),
    64: path_end(filled=False, stroked=True),
    81: bitmap,
    95: new_wide_pen,
    **dict.fromkeys((67, 68), clip),
    **{kind + 83 * is_short: shape(draws, short=bool(is_short)) for is_short in (0, 1) for kind, draws in (
        (2, curves), (3, polygon), (4, polyline), (5, curves_on), (6, lines_on),
    )},
    **{kind + 83 * is_short: shapes(draws, short=bool(is_short)) for is_short in (0, 1) for kind, draws in (
        (7, polylines), (8, polygons),
    )},
}  # fmt: skip
"""Type of a record (MS-EMF, 2.1.1) → what it does; those of 16-bit points stand 83 behind those of 32."""

"""What metafiles draw on: pens, brushes and coordinates of a device context, and the SVG that comes of it."""

from __future__ import annotations

import base64
import math
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from builder.pptx.template.rasters import raster_as_png

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

NULL = 5
"""Style of a pen that draws nothing (MS-WMF, 2.1.1.23)."""
NOTHING = 1
"""Style of a brush that fills nothing (MS-WMF, 2.1.1.4)."""
STYLE = 0x0F
"""Bits of a pen's style that say how its line is drawn."""
WINDING = 2
"""Mode in which areas are filled whose outlines go round them (MS-WMF, 2.1.1.25)."""
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
MOST_SHAPES = 20_000
UNREADABLE = "its pixels cannot be read"


class MetafileError(ValueError):
    """A metafile that is damaged, or draws what is not read here; its text says what."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How lines are drawn: colour ``#rrggbb``, '' for none, and width in the units of the picture."""

    colour: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Brush:
    """How areas are filled: colour ``#rrggbb``, '' for none."""

    colour: str


@dataclass(frozen=True, slots=True)
class DeviceContext:
    """A device context: what is selected, and how its units become those of the device."""

    pen: Pen = Pen("#000000")
    brush: Brush = Brush("#ffffff")
    rule: str = "evenodd"
    window: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    view: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    world: Matrix = IDENTITY
    at: Point = (0.0, 0.0)

    def device(self, point: Point) -> Point:
        """Return where a point is on the device."""
        a, b, c, d, e, f = self.world
        x, y = a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f
        left, top, wide, tall = self.window
        return (x - left) * self.view[2] / wide + self.view[0], (y - top) * self.view[3] / tall + self.view[1]

    @property
    def scale(self) -> float:
        """How many units of the device one across is."""
        a, b = self.world[:2]
        return math.hypot(a, b) * abs(self.view[2] / self.window[2])


@dataclass(slots=True)
class MetafileDrawing:
    """A drawing in the making: its state, the states that were saved, and its elements from the back."""

    state: DeviceContext = DeviceContext()
    saved: list[DeviceContext] = field(default_factory=list)
    objects: dict[int, Pen | Brush | None] = field(default_factory=dict)
    shapes: list[str] = field(default_factory=list)
    path: list[str] | None = None

    def set(self, **changes: object) -> None:
        """Change the state."""
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]

    def select(self, chosen: Pen | Brush | None) -> None:
        """Draw with a pen or a brush from here on; fonts and the like change nothing."""
        if isinstance(chosen, Pen):
            self.set(pen=chosen)
        elif isinstance(chosen, Brush):
            self.set(brush=chosen)

    def save(self) -> None:
        """Keep the state, to go back to it."""
        self.saved.append(self.state)

    def restore(self, which: int) -> None:
        """Go back to a state that was saved: one counted from the last (-1), or from the first (1)."""
        index = len(self.saved) + which if which < 0 else which - 1
        if not 0 <= index < len(self.saved):
            raise MetafileError("it goes back to a state that it did not save")
        self.state = self.saved[index]
        del self.saved[index:]

    def points(self, points: Iterable[Point]) -> str:
        """Return points as SVG path data writes them."""
        return " ".join(f"{x:.2f} {y:.2f}" for x, y in map(self.state.device, points))

    def lines(self, points: Sequence[Point], *, closed: bool = False) -> str:
        """Return the path through some points."""
        if not points:
            return ""
        rest = f"L{self.points(points[1:])}" if len(points) > 1 else ""
        return f"M{self.points(points[:1])}{rest}{'Z' if closed else ''}"

    def curves(self, points: Sequence[Point]) -> str:
        """Return the path of Bézier curves: a first point, then three for each."""
        count = 1 + (len(points) - 1) // 3 * 3
        return f"M{self.points(points[:1])}C{self.points(points[1:count])}" if count > 1 else ""

    def onward(self, letter: str, points: Sequence[Point]) -> None:
        """Draw from where the pen is through or along some points."""
        if points:
            start = "" if self.path else f"M{self.points([self.state.at])}"
            self.add(f"{start}{letter}{self.points(points)}", filled=False)
            self.set(at=points[-1])

    def add(self, data: str, *, filled: bool, stroked: bool = True) -> None:
        """Draw a path, or put it to the one that is being made."""
        if self.path is not None:
            self.path.append(data)
            return
        pen, brush = self.state.pen, self.state.brush
        fill = f'fill="{brush.colour}" fill-rule="{self.state.rule}"' if filled and brush.colour else 'fill="none"'
        line = ""
        if stroked and pen.colour:
            line = f' stroke="{pen.colour}" stroke-width="{max(pen.width * self.state.scale, 0.5):.2f}"'
        if data and (line or "none" not in fill):
            self.shapes.append(f'<path d="{data}" {fill}{line}/>')
        if len(self.shapes) > MOST_SHAPES:
            raise MetafileError(f"it draws more than {MOST_SHAPES:,} shapes")

    def end_path(self, *, filled: bool, stroked: bool) -> None:
        """Draw the path that was made."""
        made, self.path = "".join(self.path or []), None
        self.add(made, filled=filled, stroked=stroked)

    def ellipse(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw an ellipse in a box."""
        (x, y), (x2, y2) = self.state.device((left, top)), self.state.device((right, bottom))
        rx, ry = abs(x2 - x) / 2, abs(y2 - y) / 2
        middle = (y + y2) / 2
        halves = "".join(f"A{rx:.2f} {ry:.2f} 0 0 1 {end:.2f} {middle:.2f}" for end in (max(x, x2), min(x, x2)))
        self.add(f"M{min(x, x2):.2f} {middle:.2f}{halves}Z", filled=True)

    def pixels(self, bitmap: bytes, place: tuple[float, float, float, float]) -> None:
        """Draw a bitmap (a DIB) in a box: left, top, width and height."""
        (x, y), (x2, y2) = (
            self.state.device(point) for point in (place[:2], (place[0] + place[2], place[1] + place[3]))
        )
        at = f'x="{min(x, x2):.2f}" y="{min(y, y2):.2f}" width="{abs(x2 - x):.2f}" height="{abs(y2 - y):.2f}"'
        data = base64.b64encode(png_of(bitmap)).decode()
        self.shapes.append(f'<image {at} preserveAspectRatio="none" href="data:image/png;base64,{data}"/>')

    def svg(self, left: float, top: float, width: float, height: float) -> str:
        """Return the drawing in the frame that it is shown in; '' for an empty one."""
        if not self.shapes:
            return ""
        if width <= 0 or height <= 0:
            raise MetafileError("its frame has no size")
        view = f'viewBox="{left:.2f} {top:.2f} {width:.2f} {height:.2f}"'
        size = f'width="{width:.2f}" height="{height:.2f}" preserveAspectRatio="none"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {view} {size}>{"".join(self.shapes)}</svg>'


def colour_of(value: int) -> str:
    """Return a ``COLORREF`` as ``#rrggbb``."""
    return f"#{value & 0xFF:02x}{value >> 8 & 0xFF:02x}{value >> 16 & 0xFF:02x}"


def pen_of(style: int, width: float, colour: int) -> Pen:
    """Return a pen of a style."""
    return Pen("" if style & STYLE == NULL else colour_of(colour), abs(width))


def brush_of(style: int, colour: int) -> Brush:
    """Return a brush of a style; a hatched one fills with its colour."""
    return Brush("" if style == NOTHING else colour_of(colour))


def rule_of(mode: int) -> str:
    """Return the rule by which SVG fills areas in a mode."""
    return "nonzero" if mode == WINDING else "evenodd"


def png_of(bitmap: bytes) -> bytes:
    """Return a DIB, header, palette and pixels, as PNG.

    Raises:
        MetafileError: it cannot be read.
    """
    try:
        size, _wide, _tall, _planes, depth, packing = struct.unpack_from("<IiiHHI", bitmap)
        used = struct.unpack_from("<I", bitmap, 32)[0] if size >= 40 else 0
        masks = 12 if packing == 3 and size == 40 else 0
        offset = 14 + size + masks + 4 * (used or (1 << depth if depth <= 8 else 0))
        head = struct.pack("<2sIII", b"BM", 14 + len(bitmap), 0, offset)
    except struct.error as error:
        raise MetafileError(UNREADABLE) from error
    png = raster_as_png(head + bitmap)
    if not png:
        raise MetafileError(UNREADABLE)
    return png

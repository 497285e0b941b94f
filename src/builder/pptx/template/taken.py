"""What a layout takes up of its slide: boxes of the shapes, pictures and feet that it draws, in points."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from builder.deck.geometry import Area
from builder.pptx.package.namespaces import qn
from builder.pptx.template.frames import EMU, Frame
from builder.pptx.template.masters import SlideLayout
from builder.pptx.template.shown import shown_shapes

WHOLE = 0.9
"""What part of a slide a shape covers that lies behind all of it."""
GROUND = 0.45
"""What part of a slide a shape covers that is its ground."""
FEET = ("ftr", "sldNum")
"""Types of placeholder that our slides fill beside title and content."""
FILLS = ("solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
EDGES = 2.0
"""Points by which a shape may reach into a place without standing on it."""


def taken_on(layout: SlideLayout, width: float, height: float) -> tuple[Area, ...]:
    """Return the boxes on a slide of ``width`` × ``height`` points that a layout draws on or that its feet take; what
    covers about half of the slide is its ground, and none of them."""
    found = [area for owner in layout.owners for area in drawn_in(owner.shapes)]
    feet = [shape.box for shape in layout.placeholders if shape.kind in FEET and shape.box is not None]
    found += [Area(*(value / EMU for value in box)) for box in feet]
    on_slide = (clipped(area, width, height) for area in found)
    return tuple(area for area in on_slide if 0 < area.width * area.height < GROUND * width * height)


def occupied(layout: SlideLayout, width: float, height: float) -> tuple[Area, ...]:
    """Return the boxes on a slide of all that a layout draws, but for what covers nearly the whole of it."""
    found = (area for owner in layout.owners for area in drawn_in(owner.shapes))
    return tuple(area for area in found if area.width * area.height < WHOLE * width * height)


def drawn_in(tree: Any) -> Iterator[Area]:
    """Yield the boxes of the shapes of a tree that show something and are no placeholders."""
    for shape, kind, frame in shown_shapes(tree, Frame()):
        found = shape.find(f"{qn('p:spPr')}/{qn('a:xfrm')}")
        xfrm = found if found is not None else shape.find(qn("p:xfrm"))
        if is_seen(shape, kind) and xfrm is not None and xfrm.find(qn("a:off")) is not None:
            yield turned(frame.box(xfrm), xfrm)


def is_seen(shape: Any, name: str) -> bool:
    """Return whether a shape shows something: a picture, words, a fill or a line."""
    if name in ("pic", "graphicFrame") or any((text.text or "").strip() for text in shape.iter(qn("a:t"))):
        return True
    properties = shape.find(qn("p:spPr"))
    has_own = properties is not None and any(properties.find(qn(f"a:{fill}")) is not None for fill in FILLS)
    line = properties.find(qn("a:ln")) if properties is not None else None
    has_line = line is not None and line.find(qn("a:noFill")) is None and len(line) > 0
    style = shape.find(qn("p:style"))
    no_fill = properties is not None and properties.find(qn("a:noFill")) is not None
    return has_own or has_line or (style is not None and not no_fill)


def turned(box: tuple[float, float, float, float], xfrm: Any) -> Area:
    """Return the upright box round a shape that may be turned."""
    x, y, width, height = box
    angle = math.radians(int(xfrm.get("rot", "0")) / 60000)
    wide = abs(width * math.cos(angle)) + abs(height * math.sin(angle))
    tall = abs(width * math.sin(angle)) + abs(height * math.cos(angle))
    return Area(x + (width - wide) / 2, y + (height - tall) / 2, max(wide, 1.0), max(tall, 1.0))


def clipped(area: Area, width: float, height: float) -> Area:
    """Return the part of an area that is on the slide; nothing wide or high where there is none."""
    if area.x >= 0 and area.y >= 0 and area.x + area.width <= width and area.bottom <= height:
        return area
    x, y = max(area.x, 0.0), max(area.y, 0.0)
    return Area(x, y, max(min(area.x + area.width, width) - x, 0.0), max(min(area.bottom, height) - y, 0.0))


def shared(one: Area, other: Area) -> float:
    """Return how much of two areas is common, in square points; what reaches in by `EDGES` is nothing."""
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    tall = min(one.bottom, other.bottom) - max(one.y, other.y)
    thin = min(EDGES, other.height / 2, other.width / 2)
    return wide * tall if wide > thin and tall > thin else 0.0


def beside(area: Area, other: Area, gap: float = 4.0) -> Area:
    """Return the largest part of ``area`` that is left of, right of, above or below ``other``."""
    right, left = area.x + area.width, other.x + other.width + gap
    top, below = other.y - gap, other.bottom + gap
    parts = (
        Area(area.x, area.y, area.width, top - area.y),
        Area(area.x, below, area.width, area.bottom - below),
        Area(area.x, area.y, other.x - gap - area.x, area.height),
        Area(left, area.y, right - left, area.height),
    )
    return max(parts, key=lambda part: max(part.width, 0) * max(part.height, 0))


def free_of(area: Area, taken: tuple[Area, ...], least: float) -> Area:
    """Return the largest part of ``area`` that is found beside all of ``taken``; the whole of it where less than the
    share ``least`` would be left, since its designer wants text there.

    What most of the area lies on is its ground.
    """
    left = area
    for other in sorted(taken, key=lambda other: -shared(area, other)):
        if shared(left, other) and shared(area, other) < 0.6 * area.width * area.height:
            left = beside(left, other)
    return left if left.width * left.height >= least * area.width * area.height else area

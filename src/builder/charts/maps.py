"""Places, outlines of countries and lines → a map as SVG.

In: the data of a map. Out: SVG text, lengths in points. The projection is Lambert's conformal conic on a sphere
(Snyder, Map Projections, 1987, equations 15-1 to 15-5), which keeps shapes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from builder.charts.canvas import Canvas, Style
from builder.charts.map_data import MapData, MapExtent, Place, Point, Ring

EARTH = 6371.0
"""Radius of the Earth in km."""
LAND, FOCUS, BORDER, LINE = "#f5f3f0", "#e6ded3", "#9b948c", "#57514b"
LINE_WIDTH = 1.1
OVERHANG = 0.45
"""The share of its name by which a region that lies whole on the map may be narrower than it."""


def projection(extent: MapExtent) -> Callable[[float, float], Point]:
    """Degrees → km east and south of the middle of ``extent``; by a cylinder near the equator, where the cone fails."""
    sixth = (extent.north - extent.south) / 6
    first, second, middle = (
        math.radians(value) for value in (extent.south + sixth, extent.north - sixth, (extent.south + extent.north) / 2)
    )
    centre = (extent.west + extent.east) / 2
    if abs(math.sin(first) + math.sin(second)) < 0.1:
        squeeze = math.cos(middle)

        def cylinder(longitude: float, latitude: float) -> Point:
            return (
                EARTH * math.radians(longitude - centre) * squeeze,
                EARTH * (middle - math.radians(latitude)),
            )

        return cylinder

    def slope(latitude: float) -> float:
        return math.tan(math.pi / 4 + latitude / 2)

    n = math.log(math.cos(first) / math.cos(second)) / math.log(slope(second) / slope(first))
    f = math.cos(first) * slope(first) ** n / n
    rho_middle = EARTH * f / slope(middle) ** n

    def cone(longitude: float, latitude: float) -> Point:
        clamped = math.radians(max(-89.5, min(89.5, latitude)))
        rho = EARTH * f / slope(clamped) ** n
        theta = n * math.radians(longitude - centre)
        return rho * math.sin(theta), rho * math.cos(theta) - rho_middle

    return cone


def clip(ring: Ring, width: float, height: float) -> list[Point]:
    """A ring cut at a frame from (0, 0) to (width, height) (Sutherland and Hodgman, 1974)."""
    points = list(ring)
    for axis, limit, sign in ((0, 0.0, 1), (0, width, -1), (1, 0.0, 1), (1, height, -1)):
        cut: list[Point] = []
        for before, point in zip([points[-1], *points], points, strict=False) if points else ():
            was, now = sign * (before[axis] - limit), sign * (point[axis] - limit)
            if (was >= 0) != (now >= 0):
                share = was / (was - now)
                crossing = [before[i] + share * (point[i] - before[i]) for i in (0, 1)]
                crossing[axis] = limit
                cut.append((crossing[0], crossing[1]))
            if now >= 0:
                cut.append(point)
        points = cut
    return points


def clip_line(line: Ring, width: float, height: float) -> list[list[Point]]:
    """The pieces of a line that lie within a frame from (0, 0) to (width, height)."""
    pieces: list[list[Point]] = []
    for start, end in pairwise(line):
        inside = clip_segment(start, end, width, height)
        if inside is None:
            continue
        if pieces and pieces[-1][-1] == inside[0]:
            pieces[-1].append(inside[1])
        else:
            pieces.append(list(inside))
    return pieces


def clip_segment(start: Point, end: Point, width: float, height: float) -> tuple[Point, Point] | None:
    """The part of a segment within the frame (Liang and Barsky, 1984); None where there is none."""
    first, last = 0.0, 1.0
    (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
    for step, room in ((-dx, x), (dx, width - x), (-dy, y), (dy, height - y)):
        if step == 0 and room < 0:
            return None
        if step < 0:
            first = max(first, room / step)
        elif step > 0:
            last = min(last, room / step)
    if first >= last:
        return None
    return (
        start if first == 0 else (x + first * dx, y + first * dy),
        end if last == 1 else (x + last * dx, y + last * dy),
    )


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Where something stands on the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Rectangle) -> float:
        """The area that two boxes share."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0


def is_near(ring: Ring, extent: MapExtent) -> bool:
    """False for a ring that lies wholly outside of ``extent`` and of a margin round it, in which the frame is bent."""
    margin = max(extent.east - extent.west, extent.north - extent.south) / 2
    longitudes, latitudes = [x for x, _ in ring], [y for _, y in ring]
    return (
        max(longitudes) > extent.west - margin
        and min(longitudes) < extent.east + margin
        and max(latitudes) > extent.south - margin
        and min(latitudes) < extent.north + margin
    )


@lru_cache(maxsize=64)
def draw_map(data: MapData, style: Style, label: str = "") -> str:
    """SVG of a map: land, borders, lines, places with their names, a scale, and the signs' meaning when there are
    several.
    """
    canvas = Canvas(style)
    to_km = projection(data.extent)
    edge = [to_km(*point) for point in round_the_edge(data.extent)]
    left, top = min(x for x, _ in edge), min(y for _, y in edge)
    scale = style.width / (max(x for x, _ in edge) - left)
    height = (max(y for _, y in edge) - top) * scale

    def at(longitude: float, latitude: float) -> Point:
        x, y = to_km(longitude, latitude)
        return (x - left) * scale, (y - top) * scale

    canvas.rect(0, 0, style.width, height, "#ffffff")
    shapes = []
    for outline in sorted(data.outlines, key=lambda outline: outline.focus):
        rings = [
            clip([at(*point) for point in ring], style.width, height)
            for ring in outline.rings
            if is_near(ring, data.extent)
        ]
        rings = [ring for ring in rings if len(ring) > 2]
        canvas.outline(rings, FOCUS if outline.focus else LAND, BORDER)
        shapes.append((outline, rings))
    lines = [clip_line([at(*point) for point in line], style.width, height) for line in data.lines]
    pieces = [piece for line in lines for piece in line]
    for piece in pieces:
        canvas.polyline(piece, LINE, LINE_WIDTH)
    points = {place: at(place.longitude, place.latitude) for place in data.signed}
    size = style.size
    taken = [Rectangle(x - size * 0.5, y - size * 0.5, x + size * 0.5, y + size * 0.5) for x, y in points.values()]
    taken += [box for piece in pieces for box in boxes_along(piece, size)]
    taken.append(draw_scale(canvas, scale, height))
    for place, point in points.items():
        draw_sign(canvas, *point, data.kinds.index(place.kind))
        taken.append(draw_name(canvas, place, point, taken, height))
    for region in data.regions:
        taken.append(draw_region(canvas, region.name, at(region.longitude, region.latitude), height))
    for outline, rings in shapes:
        taken += draw_country(canvas, outline.name, rings, Clearance(taken, height))
    canvas.frame(0.5, 0.5, style.width - 1, height - 1, style.grey)
    return canvas.finish(height + draw_legend(canvas, data, height), label)


def round_the_edge(extent: MapExtent) -> Iterator[Point]:
    """Points along the four sides: where they are bent, the frame takes in the bend."""
    for step in range(21):
        x = extent.west + (extent.east - extent.west) * step / 20
        y = extent.south + (extent.north - extent.south) * step / 20
        yield from ((x, extent.south), (x, extent.north), (extent.west, y), (extent.east, y))


def boxes_along(line: Ring, size: float) -> Iterator[Rectangle]:
    """Small boxes along a line, which names should not cover."""
    half = size * 0.1
    for (x, y), (next_x, next_y) in pairwise(line):
        steps = max(1, round(math.hypot(next_x - x, next_y - y) / (2 * half)))
        for step in range(steps):
            middle_x, middle_y = x + (next_x - x) * step / steps, y + (next_y - y) * step / steps
            yield Rectangle(middle_x - half, middle_y - half, middle_x + half, middle_y + half)


def draw_sign(canvas: Canvas, x: float, y: float, index: int) -> None:
    """The sign of the kind with this index; no two look alike in black and white."""
    style, r = canvas.style, round(canvas.style.size * 0.3, 2)
    colour = style.colours[0]
    match index % 5:
        case 0:
            canvas.dot(x, y, r, colour)
        case 1:
            canvas.area([(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)], style.ink)
        case 2:
            canvas.dot(x, y, r, style.ink)
            canvas.dot(x, y, round(r * 0.55, 2), "#ffffff")
        case 3:
            canvas.area([(x, y - r * 1.2), (x + r * 1.2, y + r), (x - r * 1.2, y + r)], colour)
        case _:
            canvas.area([(x, y - r * 1.3), (x + r * 1.3, y), (x, y + r * 1.3), (x - r * 1.3, y)], style.ink)


def draw_name(canvas: Canvas, place: Place, point: Point, taken: list[Rectangle], height: float) -> Rectangle:
    """Draw the name of a place where it covers least of what is ``taken``; returns its box."""
    style, (x, y) = canvas.style, point
    size, width = style.size, style.text_width(place.name)
    gap, half = size * 0.6, size * 0.55

    def box(left: float, middle: float) -> Rectangle:
        return Rectangle(left, middle - half, left + width, middle + half)

    candidates = [
        box(x + gap, y), box(x - gap - width, y), box(x - width / 2, y - size), box(x - width / 2, y + size),
        box(x + gap, y - size * 0.8), box(x + gap, y + size * 0.8),
        box(x - gap - width, y - size * 0.8), box(x - gap - width, y + size * 0.8),
    ]  # fmt: skip

    def cost(candidate: Rectangle) -> float:
        outside = width * 2 * half - Rectangle(0, 0, style.width, height).overlap(candidate)
        covered = sum(candidate.overlap(other) for other in taken)
        return round(
            covered + outside * 4, 3
        )  # or what is left of a sum of areas would choose among places that are free

    best = min(candidates, key=cost)
    canvas.text((best.left, best.top + half + size * 0.34), place.name)
    return best


def draw_region(canvas: Canvas, name: str, point: Point, height: float) -> Rectangle:
    """Draw a name in the middle of a region whose border is not drawn, moved into the frame of ``height``; returns its
    box.
    """
    style = canvas.style
    half, edge = style.text_width(name) / 2, style.size * 0.8
    x = max(half + edge, min(style.width - half - edge, point[0]))
    y = max(edge, min(height - edge, point[1]))
    canvas.text((x, y + style.size * 0.34), name, anchor="middle", fill=style.grey)
    return Rectangle(x - half, y - style.size * 0.55, x + half, y + style.size * 0.55)


@dataclass(frozen=True, slots=True)
class Clearance:
    """Where names may stand: within the frame, of ``height``, and best on nothing that is ``taken``."""

    taken: list[Rectangle]
    height: float

    def holds(self, ring: Ring, width: float) -> bool:
        """Whether the whole of a ring lies inside the frame, so that nothing of the region is cut off."""
        return all(0 < x < width and 0 < y < self.height for x, y in ring)


def draw_country(canvas: Canvas, name: str, rings: list[list[Point]], clearance: Clearance) -> list[Rectangle]:
    """Draw the name of a country along the widest free line inside it, and of a region that is narrower than its name
    across its borders, but not of one that the frame cuts; returns the name's box, none where there is no room.
    """
    style = canvas.style
    width, half = style.text_width(name) * 1.05, style.size * 0.6
    best: tuple[float, Point] | None = None
    for ring in rings:
        least = -OVERHANG * width if clearance.holds(ring, style.width) else style.size
        top, bottom = min(y for _, y in ring), max(y for _, y in ring)
        for step in range(1, 20):
            y = top + (bottom - top) * step / 20
            if not half < y < clearance.height - half:
                continue
            for left, right in segments(ring, y):
                middle = (left + right) / 2
                box = Rectangle(middle - width / 2, y - half, middle + width / 2, y + half)
                free = right - left - width - sum(box.overlap(other) for other in clearance.taken) * 10
                if free > least and (best is None or free > best[0]):
                    best = (free, (middle, y))
    if not name or best is None:
        return []
    return [draw_region(canvas, name, best[1], clearance.height)]


def segments(ring: Ring, y: float) -> Iterator[Point]:
    """The pieces of a horizontal line that lie inside a ring, as (left, right)."""
    crossings = sorted(
        a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for a, b in pairwise([*ring, ring[0]])
        if (a[1] <= y) != (b[1] <= y)
    )
    yield from zip(crossings[::2], crossings[1::2], strict=False)


def draw_scale(canvas: Canvas, scale: float, height: float) -> Rectangle:
    """A bar of a round number of km at the bottom left; ``scale`` in points per km. Returns its box."""
    style, size = canvas.style, canvas.style.size
    wanted = style.width / 5 / scale
    step = 10 ** math.floor(math.log10(wanted))
    km = max(factor * step for factor in (1, 2, 5) if factor * step <= wanted)
    x, y = size * 0.9, height - size * 0.9
    canvas.line((x, y), (x + km * scale, y), style.ink, 0.8)
    for end in (x, x + km * scale):
        canvas.line((end, y - size * 0.25), (end, y + size * 0.25), style.ink, 0.8)
    words = f"{km:,.0f} km" if km >= 1 else f"{km:g} km"
    canvas.text((x + km * scale + size * 0.5, y + size * 0.34), words)
    return Rectangle(0, y - size, x + km * scale + size + style.text_width(words), height)


def draw_legend(canvas: Canvas, data: MapData, height: float) -> float:
    """Draw below the frame what the signs mean, when there are several, and the lines, when they have a name; returns
    the height used.
    """
    style, size = canvas.style, canvas.style.size
    kinds = data.kinds if len(data.kinds) > 1 else []
    entries: list[tuple[str, int | None]] = [(kind, index) for index, kind in enumerate(kinds)]
    if data.lines and data.lines_name:
        entries.append((data.lines_name, None))
    if not entries:
        return 1.0
    x, y = size * 0.5, height + size * 1.3
    for words, sign in entries:
        stretch = size * 1.2 if sign is None else 0.0
        width = size * 3.2 + stretch + style.text_width(words)
        if x > size and x + width > style.width:
            x, y = size * 0.5, y + size * 1.5
        if sign is None:
            canvas.polyline([(x - size * 0.3, y), (x + stretch, y)], LINE, LINE_WIDTH)
        else:
            draw_sign(canvas, x, y, sign)
        canvas.text((x + stretch + size * 0.9, y + size * 0.34), words)
        x += width
    return y + size - height

"""Preset shapes → SVG path data (ECMA-376 part 1, 20.1.10.56); a shape without an entry is drawn as its rectangle."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

Point = tuple[float, float]
Adjust = Mapping[str, float]
"""Name of an adjustment (``adj``, ``adj1``) → its value; the unit is a 100,000th."""


def share(given: Adjust, name: str, usual: float) -> float:
    """Return an adjustment as a share of one."""
    return given.get(name, usual) / 100_000


def polygon(points: list[Point]) -> str:
    """Return a closed path through points."""
    return "M" + " L".join(f"{x:.2f} {y:.2f}" for x, y in points) + " Z"


def regular(corners: int, turn: float = -90.0) -> Callable[[float, float, Adjust], str]:
    """Return what draws a polygon whose corners lie on the ellipse in its box."""

    def draw(w: float, h: float, _given: Adjust) -> str:
        angles = [math.radians(turn + 360 * n / corners) for n in range(corners)]
        return polygon([(w / 2 * (1 + math.cos(a)), h / 2 * (1 + math.sin(a))) for a in angles])

    return draw


def slanted(w: float, h: float, given: Adjust) -> float:
    """Return by how much the slanted side of a shape leans in."""
    return min(share(given, "adj", 25_000) * min(w, h), w)


def triangle(w: float, h: float, given: Adjust) -> str:
    """An isosceles triangle, its top where ``adj`` says."""
    return polygon([(0, h), (share(given, "adj", 50_000) * w, 0), (w, h)])


def parallelogram(w: float, h: float, given: Adjust) -> str:
    """A parallelogram that leans to the right."""
    lean = slanted(w, h, given)
    return polygon([(0, h), (lean, 0), (w, 0), (w - lean, h)])


def trapezoid(w: float, h: float, given: Adjust) -> str:
    """A trapezium, narrow at the top."""
    lean = min(slanted(w, h, given), w / 2)
    return polygon([(0, h), (lean, 0), (w - lean, 0), (w, h)])


def hexagon(w: float, h: float, given: Adjust) -> str:
    """A hexagon with a point at the left and at the right."""
    lean = min(slanted(w, h, given), w / 2)
    return polygon([(0, h / 2), (lean, 0), (w - lean, 0), (w, h / 2), (w - lean, h), (lean, h)])


def home_plate(w: float, h: float, given: Adjust) -> str:
    """A rectangle with a point at the right."""
    lean = min(share(given, "adj", 50_000) * min(w, h), w)
    return polygon([(0, 0), (w - lean, 0), (w, h / 2), (w - lean, h), (0, h)])


def chevron(w: float, h: float, given: Adjust) -> str:
    """A band that is bent to the right."""
    lean = min(share(given, "adj", 50_000) * min(w, h), w)
    return polygon([(0, 0), (w - lean, 0), (w, h / 2), (w - lean, h), (0, h), (lean, h / 2)])


def cut(corners: str, name: str, usual: float = 16_667) -> Callable[[float, float, Adjust], str]:
    """Return what draws a rectangle of which ``corners`` are cut (``a`` is the top left one, then clockwise)."""

    def draw(w: float, h: float, given: Adjust) -> str:
        d = min(share(given, name, usual), 0.5) * min(w, h)
        every: dict[str, list[Point]] = {
            "a": [(0, d), (d, 0)], "b": [(w - d, 0), (w, d)], "c": [(w, h - d), (w - d, h)], "d": [(d, h), (0, h - d)],
        }  # fmt: skip
        square: dict[str, Point] = {"a": (0, 0), "b": (w, 0), "c": (w, h), "d": (0, h)}
        return polygon(
            [point for corner in "abcd" for point in (every[corner] if corner in corners else [square[corner]])]
        )

    return draw


def rounded(corners: str, name: str, usual: float = 16_667) -> Callable[[float, float, Adjust], str]:
    """Return what draws a rectangle of which ``corners`` are round (``a`` is the top left one, then clockwise)."""

    def draw(w: float, h: float, given: Adjust) -> str:
        d = min(share(given, name, usual), 0.5) * min(w, h)
        r = {corner: d if corner in corners else 0.0 for corner in "abcd"}
        return (
            f"M{r['a']:.2f} 0 L{w - r['b']:.2f} 0 Q{w:.2f} 0 {w:.2f} {r['b']:.2f} L{w:.2f} {h - r['c']:.2f} "
            f"Q{w:.2f} {h:.2f} {w - r['c']:.2f} {h:.2f} L{r['d']:.2f} {h:.2f} Q0 {h:.2f} 0 {h - r['d']:.2f} "
            f"L0 {r['a']:.2f} Q0 0 {r['a']:.2f} 0 Z"
        )

    return draw


def plus(w: float, h: float, given: Adjust) -> str:
    """A cross."""
    d = min(share(given, "adj", 25_000), 0.5) * min(w, h)
    x, y = w - d, h - d
    return polygon([(d, 0), (x, 0), (x, d), (w, d), (w, y), (x, y), (x, h), (d, h), (d, y), (0, y), (0, d), (d, d)])


def frame(w: float, h: float, given: Adjust) -> str:
    """A rectangle with a rectangular hole, which runs the other way round."""
    d = min(share(given, "adj1", 12_500), 0.5) * min(w, h)
    return polygon([(0, 0), (w, 0), (w, h), (0, h)]) + polygon([(d, d), (d, h - d), (w - d, h - d), (w - d, d)])


def half_frame(w: float, h: float, given: Adjust) -> str:
    """The upper and the left side of a frame, with slanted ends."""
    d, e = share(given, "adj1", 33_333) * min(w, h), share(given, "adj2", 33_333) * min(w, h)
    return polygon([(0, 0), (w, 0), (w - d * w / h, d), (e, d), (e, h - e * h / w), (0, h)])


def corner(w: float, h: float, given: Adjust) -> str:
    """An L."""
    d, e = share(given, "adj1", 50_000) * min(w, h), share(given, "adj2", 50_000) * min(w, h)
    return polygon([(0, 0), (e, 0), (e, h - d), (w, h - d), (w, h), (0, h)])


def arrow(turn: str) -> Callable[[float, float, Adjust], str]:
    """Return what draws an arrow that points to the ``r``ight, ``l``eft, ``u``p or ``d``own."""

    def draw(w: float, h: float, given: Adjust) -> str:
        long, wide = (w, h) if turn in "rl" else (h, w)
        stem, head = share(given, "adj1", 50_000) * wide, min(share(given, "adj2", 50_000) * min(w, h), long)
        a, b = (wide - stem) / 2, (wide + stem) / 2
        points = [
            (0, a),
            (long - head, a),
            (long - head, 0),
            (long, wide / 2),
            (long - head, wide),
            (long - head, b),
            (0, b),
        ]
        return polygon([
            {"r": (x, y), "l": (w - x, y), "d": (y, x), "u": (y, h - x)}[turn] for x, y in points
        ])  # fmt: skip

    return draw


def star(w: float, h: float, _given: Adjust) -> str:
    """A star with five points."""
    radii = [1.0, 0.38] * 5
    angles = [math.radians(-90 + 36 * n) for n in range(10)]
    return polygon(
        [(w / 2 * (1 + r * math.cos(a)), h / 2 * (1 + r * math.sin(a))) for r, a in zip(radii, angles, strict=True)]
    )


def ellipse(w: float, h: float, inset: float = 0.0, *, back: bool = False) -> str:
    """Return an ellipse in a box, ``inset`` points smaller; it may run back to make a hole."""
    rx, ry, sweep = w / 2 - inset, h / 2 - inset, 0 if back else 1
    return (
        f"M{inset:.2f} {h / 2:.2f} A{rx:.2f} {ry:.2f} 0 1 {sweep} {w - inset:.2f} {h / 2:.2f} "
        f"A{rx:.2f} {ry:.2f} 0 1 {sweep} {inset:.2f} {h / 2:.2f} Z"
    )


def donut(w: float, h: float, given: Adjust) -> str:
    """A ring."""
    return ellipse(w, h) + ellipse(w, h, min(share(given, "adj", 25_000), 0.5) * min(w, h), back=True)


def sector(usual: tuple[float, float], close: str) -> Callable[[float, float, Adjust], str]:
    """Return what draws a part of an ellipse between two angles in 60,000ths of a degree."""

    def draw(w: float, h: float, given: Adjust) -> str:
        first, last = (math.radians(given.get(f"adj{n}", usual[n - 1]) / 60_000) for n in (1, 2))
        (x1, y1), (x2, y2) = ((w / 2 * (1 + math.cos(a)), h / 2 * (1 + math.sin(a))) for a in (first, last))
        large = int((last - first) % math.tau > math.pi)
        end = f"L{w / 2:.2f} {h / 2:.2f} Z" if close == "centre" else close
        return f"M{x1:.2f} {y1:.2f} A{w / 2:.2f} {h / 2:.2f} 0 {large} 1 {x2:.2f} {y2:.2f} {end}"

    return draw


def bent(w: float, h: float, given: Adjust) -> str:
    """A line with two bends."""
    at = share(given, "adj1", 50_000) * w
    return f"M0 0 L{at:.2f} 0 L{at:.2f} {h:.2f} L{w:.2f} {h:.2f}"


DRAWN: dict[str, Callable[[float, float, Adjust], str]] = {
    "triangle": triangle,
    "rtTriangle": lambda w, h, _given: polygon([(0, h), (0, 0), (w, h)]),
    "diamond": lambda w, h, _given: polygon([(0, h / 2), (w / 2, 0), (w, h / 2), (w / 2, h)]),
    "flowChartDecision": lambda w, h, _given: polygon([(0, h / 2), (w / 2, 0), (w, h / 2), (w / 2, h)]),
    "parallelogram": parallelogram,
    "flowChartInputOutput": parallelogram,
    "trapezoid": trapezoid,
    "hexagon": hexagon,
    "pentagon": regular(5),
    "heptagon": regular(7),
    "decagon": regular(10, 0),
    "octagon": cut("abcd", "adj", 29_289),
    "homePlate": home_plate,
    "chevron": chevron,
    "roundRect": rounded("abcd", "adj"),
    "round1Rect": rounded("b", "adj"),
    "round2SameRect": rounded("ab", "adj1"),
    "round2DiagRect": rounded("ac", "adj1"),
    "flowChartAlternateProcess": rounded("abcd", "adj"),
    "flowChartTerminator": rounded("abcd", "adj", 50_000),
    "snip1Rect": cut("b", "adj"),
    "snip2SameRect": cut("ab", "adj1"),
    "snip2DiagRect": cut("bd", "adj2"),
    "plus": plus,
    "frame": frame,
    "halfFrame": half_frame,
    "corner": corner,
    "rightArrow": arrow("r"),
    "leftArrow": arrow("l"),
    "upArrow": arrow("u"),
    "downArrow": arrow("d"),
    "star5": star,
    "ellipse": lambda w, h, _given: ellipse(w, h),
    "flowChartConnector": lambda w, h, _given: ellipse(w, h),
    "donut": donut,
    "arc": sector((16_200_000, 0), ""),
    "chord": sector((2_700_000, 16_200_000), "Z"),
    "pie": sector((0, 16_200_000), "centre"),
    "line": lambda w, h, _given: f"M0 0 L{w:.2f} {h:.2f}",
    "straightConnector1": lambda w, h, _given: f"M0 0 L{w:.2f} {h:.2f}",
    "bentConnector3": bent,
}
"""Name of a preset shape → what draws it in a box of a width and height."""
LINES = ("line", "straightConnector1", "bentConnector3", "arc")
"""Shapes that are lines, and have no fill."""


def path_of(name: str, width: float, height: float, given: Adjust) -> str:
    """Return path data of a preset shape from the corner of its box; that of its rectangle where it has no entry."""
    draw = DRAWN.get(name)
    return (
        draw(width, height, given) if draw is not None else polygon([(0, 0), (width, 0), (width, height), (0, height)])
    )

"""Outlines of countries for the book's maps: Natural Earth (public domain), as packed in the npm package world-atlas.

Usage: python tools/make_outlines.py countries-50m.json book/data/outlines.geojson

Reads TopoJSON (the countries at 1:50 million), cuts it to the part of the world that the maps show, drops points that
make no difference at their scale, and writes GeoJSON with two decimals. Borders are those of today. Run once; the
result is kept.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from builder.charts.map_data import Point
from builder.charts.maps import clip

WEST, SOUTH, EAST, NORTH = 20.0, 25.0, 150.0, 72.0
TOLERANCE = 0.04
"""Degrees by which a simplified line may lie beside the true one."""
FOCUS = "Mongolia"


def arcs_of(topology: dict) -> list[list[Point]]:  # type: ignore[type-arg]
    """Arcs in degrees, from integers that are differences (TopoJSON specification, 2.1.3)."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(simplified(points))
    return arcs


def simplified(points: list[Point]) -> list[Point]:
    """Douglas and Peucker: the points without those that lie within the tolerance of the line."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5

    def distance(point: Point) -> float:
        if not length:
            return float(((point[0] - ax) ** 2 + (point[1] - ay) ** 2) ** 0.5)
        return float(abs((bx - ax) * (ay - point[1]) - (ax - point[0]) * (by - ay)) / length)

    index = max(range(1, len(points) - 1), key=lambda i: distance(points[i]))
    if distance(points[index]) <= TOLERANCE:
        return [points[0], points[-1]]
    return simplified(points[: index + 1])[:-1] + simplified(points[index:])


def ring_of(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    """A ring from its arcs; a negative index is an arc read backwards."""
    ring: list[Point] = []
    for index in indices:
        points = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += points[1:] if ring else points
    return ring


def main(source: str, target: str) -> None:
    """Write the outlines."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    features = []
    for country in topology["objects"]["countries"]["geometries"]:
        if country["type"] not in ("Polygon", "MultiPolygon"):
            continue
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        kept = []
        for polygon in polygons:
            rings = []
            for indices in polygon:
                moved = [(x - WEST, y - SOUTH) for x, y in ring_of(indices, arcs)]
                cut = [(round(x + WEST, 2), round(y + SOUTH, 2)) for x, y in clip(moved, EAST - WEST, NORTH - SOUTH)]
                if len(cut) > 3:
                    rings.append([*cut, cut[0]])
            if rings:
                kept.append(rings)
        if kept:
            name = country["properties"]["name"]
            properties = {"name": name, **({"focus": True} if name == FOCUS else {})}
            geometry = {"type": "MultiPolygon", "coordinates": kept}
            features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    lines = ",\n".join(
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        for feature in sorted(features, key=lambda feature: feature["properties"]["name"])
    )
    Path(target).write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

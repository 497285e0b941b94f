"""Places, outlines and lines of a map as they stand in files: CSV, and GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.charts.tables import read_table
from builder.errors import AuthorError, Source
from builder.store.text import text_of

MOST_PLACES = 300

Point = tuple[float, float]
Ring = Sequence[Point]


@dataclass(frozen=True, slots=True)
class Place:
    """A named point. Degrees east and north; places of one ``kind`` have one sign, and one without a kind beside others
    that have one is a region: it has a name and no sign.
    """

    name: str
    longitude: float
    latitude: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A country or region: rings of (longitude, latitude) in degrees. The map is about those in ``focus``."""

    name: str
    rings: tuple[Ring, ...]
    focus: bool = False


@dataclass(frozen=True, slots=True)
class MapExtent:
    """The part of the earth on a map, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, place: Place) -> bool:
        """Whether a place lies on the map."""
        return self.west <= place.longitude <= self.east and self.south <= place.latitude <= self.north


@dataclass(frozen=True, slots=True)
class MapData:
    """The data of a map. ``lines_name`` stands in the legend for all ``lines``."""

    places: tuple[Place, ...]
    outlines: tuple[Outline, ...]
    extent: MapExtent
    lines: tuple[Ring, ...] = ()
    lines_name: str = ""

    @property
    def kinds(self) -> list[str]:
        """Kinds of places in the order of the file; one without a name where none has a kind."""
        return list(dict.fromkeys(place.kind for place in self.places if place.kind)) or [""]

    @property
    def signed(self) -> list[Place]:
        """The places that have a sign."""
        return [place for place in self.places if place.kind in self.kinds]

    @property
    def regions(self) -> list[Place]:
        """The places that have a name and no sign."""
        return [place for place in self.places if place.kind not in self.kinds]


def read_places(path: Path, shown: str, source: Source) -> tuple[Place, ...]:
    """Places from the columns ``place``, ``longitude``, ``latitude`` and, when it is there, ``kind``.

    Raises:
        AuthorError: a column or a number is missing, or a coordinate is none.
    """
    table = read_table(path, shown, source)
    table.need(["place", "longitude", "latitude"], "map")
    if len(table.rows) > MOST_PLACES:
        raise AuthorError(
            f"'{shown}' has {len(table.rows)} places; a map shows at most {MOST_PLACES}: make several maps.", source
        )
    values = table.numbers("longitude", "latitude")
    for column, most in (("longitude", 180), ("latitude", 90)):
        for row, line, value in zip(table.rows, table.lines, values[column], strict=True):
            if value is None or abs(value) > most:
                raise AuthorError(
                    f"line {line} of '{shown}' has no {column} in degrees, from -{most} to {most}, "
                    f"for '{row['place']}'.",
                    source,
                )
    places = [
        Place(row["place"], longitude or 0.0, latitude or 0.0, row.get("kind", ""))
        for row, longitude, latitude in zip(table.rows, values["longitude"], values["latitude"], strict=True)
    ]
    return tuple(places)


def read_outlines(path: Path, shown: str, source: Source) -> tuple[Outline, ...]:
    """Polygons of a GeoJSON file; the properties ``name`` and ``focus`` are used.

    Raises:
        AuthorError: the file is missing or no collection of polygons.
    """
    features = read_features(path, shown, source, GeoJson("outlines", "polygons", ("Polygon", "MultiPolygon")))
    return tuple(
        Outline(str(properties.get("name", "")), rings, bool(properties.get("focus"))) for properties, rings in features
    )


def read_lines(path: Path, shown: str, source: Source) -> tuple[Ring, ...]:
    """Lines of a GeoJSON file, such as railways.

    Raises:
        AuthorError: the file is missing or no collection of lines.
    """
    features = read_features(path, shown, source, GeoJson("lines", "lines", ("LineString", "MultiLineString")))
    return tuple(line for _, lines in features for line in lines)


@dataclass(frozen=True, slots=True)
class GeoJson:
    """The contents that are expected of a GeoJSON file, in words for messages, and the types of geometry that hold
    them.
    """

    contents: str
    plural: str
    types: tuple[str, str]


def read_features(
    path: Path, shown: str, source: Source, expected: GeoJson
) -> list[tuple[dict[str, Any], tuple[Ring, ...]]]:
    """Properties of each feature, and its rings or lines.

    Raises:
        AuthorError: the file is missing or holds something else.
    """
    try:
        return [
            (feature.get("properties") or {}, rows_of_points(feature["geometry"], expected.types))
            for feature in json.loads(text_of(path))["features"]
        ]
    except FileNotFoundError:
        raise AuthorError(f"the file of {expected.contents} '{shown}' does not exist.", source) from None
    except AuthorError as error:
        raise AuthorError(f"'{shown}': {error.message}", source) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise AuthorError(
            f"'{shown}' is no GeoJSON collection of {expected.plural}; write a FeatureCollection with "
            f"{' or '.join(expected.types)}.",
            source,
        ) from None


def rows_of_points(geometry: dict[str, Any], types: tuple[str, str]) -> tuple[Ring, ...]:
    """Rings or lines of a geometry of one of ``types``.

    Raises:
        ValueError: it is of another type.
    """
    coordinates = geometry["coordinates"]
    match geometry["type"]:
        case other if other not in types:
            raise ValueError(other)
        case "LineString":
            rows = [coordinates]
        case "MultiPolygon":
            rows = [ring for polygon in coordinates for ring in polygon]
        case _:
            rows = coordinates
    return tuple(tuple((float(x), float(y)) for x, y, *_ in row) for row in rows)


def read_extent(words: str, source: Source) -> MapExtent:
    """``west, south, east, north`` in degrees.

    Raises:
        AuthorError: these are not four numbers in that order.
    """
    try:
        west, south, east, north = (float(word) for word in words.split(","))
        if not (-180 <= west < east <= 180 and -90 < south < north < 90):
            raise ValueError
    except ValueError:
        raise AuthorError(
            f":extent: '{words}' is not west, south, east, north in degrees, such as 87, 41, 120, 53.", source
        ) from None
    return MapExtent(west, south, east, north)


def extent_of(places: Iterable[Place], outlines: Iterable[Outline]) -> MapExtent:
    """Round all places and the outlines in focus, with a margin."""
    points = [(place.longitude, place.latitude) for place in places]
    points += [point for outline in outlines if outline.focus for ring in outline.rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    across, up = max(east - west, 1.0) * 0.06, max(north - south, 1.0) * 0.08
    return MapExtent(max(west - across, -180), max(south - up, -89), min(east + across, 180), min(north + up, 89))

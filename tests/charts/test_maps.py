"""Maps: places of a CSV file on outlines of a GeoJSON file, in book, web and slides."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from builder.charts.canvas import Style
from builder.charts.map_data import (
    MapData,
    MapExtent,
    Outline,
    Place,
    extent_of,
    read_extent,
    read_lines,
    read_outlines,
    read_places,
)
from builder.charts.maps import EARTH, LINE, clip, clip_line, draw_map, projection
from builder.errors import AuthorError, Source

from conftest import Book
from pdf_text import pages_of

HERE = Source("book.md", 3)
MONGOLIA = MapExtent(87, 41, 120, 53)
SQUARE = Outline("Square", (((95.0, 44.0), (110.0, 44.0), (110.0, 50.0), (95.0, 50.0)),), focus=True)


RAILWAYS = (
    '{"type": "FeatureCollection", "features": ['
    '{"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[90, 47], [100, 47, 1300], [130, 49]]}}, '
    '{"type": "Feature", "geometry": {"type": "MultiLineString", "coordinates": [[[96, 46], [97, 46]]]}}]}'
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_places_have_a_name_degrees_and_a_kind(tmp_path: Path) -> None:
    path = write(tmp_path, "p.csv", "place,longitude,latitude,kind\nKhovd,91.64,48.01,town\n")
    assert read_places(path, "p.csv", HERE) == (Place("Khovd", 91.64, 48.01, "town"),)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("place,longitude\nKhovd,91\n", "latitude"),
        ("place,longitude,latitude\nKhovd,east,48\n", "east"),
        ("place,longitude,latitude\n"
         "Khovd,48,91.6\n", "line 2 of 'p.csv' has no latitude in degrees, from -90 to 90, for 'Khovd'"),
        ("place,longitude,latitude\nKhovd,,48\n", "has no longitude"),
        ("place,longitude,latitude\n" + "A,1,1\n" * 301, "at most 300"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_place_is_said(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(AuthorError, match=complaint):
        read_places(write(tmp_path, "p.csv", text), "p.csv", HERE)


@pytest.mark.parametrize(
    "text", ["[1]", "{", '{"features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}}]}', "[" * 100_000]
)
def test_a_file_that_holds_no_polygons_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(AuthorError, match="no GeoJSON collection of polygons"):
        read_outlines(write(tmp_path, "o.geojson", text), "o.geojson", HERE)


@pytest.mark.parametrize(
    "text",
    ["{", '{"features": [{"geometry": {"type": "Polygon", "coordinates": [[[1, 2], [2, 3], [1, 3], [1, 2]]]}}]}'],
)
def test_a_file_that_holds_no_lines_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(AuthorError, match=r"no GeoJSON collection of lines; write .* LineString or MultiLineString"):
        read_lines(write(tmp_path, "l.geojson", text), "l.geojson", HERE)


def test_lines_of_one_piece_and_of_several_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, "l.geojson", RAILWAYS)
    assert read_lines(path, "l.geojson", HERE) == (((90, 47), (100, 47), (130, 49)), ((96, 46), (97, 46)))


def test_missing_lines_are_named(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match=r"the file of lines 'l\.geojson' does not exist"):
        read_lines(tmp_path / "l.geojson", "l.geojson", HERE)


def test_missing_outlines_are_named(tmp_path: Path) -> None:
    with pytest.raises(AuthorError, match=r"'o\.geojson' does not exist"):
        read_outlines(tmp_path / "o.geojson", "o.geojson", HERE)


@pytest.mark.parametrize("words", ["87, 41, 120", "120, 41, 87, 53", "a, b, c, d", "0, 0, 0, 0", "0, 0, nan, 9"])
def test_an_extent_is_four_numbers_in_order(words: str) -> None:
    with pytest.raises(AuthorError, match="west, south, east, north"):
        read_extent(words, HERE)


def test_the_middle_is_the_origin_and_distances_near_it_are_true() -> None:
    at = projection(MONGOLIA)
    middle = at(103.5, 47)
    assert middle == pytest.approx((0, 0), abs=0.01)
    north = at(103.5, 48)
    assert -north[1] == pytest.approx(EARTH * math.radians(1), rel=0.01), "north is up, in km"
    east = at(104.5, 47)
    assert east[0] == pytest.approx(EARTH * math.radians(1) * math.cos(math.radians(47)), rel=0.01)


def test_the_equator_has_a_map_too() -> None:
    at = projection(MapExtent(-20, -15, 20, 15))
    assert at(10, 0)[0] == pytest.approx(EARTH * math.radians(10), rel=0.01)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=3, max_size=30),
)
def test_a_clipped_ring_lies_inside_the_frame(ring: list[tuple[float, float]]) -> None:
    for x, y in clip(ring, 100, 80):
        assert -1e-6 <= x <= 100 + 1e-6
        assert -1e-6 <= y <= 80 + 1e-6


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ([(10, 10), (90, 70)], [[(10, 10), (90, 70)]]),
        ([(-50, 40), (150, 40)], [[(0, 40), (100, 40)]]),
        ([(50, 40), (150, 40), (150, 60), (50, 60)], [[(50, 40), (100, 40)], [(100, 60), (50, 60)]]),
        ([(10, 10), (20, 20), (30, 10)], [[(10, 10), (20, 20), (30, 10)]]),
        ([(-10, 90), (110, 90)], []),
        ([(-10, 10), (-10, 70)], []),
        ([(50, 40), (50, 40)], [[(50, 40), (50, 40)]]),
        ([(50, 40)], []),
    ],
)  # fmt: skip
def test_a_line_is_cut_at_the_frame_and_goes_on_where_it_comes_back(
    line: list[tuple[float, float]], pieces: list[list[tuple[float, float]]]
) -> None:
    assert clip_line(line, 100, 80) == pieces


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), max_size=20))
def test_a_clipped_line_lies_inside_the_frame(line: list[tuple[float, float]]) -> None:
    for x, y in (point for piece in clip_line(line, 100, 80) for point in piece):
        assert -1e-6 <= x <= 100 + 1e-6
        assert -1e-6 <= y <= 80 + 1e-6


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(-179, 179), st.floats(-85, 85)), min_size=1, max_size=12),
)
def test_any_places_make_a_map_with_each_name_on_it(points: list[tuple[float, float]]) -> None:
    places = tuple(Place(f"P{index}", x, y, f"kind {index % 3}") for index, (x, y) in enumerate(points))
    svg = draw_map(MapData(places, (SQUARE,), extent_of(places, [SQUARE])), Style(), "A map")
    assert "nan" not in svg
    assert "inf" not in svg
    for place in places:
        assert f">{place.name}</text>" in svg


def test_names_do_not_cover_each_other() -> None:
    places = tuple(Place(f"Town number {index}", 100 + index * 0.3, 47.0) for index in range(4))
    svg = draw_map(MapData(places, (SQUARE,), MONGOLIA), Style(), "")
    rows = [(float(x), float(y)) for x, y in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>Town', svg)]
    style = Style()
    width = style.text_width("Town number 0")
    for index, (x, y) in enumerate(rows):
        for other_x, other_y in rows[index + 1 :]:
            assert abs(x - other_x) >= width * 0.95 or abs(y - other_y) >= style.size * 0.75


@settings(deadline=None)
@given(st.floats(96, 106), st.floats(44, 50))
def test_a_name_with_room_all_round_stands_right_of_its_sign(longitude: float, latitude: float) -> None:
    data = MapData((Place("Ulaanbaatar", longitude, latitude),), (), MONGOLIA)
    svg = draw_map(data, Style())
    sign = float(re.findall(r'<circle cx="([\d.]+)"', svg)[0])
    name = float(re.findall(r'<text x="([\d.]+)"[^>]*>Ulaanbaatar<', svg)[0])
    assert 0 < name - sign < 10


def test_the_country_is_named_and_the_scale_is_round() -> None:
    svg = draw_map(MapData((Place("Khovd", 91.6, 48.0),), (SQUARE,), MONGOLIA), Style(), "")
    assert ">Square</text>" in svg
    assert ">500 km</text>" in svg


def test_signs_are_explained_when_there_are_several() -> None:
    one = draw_map(MapData((Place("A", 100, 47, "town"),), (), MONGOLIA), Style())
    two = draw_map(MapData((Place("A", 100, 47, "town"), Place("B", 103, 47, "grave")), (), MONGOLIA), Style())
    assert ">town</text>" not in one
    assert ">town</text>" in two
    assert ">grave</text>" in two


def test_a_place_without_a_kind_beside_others_is_a_region_without_a_sign() -> None:
    town, region = Place("Khovd", 91.6, 48.0, "town"), Place("Manchukuo", 112, 47)
    svg = draw_map(MapData((town, region), (), MONGOLIA), Style())
    assert svg.count("<circle") == 1, "the town's; and no legend, for there is one kind"
    assert f'fill="{Style().grey}">Manchukuo</text>' in svg
    assert draw_map(MapData((region,), (), MONGOLIA), Style()).count("<circle") == 1, "where no place has a kind"


def test_a_name_of_a_region_or_country_stays_inside_the_frame() -> None:
    style, edge = Style(), (Place("Khovd", 91.6, 48.0, "town"), Place("Inner Mongolia", 119.9, 41.05))
    sliver = Outline("Russia", (((80.0, 51.0), (125.0, 51.0), (125.0, 60.0), (80.0, 60.0)),))
    svg = draw_map(MapData(edge, (sliver,), MONGOLIA), style)
    height = float(re.findall(r'<rect x="0(?:\.0+)?" y="0(?:\.0+)?" width="[\d.]+" height="([\d.]+)"', svg)[0])
    for name in ("Inner Mongolia", "Russia"):
        x, y = (float(value) for value in re.findall(rf'<text x="([\d.]+)" y="([\d.]+)"[^>]*>{name}<', svg)[0])
        assert style.size * 0.8 < y < height - style.size * 0.2, name
        assert style.text_width(name) / 2 < x < style.width - style.text_width(name) / 2, name


def test_a_place_off_the_map_is_left_out_and_named(book: Book) -> None:
    book.write("data/places.csv", "place,longitude,latitude\nKhovd,91.6,48\nMoscow,37.6,55.8\n")
    result = book.build("# One\n\n```{map} data/places.csv\n:extent: 87, 41, 120, 53\n:alt: A\n```\n", "--to", "html")
    assert (
        "chapter.md:3: WARNING: :extent: leaves out Moscow; widen it, or take them out of 'data/places.csv'."
        in result.errors
    )
    page = (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
    assert ">Khovd</text>" in page
    assert ">Moscow</text>" not in page


def small(name: str, west: float, south: float = 46.0) -> Outline:
    """A region of three degrees, less wide than a long name."""
    return Outline(name, (((west, south), (west + 3, south), (west + 3, south + 2), (west, south + 2)),))


def test_a_region_that_lies_whole_on_the_map_has_its_name_across_its_borders() -> None:
    name = "Övörkhangai"
    assert f">{name}</text>" in draw_map(MapData((), (small(name, 100),), MONGOLIA), Style())
    assert f">{name}</text>" not in draw_map(MapData((), (small(name, 85),), MONGOLIA), Style()), "cut by the frame"
    assert f">{name}, and much more</text>" not in draw_map(
        MapData((), (small(f"{name}, and much more", 100),), MONGOLIA), Style()
    )


def test_names_of_regions_do_not_cover_each_other() -> None:
    svg = draw_map(MapData((), (small("Övörkhangai", 100), small("Gobi-Altai", 103)), MONGOLIA), Style())
    (x, y), (other_x, other_y) = [
        (float(x), float(y)) for x, y in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>(?:Övör|Gobi)', svg)
    ]
    half = (Style().text_width("Övörkhangai") + Style().text_width("Gobi-Altai")) / 2
    assert abs(x - other_x) >= half or abs(y - other_y) >= Style().size


def test_lines_are_explained_when_they_have_a_name_even_where_one_kind_of_place_is_not() -> None:
    places, lines = (Place("A", 100, 47, "town"),), (((95.0, 45.0), (110.0, 45.0)),)
    unnamed = draw_map(MapData(places, (), MONGOLIA, lines), Style())
    named = draw_map(MapData(places, (), MONGOLIA, lines, "railway"), Style())
    assert unnamed.count(LINE) == 1
    assert named.count(LINE) == 2, "once on the map, once in the legend"
    assert ">railway</text>" in named
    assert ">town</text>" not in named


def test_lines_outside_of_the_map_are_not_drawn() -> None:
    away = (((10.0, 45.0), (20.0, 45.0)),)
    assert LINE not in draw_map(MapData((Place("A", 100, 47),), (), MONGOLIA, away), Style())


def test_a_name_does_not_stand_on_a_line() -> None:
    line = (((100.0, 47.0), (104.0, 47.0), (108.0, 47.0)),)
    svg = draw_map(MapData((Place("Choir", 103.5, 47.0),), (), MONGOLIA, line), Style())
    sign = float(re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', svg)[0])
    baseline = float(re.findall(r'y="([\d.]+)"[^>]*>Choir<', svg)[0])
    assert abs(baseline - 0.34 * Style().size - sign) > 0.5 * Style().size, "above or below, not beside the sign"


def test_outlines_keep_holes_and_focus(tmp_path: Path) -> None:
    ring, hole = [[0, 0], [9, 0], [9, 9], [0, 0]], [[2, 1], [3, 1], [3, 2], [2, 1]]
    feature = {
        "type": "Feature",
        "properties": {"name": "Land", "focus": True},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring, hole]]},
    }
    path = write(tmp_path, "o.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (outline,) = read_outlines(path, "o.geojson", HERE)
    assert (outline.name, outline.focus, len(outline.rings)) == ("Land", True, 2)


MAP = """# One

```{map} places.csv
:name: fig-map
:outlines: land.geojson
:alt: Two towns.
:class: slide

Where they are
```
"""
LAND = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Land", "focus": true}, '
    '"geometry": {"type": "Polygon", "coordinates": [[[95, 44], [110, 44], [110, 50], [95, 50], [95, 44]]]}}]}'
)


def test_one_map_in_web_book_and_slides(book: Book) -> None:
    book.write("places.csv", "place,longitude,latitude,kind\nKhovd,96,48,town\nMörön,100.2,49.6,grave\n")
    book.write("land.geojson", LAND)
    book.write("slides/lectures.toml", '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\n')
    result = book.build(MAP)
    assert result.status == 0, result.errors
    page = (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
    assert ">Khovd</text>" in page
    assert "Two towns. Khovd (town); Mörön (grave)." in page, "the alternative text has the places in words"
    assert "<td>Mörön</td><td>grave</td><td>49.6</td><td>100.2</td>" in page, "and a table behind the drawing"
    text = " ".join(pages_of(result.pdf))
    assert "Khovd" in text.replace(" ", ""), "letters of a drawing stand one by one"
    assert "Figure 1.1" in text
    slides = Presentation(str(book.folder / "_build/slides/one.pptx")).slides
    pictures = [shape for slide in slides for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert len(pictures) == 1
    assert "Khovd (town)" in pictures[0]._element.nvPicPr.cNvPr.get("descr")


def test_one_railway_in_web_book_and_slides(book: Book) -> None:
    book.write("places.csv", "place,longitude,latitude\nKhovd,96,48\n")
    book.write("land.geojson", LAND)
    book.write("railways.geojson", RAILWAYS)
    book.write("slides/lectures.toml", '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\n')
    options = ":lines: railways.geojson\n:lines-name: railway\n:alt:"
    result = book.build(MAP.replace(":alt:", options))
    assert result.status == 0, result.errors
    page = (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
    assert page.count(f'stroke="{LINE}"') == 3, "two lines and the legend"
    assert "Two towns. Khovd; lines: railway." in page
    assert "railway" in "".join(pages_of(result.pdf)).replace(" ", "")
    slides = Presentation(str(book.folder / "_build/slides/one.pptx")).slides
    (picture,) = [shape for slide in slides for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert "lines: railway" in picture._element.nvPicPr.cNvPr.get("descr")


def test_changed_lines_change_the_map(book: Book) -> None:
    book.write("places.csv", "place,longitude,latitude\nKhovd,96,48\n")
    book.write("land.geojson", LAND)
    book.write("railways.geojson", RAILWAYS)
    source = MAP.replace(":alt:", ":lines: railways.geojson\n:alt:")
    assert book.build(source).status == 0
    page = book.folder / "_build/html/chapter.html"
    before = page.read_text(encoding="utf-8").count(LINE)
    book.write("railways.geojson", '{"type": "FeatureCollection", "features": []}')
    assert book.build(source).status == 0
    assert (before, page.read_text(encoding="utf-8").count(LINE)) == (2, 0)


def test_outlines_outside_the_book_are_refused(book: Book) -> None:
    book.write("places.csv", "place,longitude,latitude\nKhovd,96,48\n")
    result = book.build(MAP.replace("land.geojson", "../../etc/land.geojson"))
    assert result.status == 1
    assert "lies outside the book's folder" in result.errors
    assert "chapter.md:3" in result.errors


def test_changed_outlines_change_the_map(book: Book) -> None:
    book.write("places.csv", "place,longitude,latitude\nKhovd,96,48\n")
    book.write("land.geojson", LAND)
    assert book.build(MAP).status == 0
    book.write("land.geojson", LAND.replace('"Land"', '"Country"'))
    assert book.build(MAP).status == 0
    assert ">Country</text>" in (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")

"""Writes docs/drawings.png: charts of each kind, a timeline and a map, as slides show them.

Run it after a change of what these look like: ``python tools/make_drawing_pictures.py``. Needs pdftoppm.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
from pathlib import Path

from make_sentence_pictures import CONF, write_sheet

from builder.commands.cli import main

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs/drawings.png"
FILES = {
    "rows.csv": "rows,stones,in two,half\n1,1,2,0.5\n2,3,6,1\n3,6,12,1\n4,10,20,1.5\n5,15,30,2\n6,21,42,2\n",
    "points.csv": "x,y,z\n1,2,1\n2,2.8,1.9\n3,4.1,2.4\n4,4.6,3.6\n5,6.2,4.1\n6,6.9,5.2\n",
    "estimates.csv": "who,low,high\nState,20000,20000\nCommission,22000,27000\nScholars,20000,35000\nMemoirs,30000,",
    "shares.csv": "part,share\nRead,46\nTaught,31\nForgotten,23\n",
    "days.csv": "date,event\n1714,Longitude Act\n1735,First clock\n1741,Second clock\n1759,The watch\n1773,Prize\n",
    "places.csv": "place,longitude,latitude,kind\nNorth,5,52,bell\nSouth,9,49,watch\nEast,17,51,bell\nWest,2,50,watch",
}
COAST = [[0, 49], [3, 50], [1, 51.4], [4, 53], [11, 52.7], [19, 52.6], [20, 50], [15, 48.8], [7, 48.6], [0, 49]]
LAND = {
    "type": "Feature",
    "properties": {"name": "Land", "focus": True},
    "geometry": {"type": "Polygon", "coordinates": [COAST]},
}
DRAWINGS = (
    ("Columns", "{chart} rows.csv", ":type: column\n:x: rows\n:y: stones, in two"),
    ("Bars with a unit", "{chart} shares.csv", ":type: bar\n:x: part\n:y: share\n:unit: %"),
    ("Stacked columns", "{chart} rows.csv", ":type: stacked-column\n:x: rows\n:y: stones, in two"),
    ("Lines with error bars", "{chart} rows.csv", ":type: line\n:x: rows\n:y: stones\n:errors: half"),
    ("Points", "{chart} points.csv", ":type: scatter\n:x: x\n:y: y, z"),
    ("Columns and a line", "{chart} rows.csv", ":type: combined\n:x: rows\n:y: stones, in two\n:lines: in two"),
    ("Ranges", "{chart} estimates.csv", ":type: range\n:x: who\n:y: low, high"),
    ("Shares of a whole", "{chart} shares.csv", ":type: doughnut\n:x: part\n:y: share"),
    ("An area", "{chart} rows.csv", ":type: area\n:x: rows\n:y: stones, in two"),
    ("Stacked bars", "{chart} rows.csv", ":type: stacked-bar\n:x: rows\n:y: stones, in two"),
    ("A chronology", "{timeline} days.csv", ""),
    ("A map", "{map} places.csv", ":outlines: land.geojson"),
)
"""Title of a slide, the directive on it, and its options."""


def slide(title: str, directive: str, options: str) -> str:
    """A section whose slide shows a drawing."""
    lines = [f"```{directive}", *options.splitlines(), ":class: slide", ":alt: An example.", "", title, "```"]
    return "\n".join(["", "{.slide}", f"## {title}", "", *lines, ""])


def built(folder: Path) -> Path:
    """The PDF of the example's deck."""
    for name, content in FILES.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "index.md").write_text("# Root\n\n```{toctree}\n\nchapter\n```\n", encoding="utf-8")
    (folder / "land.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [LAND]}), encoding="utf-8"
    )
    slides = "".join(slide(*drawing) for drawing in DRAWINGS)
    (folder / "chapter.md").write_text(f"# Drawings\n{slides}", encoding="utf-8")
    with contextlib.chdir(folder):
        main(["build", "-q", "--to", "pptx"])
    return folder / "_build/slides/chapter.pdf"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        write_sheet(built(Path(name)), TARGET)

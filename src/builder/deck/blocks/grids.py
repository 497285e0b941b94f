"""Two to six pictures of equal heights, each under a label of its own where it has one, above its caption."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from builder.deck.blocks.pictures import Picture
from builder.deck.geometry import Area, Geometry, Sizes
from builder.deck.kinds import KINDS, Kind, Lines, measure
from builder.deck.lines import Typeface, height_of_runs
from builder.deck.measured import HEADING_GAP, Measured, bold, caption_size
from builder.deck.model import Block, Placed, Runs, plain
from builder.deck.words import words_of
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

GRID_GAP = 18.0
LOWEST = 60.0
"""No row of pictures is lower, in points."""
UPPER = 0.4
"""What share of the room that rows leave is above them."""
ROWS = (1, 2)
FEWEST, MOST = 2, 6
"""Pictures in a grid."""


@dataclass(frozen=True, slots=True)
class PictureGrid:
    """``labels`` are those of the pictures, () for one without; () where none has any."""

    pictures: tuple[Picture, ...]
    labels: tuple[Runs, ...]
    source: Source
    label: str = ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A picture in a row: from where to where it stands, its label, and the heights above and below the picture."""

    picture: Picture
    words: Runs
    x: float
    width: float
    above: float
    below: float


def rows_of(block: PictureGrid, count: int) -> list[list[tuple[Picture, Runs]]]:
    """The pictures and their labels in ``count`` rows."""
    labels = block.labels or ((),) * len(block.pictures)
    cells = list(zip(block.pictures, labels, strict=True))
    each = ceil(len(cells) / count)
    return [cells[first : first + each] for first in range(0, len(cells), each)]


def ratio(picture: Picture) -> float:
    """Width of a picture against its height."""
    return picture.width_px / picture.height_px


def cells_in(
    row: list[tuple[Picture, Runs]], width: float, tall: float, geometry: Geometry, typeface: Typeface
) -> list[GridCell]:
    """The cells of a row whose pictures are ``tall`` points high, in the middle of ``width``."""
    widths = [ratio(picture) * tall for picture, _ in row]
    x = (width - sum(widths) - GRID_GAP * (len(row) - 1)) / 2
    size = geometry.sizes.column_heading
    found = []
    for (picture, words), wide in zip(row, widths, strict=True):
        above = height_of_runs(bold(words), wide, size, typeface) + HEADING_GAP if words else 0.0
        found.append(GridCell(picture, words, x, wide, above, caption_size(picture.caption, wide, geometry, typeface)))
        x += wide + GRID_GAP
    return found


def beside_pictures(cells: list[GridCell]) -> float:
    """The height of labels and captions in a row."""
    return max(cell.above for cell in cells) + max(cell.below for cell in cells)


def tallest(row: list[tuple[Picture, Runs]], width: float) -> float:
    """The height at which the pictures of a row fill its width."""
    return (width - GRID_GAP * (len(row) - 1)) / sum(ratio(picture) for picture, _ in row)


def _measure(block: PictureGrid, width: float, _scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    def in_rows(count: int, height: float) -> list[list[GridCell]]:
        """Rows whose pictures are as high as they can be in ``height``."""
        rows = rows_of(block, count)
        most = min(tallest(row, width) for row in rows)
        for _ in range(3):  # narrower captions may take more lines
            cells = [cells_in(row, width, most, geometry, typeface) for row in rows]
            room = height - sum(map(beside_pictures, cells)) - GRID_GAP * (len(rows) - 1)
            most = max(min(most, room / len(rows)), LOWEST)
        return [cells_in(row, width, most, geometry, typeface) for row in rows]

    def placed(height: float) -> tuple[Placed, ...]:
        ways = [in_rows(count, height) for count in ROWS if count <= len(block.pictures) / 2 or count == 1]
        best = max(ways, key=lambda rows: rows[0][0].width / ratio(rows[0][0].picture))
        spare = max(height - height_of_rows(best), 0.0)
        return tuple(one.moved(0, UPPER * spare) for one in pictures_in(best, geometry, typeface))

    def height_of_rows(rows: list[list[GridCell]]) -> float:
        return sum(beside_pictures(row) + row[0].width / ratio(row[0].picture) for row in rows) + GRID_GAP * (
            len(rows) - 1
        )

    wanted = height_of_rows(in_rows(1, geometry.height))
    if len(block.pictures) > 3:
        wanted = max(wanted, height_of_rows(in_rows(2, geometry.content.height)))
    least = min(wanted, height_of_rows(in_rows(1, 0.0)))
    return Measured(block, geometry.sizes.caption, least, wanted, inside=placed)


def pictures_in(rows: list[list[GridCell]], geometry: Geometry, typeface: Typeface) -> list[Placed]:
    """The boxes of pictures, below their labels; each has its caption below it."""
    found, y = [], 0.0
    for row in rows:
        above = max(cell.above for cell in row)
        tall = row[0].width / ratio(row[0].picture)
        for cell in row:
            measured = measure(cell.picture, cell.width, 1.0, geometry, typeface)
            found.append(measured.at(cell.x, y + above, cell.width, tall + measured.caption_height))
        y += above + tall + max(cell.below for cell in row) + GRID_GAP
    return found


def labels_in(placed: Placed, sizes: Sizes, typeface: Typeface) -> list[tuple[Runs, Area]]:
    """The labels of the pictures in a placed grid, each with its box above the picture."""
    block = placed.block
    assert isinstance(block, PictureGrid)
    found = []
    for words, picture in zip(block.labels, placed.inside, strict=False):
        if words:
            tall = height_of_runs(bold(words), picture.width, sizes.column_heading, typeface)
            area = Area(picture.x, picture.y - HEADING_GAP - tall, picture.width, tall)
            found.append((bold(words), area))
    return found


def _words(block: PictureGrid) -> Lines:
    labels = [plain(words) for words in block.labels if words]
    return (*labels, *(line for one in block.pictures for line in words_of(one)))


def _inside(block: PictureGrid) -> tuple[Block, ...]:
    return block.pictures


def _page(p: PageWriter, placed: Placed) -> str:
    size = p.geometry.sizes.column_heading
    out = [
        f"#at({area.x:.2f}, {area.y:.2f}, {area.width:.2f})"
        f"[#text({size:g}pt, fill: {p.colour('accent1_text')})[{p.lines(words, area.width, size)}]]"
        for words, area in labels_in(placed, p.geometry.sizes, p.typeface)
    ]
    return "\n".join([*out, *map(p.block, placed.inside)])


KINDS[PictureGrid] = Kind(_measure, _words, _page, inside=_inside)

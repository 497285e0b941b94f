"""Tables, whose cells may span columns and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count as counting
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from builder.deck.geometry import Geometry
from builder.deck.kinds import KINDS, Kind, Lines, Split, all_of_few
from builder.deck.lines import Typeface, break_runs, split_runs
from builder.deck.measured import Measured, bold, caption_size, size_at
from builder.deck.model import Block, Caption, Placed, Run, Runs, is_lit, plain
from builder.deck.pieces import cuts, stripped
from builder.deck.scripts import direction
from builder.deck.words import is_visible
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

CELL_PADDING_X = 10.0
CELL_PADDING_Y = 7.0
MOST_SPARE = 0.5
"""By what share columns may be wider than their words: those of a small table stay near each other."""
WIDE_ENOUGH = 0.75
"""A table that is as wide as that share of the room fills it."""
READABLE = 6.0
"""How wide in em a column is at least before words in it are cut."""
LEAST_CAPTION = 400.0
"""How wide in points the caption of a narrow table is."""
MOST_ROWS, LONG_CELL = 12, 60
"""In how many rows one is shown at most, and how many letters a cell has at least that goes on in the next."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell of paragraphs; ``align`` is left, center, right, or start, where lines begin."""

    paragraphs: tuple[Runs, ...]
    align: str = "start"
    colspan: int = 1
    rowspan: int = 1

    def side(self, *, from_right: bool) -> str:
        """Where its lines begin: at the left in a deck that runs from there, so that the words of a column stand below
        each other whichever way they run.
        """
        return "left" if self.align == "start" and not from_right else self.align


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` of cells, the first ``head`` of them the head. Spanned places hold no cell.

    ``widest`` has a cell for each column of the table that this is a part of, so that all parts are as wide.
    """

    rows: tuple[tuple[Cell, ...], ...]
    columns: int
    head: int
    caption: Caption | None
    alt: str
    source: Source
    label: str = ""
    widest: tuple[Cell, ...] = ()


def _measure(block: Table, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = size_at(geometry, "table", scale)
    widths = table_columns(block, width, size, typeface)
    heights = []
    spanning = []
    fits = not is_too_wide(block, width, size, typeface)
    at_floor = scale <= geometry.sizes.lowest
    for number, row in cells_of(block):
        tallest = size * typeface.pitch
        for column, cell in row:
            room = room_of(cell, column, widths)
            height = 0.0
            for runs in map(bold, cell.paragraphs) if number < block.head else cell.paragraphs:
                broken = break_runs(runs, room, size, typeface)
                fits = fits and (broken.fits or not runs or at_floor)
                height += broken.height(size * typeface.pitch_of(runs))
            if cell.rowspan == 1:
                tallest = max(tallest, height)
            else:
                spanning.append((number, cell.rowspan, height + 2 * CELL_PADDING_Y))
        heights.append(tallest + 2 * CELL_PADDING_Y)
    rows = with_room(heights, spanning)
    wide = max(sum(widths), min(width, LEAST_CAPTION))
    below = caption_size(block.caption, wide, geometry, typeface)
    total = sum(rows) + below
    return Measured(block, size, total, total, fits, (), rows, tuple(widths), below, wide)


def room_of(cell: Cell, column: int, widths: Sequence[float]) -> float:
    """Width of the text in a cell that begins in a column."""
    return max(sum(widths[column : column + cell.colspan]) - 2 * CELL_PADDING_X, 1.0)


def table_columns(block: Table, width: float, size: float, typeface: Typeface) -> list[float]:
    """Column widths in ``width``: natural ones when they fit, and somewhat wider; else shared by what the cells need.

    Where not even words fit, the columns with the longest give way.
    """
    natural, least = needed(block, size, typeface)
    if sum(natural) <= width:
        most = (1 + MOST_SPARE) * sum(natural)
        spare = (width if most >= WIDE_ENOUGH * width else most) - sum(natural)
        return [value + spare * value / sum(natural) for value in natural]
    if sum(least) >= width:
        return levelled(least, width)
    spare, demand = width - sum(least), [n - m for n, m in zip(natural, least, strict=True)]
    weight = [value**0.5 for value in demand]
    return [m + spare * w / (sum(weight) or 1) for m, w in zip(least, weight, strict=True)]


def levelled(widths: Sequence[float], total: float) -> list[float]:
    """``widths`` of which the widest are cut to one level, so that they have this ``total``."""
    rest = total
    for number, width in enumerate(sorted(widths)):
        level = rest / (len(widths) - number)
        if width >= level:
            return [min(one, level) for one in widths]
        rest -= width
    return list(widths)


def is_too_wide(block: Table, width: float, size: float, typeface: Typeface) -> bool:
    """True if the columns would have to be narrower than their words and than what can be read."""
    readable = READABLE * size + 2 * CELL_PADDING_X
    return sum(min(least, readable) for least in needed(block, size, typeface)[1]) > width


def needed(block: Table, size: float, typeface: Typeface) -> tuple[list[float], list[float]]:
    """(the widths of the columns in which no cell is broken, those in which no word is)."""
    natural = [40.0] * block.columns
    least = [30.0] * block.columns
    for number, row in (*cells_of(block), (block.head, list(enumerate(block.widest)))):
        for column, cell in row:
            if cell.colspan > 1 or column >= block.columns:
                continue
            for runs in map(bold, cell.paragraphs) if number < block.head else cell.paragraphs:
                longest = max((typeface.width(run, run.text, size) for run in runs), default=0)
                whole = sum(typeface.width(run, run.text, size) for run in runs)
                words = [
                    typeface.width(run, word, size)
                    for run in runs
                    for word in ([run.text] if run.math else run.text.split())
                ]
                natural[column] = max(natural[column], whole + 2 * CELL_PADDING_X + 1, longest)
                least[column] = max(least[column], max(words, default=0) + 2 * CELL_PADDING_X + 1)
    return natural, least


def cells_of(table: Table) -> Iterator[tuple[int, list[tuple[int, Cell]]]]:
    """Yield each row's number and its cells with their first columns, past the places that cells above span."""
    covered: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows):
        columns = (column for column in counting() if (number, column) not in covered)
        placed = []
        for cell in row:
            column = next(columns)
            covered |= {(number + y, column + x) for y in range(cell.rowspan) for x in range(cell.colspan)}
            placed.append((column, cell))
        yield number, placed


def with_room(heights: Sequence[float], needed: Sequence[tuple[int, int, float]]) -> tuple[float, ...]:
    """Heights of rows, with room for cells that span rows; ``needed`` has the first row, their count and the height.

    The last row of a span grows.
    """
    found = list(heights)
    for first, rows, height in needed:
        last = min(first + rows, len(found)) - 1
        found[last] += max(height - sum(found[first : last + 1]), 0.0)
    return tuple(found)


def _points(block: Table) -> list[int]:
    """Rows of the body that no span from above reaches into."""
    reach = 0
    points = []
    for number, row in enumerate(block.rows):
        if number > block.head and number >= reach:
            points.append(number)
        reach = max([reach, *(number + cell.rowspan for cell in row)])
    return points


def _within_spans(block: Table) -> list[int]:
    """Rows of the body that a span from above reaches into."""
    return sorted({*range(block.head + 1, len(block.rows))} - {*_points(block)})


def _split(block: Table, point: int) -> tuple[Table, Table]:
    """Both parts, each with the head; a cell that reaches over both is in both."""
    above: list[tuple[Cell, ...]] = []
    over: list[tuple[int, Cell]] = []
    for number, row in cells_of(replace(block, rows=block.rows[:point])):
        above.append(tuple(replace(cell, rowspan=min(cell.rowspan, point - number)) for _, cell in row))
        over += (
            (column, replace(cell, rowspan=number + cell.rowspan - point))
            for column, cell in row
            if number + cell.rowspan > point
        )
    below = list(block.rows[point:])
    if over and below:
        own = next(row for number, row in cells_of(block) if number == point)
        below[0] = tuple(cell for _, cell in sorted([*own, *over], key=lambda placed: placed[0]))
    rows = (*block.rows[: block.head], *below)
    widest = block.widest or widest_cells(block)
    return replace(block, rows=tuple(above), widest=widest), replace(block, rows=rows, label="", widest=widest)


def widest_cells(block: Table) -> tuple[Cell, ...]:
    """The cell with the most letters in a line of each column, of those over one column."""
    found = [Cell(())] * block.columns
    letters = [0] * block.columns
    for _, row in cells_of(block):
        for column, cell in row:
            most = max((len(plain(runs)) for runs in cell.paragraphs), default=0)
            if cell.colspan == 1 and column < block.columns and most > letters[column]:
                found[column], letters[column] = cell, most
    return tuple(found)


def _smaller(block: Table, fits: Callable[[Block], bool]) -> Sequence[Table]:
    """The table with some columns after the others where it is too wide, and tall rows in several."""
    found = [replace(part, rows=shorter_rows(part, fits)) for part in narrower(block, fits)]
    return [found[0], *(replace(one, label="") for one in found[1:])]


def narrower(block: Table, fits: Callable[[Block], bool]) -> Sequence[Table]:
    """Tables of some columns each, the first one in each of them; the table itself where it is not too wide."""
    if fits(widest_words(block, range(block.columns))):
        return [block]
    for count in range(2, block.columns):
        others = range(1, block.columns)
        ends = [ceil(len(others) * number / count) for number in range(count + 1)]
        groups = [[0, *others[first:last]] for first, last in pairwise(ends)]
        if all(fits(widest_words(block, group)) for group in groups):
            return [of_columns(block, group) for group in groups]
    return [block]


def of_columns(block: Table, columns: Sequence[int]) -> Table:
    """The table with only some of its columns; a cell that spans others too is in each part, over what it has there."""

    def part(column: int, cell: Cell) -> Iterator[Cell]:
        span = sum(column <= one < column + cell.colspan for one in columns)
        if span:
            yield replace(cell, colspan=span)

    rows = (tuple(one for column, cell in row for one in part(column, cell)) for _, row in cells_of(block))
    widest = tuple(block.widest[column] for column in columns) if block.widest else ()
    return replace(block, rows=tuple(rows), columns=len(columns), widest=widest)


def widest_words(block: Table, columns: Sequence[int]) -> Table:
    """A row with the longest word of each of some columns, which is as wide as the table has to be."""
    longest = dict.fromkeys(columns, "")
    for _, row in cells_of(block):
        for column, cell in row:
            if cell.colspan > 1:
                continue
            words = (word for runs in cell.paragraphs for run in runs for word in run.text.split())
            word = max(words, key=len, default="")
            if column in longest and len(word) > len(longest[column]):
                longest[column] = word
    cells = tuple(Cell(((Run(word),),)) for word in longest.values())
    return replace(block, rows=(cells,), columns=len(columns), head=0, caption=None, widest=())


def shorter_rows(block: Table, fits: Callable[[Block], bool]) -> tuple[tuple[Cell, ...], ...]:
    """The rows, those that fill more than a slide as several: their long cells go on in the next one."""
    head = block.rows[: block.head]
    rows = [*head]
    for row in block.rows[block.head :]:
        ways = (in_rows(row, count) for count in range(1, MOST_ROWS + 1))
        rows += next((parts for parts in ways if all(fits(replace(block, rows=(*head, one))) for one in parts)), [row])
    return tuple(rows)


def in_rows(row: tuple[Cell, ...], count: int) -> list[tuple[Cell, ...]]:
    """A row in ``count`` ones: long cells in as many pieces, the others in the first; itself with spans over rows."""
    if count == 1 or any(cell.rowspan > 1 for cell in row):
        return [row]
    return list(zip(*(in_cells(cell, count) for cell in row), strict=True))


def in_cells(cell: Cell, count: int) -> list[Cell]:
    """A long cell in ``count`` pieces, a short one whole and empty ones."""
    each = sum(len(plain(runs)) for runs in cell.paragraphs) / count
    if each * count < LONG_CELL:
        return [cell, *[replace(cell, paragraphs=())] * (count - 1)]
    pieces: list[list[Runs]] = [[] for _ in range(count)]
    passed = 0.0
    for runs in cell.paragraphs:
        for piece in split_runs(runs, cuts(runs, max(round(len(plain(runs)) / each), 1))):
            pieces[min(int((passed + len(plain(piece)) / 2) / each), count - 1)].append(stripped(piece))
            passed += len(plain(piece))
    return [replace(cell, paragraphs=tuple(one)) for one in pieces]


def _words(block: Table) -> Lines:
    return tuple(" · ".join(filter(is_visible, map(plain, paragraphs_of(row)))) for row in block.rows)


def paragraphs_of(row: tuple[Cell, ...]) -> Iterator[Runs]:
    """Yield all paragraphs in the cells of a row."""
    return (paragraph for cell in row for paragraph in cell.paragraphs)


def row_of(placed: Sequence[tuple[int, Cell]]) -> tuple[Cell, ...]:
    """The cells of a row without the numbers of their columns."""
    return tuple(cell for _, cell in placed)


def is_lit_row(row: tuple[Cell, ...]) -> bool:
    """True if words in a row are lit."""
    return any(map(is_lit, paragraphs_of(row)))


def _is_wide(block: Table) -> bool:
    return block.columns > 3


def _page(p: PageWriter, placed: Placed) -> str:
    """A real table, so that it is tagged as one; sizes are those of the fit."""
    block = placed.block
    assert isinstance(block, Table)
    rows, look = [], p.geometry.table
    for number, row in cells_of(block):
        for column, cell in row:
            lit = is_lit_row(row_of(row))
            colour = p.colour(look.head if number < block.head else "lit_text" if lit else look.ink)
            room = room_of(cell, column, placed.column_widths)
            paragraphs = map(bold, cell.paragraphs) if number < block.head else cell.paragraphs
            words = "#linebreak();".join(_line(p, runs, room, placed) for runs in paragraphs)
            align = cell.side(from_right=placed.from_right)
            spans = f"colspan: {cell.colspan}, rowspan: {cell.rowspan}, align: {align}"
            spans += f", fill: {p.lit()}" if lit else ""
            rows.append((number, f"table.cell({spans})[#text({placed.size:g}pt, fill: {colour})[{words}]]"))
    head = ", ".join(cell for number, cell in rows if number < block.head)
    body = ", ".join(cell for number, cell in rows if number >= block.head)
    widths = ", ".join(f"{width:.2f}pt" for width in placed.column_widths)
    heights = ", ".join(f"{height:.2f}pt" for height in placed.row_heights)
    head_fill, band, others = (p.colour(name) if name else "none" for name in (look.head_fill, look.band, look.others))
    fill = f"(x, y) => if y < {block.head} {{ {head_fill} }} else if calc.odd(y - {block.head}) {{ {band} }} "
    fill += f"else {{ {others} }}"
    grid_lines = f"1pt + {p.colour(look.grid)}" if look.grid else "none"
    heavy, fine = (f"table.hline(stroke: {points}pt + {p.colour('dk1')})" for points in (2, 0.75))
    parts = [f"table.header({head})"] if head else []
    if look.has_rules:
        parts = [heavy, *parts, *([fine] if head else [])]
        body = ", ".join(filter(None, (body, heavy)))
    grid = (
        f"#table(columns: ({widths},), rows: ({heights},), stroke: {grid_lines}, "
        f"inset: (x: {CELL_PADDING_X:g}pt, y: {CELL_PADDING_Y + placed.air / 2:g}pt), "
        f"fill: {fill}, {', '.join([*parts, body])})"
    )
    return f"#at({placed.x:.2f}, {placed.y:.2f}, {placed.width:.2f})[{grid}]" + p.caption(
        block.caption, placed, placed.y + placed.height
    )


def _line(p: PageWriter, runs: Runs, room: float, placed: Placed) -> str:
    """Words of a cell, which run from the right where most of them do."""
    words = p.lines(runs, room, placed.size)
    return f"#text(dir: rtl)[{words}]" if not placed.from_right and direction(runs) == "rtl" else words


KINDS[Table] = Kind(
    _measure,
    _words,
    _page,
    split=Split(_points, _split, poor=all_of_few, last_resort=_within_spans, smaller=_smaller),
    is_visual=True,
    is_wide=_is_wide,
)

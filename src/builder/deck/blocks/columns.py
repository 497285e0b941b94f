"""Blocks side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.deck.blocks.texts import Text
from builder.deck.galleries import in_rows, measured_rows
from builder.deck.geometry import Area, Geometry
from builder.deck.kinds import KINDS, Kind, Lines, measure
from builder.deck.lines import Typeface, height_of_runs
from builder.deck.measured import HEADING_GAP, Measured, bold, heading_size, size_at
from builder.deck.model import Block, Placed, Runs, plain
from builder.deck.stacks import total_height
from builder.deck.words import words_of
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

COLUMN_GAP = 36.0
RULE_COLOURS = ("accent2", "accent1")
RULE, RULE_ROOM = 2.5, 12.0
"""The rule above a heading, and what it takes with the gap below it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, () without one, and the blocks below it."""

    heading: Runs
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side. ``shares`` of the width make 1 together, () where all are equally wide.

    Where they are ``in_turn`` each goes on where the one before it ends, as in an agenda.
    """

    columns: tuple[Column, ...]
    source: Source
    label: str = ""
    shares: tuple[float, ...] = ()
    in_turn: bool = False

    def widths(self, width: float) -> tuple[float, ...]:
        """The width of each column in ``width`` points."""
        room = width - COLUMN_GAP * (len(self.columns) - 1)
        return tuple(share * room for share in self.shares or [1 / len(self.columns)] * len(self.columns))


def _measure(block: Columns, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    widths = block.widths(width)
    body = size_at(geometry, "body", scale)
    size = heading_size(geometry.sizes, "column_heading", body)
    each = list(zip(block.columns, widths, strict=True))
    headings = [(bold(column.heading), wide) for column, wide in each if column.heading]
    above = max(
        (height_of_runs(runs, wide, size, typeface) + HEADING_GAP + RULE_ROOM for runs, wide in headings), default=0.0
    )
    tops = [above if column.heading else 0.0 for column in block.columns]

    def measured(one: Block, wide: float) -> Measured:
        return measure(one, wide, scale, geometry, typeface)

    inside = [measured_rows(column.blocks, wide, measured) for column, wide in each]
    heights = [top + total_height(column) for top, column in zip(tops, inside, strict=True)]
    growth = (sum(max(m.wanted - m.height, 0.0) for m in column) for column in inside)
    wanted = max(height + more for height, more in zip(heights, growth, strict=True))

    def placed(height: float) -> tuple[Placed, ...]:
        lefts = [sum(widths[:n]) + n * COLUMN_GAP for n in range(len(widths))]
        places = zip(lefts, tops, widths, strict=True)
        areas = [Area(left, top, wide, height - top) for left, top, wide in places]
        return tuple(one for column, area in zip(inside, areas, strict=True) for one in in_rows(column, area))

    return Measured(
        block, body, max(heights), wanted,
        all(m.fits for column in inside for m in column),
        column_widths=widths, row_heights=(above,), inside=placed,
    )  # fmt: skip


def columns_in(placed: Placed) -> list[tuple[Column, tuple[Placed, ...], Area]]:
    """Each column with its placed blocks and the rectangle that it stands in, heading included."""
    block = placed.block
    assert isinstance(block, Columns)
    found, used, start = [], 0, 0.0
    for column, width in zip(block.columns, placed.column_widths, strict=True):
        inside = placed.inside[used : used + len(column.blocks)]
        found.append((column, inside, Area(placed.strip(start, width), placed.y, width, placed.height)))
        used, start = used + len(column.blocks), start + width + COLUMN_GAP
    return found


def head_of(placed: Placed, column: Area) -> Area:
    """Where the heading of a column stands, below its rule."""
    return replace(column, y=column.y + RULE_ROOM, height=placed.row_heights[0] - RULE_ROOM)


def rule_of(column: Area) -> Area:
    """The rule above the heading of a column."""
    return replace(column, height=RULE)


def has_headings(placed: Placed) -> bool:
    """True for columns with headings, which rules set apart."""
    block = placed.block
    return isinstance(block, Columns) and any(column.heading for column in block.columns)


def divider(placed: Placed, column: Area) -> Area:
    """The line between a column and the one before it, where there are no headings."""
    before = column.x + column.width + COLUMN_GAP / 2 if placed.from_right else column.x - COLUMN_GAP / 2
    return Area(before - 0.5, column.y, 1, column.height)


def is_comparison(block: Columns) -> bool:
    """True for two columns of a heading and text, for which templates have a layout."""
    return len(block.columns) == 2 and all(
        column.heading and len(column.blocks) == 1 and isinstance(column.blocks[0], Text) for column in block.columns
    )


def _words(block: Columns) -> Lines:
    inside = (
        (plain(column.heading), *(line for one in column.blocks for line in words_of(one))) for column in block.columns
    )
    return tuple(line for lines in inside for line in lines)


def _inside(block: Columns) -> tuple[Block, ...]:
    return tuple(one for column in block.columns for one in column.blocks)


def _page(p: PageWriter, placed: Placed) -> str:
    out = []
    for number, (column, inside, area) in enumerate(columns_in(placed)):
        colour = p.colour("accent2_text" if number % 2 == 0 else "accent1_text")
        if column.heading:
            size = heading_size(p.geometry.sizes, "column_heading", placed.size)
            head, above = head_of(placed, area), rule_of(area)
            rule_colour = p.colour(RULE_COLOURS[number % 2])
            out.append(f"#fill-at({above.x:.2f}, {above.y:.2f}, {above.width:.2f}, {RULE:g}, {rule_colour})")
            words = f"#text({size:g}pt, fill: {colour})[{p.lines(bold(column.heading), area.width, size)}]"
            out.append(f"#at({head.x:.2f}, {head.y:.2f}, {head.width:.2f})[{words}]")
        out += map(p.block, inside)
        if number and column.blocks and not has_headings(placed):
            rule = divider(placed, area)
            out.append(f"#fill-at({rule.x:.2f}, {rule.y:.2f}, 1, {rule.height:.2f}, {p.colour('lt2')})")
    return "\n".join(out)


KINDS[Columns] = Kind(_measure, _words, _page, inside=_inside)

"""Texts side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.deck.geometry import Geometry
from builder.deck.kinds import KINDS, Kind, Lines
from builder.deck.lines import Typeface, break_runs, height_of, lay_out
from builder.deck.measured import HEADING_GAP, Measured, bold, placed_lines, size_at, whole
from builder.deck.model import Paragraph, Placed, PlacedParagraph, Runs, plain
from builder.deck.words import lines_of
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

COLUMN_GAP = 36.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a comparison: its heading and what stands below."""

    heading: Runs
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Texts side by side."""

    columns: tuple[Column, ...]
    source: Source
    label: str = ""


def _measure(block: Columns, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = size_at(geometry, "body", scale)
    each = (width - COLUMN_GAP * (len(block.columns) - 1)) / len(block.columns)
    lines: list[PlacedParagraph] = []
    tallest, fits = 0.0, True
    above = (
        max(
            len(break_runs(bold(column.heading), each, geometry.sizes.column_heading, typeface).lines)
            for column in block.columns
        )
        * geometry.sizes.column_heading
        * typeface.pitch
        + HEADING_GAP
    )
    for column in block.columns:
        laid = lay_out(column.paragraphs, each, size, typeface)
        lines += placed_lines(laid, above)
        tallest = max(tallest, above + height_of(laid))
        fits = fits and whole(laid, scale, geometry)
    return Measured(
        block,
        size,
        tallest,
        tallest,
        fits,
        tuple(lines),
        column_widths=(each,) * len(block.columns),
        row_heights=(above,),
    )


def _words(block: Columns) -> Lines:
    return tuple(line for column in block.columns for line in (plain(column.heading), *lines_of(column.paragraphs)))


def _page(p: PageWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Columns)
    out, x, used = [], placed.x, 0
    for number, (column, width) in enumerate(zip(block.columns, placed.column_widths, strict=True)):
        colour = p.colour("accent2" if number % 2 == 0 else "accent1")
        heading = tuple(replace(run, bold=True) for run in column.heading)
        out.append(
            f"#at({x:.2f}, {placed.y:.2f}, {width:.2f})"
            f"[#text({p.geometry.sizes.column_heading:g}pt, fill: {colour})[{p.runs(heading)}]]"
        )
        lines = placed.lines[used : used + len(column.paragraphs)]
        used += len(column.paragraphs)
        out.append(p.paragraphs(column.paragraphs, lines, replace(placed, x=x, width=width)))
        x += width + COLUMN_GAP
        if number + 1 < len(block.columns):
            out.append(
                f"#fill-at({x - COLUMN_GAP / 2 - 0.5:.2f}, {placed.y:.2f}, 1, {placed.height:.2f}, {p.colour('lt2')})"
            )
    return "\n".join(out)


KINDS[Columns] = Kind(_measure, _words, _page)

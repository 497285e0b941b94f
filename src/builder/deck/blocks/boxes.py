"""Titled boxes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.deck.geometry import Geometry
from builder.deck.kinds import KINDS, Kind, Lines, Split
from builder.deck.lines import Typeface, height_of, height_of_runs, lay_out, split_runs
from builder.deck.measured import BOX_PADDING, HEADING_GAP, Measured, bold, heading_size, placed_lines, size_at, whole
from builder.deck.model import Block, Paragraph, Placed, Runs, plain
from builder.deck.pieces import pieces_of
from builder.deck.words import lines_of
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

LONGEST_REPEATED = 120
"""Letters of the longest title that stands as it is above all parts of its box."""


@dataclass(frozen=True, slots=True)
class Box:
    """A titled box, made from an admonition."""

    title: Runs
    paragraphs: tuple[Paragraph, ...]
    source: Source
    label: str = ""


def _measure(block: Box, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = size_at(geometry, "body", scale)
    above = BOX_PADDING + title_height(block.title, width - 2 * BOX_PADDING, size, geometry, typeface)
    laid = lay_out(block.paragraphs, width - 2 * BOX_PADDING, size, typeface)
    height = above + height_of(laid) + BOX_PADDING
    return Measured(block, size, height, height, whole(laid, scale, geometry), placed_lines(laid, above))


def title_height(title: Runs, width: float, size: float, geometry: Geometry, typeface: Typeface) -> float:
    """Height of the title of a box ``width`` points wide inside, over text of a ``size``, with the gap below it; 0
    without one.
    """
    if not title:
        return 0.0
    return height_of_runs(bold(title), width, heading_size(geometry.sizes, "box_title", size), typeface) + HEADING_GAP


def _points(block: Box) -> Sequence[int]:
    return range(1, len(block.paragraphs))


def _split(block: Box, point: int) -> tuple[Box, Box]:
    """Both parts, each under the title."""
    rest = replace(block, title=repeated(block.title), paragraphs=block.paragraphs[point:], label="")
    return replace(block, paragraphs=block.paragraphs[:point]), rest


def repeated(title: Runs) -> Runs:
    """A title as it stands above what follows of its box: a long one to its first parenthesis, as a signature has, else
    to the end of a word.
    """
    words = plain(title)
    if len(words) <= LONGEST_REPEATED or any(run.math for run in title):
        return title
    start = words[:LONGEST_REPEATED]
    end = start.find("(") + 1 or start.rfind(" ") + 1 or LONGEST_REPEATED
    *others, last = split_runs(title, [end, len(words) - end])[0]
    return (*others, replace(last, text=last.text.rstrip() + ("…)" if start[end - 1] == "(" else "…")))


def _smaller(block: Box, fits: Callable[[Block], bool]) -> Sequence[Box]:
    """The box with paragraphs that are longer than a slide in several."""
    pieces = (pieces_of(one, lambda part: fits(replace(block, paragraphs=(part,)))) for one in block.paragraphs)
    return [replace(block, paragraphs=tuple(one for found in pieces for one in found))]


def _words(block: Box) -> Lines:
    return (plain(block.title), *lines_of(block.paragraphs))


def _page(p: PageWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Box)
    x, width = placed.x + BOX_PADDING, placed.width - 2 * BOX_PADDING
    title = title_page(p, block.title, placed)
    return p.panel(placed) + title + p.paragraphs(block.paragraphs, placed.lines, replace(placed, x=x, width=width))


def title_page(p: PageWriter, title: Runs, placed: Placed) -> str:
    """The title of a box at its top, '' without one."""
    if not title:
        return ""
    x, width = placed.x + BOX_PADDING, placed.width - 2 * BOX_PADDING
    size = heading_size(p.geometry.sizes, "box_title", placed.size)
    words = f"#text({size:g}pt, fill: {p.colour('accent1_text')})[{p.lines(bold(title), width, size)}]"
    return f"#at({x:.2f}, {placed.y + BOX_PADDING:.2f}, {width:.2f})[{words}]"


KINDS[Box] = Kind(_measure, _words, _page, split=Split(_points, _split, smaller=_smaller), on_panel=True)

"""So many of so many, as dots that can be counted."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from builder.deck.geometry import Area, Geometry
from builder.deck.kinds import KINDS, Kind, Lines, never
from builder.deck.lines import Typeface
from builder.deck.measured import Measured
from builder.deck.model import Placed
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

SMALLEST, LARGEST = 12.0, 46.0
"""Points from the middle of a dot to that of the next one."""
SHARE = 0.74
"""How wide a dot is against that."""
FADED = 0.22
"""How strong the colour of those is that are not counted."""
IN_ROW = 10
"""Dots in a row: tens can be counted at a glance."""


@dataclass(frozen=True, slots=True)
class Dots:
    """``filled`` dots out of ``count``; ``alt`` says so in words."""

    filled: int
    count: int
    alt: str
    source: Source
    label: str = ""

    @property
    def columns(self) -> int:
        """Dots in a row."""
        return min(self.count, IN_ROW if self.count <= IN_ROW**2 else 2 * IN_ROW)

    @property
    def rows(self) -> int:
        """Rows of dots."""
        return ceil(self.count / self.columns)


def _measure(block: Dots, width: float, _scale: float, geometry: Geometry, _typeface: Typeface) -> Measured:
    pitch = min(width / block.columns, LARGEST)
    least = min(pitch, SMALLEST) * block.rows
    return Measured(block, geometry.sizes.body, least, pitch * block.rows, block.columns * SMALLEST <= width)


def dots_in(placed: Placed) -> list[tuple[Area, bool]]:
    """The box of each dot, and whether it is one of those that are counted; rows begin where lines begin."""
    block = placed.block
    assert isinstance(block, Dots)
    pitch = min(placed.width / block.columns, placed.height / block.rows, LARGEST)
    size = pitch * SHARE
    found = []
    for number in range(block.count):
        row, column = divmod(number, block.columns)
        x = placed.strip(column * pitch, size)
        found.append((Area(x, placed.y + row * pitch, size, size), number < block.filled))
    return found


def _words(block: Dots) -> Lines:
    return (block.alt,)


def _page(p: PageWriter, placed: Placed) -> str:
    colour = p.colour("accent1")
    colours = {True: colour, False: f"{colour}.transparentize({100 - FADED * 100:g}%)"}
    return "\n".join(
        f"#dot-at({area.x:.2f}, {area.y:.2f}, {area.width / 2:.2f}, {colours[is_counted]})"
        for area, is_counted in dots_in(placed)
    )


KINDS[Dots] = Kind(_measure, _words, _page, is_visual=True, words_are_shown=never)

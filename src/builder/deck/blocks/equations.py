"""Displayed formulas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.deck.geometry import Geometry
from builder.deck.kinds import KINDS, Kind, Lines, Split
from builder.deck.lines import Typeface
from builder.deck.measured import Measured, size_at
from builder.deck.model import Placed
from builder.errors import Source
from builder.typeset.escape import markup, string
from builder.typeset.math.formulas import Formulas
from builder.typeset.math.linear import linear
from builder.typeset.math.rows import cell_formula, rows_of

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter


TINTED = "tint"
"""The role of a formula that stands on a ground of its own."""
NUMBER_WIDTH = 80.0
"""Room for the number at the right of a formula; as much is left free at its left, since it stands in the middle."""
ROW_END = r" \\ "
HEIGHT_AROUND = 24.0
"""Room above and below a formula together."""


@dataclass(frozen=True, slots=True)
class FormulaRows:
    """The rows of a formula that no slide has room for: their LaTeX, the environment that they stand in, the height of
    each and the gap between two in em, and the number beside each, '' for none.
    """

    environment: str
    lines: tuple[str, ...]
    heights: tuple[float, ...]
    gap: float
    numbers: tuple[str, ...]

    def between(self, first: int, last: int) -> FormulaRows:
        """Those from one row up to another."""
        part = slice(first, last)
        return replace(self, lines=self.lines[part], heights=self.heights[part], numbers=self.numbers[part])

    @property
    def height(self) -> float:
        """Their height in em together."""
        return sum(self.heights) + self.gap * (len(self.heights) - 1)

    def middle(self, row: int) -> float:
        """Where the middle of a row is, as a share of their height."""
        return (sum(self.heights[:row]) + self.gap * row + self.heights[row] / 2) / self.height


@dataclass(frozen=True, slots=True)
class Equation:
    """A displayed formula; ``words`` are its line of Unicode, sizes in em of its text size, as Typst sets it.

    ``numbers`` stand beside it, each with the height of its middle, as a share of the formula's from its top.
    ``floor`` is its own least size in points, 0 for that of the template. It may be divided between ``rows``.
    """

    latex: str
    words: str
    numbers: tuple[tuple[str, float], ...]
    width_em: float
    height_em: float
    source: Source
    label: str = ""
    floor: float = 0
    rows: FormulaRows | None = None

    @property
    def number(self) -> str:
        """Its numbers in a line of text."""
        return ", ".join(number for number, _middle in self.numbers)


def room_for(block: Equation, width: float) -> float:
    """Width that a formula may take in ``width`` points, where its number needs some."""
    return width - (2 * NUMBER_WIDTH if block.number else 0)


def row_middles(latex: str, height: float, formulas: Formulas) -> list[float]:
    """Where the middle of each row of a formula of ``height`` em is, as a share of that."""
    rows = rows_of(formulas.plain(latex))
    cells = ([formulas[cell_formula(*cell)].height_em for cell in enumerate(row.cells) if cell[1]] for row in rows)
    heights = [max(found, default=0.0) for found in cells]
    gap = (height - sum(heights)) / (len(rows) - 1)
    return [(sum(heights[:at]) + gap * at + own / 2) / height for at, own in enumerate(heights)]


def _measure(block: Equation, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    room = room_for(block, width)
    floor = block.floor or geometry.sizes.equation_floor
    natural = size_at(geometry, "equation", scale)
    size = min(natural, block.floor or natural)
    if block.width_em * size > room:
        size = max(floor, float(int(room / block.width_em)))
    height = block.height_em * size + HEIGHT_AROUND
    return Measured(block, size, height, height, block.width_em * size <= room + 0.5)


def _words(block: Equation) -> Lines:
    return (block.words, block.number)


def of_rows(block: Equation, rows: FormulaRows) -> Equation:
    """A formula of some of its ``rows``; each part is as wide as the whole, and so stands where that would."""
    latex = rf"\begin{{{rows.environment}}} {ROW_END.join(rows.lines)} \end{{{rows.environment}}}"
    numbers = tuple((number, rows.middle(row)) for row, number in enumerate(rows.numbers) if number)
    return replace(block, latex=latex, words=linear(latex), numbers=numbers, height_em=rows.height, rows=rows)


def _points(block: Equation) -> tuple[int, ...]:
    return tuple(range(1, len(block.rows.lines))) if block.rows else ()


def _at(block: Equation, point: int) -> tuple[Equation, Equation]:
    assert block.rows is not None
    first, second = block.rows.between(0, point), block.rows.between(point, len(block.rows.lines))
    return of_rows(block, first), replace(of_rows(block, second), label="")


def _page(p: PageWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Equation)
    formula = p.formulas[block.latex]
    width, height = block.width_em * placed.size, block.height_em * placed.size
    x, y = placed.x + (placed.width - width) / 2, placed.y + (placed.height - height) / 2
    alt = string(p.formulas.spoken(block.latex))
    body = f"#text({placed.size:g}pt)[#math.equation(block: true, alt: {alt}, $ {formula.typst} $)]"
    out = p.panel(placed) if placed.role == TINTED else ""
    out += f"#at({x:.2f}, {y:.2f}, {width + 1:.2f})[{body}]"
    for number, middle in block.numbers:
        line = p.geometry.sizes.body_floor * p.typeface.pitch
        left = placed.strip(placed.width - NUMBER_WIDTH, NUMBER_WIDTH)
        out += (
            f"#at({left:.2f}, {y + middle * height - line / 2:.2f}, {NUMBER_WIDTH:g})"
            f"[#align(end, text({p.geometry.sizes.body_floor:g}pt)[{markup(number)}])]"
        )
    return out


KINDS[Equation] = Kind(_measure, _words, _page, on_panel=True, split=Split(_points, _at))

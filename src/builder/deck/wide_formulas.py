"""Deck → Deck in which displayed formulas that no slide has room for are broken into rows, divided between rows, or set
smaller.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from builder.deck.blocks import Column, Columns, Equation
from builder.deck.blocks.equations import HEIGHT_AROUND, ROW_END, FormulaRows, of_rows, room_for, row_middles
from builder.deck.blocks.quotes import QUOTE_INDENT
from builder.deck.furniture import parts_of
from builder.deck.geometry import Geometry
from builder.deck.model import Block, Deck, Run
from builder.deck.substitutes import text
from builder.errors import shortened, warn
from builder.typeset.math.divided import rows_apart
from builder.typeset.math.formulas import Formulas
from builder.typeset.math.rows import cell_formula, split_top
from builder.typeset.math.too_long import in_rows, rows_in_rows

SMALLEST = 5
"""Formulas are set no smaller than at so many points, with a warning."""


def with_formulas_that_fit(deck: Deck, geometry: Geometry, formulas: Formulas) -> Deck:
    """``deck`` with formulas that are too wide at their least size in rows, and set smaller where they still are."""
    slides = []
    for slide in deck.slides:
        blocks = fitted(slide.blocks, geometry.content.width, geometry, formulas)
        slides.append(slide if blocks is slide.blocks else replace(slide, blocks=blocks))
    return replace(deck, slides=tuple(slides))


def fitted(value: Any, width: float, geometry: Geometry, formulas: Formulas) -> Any:
    """A block, or what stands in one, with formulas that fit in ``width`` points; itself where all do."""
    if isinstance(value, Equation):
        return equation_that_fits(value, width, geometry, formulas)
    if isinstance(value, tuple):
        found = tuple(fitted(item, width, geometry, formulas) for item in value)
        return value if all(one is item for one, item in zip(found, value, strict=True)) else found
    kind: type = type(value)
    if isinstance(value, Run) or not parts_of(kind):
        return value
    if isinstance(value, Columns):
        widths = zip(value.columns, value.widths(width), strict=True)
        columns = tuple(fitted(column, wide, geometry, formulas) for column, wide in widths)
        is_same = all(one is column for one, column in zip(columns, value.columns, strict=True))
        return value if is_same else replace(value, columns=columns)
    inner = width if isinstance(value, Column) else width - 2 * QUOTE_INDENT
    changed = {
        name: new
        for name in (field.name for field in fields(value) if field.name in ("blocks", "block"))
        if (new := fitted(getattr(value, name), inner, geometry, formulas)) is not getattr(value, name)
    }
    return replace(value, **changed) if changed else value


def broken(block: Equation, room_em: float, formulas: Formulas) -> Equation:
    """A formula in rows that ``room_em`` holds; itself where there are none. A number stays with the last of the rows
    that its row became.
    """
    plain = formulas.plain(block.latex)
    groups = rows_in_rows(plain, room_em, lambda part: formulas[part].width_em)
    lines = [line for group in groups for line in group]
    latex = rf"\begin{{align*}} {ROW_END.join(lines)} \end{{align*}}" if lines else ""
    latex = latex or in_rows(plain, room_em, lambda part: formulas[part].width_em)
    rows = formulas[latex] if latex else None
    if rows is None or rows.problem:
        return block
    numbers = block.numbers
    if lines and numbers != ((block.number, 0.5),):
        before = row_middles(block.latex, block.height_em, formulas)
        after = row_middles(latex, rows.height_em, formulas)
        ends = [sum(map(len, groups[: place + 1])) - 1 for place in range(len(groups))]
        numbers = tuple((number, after[ends[before.index(middle)]]) for number, middle in numbers)
    return replace(block, latex=latex, numbers=numbers, width_em=rows.width_em, height_em=rows.height_em)


def in_rows_apart(block: Equation, room_em: float, formulas: Formulas) -> Equation:
    """A formula that may be divided between its rows; itself where it has one, or one that is higher than
    ``room_em``.
    """
    environment, lines = rows_apart(formulas.plain(block.latex))
    cells = [[cell_formula(*cell) for cell in enumerate(split_top(line, "&")) if cell[1].strip()] for line in lines]
    formulas.add(cell for row in cells for cell in row)
    heights = tuple(max((formulas[cell].height_em for cell in row), default=0.0) for row in cells)
    if len(lines) < 2 or max(heights) > room_em:
        return block
    gap = max(block.height_em - sum(heights), 0.0) / (len(lines) - 1)
    rows = FormulaRows(environment, lines, heights, gap, ("",) * len(lines))
    numbers = [""] * len(lines)
    for number, middle in block.numbers:
        is_of_all = len(block.numbers) == 1 and middle == 0.5
        nearest = min(range(len(lines)), key=lambda row: abs(rows.middle(row) - middle))
        numbers[-1 if is_of_all else nearest] = number
    return of_rows(block, replace(rows, numbers=tuple(numbers)))


def equation_that_fits(block: Equation, width: float, geometry: Geometry, formulas: Formulas) -> Block:
    """A formula in rows where it is too wide at its floor, to be divided where it is too high; at the size
    at which it fits where that does not help, and its words where that is too small to be printed.
    """
    floor = geometry.sizes.equation_floor
    room = room_for(block, width)
    if block.width_em * floor > room:
        block = broken(block, room / floor, formulas)
    height = geometry.content.height - HEIGHT_AROUND
    if block.height_em * floor > height:
        block = in_rows_apart(block, height / floor, formulas)
    least = min(room / block.width_em, floor if block.rows else height / block.height_em)
    if SMALLEST <= least < floor:
        warn(f"this formula is too large for a slide; it is set at {int(least)} pt, {floor:g} being the least that can "
             "be read. Break it into several.", block.source, "formula")  # fmt: skip
        return replace(block, floor=float(int(least)))
    if least < SMALLEST:
        warn(f"the formula '{shortened(block.latex)}' is too large for a slide, and stands on it as text. Break it "
             "into several.", block.source, "wide_formula")  # fmt: skip
        return text((" ".join(filter(None, (block.words, block.number))),), block.source, block.label)
    return block

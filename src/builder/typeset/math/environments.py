"""Environments of rows and columns → calls of Typst's ``mat``, with alignments, rules and delimiters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from builder.typeset.math.braces import matching_brace
from builder.typeset.math.calls import WHOLE
from builder.typeset.math.columns import GAP, ArrayColumns, columns_of, filled
from builder.typeset.math.lengths import length_of
from builder.typeset.math.rows import parts_of, split_top
from builder.typeset.math.spans import Grid, grid_of, has_spans, has_special_rules
from builder.typeset.math.verbatim import verbatim


@dataclass(frozen=True, slots=True)
class Array:
    """How an environment is set: its delimiters as Typst writes them, the alignment of columns (the last repeats).

    ``style`` is a function of Typst for the style of each cell; gaps are in em. ``pairs`` are columns that are aligned
    by twos at what stands between them. ``given`` is what the argument of the environment says of columns.
    """

    delimiters: tuple[str, str] = ("none", "none")
    columns: str = "c"
    style: str = "inline"
    column_gap: float = 1.0
    row_gap: float = 0.35
    pairs: bool = False
    pair_gap: float = 2.0
    given: ArrayColumns | None = None

    @property
    def of_lines(self) -> bool:
        """True for rows that are lines of a display when they are all of it."""
        return self.style == "display" and self.delimiters == ("none", "none")


ARRAYS = {
    "matrix": Array(), "pmatrix": Array(('"("', '")"')), "bmatrix": Array(('"["', '"]"')),
    "Bmatrix": Array(('"{"', '"}"')),
    "vmatrix": Array(('"|"', '"|"')), "Vmatrix": Array(('"‖"', '"‖"')), "array": Array(),
    "smallmatrix": Array(style="script", column_gap=0.3, row_gap=0.15),
    "subarray": Array(style="script", column_gap=0, row_gap=0.2),
    "substack": Array(style="script", column_gap=0, row_gap=0.2), "cases": Array(('"{"', "none"), "l", row_gap=0.3),
    "dcases": Array(('"{"', "none"), "l", "display", row_gap=0.4), "rcases": Array(("none", '"}"'), "l", row_gap=0.3),
    "drcases": Array(("none", '"}"'), "l", "display", row_gap=0.4),
    "aligned": Array(style="display", column_gap=0, row_gap=0.5, pairs=True),
    "gathered": Array(style="display", row_gap=0.5), "lgathered": Array(columns="l", style="display", row_gap=0.5),
    "rgathered": Array(columns="r", style="display", row_gap=0.5),
}  # fmt: skip
_ALIKE = {
    "align": "aligned", "alignat": "aligned", "alignedat": "aligned", "flalign": "aligned", "split": "aligned",
    "eqnarray": "aligned", "gather": "gathered", "multline": "gathered", "numcases": "cases", "darray": "array",
    "crampedsubarray": "subarray",
}  # fmt: skip


WITH_COLUMNS = ("array", "darray", "subarray", "crampedsubarray")
"""Environments whose columns are given behind their names."""


def array_style(name: str, argument: str) -> Array | None:
    """The grid of an environment by its name and the argument behind it; None for one that is none."""
    bare = name.rstrip("*")
    grid = ARRAYS.get(_ALIKE.get(bare, bare))
    if grid is not None and bare in ("alignat", "alignedat", "xalignat"):
        return replace(grid, pair_gap=0.0)
    if grid is None or not (bare in WITH_COLUMNS or argument):
        return grid
    given = columns_of(argument)
    return replace(grid, columns=given.sides, given=given)


def takes_columns(name: str) -> bool:
    """True if columns are given behind the name of an environment."""
    return name.rstrip("*") in (*WITH_COLUMNS, "alignat", "alignedat") or name.endswith("matrix*")


@dataclass(frozen=True, slots=True)
class ArrayRow:
    """The cells of a row in LaTeX, and the space in em that is added below it."""

    cells: list[str]
    gap: float = 0.0


def rows_in(body: str) -> tuple[list[ArrayRow], tuple[int, ...]]:
    """The rows, and before which of them a rule stands."""
    rows: list[ArrayRow] = []
    rules: list[int] = []
    for line, gap in parts_of(body, r"\\"):
        found = RULES.match(line)
        rules += [len(rows)] * bool(found)
        rows.append(
            ArrayRow(
                [cell.strip() for cell in split_top(line[found.end() if found else 0 :], "&")],
                (length_of(gap) or 0.0) / 18,
            )
        )
    while rows and rows[-1].cells == [""]:
        rows.pop()
    return rows, tuple(dict.fromkeys(rule for rule in rules if rule <= len(rows)))


RULE = re.compile(
    r"\\(?:hline|hdashline|midrule|toprule|bottomrule|(?:cline|cmidrule|hhline)\s*(?:\([^)]*\))?\{[^{}]*\})(?![a-zA-Z])"
)

RULES = re.compile(rf"(?:\s*{RULE.pattern})+")
"""The rules above a row, which stand before its first cell."""


def written(grid: Array, body: str, write: Callable[[str], str]) -> str:
    """A call of ``mat`` for the rows in ``body``, whose cells ``write`` writes."""
    if (has_spans(body) or has_special_rules(grid.given, body)) and not grid.pairs:
        shape = Grid(grid.columns, grid.column_gap, grid.row_gap, grid.style, grid.delimiters, grid.given)
        return grid_of(shape, body, RULES, write)
    rows, rules = rows_in(body)
    if grid.pairs:
        cells = [[paired(row, grid.style, write, grid.pair_gap)] for row in rows]
    else:
        count = max((len(row.cells) for row in rows), default=1)
        cells = [_cells(grid, row, count, write) for row in rows]
    opened, closed = grid.delimiters
    columns = max(map(len, cells), default=1)
    upright = tuple(_place(grid, rule) for rule in grid.given.rules if rule <= columns) if grid.given else ()
    across, along = _inner(rules, len(rows)), _inner(upright, columns)
    augment = (
        f", augment: #(hline: {across}, vline: {along}, stroke: 0.4pt)" if across != along or across != "()" else ""
    )
    gap = 0.0 if _has_own_spaces(grid) else grid.column_gap
    head = f"mat(delim: #({opened}, {closed}), column-gap: #{gap:g}em, row-gap: #{grid.row_gap:g}em{augment}, "
    inside = verbatim("; ").join(verbatim(", ").join(row) for row in cells)
    outer = {
        "top": grid.row_gap * (0 in rules), "bottom": grid.row_gap * (len(rows) in rules),
        "left": gap * (0 in upright), "right": gap * (columns in upright),
    }  # fmt: skip
    whole = verbatim(head) + inside + verbatim(")")
    if grid.style == "script":  # rows are as high as brackets of its size at least
        whole = verbatim("script(") + whole + verbatim(")")
    return _framed(whole, {side: gap / 2 for side, gap in outer.items() if gap})


def _framed(rows: str, sides: dict[str, float]) -> str:
    """Rows with rules at some sides, each as far from them in em as rules between rows or columns are."""
    if not sides:
        return rows
    stroke, inset = ", ".join(f"{side}: 0.4pt" for side in sides), ", ".join(f"{s}: {g:g}em" for s, g in sides.items())
    return verbatim(f"#box(stroke: ({stroke}), inset: ({inset}), {WHOLE}$") + rows + verbatim("$));")


def _inner(places: tuple[int, ...], end: int) -> str:
    """The places of rules that are not at the edges, as an array of Typst."""
    return f"({''.join(f'{place}, ' for place in places if 0 < place < end)})"


def _has_own_spaces(grid: Array) -> bool:
    """True if what stands between columns is given, so that each space is a column of its own."""
    return bool(grid.given and grid.given.between)


def _place(grid: Array, rule: int) -> int:
    """The column of ``mat`` before which a rule stands."""
    return 2 * rule if _has_own_spaces(grid) else rule


def _cells(grid: Array, row: ArrayRow, count: int, write: Callable[[str], str]) -> list[str]:
    """The cells of a row, empty ones where it is shorter, with columns of their own for spaces that are given."""
    latex = filled(grid.given, row.cells) if grid.given else row.cells
    cells = [_cell(grid, latex[place] if place < len(latex) else "", place, row.gap, write) for place in range(count)]
    if row.gap > 0 and cells:
        cells[0] += verbatim(_STRUT.format(row.gap))
    if grid.given is None or not _has_own_spaces(grid):
        return cells
    out = []
    for place in range(count + 1):
        out += [_between(grid.given, place, count, write), *cells[place : place + 1]]
    return out


_STRUT = '#box(width: 0pt, inset: (bottom: {:g}em), text(top-edge: "bounds", bottom-edge: "bounds", hide($\\($)));'
"""As high as rows are at least, and lower by the space below one."""


def _between(given: ArrayColumns, place: int, count: int, write: Callable[[str], str]) -> str:
    """What stands before the column at a place."""
    found = [(latex, room) for before, latex, room in given.between if before == place]
    if not found:
        return verbatim(f"#h({GAP if 0 < place < count else 0:g}em);")
    room = verbatim(f" #h({found[0][1]:g}em) ")
    return room + "".join(write(latex) for latex, _room in found) + room


def _cell(grid: Array, latex: str, place: int, gap: float, write: Callable[[str], str]) -> str:
    """A cell at its side."""
    cell = _styled(write(latex), grid.style, gap) if latex else ""
    return _aligned(cell, grid.columns[min(place, len(grid.columns) - 1)])


def _styled(cell: str, style: str, gap: float = 0.0) -> str:
    """A cell in its style, with space below it."""
    if not cell:
        return cell
    inside = verbatim(f"{style}(") + cell + verbatim(")") if style else cell
    return verbatim(f"#box(inset: (bottom: {gap:g}em), {WHOLE}$") + inside + verbatim("$));") if gap > 0 else inside


def _aligned(cell: str, column: str) -> str:
    if not cell:
        return verbatim('""')
    return verbatim("&") + cell if column == "l" else cell + verbatim("&") if column == "r" else cell


def paired(row: ArrayRow, style: str, write: Callable[[str], str], between: float = 2.0) -> str:
    """A row as one cell with marks, ``between`` em between two pairs; in a grid, where it has a style, with its gap."""
    out = []
    for place, cell in enumerate(row.cells):
        space = verbatim(f"#h({between:g}em)") if place and place % 2 == 0 and between else ""
        body = write("{}" + cell if place % 2 and cell else cell)
        out.append(space + (_styled(body, style, row.gap if style else 0.0) if body else ""))
    return verbatim(" & ").join(out)


def staggered(rows: list[ArrayRow], write: Callable[[str], str]) -> str:
    """The lines of one long formula: the first one at the left, the last one at the right, others in the middle."""
    sides = ["left", *["center"] * (len(rows) - 2), "right"]
    room = {"left": f"(right: {SHIFT:g}em)", "right": f"(left: {SHIFT:g}em)", "center": "0em"}
    cells = [
        verbatim(f"grid.cell(align: {side}, inset: {room[side]}, {WHOLE}$display(")
        + write("{}" * bool(number) + " ".join(row.cells))
        + verbatim(")$))")
        for number, (row, side) in enumerate(zip(rows, sides, strict=True))
    ]
    head = f"#box(grid(columns: 1, stroke: none, row-gutter: {LEADING:g}em, "
    return verbatim(head) + verbatim(", ").join(cells) + verbatim("));")


SHIFT = 2.0
"""How far the first line of a long formula ends before the others, and the last one begins behind them, at least."""


def gap_below(row: ArrayRow) -> str:
    """The line between two of a display that adds a space, which is negative where the next row goes up."""
    return verbatim(f" \\ {GAP_ROW}{row.gap - LEADING:g}em);") if row.gap else ""


GAP_ROW = "#box(height: "
LEADING = 0.65
"""Space between lines of a display in em, as in `setting.FORMULA_RULES`."""


def environment_at(text: str, start: int) -> tuple[str, str, str, int] | None:
    r"""Name, argument, body and end of the environment that begins at ``start``; None if it is not closed."""
    opened = re.compile(r"\\begin\s*\{([a-zA-Z]+\*?)\}").match(text, start)
    if opened is None:
        return None
    position, depth = opened.end(), 1
    for mark in re.compile(r"\\(begin|end)\s*\{([a-zA-Z]+\*?)\}").finditer(text, position):
        depth += 1 if mark[1] == "begin" else -1
        if depth == 0:
            body = text[position : mark.start()]
            argument, body = _argument(body) if takes_columns(opened[1]) else ("", body)
            return opened[1], argument, body, mark.end()
    return None


def _argument(body: str) -> tuple[str, str]:
    body = re.sub(r"^\s*\[[^\]]*\](?=\s*\{)", "", body).lstrip()
    if body.startswith("{"):
        end = matching_brace(body, 0)
        return body[1:end], body[end + 1 :]
    short = re.match(r"\[([lcr])\]", body)
    return (short[1], body[short.end() :]) if short else ("", body)

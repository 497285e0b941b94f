r"""Arrays in which cells span columns or rows (``\multicolumn``, ``\multirow``), or rules some columns (``\cline``)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from builder.typeset.math.braces import matching_brace
from builder.typeset.math.columns import ArrayColumns, columns_of, filled
from builder.typeset.math.rows import parts_of, split_top
from builder.typeset.math.verbatim import verbatim

_SPANNING = re.compile(r"\\(?:multicolumn|multirow|hdotsfor|cline|cmidrule)(?![a-zA-Z])")
_SPAN = re.compile(r"\\(?P<name>multicolumn|multirow|hdotsfor)(?![a-zA-Z])\s*(?:\[[^\]]*\]\s*)?(?=\{)")
_PART_OF_RULE = re.compile(r"\\(?:cline|cmidrule)\s*(?:\([^)]*\))?\{\s*(\d+)\s*-\s*(\d+)\s*\}")
_DASHED = re.compile(r"\\hdashline(?![a-zA-Z])")
_SIDES = {"l": "left", "c": "center", "r": "right"}
MOST = 50
"""Columns or rows that a cell spans, at most."""


@dataclass(slots=True)
class Spanning:
    """A cell: its LaTeX, how many columns and rows it spans, and its side as an argument of an array gives it."""

    latex: str
    columns: int = 1
    rows: int = 1
    side: str = ""


def has_spans(body: str) -> bool:
    """True for rows with cells or rules that a matrix cannot have."""
    return _SPANNING.search(body) is not None


def without_spans(latex: str) -> str:
    """``latex`` with cells that span columns as such cells before empty ones, and no rules below some columns."""
    text = _PART_OF_RULE.sub("", latex)
    while match := _SPAN.search(text):
        cell, end = _spanning(text, match)
        behind = (r" & \cdots" if match["name"] == "hdotsfor" else " & ") * (cell.columns - 1)
        text = f"{text[: match.start()]}{{{cell.latex}}}{behind}{text[end:]}"
    return text


def _spanning(text: str, match: re.Match[str]) -> tuple[Spanning, int]:
    """The cell of a command that spans, and the place behind its arguments."""
    given: list[str] = []
    position = match.end()
    while len(given) < (1 if match["name"] == "hdotsfor" else 3):
        start = re.compile(r"\s*(?:\[[^\]]*\]\s*)?(\{|\*)").match(text, position)
        if start is None:
            break
        end = matching_brace(text, start.end() - 1) if start[1] == "{" else start.end()
        given.append(text[start.end() : end])
        position = end + (start[1] == "{")
    number, argument, inside = (*given, "", "", "")[:3]
    count = min(max(int(number), 1), MOST) if number.strip().isdigit() else 1
    if match["name"] == "hdotsfor":
        return Spanning(r"\cdots", columns=count), position
    if match["name"] == "multirow":
        return Spanning(inside, rows=count), position
    return Spanning(inside, columns=count, side=columns_of(argument).sides[:1]), position


def cell_of(latex: str) -> Spanning:
    """The cell that stands between two marks; one within the other spans both ways."""
    match = _SPAN.match(latex.strip())
    if match is None or match["name"] == "hdotsfor":
        return Spanning(latex.strip())
    cell, _end = _spanning(latex.strip(), match)
    inner = cell_of(cell.latex)
    return Spanning(inner.latex, max(cell.columns, inner.columns), max(cell.rows, inner.rows), cell.side or inner.side)


_RULED = re.compile(
    r"\\(?:h(?:dash)?line|(?:top|mid|bottom)rule|hhline)(?![a-zA-Z])"
    r"|\\begin\{d?array\}\s*(?:\[[^\]]*\]\s*)?\{[^{}|:]*(?:\{[^{}]*\}[^{}|:]*)*[|:]"
)


def has_rules(latex: str) -> bool:
    """True for a formula with rules between rows or columns, which Office math does not have."""
    return _RULED.search(latex) is not None


def has_special_rules(columns: ArrayColumns | None, body: str) -> bool:
    """True for rows between which, or between the columns of which, a rule is dashed or doubled."""
    return bool(columns and (columns.doubled or columns.dashed)) or _DASHED.search(body) is not None


@dataclass(frozen=True, slots=True)
class Grid:
    """How rows with spans are set: the sides of columns, gaps in em, the style of cells, delimiters, given columns."""

    sides: str
    column_gap: float
    row_gap: float
    style: str
    delimiters: tuple[str, str]
    given: ArrayColumns | None

    def place(self, column: int) -> int:
        """The column of Typst's grid in which a column stands: a doubled rule has one of its own."""
        return column + sum(before <= column for before in self.given.doubled) if self.given else column

    def widths(self, columns: int) -> str:
        """The columns of Typst's grid."""
        found = [(self.place(column), "auto") for column in range(columns)]
        known = dict(found)
        last = max(known, default=0) + bool(self.given and columns in self.given.doubled)
        return ", ".join(known.get(place, f"{DOUBLE:g}em") for place in range(last + 1))

    def upright(self) -> list[str]:
        """The rules between columns."""
        out = []
        for before in self.given.rules if self.given else ():
            place = self.place(before) - (before in self.given.doubled if self.given else 0)
            stroke = DASHED if self.given and before in self.given.dashed else SOLID
            doubled = bool(self.given and before in self.given.doubled)
            out += [f"grid.vline(x: {x}, stroke: {stroke})" for x in range(place, place + 1 + doubled)]
        return [verbatim(line) for line in out]


SOLID, DASHED = "0.4pt", '(thickness: 0.4pt, dash: "dashed")'
DOUBLE = 0.17
"""Space between the two lines of a doubled rule in em."""


def grid_of(grid: Grid, body: str, rule: re.Pattern[str], write: Callable[[str], str]) -> str:
    """A call of ``mat`` with one cell, a grid of Typst, whose cells ``write`` writes."""
    items: list[str] = []
    taken: dict[int, int] = {}
    number, most = 0, 1
    body = "".join(_dotted(part) for part in re.split(r"(\\\\)", body))
    for line, _gap in parts_of(body, r"\\"):
        rules = rule.match(line)
        items += _rules(grid, rules[0], number) if rules else []
        bare = line[rules.end() :] if rules else line
        if not bare.strip():
            continue
        column = 0
        latex = split_top(bare, "&")
        for text in filled(grid.given, latex) if grid.given and not has_spans(bare) else latex:
            cell = cell_of(text)
            if not (taken.get(column, 0) > number and not cell.latex):
                items.append(_cell(grid, cell, column, number, write))
            taken |= dict.fromkeys(range(column, column + cell.columns), number + cell.rows) if cell.rows > 1 else {}
            column += cell.columns
        number, most = number + 1, max(most, column)
    items += grid.upright()
    opened, closed = grid.delimiters
    head = f"mat(delim: #({opened}, {closed}), #box(grid(columns: ({grid.widths(most)},), stroke: none, "
    head += f"inset: (x: {grid.column_gap / 2:g}em, y: {grid.row_gap / 2:g}em), "
    return verbatim(head) + verbatim(", ").join(items) + verbatim(")))")


def _dotted(part: str) -> str:
    r"""A row with ``\hdotsfor`` as cells of dots."""
    return without_spans(part) if r"\hdotsfor" in part and r"\multi" not in part else part


def _rules(grid: Grid, commands: str, row: int) -> list[str]:
    """The rules above a row: over some columns, or over all."""
    parts = [(int(first) - 1, int(last)) for first, last in _PART_OF_RULE.findall(commands)]
    if not parts:
        return [verbatim(f"grid.hline(y: {row}, stroke: {DASHED if _DASHED.search(commands) else SOLID})")]
    places = [(grid.place(first), grid.place(last - 1) + 1) for first, last in parts]
    return [verbatim(f"grid.hline(y: {row}, start: {first}, end: {end}, stroke: {SOLID})") for first, end in places]


def _cell(grid: Grid, cell: Spanning, column: int, row: int, write: Callable[[str], str]) -> str:
    side = cell.side or grid.sides[min(column, len(grid.sides) - 1)]
    place = grid.place(column)
    columns = grid.place(column + cell.columns - 1) + 1 - place
    head = f"grid.cell(x: {place}, y: {row}, colspan: {columns}, rowspan: {cell.rows}, "
    head += f"align: {_SIDES.get(side, 'center')} + horizon, text(top-edge: 0.75em, bottom-edge: -0.25em, "
    return verbatim(f"{head}${grid.style}(") + (write(cell.latex) or verbatim('""')) + verbatim(")$))")

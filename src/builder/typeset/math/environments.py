"""Environments of rows and columns → calls of Typst's ``mat``, with alignments, rules and delimiters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from builder.typeset.math.macros import matching_brace
from builder.typeset.math.rows import split_top
from builder.typeset.math.verbatim import verbatim


@dataclass(frozen=True, slots=True)
class Array:
    """How an environment is set: its delimiters as Typst writes them, the alignment of columns (the last repeats).

    ``style`` is a function of Typst for the style of each cell; gaps are in em. ``pairs`` are columns that are aligned
    by twos at what stands between them.
    """

    delimiters: tuple[str, str] = ("none", "none")
    columns: str = "c"
    style: str = "inline"
    column_gap: float = 1.0
    row_gap: float = 0.35
    pairs: bool = False
    pair_gap: float = 2.0
    rules: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()

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
    "gathered": Array(style="display", row_gap=0.5),
}  # fmt: skip
_ALIKE = {
    "align": "aligned", "alignat": "aligned", "alignedat": "aligned", "flalign": "aligned", "split": "aligned",
    "eqnarray": "aligned", "gather": "gathered", "multline": "gathered", "numcases": "cases", "darray": "array",
}  # fmt: skip
_COLUMNS = re.compile(r"[lcr|]")


def array_style(name: str, argument: str) -> Array | None:
    """The grid of an environment by its name and the argument behind it; None for one that is none."""
    bare = name.rstrip("*")
    grid = ARRAYS.get(_ALIKE.get(bare, bare))
    if grid is not None and bare in ("alignat", "alignedat", "xalignat"):
        return replace(grid, pair_gap=0.0)
    if grid is None or not (bare in ("array", "darray", "subarray") or argument):
        return grid
    marks = _COLUMNS.findall(re.sub(r"\*\{(\d+)\}\{(.*?)\}", lambda m: m[2] * min(int(m[1]), 50), argument))
    columns = "".join(mark for mark in marks if mark != "|") or "c"
    lines = tuple(sum(mark != "|" for mark in marks[:place]) for place, mark in enumerate(marks) if mark == "|")
    return replace(grid, columns=columns, lines=lines)


def takes_columns(name: str) -> bool:
    """True if columns are given behind the name of an environment."""
    return name.rstrip("*") in ("array", "darray", "subarray", "alignat", "alignedat") or name.endswith("matrix*")


def rows_in(body: str) -> tuple[list[list[str]], tuple[int, ...]]:
    """The cells of each row, and before which rows a rule stands."""
    rows: list[list[str]] = []
    rules: list[int] = []
    for line in split_top(body, r"\\"):
        bare, count = re.subn(r"\\(?:hline|hdashline|midrule|toprule|bottomrule)(?![a-zA-Z])", "", line)
        bare = re.sub(r"^\s*\[[^\]]*\]", "", bare) if rows else bare
        rules += [len(rows)] * bool(count)
        rows.append([cell.strip() for cell in split_top(bare, "&")])
    while rows and rows[-1] == [""]:
        rows.pop()
    return rows, tuple(rule for rule in rules if rule > 0)


def written(grid: Array, body: str, write: Callable[[str], str]) -> str:
    """A call of ``mat`` for the rows in ``body``, whose cells ``write`` writes."""
    rows, rules = rows_in(body)
    if grid.pairs:
        cells = [[paired(row, grid.style, write, grid.pair_gap)] for row in rows]
    else:
        count = max(map(len, rows), default=1)
        cells = [[_cell(grid, row, place, write) for place in range(count)] for row in rows]
    opened, closed = grid.delimiters
    columns = max(map(len, cells), default=1)
    rule = [line for line in rules if line < len(rows)]
    line = [place for place in grid.lines if 0 < place < columns]
    augment = f", augment: #(hline: {_tuple(rule)}, vline: {_tuple(line)}, stroke: 0.4pt)" if rule or line else ""
    head = (
        f"mat(delim: #({opened}, {closed}), column-gap: #{grid.column_gap:g}em, row-gap: #{grid.row_gap:g}em{augment}, "
    )
    inside = verbatim("; ").join(verbatim(", ").join(row) for row in cells)
    return verbatim(head) + inside + verbatim(")")


def _tuple(numbers: list[int]) -> str:
    return f"({''.join(f'{number}, ' for number in numbers)})"


def _cell(grid: Array, row: list[str], place: int, write: Callable[[str], str]) -> str:
    """The cell at a place of a row, empty where the row is shorter."""
    cell = _styled(write(row[place]), grid.style) if place < len(row) else ""
    return _aligned(cell, grid.columns[min(place, len(grid.columns) - 1)])


def _styled(cell: str, style: str) -> str:
    return verbatim(f"{style}(") + cell + verbatim(")") if style and cell else cell


def _aligned(cell: str, column: str) -> str:
    if not cell:
        return verbatim('""')
    return verbatim("&") + cell if column == "l" else cell + verbatim("&") if column == "r" else cell


def paired(row: list[str], style: str, write: Callable[[str], str], between: float = 2.0) -> str:
    """A row as one cell with marks, ``between`` em between two pairs."""
    out = []
    for place, cell in enumerate(row):
        gap = verbatim(f"#h({between:g}em)") if place and place % 2 == 0 and between else ""
        body = write("{}" + cell if place % 2 and cell else cell)
        out.append(gap + (_styled(body, style) if body else ""))
    return verbatim(" & ").join(out)


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

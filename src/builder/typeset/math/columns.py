"""The columns of an array as its argument gives them (array package): sides, rules, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.typeset.math.braces import matching_brace
from builder.typeset.math.rows import split_top

_REPEATED = re.compile(r"\*\s*\{(\d+)\}\s*(?=\{)")
_MARK = re.compile(r"(?P<given>[@!><pmbwW])\s*(?:\{[^{}]*\}\s*)?(?=\{)|(?P<side>[lcrX])|(?P<rule>\|+|:+)")
MOST = 50
"""Times that columns are repeated, at most."""
GAP = 1.0
"""Space between two columns in em."""


@dataclass(frozen=True, slots=True)
class ArrayColumns:
    """The side of each column (``l``, ``c`` or ``r``) and the columns before which rules stand; some of these rules are
    ``doubled`` or ``dashed``.

    ``before`` and ``behind`` are LaTeX for each cell of a column; ``between`` is what stands before a column, with the
    space in em at both sides of it.
    """

    sides: str
    rules: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()
    dashed: tuple[int, ...] = ()
    before: tuple[tuple[int, str], ...] = ()
    behind: tuple[tuple[int, str], ...] = ()
    between: tuple[tuple[int, str, float], ...] = ()


def columns_of(argument: str) -> ArrayColumns:
    """The columns that an argument such as ``r@{\\,}l|c`` gives; one in the middle where it gives none."""
    argument = repeated(argument)
    sides = ""
    rules: dict[int, str] = {}
    before: list[tuple[int, str]] = []
    behind: list[tuple[int, str]] = []
    between: list[tuple[int, str, float]] = []
    position = 0
    while match := _MARK.search(argument, position):
        position = match.end()
        if match["given"] is None:
            sides += {"X": "l"}.get(match["side"], match["side"]) if match["side"] else ""
            rules |= {len(sides): match["rule"]} if match["rule"] else {}
            continue
        end = matching_brace(argument, match.end())
        inside, position, place = argument[match.end() + 1 : end], end + 1, len(sides)
        if match["given"] in "@!":
            between.append((place, inside, GAP / 2 if match["given"] == "!" else 0.0))
        elif match["given"] == ">":
            before.append((place, inside))
        elif match["given"] == "<":
            behind.append((place - 1, inside))
        else:
            sides += "l"
    doubled = tuple(place for place, rule in rules.items() if len(rule) > 1)
    dashed = tuple(place for place, rule in rules.items() if rule[0] == ":")
    return ArrayColumns(sides or "c", tuple(rules), doubled, dashed, tuple(before), tuple(behind), tuple(between))


def repeated(argument: str) -> str:
    """``argument`` with ``*{3}{c}`` as ``ccc``."""
    for _ in range(MOST):
        match = _REPEATED.search(argument)
        if match is None:
            break
        end = matching_brace(argument, match.end())
        times = min(int(match[1]), MOST)
        argument = argument[: match.start()] + argument[match.end() + 1 : end] * times + argument[end + 1 :]
    return argument


def filled(columns: ArrayColumns, row: list[str]) -> list[str]:
    """The cells of a row with what columns give to each of them."""
    cells = list(row)
    for given, pattern in ((columns.before, "{1} {0}"), (columns.behind, "{0} {1}")):
        for place, latex in given:
            if place < len(cells):
                cells[place] = pattern.format(cells[place], latex).strip()
    return cells


def joined_row(columns: ArrayColumns, line: str) -> str:
    """A row for a reader that knows sides and rules alone: what stands between columns goes to the cells."""
    if not (columns.before or columns.behind or columns.between):
        return line
    cells = filled(columns, split_top(line, "&"))
    for place, latex, _room in columns.between:
        if latex.strip() and place == 0:
            cells[0] = f"{latex} {cells[0]}"
        elif latex.strip() and place <= len(cells):
            cells[place - 1] += f" {latex}"
    return " & ".join(cells)

"""A displayed formula that is too long for a line → rows that begin with its relations, else with its signs.

Nothing is broken inside of braces or of an environment, and inside of brackets only where nothing else helps: those
that ``\\left`` and ``\\right`` make grow have a size of their own then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from builder.typeset.math.classes import CLASSES
from builder.typeset.math.divided import rows_apart
from builder.typeset.math.rows import split_top, take_tag

_TOKEN = re.compile(r"\\begin\{[^}]*\}|\\end\{[^}]*\}|\\(?:[a-zA-Z]+|.)|.", re.DOTALL)
_BRACES = {"{": 1, "}": -1}
_BRACKETS = {**_BRACES, "(": 1, "[": 1, r"\{": 1, ")": -1, "]": -1, r"\}": -1, r"\left": 1, r"\right": -1}
_GROWING = re.compile(r"\\(left|middle|right)(?![a-zA-Z])\s*(\\[a-zA-Z]+|\\.|\S)")
_TALL = re.compile(r"\\(?:[dtc]?frac|binom|sum|prod|o?i+nt|begin|over)(?![a-zA-Z])")
_EQUATION = re.compile(r"\\(?:begin|end)\{equation\*?\}|\\label\{[^{}]*\}|\\(?:nonumber|notag)(?![a-zA-Z])")
INDENT_EM = 2.0
"""How far a row stands in that goes on with a sign, in em; that of two ``\\quad``."""

Width = Callable[[str], float]
"""Width of a formula in em."""


def in_rows(latex: str, room_em: float, width: Width) -> str:
    """``latex`` in aligned rows of at most ``room_em``; '' where it has rows already, or that cannot be."""
    whole = _EQUATION.sub("", take_tag(latex)[1]).strip()
    if "\\\\" in whole or "&" in whole:
        return ""
    return rows_of(whole, _BRACKETS, room_em, width) or rows_of(with_fixed_brackets(whole), _BRACES, room_em, width)


def rows_in_rows(latex: str, room_em: float, width: Width) -> list[list[str]]:
    """The rows of a formula, each as the rows of at most ``room_em`` in which it fits; none where that cannot be."""
    rows = [_equations(row) for row in rows_apart(latex)[1]]
    if sum(map(len, rows)) < 2 or not all(rows):
        return []
    left = max(width(first) if first else 0.0 for row in rows for first, _second in row)
    found = []
    for row in rows:
        lines = []
        for first, second in row:
            tried = (_filled_row(second, _BRACKETS, room_em - left, width),
                     _filled_row(with_fixed_brackets(second), _BRACES, room_em - left, width))  # fmt: skip
            head, *rest = next(filter(None, tried), [""])
            if not head:
                return []
            lines += [f"{first} & {head}", *(rf"& \qquad {part}" for part in rest)]
        found.append(lines)
    return found


def _equations(row: str) -> list[tuple[str, str]]:
    """The left and the right sides of what stands beside each other in a row; none of columns that are no equations."""
    cells = [cell.strip() for cell in split_top(row, "&")]
    if len(cells) == 1:
        return [("", cells[0])]
    sides = list(zip(cells[::2], [*cells[1::2], ""], strict=False))
    return sides if len(sides) == 1 or all(_begins_with_relation(right) for _left, right in sides) else []


def _begins_with_relation(latex: str) -> bool:
    token = next((token for token in _TOKEN.findall(latex) if not token.isspace()), "")
    return CLASSES.get(token.removeprefix("\\")) == "relation"


def _filled_row(second: str, brackets: Mapping[str, int], room_em: float, width: Width) -> list[str]:
    """The right side of a row in rows; none where one of them is too wide."""
    head, *rest = (part.strip() for part in filled(parts(second, "binary", brackets), room_em, width))
    wide = [width(f"{{}}{head}"), *(width(f"{{}}{part}") + INDENT_EM for part in rest)]
    return [head, *rest] if max(wide) <= room_em else []


def with_fixed_brackets(latex: str) -> str:
    """``latex`` with brackets that need not stand on one row, as high as a fraction where there is one."""
    size = "bigg" if _TALL.search(latex) else "big"
    return _GROWING.sub(lambda bracket: "" if bracket[2] == "." else rf"\{size}{bracket[1][0]}{bracket[2]} ", latex)


def rows_of(whole: str, brackets: Mapping[str, int], room_em: float, width: Width) -> str:
    """``whole`` in aligned rows, none of which ends inside of ``brackets``; '' where that is no help."""
    relations = parts(whole, "relation", brackets)
    first, *others = relations
    left = width(first) if others and first.strip() else 0.0
    is_beside = left <= room_em / 3
    rows = [] if is_beside else [f"&{first.strip()}"]
    for number, part in enumerate(others or relations):
        before = first if is_beside and not number and others else ""
        room = room_em - (left if is_beside else INDENT_EM)
        head, *rest = filled(parts(part, "binary", brackets), room, width)
        rows += [f"{before}&{head.strip()}", *(rf"&\qquad {row.strip()}" for row in rest)]
    if len(rows) < 2 or any(width(row.replace("&", "{}")) > room_em for row in rows):
        return ""
    return r"\begin{aligned} " + r" \\ ".join(rows) + r" \end{aligned}"


def filled(pieces: Sequence[str], room_em: float, width: Width) -> list[str]:
    """``pieces`` in as few rows as hold them, those behind the first one indented."""
    rows = [pieces[0]]
    for piece in pieces[1:]:
        room = room_em - (INDENT_EM if len(rows) > 1 else 0.0)
        if width("{}" + rows[-1] + piece) <= room:
            rows[-1] += piece
        else:
            rows.append(piece)
    return rows


def parts(latex: str, kind: str, brackets: Mapping[str, int]) -> list[str]:
    """``latex`` in parts, of which each but the first begins with a relation, or a binary sign, where rows may end."""
    found, depth, follows_atom = [""], 0, False
    for token in _TOKEN.findall(latex):
        depth += 1 if token.startswith(r"\begin{") else -1 if token.startswith(r"\end{") else brackets.get(token, 0)
        token_class = CLASSES.get(token.removeprefix("\\"))
        if depth == 0 and token_class == kind and (follows_atom or kind == "relation") and found[-1].strip():
            is_joined = kind == "relation" and found[-1].rstrip().endswith(("=", "<", ">", r"\not", ":"))
            found += [] if is_joined else [""]
        found[-1] += token
        if not token.isspace():
            follows_atom = token_class not in ("binary", "relation", "operator", "opening") and token not in "^_"
    return found

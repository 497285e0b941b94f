"""A display formula of several rows, taken apart where rows bear numbers of their own (amsmath, section 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from builder.typeset.math.braces import matching_brace

_ENVIRONMENT = re.compile(
    r"^\s*\\begin\{(?P<name>align|alignat|flalign|gather|multline|eqnarray|equation)(?P<star>\*?)\}(?P<columns>\{\d+\})?"
    r"(?P<body>.*)\\end\{(?P=name)(?P=star)\}\s*$",
    re.DOTALL,
)
_TAG = re.compile(r"\\tag(?P<star>\*?)\s*(?=\{)")
_LABEL = re.compile(r"\\label\{([^}]*)\}")
_GAP = re.compile(r"\*?\s*\[\s*([-+]?\s*[\d.]*\s*(?:[a-z]{2}|\\[a-z]*(?:skip|jot)))\s*\]|\*")
"""The length behind the end of a row; a row may begin with a bracket, too."""
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_UNNUMBERED = re.compile(r"\\(?:nonumber|notag)\b")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells between alignment marks, the tag as printed ('' for none), labels, and whether it counts."""

    cells: tuple[str, ...]
    tag: str
    labels: tuple[str, ...]
    counts: bool


def with_equations_in_rows(latex: str) -> str:
    """``latex`` in which equations that blank lines part stand below each other, aligned, as on Sphinx's web pages;
    itself where such a line stands within something that is open.
    """
    parts = [part.strip() for part in _BLANK_LINES.split(latex) if part.strip()]
    if len(parts) < 2 or not all(map(_is_closed, parts)):
        return latex
    return _aligned(r" \\ ".join(_aligned(part) if r"\\" in part else part for part in parts))


def _aligned(rows: str) -> str:
    return rf"\begin{{aligned}}{rows}\end{{aligned}}"


def _is_closed(part: str) -> bool:
    """True for a formula that ends all environments and groups that it begins."""
    return part.count(r"\begin{") == part.count(r"\end{") and part.count("{") == part.count("}")


def rows_of(latex: str) -> list[Row]:
    """The rows of a display formula; one for a formula that is not an AMS environment.

    A row counts when it stands in an environment without a star and has neither a tag nor ``\\nonumber``.
    """
    match = _ENVIRONMENT.match(latex)
    body = match["body"] if match else latex
    numbered = bool(match) and not (match and match["star"])
    if match and match["name"] in ("equation", "multline"):
        return [_row(body, numbered, split=False)]
    lines = split_top(body, r"\\") if match or r"\\" in body else [body]
    return [_row(line, numbered, split=True) for line in lines if line.strip()]


def is_environment(latex: str) -> bool:
    """True for a formula that is an AMS environment for display, which stands by itself."""
    return bool(_ENVIRONMENT.match(latex))


def is_unnumbered(latex: str) -> bool:
    """True for a formula that asks for no number."""
    return _UNNUMBERED.search(latex) is not None


def cells_of(formulas: Iterable[str], plain: Callable[[str], str]) -> Iterator[str]:
    """The cells of all formulas that may be set row by row, as formulas of their own; ``plain`` expands macros."""
    for latex in formulas:
        rows = rows_of(plain(latex))
        if len(rows) > 1 and any(row.tag or row.counts for row in rows):
            yield from (cell_formula(index, cell) for row in rows for index, cell in enumerate(row.cells) if cell)


def cell_formula(index: int, cell: str) -> str:
    """A cell as a formula; right of an alignment mark it begins with an empty group, for the space of a relation."""
    return f"{{}}{cell}" if index % 2 else cell


def _row(line: str, numbered: bool, *, split: bool) -> Row:
    tag, rest = take_tag(line)
    labels = tuple(_LABEL.findall(rest))
    unnumbered = bool(_UNNUMBERED.search(rest))
    rest = _UNNUMBERED.sub("", _LABEL.sub("", rest)).strip()
    cells = tuple(cell.strip() for cell in split_top(rest, "&")) if split else (rest,)
    return Row(cells, tag, labels, numbered and not tag and not unnumbered)


def take_tag(latex: str) -> tuple[str, str]:
    """(tag as printed, formula without it); the tag is '' when there is none."""
    match = _TAG.search(latex)
    if not match:
        return "", latex
    end = matching_brace(latex, match.end())
    text = latex[match.end() + 1 : end].strip()
    return (text if match["star"] else f"({text})"), latex[: match.start()] + latex[end + 1 :]


def without_tags(latex: str) -> str:
    """A formula without the tags of its rows."""
    while (rest := take_tag(latex)[1]) != latex:
        latex = rest
    return latex


def split_top(text: str, mark: str) -> list[str]:
    """``text`` split at ``mark`` where it stands outside braces and environments."""
    return [part for part, _option in parts_of(text, mark)]


def parts_of(text: str, mark: str) -> list[tuple[str, str]]:
    r"""The parts of ``text`` between marks outside braces and environments, each with the option of the mark behind it,
    such as the length of ``\\[2ex]``.
    """
    parts, start, depth, position = [], 0, 0, 0
    while position < len(text):
        if depth == 0 and text.startswith(mark, position) and (mark != "&" or text[position - 1 : position] != "\\"):
            part = text[start:position]
            position += len(mark)
            option = _GAP.match(text, position) if mark == r"\\" else None
            position += option.end() - position if option else 0
            parts.append((part, option[1] or "" if option else ""))
            start = position
            continue
        if text.startswith(r"\begin{", position):
            depth += 1
        elif text.startswith(r"\end{", position):
            depth -= 1
        if text[position] == "\\" and not text.startswith((r"\begin{", r"\end{"), position):
            position += 2
            continue
        depth += {"{": 1, "}": -1}.get(text[position], 0)
        position += 1
    return [*parts, (text[start:], "")]

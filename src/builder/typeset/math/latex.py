"""Math that MathJax shows and pandoc's reader does not know, rewritten into what it knows.

Plain TeX's fonts, fractions and matrices (The TeXbook, chapters 17 and 22), commands of MathJax and of packages that it
loads by itself, and simple chemistry.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.store.text import clean
from builder.typeset.math.accents import with_accents
from builder.typeset.math.braces import group_end, matching_brace
from builder.typeset.math.chemistry import chemistry, units
from builder.typeset.math.circled import with_circles
from builder.typeset.math.classes import CLASSES
from builder.typeset.math.definitions import ALL_MACROS, OFFICE_MACROS
from builder.typeset.math.environments import array_style, environment_at, gap_below, paired, rows_in, staggered
from builder.typeset.math.for_office import for_pandoc
from builder.typeset.math.for_typst import for_typst
from builder.typeset.math.for_web import without_nice
from builder.typeset.math.greek import with_slanted_greek
from builder.typeset.math.lengths import length_of
from builder.typeset.math.letters import with_colours, with_marks
from builder.typeset.math.mathtools import plain_cases, plain_mathtools
from builder.typeset.math.physics import physics
from builder.typeset.math.raised import as_scripts
from builder.typeset.math.rows import split_top, without_tags
from builder.typeset.math.scan import outermost
from builder.typeset.math.siunitx import plain_quantities
from builder.typeset.math.symbols import with_symbols
from builder.typeset.math.texts import flat_texts, outside_texts, without_switches
from builder.typeset.math.verbatim import verbatim

FONTS = {
    "rm": "mathrm", "bf": "mathbf", "it": "mathit", "cal": "mathcal", "tt": "mathtt", "sf": "mathsf", "mit": "mathit",
    "frak": "mathfrak", "Bbb": "mathbb", "scr": "mathscr", "bfseries": "mathbf", "rmfamily": "mathrm",
}  # fmt: skip
"""A switch of plain TeX, which holds to the end of its group → the command that takes the group."""

FRACTIONS = {"over": r"\frac{%s}{%s}", "atop": r"\begin{matrix}%s\\%s\end{matrix}"}
MATRICES = ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "cases", "array")

_SWITCH = re.compile(rf"\\({'|'.join(FONTS)})(?![a-zA-Z])\s*")
_FRACTION = re.compile(rf"\\({'|'.join(FRACTIONS)})(?![a-zA-Z])")
_MATRIX = re.compile(rf"\\({'|'.join(MATRICES)})\s*(?=\{{)")
_UNICODE = re.compile(
    r"\\(?:unicode(?:\[[^]]*\])*\{\s*[xX]|U\{)\s*(?P<hex>[0-9a-fA-F]{1,6})\s*\}"
    r"|\\unicode(?:\[[^]]*\])*\{\s*(?P<number>\d{1,7})\s*\}|\\char\s*(?:\"(?P<quoted>[0-9A-F]{1,6})|(?P<plain>\d{1,7}))"
)
_CHEMISTRY = re.compile(r"\\(ce|pu)\s*(?=\{)")


_LABELS = re.compile(r"\\label\{[^}]*\}|\\nonumber\b|\\notag\b")
_LAST_SPACES = re.compile(r"(?:(?<!\\)\\\s\s*)+\Z")
r"""Spaces ``\ `` at the end, of which a lone backslash would be left."""
_DOLLARS = re.compile(r"^\s*\$\$(.*)\$\$\s*$", re.DOTALL)
"""Objects that show themselves as LaTeX bring their own signs for a formula, also where one has begun."""


def for_office(latex: str) -> str:
    """Formula text as pandoc reads it for Office math: no labels; several lines or columns inside ``aligned``."""
    coloured = _FRAMED.sub(r"\\boxed", with_colours(common(plain_quantities(latex))))
    text = with_marks(for_pandoc(re.sub(r"\n\s*\n", "\n", OFFICE_MACROS.expand(coloured))))
    return re.sub(r"\\(begin|end)\{(align|gather|multline|eqnarray|equation|flalign)\*?\}", _inner_environment, text)


_FRAMED = re.compile(r"\\bbox\s*\[[^\]]*\bborder\b[^\]]*\]")


def _inner_environment(match: re.Match[str]) -> str:
    if match[2] == "equation":
        return ""
    inner = "gathered" if match[2] in ("gather", "multline") else "aligned"
    return rf"\{match[1]}{{{inner}}}"


def as_typst(latex: str) -> str:
    """Formula text as pandoc reads it for Typst; rows of a whole formula are lines of it, and are not in a grid."""
    text = re.sub(r"\n\s*\n", "\n", common(plain_quantities(latex)))
    text = re.sub(r"\\(?:begin|end)\{equation\*?\}", "", text).strip()
    found = environment_at(text, 0) if text.startswith(r"\begin") else None
    grid = array_style(found[0], found[1]) if found is not None and found[3] == len(text) else None
    if found is not None and grid is not None and grid.of_lines:
        rows, _rules = rows_in(found[2])
        lines = [
            paired(row, "", for_typst, grid.pair_gap) if grid.pairs else for_typst(" ".join(row.cells)) for row in rows
        ]
        if len(rows) > 1 and found[0].startswith("multline"):
            return staggered(rows, for_typst)
        if len(lines) > 1 or grid.pairs:
            gaps = ["" if row is rows[-1] else gap_below(row) for row in rows]
            return verbatim(" \\ ").join(line + gap for line, gap in zip(lines, gaps, strict=True))
    return for_typst(text)


def common(latex: str) -> str:
    """``latex`` without tags, labels and what no writer knows; lines and columns by themselves are ``aligned``."""
    text = _LAST_SPACES.sub("~", _LABELS.sub("", without_tags(clean(latex))))
    text = plain_mathtools(plain_commands(without_nice(text)))
    text = flat_texts(rewritten(without_switches(with_accents(with_circles(ALL_MACROS.expand(physics(text)))))))
    text = with_slanted_greek(with_symbols(outside_texts(text, as_scripts)).strip())
    text = _EQNARRAY.sub(_two_columns, text)
    if len(split_top(text, r"\\")) > 1 or len(split_top(text, "&")) > 1:
        return rf"\begin{{aligned}}{text}\end{{aligned}}"
    return text


def _two_columns(match: re.Match[str]) -> str:
    """An ``eqnarray`` as aligned at its relations."""
    rows = (split_top(row, "&") for row in split_top(match[1], r"\\"))
    return r"\begin{align}" + r"\\".join("&".join([*row[:1], " ".join(row[1:])]) for row in rows) + r"\end{align}"


_EQNARRAY = re.compile(r"\\begin\{eqnarray\*?\}(.*?)\\end\{eqnarray\*?\}", re.DOTALL)


def plain_commands(latex: str) -> str:
    """``latex`` without commands whose arguments no braces hold together."""
    text = _VERB.sub(lambda match: verbatim_text(match[3].replace(" ", SHOWN_SPACE if match[1] else " ")), latex)
    text = text.replace("\\\u00a0", r"\ ")
    text = _ROOT.sub(lambda match: rf"\sqrt[{match[1].strip()}]", text)
    text = _BUILDREL.sub(lambda match: rf"\stackrel{{{match[1].strip()}}}", text)
    text = _DOTS.sub(_dots, text)
    text = _RULE.sub(_rule, _ABOVE.sub(r"\\over ", _RAISE.sub("", text)))
    return _ENCLOSE.sub(lambda match: _ENCLOSED.get(match[1], ""), text)


def _dots(match: re.Match[str]) -> str:
    """Dots before a sign or a relation, in the middle of the line; others on it."""
    behind = match[1] or match[2] or ""
    return r"\cdots" if CLASSES.get(behind) in ("binary", "relation") and behind != ":" else match[0]


def _rule(match: re.Match[str]) -> str:
    """A rule of MathJax's by its width, its height and its depth; a space as wide."""
    if match["name"] == "Space":
        return rf"\hspace{{{match[2]}}}"
    height, depth = (length_of(part) or 0.0 for part in match.groups()[2:])
    return rf"\rule[{-depth / 18:g}em]{{{match[2]}}}{{{(height + depth) / 18:g}em}}"


def verbatim_text(text: str) -> str:
    """``text`` as it stands, in letters of one width."""
    return r"\texttt{" + re.sub(r"([_%$#&{}])", r"\\\1", text.replace("\\", "∖")) + "}"


_VERB = re.compile(r"\\verb(\*?)([^a-zA-Z\s*])(.*?)\2")
SHOWN_SPACE = "␣"
_ROOT = re.compile(r"\\root\b([^\\{}]*|\s*\{[^{}]*\}\s*)\\of(?![a-zA-Z])")
_BUILDREL = re.compile(r"\\buildrel(?![a-zA-Z])(.*?)\\over(?![a-zA-Z])")
_RAISE = re.compile(r"\\(?:raise|lower|moveleft|moveright)\s*[-+]?[\d.]+\s*[a-z]{2}|\\vcenter(?![a-zA-Z])")
_DOTS = re.compile(r"\\dots(?![a-zA-Z])(?=(?:\s|\\[,;:! ])*(?:\\([a-zA-Z]+)|(\S)))")
_RULE = re.compile(r"\\(?P<name>Rule|Space)" + r"\s*\{\s*([^{}]*)\}" * 3)
_ABOVE = re.compile(r"\\above\s*(?:\{[^{}]*\}|[\d.]+\s*[a-z]{2})")
_ENCLOSE = re.compile(r"\\enclose\s*\{([^{}]*)\}(?:\[[^]]*\])?")
_ENCLOSED = {
    "box": r"\boxed", "roundedbox": r"\boxed", "circle": r"\boxed", "horizontalstrike": r"\cancel",
    "updiagonalstrike": r"\cancel",
    "downdiagonalstrike": r"\bcancel", "updiagonalstrike downdiagonalstrike": r"\xcancel", "top": r"\overline",
    "bottom": r"\underline",
}  # fmt: skip


def rewritten(latex: str) -> str:
    """``latex`` in the words that pandoc's reader knows."""
    if "\\" not in latex:
        return latex
    latex = _DOLLARS.sub(r"\1", latex)
    text = _groups(_CHEMISTRY, latex, lambda match, inside: chemistry(inside) if match[1] == "ce" else units(inside))
    text = text.replace(r"\*", "*")  # escaped as in prose
    text = re.sub(r"\\cr(?![a-zA-Z])", r"\\\\", text)
    text = _UNICODE.sub(_by_number, text)
    text = _groups(_MATRIX, text, _matrix)
    for _ in range(20):
        match = _FRACTION.search(text)
        if match is None:
            break
        text = _fraction(text, match)
    for _ in range(50):
        match = _SWITCH.search(text)
        if match is None:
            break
        end = group_end(text, match.end())
        body = text[match.end() : end]
        end = match.end() + next((place for place, token in outermost(body) if token[1:] in FONTS), len(body))
        text = f"{text[: match.start()]}\\{FONTS[match[1]]}{{{text[match.end() : end]}}}{text[end:]}"
    return text


def _matrix(match: re.Match[str], inside: str) -> str:
    """The rows of a matrix of plain TeX."""
    if match[1] == "cases":
        return plain_cases("cases", inside)
    name = {"array": "matrix"}.get(match[1], match[1])
    return rf"\begin{{{name}}}{inside}\end{{{name}}}"


def _by_number(match: re.Match[str]) -> str:
    """A character that is given by its number in Unicode."""
    sixteens, tens = match["hex"] or match["quoted"], match["number"] or match["plain"]
    return rf"\text{{{chr(min(int(sixteens, 16) if sixteens else int(tens), 0x10FFFF))}}}"


def _groups(pattern: re.Pattern[str], text: str, replace: Callable[[re.Match[str], str], str]) -> str:
    """``text`` with every match of ``pattern`` and the group in braces behind it replaced."""
    out, position = [], 0
    while match := pattern.search(text, position):
        end = matching_brace(text, match.end())
        out += [text[position : match.start()], replace(match, text[match.end() + 1 : end])]
        position = end + 1
    return "".join(out) + text[position:]


def _fraction(text: str, match: re.Match[str]) -> str:
    start, end = _group_start(text, match.start()), group_end(text, match.end())
    above, below = text[start : match.start()].strip(), text[match.end() : end].strip()
    return text[:start] + FRACTIONS[match[1]] % (above, below) + text[end:]


def _group_start(text: str, position: int) -> int:
    """Return where the group that ``position`` stands in begins: behind its brace, or at the start of the text."""
    depth = 0
    while position > 0:
        previous = text[position - 1]
        if text[position - 2 : position - 1] != "\\":
            depth += {"}": 1, "{": -1}.get(previous, 0)
            if depth < 0 or (previous == "&" and depth == 0):
                break
        position -= 1
    return position

r"""What formulas declare besides macros: colours, columns of arrays (``\newcolumntype``), arrows (``\Newextarrow``)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from builder.typeset.math.braces import matching_brace
from builder.typeset.math.colours import colour_of
from builder.typeset.math.columns import repeated
from builder.typeset.math.physics import with_powers

_COLOUR = re.compile(r"\\definecolor\s*\{(?P<name>[^{}]*)\}\s*\{(?P<model>[^{}]*)\}\s*\{(?P<value>[^{}]*)\}")
_COLUMN = re.compile(r"\\newcolumntype\s*\{\s*([a-zA-Z])\s*\}\s*(?:\[(\d)\]\s*)?(?=\{)")
_ARROW = re.compile(r"\\Newextarrow\s*\{?\s*(\\[a-zA-Z]+)\s*\}?\s*\{[^{}]*\}\s*\{\s*(?:0x|\")([0-9a-fA-F]+)\s*\}")
_PHYSICS = re.compile(r"\\require\s*\{\s*physics\s*\}")
DECLARATION = re.compile(rf"\\(?:definecolor|newcolumntype|Newextarrow)(?![a-zA-Z])|{_PHYSICS.pattern}")
PHYSICS = "package physics"
"""The name of that package among what is declared, where MathJax loads it."""
ARROWS = {
    0x2190: "xleftarrow", 0x2192: "xrightarrow", 0x2194: "xleftrightarrow", 0x21D0: "xLeftarrow",
    0x21D2: "xRightarrow", 0x21D4: "xLeftrightarrow", 0x21A6: "xmapsto", 0x21A9: "xhookleftarrow",
    0x21AA: "xhookrightarrow", 0x21C0: "xrightharpoonup", 0x21C1: "xrightharpoondown", 0x21BC: "xleftharpoonup",
    0x21BD: "xleftharpoondown", 0x21CC: "xrightleftharpoons", 0x21CB: "xleftrightharpoons", 0x003D: "xlongequal",
    0x21A0: "xtwoheadrightarrow", 0x219E: "xtwoheadleftarrow", 0x21C4: "xrightleftarrows", 0x21C6: "xleftrightarrows",
    0x27F6: "xlongrightarrow", 0x27F5: "xlongleftarrow", 0x27F9: "xLongrightarrow", 0x27F8: "xLongleftarrow",
}  # fmt: skip
"""The sign of an arrow that grows → its command."""
_OF_COLOUR = re.compile(
    r"(?P<command>\\(?:text)?color\s*|\\colorbox\s*|\\fcolorbox\s*(?:\{[^{}]*\}\s*)?)\{(?P<name>[^{}]*)\}"
)
_OF_COLUMNS = re.compile(r"\\begin\{d?array\}\s*(?:\[[^\]]*\]\s*)?(?=\{)")
COLOUR, COLUMN = "colour ", "column "
"""What the name of a colour and the letter of a column stand behind among all that is declared."""
MOST = 20
"""Columns that are declared by others, one within the other, at most."""


def without_declarations(latex: str) -> tuple[str, dict[str, str]]:
    """(``latex`` with arrows as definitions of macros, and without other declarations; these by their names)."""
    if DECLARATION.search(latex) is None:
        return latex, {}
    found = {PHYSICS: "loaded"} if _PHYSICS.search(latex) else {}
    for given in _COLOUR.finditer(latex):
        colour = colour_of(given["value"], given["model"])
        found |= {COLOUR + given["name"].strip(): colour} if colour else {}
    latex = _ARROW.sub(_as_macro, _COLOUR.sub("", latex))
    while match := _COLUMN.search(latex):
        end = matching_brace(latex, match.end())
        found[COLUMN + match[1]] = latex[match.end() + 1 : end]
        latex = latex[: match.start()] + latex[end + 1 :]
    return latex, found


def _as_macro(match: re.Match[str]) -> str:
    """An arrow as a macro; as it is where no command draws it."""
    command = ARROWS.get(int(match[2], 16))
    return rf"\newcommand{{{match[1]}}}{{\{command}}}" if command else match[0]


def with_declared(latex: str, declared: Mapping[str, str]) -> str:
    """``latex`` with the colours and columns that are declared."""
    if not declared:
        return latex
    latex = with_powers(latex) if PHYSICS in declared else latex
    for _ in range(2):  # of a frame and of its ground
        latex = _OF_COLOUR.sub(lambda match: _coloured(match, declared), latex)
    out, position = [], 0
    while match := _OF_COLUMNS.search(latex, position):
        end = matching_brace(latex, match.end())
        columns = latex[match.end() + 1 : end]
        out += [latex[position : match.end() + 1], _with_columns(columns, declared)]
        position = end
    return "".join(out) + latex[position:]


def _coloured(match: re.Match[str], declared: Mapping[str, str]) -> str:
    name = match["name"].strip()
    command = match["command"]
    frame = re.search(r"\{([^{}]*)\}", command)
    if frame:
        command = command.replace(frame[1], declared.get(COLOUR + frame[1].strip(), frame[1]))
    return f"{command}{{{declared.get(COLOUR + name, name)}}}"


def _with_columns(columns: str, declared: Mapping[str, str]) -> str:
    """The columns of an array with those that are declared as what they stand for."""
    for _ in range(MOST):
        depth, out, columns = 0, "", repeated(columns)
        for char in columns:
            depth += {"{": 1, "}": -1}.get(char, 0)
            out += char if depth else declared.get(COLUMN + char, char)
        if out == columns:
            break
        columns = out
    return columns

"""LaTeX in which what mathra says wrongly, or leaves out, is a sign of its own, whose words are in `signs`.

Accents without words, charges and arrows of chemistry, names in upright letters, bars that belong to no pair; units and
operators are modules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.typeset.math.bars import with_meant_bars
from builder.typeset.math.braces import matching_brace
from builder.typeset.math.operators_said import with_operators_said
from builder.typeset.math.units_said import with_units_said

ACCENTS = {
    "mathring": "˚", "check": "ˇ", "widecheck": "ˇ", "breve": "˘", "acute": "´", "grave": "ˋ", "dddot": "⃛",
    "ddddot": "⃜", "underline": "‗", "overleftarrow": "⃖", "overleftrightarrow": "⃡",
}  # fmt: skip
"""A command of an accent → the sign behind its letters that has words."""
YIELDS = "🡒"
_ACCENT = re.compile(rf"\\({'|'.join(ACCENTS)})(?![a-zA-Z])\s*")
_ATOM = re.compile(r"\\[a-zA-Z]+|\S")
_CHARGE = re.compile(r"(?<=[\]}})])(?P<low>_\{\d+\})?\^\{(?P<count>\d*)(?P<sign>[+-])\}")
_UPRIGHT = re.compile(r"\\mathrm\{[A-Z][a-z]?\}$|\\mathrm\{e\}$|[\])]$|(?:^|[^a-zA-Z\\])e$")
_NAME = re.compile(r"\\math(?:rm|sf|bf|tt)\{(?=[a-zA-Z]{3,}\})(?![A-Z]+\})([a-zA-Z]+)\}")
_STAR = re.compile(r"\^(?:\{\s*(?:\*|\\ast)\s*\}|\*|\\ast(?![a-zA-Z]))")
_BAR = re.compile(r"\\([lr])vert(?![a-zA-Z])")
_YIELDS = re.compile(r"\\mathrel\{⟶\}")
_ONE = re.compile(r"(?:\\exists|∃)\s*!")
_NAMED = re.compile(r"(\\operatorname\*?)\s*\{\s*\\(?:math|text)[a-z]+\{([\w\s-]*)\}\s*\}")
"""An operator whose name is in letters of some kind."""
_LIMITS = {
    "varinjlim": r"\operatorname*{inj lim}", "varprojlim": r"\operatorname*{proj lim}", "varlimsup": r"\limsup",
    "varliminf": r"\liminf",
}  # fmt: skip
_PRIMES = re.compile(r"\^\s*\{((?:\s*\\prime(?![a-zA-Z])){1,3}\s*)\}")
_LIMIT = re.compile(rf"\\({'|'.join(_LIMITS)})(?![a-zA-Z])")
_LARGE = str.maketrans({
    "∑": r"\sum ", "∏": r"\prod ", "∫": r"\int ", "∬": r"\iint ", "∭": r"\iiint ", "∮": r"\oint ", "⋃": r"\bigcup ",
    "⋂": r"\bigcap ", "⨉": r"\times ",
})  # fmt: skip


def readable(latex: str) -> str:
    """A formula of an author's with limits under arrows, and large signs, in commands that mathra has words for."""
    latex = _PRIMES.sub(lambda match: "'" * match[1].count("prime"), latex)
    latex = _NAMED.sub(r"\1{\2}", _LIMIT.sub(lambda match: _LIMITS[match[1]], latex))
    return latex.translate(_LARGE)


def aloud(latex: str) -> str:
    """``latex`` in plain commands with signs for what has words of its own."""
    text = _plainly_said(_YIELDS.sub(rf"\\mathrel{{{YIELDS}}}", with_units_said(latex)))
    text = with_meant_bars(with_operators_said(text))
    text = _replaced(_ACCENT, text, lambda name, inside: f"{{{aloud(inside)}}}{ACCENTS[name]}")
    text = _CHARGE.sub(_charge, text)
    text = _STAR.sub("⋆", _ONE.sub("∃ǃ", _NAME.sub(r"\\text{\1}", text)))
    sides = _BAR.findall(text)
    if any(side != "lr"[place % 2] for place, side in enumerate(sides)):
        text = _BAR.sub("∣", text)
    elif sides and len(sides) % 2 == 0:  # whose scripts are read as those of all that they enclose
        text = _BAR.sub(lambda bar: r"\left|" if bar[1] == "l" else r"\right|", text)
    return text


_INDEPENDENT = re.compile(r"\\perp\s*(?:\\!\s*)+\\perp(?![a-zA-Z])|\\(?:perp\s*){2}(?![a-zA-Z])")
_STRUCK = re.compile(r"\\mathbb\s*\{\s*([ABDEFGIJKLMOPSTUVWXY])\s*\}|\\mathbb\s+([ABDEFGIJKLMOPSTUVWXY])(?![a-zA-Z])")
"""Struck letters that are no set of numbers, which one says as letters."""
_MUST = re.compile(r"\\overset\s*\{\s*!\s*\}")
_TRANSPOSED = re.compile(
    r"\^\s*(?:\{\s*(?:\\math(?:sf|rm|bf|tt)\s*\{\s*T\s*\}|\\top|\\intercal)\s*\}"
    r"|\\math(?:sf|rm|bf|tt)\s*\{\s*T\s*\}|\\(?:top|intercal)(?![a-zA-Z]))"
)
_DAGGER = re.compile(r"\^\s*(?:\{\s*\\dagger\s*\}|\\dagger(?![a-zA-Z]))")
_OF_MATRIX = re.compile(
    r"(?<=[A-Z])\^(?:\{T\}|T)(?![a-zA-Z])|(\\(?:mathbf|boldsymbol)\s*\{[^{}]*\})\^(?:\{T\}|T)(?![a-zA-Z])"
)
_BELOW = re.compile(
    r"\\underset\s*(\{(?:[^{}]|\{[^{}]*\})*\})\s*\{\s*(\\arg\s*\\m(?:in|ax)|\\operatorname\*?\s*\{[^{}]*\}|\\m(?:in|ax))\s*\}"
)
_TO = re.compile(r"\\(?:to|rightarrow)(?![a-zA-Z])(?!\s*(?:\\infty|[-+]?\s*(?:\\infty|\d)))")
_LIMIT_BELOW = re.compile(
    r"\\(?:lim(?:sup|inf)?|operatorname\*\{[^{}]*\})\s*(?:\\limits\s*)?_\s*\{(?:[^{}]|\{[^{}]*\})*\}"
)


def _plainly_said(text: str) -> str:
    """``text`` with what lecturers have a word for, and arrows of maps and rules apart from those of limits."""
    text = _BELOW.sub(_limit_below, _MUST.sub(r"\\overset{❗}", _INDEPENDENT.sub("⫫", text)))
    text = _STRUCK.sub(lambda match: match[1] or match[2], text)
    text = _DAGGER.sub(r"\\,†", _TRANSPOSED.sub(r"\\,⊺ ", _OF_MATRIX.sub(r"\1\\,⊺ ", text)))
    out, position = [], 0
    for match in _LIMIT_BELOW.finditer(text):
        out += [_TO.sub("🡢", text[position : match.start()]), match[0]]
        position = match.end()
    return "".join(out) + _TO.sub("🡢", text[position:])


def _limit_below(match: re.Match[str]) -> str:
    """An operator with something below it, in that order."""
    operator = match[2]
    if operator.startswith(r"\arg"):
        operator = r"\operatorname*{arg min}" if r"\min" in operator else r"\operatorname*{arg max}"
    return f"{operator}_{match[1]}"


def _charge(match: re.Match[str]) -> str:
    """A charge behind its ion, which has no power."""
    before = match.string[: match.start()]
    if not match["low"] and not match["count"] and not _UPRIGHT.search(before):
        return match[0]
    return f"{match['low'] or ''}\\,{match['count']}{'⁺' if match['sign'] == '+' else '⁻'}"


def _replaced(pattern: re.Pattern[str], text: str, write: Callable[[str, str], str]) -> str:
    """``text`` with each command of ``pattern`` and its argument as ``write`` has them."""
    out, position = [], 0
    while match := pattern.search(text, position):
        end = match.end()
        if text.startswith("{", end):
            close = matching_brace(text, end)
            inside, behind = text[end + 1 : close], close + 1
        else:
            atom = _ATOM.match(text, end)
            inside, behind = (atom[0], atom.end()) if atom else ("", end)
        out += [text[position : match.start()], write(match[1], inside)]
        position = behind
    return "".join(out) + text[position:]

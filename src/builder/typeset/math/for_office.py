"""LaTeX → the part of it that pandoc's reader knows, for Office math: what has no like there becomes the nearest."""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.typeset.math.braces import matching_brace
from builder.typeset.math.calls import ARROWS
from builder.typeset.math.columns import columns_of, joined_row
from builder.typeset.math.environments import RULE, environment_at
from builder.typeset.math.lengths import LENGTH, SPACES, WITH_LENGTH, length_of
from builder.typeset.math.rows import split_top
from builder.typeset.math.spans import without_spans

_LENGTHS = re.compile(rf"\\({'|'.join(WITH_LENGTH)})(?![a-zA-Z])\*?\s*(?:\{{([^{{}}]*)\}}|{LENGTH.pattern})")
_NAMED = re.compile(
    r"\\(neg(?:thin|med|thick)space|thinspace|medspace|thickspace|enspace|enskip|hfil{1,3})(?![a-zA-Z])"
)
_COMMAND = re.compile(r"^\\[a-z]+\*?")
_STEPS = ((27, r"\qquad "), (13, r"\quad "), (4.5, r"\;"), (3.5, r"\:"), (1.5, r"\,"))
_DETERMINANT = re.compile(r"\\(begin|end)\{([vV])matrix\*?\}")
_ARRAYS = {
    "dcases": (r"\begin{cases}", r"\end{cases}"), "darray": (r"\begin{array}", r"\end{array}"),
    "rcases": (r"\left.\begin{array}{l}", r"\end{array}\right\}"),
    "lgathered": (r"\begin{array}{l}", r"\end{array}"), "rgathered": (r"\begin{array}{r}", r"\end{array}"),
    "drcases": (r"\left.\begin{array}{l}", r"\end{array}\right\}"),
}  # fmt: skip
"""An environment → what it begins and ends with in commands that the reader knows."""
_ARROW = re.compile(rf"\\({'|'.join(sorted(ARROWS, key=len, reverse=True))})\s*(?:\[([^\]]*)\])?\s*(?=\{{)")
_ARROWS_NAMED = {"xlongequal": "=", "xrightequilibrium": "⥂", "xleftequilibrium": "⥄", "xtofrom": r"\rightleftarrows "}
_LIMITS = re.compile(r"\\(sum|prod|coprod|big\w+)\s*\\limits(?![a-zA-Z])")
_ARRAY = re.compile(r"\\(begin|end)\{(dcases|darray|d?rcases|[lr]gathered)\*?\}")
_STARRED = re.compile(r"\\(begin|end)\{([pbBvV]?(?:small)?matrix)\*?\}(?:\[[lcr]\])?")
_BRACED_DELIMITER = re.compile(r"\\([bB]igg?[lrm]?)\s*\{\s*(\\?[^{}a-zA-Z\s]|\\[a-zA-Z]+)\s*\}")
_NO_DELIMITER = re.compile(r"\\[bB]igg?[lrm]?\s*(?:\.|\{\s*\.\s*\})")
_COLOUR = re.compile(r"\\color\s*(?:\[[^]]*\])?\{[^{}]*\}")
_SUBARRAY = re.compile(
    r"\\begin\{(?:cramped)?subarray\}\s*(?:\{[lcr]*\})?(.*?)\\end\{(?:cramped)?subarray\}", re.DOTALL
)
_FENCES = re.compile(r"(\\(?:left|right|middle)\s*)(?:(\\[lg]t)(?![a-zA-Z])|[⏐⎪])")
_FENCES_NAMED = {r"\lt": r"\langle ", r"\gt": r"\rangle "}
_UNKNOWN_FENCE = re.compile(r"\\(?:left|right)\s*(\\(?:[uU]p|[dD]own|[uU]pdown)arrow|\\backslash|/)(?![a-zA-Z])")
_STYLE_OF_FRACTION = re.compile(r"(\\genfrac\s*(?:\{[^{}]*\}\s*|\(|\)){3})\{[0-3]\}")
_MAKERS = re.compile(r"\\(mathop|mathinner|mathord)\s*(?=\{)")


def for_pandoc(latex: str) -> str:
    """``latex`` without macros in spaces, arrays and delimiters that pandoc's reader knows."""
    text = _NAMED.sub(lambda match: nearest_space(SPACES[match[1]]), latex)
    text = _LENGTHS.sub(lambda match: nearest_space(length_of(match[2] or _COMMAND.sub("", match[0])) or 0), text)
    text = _arrows(_LIMITS.sub(r"\\\1 ", text))
    text = _BRACED_DELIMITER.sub(r"\\\1\2 ", _NO_DELIMITER.sub("", _COLOUR.sub("", text)))
    text = plain_columns(without_spans(text))
    text = _STARRED.sub(r"\\\1{\2}", text)
    text = _ARRAY.sub(lambda match: _ARRAYS[match[2]][match[1] == "end"], text)
    text = _SUBARRAY.sub(r"\\substack{\1}", text)
    text = _DETERMINANT.sub(_determinant, text)
    text = _UNKNOWN_FENCE.sub(r"\1 ", _FENCES.sub(lambda match: match[1] + _FENCES_NAMED.get(match[2], "|"), text))
    text = _STYLE_OF_FRACTION.sub(r"\1{}", text).replace(r"\genfrac{<}{>}", r"\genfrac{\langle}{\rangle}")
    text = without(_MAKERS, text, lambda inside: inside if re.fullmatch(r"\\math\w+\{.*\}|\w*", inside) else "")
    return re.sub(r"(\\(?:sqrt|[dt]?frac))\{\}", r"\1{\\,}", text)


def plain_columns(text: str) -> str:
    """``text`` with arrays whose arguments say nothing but sides and rules between columns."""
    out, position = [], 0
    while match := _COLUMNS.search(text, position):
        found = environment_at(text, match.start())
        if found is None or not found[1]:
            out.append(text[position : match.end()])
            position = match.end()
            continue
        name, argument, body, end = found
        columns = columns_of(argument)
        sides = "".join("|" * (place in columns.rules) + side for place, side in enumerate(columns.sides))
        lines = (joined_row(columns, plain_columns(RULE.sub("", line))) for line in split_top(body, r"\\"))
        written = rf"\begin{{{name}}}{{{sides}}}" + r" \\ ".join(lines) + rf"\end{{{name}}}"
        out += [text[position : match.start()], written]
        position = end
    return "".join(out) + text[position:]


_COLUMNS = re.compile(r"\\begin\{d?array\}")


def _arrows(text: str) -> str:
    """``text`` with arrows that grow as arrows with something over and under them."""
    out, position = [], 0
    while match := _ARROW.search(text, position):
        end = matching_brace(text, match.end())
        above, below, name = text[match.end() + 1 : end], match[2] or "", match[1]
        arrow = _ARROWS_NAMED.get(name, "\\" + name[1:] + " ")
        under = rf"\underset{{{below}}}{{{arrow}}}" if below.strip() else arrow
        out += [text[position : match.start()], rf"\overset{{{_arrows(above)}}}{{{under}}}" if above.strip() else under]
        position = end + 1
    return "".join(out) + text[position:]


def nearest_space(width: float) -> str:
    """The space that is nearest to a width in eighteenths of an em; Office math has none that goes back."""
    return next((command for least, command in _STEPS if width >= least), "")


def without(pattern: re.Pattern[str], text: str, keeps: Callable[[str], str]) -> str:
    """``text`` without the commands of ``pattern``; their groups stay, and a command that ``keeps`` its group."""
    out, position = [], 0
    while match := pattern.search(text, position):
        end = matching_brace(text, match.end())
        inside = text[match.end() + 1 : end]
        kept = match[0] if match[1] == "mathop" and keeps(inside) else ""
        out += [text[position : match.start()], f"{kept}{{{without(pattern, inside, keeps)}}}"]
        position = end + 1
    return "".join(out) + text[position:]


def _determinant(match: re.Match[str]) -> str:
    bar = "|" if match[2] == "v" else r"\Vert"
    return rf"\left{bar} \begin{{matrix}}" if match[1] == "begin" else rf"\end{{matrix}} \right{bar}"

r"""Units in upright letters (``9.81\,\mathrm{kg\,m/s^2}``), and those that siunitx takes as letters → its commands,
which mathra says in words. What is read: the manual of siunitx, section 4.1.
"""

from __future__ import annotations

import re

from builder.typeset.math.siunitx import PREFIXES, UNITS

_AMBIGUOUS = ("bel", "barn", "nauticalmile")
"""Units whose letters mostly mean others."""
_NAMES = {
    symbol: rf"\{name}"
    for name, symbol in sorted(UNITS.items(), key=lambda item: len(item[0]))
    if symbol.isalpha() and name not in _AMBIGUOUS
}
"""A unit → its longest name."""
_TAKE_PREFIXES = (*"mgsAKJWVNCFTHSLB", "mol", "Pa", "Hz", "Ω", "eV", "Bq", "Gy", "Sv", "Wb", "lm", "lx", "bit", "Da")
_PREFIXES = ("pico", "nano", "micro", "milli", "centi", "hecto", "kilo", "mega", "giga", "tera")
_PREFIXED = {PREFIXES[name] + unit: rf"\{name}{_NAMES[unit]}" for name in _PREFIXES for unit in _TAKE_PREFIXES}
_SYMBOLS = {**_NAMES, **{name.replace("µ", "μ"): found for name, found in _PREFIXED.items()}, **_PREFIXED}
"""A unit as it is written → its commands."""
_GAP = r"(?:\\[,;: ]|~|\\(?:quad|cdot|thinspace)(?![a-zA-Z])|\\text\{\s*\}|[.\s])"
_TOKEN = re.compile(
    rf"(?P<gap>{_GAP}+)|(?P<per>/)|(?P<unit>[^\W\d_]+)(?:\^\s*(?:\{{\s*)?(?P<power>[-−]?\s*\d)(?(power)\s*\}}?))?"
)
_LITERAL = re.compile(r"(?P<command>\\(?:SI\s*\{[^{}]*\}|si)\s*)\{(?P<units>[^{}\\]*(?:\{[^{}]*\}[^{}\\]*)*)\}")
_UPRIGHT = re.compile(
    r"(?:(?<![\w.{^])(?P<number>\d+(?:\.\d+)?)(?:\\[,;: ]|~)+)?"
    r"\\(?:mathrm|text|textrm)\s*\{(?P<units>(?:[^{}]|\{[^{}]*\})*)\}(?P<behind>\^|_)?"
)
_TEMPERATURE = re.compile(r"\^\s*(?:\{\s*\\circ\s*\}|\\circ)\s*(?:\\,\s*)?\\(?:mathrm|text|textrm)\s*\{\s*([CF])\s*\}")
_SCALES = {"C": "Celsius", "F": "Fahrenheit"}
_SPACE = re.compile(r"\s*(?![ms])[a-zA-Z]\s*\^\s*(?:\d|\{\s*\d\s*\})\s*")
"""A letter with an exponent, which is a space of functions or a second differential rather than a unit."""
_SEVERAL = re.compile(r"[/^]|\\[,;: ]|\\cdot")


def with_units_said(latex: str) -> str:
    """``latex`` with units in letters as commands of siunitx, where all of them are known."""
    text = _LITERAL.sub(lambda match: f"{match['command']}{{{commands_of(match['units']) or match['units']}}}", latex)
    text = _TEMPERATURE.sub(lambda match: rf"^{{\circ}}\,\text{{{_SCALES[match[1]]}}}", text)
    return _UPRIGHT.sub(_upright, text)


def _upright(match: re.Match[str]) -> str:
    """A quantity, or several units that stand alone; a name, also of a differential, stays what it is."""
    given = match["units"]
    is_name = given[:2] in ("d", "e", "d^") or not (
        match["number"] or (_SEVERAL.search(given) and not _SPACE.fullmatch(given))
    )
    if match["behind"] or is_name:
        return match[0]
    units = commands_of(given)
    if not units:
        return match[0]
    return rf"\SI{{{match['number']}}}{{{units}}}" if match["number"] else rf"\si{{{units}}}"


def commands_of(units: str) -> str:
    """Units in letters as commands; '' where one of them is unknown."""
    found, position, is_below = [], 0, False
    text = units.strip()
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None or (token["unit"] and token["unit"] not in _SYMBOLS):
            return ""
        position = token.end()
        if token["per"]:
            is_below = True
        elif token["unit"]:
            power = re.sub(r"\s", "", token["power"] or "").replace("−", "-")
            is_below ^= power.startswith("-")
            found.append((r"\per" if is_below else "") + _SYMBOLS[token["unit"]] + _raised(power.removeprefix("-")))
            is_below = False
    return "".join(found)


def _raised(power: str) -> str:
    return {"": "", "1": "", "2": r"\squared", "3": r"\cubed"}.get(power, rf"\tothe{{{power}}}")

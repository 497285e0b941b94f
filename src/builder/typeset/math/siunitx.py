r"""Numbers and quantities of the package siunitx → plain LaTeX, or the few of its commands that mathra says in words.

What is read: the manual of siunitx, sections 3 and 4.1. Powers of units below ``\per`` are negative, as it writes them
unless ``per-mode`` says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from builder.typeset.math.braces import matching_brace

PREFIXES = {
    "quecto": "q", "ronto": "r", "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p", "nano": "n",
    "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "deca": "da", "deka": "da", "hecto": "h", "kilo": "k",
    "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "zetta": "Z", "yotta": "Y", "ronna": "R",
    "quetta": "Q", "kibi": "Ki", "mebi": "Mi", "gibi": "Gi", "tebi": "Ti",
}  # fmt: skip
UNITS = {
    "ampere": "A", "candela": "cd", "kelvin": "K", "kilogram": "kg", "gram": "g", "metre": "m", "meter": "m",
    "mole": "mol", "second": "s", "becquerel": "Bq", "degreeCelsius": "°C", "celsius": "°C", "coulomb": "C",
    "farad": "F", "gray": "Gy", "hertz": "Hz", "henry": "H", "joule": "J", "lumen": "lm", "katal": "kat", "lux": "lx",
    "newton": "N", "ohm": "Ω", "pascal": "Pa", "radian": "rad", "siemens": "S", "sievert": "Sv", "steradian": "sr",
    "tesla": "T", "volt": "V", "watt": "W", "weber": "Wb", "day": "d", "hour": "h", "minute": "min", "hectare": "ha",
    "litre": "L", "liter": "L", "tonne": "t", "arcminute": "′", "arcsecond": "″", "degree": "°",
    "astronomicalunit": "au", "dalton": "Da", "electronvolt": "eV", "bel": "B", "decibel": "dB", "neper": "Np",
    "percent": r"\%", "angstrom": "Å", "bar": "bar", "knot": "kn", "barn": "b", "mmHg": "mmHg", "bit": "bit",
    "byte": "B", "nauticalmile": "M", "atomicmassunit": "u", "kg": "kg", "km": "km", "cm": "cm", "mm": "mm",
    "um": "µm", "nm": "nm", "ms": "ms", "ns": "ns", "kHz": "kHz", "MHz": "MHz", "GHz": "GHz", "kJ": "kJ", "kV": "kV",
    "eV": "eV", "keV": "keV", "MeV": "MeV", "GeV": "GeV", "mA": "mA", "mL": "mL", "kW": "kW", "MW": "MW", "kPa": "kPa",
    "mol": "mol", "kWh": "kWh", "dB": "dB", "clight": "c_{0}", "planckbar": r"\hbar", "electronmass": "m_{e}",
    "elementarycharge": "e",
}  # fmt: skip
POWERS = {"squared": "2", "cubed": "3"}
POWERS_BEFORE = {"square": "2", "cubic": "3"}

_COMMANDS = {
    "num": 1, "unit": 1, "si": 1, "ang": 1, "qty": 2, "SI": 2, "numrange": 2, "qtyrange": 3, "SIrange": 3, "numlist": 1,
    "qtylist": 2, "SIlist": 2, "numproduct": 1, "qtyproduct": 2, "tablenum": 1, "complexnum": 1,
}  # fmt: skip
"""A command → how many arguments it takes."""
_COMMAND = re.compile(rf"\\({'|'.join(sorted(_COMMANDS, key=len, reverse=True))})(?![a-zA-Z])")
_SETUP = re.compile(r"\\sisetup\s*\{(?:[^{}]|\{[^{}]*\})*\}")
_QUANTITY = re.compile(r"[\d\s.,+()eEx\\pm/-]*")
"""What the first argument of ``\qty`` is where it is not that of the package physics."""
_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d*)(?:[.,](?P<part>\d+))?(?P<rest>.*)")
_UNIT = re.compile(r"\\(?P<name>[a-zA-Z]+)\s*(?:\{(?P<power>[^{}]*)\})?")
_LITERAL = re.compile(r"(?P<letters>[^\W\d_]+)|(?P<gap>[.~\s]+)|\^\s*\{?(?P<power>-?\d+)\}?|(?P<other>.)")
GROUPED = 5
"""Digits from which they stand in groups of three."""


def plain_quantities(latex: str) -> str:
    """``latex`` with numbers and quantities as plain LaTeX."""
    return _each(latex, _plain)


def readable_quantities(latex: str) -> str:
    r"""``latex`` with quantities as ``\SI``, units as ``\si``, and numbers as plain LaTeX."""
    return _each(latex, _readable)


def _each(latex: str, write: Callable[[str, dict[str, str], list[str]], str]) -> str:
    """``latex`` with what ``write`` makes of each command from its name, options and arguments."""
    if "\\" not in latex:
        return latex
    out, position = [], 0
    latex = _SETUP.sub("", latex)
    while match := _COMMAND.search(latex, position):
        given, end = _arguments(latex, match.end(), _COMMANDS[match[1]])
        options = _options(given[0])
        written = write(match[1], options, given[1:]) if len(given) > _COMMANDS[match[1]] else None
        if written is None or (match[1] == "qty" and not _QUANTITY.fullmatch(given[1])):
            out.append(latex[position : match.end()])
            position = match.end()
            continue
        out += [latex[position : match.start()], written]
        position = end
    return "".join(out) + latex[position:]


def _arguments(latex: str, position: int, count: int) -> tuple[list[str], int]:
    """The options in square brackets ('' for none) and the arguments that follow, and the place behind them."""
    option = re.compile(r"\s*\[([^\]]*)\]").match(latex, position)
    found = [option[1] if option else ""]
    position = option.end() if option else position
    while len(found) <= count:
        brace = re.compile(r"\s*(?=\{)").match(latex, position)
        if brace is None:
            break
        end = matching_brace(latex, brace.end())
        found.append(latex[brace.end() + 1 : end])
        position = end + 1
        if len(found) == 2 and count > 1:  # what stands before the unit
            before = re.compile(r"\s*\[[^\]]*\](?=\s*\{)").match(latex, position)
            position = before.end() if before else position
    return found, position


def _options(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(","))
    return {name.strip(): value.strip().strip("{}") for name, _equals, value in pairs if name.strip()}


def _plain(name: str, options: dict[str, str], given: list[str]) -> str:
    units = units_of(given[-1], options) if name[:3] in ("qty", "SI", "SIr", "SIl", "uni", "si") else ""
    if name in ("unit", "si"):
        return f"{{{units}}}"
    if name == "ang":
        return angle(given[0])
    numbers = [number(part) for part in _numbers(name, given)]
    gap = "" if given[-1].strip() in (r"\degree", r"\arcminute", r"\arcsecond") else r"\,"
    shown = [f"{value}{gap}{units}" if units else value for value in numbers]
    if name.endswith("range"):
        return f"{shown[0]}\\text{{–}}{shown[1]}"
    return (r" \times " if name.endswith("product") else r",\; ").join(shown)


def _numbers(name: str, given: list[str]) -> list[str]:
    if name.endswith("range"):
        return given[:2]
    between = {"list": ";", "product": "x"}.get(name[3 if name[:3] in ("num", "qty") else 2 :])
    return given[0].split(between) if between else given[:1]


def _readable(name: str, options: dict[str, str], given: list[str]) -> str:
    if name in ("unit", "si"):
        return rf"\si{{{_read_units(given[0])}}}"
    if name in ("qty", "SI") and re.fullmatch(r"[\d\s.eE+-]*", given[0]) and "+-" not in given[0]:
        return rf"\SI{{{given[0].strip()}}}{{{_read_units(given[1])}}}"
    return _plain(name, options, given)


def _read_units(units: str) -> str:
    """Units with their powers behind them."""
    return re.sub(
        r"\\(square|cubic)\s*(\\[a-zA-Z]+)", lambda m: m[2] + (r"\squared" if m[1] == "square" else r"\cubed"), units
    )


def is_unit(name: str) -> bool:
    """True for a command that stands in units."""
    return name in UNITS or name in PREFIXES or name in POWERS or name in ("per", "tothe", "SI", "si")


def number(text: str) -> str:
    """A number with groups of digits, its uncertainty and its power of ten."""
    text = re.sub(r"\s+", "", text.replace(r"\pm", "+-"))
    value, _e, power = re.sub(r"[dD]", "e", text).replace("E", "e").partition("e")
    factors = [r" \pm ".join(map(_digits, factor.split("+-"))) for factor in value.split("x") if factor]
    if power:
        ten = f"10^{{{power.removeprefix('+')}}}"
        factors = [f"({factors[0]})" if r"\pm" in "".join(factors[:1]) else "".join(factors[:1]), ten]
    return r" \times ".join(factor for factor in factors if factor)


def _digits(text: str) -> str:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    whole, part = match["whole"], match["part"] or ""
    if len(whole) >= GROUPED:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", r"\\,", whole)
    if len(part) >= GROUPED:
        part = re.sub(r"(?<=\d{3})(?=\d)", lambda place: r"\," if place.start() % 3 == 0 else "", part)
    point = f".{part}" if part else ""
    rest = re.sub(r"^/(?=\d)", "/", match["rest"])
    return f"{match['sign']}{whole or ('0' if part else '')}{point}{rest}"


def angle(text: str) -> str:
    """Degrees, minutes and seconds."""
    parts = zip(text.split(";"), (r"^{\circ}", "'", "''"), strict=False)
    return "".join(f"{number(part)}{sign}" for part, sign in parts if part.strip())


@dataclass(slots=True)
class PhysicalUnit:
    """One unit as it is read: its name, what stands before that, its power, and whether it stands below ``\\per``."""

    name: str = ""
    prefix: str = ""
    power: str = ""
    is_below: bool = False

    def shown(self, *, by_power: bool) -> str:
        """The unit upright, with a negative power where it stands below and that is so shown."""
        name = rf"{{}}^{{\circ}}\mathrm{{{self.name[1:]}}}" if self.name == "°C" else self.prefix + self.name
        upright = name if re.search(r"[\\_°′″]", name) else rf"\mathrm{{{name}}}"
        power = f"-{self.power or 1}" if self.is_below and by_power else self.power
        return f"{upright}^{{{power}}}" if power else upright


def units_of(text: str, options: dict[str, str]) -> str:
    """Units upright, with their powers, one after the other; below ``\\per`` as the options say."""
    if "\\" not in text:
        return "".join(map(_literal, _LITERAL.finditer(text.strip())))
    mode = options.get("per-mode", "power")
    is_by_power = mode not in ("symbol", "fraction", "repeated-symbol", "single-symbol")
    units = [unit for unit in _read(text) if unit.name or unit.prefix]
    above = [unit.shown(by_power=is_by_power) for unit in units if is_by_power or not unit.is_below]
    below = [unit.shown(by_power=False) for unit in units if unit.is_below and not is_by_power]
    over, under = r"\,".join(above) or "1", r"\,".join(below)
    if not below:
        return over
    if mode == "fraction":
        return rf"\frac{{{over}}}{{{under}}}"
    return f"{over}/{under}" if len(below) == 1 else f"{over}/({under})"


def _literal(match: re.Match[str]) -> str:
    if match["letters"]:
        return rf"\mathrm{{{match['letters']}}}"
    return rf"^{{{match['power']}}}" if match["power"] else r"\," if match["gap"] else match["other"]


def _read(text: str) -> list[PhysicalUnit]:
    """The units of a text in commands."""
    units = [PhysicalUnit()]
    for match in _UNIT.finditer(text):
        name = match["name"]
        if name in POWERS:
            units[-1].power = POWERS[name]
            continue
        if name in ("tothe", "raiseto"):
            units[-1].power = match["power"] or ""
            continue
        if units[-1].name:
            units.append(PhysicalUnit())
        if name == "per":
            units[-1].is_below = True
        elif name in PREFIXES:
            units[-1].prefix = PREFIXES[name]
        elif name in POWERS_BEFORE:
            units[-1].power = POWERS_BEFORE[name]
        elif name != "of":
            units[-1].name = UNITS.get(name, name)
    return units

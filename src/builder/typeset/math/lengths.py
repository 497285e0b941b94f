"""Spaces and lengths of LaTeX in eighteenths of an em."""

from __future__ import annotations

import re

SPACES = {
    ",": 3.0, "thinspace": 3.0, ":": 4.0, ">": 4.0, "medspace": 4.0, ";": 5.0, "thickspace": 5.0, "!": -3.0,
    "negthinspace": -3.0, "negmedspace": -4.0, "negthickspace": -5.0, "quad": 18.0, "qquad": 36.0, "enspace": 9.0,
    "enskip": 9.0, " ": 6.0, "space": 6.0, "nobreakspace": 6.0, "hfill": 18.0, "hfil": 18.0, "hfilll": 18.0,
}  # fmt: skip
"""A command without its backslash → its width."""
WITH_LENGTH = ("hspace", "mspace", "mkern", "kern", "hskip", "mskip")
_UNITS = {
    "em": 18.0, "ex": 7.75, "mu": 1.0, "pt": 1.8, "px": 1.125, "cm": 51.2, "mm": 5.12, "in": 130.0,
    "pc": 21.6, "bp": 1.8,
}  # fmt: skip
LENGTH = re.compile(
    rf"\s*(?P<number>[-+]?\s*(?:\d+\.?\d*|\.\d+))\s*(?P<unit>{'|'.join(_UNITS)})(?:\s*(?:plus|minus)\s*[\d.]+\s*\w\w)*"
)


def length_of(text: str) -> float | None:
    """Eighteenths of an em in a length such as ``-2pt``; None where there is none."""
    match = LENGTH.match(text)
    return float(match["number"].replace(" ", "")) * _UNITS[match["unit"]] if match else None

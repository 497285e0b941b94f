"""Names and models of colours in formulas (LaTeX's xcolor, and the names of CSS) → ``#rrggbb``."""

from __future__ import annotations

import re

from PIL import ImageColor


def colour_of(name: str, model: str = "") -> str:
    """A colour as ``#rrggbb``; '' for one that is not known."""
    name = name.strip()
    try:
        if model in ("rgb", "RGB", "gray"):
            values = [float(value) for value in name.split(",")] * (3 if model == "gray" else 1)
            whole = [value if model == "RGB" else value * 255 for value in values]
            return "#" + "".join(f"{min(max(round(value), 0), 255):02x}" for value in whole[:3])
        if model == "HTML" or re.fullmatch(r"[0-9a-fA-F]{6}", name):
            return f"#{name.lstrip('#').lower()}"
        red, green, blue = ImageColor.getrgb(name.partition("!")[0].lower())[:3]
    except ValueError:
        return ""
    return f"#{red:02x}{green:02x}{blue:02x}"

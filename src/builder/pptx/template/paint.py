"""Colours in which text can be read on the ground that a layout really has, whatever its theme says.

The ground is looked at: a layout is drawn small, and the colour of a place is what its pixels are on average.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import typst
from PIL import Image, ImageStat

from builder.deck.geometry import Area, Look, TextLook
from builder.deck.model import LIGHT, LIT
from builder.typeset.compile import panics_as_errors, root_of_drive
from builder.typeset.contrast import LEAST, channels, contrast, mixed, readable
from builder.typeset.escape import string

SCALE = 0.2
"""Pixels a point at which a layout is drawn to see its ground."""
PANEL = 0.08
"""How much of the colour of text is in a panel where the theme's own cannot be written on."""
LOUD, QUIET = 1.8, 0.2
"""Contrast with its ground beyond which a panel of the theme's own colour draws the eye from the words on it, and how
much of that colour is in one then."""
MARKS = ("accent1", "accent6")
"""Colours of the theme in which bullets are set, as ``accent1_mark`` and ``accent6_mark``."""
HEADINGS = ("accent1", "accent2")
"""Colours of the theme in which headings of boxes and columns are set, as ``accent1_text`` and ``accent2_text``."""
LEAST_MARK = 1.6
"""Least contrast of a bullet, which says no more than that a point begins."""
OTHER = 60.0
"""By how much, of 255, a row of pixels is lighter or darker than the ground that it is no part of."""
FEW = 0.03
"""What share of a place may have other colours where its ground is even, or swallow what is written there."""
HARDLY = 2.0
"""Contrast below which letters are hardly seen."""
DIGITS = 1.5
"""How wide the digits of a slide's number are in ems, about."""
SAME = 24
"""How far each channel of two colours lies apart at most that are one ground to the eye."""


def ground_at(look: Look, area: Area, size: tuple[float, float]) -> str:
    """Return the colour ``#rrggbb`` of a layout's ground below a place of a slide of ``size``, in points."""
    if not look.drawing:
        return look.background
    middle = ImageStat.Stat(ground_below(look, area, size)).mean
    return "#" + "".join(f"{round(value):02x}" for value in middle)


def colours_at(look: Look, area: Area, size: tuple[float, float]) -> list[tuple[int, tuple[int, int, int]]]:
    """Return the colours of a layout's ground below a place, red, green and blue, each behind the number of its
    pixels."""
    below: Any = ground_below(look, area, size)
    found: list[tuple[int, tuple[int, int, int]]] = below.getcolors(below.width * below.height)
    return found


def ground_below(look: Look, area: Area, size: tuple[float, float]) -> Image.Image:
    """Return a layout's ground below a place, of a pixel at least."""
    picture = drawn(look.background, look.drawing, *size)
    box = [round(value * SCALE) for value in (area.x, area.y, area.x + area.width, area.bottom)]
    left, top = min(max(box[0], 0), picture.width - 1), min(max(box[1], 0), picture.height - 1)
    right, bottom = min(max(box[2], left + 1), picture.width), min(max(box[3], top + 1), picture.height)
    return picture.crop((left, top, right, bottom)).convert("RGB")


def is_even_at(look: Look, area: Area, size: tuple[float, float]) -> bool:
    """Return whether the ground below a place is one to the eye, but for a gradient."""
    if not look.drawing:
        return True
    usual = ImageStat.Stat(ground_below(look, area, size)).median
    colours = colours_at(look, area, size)
    far = (count for count, pixel in colours if any(abs(a - b) > 2 * SAME for a, b in zip(pixel, usual, strict=True)))
    return sum(far) <= FEW * sum(count for count, _pixel in colours)


def hidden_share(look: Look, text: TextLook, size: tuple[float, float]) -> float:
    """Return on what share of its place a text has hardly another colour than what the layout draws there."""
    if text.fill or not look.drawing:
        return 0.0
    colours = colours_at(look, text.area, size)
    hidden = sum(count for count, ground in colours if contrast(text.colour, f"#{bytes(ground).hex()}") < HARDLY)
    return hidden / sum(count for count, _ground in colours)


def even(look: Look, area: Area, size: tuple[float, float]) -> Area:
    """Return ``area`` without what differs from its ground at its foot and head, and a row of pixels of air: bars that
    are a part of a picture."""
    if not look.drawing:
        return area
    picture = drawn(look.background, look.drawing, *size)
    left, right = round(area.x * SCALE), min(round((area.x + area.width) * SCALE), picture.width)
    top, bottom = round(area.y * SCALE), min(round(area.bottom * SCALE), picture.height)
    if right - left < 2 or bottom - top < 8:
        return area
    rows = picture.crop((left, top, right, bottom)).resize((1, bottom - top), Image.Resampling.BOX)
    lights = list(rows.convert("L").tobytes())
    usual = sorted(lights)[len(lights) // 2]
    third = len(lights) // 3
    others = [number for number, light in enumerate(lights) if abs(light - usual) > OTHER]
    first = max((number + 2 for number in others if number < third), default=0)
    last = min((number - 1 for number in others if number >= len(lights) - third), default=len(lights))
    return replace(area, y=area.y + first / SCALE, height=area.height - (first + len(lights) - last) / SCALE)


@lru_cache(maxsize=64)
def drawn(background: str, drawing: str, width: float, height: float) -> Image.Image:
    """Return a layout without its text as a small picture; its background alone where the drawing cannot be shown."""
    page = f'#set page(width: {width:.2f}pt, height: {height:.2f}pt, margin: 0pt, fill: rgb("{background}"))\n'
    image = f'#image(bytes({string(drawing)}), format: "svg", width: {width:.2f}pt)'
    try:
        compiler = typst.Compiler((page + image).encode(), root=root_of_drive(), ignore_system_fonts=True)
        with panics_as_errors():
            png = compiler.compile(format="png", ppi=72 * SCALE)
    except typst.TypstError:
        return Image.new("RGB", (max(round(width * SCALE), 1), max(round(height * SCALE), 1)), background)
    assert isinstance(png, bytes)
    return Image.open(io.BytesIO(png)).convert("RGB")


def painted(look: Look, size: tuple[float, float]) -> Look:
    """Return a look whose texts can be read on its ground; what has another colour than the template gives it is
    ``repainted``."""
    return replace(look, texts={name: readable_text(look, name, size) for name in look.texts})


def readable_text(look: Look, name: str, size: tuple[float, float]) -> TextLook:
    """Return how a text is set so that it can be read where it stands; other lines than titles may be set smaller than
    the template sets them."""
    text = look.texts[name]
    ground = ground_at(look, digits_in(text) if name == "number" else text.area, size)
    ground = mixed(ground, text.fill, text.opacity) if text.fill else ground
    if contrast(text.colour, ground) >= LEAST:
        return text
    return replace(text, colour=readable(text.colour, ground), repainted=True)


def digits_in(text: TextLook) -> Area:
    """Return where the digits of a slide's number stand in their place."""
    width = min(DIGITS * text.size, text.area.width)
    share = {"left": 0.0, "center": 0.5}.get(text.align, 1.0)
    return replace(text.area, x=text.area.x + share * (text.area.width - width), width=width)


def roles_on(colours: Mapping[str, str], ground: str, ink: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the colours of a template by their roles, for text in ``ink`` on a ``ground``; and names of colours as
    slides use them → what they write for them, the name of a colour of the theme or ``#rrggbb``.

    Fills have the theme's colours; panels and text have others where text could not be read.
    """
    found = dict(colours)
    found["ground"] = ground
    candidates = (ink, colours["dk1"], colours["lt1"])
    found["dk1"] = next((one for one in candidates if contrast(one, ground) >= LEAST), readable(ink, ground))
    if contrast(found["lt2"], ground) > LOUD:
        found["lt2"] = mixed(ground, found["lt2"], QUIET)
    if contrast(found["dk1"], found["lt2"]) < LEAST + 0.5:
        found["lt2"] = mixed(ground, found["dk1"], PANEL)
    written = {}
    for name, role in (("tx1", "dk1"), ("bg2", "lt2")):
        if found[role] != colours[role]:
            written[name] = found[role]
    for name in HEADINGS:
        text = found[name]
        for below in (ground, found["lt2"]):
            text = text if contrast(text, below) >= LEAST else readable(text, below)
        found[f"{name}_text"] = text
        written[f"{name}_text"] = name if text == found[name] else text
    for name in MARKS:
        is_seen = min(contrast(found[name], below) for below in (ground, found["lt2"])) >= LEAST_MARK
        found[f"{name}_mark"] = found[name] if is_seen else found["dk1"]
        dark = "tx1" if found["dk1"] == colours["dk1"] else found["dk1"]
        written[f"{name}_mark"] = name if is_seen else dark
    lit = mixed(ground, found[LIT], LIGHT)
    found["lit_text"] = found["dk1"] if contrast(found["dk1"], lit) >= LEAST else readable(found["dk1"], lit)
    written["lit_text"] = "tx1" if found["lit_text"] == colours["dk1"] else found["lit_text"]
    for below in (ground, found["lt2"]):
        if contrast(found["hlink"], below) < LEAST:
            found["hlink"] = written["hlink"] = readable(found["hlink"], below)
    return found, written


def is_like(one: str, other: str) -> bool:
    """Return whether two colours are one to the eye."""
    return all(abs(a - b) <= SAME for a, b in zip(channels(one), channels(other), strict=True))

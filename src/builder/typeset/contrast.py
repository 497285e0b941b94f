"""Can a colour be read on its ground? (WCAG 2.2, 1.4.3 and the definition of relative luminance.)"""

from __future__ import annotations

LEAST = 4.5
"""Least contrast of text with its ground."""
MIDDLE = 0.18
"""Luminance of a ground that black and white stand out from alike; below it colours are lightened."""


def readable(colour: str, ground: str) -> str:
    """``colour``, darkened on a light ground and lightened on a dark one until it can be read; both as ``#rrggbb``."""
    if not colour:
        return ""
    mixed, background = channels(colour), channels(ground)
    dark = not is_light(ground)
    end = [255, 255, 255] if dark else [0, 0, 0]
    while _ratio(mixed, background) < LEAST and mixed != end:
        if dark:
            mixed = [min(255 - int((255 - value) * 0.9) + 1, 255) for value in mixed]
        else:
            mixed = [max(int(value * 0.9) - 1, 0) for value in mixed]
    return "#" + "".join(f"{value:02x}" for value in mixed)


def faint(text: str, ground: str) -> str:
    """The colour of words that are left behind, in the middle between text and its ground, as six hex digits."""
    pairs = zip(channels(text), channels(ground), strict=True)
    return "".join(f"{(one + other) // 2:02X}" for one, other in pairs)


def contrast(colour: str, ground: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    return _ratio(channels(colour), channels(ground))


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour with a ``share`` of another in it."""
    pairs = zip(channels(one), channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def channels(colour: str) -> list[int]:
    """Red, green and blue of ``#rrggbb``."""
    return [int(colour[index : index + 2], 16) for index in (1, 3, 5)]


def is_light(colour: str) -> bool:
    """True if white is nearer to a colour than black, to the eye."""
    return luminance(channels(colour)) >= MIDDLE


def luminance(values: list[int]) -> float:
    """Relative luminance of red, green and blue."""
    linear = [light_of(value) for value in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def light_of(value: int) -> float:
    """How much light a channel of sRGB gives, from 0 to 1 (IEC 61966-2-1)."""
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def channel_of(light: float) -> int:
    """The channel of sRGB that gives so much light."""
    return round(255 * (12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055))


def tinted(colour: str, share: float) -> str:
    """Return a ``share`` of a colour's light in white (``a:tint``, ECMA-376 part 1, 20.1.2.3.34)."""
    return "#" + "".join(f"{channel_of(1 - share + share * light_of(value)):02x}" for value in channels(colour))


def _ratio(colour: list[int], ground: list[int]) -> float:
    lighter, darker = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)

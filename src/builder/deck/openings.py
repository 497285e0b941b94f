"""Lines beside the title of a title or section slide: what they say, and the size at which they fit in their places."""

from __future__ import annotations

from dataclasses import replace

from builder.deck.geometry import Look, TextLook
from builder.deck.lines import Typeface, break_runs
from builder.deck.model import Run, Runs, Slide

LEAST = 8.0
"""Points below which such a line is not set, however small its place is."""


def lines_beside(slide: Slide, look: Look) -> list[tuple[str, TextLook, str]]:
    """(name of the place, the place, text) of each line that a title or section slide has besides its title."""
    lines = {"subtitle": slide.subtitle, "extra": slide.kicker} if slide.layout == "title" else {"extra": slide.kicker}
    return [(name, look.texts[name], text) for name, text in lines.items() if text and name in look.texts]


def as_set(text: str, place: TextLook) -> Runs:
    """A line as its place sets it."""
    return (Run(text.upper() if place.capitals else text, bold=place.bold),)


def size_in(text: str, place: TextLook, typeface: Typeface) -> float:
    """The largest size in whole points, up to that of the place, at which a line fits in it."""
    runs, size = as_set(text, place), place.size
    typeface = replace(typeface, text=place.font) if place.font else typeface
    width = max(place.area.width - place.spacing * len(text), place.area.width / 2)
    while size > LEAST:
        broken = break_runs(runs, width, size, typeface)
        if broken.fits and broken.height(size * typeface.pitch_of(runs)) <= place.area.height + 1:
            break
        size -= 1
    return size

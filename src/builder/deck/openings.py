"""Lines beside the title of a title or section slide: what they say, and the size at which they fit in their places."""

from __future__ import annotations

from dataclasses import replace

from builder.deck.geometry import Look, TextLook
from builder.deck.lines import Typeface, break_runs
from builder.deck.model import Run, Runs, Slide

LEAST = 8.0
"""Points below which such a line is not set, however small its place is."""


FIELDS = ("lecture number", "author", "extent", "licence")
"""Places of a title slide that some templates have: the number of the lecture; who gives it, where and when; which
chapters and pages it shows; its licence."""
IN_SUBTITLE = ("author", "licence")
"""Those whose lines stand below the subtitle where a template has no place for them."""
LINE = "\n"
"""What stands between lines of a place."""


def lines_beside(slide: Slide, look: Look) -> list[tuple[str, TextLook, str]]:
    """(name of the place, the place, text) of each line that a title or section slide has besides its title."""
    lines = on_title(slide, look) if slide.layout == "title" else {"extra": slide.kicker}
    return [(name, look.texts[name], text) for name, text in lines.items() if text and name in look.texts]


def on_title(slide: Slide, look: Look) -> dict[str, str]:
    """Place → text, in the order of reading; a line has another after it where a template has fewer places."""
    given = dict(slide.beside)
    subtitle = [slide.subtitle or ("" if "extent" in look.texts else given.get("extent", ""))]
    subtitle += [given.get(name, "") for name in IN_SUBTITLE if name not in look.texts]
    in_places = {name: given.get(name, "").replace(LINE, " · ") for name in FIELDS if name in look.texts}
    return {"subtitle": LINE.join(filter(None, subtitle)), **in_places, "extra": slide.kicker}


def as_set(text: str, place: TextLook) -> Runs:
    """A line as its place sets it."""
    return (Run(text.upper() if place.capitals else text, bold=place.bold),)


def size_in(text: str, place: TextLook, typeface: Typeface) -> float:
    """The largest size in whole points, up to that of the place, at which its lines fit in it."""
    lines, size = [as_set(line, place) for line in text.split(LINE)], place.size
    typeface = replace(typeface, text=place.font) if place.font else typeface
    width = max(place.area.width - place.spacing * len(text), place.area.width / 2)
    while size > LEAST:
        broken = [break_runs(runs, width, size, typeface) for runs in lines]
        height = sum(one.height(size * typeface.pitch_of(runs)) for one, runs in zip(broken, lines, strict=True))
        if all(one.fits for one in broken) and height <= place.area.height + 1:
            break
        size -= 1
    return size

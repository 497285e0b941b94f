"""Lines beside the title of a title or section slide: what they say, and the size at which they fit in their places."""

from __future__ import annotations

from dataclasses import replace

from builder.deck.geometry import Look, TextLook
from builder.deck.lines import Typeface, break_runs
from builder.deck.model import Run, Runs, Slide
from builder.deck.surroundings import CUT

LEAST = 8.0
"""Points below which such a line is not set, however small its place is."""


FIELDS = ("lecture number", "author", "extent", "licence")
"""Places of a title slide that some templates have: the number of the lecture; who gives it, where and when; which
chapters and pages it shows; its licence."""
IN_SUBTITLE = ("author", "licence")
"""Those whose lines stand below the subtitle where a template has no place for them."""
READABLE, LINE_HEIGHT = 14.0, 1.2
"""Points at which lines below a title are to be read, and the height of a line in its size."""
BETWEEN = " · "
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
    in_places = {
        name: LINE.join(as_high(given.get(name, "").split(LINE), look.texts[name].area.height))
        for name in FIELDS
        if name in look.texts
    }
    lines = [line for text in subtitle for line in text.split(LINE) if line]
    if "subtitle" in look.texts:
        lines = as_high(lines, look.texts["subtitle"].area.height)
    return {"subtitle": LINE.join(lines), **in_places, "extra": slide.kicker}


def as_high(lines: list[str], height: float) -> list[str]:
    """Lines as they can be read in a place ``height`` points high: the last ones share one where there are too many."""
    count = max(int((height + 1) / (READABLE * LINE_HEIGHT)), 1)
    return [*lines[: count - 1], BETWEEN.join(lines[count - 1 :])] if len(lines) > count else lines


def as_set(text: str, place: TextLook) -> Runs:
    """A line as its place sets it."""
    return (Run(text.upper() if place.capitals else text, bold=place.bold),)


def size_in(text: str, place: TextLook, typeface: Typeface) -> float:
    """The largest size in whole points, up to that of the place, at which its lines fit in it."""
    size = place.size
    while size > LEAST and not fits_at(text, place, typeface, size):
        size -= 1
    return size


def fits_at(text: str, place: TextLook, typeface: Typeface, size: float) -> bool:
    """True if the lines of a place fit in it at a size."""
    lines = [as_set(line, place) for line in text.split(LINE)]
    typeface = replace(typeface, text=place.font) if place.font else typeface
    width = max(place.area.width - place.spacing * len(text), place.area.width / 2)
    broken = [break_runs(runs, width, size, typeface) for runs in lines]
    height = sum(one.height(size * typeface.pitch_of(runs)) for one, runs in zip(broken, lines, strict=True))
    return all(one.fits for one in broken) and height <= place.area.height + 1


def foot_in(text: str, place: TextLook, typeface: Typeface) -> tuple[str, float]:
    """What fits of the foot of a slide in its place, its last words cut where even the least type is too large, and its
    size."""
    size = size_in(text, place, typeface)
    words, shown = text.split(), text
    while len(words) > 1 and not fits_at(shown, place, typeface, size):
        words.pop()
        shown = " ".join(words).rstrip(" ,;:·") + CUT
    return shown, size

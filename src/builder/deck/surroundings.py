"""Lines round what a slide shows: the section above its title, and at its foot the place in the book."""

from __future__ import annotations

import unicodedata

from builder.deck.geometry import Look
from builder.deck.model import BookPlace, Slide, plain

BETWEEN = " · "
LONGEST, CUT = 90, "…"
"""Letters of a title that stand in such a line, a wide one of East Asia as two, and what stands for the rest."""


def section_above(slide: Slide, look: Look) -> str:
    """Return the section that a slide belongs to, or its chapter where the title is that of the section; '' where the
    layout has no place for it, or the title says it."""
    if slide.place is None or "section" not in look.texts:
        return ""
    title = plain(slide.title).strip()
    parts = (slide.place.section, slide.place.chapter)
    for part in parts:
        if (name := plain(part.title).strip()) != title:
            return BETWEEN.join(filter(None, (part.number, shortened(name))))
    return ""


def foot_of(slide: Slide, look: Look, usual: str) -> str:
    """Return the foot of a slide: its section and page in the book where the layout has the section above the title,
    else the ``usual`` one of the deck."""
    return place_at_foot(slide.place) if slide.place is not None and "section" in look.texts else usual


def place_at_foot(place: BookPlace) -> str:
    """Return ``§ 3.2 · Book, p. 20``: without a number and before the book is set, as much as is known."""
    book, folio, comma = place.words
    page = f"{book}{comma}{folio.replace('{}', place.page)}" if place.page else ""
    return BETWEEN.join(filter(None, (f"§ {place.number}" if place.number else shortened(place.title), page)))


def shortened(title: str) -> str:
    """Return the words of a long title that go into `LONGEST` letters, or part of a longer word, and `CUT`."""
    room = LONGEST
    for end, letter in enumerate(title):
        room -= 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if room < 0:
            space = title.rfind(" ", 0, end)
            return title[: space if space > 0 else end].rstrip(" ,;:") + CUT
    return title

"""Lines round what a slide shows: the section above its title, and at its foot the place in the book."""

from __future__ import annotations

from builder.deck.geometry import Look
from builder.deck.model import BookPlace, Slide, plain

BETWEEN = " · "


def section_above(slide: Slide, look: Look) -> str:
    """Return the section that a slide belongs to, or its chapter where the title is that of the section; '' where the
    layout has no place for it, or the title says it."""
    if slide.place is None or "section" not in look.texts:
        return ""
    title = plain(slide.title).strip()
    parts = (slide.place.section, slide.place.chapter)
    found = next((part for part in parts if plain(part.title).strip() != title), None)
    return BETWEEN.join(filter(None, (found.number, plain(found.title).strip()))) if found is not None else ""


def foot_of(slide: Slide, look: Look, usual: str) -> str:
    """Return the foot of a slide: its section and page in the book where the layout has the section above the title,
    else the ``usual`` one of the deck."""
    return place_at_foot(slide.place) if slide.place is not None and "section" in look.texts else usual


def place_at_foot(place: BookPlace) -> str:
    """Return ``§ 3.2 · Book, p. 20``: without a number and before the book is set, as much as is known."""
    book, folio, comma = place.words
    page = f"{book}{comma}{folio.replace('{}', place.page)}" if place.page else ""
    return BETWEEN.join(filter(None, (f"§ {place.number}" if place.number else place.title, page)))

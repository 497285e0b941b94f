"""The lines of a slide's notes."""

from __future__ import annotations

from builder.deck.model import Slide


def notes_of(slide: Slide) -> list[str]:
    """Paragraphs of the notes: the author's, the book's, the works cited, the place in the book."""
    place = [str(slide.place)] if slide.place else []
    return [*slide.notes.author, *slide.notes.book, *slide.notes.works, *place]

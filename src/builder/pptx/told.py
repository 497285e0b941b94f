"""What a browser has to know of the decks: for each slide its title, notes, minutes and the section of the book that it shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from builder.deck.lectures import Lecture
from builder.deck.model import FittedSlide
from builder.files import write_whole
from builder.pptx.builder import Fit, PptxBuilder
from builder.pptx.notes import notes_of
from builder.pptx.review import minutes_of


def tell(decks: PptxBuilder, path: Path) -> None:
    """Write ``path``: a list of decks, each with its slides in the order of its PDF, which leaves hidden ones out."""
    content = [told_of(decks, lecture) for lecture in decks.lectures]
    write_whole(path, f"[{', '.join(content)}]".encode())


def told_of(decks: PptxBuilder, lecture: Lecture) -> str:
    """A deck as JSON, kept as long as the deck is the same."""
    fit = decks.fit(lecture)
    known = decks.told.get(lecture.name)
    if known is None or known[0] is not fit:
        decks.told[lecture.name] = known = fit, json_of(lecture, fit)
    return known[1]


def json_of(lecture: Lecture, fit: Fit | None) -> str:
    """A deck as JSON."""
    shown = [slide for slide in fit[0].slides if not slide.slide.hidden] if fit is not None else []
    slides = [told(slide, before) for before, slide in zip([None, *shown], shown, strict=False)]
    about = {"name": lecture.name, "title": lecture.title, "minutes": lecture.minutes, "slides": slides}
    return json.dumps(about, ensure_ascii=False)


def told(fitted: FittedSlide, before: FittedSlide | None) -> dict[str, Any]:
    """One slide. ``document`` and ``anchor`` name the section of the web book, '' where there is none."""
    place = fitted.slide.place
    document, _, anchor = place.label.partition(":") if place is not None else ("", "", "")
    return {
        "title": fitted.slide.heading,
        "notes": notes_of(fitted.slide),
        "minutes": minutes_of(fitted, before),
        "document": document,
        "anchor": anchor,
    }

"""What a browser has to know of the decks: for each slide its title, notes, minutes and the section of the book that it shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from builder.build.decks import Fit, PptxBuilder
from builder.build.review import minutes_of
from builder.deck.lectures import Lecture
from builder.deck.model import FittedSlide
from builder.deck.notes import notes_of
from builder.store.files import write_whole


def tell(decks: PptxBuilder, path: Path) -> None:
    """Write ``path``: a list of decks, each with its slides in the order of its PDF, which leaves hidden ones out.

    What was written of decks that did not change stays.
    """
    known = {(deck["name"], deck.get("key")): deck for deck in read(path)}
    content = []
    for lecture in decks.lectures:
        key = decks.quick.get(lecture.name, "")
        content.append(known.get((lecture.name, key)) or about(lecture, decks.fit_or_none(lecture)) | {"key": key})
    write_whole(path, json.dumps(content, ensure_ascii=False).encode())


def read(path: Path) -> list[dict[str, Any]]:
    """What `tell` wrote; an empty list when there is nothing."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return content if isinstance(content, list) else []


def about(lecture: Lecture, fit: Fit | None) -> dict[str, Any]:
    """What is told of a deck."""
    shown = [slide for slide in fit[0].slides if not slide.slide.hidden] if fit is not None else []
    slides = [told(slide, before) for before, slide in zip([None, *shown], shown, strict=False)]
    return {"name": lecture.name, "title": lecture.title, "minutes": lecture.minutes, "slides": slides}


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

"""The file on decks for the browser: for each slide its title, notes, minutes and the section of the book that it
shows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from builder.build.fitting import Fit, Fits
from builder.deck.lectures import Lecture
from builder.deck.minutes import minutes_of
from builder.deck.model import DeckStyle, FittedSlide
from builder.deck.notes import notes_of
from builder.deck.steps import states
from builder.store.files import write_whole

NO_ENTRIES: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


def write(path: Path, fits: Fits, keys: Mapping[str, str], made: Mapping[str, Mapping[str, Any]] = NO_ENTRIES) -> None:
    """Write ``path``: a list of decks, each with its slides in the order of its PDF, which leaves hidden ones out.

    ``keys`` has the keys of decks by their names; the entry of a deck that has the same key stays. ``made`` has the
    entries of decks that were fitted for this build, perhaps in another process.
    """
    known = {(deck["name"], deck.get("key")): deck for deck in read(path)}
    content = []
    for lecture in fits.project.lectures:
        key = keys.get(lecture.name, "")
        entry = (known.get((lecture.name, key)) if key else None) or made.get(lecture.name)
        content.append({**(entry or about(lecture, fits.or_none(lecture))), "key": key})
    write_whole(path, json.dumps(content, ensure_ascii=False).encode())


def read(path: Path) -> list[dict[str, Any]]:
    """The decks of ``path``; none where it cannot be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return content if isinstance(content, list) else []


def about(lecture: Lecture, fit: Fit | None) -> dict[str, Any]:
    """The entry of a deck; it has no slides where there is no fit."""
    shown = [slide for slide in fit.fitted.slides if not slide.slide.hidden] if fit is not None else []
    style = lecture.style
    slides = [about_slide(slide) | {"steps": steps_of(slide, style) if style.steps else 0} for slide in shown]
    return {"name": lecture.name, "title": lecture.title, "minutes": lecture.minutes, "slides": slides}


def steps_of(fitted: FittedSlide, style: DeckStyle) -> int:
    """How many clicks a slide takes; the PDF of steps has as many pages more of it."""
    return len(states(fitted, incremental=style.incremental, faint="")) - 1


def about_slide(fitted: FittedSlide) -> dict[str, Any]:
    """The entry of a slide. ``document`` and ``anchor`` name the section of the web book, '' where there is none."""
    place = fitted.slide.place
    document, _, anchor = place.label.partition(":") if place is not None else ("", "", "")
    return {
        "title": fitted.slide.heading,
        "notes": notes_of(fitted.slide),
        "minutes": minutes_of(fitted),
        "document": document,
        "anchor": anchor,
    }

"""What can be written in a chapter or in conf.py: directives, options, values, marks, each with a line on it. All of it
is read from the registries by which chapters are read.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from builder.charts.data import CHART_TYPES
from builder.deck.model import LAYOUTS
from builder.source.annotations import slide, vocabulary
from builder.source.annotations.classes import PLACES, WORDS
from builder.source.annotations.directives import FREE, OWN
from builder.source.edition_names import EDITION_DIRECTIVE, EDITIONS
from builder.source.editions.marks import EditionDirective
from builder.source.option_table import OPTIONS

DIRECTIVES: dict[str, Any] = {
    **OWN,
    **FREE,
    EDITION_DIRECTIVE: EditionDirective,
}
"""Directives by name."""

ROLES = (*vocabulary.WORD_MARKS, *EDITIONS)
"""Roles that mark words."""

BLOCK_CLASSES = tuple(name for name, places in PLACES.items() if places != (WORDS,))
"""Classes of headings and blocks."""

SPAN_CLASSES = tuple(name for name, places in PLACES.items() if WORDS in places)
"""Classes of words in brackets."""

VALUES: dict[tuple[str, str], tuple[str, ...]] = {
    ("slide", "layout"): LAYOUTS,
    ("slide", "reveal"): slide.REVEALS,
    ("question", "layout"): LAYOUTS,
    ("question", "reveal"): slide.REVEALS,
    ("chart", "type"): CHART_TYPES,
}
"""Values of an option of a directive."""

COLUMNS = {"chart": ("x", "y", "errors", "lines"), "timeline": ("date", "event")}
"""Options of a directive that name columns of its file."""

DATA = {"chart": (".csv",), "timeline": (".csv",), "map": (".csv",)}
"""Endings of the file that a directive draws."""

DRAWN_BESIDE = {("map", "outlines"): (".geojson", ".json"), ("map", "lines"): (".geojson", ".json")}
"""Endings of the files that an option of a directive names."""


@dataclass(frozen=True, slots=True)
class CompletionWord:
    """What can be written at a place, and a line on what it is."""

    text: str
    about: str = ""


def options_of(directive: str) -> tuple[str, ...]:
    """Return the names of a directive's options; none for a directive of others."""
    kind = DIRECTIVES.get(directive)
    if kind is None:
        return ()
    if issubclass(kind, slide.SlideDirective):
        return slide.OPTIONS
    return tuple(kind.option_spec or ())


def about(directive: str) -> str:
    """Return the first paragraph of a directive's description; '' for one of others."""
    kind = DIRECTIVES.get(directive)
    description = inspect.getdoc(kind) if kind is not None else ""
    return " ".join((description or "").partition("\n\n")[0].split())


def directives() -> list[CompletionWord]:
    """Return all directives."""
    return [CompletionWord(name, about(name)) for name in DIRECTIVES]


def marks(names: Iterable[str]) -> list[CompletionWord]:
    """Return marks with what a slide makes of them."""
    levels = {name: f"a bullet of level {level} on the slide" for name, level in vocabulary.MARKS.items()}
    layouts = {name: f"a slide of its own: {layout}" for name, layout in vocabulary.SENTENCE_BLOCKS.items()}
    editions = {name: f"only in the edition for a {name}" for name in EDITIONS}
    known = layouts | levels | editions
    return [CompletionWord(name, known.get(name, "")) for name in names]


def settings() -> list[CompletionWord]:
    """Return the options of conf.py."""
    return [CompletionWord(option.name, option.help) for option in OPTIONS]


def choices(setting: str) -> list[CompletionWord]:
    """Return what an option of conf.py may be, where that is a choice."""
    return [
        CompletionWord(choice) for option in OPTIONS if option.name == setting for choice in option.choices if choice
    ]

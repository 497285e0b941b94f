"""Options of a deck, in ``builder_deck`` of conf.py or in ``lectures.toml`` → `DeckStyle`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from builder.deck.model import DeckStyle
from builder.errors import AuthorError, Source, asked
from builder.source.option_table import SOLUTIONS

TRANSITIONS = ("none", "fade", "push", "wipe", "split", "cover", "cut", "dissolve", "morph")
CHOICES = {
    "sections": ("auto", "chapters", "sections", "none"),
    "transition": TRANSITIONS,
    "template_slides": ("drop", "front", "back", "around"),
    "handout": (0, 2, 3, 4, 6),
    "solutions": SOLUTIONS,
}
WORDS = ("author", "institution", "occasion", "date", "licence", "logo")
"""Options that are text, or a date."""
LEAST_FLOOR, MOST_FLOOR = 8, 32
KEYS = tuple(field.name for field in fields(DeckStyle))


def read_style(given: Mapping[str, Any], base: DeckStyle, source: Source) -> DeckStyle:
    """``base`` with the options ``given``; every key is one of `KEYS`.

    Raises:
        AuthorError: an unknown key, or a value of the wrong kind.
    """
    for key, value in given.items():
        if key not in KEYS:
            raise AuthorError(f"a deck has no '{key}'; known are {', '.join(KEYS)}.{asked(key, KEYS)}", source)
        if wrong := wrong_value(key, value):
            raise AuthorError(wrong, source)
    changes: dict[str, Any] = {key: str(value) if key in WORDS else value for key, value in given.items()}
    return replace(base, **changes)


def wrong_value(key: str, value: object) -> str:
    """Return what is wrong with the value of an option; '' when it can be used."""
    if key in CHOICES:
        allowed, question = (
            ", ".join(repr(choice) for choice in CHOICES[key]),
            asked(str(value), map(str, CHOICES[key])),
        )
        return "" if value in CHOICES[key] else f"{key} is {value!r}; write one of {allowed}.{question}"
    if key.endswith("_floor"):
        is_size = not isinstance(value, bool) and isinstance(value, int | float) and LEAST_FLOOR <= value <= MOST_FLOOR
        most = f"from {LEAST_FLOOR} to {MOST_FLOOR}"
        return "" if is_size else f"{key} must be a number of points {most}, not {value!r}."
    if key == "template":
        is_name = isinstance(value, str) and value
        return "" if is_name else f"template must be a name or a file, not {value!r}."
    if key in WORDS:
        return "" if isinstance(value, str | datetime.date) else f"{key} must be text, not {value!r}."
    return "" if isinstance(value, bool) else f"{key} must be true or false, not {value!r}."

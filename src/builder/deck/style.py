"""Options of a deck, in ``builder_deck`` of conf.py or in ``lectures.toml`` → `DeckStyle`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from builder.deck.model import DeckStyle
from builder.errors import AuthorError, Source
from builder.source.config import SOLUTIONS

TRANSITIONS = ("none", "fade", "push", "wipe", "split", "cover", "cut", "dissolve", "morph")
CHOICES = {
    "sections": ("chapters", "sections", "none"),
    "transition": TRANSITIONS,
    "template_slides": ("drop", "front", "back", "around"),
    "handout": (0, 2, 3, 4, 6),
    "solutions": SOLUTIONS,
}
LEAST_FLOOR, MOST_FLOOR = 8, 32
KEYS = tuple(field.name for field in fields(DeckStyle))


def read_style(given: Mapping[str, Any], base: DeckStyle, source: Source) -> DeckStyle:
    """``base`` with the options ``given``; every key is one of `KEYS`.

    Raises:
        AuthorError: an unknown key, or a value of the wrong kind.
    """
    for key, value in given.items():
        if key not in KEYS:
            raise AuthorError(f"a deck has no '{key}'; known are {', '.join(KEYS)}.", source)
        if key in CHOICES:
            if value not in CHOICES[key]:
                allowed = ", ".join(repr(choice) for choice in CHOICES[key])
                raise AuthorError(f"{key} is {value!r}; write one of {allowed}.", source)
        elif key.endswith("_floor"):
            if isinstance(value, bool) or not isinstance(value, int | float) or not LEAST_FLOOR <= value <= MOST_FLOOR:
                message = f"{key} must be a number of points from {LEAST_FLOOR} to {MOST_FLOOR}, not {value!r}."
                raise AuthorError(message, source)
        elif key == "template":
            if not isinstance(value, str) or not value:
                raise AuthorError(f"template must be a name or a file, not {value!r}.", source)
        elif not isinstance(value, bool):
            raise AuthorError(f"{key} must be true or false, not {value!r}.", source)
    return replace(base, **given)

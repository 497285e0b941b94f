"""What stands on the title slide beside the title: who gives the lecture, where, on what occasion and when, its licence
and a logo.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import product

from babel.core import Locale
from babel.dates import format_date

from builder.deck.blocks import Picture
from builder.deck.geometry import Area, Geometry
from builder.deck.model import DeckStyle, FittedDeck, Placed
from builder.deck.openings import BETWEEN, LINE

CORNER = 0.13
"""How wide and high a logo is in a free corner, as a share of the slide's height, at most twice as wide."""


def beside(style: DeckStyle, author: str, number: str, lang: str) -> tuple[tuple[str, str], ...]:
    """Place → lines of a title slide; ``author`` and ``number`` are those of the book and of the lecture."""
    who = BETWEEN.join(filter(None, (style.author or author, style.institution)))
    when = BETWEEN.join(filter(None, (style.occasion, written(style.date, lang))))
    lines = {"author": LINE.join(filter(None, (who, when))), "licence": style.licence, "lecture number": number}
    return tuple((name, text) for name, text in lines.items() if text)


def written(date: str, lang: str) -> str:
    """A date as the language writes it, ``3 May 2026`` for ``2026-05-03``; other words as they are."""
    with suppress(ValueError):
        return str(format_date(datetime.date.fromisoformat(date), "long", locale=Locale.parse(lang, sep="-")))
    return date


def with_logo(
    fitted: FittedDeck, logo: Picture, geometry: Geometry, is_even: Callable[[Area], bool]
) -> FittedDeck | None:
    """``fitted`` with a logo on its title slide; None where its template has no place for one and no free corner in
    which its ground ``is_even``."""
    area = logo_area(geometry, is_even)
    if area is None:
        return None
    title, *slides = fitted.slides
    scale = min(area.width / logo.width_px, area.height / logo.height_px)
    width, height = logo.width_px * scale, logo.height_px * scale
    spare = area.width - width
    middle = area.x + area.width / 2 - geometry.width / 2
    left = area.x + spare * (0.5 if abs(middle) < geometry.width / 8 else 1 if middle > 0 else 0)
    placed = Placed(logo, left, area.y + (area.height - height) / 2, width, height, geometry.sizes.caption)
    shown = replace(title, placed=(*title.placed, placed), slide=replace(title.slide, blocks=(logo,)))
    return replace(fitted, slides=(shown, *slides))


def logo_area(geometry: Geometry, is_even: Callable[[Area], bool]) -> Area | None:
    """The template's own place for a logo, else a corner in which its title slide has no text and draws nothing; None
    where there is none.
    """
    look = geometry.look("title")
    texts = look.texts
    if "logo" in texts:
        return texts["logo"].area
    height = CORNER * geometry.height
    width = min(2 * height, geometry.width / 4)
    edge = height / 2
    corners = product((edge, geometry.height - edge - height), (geometry.width - edge - width, edge))
    free = (Area(x, y, width, height) for y, x in corners)
    taken = [*(place.area for place in texts.values()), *look.occupied]
    return next((area for area in free if not any(overlap(area, other) for other in taken) and is_even(area)), None)


def overlap(one: Area, other: Area) -> bool:
    """True if two areas have something in common."""
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )

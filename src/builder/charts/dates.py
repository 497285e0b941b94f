"""Dates as people write them → days, so that events can stand to scale. *Late* or *about* before one makes it none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
WORDS = re.compile(r"[^\W\d_]+|\d+")


def days_of(dates: Sequence[str], lang: str) -> tuple[int, ...]:
    """The days that dates begin with, in one order; () where one of them names none, or they are not in order.

    A date without a year has that of the date before it, or else of the first that has one.
    """
    parts = [parts_of(one, lang) for one in dates]
    years = [part[0] for part in parts if part is not None and part[0]]
    year = years[0] if years else 2000
    found: list[int] = []
    for part in parts:
        if part is None:
            return ()
        year = part[0] or year
        try:
            found.append(date(year, part[1] or 1, part[2] or 1).toordinal())
        except ValueError:
            return ()
    return tuple(found) if found == sorted(found) and len(set(found)) > 1 else ()


def parts_of(text: str, lang: str) -> tuple[int, int, int] | None:
    """Year, month and day that a date begins with, 0 where it names none; None where it begins with other words."""
    if match := ISO.fullmatch(text.strip()):
        year, month, day = map(int, match.groups())
        return year, month, day
    months, found, is_span = month_names(lang), [0, 0, 0], False
    for word in WORDS.findall(text):
        if word.isdigit():
            place, value = (0 if len(word) > 2 else 2), int(word)
        elif word.casefold() in months:
            place, value = 1, months[word.casefold()]
        elif any(found):
            is_span = True
            continue
        else:
            return None
        if place and (is_span or (found[0] and not found[1])):
            continue  # the end of a span: 1928-29, 26 January to 1 February
        found[place] = found[place] or value
    return (found[0], found[1], found[2]) if found[0] or found[1] else None


@lru_cache(maxsize=8)
def month_names(lang: str) -> dict[str, int]:
    """Names of months, whole and shortened, in a language and in English."""
    found: dict[str, int] = {}
    for name in ("en", lang):
        try:
            months = Locale.parse(name.replace("-", "_")).months
        except (UnknownLocaleError, ValueError):
            continue
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found |= {month.rstrip(".").casefold(): number for number, month in months[use][width].items()}
    return found | {"sept": 9}

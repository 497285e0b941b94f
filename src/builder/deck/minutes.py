"""How long slides are shown, and when: what a lecture plans."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import accumulate
from typing import Literal

from babel.core import Locale, UnknownLocaleError
from babel.units import format_unit

from builder.deck.model import FittedDeck, FittedSlide

MINUTES_A_SLIDE = 2.0
"""How long a slide is shown that has no ``:minutes:``; a lecture of 50 minutes has 22 to 30 slides."""
MINUTES_ROUND_THE_SLIDES = 0.5
"""How long a slide is shown that opens a part, or that was made without a place in the book: agenda, works cited."""
MINUTE = "duration-minute"
"""The unit as CLDR names it."""
DAY = 24 * 60
"""Minutes."""


def minutes_of(slide: FittedSlide) -> float:
    """Minutes of one slide; those of a slide that was split stand on its first part, a title is shown while people sit
    down, and one that is hidden is not shown.
    """
    if slide.slide.hidden:
        return 0.0
    if slide.slide.minutes:
        return slide.slide.minutes
    if slide.layout == "title" or slide.slide.part > 1:
        return 0.0
    is_round = slide.layout == "section" or slide.slide.place is None
    return MINUTES_ROUND_THE_SLIDES if is_round else MINUTES_A_SLIDE


def with_times(fitted: FittedDeck, start: datetime.time | None) -> FittedDeck:
    """``fitted`` with the time at which each slide is begun and left in its notes, where a lecture plans any: the time
    of day where it has a ``start``, else minutes from its begin.
    """
    if not (start or fitted.deck.minutes or any(slide.slide.minutes for slide in fitted.slides)):
        return fitted
    begins = accumulate(map(minutes_of, fitted.slides), initial=0.0)
    slides = (
        replace(one, slide=replace(one.slide, when=when(begin, minutes_of(one), start, fitted.deck.lang)))
        if not one.slide.hidden
        else one
        for one, begin in zip(fitted.slides, begins, strict=False)
    )
    return replace(fitted, slides=tuple(slides))


def when(begin: float, minutes: float, start: datetime.time | None, lang: str) -> str:
    """``10:15–10:17 (2 min)``, or ``15–17 min`` without a ``start``; for what takes no time, when it is, or
    ''.
    """
    ends = begin + minutes
    if start is None:
        until = in_minutes(ends, lang)
        return f"{shown(begin)}–{until}" if minutes else ""
    times = [time_of_day(start, moment) for moment in (begin, ends)]
    return f"{times[0]}–{times[1]} ({in_minutes(minutes, lang)})" if minutes else times[0]


def in_minutes(minutes: float, lang: str, length: Literal["short", "long"] = "short") -> str:
    """Minutes in a language: ``2 min``, or ``2 minutes`` where they are long and the language has that; in English
    where nobody knows the language.
    """
    try:
        locale = Locale.parse(lang.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    written = str(format_unit(round(minutes, 1), MINUTE, length, locale=locale))
    # Languages without grammatical number (ja, ko, zh) have no long form: Babel then writes the name of the unit.
    return in_minutes(minutes, lang) if length == "long" and MINUTE in written else written


def shown(minutes: float) -> str:
    """Minutes as a number: ``12``, ``12.5``."""
    return f"{round(minutes, 1):g}"


def time_of_day(start: datetime.time, minutes: float) -> str:
    """``10:17``, so many minutes after the start."""
    whole = (start.hour * 60 + start.minute + int(minutes + 0.5)) % DAY
    return f"{whole // 60}:{whole % 60:02d}"

"""Where a slide is among the parts of its deck, and the strip at its foot that shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builder.deck.geometry import Area, Geometry
from builder.deck.model import FittedDeck, FittedSlide, Part
from builder.typeset.scripts import runs_from_right

FEWEST_PARTS = 3
"""A deck of fewer parts needs no sign of where we are."""
MOST_PIECES = 20
"""A strip of more pieces could not be read, and would be most of what a deck holds: it is one bar, part filled."""
WITHOUT_STRIP = frozenset({"title", "section", "full-bleed", "question", "quote", "picture"})
"""Kinds of slide with a ground of their own, on which the colours of the strip would not be seen."""
PROGRESS_HEIGHT = 4.0
PROGRESS_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a slide is among the parts of its deck: ``index`` from 0, names, and places of their first slides.

    The strip that shows it begins at the right in a deck that runs ``from_right``.
    """

    index: int
    names: tuple[str, ...]
    first: tuple[int, ...]
    from_right: bool = False

    @property
    def text(self) -> str:
        """``2/5: 3.2 The rising of 1932``."""
        return f"{self.index + 1}/{len(self.names)}: {self.names[self.index]}"


def progress_of(fitted: FittedDeck) -> list[Progress | None]:
    """Return where each slide is; None for slides that belong to no part, and for all of a deck of few parts."""
    parts: list[Part] = []
    first: list[int] = []
    at: list[int | None] = []
    for number, of_fit in enumerate(fitted.slides):
        slide = of_fit.slide
        if slide.place is None or slide.hidden:
            at.append(None)
            continue
        if not parts or slide.place.section != parts[-1]:
            parts.append(slide.place.section)
            first.append(number)
        at.append(len(parts) - 1)
    if len(parts) < FEWEST_PARTS or not fitted.deck.style.progress:
        return [None] * len(at)
    names = tuple(part.name for part in parts)
    from_right = runs_from_right(fitted.deck.lang)
    return [None if index is None else Progress(index, names, tuple(first), from_right) for index in at]


def has_strip(fitted: FittedSlide) -> bool:
    """Return whether a slide shows the strip, where its deck has one."""
    return WITHOUT_STRIP.isdisjoint((fitted.layout, fitted.slide.layout))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the strip: its place, colour of the theme, its part's name and that part's first slide."""

    area: Area
    colour: str
    name: str
    first: int


def progress_pieces(progress: Progress, geometry: Geometry) -> list[Piece]:
    """The strip of a slide, in the place that its template has for it: grey is behind us, the accent is here, tint
    before us; at the edge of a slide all behind us is in the accent. None where there is no place.

    Its pieces come from the left, whichever of them is the first part.
    """
    strip = geometry.strip
    if strip is None:
        return []
    pieces = pieces_from_left(progress, strip, "accent1" if geometry.has_strip else "accent6")
    if not progress.from_right:
        return pieces
    ends = 2 * strip.x + strip.width
    return [replace(p, area=replace(p.area, x=ends - p.area.x - p.area.width)) for p in reversed(pieces)]


def pieces_from_left(progress: Progress, strip: Area, behind: str) -> list[Piece]:
    """The strip of a deck whose text runs from the left; what is ``behind`` us has that colour."""
    left, y, width = strip.x, strip.y, strip.width
    parts = len(progress.names)
    if parts > MOST_PIECES:
        done = width * (progress.index + 1) / parts
        return [
            Piece(Area(left, y, done, strip.height), "accent1", "Behind us", -1),
            Piece(Area(left + done, y, width - done, strip.height), "lt2", "Before us", -1),
        ]
    each = (width - PROGRESS_GAP * (parts - 1)) / parts
    pieces = []
    for index, (name, first) in enumerate(zip(progress.names, progress.first, strict=True)):
        colour = behind if index < progress.index else "accent1" if index == progress.index else "lt2"
        pieces.append(Piece(Area(left + index * (each + PROGRESS_GAP), y, each, strip.height), colour, name, first))
    return pieces

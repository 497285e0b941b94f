"""Timelines of native shapes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from builder.charts.data import Event
from builder.deck.chronology import DOT, chronology, label_of
from builder.deck.geometry import Area, Geometry
from builder.deck.kinds import KINDS, Kind, Lines, Split
from builder.deck.lines import Typeface
from builder.deck.measured import Measured, caption_size, size_at
from builder.deck.model import Caption, Placed, PlacedParagraph
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

TIMELINE_EVENTS = 12
"""More events are shared out evenly over slides."""
SHORT = 2
"""Lines of an event whose date and words are one each."""
MOST_STEM = 30.0
"""By how many points stems are longer where there is room."""
MOST_STRETCH = 90.0
"""By how many points a timeline is higher than its labels need where there is room."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A chronology drawn with native shapes."""

    events: tuple[Event, ...]
    alt: str
    caption: Caption | None
    source: Source
    label: str = ""
    days: tuple[int, ...] = ()
    """The day of each event, by which they stand to scale; none where a date is not one."""


def _measure(block: Timeline, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = size_at(geometry, "timeline", scale)
    below = caption_size(block.caption, width, geometry, typeface)
    found = chronology(block.events, block.days, width, size, typeface)
    if found is None or len(block.events) > TIMELINE_EVENTS:
        return Measured(block, size, geometry.height, geometry.height, False)
    height = found.height + below
    lines = tuple(PlacedParagraph(0, label.height, label.lines) for label in found.labels)
    return Measured(block, size, height, height + MOST_STRETCH, True, lines, caption_height=below)


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """The box of an event's words on the slide, its dot, and the line that joins them, all in points."""

    words: Area
    dot: tuple[float, float]
    stem: Area
    above: bool
    is_short: bool
    """True if its date and its words are a line each."""


def placed_events(placed: Placed, typeface: Typeface) -> list[PlacedEvent]:
    """Where the events of a timeline stand on the slide, in their order."""
    block = placed.block
    assert isinstance(block, Timeline)
    found = chronology(block.events, block.days, placed.width, placed.size, typeface)
    assert found is not None
    spare = placed.height - placed.caption_height - found.height
    more = min(spare / 2, MOST_STEM)
    rule = rule_of(placed, typeface)
    events = []
    for label in found.labels:
        y = found.top_of(label, rule) + (-more if label.above else more)
        words = Area(placed.strip(label.x, label.width), y, label.width, label.height)
        dot = placed.strip(label.dot, 0)
        near = y + label.height if label.above else rule
        stem = Area(dot - 0.5, near, 1, rule - near if label.above else y - rule)
        events.append(PlacedEvent(words, (dot, rule), stem, label.above, len(label.lines) == SHORT))
    return events


def rule_of(placed: Placed, typeface: Typeface) -> float:
    """Return where the line of a timeline is from the top of the slide."""
    block = placed.block
    assert isinstance(block, Timeline)
    found = chronology(block.events, block.days, placed.width, placed.size, typeface)
    assert found is not None
    spare = placed.height - placed.caption_height - found.height
    return placed.y + spare / 2 + found.reach(above=True)


def _points(block: Timeline) -> Sequence[int]:
    return range(1, len(block.events))


def _split(block: Timeline, point: int) -> tuple[Timeline, Timeline]:
    first = replace(block, events=block.events[:point], days=block.days[:point])
    return first, replace(block, events=block.events[point:], days=block.days[point:], label="")


def _preferred(block: Timeline, _points: Sequence[int]) -> Collection[int]:
    """Those that give parts of about equal length, as few as need be."""
    count = len(block.events)
    parts = ceil(count / TIMELINE_EVENTS)
    return {ceil(count * number / parts) for number in range(1, parts)}


def _words(block: Timeline) -> Lines:
    return tuple(f"{event.date} {event.text}" for event in block.events)


def _drawn(block: Timeline) -> Lines:
    return tuple(event.text for event in block.events)


def _is_wide(_block: Timeline) -> bool:
    return True


def _page(p: PageWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Timeline)
    rule = rule_of(placed, p.typeface)
    out = [f"#fill-at({placed.x:.2f}, {rule - 1:.2f}, {placed.width:.2f}, 2, {p.colour('accent6_mark')})"]
    for event, one in zip(block.events, placed_events(placed, p.typeface), strict=True):
        date, words = (p.lines(runs, one.words.width, placed.size) for runs in label_of(event))
        body = f"#text({placed.size:g}pt)[#text(fill: {p.colour('accent1_text')})[{date}] \\ {words}]"
        (x, y), stem, box = one.dot, one.stem, one.words
        out.append(f"#fill-at({stem.x:.2f}, {stem.y:.2f}, 1, {stem.height:.2f}, {p.colour('accent6_mark')})")
        out.append(f"#dot-at({x - DOT:.2f}, {y - DOT:.2f}, {DOT:g}, {p.colour('accent1_mark')})")
        aligned = f"#align(right)[{body}]" if placed.from_right else body
        out.append(f"#at({box.x:.2f}, {box.y:.2f}, {box.width + 0.02:.2f})[{aligned}]")
    return "\n".join(out) + p.caption(block.caption, placed, placed.y + placed.height)


KINDS[Timeline] = Kind(
    _measure,
    _words,
    _page,
    split=Split(_points, _split, _preferred),
    is_visual=True,
    is_wide=_is_wide,
    drawn_words=_drawn,
)

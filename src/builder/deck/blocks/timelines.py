"""Timelines of native shapes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from builder.charts.data import Event
from builder.deck.geometry import Geometry
from builder.deck.kinds import KINDS, Kind, Lines, Split
from builder.deck.lines import Typeface, break_runs, height_of_runs
from builder.deck.measured import Measured, caption_size, size_at
from builder.deck.model import Caption, Placed, PlacedParagraph, Run, Runs
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

TIMELINE_EVENTS = 6
TIMELINE_STEM = 16.0
TIMELINE_GAP = 14.0
"""Room between two labels on one side of the rule."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A chronology drawn with native shapes."""

    events: tuple[Event, ...]
    alt: str
    caption: Caption | None
    source: Source
    label: str = ""


def _measure(block: Timeline, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = size_at(geometry, "timeline", scale)
    below = caption_size(block.caption, width, geometry, typeface)
    label = timeline_label_width(len(block.events), width)
    fits = len(block.events) <= TIMELINE_EVENTS
    tallest = 0.0
    lines = []
    for event in block.events:
        parts = label_of(event)
        date, words = (break_runs(runs, label, size, typeface) for runs in parts)
        fits = fits and date.fits and words.fits
        height = sum(height_of_runs(runs, label, size, typeface) for runs in parts)
        lines.append(PlacedParagraph(0, height, (*date.lines, *words.lines)))
        tallest = max(tallest, height)
    height = 2 * (tallest + TIMELINE_STEM) + below
    return Measured(
        block, size, height, max(height, min(330.0, height * 1.15)), fits, tuple(lines), caption_height=below
    )


def label_of(event: Event) -> tuple[Runs, Runs]:
    """The date of an event, and its words."""
    return (Run(event.date, bold=True),), (Run(event.text),)


def timeline_label_width(count: int, width: float) -> float:
    """The width of a label; two on one side of the rule are two steps apart, and the outer ones end with it."""
    return min((2 * width - TIMELINE_GAP * (count - 1)) / (count + 1), width / 2)


def timeline_boxes(placed: Placed) -> list[tuple[float, float, float, float, float, float, int]]:
    """(x, y, width, height of the label; x of the dot; y of the rule; index) for each event."""
    block = placed.block
    assert isinstance(block, Timeline)
    height = placed.height - placed.caption_height
    rule = placed.y + height / 2
    width = timeline_label_width(len(block.events), placed.width)
    step = (placed.width - width) / max(len(block.events) - 1, 1)
    boxes = []
    for index, line in enumerate(placed.lines):
        x = placed.strip(step * index, width)
        y = rule - TIMELINE_STEM - line.height if index % 2 == 0 else rule + TIMELINE_STEM
        boxes.append((x, y, width, line.height, x + width / 2, rule, index))
    return boxes


def _points(block: Timeline) -> Sequence[int]:
    return range(1, len(block.events))


def _split(block: Timeline, point: int) -> tuple[Timeline, Timeline]:
    return replace(block, events=block.events[:point]), replace(block, events=block.events[point:], label="")


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
    rule = placed.y + (placed.height - placed.caption_height) / 2
    out = [f"#fill-at({placed.x:.2f}, {rule - 1:.2f}, {placed.width:.2f}, 2, {p.colour('accent6')})"]
    for x, y, width, _height, dot_x, _rule, index in timeline_boxes(placed):
        event = block.events[index]
        date, words = (p.lines(runs, width, placed.size) for runs in label_of(event))
        body = f"#text({placed.size:g}pt)[{date} \\ {words}]"
        out.append(f"#dot-at({dot_x - 7:.2f}, {rule - 7:.2f}, 7, {p.colour('accent1')})")
        out.append(f"#at({x:.2f}, {y:.2f}, {width:.2f})[#align(center)[{body}]]")
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

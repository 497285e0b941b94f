"""Events on a line → where their dots and labels stand: to scale where their days are known, in two rows on each side
where one is too narrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from builder.charts.data import Event
from builder.deck.lines import Broken, Typeface, break_runs
from builder.deck.model import Run, Runs

DOT = 7.0
"""Radius of a dot."""
STEM = 18.0
"""How far the nearest labels stand from the line."""
LABEL_GAP = 16.0
"""Room between two labels of a row, and between two rows."""
CLEAR = 6.0
"""Room between a label and the stem of another."""
SHARES = (1 / 2, 1 / 3, 1 / 4, 1 / 5, 1 / 6, 1 / 8)
"""What share of the width a label has at most: all are tried."""
SECOND_ROW = 1.25
"""Labels stand rather in one row than in two, if that makes the timeline no more than so many times as high."""


@dataclass(frozen=True, slots=True)
class Label:
    """The words of an event: its left edge and its ``width``, and where its dot is, from the left of the timeline.

    ``above`` the line or below it, in the nearest row (0) or the one behind it.
    """

    x: float
    width: float
    height: float
    dot: float
    above: bool
    row: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chronology:
    """The labels of a timeline, in the order of its events."""

    labels: tuple[Label, ...]

    def depth(self, *, above: bool, row: int) -> float:
        """Height of the highest label of a row; 0 where it has none."""
        return max((one.height for one in self.labels if (one.above, one.row) == (above, row)), default=0.0)

    def reach(self, *, above: bool) -> float:
        """How far labels reach from the line on one side."""
        first, second = (self.depth(above=above, row=row) for row in (0, 1))
        return (STEM + first if first else DOT) + (LABEL_GAP + second if second else 0.0)

    @property
    def height(self) -> float:
        """Height of everything."""
        return self.reach(above=True) + self.reach(above=False)

    def top_of(self, label: Label, line: float) -> float:
        """Return where a label begins from the top when the line is at ``line``."""
        behind = self.depth(above=label.above, row=0) + LABEL_GAP if label.row else 0.0
        return line - STEM - behind - label.height if label.above else line + STEM + behind


def label_of(event: Event) -> tuple[Runs, Runs]:
    """The date of an event, and its words."""
    return (Run(event.date, bold=True),), (Run(event.text),)


def chronology(
    events: Sequence[Event], days: Sequence[int], width: float, size: float, typeface: Typeface
) -> Chronology | None:
    """The labels of ``events`` to scale by their ``days``, or at equal distances where there are none or no room.

    None where they do not stand beside each other in ``width`` points.
    """
    broken = [[words_at(event, width * share, size, typeface) for event in events] for share in SHARES]
    for dots in (to_scale(days, width), evenly(len(events), width)):
        found = [one for words in broken for one in rows_at(words, dots, width)]
        if found:
            one_row = [one for one in found if not any(label.row for label in one.labels)]
            best = min(found, key=lambda one: one.height)
            first = min(one_row, key=lambda one: one.height, default=best)
            return first if first.height <= SECOND_ROW * best.height else best
    return None


def to_scale(days: Sequence[int], width: float) -> list[float]:
    """Places of dots by their days; none without days."""
    span = days[-1] - days[0] if days else 0
    return [DOT + (width - 2 * DOT) * (day - days[0]) / span for day in days] if span else []


def evenly(count: int, width: float) -> list[float]:
    """Places of dots at equal distances, each with as much room behind it as the others."""
    return [DOT + width * number / count for number in range(count)]


def rows_at(words: Sequence[Words], dots: Sequence[float], width: float) -> Iterator[Chronology]:
    """Yield the ways to place labels at dots: in one row on each side, and in two; none without dots."""
    for rows in (1, 2) if dots and all(one.fits for one in words) else ():
        placed = Rows(width, rows)
        labels = [placed.add(number, dots[number], one) for number, one in enumerate(words)]
        shown = tuple(label for label in labels if label is not None)
        if len(shown) == len(labels):
            yield Chronology(shown)


@dataclass(frozen=True, slots=True)
class Words:
    """The date and the text of an event, broken into lines. They fit if no word is cut and the date is on one line."""

    width: float
    height: float
    lines: tuple[str, ...]
    fits: bool


def words_at(event: Event, most: float, size: float, typeface: Typeface) -> Words:
    """The words of an event in at most ``most`` points; narrower where they need less."""
    natural = max(sum(typeface.width(run, run.text, size) for run in runs) for runs in label_of(event))
    width = min(natural + 1, most)
    parts: list[Broken] = [break_runs(runs, width, size, typeface) for runs in label_of(event)]
    height = sum(part.height(size * typeface.pitch_of(runs)) for part, runs in zip(parts, label_of(event), strict=True))
    lines = tuple(line for part in parts for line in part.lines)
    return Words(width, height, lines, all(part.fits for part in parts) and len(parts[0].lines) == 1)


@dataclass(slots=True)
class Rows:
    """Rows of labels that are being filled, from the left: where each ends, and the stems that go through the nearest.

    Sides take turns.
    """

    width: float
    rows: int
    ends: dict[tuple[bool, int], float] = field(default_factory=dict)
    stems: dict[bool, list[float]] = field(default_factory=lambda: {True: [], False: []})

    def add(self, number: int, dot: float, words: Words) -> Label | None:
        """The label of an event in the first row that has room, at the right of its dot; None where none has."""
        x = min(dot - DOT, self.width - words.width)
        first = number % 2 == 0
        for row, above in product(range(self.rows), (first, not first)):
            if x >= self.ends.get((above, row), -LABEL_GAP) + LABEL_GAP and self.is_clear(above, row, x, dot, words):
                self.ends[above, row] = x + words.width
                if row:
                    self.stems[above].append(dot)
                return Label(x, words.width, words.height, dot, above, row, words.lines)
        return None

    def is_clear(self, above: bool, row: int, x: float, dot: float, words: Words) -> bool:
        """True if a label lies on no stem, and its own stem on no label."""
        if row:
            return self.ends.get((above, 0), 0.0) + CLEAR <= dot or not self.ends.get((above, 0))
        return not any(x - CLEAR <= stem <= x + words.width + CLEAR for stem in self.stems[above])

"""The content of a slide → parts that fill a slide each: as few as need be, of about one length; what is divided has
one type size.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from builder.deck.blocks import Box, Code, Equation, Table, Text
from builder.deck.model import Block
from builder.deck.split import FAIR, GOOD, LAST_RESORT, POOR, Break, Content, largest

PENALTIES = {GOOD: 0.0, FAIR: 0.2, POOR: 0.4, LAST_RESORT: 0.6}
"""What a break costs, as a share of a full slide."""
ALONE = 0.5
"""What a box costs that stands alone, without what it is about."""
STEPS = 8
"""How many heights are tried between that of equal parts and the full one."""
REACH = 3
"""How many breaks further up or down a better one is looked for."""

Fits = Callable[[Sequence[Block], float, float], bool]
"""Do blocks fit on a slide at a scale, in a share of its height?"""


class NoPartitionError(Exception):
    """A part that cannot be divided fits on no slide; ``first`` is the position that it begins at."""

    def __init__(self, first: int) -> None:
        super().__init__(first)
        self.first = first


@dataclass(frozen=True, slots=True)
class Flow:
    """Divides content; ``scales`` are to be tried, from the largest, and ``weight`` is how full blocks make a slide."""

    content: Content
    scales: Sequence[float]
    fits: Fits
    weight: Callable[[Sequence[Block], float], float]
    is_crowded: Callable[[Sequence[Block], float], bool]
    """Do blocks leave too little room at a scale for what can grow?"""

    def runs(self) -> Iterator[tuple[float, list[list[Block]]]]:
        """Yield the largest scale at which parts that go on in each other all fit, and their blocks; a part by itself
        is a list of one.

        Raises:
            NoPartitionError: something that cannot be divided fits on no slide.
        """
        _, ends = self.ends()
        for series in self.series(ends):
            blocks = [self.content.between(first, last) for first, last in series]
            yield next(one for one in self.scales if all(self.fits(part, one, 1.0) for part in blocks)), blocks

    def series(self, ends: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
        """Yield the parts that go on in each other, as first and last positions."""
        found: list[tuple[int, int]] = []
        for first, last, after in zip((0, *ends), ends, (*ends[1:], 0), strict=False):
            found.append((first, last))
            if not (after and self.goes_on(first, last, after)):
                yield found
                found = []

    def goes_on(self, first: int, last: int, after: int) -> bool:
        """True if a part goes on in the one behind it, so that both have one type size: a block, or what belongs
        together, is divided between them, but for a formula that needs a slide of its own, and for points of which
        some stand with a formula or code that makes them small.
        """
        end = self.content.breaks[last - 1]
        block = self.content.blocks[end.block]
        if not end.point:
            return end.quality != GOOD and not isinstance(block, Equation)
        both = (*self.content.between(first, last), *self.content.between(last, after))
        return not (isinstance(block, Text) and any(isinstance(one, Equation | Code) for one in both))

    def ends(self) -> tuple[float, list[int]]:
        """The scale at which all parts fit, and the positions of their ends: as few parts as at the smallest scale, or
        one more where a short table is divided there; as few of them that end at a last resort or in a short table, and
        that have a small picture, as can be, and the largest scale that gives these.

        Raises:
            NoPartitionError: something that cannot be divided fits on no slide.
        """
        floor = self.scales[-1]
        smallest = self.filled(floor, 1.0)
        fewest = len(smallest)
        most = fewest + any(self.is_in_short_table(self.content.breaks[end - 1]) for end in smallest)
        found: list[tuple[tuple[int, int, int], float, list[int]]] = []
        for scale in self.scales:
            ends = smallest if scale == floor else self.filled_at(scale)
            if ends is None or len(ends) > most:
                continue
            best = min([*self.others(len(ends), scale), ends], key=lambda one, at=scale: self.cost(one, at))  # type: ignore[misc]
            improved = self.improved(best, scale)
            faults = self.torn(improved), len(improved), self.crowded(improved, scale)
            found.append((faults, scale, improved))
            if faults == (0, fewest, 0):
                break
        _, scale, ends = min(found, key=lambda one: one[0])
        return scale, ends

    def torn(self, ends: Sequence[int]) -> int:
        """The number of parts that end at a last resort or between two rows of a short table, or are a box alone."""
        breaks = [self.content.breaks[end - 1] for end in ends]
        torn = sum(one.quality == LAST_RESORT or self.is_in_short_table(one) for one in breaks)
        return torn + sum(self.is_box_alone(first, last) for first, last in pairwise(ends))

    def is_box_alone(self, first: int, last: int) -> bool:
        """True for a further part that is a box without what it is about."""
        blocks = self.content.between(first, last)
        return first > 0 and len(blocks) == 1 and isinstance(blocks[0], Box)

    def crowded(self, ends: Sequence[int], scale: float) -> int:
        """The number of parts that are crowded at a scale."""
        return sum(self.is_crowded(self.content.between(first, last), scale) for first, last in pairwise((0, *ends)))

    def is_in_short_table(self, end: Break) -> bool:
        """True for a break between two rows of a table that a slide holds."""
        return end.point > 0 and end.quality == POOR and isinstance(self.content.blocks[end.block], Table)

    def filled_at(self, scale: float) -> list[int] | None:
        """`filled` to the full height; None where something does not fit at the scale."""
        try:
            return self.filled(scale, 1.0)
        except NoPartitionError:
            return None

    def filled(self, scale: float, share: float) -> list[int]:
        """Positions of the ends of parts, each as full as a share of a slide's height allows.

        Raises:
            NoPartitionError: something that cannot be divided fits in none.
        """
        ends = [0]
        while ends[-1] < self.content.end:
            first = ends[-1]
            reached = first + largest(
                self.content.end - first,
                lambda count, first=first: self.fits(self.content.between(first, first + count), scale, share),  # type: ignore[misc]
            )
            if reached == first:
                raise NoPartitionError(first)
            ends.append(self.best_end(first, reached, scale))
        return ends[1:]

    def best_end(self, first: int, reached: int, scale: float) -> int:
        """Return where a part best ends that may reach so far: rather less full than badly divided."""
        if reached == self.content.end:
            return reached
        last_of: dict[int, int] = {}
        for position in range(first + 1, reached + 1):
            last_of[self.content.breaks[position - 1].quality] = position
        if len(last_of) == 1:
            return reached
        full = self.part_weight(first, reached, scale)

        def worth(position: int) -> float:
            quality = self.content.breaks[position - 1].quality
            return self.part_weight(first, position, scale) / full - PENALTIES[quality]

        return max(last_of.values(), key=worth)

    # --- parts of about one length

    def others(self, count: int, scale: float) -> Iterator[list[int]]:
        """Yield other ways to have so many parts: of the same number of items, and of about the same height."""
        even = sorted({ceil(self.content.end * number / count) for number in range(1, count + 1)})
        if len(even) == count and all(self.part_fits(a, b, scale) for a, b in pairwise((0, *even))):
            yield even
        total = self.part_weight(0, self.content.end, scale)
        least = min(max(total / count, 0.2), 0.95)
        steps = [least + (1 - least) * step / STEPS for step in range(STEPS)]
        lowest = bisect_left(steps, True, key=lambda share: self.is_enough(scale, share, count))
        if lowest < STEPS:
            yield self.filled(scale, steps[lowest])

    def is_enough(self, scale: float, share: float, count: int) -> bool:
        """True if so many parts, each of at most a share of a slide's height, hold everything."""
        try:
            return len(self.filled(scale, share)) <= count
        except NoPartitionError:
            return False

    def improved(self, ends: list[int], scale: float) -> list[int]:
        """``ends`` with each moved a little where that costs less."""
        found = [0, *ends]
        for index in range(len(found) - 2, 0, -1):
            before, here, after = found[index - 1 : index + 2]
            near = range(max(before + 1, here - REACH), min(after - 1, here + REACH) + 1)
            possible = [
                one for one in near
                if one == here or (self.part_fits(before, one, scale) and self.part_fits(one, after, scale))
            ]  # fmt: skip
            found[index] = min(
                possible,
                key=lambda one, a=before, b=after, at=here: (self.cost([one, b], scale, a), abs(one - at)),  # type: ignore[misc]
            )
        return found[1:]

    def cost(self, ends: Sequence[int], scale: float, start: int = 0) -> float:
        """Return how badly content from ``start`` is divided at ``ends``: long parts, poor breaks, boxes that stand
        alone.
        """
        found = 0.0
        for first, last in pairwise((start, *ends)):
            found += self.part_weight(first, last, scale) ** 2 + PENALTIES[self.content.breaks[last - 1].quality]
            found += ALONE * self.is_box_alone(first, last)
        return found

    def part_fits(self, first: int, last: int, scale: float) -> bool:
        """True if what stands between two positions fits on a slide."""
        return self.fits(self.content.between(first, last), scale, 1.0)

    def part_weight(self, first: int, last: int, scale: float) -> float:
        """Return how full the blocks between two positions make a slide; 1 is full."""
        return self.weight(self.content.between(first, last), scale)

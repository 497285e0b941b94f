"""Where a block may be split over two slides, and the two parts it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from builder.deck.kinds import kind_of
from builder.deck.model import Block, Slide


def split_points(block: Block) -> Sequence[int]:
    """Positions at which ``block`` may be split, ascending; none for what must stay whole."""
    split = kind_of(block).split
    return split.points(block) if split is not None else ()


def split_at(block: Block, point: int) -> tuple[Block, Block]:
    """Both parts of ``block``; a table repeats its head and a box its title, code drops the blank line between."""
    split = kind_of(block).split
    assert split is not None
    return split.at(block, point)


def best_point(block: Block, fits: Callable[[Block], bool]) -> int:
    """The place to split ``block`` so that its first part is as long as ``fits`` allows; 0 when none does.

    Kinds may choose a smaller one: a single bullet is not left alone, the parts of a timeline are about equally long,
    and code is split at a blank line when one stands in the second half.
    """
    split = kind_of(block).split
    if split is None:
        return 0
    for points in (split.points(block), split.last_resort(block)):
        found = largest(len(points), lambda count, points=points: fits(split.at(block, points[count - 1])[0]))  # type: ignore[misc]
        if found:
            return split.chosen(block, points[:found])
    return 0


def part_of(slide: Slide, blocks: Sequence[Block], number: int, parts: int) -> Slide:
    """One of the ``parts`` that a slide is split into; the first is the slide itself."""
    part = replace(slide, blocks=tuple(blocks), part=number, parts=parts)
    return part if number == 1 else replace(part, key=f"{slide.key}/{number}", named=False, minutes=0)


def largest(most: int, fits: Callable[[int], bool]) -> int:
    """The largest count from 1 to ``most`` that fits, 0 when none does; what fits, fits when smaller too.

    Tries 1, 2, 4, ... and then halves, so that the work is in proportion to the answer, not to ``most``.
    """
    low, high = 0, 1
    while high <= most and fits(high):
        low, high = high, high * 2
    high = min(high, most + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low

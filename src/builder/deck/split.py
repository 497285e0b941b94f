"""Where a block may be split over two slides, and the two parts it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import ceil

from builder.deck.model import Block, Box, Code, Slide, Table, Text, Timeline, plain


def split_points(block: Block) -> Sequence[int]:
    """Positions at which ``block`` may be split, ascending; none for what must stay whole."""
    if isinstance(block, Text):
        top = min(paragraph.level for paragraph in block.paragraphs)
        return [i for i, paragraph in enumerate(block.paragraphs) if i and paragraph.level == top]
    if isinstance(block, Box):
        return range(1, len(block.paragraphs))
    if isinstance(block, Table):
        return _between_rows(block)
    if isinstance(block, Code):
        return range(1, len(block.lines))
    if isinstance(block, Timeline):
        return range(1, len(block.events))
    return []


def _between_rows(block: Table) -> list[int]:
    """Rows of the body that no span from above reaches into."""
    reach = 0
    points = []
    for number, row in enumerate(block.rows):
        if number > block.head and number >= reach:
            points.append(number)
        reach = max([reach, *(number + cell.rowspan for cell in row)])
    return points


def split_at(block: Block, point: int) -> tuple[Block, Block]:
    """Both parts of ``block``; a table repeats its head and a box its title, code drops the blank line between."""
    if isinstance(block, Text):
        return replace(block, paragraphs=block.paragraphs[:point]), replace(
            block, paragraphs=block.paragraphs[point:], label=""
        )
    if isinstance(block, Box):
        return replace(block, paragraphs=block.paragraphs[:point]), replace(
            block, paragraphs=block.paragraphs[point:], label=""
        )
    if isinstance(block, Table):
        head = block.rows[: block.head]
        return replace(block, rows=block.rows[:point]), replace(block, rows=(*head, *block.rows[point:]), label="")
    if isinstance(block, Code):
        rest = point + 1 if _is_blank(block, point) and point + 1 < len(block.lines) else point
        return replace(block, lines=block.lines[:point]), replace(block, lines=block.lines[rest:], label="")
    assert isinstance(block, Timeline)
    return replace(block, events=block.events[:point]), replace(block, events=block.events[point:], label="")


def _is_blank(block: Code, line: int) -> bool:
    return not plain(block.lines[line]).strip()


def best_point(block: Block, fits: Callable[[Block], bool]) -> int:
    """The place to split ``block`` so that its first part is as long as ``fits`` allows; 0 when none does.

    A single bullet is not left alone, the parts of a timeline are about equally long, and code is split at a blank line when one stands in the second half.
    """
    points = split_points(block)
    found = largest(len(points), lambda count: fits(split_at(block, points[count - 1])[0]))
    if not found and isinstance(block, Text):  # more below one point than a slide holds
        points = range(1, len(block.paragraphs))
        found = largest(len(points), lambda count: fits(split_at(block, points[count - 1])[0]))
    if not found:
        return 0
    if isinstance(block, Text) and found > 1 and len(block.paragraphs) - points[found - 1] == 1:
        return points[found - 2]
    if isinstance(block, Code):
        blank = [point for point in points[:found] if point > points[found - 1] / 2 and _is_blank(block, point)]
        return blank[-1] if blank else points[found - 1]
    if isinstance(block, Timeline):
        parts = ceil(len(block.events) / points[found - 1])
        return ceil(len(block.events) / parts)
    return points[found - 1]


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

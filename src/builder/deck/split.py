"""Where the content of a slide may be divided, how well it is divided there, and the parts that this gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from builder.deck.blocks import Box, Equation, Indented, Picture, Table, Text
from builder.deck.kinds import kind_of, never
from builder.deck.model import Block, Paragraph, Slide, plain
from builder.deck.pieces import leads_on

GOOD, FAIR, POOR, LAST_RESORT = range(4)
"""How well a slide is divided at a place: between blocks or at a blank line of code; between other lines of it; where
something is left alone that belongs to what stands on the other side; in a point, between it and its subpoints."""
LONGEST_CREDIT = 150
"""Letters of a line in italics that may belong to the picture above it."""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where content may be divided: before the block ``block``, or in it at ``point`` (0: before it)."""

    block: int
    point: int
    quality: int


@dataclass(frozen=True, slots=True)
class Content:
    """The blocks of a slide with all places where they may be divided, the end being the last."""

    blocks: Sequence[Block]
    breaks: Sequence[Break]
    pieces: dict[tuple[int, int, int], Block] = field(default_factory=dict)
    """Parts of blocks by the number of the block and both points, so that each is measured once."""

    @property
    def end(self) -> int:
        """The position behind everything; 0 is before it, and others behind as many breaks."""
        return len(self.breaks)

    def between(self, first: int, last: int) -> list[Block]:
        """The blocks between two positions, with parts of those that are divided."""
        start = self.breaks[first - 1] if first else Break(0, 0, GOOD)
        stop = self.breaks[last - 1]
        return [
            self.piece(number, start.point if number == start.block else 0, stop.point if number == stop.block else 0)
            for number in range(start.block, stop.block + (stop.point > 0))
        ]

    def piece(self, number: int, first: int, last: int) -> Block:
        """A block from one of its points (0: its beginning) to another (0: its end)."""
        key = number, first, last
        if key not in self.pieces:
            block = self.blocks[number]
            block = split_at(block, last)[0] if last else block
            self.pieces[key] = split_at(block, first)[1] if first else block
        return self.pieces[key]


def content_of(blocks: Sequence[Block], is_short: Callable[[Block], bool] = never) -> Content:
    """Blocks with their breaks; one that ``is_short`` is divided only where nothing else helps."""
    found: list[Break] = []
    for number, block in enumerate(blocks):
        if number:
            found.append(Break(number, 0, POOR if belong_together(blocks[number - 1], block) else GOOD))
        leads = number + 1 < len(blocks) and belong_together(block, blocks[number + 1])
        best = (POOR if isinstance(block, Table) else LAST_RESORT) if is_short(block) else GOOD
        found += (Break(number, point, max(quality, best)) for point, quality in inner_breaks(block, leads=leads))
    return Content(tuple(blocks), (*found, Break(len(blocks), 0, GOOD)))


def inner_breaks(block: Block, *, leads: bool) -> Iterator[tuple[int, int]]:
    """Yield (point, quality) of each break in a block, ascending; its last item may be alone where it ``leads`` on."""
    split = kind_of(block).split
    points = split.points(block)
    preferred, poor = set(split.preferred(block, points)), set(split.poor(block, points))
    if leads and points:
        poor -= {points[-1]}
    for point in sorted({*points, *split.last_resort(block)}):
        if point not in points:
            yield point, LAST_RESORT
        elif point in poor:
            yield point, POOR
        else:
            yield point, GOOD if point in preferred else FAIR


def belong_together(first: Block, second: Block) -> bool:
    """True for a sentence that leads to what follows it, a formula with its sentences, a picture with the line below
    it, a picture with its legend, and a block of an item.
    """
    if is_legend(second) or isinstance(second, Indented):
        return True
    if isinstance(second, Text) and second.paragraphs[0].continues:
        return True
    if isinstance(second, Equation) and isinstance(first, Text | Box):
        return True
    if isinstance(first, Equation) and isinstance(second, Text):
        return plain(second.paragraphs[0].runs)[:1].islower()
    if isinstance(first, Picture) and isinstance(second, Text):
        return is_credit(second.paragraphs[0])
    return isinstance(first, Text) and leads_on(first.paragraphs[-1])


def is_legend(block: Block) -> bool:
    """True for the text below a picture that says more of it than its caption."""
    return isinstance(block, Text) and block.type == "legend"


def is_credit(paragraph: Paragraph) -> bool:
    """True for a short line in italics, as stands below a picture and says whose it is or what it shows."""
    words = [run for run in paragraph.runs if run.text.strip() and not run.sup]
    return bool(words) and all(run.italic for run in words) and len(plain(paragraph.runs)) < LONGEST_CREDIT


def split_points(block: Block) -> Sequence[int]:
    """Positions at which ``block`` may be split, ascending; none for what must stay whole."""
    return kind_of(block).split.points(block)


def split_at(block: Block, point: int) -> tuple[Block, Block]:
    """Both parts of ``block``; a table repeats its head and a box its title, code drops the blank line between."""
    return kind_of(block).split.at(block, point)


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

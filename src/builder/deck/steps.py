"""A slide that is shown step by step → what is seen of it after each click."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from builder.deck.blocks import Code, Text
from builder.deck.furniture import mapped
from builder.deck.model import FittedSlide, Paragraph, Placed, Run, Slide, is_lit, points_of

NOTHING = "nothing"


def reveal_of(slide: Slide, *, incremental: bool) -> str:
    """What a slide shows step by step: what its author says, else the points of lists where the deck is
    ``incremental``.
    """
    return slide.reveal or ("lists" if incremental else NOTHING)


@dataclass(frozen=True, slots=True)
class Unit:
    """What one click shows: a block by its place on the slide; of a text the paragraphs ``first`` to ``last``."""

    index: int
    first: int = 0
    last: int = -1


@dataclass(frozen=True, slots=True)
class Steps:
    """The units of a slide; ``what`` is how they are shown, ``faint`` the colour of words that were left."""

    units: tuple[Unit, ...]
    what: str
    faint: str

    def seen(self, placed: Sequence[Placed], clicks: int) -> Iterator[Placed]:
        """Yield what is seen of placed blocks after so many ``clicks``."""
        now = self.units[clicks - 1] if clicks else None
        shown = [now] if self.what == "replace" and now else self.units[:clicks]
        stepped = {unit.index for unit in self.units}
        for index, one in enumerate(placed):
            of_block = [unit for unit in shown if unit.index == index]
            if index not in stepped:
                yield one
            elif of_block and isinstance(one.block, Text):
                paragraphs = {number for unit in of_block for number in range(unit.first, unit.last + 1)}
                present = {*range(now.first, now.last + 1)} if now is not None and now.index == index else set()
                left = paragraphs - present if self.what == "dim" else set()
                yield with_paragraphs(one, one.block, paragraphs, left, self.faint)
            elif of_block:
                yield one


def states(fitted: FittedSlide, *, incremental: bool, faint: str) -> list[FittedSlide]:
    """A fitted slide before the first click and after each; the slide alone where it has no steps. What was left is
    painted ``faint``, six hex digits, where it is dimmed.
    """
    what = reveal_of(fitted.slide, incremental=incremental)
    if what == NOTHING:
        return [fitted]
    if what == "lines":
        return lit_states(fitted)
    units = tuple(unit for unit in units_of(fitted.placed) if what != "lists" or unit.last >= 0)
    steps = Steps(units, what, faint)
    clicks = range(len(units) + 1) if units else ()
    return [replace(fitted, placed=tuple(steps.seen(fitted.placed, number))) for number in clicks] or [fitted]


def lit_states(fitted: FittedSlide) -> list[FittedSlide]:
    """A fitted slide before any lines of its code are lit, and with each group of them; the slide alone without any."""
    groups = [(index, group) for index, one in enumerate(fitted.placed) for group in lit_groups(one)]
    lit = [None, *groups] if groups else []
    return [replace(fitted, placed=tuple(with_lines(fitted.placed, group))) for group in lit] or [fitted]


def units_of(placed: Sequence[Placed]) -> Iterator[Unit]:
    """Yield the units of a slide, in the order of their clicks."""
    for index, one in enumerate(placed):
        if not isinstance(one.block, Text):
            yield Unit(index)
        elif one.block.type != "footnote":
            starts = points_of(one.block.paragraphs)
            for first, behind in zip(starts, [*starts[1:], len(one.block.paragraphs)], strict=True):
                yield Unit(index, first, behind - 1)


def with_paragraphs(placed: Placed, block: Text, shown: set[int], left: set[int], faint: str) -> Placed:
    """A text with the paragraphs ``shown``, in their places, and those that are ``left`` behind ``faint``."""
    numbers = sorted(shown)
    paragraphs = tuple(dimmed(block.paragraphs[n], faint) if n in left else block.paragraphs[n] for n in numbers)
    lines = tuple(placed.lines[n] for n in numbers)
    return replace(placed, block=replace(block, paragraphs=paragraphs), lines=lines)


def dimmed(paragraph: Paragraph, colour: str) -> Paragraph:
    """A paragraph with all its words in one colour."""
    return mapped(paragraph, partial(painted, colour))


def painted(colour: str, run: Run) -> Run:
    """A run in a colour."""
    return replace(run, colour=colour)


def lit_groups(placed: Placed) -> list[range]:
    """The lines of code that are lit, as stretches of neighbours."""
    if not isinstance(placed.block, Code):
        return []
    found: list[range] = []
    for number, runs in enumerate(placed.block.lines):
        if is_lit(runs):
            if found and found[-1].stop == number:
                found[-1] = range(found[-1].start, number + 1)
            else:
                found.append(range(number, number + 1))
    return found


def with_lines(placed: Sequence[Placed], group: tuple[int, range] | None) -> Iterator[Placed]:
    """Yield placed blocks whose code is lit in one group of lines only, (place of the block, lines); None in none."""
    for index, one in enumerate(placed):
        if isinstance(one.block, Code):
            lit = group[1] if group is not None and group[0] == index else range(0)
            lines = tuple(
                runs if number in lit else tuple(replace(run, lit=False) for run in runs)
                for number, runs in enumerate(one.block.lines)
            )
            one = replace(one, block=replace(one.block, lines=lines))
        yield one

"""The table of kinds of blocks: one entry for each, in which everything stands that is done with blocks of that kind.

An entry stands below the dataclass of its kind, in a module of `builder.deck.blocks`; the writers for ``.pptx`` files
enter themselves when `builder.pptx` is imported, which stands above this room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from builder.deck.geometry import Geometry
from builder.deck.lines import Typeface
from builder.deck.measured import Measured
from builder.deck.model import Block, Placed

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

Lines = tuple[str, ...]


def _all_of(_block: Block, points: Sequence[int]) -> Collection[int]:
    return points


FEW = 7
"""A table of no more rows, and code of no more lines, is rather not split at all."""


def first_and_last(_block: Block, points: Sequence[int]) -> Collection[int]:
    """The first and the last of ``points``, beyond which one item stands."""
    return (points[0], points[-1]) if len(points) > 1 else ()


def all_of_few(block: Block, points: Sequence[int]) -> Collection[int]:
    """All of ``points`` where these give few items, else the first and the last."""
    return points if len(points) < FEW else first_and_last(block, points)


def _nothing_smaller(_block: Block, _fits: Callable[[Block], bool]) -> Sequence[Block]:
    return ()


def never(_block: Block) -> bool:
    """False of every block."""
    return False


def _always(_block: Block) -> bool:
    return True


def _none(_block: Block) -> tuple[Any, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Split:
    """How a block is split over two slides.

    ``points`` are the positions where it may be, ascending, and ``at`` gives both parts for one. At ``preferred`` ones
    it is split best, at ``poor`` ones something is left alone. ``last_resort`` are further positions, for a block that
    fits at none of ``points``; ``smaller`` gives a block of which one item fills more than a slide as several blocks,
    which can be split; () where it cannot be.
    """

    points: Callable[[Any], Sequence[int]]
    at: Callable[[Any, int], tuple[Block, Block]]
    preferred: Callable[[Any, Sequence[int]], Collection[int]] = _all_of
    poor: Callable[[Any, Sequence[int]], Collection[int]] = first_and_last
    last_resort: Callable[[Any], Sequence[int]] = _none
    smaller: Callable[[Any, Callable[[Block], bool]], Sequence[Block]] = _nothing_smaller


def _not_split(block: Block, _point: int) -> tuple[Block, Block]:
    raise ValueError(f"{type(block).__name__} stays whole")


WHOLE = Split(_none, _not_split)
"""Of a kind that stays whole: there is no place to split it at."""


@dataclass(slots=True)
class Kind:
    """One kind of block: how it is measured, split, put into words and written.

    ``measure`` takes a block, the width in points, the scale (1: the template's sizes), geometry and typeface;
    ``words`` gives a line for each paragraph, row or event, which stand for a block that cannot be shown; ``page``
    writes Typst and ``pptx`` the XML of shapes. A kind without ``split`` stays whole.

    ``is_visual`` kinds may stand beside text, if ``is_wide`` is false of the block; those ``on_panel`` have the ground
    of panels. ``files`` are the files that a block shows, ``drawn_words`` words on the slide that are not in runs.
    ``words_are_shown`` is false where the words are an alternative text. ``inside`` are the blocks that stand in it.
    """

    measure: Callable[[Any, float, float, Geometry, Typeface], Measured]
    words: Callable[[Any], Lines]
    page: Callable[[PageWriter, Placed], str]
    pptx: Callable[[Any, Placed], str] | None = None
    split: Split = WHOLE
    is_visual: bool = False
    is_wide: Callable[[Any], bool] = never
    on_panel: bool = False
    files: Callable[[Any], tuple[str, ...]] = _none
    drawn_words: Callable[[Any], Lines] = _none
    words_are_shown: Callable[[Any], bool] = _always
    inside: Callable[[Any], tuple[Block, ...]] = _none


KINDS: dict[type, Kind] = {}
"""Class of a block → its kind."""


def kind_of(block: Block) -> Kind:
    """The entry of a block's class.

    Raises:
        KeyError: it has none.
    """
    return KINDS[type(block)]


def with_inner(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield ``blocks``, each before those that stand in it."""
    for block in blocks:
        yield block
        yield from with_inner(kind_of(block).inside(block))


def measure(block: Block, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    """``block`` measured in ``width`` points at ``scale`` (1: the template's sizes)."""
    return kind_of(block).measure(block, width, scale, geometry, typeface)

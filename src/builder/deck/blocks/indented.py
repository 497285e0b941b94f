"""Blocks that belong to an item of a list, as far in as the item's text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.deck.geometry import Geometry
from builder.deck.kinds import KINDS, Kind, Lines, Split, kind_of, measure
from builder.deck.lines import LEVEL_INDENT, Typeface
from builder.deck.measured import Measured, size_at
from builder.deck.model import Block, Placed
from builder.deck.words import words_of
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

FURTHEST = 5
"""The depth beyond which blocks are not moved in any more, so that room is left for them."""


@dataclass(frozen=True, slots=True)
class Indented:
    """A block below an item at the level ``depth``: office programs nest only text."""

    block: Block
    depth: int
    source: Source
    label: str = ""


def indented(block: Block, depth: int) -> Indented:
    """``block`` below an item at the level ``depth``; one that is indented already moves further in."""
    if isinstance(block, Indented):
        return Indented(block.block, block.depth + depth, block.source, block.label)
    return Indented(block, depth, block.source, block.label)


def _measure(block: Indented, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = size_at(geometry, "body", scale)
    left = min(block.depth, FURTHEST) * LEVEL_INDENT * size / geometry.sizes.body
    inside = measure(block.block, width - left, scale, geometry, typeface)

    def placed(height: float) -> tuple[Placed, ...]:
        return (inside.at(left, 0, width - left, height),)

    return Measured(block, inside.size, inside.height, inside.wanted, inside.fits, inside=placed)


def _points(block: Indented) -> Sequence[int]:
    return kind_of(block.block).split.points(block.block)


def _preferred(block: Indented, points: Sequence[int]) -> Collection[int]:
    return kind_of(block.block).split.preferred(block.block, points)


def _poor(block: Indented, points: Sequence[int]) -> Collection[int]:
    return kind_of(block.block).split.poor(block.block, points)


def _last_resort(block: Indented) -> Sequence[int]:
    return kind_of(block.block).split.last_resort(block.block)


def _smaller(block: Indented, fits: Callable[[Block], bool]) -> Sequence[Block]:
    found = kind_of(block.block).split.smaller(block.block, lambda one: fits(replace(block, block=one)))
    return [replace(block, block=one, label=one.label) for one in found]


def _split(block: Indented, point: int) -> tuple[Indented, Indented]:
    first, second = kind_of(block.block).split.at(block.block, point)
    return replace(block, block=first), replace(block, block=second, label="")


def _words(block: Indented) -> Lines:
    return words_of(block.block)


def _inside(block: Indented) -> tuple[Block, ...]:
    return (block.block,)


def _are_words_shown(block: Indented) -> bool:
    return kind_of(block.block).words_are_shown(block.block)


def _page(p: PageWriter, placed: Placed) -> str:
    return "\n".join(map(p.block, placed.inside))


KINDS[Indented] = Kind(
    _measure,
    _words,
    _page,
    split=Split(_points, _split, _preferred, _poor, _last_resort, _smaller),
    words_are_shown=_are_words_shown,
    inside=_inside,
)

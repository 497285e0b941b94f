"""Titled boxes and quotations that hold more than text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from builder.deck.blocks.boxes import repeated, title_height, title_page
from builder.deck.blocks.quotes import QUOTE_INDENT
from builder.deck.galleries import in_rows, measured_rows
from builder.deck.geometry import Area, Geometry
from builder.deck.kinds import KINDS, Kind, Lines, Split, kind_of, measure
from builder.deck.lines import Typeface
from builder.deck.measured import BOX_PADDING, Measured, size_at
from builder.deck.model import Block, Placed, Runs, plain
from builder.deck.stacks import total_height
from builder.deck.words import words_of
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

MOST_POINTS = 100_000
"""More places than one block can be split at, and more blocks than stand in a panel."""


@dataclass(frozen=True, slots=True)
class Panel:
    """Blocks below each other in a box, under a title () without one, or with the bar of a quotation at their left.

    A place where it may be split is counted from the one before its block, which is a multiple of ``places``: more than
    any block in it has. A part has the ``places`` of the whole, so that a place means the same in both.
    """

    title: Runs
    blocks: tuple[Block, ...]
    source: Source
    label: str = ""
    is_quoted: bool = False
    places: int = 0

    def __post_init__(self) -> None:
        if not self.places:
            object.__setattr__(self, "places", MOST_POINTS * most_places(self.blocks))


def most_places(blocks: Sequence[Block]) -> int:
    """The ``places`` of the panels among ``blocks`` and in them; 1 where there are none."""
    inside = (one.places if isinstance(one, Panel) else most_places(kind_of(one).inside(one)) for one in blocks)
    return max(inside, default=1)


def left_of(block: Panel) -> float:
    """Return where the blocks in a panel begin, from its left."""
    return QUOTE_INDENT if block.is_quoted else BOX_PADDING


def _measure(block: Panel, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    left = left_of(block)
    room = width - left - BOX_PADDING
    size = size_at(geometry, "body", scale)
    above = BOX_PADDING + title_height(block.title, room, size, geometry, typeface)
    inside = measured_rows(block.blocks, room, lambda one, wide: measure(one, wide, scale, geometry, typeface))
    grown = [replace(one, height=max(one.height, one.wanted)) for one in inside]

    def placed(height: float) -> tuple[Placed, ...]:
        return tuple(in_rows(inside, Area(left, above, room, height - above - BOX_PADDING)))

    height, wanted = (above + total_height(found) + BOX_PADDING for found in (inside, grown))
    return Measured(block, size, height, wanted, all(one.fits for one in inside), inside=placed)


Places = Callable[[Split, Any], Collection[int]]


def _places(block: Panel, places: Places) -> Iterator[int]:
    """Yield where a panel may be split: in its blocks, at their ``places``, and between them."""
    for number, one in enumerate(block.blocks):
        if number:
            yield number * block.places
        yield from (number * block.places + point for point in places(kind_of(one).split, one))


def _points(block: Panel) -> Sequence[int]:
    return list(_places(block, lambda split, one: split.points(one)))


def _preferred(block: Panel, _points: Sequence[int]) -> Collection[int]:
    return list(_places(block, lambda split, one: split.preferred(one, split.points(one))))


def _poor(block: Panel, _points: Sequence[int]) -> Collection[int]:
    """Return where something is left alone in a block; between two blocks nothing is."""
    places = _places(block, lambda split, one: split.poor(one, split.points(one)))
    return [place for place in places if place % block.places]


def _smaller(block: Panel, fits: Callable[[Block], bool]) -> Sequence[Panel]:
    """The panel with smaller blocks in it; nothing where none of them can be smaller."""

    def fits_here(one: Block) -> bool:
        return fits(replace(block, blocks=(one,)))

    found: list[Block] = []
    for one in block.blocks:
        smaller = () if fits_here(one) else kind_of(one).split.smaller(one, fits_here)
        found += smaller or (one,)
    return [replace(block, blocks=tuple(found))] if tuple(found) != block.blocks else []


def _last_resort(block: Panel) -> Sequence[int]:
    return list(_places(block, lambda split, one: split.last_resort(one)))


def _split(block: Panel, place: int) -> tuple[Panel, Panel]:
    """Both parts, each under the title."""
    number, point = divmod(place, block.places)
    first, second = list(block.blocks[:number]), list(block.blocks[number:])
    if point:
        end, second[0] = kind_of(second[0]).split.at(second[0], point)
        first.append(end)
    rest = replace(block, title=repeated(block.title), blocks=tuple(second), label="")
    return replace(block, blocks=tuple(first)), rest


def _words(block: Panel) -> Lines:
    return (plain(block.title), *(line for one in block.blocks for line in words_of(one)))


def _inside(block: Panel) -> tuple[Block, ...]:
    return block.blocks


def _page(p: PageWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Panel)
    out = [p.panel(placed), title_page(p, block.title, placed)]
    if block.is_quoted:
        out.append(f"#fill-at({placed.strip(0, 4):.2f}, {placed.y:.2f}, 4, {placed.height:.2f}, {p.colour('accent1')})")
    return "\n".join([*out, *map(p.block, placed.inside)])


KINDS[Panel] = Kind(
    _measure,
    _words,
    _page,
    split=Split(_points, _split, _preferred, _poor, _last_resort, _smaller),
    on_panel=True,
    inside=_inside,
)

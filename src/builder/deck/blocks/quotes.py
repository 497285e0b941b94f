"""Quotations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.deck.blocks.pictures import Picture
from builder.deck.geometry import Geometry
from builder.deck.kinds import KINDS, Kind, Lines, Split, measure
from builder.deck.lines import Typeface, height_of, lay_out
from builder.deck.measured import BOX_PADDING, Measured, placed_lines, size_at, whole
from builder.deck.model import Block, Paragraph, Placed, Run, Runs, plain
from builder.deck.pieces import in_pieces
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

QUOTE_INDENT = 24.0
PORTRAIT_SHARE, WIDEST_PORTRAIT = 0.25, 170.0
"""How wide a portrait is at most, as a share of its quotation, and in points."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with whose it is, and a portrait of them."""

    paragraphs: tuple[Runs, ...]
    attribution: Runs
    source: Source
    label: str = ""
    portrait: Picture | None = None


def _measure(block: Quote, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = size_at(geometry, "body", scale)
    beside = portrait_width(block, width)
    laid = lay_out(quote_paragraphs(block), width - beside - 2 * QUOTE_INDENT, size, typeface)
    height = height_of(laid) + 2 * BOX_PADDING
    shown = measure(block.portrait, beside - QUOTE_INDENT, scale, geometry, typeface) if block.portrait else None
    height = max(height, shown.wanted + 2 * BOX_PADDING) if shown is not None else height

    def placed(tall: float) -> tuple[Placed, ...]:
        assert shown is not None
        place = width - beside, BOX_PADDING, beside - QUOTE_INDENT, tall - 2 * BOX_PADDING
        return (shown.at(*place),)

    return Measured(
        block, size, height, height, whole(laid, scale, geometry), placed_lines(laid, BOX_PADDING),
        inside=placed if shown is not None else None,
    )  # fmt: skip


def portrait_width(block: Quote, width: float) -> float:
    """What the portrait of a quotation takes of its width, with the room beside it; 0 without one."""
    return min(width * PORTRAIT_SHARE, WIDEST_PORTRAIT) + QUOTE_INDENT if block.portrait is not None else 0.0


def quote_paragraphs(block: Quote) -> tuple[Paragraph, ...]:
    """A quotation as paragraphs, its attribution last."""
    quoted = [Paragraph(tuple(replace(run, italic=not run.italic) for run in runs)) for runs in block.paragraphs]
    by = [Paragraph((Run("— "), *block.attribution))] if block.attribution else []
    return (*quoted, *by)


def _points(block: Quote) -> Sequence[int]:
    return range(1, len(block.paragraphs))


def _split(block: Quote, point: int) -> tuple[Quote, Quote]:
    """Both parts, the second with whose it is."""
    rest = replace(block, paragraphs=block.paragraphs[point:], label="", portrait=None)
    return replace(block, paragraphs=block.paragraphs[:point], attribution=()), rest


def _smaller(block: Quote, fits: Callable[[Block], bool]) -> Sequence[Quote]:
    """The quotation with paragraphs that are longer than a slide in several."""
    pieces = (in_pieces(runs, lambda one: fits(replace(block, paragraphs=(one,)))) for runs in block.paragraphs)
    return [replace(block, paragraphs=tuple(one for found in pieces for one in found))]


def _words(block: Quote) -> Lines:
    return (*map(plain, block.paragraphs), plain(block.attribution))


def _page(p: PageWriter, placed: Placed) -> str:
    assert isinstance(placed.block, Quote)
    bar = f"#fill-at({placed.strip(0, 4):.2f}, {placed.y:.2f}, 4, {placed.height:.2f}, {p.colour('accent1_mark')})"
    body = p.paragraphs(quote_paragraphs(placed.block), placed.lines, text_area(placed))
    return p.panel(placed) + bar + body + "".join(map(p.block, placed.inside))


def text_area(placed: Placed) -> Placed:
    """The quotation in the place of its words, beside the portrait."""
    assert isinstance(placed.block, Quote)
    beside = portrait_width(placed.block, placed.width)
    width = placed.width - beside - 2 * QUOTE_INDENT
    return replace(placed, x=placed.strip(QUOTE_INDENT, width), width=width)


def _inside(block: Quote) -> tuple[Block, ...]:
    return (block.portrait,) if block.portrait is not None else ()


KINDS[Quote] = Kind(
    _measure, _words, _page, split=Split(_points, _split, smaller=_smaller), on_panel=True, inside=_inside
)

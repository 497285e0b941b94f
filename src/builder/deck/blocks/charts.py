"""Charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builder.charts.canvas import FAINT, Style
from builder.charts.data import ChartData
from builder.charts.svg import draw_chart
from builder.deck.geometry import Geometry
from builder.deck.kinds import KINDS, Kind, Lines, never
from builder.deck.lines import Typeface
from builder.deck.measured import LEAST_VISUAL, Measured, caption_size
from builder.deck.model import Caption, Placed
from builder.errors import Source
from builder.typeset.contrast import mixed

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart."""

    data: ChartData
    alt: str
    caption: Caption | None
    source: Source
    label: str = ""


LEAST_ROW, LEAST_BAR = 24.0, 17.0
"""Points that a category of a chart with lying bars is high at least, and each of several bars in it."""


def _measure(block: Chart, width: float, _scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    below = caption_size(block.caption, width, geometry, typeface)
    series = len(block.data.series) if block.data.kind == "bar" else 1
    row = max(LEAST_ROW, LEAST_BAR * series)
    lying = block.data.kind in ("bar", "range", "stacked-bar")
    least = max(LEAST_VISUAL, row * len(block.data.categories) + 40 if lying else 200.0)
    wanted = 26.0 * series * len(block.data.categories) + 40 if lying else least
    return Measured(
        block, geometry.sizes.body_floor, least + below, max(wanted, least, 330.0) + below, caption_height=below
    )


def _words(block: Chart) -> Lines:
    return (block.alt,)


def _drawn(block: Chart) -> Lines:
    return block.data.categories


def _is_wide(block: Chart) -> bool:
    return block.data.kind == "range" or max(map(len, block.data.categories)) > 24


def _page(p: PageWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Chart)
    height = placed.height - placed.caption_height
    rule = mixed(p.colours.get("ground", p.colours["lt1"]), p.colours["dk1"], FAINT)
    style = Style(
        width=placed.width, size=placed.size, height=height, font="Arimo", ink=p.colours["dk1"],
        grey=p.colours.get(p.geometry.quiet, p.colours["dk1"]), rule=rule,
        colours=tuple(p.colours[f"accent{n}"] for n in range(1, 7)),
    )  # fmt: skip
    svg = draw_chart(block.data, style)
    size = f'width: {placed.width:.2f}pt, height: {height:.2f}pt, fit: "contain"'
    return p.drawing(placed, svg, block.alt, size) + p.caption(block.caption, placed, placed.y + placed.height)


KINDS[Chart] = Kind(
    _measure, _words, _page, is_visual=True, is_wide=_is_wide, drawn_words=_drawn, words_are_shown=never
)

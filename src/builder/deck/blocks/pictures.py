"""Pictures, films and sounds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from builder.deck.geometry import Geometry
from builder.deck.kinds import KINDS, Kind, Lines, never
from builder.deck.lines import Typeface
from builder.deck.measured import LEAST_VISUAL, Measured, caption_size
from builder.deck.model import Caption, Placed
from builder.errors import Source
from builder.source.pictures.sizes import LINE, POINTS, Asked
from builder.typeset.escape import markup, string

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter

USUAL = Asked()
ENLARGED = 3.0
"""How many times larger than on a page a picture of dots is drawn at most that is as low as a line of text."""
LEAST_WIDTH = 90.0
"""How wide in points such a picture is at least, so that it is seen."""
WIDE = 2.6
"""A picture that is so many times as wide as it is high is not put beside text."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file with its natural size in pixels, and the size that its author asks for; ``link`` is an address
    that it leads to.
    """

    path: str
    alt: str
    width_px: int
    height_px: int
    caption: Caption | None
    source: Source
    label: str = ""
    asked: Asked = USUAL
    link: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A film or sound; ``kind`` is ``video`` or ``audio``, ``poster`` its still ('' for a plain one)."""

    path: str
    kind: str
    poster: str
    alt: str
    width_px: int
    height_px: int
    source: Source
    caption: Caption | None = None
    label: str = ""


def _measure(block: Picture | Media, width: float, _scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    below = caption_size(block.caption, width, geometry, typeface)
    wanted = most_width(block, width, geometry) * block.height_px / block.width_px + below
    least = min(wanted, LEAST_VISUAL + below)
    return Measured(block, geometry.sizes.caption, least, wanted, caption_height=below)


def most_width(block: Picture | Media, width: float, geometry: Geometry) -> float:
    """The width at which a block is drawn where there is room: ``width``, or less where its author asks for that."""
    if isinstance(block, Media):
        return width
    asked = block.asked
    if asked == USUAL and block.height_px * POINTS["px"] <= LINE and PurePath(block.path).suffix.lower() != ".svg":
        return min(width, max(ENLARGED * POINTS["px"] * block.width_px, LEAST_WIDTH))
    wide, high = asked.at(geometry.sizes.body)
    most = [width, wide, asked.share * geometry.content.width, high * block.width_px / block.height_px]
    return min(one for one in most if one)


def picture_box(placed: Placed) -> tuple[float, float, float, float]:
    """Return where the picture itself stands in its box: as large as its shape allows, where lines begin."""
    block = placed.block
    assert isinstance(block, Picture | Media)
    room = placed.height - placed.caption_height
    scale = min(placed.width / block.width_px, room / block.height_px)
    width = block.width_px * scale
    return placed.strip(0, width), placed.y, width, block.height_px * scale


def _words(block: Picture | Media) -> Lines:
    return (block.alt or PurePath(block.path).name,)


def _is_wide(block: Picture) -> bool:
    return block.width_px > WIDE * block.height_px


def _picture_files(block: Picture) -> tuple[str, ...]:
    return (block.path,)


def _media_files(block: Media) -> tuple[str, ...]:
    return (block.path, block.poster) if block.poster else (block.path,)


def _picture_page(p: PageWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Picture)
    x, y, width, height = picture_box(placed)
    size = f"width: {width:.2f}pt, height: {height:.2f}pt"
    image = f"#image({string(p.images(block.path))}, alt: {string(block.alt)}, {size})"
    if block.link:
        image = f"#link({string(block.link)})[{image}]"
    return f"#at({x:.2f}, {y:.2f}, {width:.2f})[{image}]" + p.caption(
        block.caption, placed, y + height + placed.caption_height
    )


def _media_page(p: PageWriter, placed: Placed) -> str:
    """The still of a film or sound, with its name where it has none."""
    block = placed.block
    assert isinstance(block, Media)
    x, y, width, height = picture_box(placed)
    size = f"width: {width:.2f}pt, height: {height:.2f}pt"
    if block.poster:
        image = f"#image({string(p.images(block.poster))}, alt: {string(block.alt)}, {size})"
    else:
        name = f"text(18pt, fill: white)[▶ {markup(block.alt)}]"
        image = f'#rect({size}, fill: rgb("#2a2f35"))[#align(center + horizon, {name})]'
    return f"#at({x:.2f}, {y:.2f}, {width:.2f})[{image}]"


KINDS[Picture] = Kind(
    _measure, _words, _picture_page, is_visual=True, is_wide=_is_wide, files=_picture_files, words_are_shown=never
)
KINDS[Media] = Kind(_measure, _words, _media_page, is_visual=True, files=_media_files, words_are_shown=never)

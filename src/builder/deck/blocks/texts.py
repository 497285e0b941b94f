"""Bullets and plain paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from builder.deck.geometry import Geometry
from builder.deck.kinds import KINDS, Kind, Lines, Split
from builder.deck.lines import Typeface, height_of, lay_out
from builder.deck.measured import Measured, placed_lines, size_at, whole
from builder.deck.model import Block, Paragraph, Placed, Run, plain
from builder.deck.pieces import is_verse, leads_on, pieces_of
from builder.deck.words import is_visible, lines_of
from builder.errors import Source

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter


MOST_WORDS_OF_WORKS = 80
"""More words of works than these stand on several slides."""
FEW_WORKS, MOST_WORDS_OF_FEW = 4, 130
"""So few works stand on one with more words: a work of thirty authors left each of them alone on a white slide."""


@dataclass(frozen=True, slots=True)
class Text:
    """Bullets and plain paragraphs; ``type`` names their size in `Sizes`: ``body``, ``reference``, ``footnote`` or
    ``legend``.
    """

    paragraphs: tuple[Paragraph, ...]
    source: Source
    label: str = ""
    type: str = "body"


def _measure(block: Text, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = size_at(geometry, block.type, scale)
    laid = lay_out(block.paragraphs, width, size, typeface)
    height = height_of(laid)
    is_whole = whole(laid, scale, geometry) and not are_too_many_works(block)
    return Measured(block, size, height, height, is_whole, placed_lines(laid))


def are_too_many_works(block: Text) -> bool:
    """True for several works with more words than people read on a slide."""
    if block.type != "reference" or len(block.paragraphs) < 2:
        return False
    most = MOST_WORDS_OF_FEW if len(block.paragraphs) <= FEW_WORKS else MOST_WORDS_OF_WORKS
    return sum(len(plain(paragraph.runs).split()) for paragraph in block.paragraphs) > most


def _points(block: Text) -> Sequence[int]:
    """Before each paragraph of the highest level, so that what stands below one stays with it."""
    top = min(paragraph.level for paragraph in block.paragraphs)
    return [i for i, p in enumerate(block.paragraphs) if i and p.level == top and not p.continues]


def _anywhere(block: Text) -> Sequence[int]:
    """Between any two paragraphs, where more stands below one point than a slide holds."""
    return range(1, len(block.paragraphs))


def _split(block: Text, point: int) -> tuple[Text, Text]:
    """Both parts, without the blank line between two stanzas."""
    after = point + 1 if _is_blank(block, point) and point + 1 < len(block.paragraphs) else point
    rest = replace(block, paragraphs=block.paragraphs[after:], label="")
    return replace(block, paragraphs=block.paragraphs[:point]), rest


def _preferred(block: Text, points: Sequence[int]) -> Collection[int]:
    """Those neither behind a sentence that leads to what follows nor in a stanza."""
    return [point for point in points if not leads_on(block.paragraphs[point - 1]) and not _in_stanza(block, point)]


def _in_stanza(block: Text, point: int) -> bool:
    """True between two lines of verse, of which the second is not blank."""
    return all(map(is_verse, block.paragraphs[point - 1 : point + 1])) and not _is_blank(block, point)


def _is_blank(block: Text, point: int) -> bool:
    """True for a paragraph of nothing, not even a number, as stands between two stanzas."""
    paragraph = block.paragraphs[point]
    return not paragraph.number and not is_visible(plain(paragraph.runs))


def _poor(block: Text, points: Sequence[int]) -> Collection[int]:
    """Those that leave a single bullet alone: the first, which stands below what leads to it, or the last."""
    if len(points) < 2 or not block.paragraphs[0].level:
        return ()
    return (points[0], points[-1]) if points[-1] == len(block.paragraphs) - 1 else points[:1]


def _smaller(block: Text, fits: Callable[[Block], bool]) -> Sequence[Text]:
    """The block with paragraphs that are longer than a slide in pieces, which have no bullet but the first."""
    found: list[Text] = []
    held: tuple[Paragraph, ...] = ()
    for paragraph in block.paragraphs:
        pieces = pieces_of(paragraph, lambda one: fits(replace(block, paragraphs=(one,))))
        if len(pieces) == 1:
            held = (*held, *pieces)
            continue
        found += [replace(block, paragraphs=part) for part in (held, *((one,) for one in pieces)) if part]
        held = ()
    found += [replace(block, paragraphs=held)] if held else []
    return [found[0], *(replace(one, label="") for one in found[1:])]


def _words(block: Text) -> Lines:
    return lines_of(block.paragraphs)


def _page(p: PageWriter, placed: Placed) -> str:
    assert isinstance(placed.block, Text)
    return p.paragraphs(placed.block.paragraphs, placed.lines, placed)


def without_bullet(paragraph: Paragraph) -> Paragraph:
    """A point without its bullet, whose colour may be that of the ground; its number or box stands in the text."""
    mark = paragraph.number or paragraph.sign
    before = [Run(f"{mark} ")] if mark else []
    return Paragraph((*before, *paragraph.runs), source=paragraph.source)


KINDS[Text] = Kind(_measure, _words, _page, split=Split(_points, _split, _preferred, _poor, _anywhere, _smaller))

"""A picture that is limited by its height → the whole height of the slide, with its caption and legend beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.deck.arrange import Arranger, is_body, parted
from builder.deck.blocks import Picture, Text
from builder.deck.blocks.pictures import USUAL
from builder.deck.composition.growth import seen_area
from builder.deck.composition.ladder import NATURAL, SOME, rungs
from builder.deck.composition.room import bottom_of, loosened
from builder.deck.geometry import Area
from builder.deck.model import Block, Paragraph, Placed
from builder.deck.split import is_legend
from builder.deck.stacks import GAP

SHARES = (0.52, 0.44, 0.36, 0.28)
"""How wide the words are at the left, as a share of the width."""
LARGER = 1.25
"""How many times as large the picture has to be as above its caption."""


def caption_beside(arranger: Arranger, blocks: Sequence[Block], area: Area) -> list[Placed] | None:
    """Words at the left with the caption at their foot, and the picture that it is of at the right; None for other
    blocks, for a picture with a caption and nothing else, and where the picture is not clearly larger so.
    """
    pictures = [block for block in blocks if isinstance(block, Picture)]
    words = [block for block in blocks if is_body(block)]
    legends = [block for block in blocks if is_legend(block)]
    if len(pictures) != 1 or len(words) > 1 or len(words) + len(legends) + 1 != len(blocks):
        return None
    [picture] = pictures
    if picture.asked != USUAL or not (legends or (words and caption_of(picture))):
        return None
    usual = arranger.on_slide(blocks, (NATURAL,))
    found = [one for share in SHARES if (one := beside(arranger, (words, picture, legends), area, share)) is not None]
    best = max(found, key=seen_area, default=None)
    if best is None or (usual is not None and seen_area(best) < LARGER * seen_area(arranger.centred(usual))):
        return None
    return best


def beside(
    arranger: Arranger, parts: tuple[Sequence[Block], Picture, Sequence[Block]], area: Area, share: float
) -> list[Placed] | None:
    """Words and legends at the left, as wide as their ``share``, and the picture without its caption at the right."""
    words, picture, legends = parts
    left, right = parted(area, share)
    below = [*caption_of(picture), *legends]
    small = arranger.stack(below, left, (NATURAL,))
    seen = arranger.measure(replace(picture, caption=None), right.width, NATURAL)
    if small is None:
        return None
    drawn = seen.at(right.x, right.y, right.width, min(seen.wanted, right.height))
    foot = bottom_of([drawn])
    tall = bottom_of(small) - left.y
    small = [one.moved(0, foot - tall - left.y) for one in small]
    above = replace(left, height=foot - tall - GAP - left.y)
    text = arranger.stack(words, above, [*rungs(arranger.geometry.sizes, SOME), NATURAL]) if words else []
    if text is None or small[0].y < left.y:
        return None
    return [*loosened(text, above), drawn, *small] if text else [drawn, *small]


def caption_of(picture: Picture) -> list[Text]:
    """The caption of a picture as a text of its own; none without words."""
    caption = picture.caption
    if caption is None or not caption.text:
        return []
    return [Text((Paragraph(caption.line, source=picture.source),), picture.source, type="legend")]

"""A tall photograph beside words → at the edge of the slide, from its top to its foot, with the title beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from builder.deck.arrange import SIDE_GAP, Arranger
from builder.deck.blocks import Box, Picture, Quote, Text
from builder.deck.blocks.pictures import USUAL
from builder.deck.composition.ladder import SOME, rungs
from builder.deck.composition.room import settled
from builder.deck.geometry import Area, Geometry
from builder.deck.model import Block, Placed

PHOTOGRAPHS = (".jpg", ".jpeg", ".webp")
"""Endings of photographs: drawings have margins of their own, and stay inside of the slide's."""
LEAST_SHARE, MOST_SHARE = 0.25, 0.48
"""How wide a picture at the edge is, as a share of the slide."""
FOOT_GAP = 10.0
"""Room between a picture and the foot below it."""
EDGE = "edge"
"""The role of a picture at the edge."""


def picture_at_edge(arranger: Arranger, blocks: Sequence[Block]) -> list[Placed] | None:
    """One tall photograph at the edge of the slide and words beside it; None for other blocks, where they do not fit,
    and where something of the template stands.
    """
    pictures = [block for block in blocks if isinstance(block, Picture)]
    words = [block for block in blocks if isinstance(block, Text | Quote | Box)]
    if len(pictures) != 1 or not words or len(words) + 1 != len(blocks) or not is_photograph(pictures[0]):
        return None
    edge = place_at_edge(arranger, pictures[0])
    if edge is None:
        return None
    area = arranger.above_notes(blocks, arranger.geometry.content)
    left = replace(area, width=edge.x - SIDE_GAP - area.x)
    found = arranger.stack(words, left, [*rungs(arranger.geometry.sizes, SOME), *arranger.scales])
    if found is None:
        return None
    at = blocks.index(pictures[0])
    beside = settled(found, left)
    return [*beside[:at], edge, *beside[at:]]


def is_photograph(picture: Picture) -> bool:
    """True of a photograph for which its author asks no size."""
    return PurePath(picture.path).suffix.lower() in PHOTOGRAPHS and picture.asked == USUAL


def place_at_edge(arranger: Arranger, picture: Picture) -> Placed | None:
    """A picture from the top of the slide to its foot, with its caption; None where it is too wide or not free."""
    g = arranger.geometry
    foot = foot_of(g) - FOOT_GAP
    width = foot * picture.width_px / picture.height_px
    for _ in range(2):  # a caption takes of the height, and so of the width
        below = arranger.measure(picture, width, 1.0).caption_height
        width = (foot - below) * picture.width_px / picture.height_px
    box = Area(g.width - width, 0.0, width, foot)
    is_free = not any(overlap(box, other) for other in g.look("content").occupied)
    if not LEAST_SHARE * g.width <= width <= MOST_SHARE * g.width or not is_free or not is_title_above(g):
        return None
    return replace(arranger.measure(picture, width, 1.0).at(box.x, box.y, box.width, box.height), role=EDGE)


def is_title_above(g: Geometry) -> bool:
    """True if the template's place for titles stands above that for content, from one margin to the other."""
    return g.title.bottom <= g.content.y + 1 and g.title.width >= 0.8 * g.content.width


def foot_of(g: Geometry) -> float:
    """Return where the foot of a slide with content begins."""
    texts = g.look("content").texts
    return min([g.height, *(texts[name].area.y for name in ("foot", "number") if name in texts)])


def overlap(a: Area, b: Area) -> bool:
    """True if two areas have a part in common."""
    return min(a.x + a.width, b.x + b.width) > max(a.x, b.x) and min(a.bottom, b.bottom) > max(a.y, b.y)


def title_beside(placed: Sequence[Placed], title: Area) -> Area:
    """The place of a title, without what a picture at the edge takes of it."""
    edge = next((one.x for one in placed if one.role == EDGE), None)
    return replace(title, width=edge - SIDE_GAP - title.x) if edge is not None else title

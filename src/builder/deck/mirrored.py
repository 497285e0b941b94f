"""A fitted deck in a language that is written from the right: its blocks change sides, what is in them does not."""

from __future__ import annotations

from dataclasses import replace

from builder.deck.geometry import Area, Geometry
from builder.deck.model import ALONE, LAYOUTS, FittedDeck, FittedSlide, Placed


def from_the_right(fitted: FittedDeck, geometry: Geometry) -> FittedDeck:
    """``fitted`` with the blocks of its slides mirrored in their area: pictures beside text stand at its left."""
    return replace(fitted, slides=tuple(mirrored(slide, area_of(slide, geometry)) for slide in fitted.slides))


def area_of(slide: FittedSlide, geometry: Geometry) -> Area:
    """The area in which the blocks of a slide stand: that of its layout's places where its author named one."""
    name = slide.slide.layout
    named = geometry.named.get(name.casefold()) if name not in LAYOUTS else None
    if slide.layout == "full-bleed":
        return Area(0, 0, geometry.width, geometry.height)
    if named is None or not named.contents:
        return geometry.content
    left = min(area.x for area in named.contents)
    right = max(area.x + area.width for area in named.contents)
    return Area(left, 0, right - left, geometry.height)


def mirrored(slide: FittedSlide, area: Area) -> FittedSlide:
    """``slide`` with its blocks mirrored in ``area``."""
    sides = 2 * area.x + area.width
    box = slide.title_box
    turned_box = replace(box, x=sides - box.x - box.width) if box is not None else None
    if slide.slide.layout in ALONE:
        return replace(slide, placed=tuple(map(in_place, slide.placed)))
    return replace(slide, placed=tuple(turned(placed, sides) for placed in slide.placed), title_box=turned_box)


def in_place(placed: Placed) -> Placed:
    """``placed`` where it is, on the side that its slide has for it already; lines begin at the right."""
    return replace(placed, inside=tuple(map(in_place, placed.inside)), from_right=True)


def turned(placed: Placed, sum_of_sides: float) -> Placed:
    """``placed``, and the blocks in it, as far from the right as it was from the left."""
    inside = tuple(turned(one, sum_of_sides) for one in placed.inside)
    return replace(placed, x=sum_of_sides - placed.x - placed.width, inside=inside, from_right=True)

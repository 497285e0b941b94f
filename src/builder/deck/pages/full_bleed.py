"""A full-bleed slide → Typst."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from builder.deck.blocks import Picture
from builder.deck.full_bleed import BAND, BAND_FOOT, BAND_OPACITY, band_of
from builder.deck.measured import CAPTION_GAP
from builder.deck.model import FittedSlide
from builder.typeset.escape import string

if TYPE_CHECKING:
    from builder.deck.pages.typst import PageWriter


def full_bleed(p: PageWriter, fitted: FittedSlide) -> str:
    """A picture over the whole slide, its title and caption on a band."""
    placed, *words = fitted.placed
    block, area, g = placed.block, fitted.title_area, p.geometry
    assert isinstance(block, Picture)
    assert area is not None
    band = band_of(fitted, g)
    size = f'width: {g.width:.2f}pt, height: {g.height:.2f}pt, fit: "cover"'
    image = f"#image({string(p.images(block.path))}, alt: {string(block.alt)}, {size})"
    veil = f'rgb("#{BAND}").transparentize({100 - BAND_OPACITY * 100:g}%)'
    out = [
        f"#at(0, 0, {g.width:.2f})[{image}]",
        f"#fill-at({band.x:.2f}, {band.y:.2f}, {band.width:.2f}, {band.height:.2f}, {veil})",
        p.heading(replace(p.place_of_title("full-bleed", fitted), colour="#ffffff"), fitted),
        *map(p.block, words),
    ]
    if block.caption is not None and placed.caption_height:
        y = band.bottom - BAND_FOOT - placed.caption_height + CAPTION_GAP
        caption = p.lines(block.caption.line, area.width, g.sizes.caption)
        caption = f'#text({g.sizes.caption:g}pt, fill: rgb("#ffffff"))[{caption}]'
        out.append(f"#at({area.x:.2f}, {y:.2f}, {area.width:.2f})[{caption}]")
    return "\n".join(out)

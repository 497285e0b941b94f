"""Pictures with more pixels than a page or a slide can show → fewer pixels, once for all outputs."""

from __future__ import annotations

import math

from PIL import Image

PAGE = (8.27, 11.69)
"""Width and height in inches of the page that pictures are kept for, A4."""
SLIDE = (13.33, 7.5)
"""Width and height in inches of a slide."""
SLIDE_SHARE = 220 / 300
"""Dots an inch on a slide, of those on a page: PowerPoint keeps 220 where it makes pictures smaller."""
DRAWN = 2
"""How many times as many dots a PNG keeps on either side: it holds lines and letters often."""
WORTH_WHILE = 0.9
"""A picture that keeps more of its sides stays as it is."""
FEWER_PIXELS = 40_000_000
"""No picture keeps more than this, whatever is asked for: over the width of a page that is 700 dots an inch."""
QUALITY = 90
"""The quality of a JPEG with fewer pixels."""


def share_kept(size: tuple[int, int], kind: str, dpi: int) -> float:
    """The share that the sides of a picture of this ``size`` in pixels keep, 1.0 where it stays as it is: as many as
    make ``dpi`` dots an inch over a whole page, or those of a slide where these are more. With 0 only huge pictures
    lose some.
    """
    width, height = size
    needed = 1.0
    if dpi > 0:
        of_page = min(PAGE[0] * dpi / width, PAGE[1] * dpi / height)
        of_slide = SLIDE_SHARE * min(SLIDE[0] * dpi / width, SLIDE[1] * dpi / height)
        needed = max(of_page, of_slide) * (DRAWN if kind == "png" else 1)
    if needed > WORTH_WHILE:
        needed = 1.0
    return min(needed, math.sqrt(FEWER_PIXELS / (width * height)))


def resampled(picture: Image.Image, share: float) -> Image.Image:
    """A decoded picture with a ``share`` of its sides; with all of them, itself."""
    if share >= 1:
        return picture
    size = max(1, round(picture.width * share)), max(1, round(picture.height * share))
    return picture.resize(size, Image.Resampling.BICUBIC)

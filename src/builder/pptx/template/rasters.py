"""Pictures of pixels in a template → PNG, no larger than a page shows them."""

from __future__ import annotations

import io

from PIL import Image

MOST_PIXELS = 2000
"""Pixels that the longer side of a converted picture has at most."""


def raster_as_png(content: bytes) -> bytes:
    """Return a picture as PNG; nothing for one that cannot be read."""
    out = io.BytesIO()
    try:
        image: Image.Image = Image.open(io.BytesIO(content)).convert("RGBA")
        image.thumbnail((MOST_PIXELS, MOST_PIXELS))
        image.save(out, "PNG")
    except (OSError, ValueError, Image.DecompressionBombError):
        return b""
    return out.getvalue()

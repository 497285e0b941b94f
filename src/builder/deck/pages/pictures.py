"""Sizes of picture files, and PNG stand-ins for what slides cannot show by themselves."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import typst
from defusedxml import ElementTree
from PIL import Image, ImageDraw, UnidentifiedImageError

from builder.errors import AuthorError, Source
from builder.source.pictures.sizes import natural_size
from builder.store.stamps import stamp
from builder.typeset.compile import below_root, font_book, panics_as_errors, root_of_drive
from builder.typeset.escape import string


def picture_size(path: Path, shown: str, source: Source) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        AuthorError: the file is missing, is no picture, or has no size.
    """
    try:
        size = natural_size(path)
    except FileNotFoundError:
        raise AuthorError(f"the picture '{shown}' does not exist.", source) from None
    except (UnidentifiedImageError, ElementTree.ParseError, ValueError, OSError, Image.DecompressionBombError):
        raise AuthorError(
            f"the picture '{shown}' is not a picture that slides can show; save it as PNG, JPEG or SVG.", source
        ) from None
    if min(size) < 1:
        raise AuthorError(f"the picture '{shown}' is empty: {size[0]} × {size[1]} pixels.", source)
    return size


def svg_to_png(path: str, width_px: int) -> bytes:
    """A transparent PNG of an SVG file, ``width_px`` wide, drawn by Typst with the fonts that ship with us."""
    return _drawn(path, width_px, stamp(Path(path)))


@lru_cache(maxsize=64)
def _drawn(path: str, width_px: int, _stamp: str) -> bytes:
    image = f"#image({string(below_root(Path(path).absolute()))}, width: 100%)"
    source = f"#set page(width: 720pt, height: auto, margin: 0pt, fill: none)\n{image}"
    compiler = typst.Compiler(source.encode(), root=root_of_drive(), font_paths=font_book(), ignore_system_fonts=True)
    with panics_as_errors():
        png = compiler.compile(format="png", ppi=width_px / 10)
    assert isinstance(png, bytes)
    return png


def plain_still(size: tuple[int, int]) -> bytes:
    """A dark PNG with a triangle, for a film that has no still."""
    width, height = size
    image = Image.new("RGB", size, "#2a2f35")
    half = height // 6
    x, y = width // 2, height // 2
    ImageDraw.Draw(image).polygon([(x - half, y - half), (x - half, y + half), (x + half, y)], fill="#ffffff")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def as_jpeg(png: bytes) -> bytes:
    """A PNG as JPEG on white."""
    with Image.open(io.BytesIO(png)) as image:
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=85)
        return out.getvalue()


def as_png(path: str) -> bytes:
    """Any raster picture as PNG (WebP and GIF are not shown by every program)."""
    with Image.open(path) as image:
        out = io.BytesIO()
        image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB").save(out, "PNG")
        return out.getvalue()

"""Files of pictures, whole and damaged, that rows of the table of faults have."""

from __future__ import annotations

import io
import zlib

from PIL import Image

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000004000000020802000000f0caea340000001249444154789c63acd252658001"
    "2606240000137b00cd4fd28fb40000000049454e44ae426082"
)
"""A picture of 4 × 2 pixels."""


def picture(kind: str, **options: object) -> bytes:
    """A picture of 12 × 6 pixels, as Pillow saves it in a format."""
    out = io.BytesIO()
    Image.new(str(options.pop("mode", "RGB")), (12, 6)).save(out, kind, **options)
    return out.getvalue()


def noise() -> bytes:
    """A JPEG of 200 × 200 pixels that is not small."""
    out = io.BytesIO()
    Image.effect_noise((200, 200), 50).save(out, "JPEG")
    return out.getvalue()


NOISE = noise()


def png_of(rows: bytes) -> bytes:
    """A PNG of 4 × 2 pixels whose sums are right, with ``rows`` packed in it, whatever they are."""
    start, data = PNG.index(b"IDAT"), b"IDAT" + rows
    return PNG[: start - 4] + len(rows).to_bytes(4) + data + zlib.crc32(data).to_bytes(4) + PNG[-12:]

"""Parts → a zip archive (PKWARE APPNOTE.TXT 6.3.10) of fixed times, in which what many decks share is deflated once."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

LEVEL = 6
SHARED = ("ppt/fonts/", "ppt/slideLayouts/", "ppt/slideMasters/", "ppt/theme/")
"""Folders of parts that the decks of a project have in common; slides, notes and pictures would only push these out."""
LARGEST = 1 << 20
"""Bytes of a part that is remembered: 64 of them stay within memory whatever fonts weigh."""

_UNICODE_NAME = 0x800
_DEFLATED = 8
_VERSION, _UNIX = 20, 3
_TIME, _DATE = 0, 1 << 5 | 1
"""Midnight of 1 January 1980."""
_MODE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Deflated:
    """A part as an archive holds it; ``size`` and ``checksum`` are those of its bytes."""

    data: bytes
    size: int
    checksum: int


def archive_bytes(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the archive of the named parts in their order; the same parts give the same bytes."""
    files, directory, offset, count = [], [], 0, 0
    for name, content in parts:
        part = shared(content) if name.startswith(SHARED) and len(content) <= LARGEST else deflated(content)
        entry, encoded = described(name, part)
        local = struct.pack("<4sH", b"PK\x03\x04", _VERSION) + entry + encoded
        files += [local, part.data]
        directory.append(
            struct.pack("<4s2BH", b"PK\x01\x02", _VERSION, _UNIX, _VERSION)
            + entry
            + struct.pack("<3H2L", 0, 0, 0, _MODE, offset)
            + encoded
        )
        offset += len(local) + len(part.data)
        count += 1
    central = b"".join(directory)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(central), offset, 0)
    return b"".join([*files, central, end])


def described(name: str, part: Deflated) -> tuple[bytes, bytes]:
    """Return what both headers of a part have in common, and its name."""
    encoded = name.encode()
    flags = 0 if name.isascii() else _UNICODE_NAME
    sizes = (part.checksum, len(part.data), part.size)
    return struct.pack("<4H3L2H", flags, _DEFLATED, _TIME, _DATE, *sizes, len(encoded), 0), encoded


def deflated(content: bytes) -> Deflated:
    """Return bytes as an archive holds them."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15)
    return Deflated(packer.compress(content) + packer.flush(), len(content), zlib.crc32(content))


@lru_cache(maxsize=64)
def shared(content: bytes) -> Deflated:
    """Return bytes that other archives may hold too, deflated when they are met first."""
    return deflated(content)

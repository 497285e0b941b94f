"""The archive of a deck: as the standard library writes it, and what decks share is deflated once."""

from __future__ import annotations

import io
import zipfile

from builder.pptx.package import archive
from builder.pptx.package.archive import archive_bytes

PARTS = [
    ("ppt/slides/slide1.xml", b"<slide/>" * 9),
    ("ppt/fonts/font1.fntdata", bytes(range(256)) * 64),
    ("ü.xml", b""),
]


def as_the_standard_library(parts: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            file.writestr(entry, content)
    return out.getvalue()


def test_an_archive_has_the_bytes_that_the_standard_library_writes() -> None:
    assert archive_bytes(PARTS) == as_the_standard_library(PARTS)
    assert archive_bytes([]) == as_the_standard_library([])


def test_an_archive_gives_its_parts_back() -> None:
    with zipfile.ZipFile(io.BytesIO(archive_bytes(PARTS))) as file:
        assert file.testzip() is None
        assert [(name, file.read(name)) for name in file.namelist()] == PARTS


def test_what_two_decks_share_is_deflated_once() -> None:
    archive.shared.cache_clear()
    for _deck in range(2):
        archive_bytes(PARTS)
    found = archive.shared.cache_info()
    assert (found.misses, found.hits) == (1, 1)


def test_a_hundred_slides_do_not_push_out_what_decks_share() -> None:
    slides = [(f"ppt/slides/slide{number}.xml", b"%d" % number * 5000) for number in range(100)]
    archive.shared.cache_clear()
    for _deck in range(2):
        archive_bytes([*PARTS, *slides])
    assert archive.shared.cache_info().hits == 1

"""Which build a deck comes from, by the mark in it."""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from builder.pptx import mark
from builder.pptx.package.package import Package, Relationship

TEXT = re.compile(rb"<a:t(?:\s[^>]*)?>([^<]*)</a:t>")
SLIDE = re.compile(r"/ppt/slides/[^/]+\.xml")


@dataclass(frozen=True, slots=True)
class Origin:
    """The published deck that a file derives from: the mark of its ``build``, and of its ``copy`` where that had
    edits by hand.

    ``copy`` is '' for one as built, and both are where a program dropped the marks.
    """

    build: str
    copy: str = ""


def origin_of(package: Package) -> Origin:
    """Return which published deck a deck comes from."""
    part = next(iter(package.related("/", "custom-properties")), "")
    if part not in package.parts:
        return Origin("")
    root = package.xml(part)
    return Origin(mark.read_mark(root, mark.NAME), mark.read_mark(root, mark.COPY))


def build_of(package: Package) -> str:
    """Return the mark of the build that a deck comes from; '' where a program dropped it."""
    return origin_of(package).build


def put_origin(package: Package, build: str) -> None:
    """Write the mark of a build into a deck with edits by hand, and one for this copy of it."""
    part = next(iter(package.related("/", "custom-properties")), "")
    if not part:
        part = package.free(mark.PART)
        package.add(part, mark.EMPTY, mark.CONTENT_TYPE)
        package.relate("/", Relationship(mark.RELATIONSHIP, part))
    root = package.xml(part)
    mark.set_mark(root, mark.NAME, build)
    mark.set_mark(root, mark.COPY, digest_of(package, part))
    package.put(part, root)


def digest_of(package: Package, without: str) -> str:
    """Return a digest of all parts of a deck but one."""
    found = sha256()
    for name in sorted(package.reached() - {without}):
        found.update(f"{name}\n".encode())
        found.update(package.parts[name])
        found.update(repr(sorted(package.rels(name).items())).encode())
    return found.hexdigest()[:16]


def paragraph_fingerprints(parts: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield a short print of each paragraph on the slides of a deck, the same whatever program wrote it."""
    for name in parts:
        if SLIDE.fullmatch(name):
            for paragraph in parts[name].split(b"</a:p>"):
                text = b"".join(TEXT.findall(paragraph)).decode("utf-8", "replace")
                words = " ".join(html.unescape(text).replace("\u2060", "").split())
                if words:
                    yield zlib.crc32(words.encode()).to_bytes(4, "big")

"""An OPC package → bytes: parts in a fixed order, fixed times, content types of what exists (ISO/IEC 29500-2)."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from builder.pptx.package.archive import archive_bytes

DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
FONT_EXTENSION = ".fntdata"
FIXED_TIME = (1980, 1, 1, 0, 0, 0)


Written = tuple[bytes, bytes]
"""A part and its relationships; these are empty where it has none."""


def written(part: Any) -> Written:
    """Return a part of a python-pptx package as its file has it."""
    return part.blob, relationships(part.rels, part.partname.baseURI).encode() if part.rels else b""


def package_bytes(package: Any, known: Mapping[str, Written]) -> bytes:
    """Return the file of a python-pptx package; the same parts give the same bytes. ``known`` are parts by their names
    that have been written already."""
    parts = parts_of(package)

    def members() -> Iterator[tuple[str, bytes]]:
        yield "[Content_Types].xml", _serialized(content_types(parts))
        yield "_rels/.rels", relationships(package_rels(package), "/").encode()
        for part in parts:
            content, rels = known.get(part.partname) or written(part)
            yield part.partname.membername, content
            if rels:
                yield part.partname.rels_uri.membername, rels

    return archive_bytes(members())


def content_types(parts: list[Any]) -> Any:
    """Return the content types of parts. Those of fonts stand by their extension, as in the files of PowerPoint; the
    library knows no such extension."""
    from pptx.opc.serialized import _ContentTypesItem  # the whole library, which readers of packages need not load

    types = _ContentTypesItem.xml_for(parts)
    fonts = [entry for entry in types if str(entry.get("PartName", "")).endswith(FONT_EXTENSION)]
    for entry in fonts[1:]:
        types.remove(entry)
    for entry in fonts[:1]:
        default = etree.Element(entry.tag.replace("Override", "Default"))
        default.set("Extension", FONT_EXTENSION.lstrip("."))
        default.set("ContentType", str(entry.get("ContentType")))
        types.remove(entry)
        types.insert(0, default)
    return types


def relationships(rels: Any, base: str) -> str:
    """Return a ``.rels`` part, in the order of the numbers in the ids (the library builds and sorts a tree for
    each)."""
    rows = []
    for rid in sorted(rels, key=_natural):
        relationship = rels[rid]
        if relationship.is_external:
            target, mode = relationship.target_ref, ' TargetMode="External"'
        else:
            folder, name = posixpath.split(relationship.target_part.partname)
            target, mode = f"{way(base, folder)}{name}", ""
        rows.append(
            f"<Relationship Id={quoteattr(rid)} Type={quoteattr(relationship.reltype)} "
            f"Target={quoteattr(target)}{mode}/>"
        )
    return DECLARATION + f'<Relationships xmlns="{RELATIONSHIPS}">{"".join(rows)}</Relationships>'


@cache
def way(base: str, folder: str) -> str:
    """Return how a relationship of a part in ``base`` names the folder of its target, '' for its own."""
    return "" if base == folder else f"{posixpath.relpath(folder, base)}/"


def package_rels(package: Any) -> Any:
    """Return the relationships of a package itself, which python-pptx gives no name for others."""
    return package._rels  # noqa: SLF001 - they have no public name


def parts_of(package: Any) -> list[Any]:
    """Return all parts that can be reached, in a fixed order; a queue, since slides that link to each other make
    long chains."""
    found: dict[int, Any] = {}
    waiting = [package_rels(package)]
    while waiting:
        for relationship in waiting.pop().values():
            if not relationship.is_external and id(relationship.target_part) not in found:
                found[id(relationship.target_part)] = relationship.target_part
                waiting.append(relationship.target_part.rels)
    return sorted(found.values(), key=lambda part: _natural(str(part.partname)))


def _serialized(element: Any) -> bytes:
    return etree.tostring(element, encoding="UTF-8", standalone=True)


def _natural(name: str) -> tuple[str, int, str]:
    """Return a key that sorts slide2 before slide10."""
    digits = "".join(char for char in name if char.isdigit())
    return name.rstrip("0123456789.xmlpngjesfvu"), int(digits) if digits else 0, name


def uncompressed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the file of parts that are only read again: in their order, with fixed times, not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name.lstrip("/"), FIXED_TIME), content)
    return out.getvalue()


def rezipped(content: bytes, replace_in: dict[str, Any]) -> bytes:
    """Return a zip with fixed times; ``replace_in`` maps a member to a function on its bytes."""
    source = zipfile.ZipFile(io.BytesIO(content))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            if name in replace_in:
                data = replace_in[name](data)
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()

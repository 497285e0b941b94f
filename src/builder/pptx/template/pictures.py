"""Pictures of a template as the pages of its decks show them: converted where they are of a kind that pages do not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from builder.pptx.template.masters import TemplateFile
from builder.pptx.template.metafiles import METAFILES, MetafileError, as_svg
from builder.pptx.template.rasters import raster_as_png

SVG = "image/svg+xml"
SHOWN = {"image/png", "image/jpeg", "image/gif", SVG}
"""Content types of pictures that pages show as they are."""
SPELT = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/x-png": "image/png"}
"""Content types that programs write for others."""
CONVERTED = {"image/tiff", "image/tif", "image/bmp", "image/x-ms-bmp"}


def as_shown(kind: str, content: bytes) -> tuple[str, bytes]:
    """Return content type and bytes of a picture as pages show it; no bytes for one that they do not."""
    kind = SPELT.get(kind, kind)
    if kind in CONVERTED:
        return "image/png", raster_as_png(content)
    if kind in METAFILES:
        return SVG, drawn(kind, content)[0].encode()
    return (kind, content) if kind in SHOWN else (kind, b"")


@lru_cache(maxsize=32)
def drawn(kind: str, content: bytes) -> tuple[str, str]:
    """Return a metafile as SVG, and why it is none ('' for no reason)."""
    try:
        return as_svg(kind, content), ""
    except MetafileError as error:
        return "", str(error)


def not_shown(file: TemplateFile) -> Iterator[str]:
    """Yield the pictures of masters and layouts that pages do not show: ``ppt/media/image1.emf, which has text``."""
    package = file.package
    sheets = dict.fromkeys(sheet.part for layout in file.layouts for sheet in (layout.master, layout))
    related = (found.target for sheet in sheets for found in package.rels(sheet).values() if not found.external)
    for part in dict.fromkeys(target for target in related if target in package.parts):
        kind = package.content_type(part)
        if kind in METAFILES:
            reason = drawn(kind, package.parts[part])[1]
            if reason:
                yield f"{part.lstrip('/')} ({reason})"
        elif kind.startswith("image/") and not as_shown(kind, package.parts[part])[1]:
            yield f"{part.lstrip('/')} ({kind})"

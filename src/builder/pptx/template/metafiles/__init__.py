"""Metafiles of Windows (EMF and WMF), the pictures of many a logo → SVG: their lines, areas and pixels, not their text.

What they are made of is in MS-EMF and MS-WMF.
"""

from __future__ import annotations

from builder.pptx.template.metafiles.drawing import MetafileError
from builder.pptx.template.metafiles.emf import emf_as_svg
from builder.pptx.template.metafiles.wmf import wmf_as_svg

METAFILES = {"image/x-emf", "image/emf", "image/x-wmf", "image/wmf"}
"""Content types of metafiles."""

__all__ = ["METAFILES", "MetafileError", "as_svg"]


def as_svg(kind: str, content: bytes) -> str:
    """Return a metafile of a content type as SVG, '' for one that draws nothing.

    Raises:
        MetafileError: it is damaged, or draws what is not read here.
    """
    return emf_as_svg(content) if kind.endswith("emf") else wmf_as_svg(content)

"""Namespaces of Office XML (ECMA-376; MS-PPTX) in the form that lxml gives tags."""

from __future__ import annotations

from functools import cache

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
URIS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "a16": "http://schemas.microsoft.com/office/drawing/2014/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "r": OFFICE,
}
"""Usual prefix → namespace."""
A, C, M, MC, P, P14, R = (f"{{{URIS[prefix]}}}" for prefix in ("a", "c", "m", "mc", "p", "p14", "r"))
"""What stands before a local name: ``A + "t"``."""


@cache
def qn(name: str) -> str:
    """Return a name with a usual prefix (``a:t``) as the tag that lxml gives it."""
    prefix, _colon, local = name.partition(":")
    return f"{{{URIS[prefix]}}}{local}"

"""The words on a slide as one reads them, with those of formulas, which python-pptx does not see."""

from __future__ import annotations

from typing import Any

from pptx.oxml.ns import qn

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def texts_of(slide: Any, name: str) -> list[str]:
    """The texts of all shapes of a name, a line for each paragraph."""
    found = []
    for shape in slide.shapes._spTree.iter(qn("p:sp")):
        if (
            shape.find(f".//{qn('p:cNvPr')}").get("name") != name
            or next(shape.iterancestors(FALLBACK), None) is not None
        ):
            continue
        lines = ("".join(text.text or "" for text in line.iter(qn("a:t"), MATH_TEXT)) for line in shape.iter(qn("a:p")))
        found.append("\n".join(lines))
    return found

"""The style of a template's tables → what both writers must know of it (ECMA-376 part 1, 20.1.4.2)."""

from __future__ import annotations

from typing import Any

from builder.deck.geometry import TableLook
from builder.pptx.package.namespaces import qn
from builder.pptx.package.package import Package
from builder.pptx.template.colours import Colours
from builder.typeset.contrast import LEAST, contrast, tinted

MEDIUM_2 = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
"""The style of tables that programs know without its definition, Medium Style 2 in the first accent: that of templates
which name none."""
FIRST_ROWS, SECOND_ROWS = 0.4, 0.2
"""How much of the accent is in its rows in turn, as a share of light."""


def medium_style(colours: Colours) -> TableLook:
    """Return how tables of `MEDIUM_2` look in a theme: in its own black and white, whatever a master makes of these;
    heads in its black where its white cannot be read on its accent."""
    dark, light, accent = (colours.named(name) for name in ("dk1", "lt1", "accent1"))
    first, second = (tinted(accent, share) for share in (FIRST_ROWS, SECOND_ROWS))
    is_readable = contrast(light, accent) >= min(LEAST, contrast(dark, accent))
    head = light if is_readable else dark
    return TableLook(head.lstrip("#"), "accent1", second, first, ink=dark, grid=light, repainted=not is_readable)


def read_table_look(package: Package, style: str) -> TableLook:
    """Return how tables of a style look; as PowerPoint's usual ones where the template does not hold the style."""
    parts = package.related(package.presentation, "tableStyles")
    root = package.read(parts[0]) if parts else None
    found = root.find(f"{qn('a:tblStyle')}[@styleId='{style}']") if root is not None and style else None
    if found is None:
        return TableLook()
    head = found.find(qn("a:firstRow"))
    whole = found.find(qn("a:wholeTbl"))
    edges = (
        whole.find(f".//{qn('a:tcBdr')}/{qn('a:top')}/{qn('a:ln')}/{qn('a:solidFill')}") if whole is not None else None
    )
    return TableLook(
        colour_in(head, f"{qn('a:tcTxStyle')}") or "tx1",
        colour_in(head, f"{qn('a:tcStyle')}/{qn('a:fill')}/{qn('a:solidFill')}"),
        colour_in(found.find(qn("a:band2H")), f"{qn('a:tcStyle')}/{qn('a:fill')}/{qn('a:solidFill')}"),
        has_rules=edges is not None,
    )


def colour_in(part: Any | None, path: str) -> str:
    """Return the theme colour of a part of a table style; '' for none."""
    colour = part.find(f"{path}/{qn('a:schemeClr')}") if part is not None else None
    return str(colour.get("val", "")) if colour is not None else ""

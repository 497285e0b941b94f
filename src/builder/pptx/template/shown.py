"""What a template's sheet shows besides its places for text: the one walk over the shapes of masters and layouts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from builder.pptx.package.namespaces import qn
from builder.pptx.template.frames import Frame

SHAPES = ("sp", "cxnSp", "pic", "graphicFrame")


def shown_shapes(tree: Any, frame: Frame) -> Iterator[tuple[Any, str, Frame]]:
    """Yield the visible shapes of a tree that are no placeholders, those of groups too, from the back: each with the
    name of its element and the frame that it stands in."""
    for shape in tree:
        kind = etree.QName(shape).localname if isinstance(shape.tag, str) else ""
        if kind == "AlternateContent":
            yield from shown_shapes(drawn_choice(shape), frame)
        elif kind == "grpSp":
            xfrm = shape.find(f"{qn('p:grpSpPr')}/{qn('a:xfrm')}")
            yield from shown_shapes(shape, frame.inside(xfrm) if xfrm is not None else frame)
        elif kind in SHAPES and shape.find(f".//{qn('p:ph')}") is None and not is_hidden(shape):
            yield shape, kind, frame


def drawn_choice(element: Any) -> Any:
    """Return the shapes of an ``mc:AlternateContent`` that are drawn: those for programs that know no extension."""
    fallback = next((child for child in element if etree.QName(child).localname == "Fallback" and len(child)), None)
    return fallback if fallback is not None else next(iter(element), ())


def is_hidden(shape: Any) -> bool:
    """Return whether the selection pane hides a shape."""
    return next(shape.iter(qn("p:cNvPr"))).get("hidden") in ("1", "true")

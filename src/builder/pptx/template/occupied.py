"""Where shapes of a template stand on every slide of a layout, so that nothing is laid on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from builder.deck.geometry import Area
from builder.pptx.package.namespaces import qn
from builder.pptx.template.frames import Frame
from builder.pptx.template.ground import drawn_choice
from builder.pptx.template.masters import SlideLayout
from builder.pptx.template.words import is_hidden

SHAPES = ("sp", "cxnSp", "pic", "grpSp", "graphicFrame")
GROUND = 0.9
"""What covers so much of a slide is its ground."""


def occupied(layout: SlideLayout, width: float, height: float) -> Iterator[Area]:
    """Yield the boxes in points of all that a layout and its master show besides places and grounds."""
    for owner in layout.owners:
        for shape in shown_shapes(owner.shapes):
            xfrm = next((found for name in ("a:xfrm", "p:xfrm") for found in shape.iter(qn(name))), None)
            if xfrm is not None and xfrm.find(qn("a:off")) is not None:
                box = Area(*Frame().box(xfrm))
                if box.width * box.height < GROUND * width * height:
                    yield box


def shown_shapes(tree: Any) -> Iterator[Any]:
    """Yield the shapes of a tree that are shown and are no placeholders; a group is one."""
    for shape in tree:
        kind = etree.QName(shape).localname if isinstance(shape.tag, str) else ""
        if kind == "AlternateContent":
            yield from shown_shapes(drawn_choice(shape))
        elif kind in SHAPES and shape.find(f".//{qn('p:ph')}") is None and not is_hidden(shape):
            yield shape

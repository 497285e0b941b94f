"""Words that stand on the slides of a layout without being of any: those of shapes that are no placeholders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.deck.geometry import NUMBER, Area, TextLook
from builder.pptx.package.namespaces import qn
from builder.pptx.template.colours import Colours
from builder.pptx.template.frames import EMU, Frame
from builder.pptx.template.masters import SlideLayout
from builder.pptx.template.shown import shown_shapes
from builder.typeset.measure import whole_points

ALIGN = {"ctr": "center", "r": "right"}
ANCHOR = {"ctr": "middle", "b": "bottom"}
INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}
UNBROKEN = 2000.0
"""Points by which a box is wider whose lines are not broken."""
BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}
"""How much of that is before the place where its words begin."""
USUAL_SIZE = 18.0
"""Points of text that gives no size."""


def static_words(layout: SlideLayout, colours: Colours) -> Iterator[tuple[TextLook, str]]:
    """Yield how and where each shape of a layout and its master has its words, and the words, a line for each
    paragraph."""
    for owner in layout.owners:
        for shape, _kind, frame in shown_shapes(owner.shapes, Frame()):
            body = shape.find(qn("p:txBody"))
            xfrm = shape.find(f"{qn('p:spPr')}/{qn('a:xfrm')}")
            words = "\n".join(map(line_of, body.findall(qn("a:p")))) if body is not None else ""
            if words.strip() and xfrm is not None and xfrm.find(qn("a:off")) is not None and not xfrm.get("rot"):
                yield style_of_box(shape, body, frame.box(xfrm), colours), words.strip("\n")


def line_of(paragraph: Any) -> str:
    """Return the words of a paragraph, with `NUMBER` where it shows that of the slide; other fields are none."""
    parts = []
    for run in paragraph:
        if run.tag == qn("a:fld") and run.get("type") == "slidenum":
            parts.append(NUMBER)
        elif run.tag == qn("a:r"):
            parts.append(run.findtext(qn("a:t")) or "")
    return "".join(parts)


def style_of_box(shape: Any, body: Any, box: tuple[float, float, float, float], colours: Colours) -> TextLook:
    """Return how the words of a shape are set, as those that come first in it are."""
    properties = body.find(qn("a:bodyPr"))
    given = properties.attrib if properties is not None else {}
    left, top, right, bottom = (int(given.get(name, usual)) / EMU for name, usual in INSETS.items())
    x, y, width, height = box
    paragraph = next(body.iter(qn("a:pPr")), None)
    align = ALIGN.get(paragraph.get("algn", "") if paragraph is not None else "", "left")
    if given.get("wrap") == "none":
        x, width = x - UNBROKEN * BEFORE[align], width + UNBROKEN
    run = next(body.iter(qn("a:rPr")), None)
    default = next((found for found in body.iter(qn("a:defRPr"))), None)
    runs = [found for found in (run, default) if found is not None]
    fills = (found.find(qn("a:solidFill")) for found in runs)
    colour = next((found for fill in fills if fill is not None and (found := colours.of(fill))), None)
    style = shape.find(f"{qn('p:style')}/{qn('a:fontRef')}")
    own = colours.of(style) if colour is None and style is not None else colour
    size = next((int(found.get("sz")) / 100 for found in runs if found.get("sz")), USUAL_SIZE)
    return TextLook(
        Area(x + left, y + top, max(width - left - right, 1.0), max(height - top - bottom, 1.0)),
        own[0] if own else colours.named("tx1"),
        max(whole_points(size), 1.0),
        any(found.get("b") in ("1", "true") for found in runs[:1]),
        any(found.get("cap") == "all" for found in runs[:1]),
        align,
        ANCHOR.get(given.get("anchor", ""), "top"),
        italic=any(found.get("i") in ("1", "true") for found in runs[:1]),
    )

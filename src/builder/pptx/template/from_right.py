"""A template for a language that is written from the right: its text begins there, and our own change sides whole.

PowerPoint itself writes ``algn="r" rtl="1"`` for such text, and measures ``marL`` from where lines begin.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.pptx.package.namespaces import A, P
from builder.pptx.package.package import Package
from builder.pptx.template.masters import SHAPES, Sheet, TemplateFile, read_file

SIDES = {"l": "r", "r": "l"}


def turn(package: Package, *, with_places: bool) -> bool:
    """Let text begin at the right in all layouts, and mirror their shapes ``with_places``; returns whether it did.

    A template that was made for such a language is left as it is.
    """
    file = read_file(package)
    if not file.layouts or begins_at_right(file):
        return False
    for sheet in sheets_of(file):
        for style in sheet.element.iter(*(f"{A}lvl{level}pPr" for level in range(1, 10)), f"{A}defPPr"):
            turn_text(style, with_places=with_places)
        if with_places:
            for frame in frames(sheet):
                move(frame, file.width)
        package.put(sheet.part, sheet.element)
    root = package.xml(package.presentation)
    root.set("rtl", "1")
    package.put(package.presentation, root)
    return True


def begins_at_right(file: TemplateFile) -> bool:
    """True if the titles of a template begin at the right already."""
    titles = file.layouts[0].master.element.iter(f"{P}titleStyle")
    return any(style.get("rtl") in ("1", "true") for title in titles for style in title.iter(f"{A}lvl1pPr"))


def sheets_of(file: TemplateFile) -> list[Sheet]:
    """The layouts, and each of their masters once."""
    masters: dict[str, Sheet] = {layout.master.part: layout.master for layout in file.layouts}
    return [*masters.values(), *file.layouts]


def turn_text(style: Any, *, with_places: bool) -> None:
    """Let one level of text run from the right; what ends at the right does so still where its box stays."""
    side = style.get("algn", "l")
    if with_places or side == "l":
        style.set("algn", SIDES.get(side, side))
    style.set("rtl", "1")


def frames(sheet: Sheet) -> Iterator[Any]:
    """The places of the shapes that are in no group."""
    for shape in sheet.shapes:
        if shape.tag in SHAPES:
            found = shape.find(f"{P}xfrm")
            frame = found if found is not None else next(shape.iter(f"{A}xfrm"), None)
            if frame is not None and frame.find(f"{A}off") is not None:
                yield frame


def move(frame: Any, width: int) -> None:
    """Move a shape to the other side of a slide."""
    place, size = frame.find(f"{A}off"), frame.find(f"{A}ext")
    place.set("x", str(width - int(place.get("x")) - int(size.get("cx"))))

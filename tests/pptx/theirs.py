"""The library's own template with changes, as templates of anybody have them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pptx
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from builder.errors import NOWHERE
from builder.pptx.template.reading import Template, read_template

DEFAULT = Path(pptx.__file__).parent / "templates/default.pptx"


def reader(folder: Path) -> Callable[..., Template]:
    """What reads the library's template with a change made to it."""

    def changed(change: Callable[[Any], None], name: str = "theirs.pptx") -> Template:
        (folder / name).write_bytes(with_change(change))
        return read_template(folder / name, NOWHERE)

    return changed


def with_change(change: Callable[[Any], None]) -> bytes:
    """The library's template with a change made to it."""
    presentation = Presentation(io.BytesIO(DEFAULT.read_bytes()))
    change(presentation)
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def layout(presentation: Any, name: str) -> Any:
    return next(layout for layout in presentation.slide_layouts if layout.name == name)


def place(of: Any, *types: str) -> Any:
    """A placeholder of a layout or master by its type."""
    return next(
        shape for shape in of.placeholders if shape.element.find(f".//{qn('p:ph')}").get("type", "obj") in types
    )


def drawn(presentation: Any, box: tuple[float, float, float, float], words: str = "", fill: str = "C80000") -> Any:
    """A rectangle on the master."""
    slide = presentation.slides.add_slide(layout(presentation, "Blank"))
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Pt, box))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(fill)
    shape.text_frame.text = words
    presentation.slide_master.shapes._spTree.append(shape._element)
    return shape


def without(presentation: Any, *names: str) -> None:
    for name in names:
        presentation.slide_layouts.remove(layout(presentation, name))

"""The foot of a slide and its number, in the places of its layout."""

from __future__ import annotations

from typing import Any

from builder.deck.geometry import Look
from builder.deck.openings import foot_in
from builder.pptx.shapes import PlaceStyle, ShapeWriter
from builder.pptx.template.layouts import mark_of
from builder.pptx.template.writable import FixedLayout
from builder.pptx.xml import attribute, solid
from builder.store.text import escaped

SLIDE_NUMBER_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


def write_foot(writer: ShapeWriter, layout: FixedLayout, foot: str, look: Look) -> list[str]:
    """The shapes of the foot of a slide and its number, where the layout has places for them."""
    out = []
    lang = attribute(writer.text.lang)
    inks = [
        solid(place.colour[1:]) if place and place.repainted else ""
        for place in map(look.texts.get, ("foot", "number"))
    ]
    place = look.texts.get("foot")
    foot, size = foot_in(foot, place, writer.text.typeface) if place is not None else (foot, 0.0)
    sizes = [f' sz="{size * 100:.0f}"' if place is not None and size < place.size else "", ""]
    looks = [
        f"<a:rPr lang={lang}{size}>{ink}</a:rPr>" if ink else f"<a:rPr lang={lang}{size}/>"
        for size, ink in zip(sizes, inks, strict=True)
    ]
    name_run = f"<a:r>{looks[0]}<a:t>{escaped(foot)}</a:t></a:r>"
    number_field = f'<a:fld id="{SLIDE_NUMBER_FIELD}" type="slidenum">{looks[1]}<a:t>‹#›</a:t></a:fld>'
    for kind, name, body in (
        ("ftr", "Footer", f"<a:p>{name_run}</a:p>"),
        ("sldNum", "Slide number", f"<a:p>{number_field}</a:p>"),
    ):
        shape = layout.placeholder(kind)
        if shape is not None:
            style = PlaceStyle(layout.list_style(kind))  # LibreOffice does not inherit it for footers
            out.append(writer.placeholder(name, marked(shape, "type", "sz", "idx"), body, style=style))
    return out


def marked(shape: Any, *keys: str) -> str:
    """Attributes of a placeholder's ``p:ph``, by which its shape on a slide finds it again."""
    mark = mark_of(shape)
    return " ".join(f'{key}="{mark.get(key)}"' for key in keys if mark.get(key)) if mark is not None else ""

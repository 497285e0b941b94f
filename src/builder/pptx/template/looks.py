"""A layout → its look: text areas with their styles, inherited from the master, and the drawing behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from builder.deck.geometry import Area, Look, NamedLayout, TextLook
from builder.pptx.package.namespaces import qn
from builder.pptx.template.colours import Colours, read_colours
from builder.pptx.template.ground import read_ground
from builder.pptx.template.layouts import FIELDS, kind_of, main_place, placeholder
from builder.pptx.template.masters import LayoutPlaceholder, SlideLayout, SlideMaster
from builder.pptx.template.taken import occupied
from builder.pptx.template.words import static_words
from builder.typeset.measure import whole_points

EMU_PER_POINT = 12700
SEEN = 0.1
"""Opacity below which a fill is none."""
TITLES = ("title", "ctrTitle")
SUBTITLES = ("subTitle", "body", "obj")
"""Types of placeholder that take the subtitle of a title slide, the fittest first."""
PLACES = {
    "title": ("ctrTitle", "title"),
    "subtitle": SUBTITLES,
    "extra": ("body",),
    "foot": ("ftr",),
    "number": ("sldNum",),
    "picture": ("pic",),
    **{name: (name,) for name in FIELDS},
}
"""Content of a text area → the types of placeholder that hold it."""
STRIP = "progress"
"""Name of the shape on whose place a deck shows how far it is."""
ALIGN = {"ctr": "center", "r": "right"}
ANCHOR = {"ctr": "middle", "b": "bottom"}
INSETS = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}
"""Insets in EMU of a text body that gives none (CT_TextBodyProperties, 21.1.2.1.1)."""


def read_look(layout: SlideLayout, width: float, height: float) -> Look:
    """Return how ``layout`` looks on a slide of ``width`` × ``height`` points."""
    colours = read_colours(layout.master, layout)
    shapes = {name: placeholder(layout, *types) for name, types in PLACES.items()} | {"content": main_place(layout)}
    texts = {
        name: look
        for name, shape in shapes.items()
        if shape is not None and (look := text_look(layout, shape, colours)) is not None
    }
    return Look(
        *read_ground(layout, colours, width, height),
        texts,
        tuple(static_words(layout, colours)),
        occupied(layout, width, height),
    )


def named_layout(index: int, layout: SlideLayout, look: Look) -> NamedLayout:
    """Return where the title and the contents of ``layout`` go."""
    title = look.texts.get("title")
    contents = [
        text_area(shape) for shape in layout.placeholders if kind_of(shape) in ("obj", "body", "pic", "tbl", "chart")
    ]
    areas = sorted((area for area in contents if area is not None), key=lambda area: (area.x, area.y))
    return NamedLayout(index, layout.name, look, title.area if title is not None else None, tuple(areas))


def text_area(shape: LayoutPlaceholder) -> Area | None:
    """Return where the text of a placeholder stands: its box without its insets. None where no box is given."""
    if shape.box is None:
        return None
    x, y, width, height = shape.box
    left, top, right, bottom = insets(shape)
    box = x + left, y + top, max(width - left - right, 0), max(height - top - bottom, 0)
    return Area(*(value / EMU_PER_POINT for value in box))


def insets(shape: LayoutPlaceholder) -> tuple[int, ...]:
    """Return how far the text of a placeholder stands from its left, top, right and bottom, in EMU."""
    return tuple(inset(shape.chain, name) for name in INSETS)


def grows(shape: LayoutPlaceholder) -> bool:
    """Return whether a placeholder follows its text, so that its height in the layout says nothing."""
    bodies = (body for element in shape.chain if (body := element.find(f".//{qn('a:bodyPr')}")) is not None)
    names = ("spAutoFit", "normAutofit", "noAutofit")
    fits = (name for body in bodies for name in names if body.find(qn(f"a:{name}")) is not None)
    return next(fits, "") == "spAutoFit"


def inset(elements: list[Any], name: str) -> int:
    """Return one inset in EMU."""
    given = (element.find(f".//{qn('a:bodyPr')}") for element in elements)
    return next((int(body.get(name)) for body in given if body is not None and body.get(name)), INSETS[name])


def text_look(layout: SlideLayout, shape: LayoutPlaceholder, colours: Colours) -> TextLook | None:
    """Return the style of the first level of a placeholder's text; None where it has no place."""
    area = text_area(shape)
    return style_of(layout, shape, colours, area) if area is not None else None


def style_of(layout: SlideLayout, shape: LayoutPlaceholder, colours: Colours, area: Area, level: int = 1) -> TextLook:
    """Return the style of a level of a placeholder's text in ``area``, its size as PowerPoint paints it."""
    levels = list(level_styles(layout, shape, level))
    runs = [run for level in levels if (run := level.find(qn("a:defRPr"))) is not None]
    fills = (run.find(qn("a:solidFill")) for run in runs)
    colour = next((found for fill in fills if fill is not None and (found := colours.of(fill))), None)
    bodies = [body for element in shape.chain if (body := element.find(f".//{qn('a:bodyPr')}")) is not None]
    centred = next((body.get("anchorCtr") for body in bodies if body.get("anchorCtr")), "0") in ("1", "true")
    left, top, right, bottom = (value / EMU_PER_POINT for value in insets(shape))
    margins = margins_of(levels) if kind_of(shape) in TITLES else (0.0, 0.0)
    fill, opacity = fill_of(shape, colours)
    return TextLook(
        replace(area, x=area.x + margins[0], width=max(area.width - sum(margins), 0.0)),
        colour[0] if colour else colours.named("tx1"),
        whole_points(next((int(run.get("sz")) / 100 for run in runs if run.get("sz")), 18.0)),
        first_is(runs, "b", "1", "true"),
        first_is(runs, "cap", "all"),
        "center"
        if centred
        else next((ALIGN.get(level.get("algn"), "left") for level in levels if level.get("algn")), "left"),
        next((ANCHOR.get(body.get("anchor"), "top") for body in bodies if body.get("anchor")), "top"),
        next((int(run.get("spc")) / 100 for run in runs if run.get("spc")), 0.0),
        face_of(layout, runs),
        italic=first_is(runs, "i", "1", "true"),
        fill=fill,
        opacity=opacity,
        insets=(left, top, right, bottom),
        margins=margins,
    )


def margins_of(levels: list[Any]) -> tuple[float, float]:
    """Return how far inside of its place text of these styles, the nearest first, stands from the left and right, in
    points; nothing where its first line begins elsewhere than the others, which slides put right."""
    margin, indent = (
        next((int(level.get(name)) for level in levels if level.get(name)), 0) for name in ("marL", "indent")
    )
    from_right = next((level.get("rtl") for level in levels if level.get("rtl")), "0") in ("1", "true")
    wide = 0.0 if indent else max(margin, 0) / EMU_PER_POINT
    return (0.0, wide) if from_right else (wide, 0.0)


def face_of(layout: SlideLayout, runs: list[Any]) -> str:
    """Return the face that styles name where it is the theme's for headings, and not that of text; '' else."""
    latin = next((found for run in runs if (found := run.find(qn("a:latin"))) is not None), None)
    heads, texts = theme_font(layout.master, "majorFont"), theme_font(layout.master, "minorFont")
    return heads if latin is not None and latin.get("typeface") == "+mj-lt" and heads != texts else ""


def fill_of(shape: LayoutPlaceholder, colours: Colours) -> tuple[str, float]:
    """Return the colour ``#rrggbb`` that a placeholder is filled with, the first one of a gradient, and its opacity; ''
    for none."""
    for element in shape.chain:
        properties = element.find(qn("p:spPr"))
        for child in properties if properties is not None else ():
            if child.tag == qn("a:noFill"):
                return "", 1.0
            if child.tag in (qn("a:solidFill"), qn("a:gradFill")):
                stop = next(child.iter(qn("a:gs")), child)
                found = colours.of(stop)
                return found if found is not None and found[1] > SEEN else ("", 1.0)
    return "", 1.0


def first_is(runs: list[Any], name: str, *values: str) -> bool:
    """Return whether the nearest of some run properties that gives an attribute gives one of ``values``."""
    return next((run.get(name) in values for run in runs if run.get(name)), False)


def level_styles(layout: SlideLayout, shape: LayoutPlaceholder, level: int) -> Iterator[Any]:
    """Yield the ``a:lvlNpPr`` that style a level of a placeholder, the nearest first."""
    name = qn(f"a:lvl{level}pPr")
    for element in shape.chain:
        yield from element.iter(name)
    kind = kind_of(shape)
    style = "titleStyle" if kind in TITLES else "otherStyle" if kind in ("ftr", "sldNum", "dt") else "bodyStyle"
    for place in layout.master.element.iter(qn(f"p:{style}")):
        yield from place.iter(name)


def text_style(layout: SlideLayout, level: int, shape: LayoutPlaceholder | None) -> tuple[float, float]:
    """Return size and left indent in points of a placeholder's level, by itself or from the master; 0 for none."""
    found = list(level_styles(layout, shape, level)) if shape is not None else []
    sizes = (properties.find(qn("a:defRPr")) for properties in found)
    size = next((int(run.get("sz")) / 100 for run in sizes if run is not None and run.get("sz")), 0.0)
    indent = next((int(properties.get("marL")) / EMU_PER_POINT for properties in found if properties.get("marL")), 0.0)
    return size, indent


def strip_area(layout: SlideLayout) -> Area | None:
    """Return where a layout or its master has a shape named ``Progress``; None without one."""
    for sheet in (layout, layout.master):
        for shape in sheet.shapes:
            name, frame = shape.find(f".//{qn('p:cNvPr')}"), shape.find(f"{qn('p:spPr')}/{qn('a:xfrm')}")
            if frame is not None and name is not None and str(name.get("name", "")).strip().casefold() == STRIP:
                off, ext = frame.find(qn("a:off")), frame.find(qn("a:ext"))
                values = (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))
                return Area(*(int(value) / EMU_PER_POINT for value in values))
    return None


def theme_font(master: SlideMaster, kind: str) -> str:
    """Return the Latin face of ``majorFont`` or ``minorFont`` of a master's theme; Arial where it names none."""
    latin = master.theme.find(f".//{qn(f'a:{kind}')}/{qn('a:latin')}") if master.theme is not None else None
    return str(latin.get("typeface") or "Arial") if latin is not None else "Arial"

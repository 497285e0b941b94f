"""What a template gives and what becomes of it, in lines: layouts, places, type, colours, what gives way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from builder.commands.outcome import FINE
from builder.commands.template.pictures import write_pictures
from builder.deck.geometry import Geometry, Sizes
from builder.errors import NOWHERE
from builder.pptx.template.layouts import LAYOUT_TYPES
from builder.pptx.template.reading import Template, read_template, template_path
from builder.typeset import fonts

PICTURES = Path("_build") / "templates"
"""Folder of the sheets with pictures, below the current one."""


def run_check_template(name: str) -> int:
    """Print what a template gives and draw each kind of slide in it; returns the exit status."""
    folder = Path.cwd()
    path = template_path(name, folder, NOWHERE)
    template = read_template(path, NOWHERE)
    print("\n".join(report(path.name, template)))
    pictures = folder / PICTURES / f"{path.stem}.pdf"
    pictures.parent.mkdir(parents=True, exist_ok=True)
    for error in write_pictures(template, name, pictures):
        print(f"  does not fit: {error.message}")
    print(f"  pictures of each kind of slide: {pictures}")
    return FINE


def report(name: str, template: Template) -> Iterator[str]:
    """Yield what a template gives: its layouts by kind of slide with what they were known by, places, fonts, sizes and
    colours, and what is changed or left out on slides."""
    geometry = template.geometry
    yield f"{name}: {geometry.width / 72:.2f} × {geometry.height / 72:.2f} in, font {geometry.font}"
    for role in LAYOUT_TYPES:
        match = template.matches.get(role)
        found = f"{match.name} (by {match.by})" if match is not None and match.by != "stand-in" else ""
        stand_in = f"none; {match.name} stands in" if match is not None else "none"
        yield f"  {role.replace('_', ' '):<11} {found or stand_in}"
    for what, area in (("titles", geometry.title), ("content", geometry.content)):
        yield f"  {what} at {area.x:.0f}, {area.y:.0f} pt, {area.width:.0f} × {area.height:.0f} pt"
    yield f"  colours {' '.join(template.colours.values())}"
    yield from of_sizes(geometry)
    yield from of_places(geometry)
    yield from of_colours(template)
    yield from (f"  hidden: {sentence}" for sentence in template.hidden)
    for font in dict.fromkeys((geometry.font, geometry.title_font or geometry.font)):
        if not fonts.is_measurable(font):
            yield f"  the font {fonts.not_here(font)}"
    if template.taken_out:
        yield f"  left out: {', '.join(template.taken_out)}"
    if template.not_shown:
        yield f"  pictures that the PDF of a deck lacks: {'; '.join(template.not_shown)}"


def of_sizes(geometry: Geometry) -> Iterator[str]:
    """Yield the sizes of type, and which of the template's are not followed."""
    sizes, usual = geometry.sizes, Sizes()
    yield f"  type: titles {sizes.title:g} pt, text {sizes.body:g} pt, not below {sizes.body_floor:g} pt"
    own = {
        name: geometry.looks["content"].texts[place].size for name, place in (("titles", "title"), ("text", "content"))
    }
    for name, wanted in (("titles", sizes.title), ("text", sizes.body)):
        if own[name] != wanted:
            why = "too large for sentences" if own[name] > wanted else "too small for a room"
            yield f"  {name}: {own[name]:g} pt in the template, {why}: {wanted:g} pt is where slides begin"
    if sizes.title_floor < usual.title_floor:
        yield f"  titles are set down to {sizes.title_floor:g} pt, since their place is low"
    for sentence in geometry.advice.values():
        yield f"  to mend: {sentence}"


def of_places(geometry: Geometry) -> Iterator[str]:
    """Yield what stands elsewhere than in the template, or gives way to what is drawn there."""
    for role in ("title", "section", "content"):
        for name, text in geometry.looks[role].texts.items():
            if text.moved:
                area = text.area
                where = f"{area.x:.0f}, {area.y:.0f} pt, {area.width:.0f} × {area.height:.0f} pt"
                yield f"  moved: the {name} of {role} slides stands at {where}"
    if geometry.strip is None:
        yield "  left out: the strip that shows where we are, for which there is no free room at the foot"


def of_colours(template: Template) -> Iterator[str]:
    """Yield which colours could not be read where they stand, and what slides have instead."""
    for name, colour in template.repainted.items():
        if colour.startswith("#"):
            what = {"tx1": "text", "bg2": "panels", "hlink": "links"}.get(name, f"headings in {name.partition('_')[0]}")
            yield f"  contrast: {what} stand in {colour} on the ground {template.colours['ground']}, to be read"
    shown = {"title": ("title", "subtitle"), "section": ("title", "extra"), "content": ("title", "foot", "number")}
    for role, names in shown.items():
        for name in names:
            text = template.geometry.looks[role].texts.get(name)
            if text is not None and text.repainted:
                yield f"  contrast: the {name} of {role} slides would not be read; it is written in {text.colour}"

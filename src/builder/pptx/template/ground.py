"""The drawing of a template behind its text, as one SVG for each layout, for slides without an office program.

Preset shapes (`presets`), free forms, gradients, patterns as their mean colour, shadows and pictures with their crop
are drawn.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from builder.pptx.package.namespaces import qn
from builder.pptx.template.colours import Colours
from builder.pptx.template.effects import shadow_of
from builder.pptx.template.frames import EMU, Frame
from builder.pptx.template.masters import Sheet, SlideLayout
from builder.pptx.template.pictures import as_shown
from builder.pptx.template.presets import LINES, path_of
from builder.pptx.template.shown import drawn_choice, is_hidden
from builder.typeset.contrast import mixed

Box = tuple[float, float, float, float]
Paint = tuple[str, float]
"""SVG paint and opacity: ``none`` for no fill."""


@dataclass(slots=True)
class _Drawing:
    """SVG of one layout being drawn; its ``definitions`` are shared by all of its sheets."""

    colours: Colours
    theme: Any
    sheet: Sheet
    definitions: list[str] = field(default_factory=list)

    def shapes(self, tree: Any, frame: Frame, of_group: Paint | None = None) -> Iterator[str]:
        """Yield the shapes of a tree that are no placeholders, from the back; ``of_group`` is the fill of its group."""
        for shape in tree:
            kind = etree.QName(shape).localname if isinstance(shape.tag, str) else ""
            if kind == "AlternateContent":
                yield from self.shapes(drawn_choice(shape), frame, of_group)
            elif kind == "grpSp":
                properties = shape.find(qn("p:grpSpPr"))
                xfrm = properties.find(qn("a:xfrm")) if properties is not None else None
                fill = (self.fill(properties) if properties is not None else None) or of_group
                inside = "".join(self.shapes(shape, frame.inside(xfrm) if xfrm is not None else frame, fill))
                yield f"<g{placed(frame.box(xfrm), xfrm)}>{inside}</g>" if xfrm is not None else inside
            elif kind in ("sp", "cxnSp", "pic") and shape.find(f".//{qn('p:ph')}") is None and not is_hidden(shape):
                yield self.shape(shape, kind, frame, of_group)

    def shape(self, shape: Any, kind: str, frame: Frame, of_group: Paint | None) -> str:
        """Return the SVG of a shape, '' for one without a place."""
        properties = shape.find(qn("p:spPr"))
        xfrm = properties.find(qn("a:xfrm")) if properties is not None else None
        if xfrm is None or xfrm.find(qn("a:off")) is None:
            return ""
        box = frame.box(xfrm)
        place = placed(box, xfrm)
        if kind == "pic":
            return self.picture(shape.find(qn("p:blipFill")), box, place)
        blip = properties.find(qn("a:blipFill"))
        picture = self.picture(blip, box, place) if blip is not None else ""
        style = shape.find(qn("p:style"))
        look = self.look(properties, style, of_group, is_line=is_line(properties, kind))
        paths = outlines(properties, kind, box)
        drawn = picture + "".join(f"<path d={quoteattr(path)} {look}{place}/>" for path in paths)
        if look.startswith('fill="none"'):
            return drawn
        return self.shadow(properties, style, "".join(f"<path d={quoteattr(path)}{place}/>" for path in paths)) + drawn

    def shadow(self, properties: Any, style: Any, paths: str) -> str:
        """Return the SVG of the shadow that a filled shape casts, '' for none."""
        found = shadow_of(properties, style, self.theme, self.colours)
        if found is None:
            return ""
        name = f"g{len(self.definitions) + 1}"
        self.definitions.append(found.filter(name))
        return found.drawn(paths, name)

    def look(self, properties: Any, style: Any, of_group: Paint | None, *, is_line: bool) -> str:
        """Return fill and outline of a shape: its own, else those of its style or group."""
        own = self.fill(properties)
        grouped = of_group if properties.find(qn("a:grpFill")) is not None else None
        fill = None if is_line else own or grouped or self.from_style(style, "fillRef", "fillStyleLst")
        line = properties.find(qn("a:ln"))
        stroke = self.fill(line) if line is not None else None
        stroke = stroke or self.from_style(style, "lnRef", "lnStyleLst")
        width = int(line.get("w", "9525")) / EMU if line is not None else 0.75
        parts = [f'fill="{fill[0]}" fill-opacity="{fill[1]:.3g}"' if fill else 'fill="none"']
        if stroke and stroke[0] != "none":
            parts.append(f'stroke="{stroke[0]}" stroke-opacity="{stroke[1]:.3g}" stroke-width="{width:.2f}"')
            dash = line.find(qn("a:prstDash")) if line is not None else None
            if dash is not None and dash.get("val", "solid") != "solid":
                long = 1 if "ot" in dash.get("val") else 4
                parts.append(f'stroke-dasharray="{long * width:.2f} {3 * width:.2f}"')
        return " ".join(parts)

    def from_style(self, style: Any, name: str, styles: str) -> Paint | None:
        """Return the paint of a style's reference: that of the theme in the colour of the reference."""
        reference = style.find(qn(f"a:{name}")) if style is not None else None
        index = int(reference.get("idx", "0")) if reference is not None else 0
        if index == 0:
            return None
        colour = self.colours.of(reference)
        if index > 1000:
            styles, index = "bgFillStyleLst", index - 1000
        listed = self.theme.findall(f".//{qn(f'a:{styles}')}/*") if self.theme is not None else []
        own = listed[index - 1] if index <= len(listed) else None
        holder = [own] if own is not None and styles != "lnStyleLst" else own if own is not None else []
        return self.fill(holder, colour[0] if colour else "") or colour

    def fill(self, holder: Any, placeholder: str = "") -> Paint | None:
        """Return the fill in ``holder``; None where it has no such element."""
        for child in holder:
            kind = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if kind == "noFill":
                return "none", 1
            if kind == "solidFill":
                return self.colours.of(child, placeholder)
            if kind == "gradFill":
                return self.gradient(child, placeholder)
            if kind == "pattFill":
                return self.pattern(child, placeholder)
        return None

    def pattern(self, element: Any, placeholder: str) -> Paint | None:
        """Return the mean of the two colours of a pattern."""
        holders = (element.find(qn(name)) for name in ("a:fgClr", "a:bgClr"))
        found = [
            colour for holder in holders if holder is not None and (colour := self.colours.of(holder, placeholder))
        ]
        if len(found) < 2:
            return found[0] if found else None
        pairs = ([int(colour[0][at : at + 2], 16) for colour in found] for at in (1, 3, 5))
        return "#" + "".join(f"{sum(pair) // 2:02x}" for pair in pairs), found[0][1]

    def gradient(self, element: Any, placeholder: str) -> Paint | None:
        """Return the paint of a gradient, which runs along a line or from the middle outwards."""
        found = [(int(stop.get("pos", "0")), self.colours.of(stop, placeholder)) for stop in element.iter(qn("a:gs"))]
        stops = "".join(
            f'<stop offset="{at / 1000:g}%" stop-color="{colour[0]}" stop-opacity="{colour[1]:.3g}"/>'
            for at, colour in sorted(found, key=lambda stop: stop[0])
            if colour
        )
        if not stops:
            return None
        name = f"g{len(self.definitions) + 1}"
        line = element.find(qn("a:lin"))
        if line is None and element.find(qn("a:path")) is not None:
            self.definitions.append(f'<radialGradient id="{name}" r="0.71">{stops}</radialGradient>')
        else:
            turn = int(line.get("ang", "0")) / 60000 if line is not None else 90
            way = f'gradientTransform="rotate({turn:g} 0.5 0.5)"'
            self.definitions.append(f'<linearGradient id="{name}" {way}>{stops}</linearGradient>')
        return f"url(#{name})", 1

    def picture(self, fill: Any, box: Box, place: str = "", sheet: Sheet | None = None) -> str:
        """Return the picture of a ``blipFill`` in a box, '' for one that browsers do not show."""
        x, y, width, height = box
        blip = fill.find(qn("a:blip")) if fill is not None else None
        if blip is None:
            return ""
        found = (sheet or self.sheet).picture(blip.get(qn("r:embed"), ""))
        kind, content = as_shown(*(found or ("", b"")))
        if not content:
            return ""
        alpha = blip.find(qn("a:alphaModFix"))
        opacity = f' opacity="{int(alpha.get("amt", "100000")) / 100000:g}"' if alpha is not None else ""
        crop = fill.find(qn("a:srcRect"))
        left, top, right, bottom = (int(crop.get(side, "0")) / 100000 if crop is not None else 0.0 for side in "ltrb")
        wide, tall = max(1 - left - right, 0.01), max(1 - top - bottom, 0.01)
        shown = f'x="{-left / wide * width:.2f}" y="{-top / tall * height:.2f}" width="{width / wide:.2f}"'
        image = (
            f'<image {shown} height="{height / tall:.2f}" preserveAspectRatio="none" '
            f'href="data:{kind};base64,{base64.b64encode(content).decode()}"/>'
        )
        inside = f'<svg x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}">{image}</svg>'
        return f"<g{place}{opacity}>{inside}</g>"

    def background(self, element: Any, width: float, height: float) -> tuple[str, str]:
        """Return colour and SVG of a ``p:bg``; one of them is ''."""
        properties, reference = element.find(qn("p:bgPr")), element.find(qn("p:bgRef"))
        whole = (0.0, 0.0, width, height)
        if properties is not None:
            blip = properties.find(qn("a:blipFill"))
            if blip is not None:
                return "", self.picture(blip, whole)
            fill = self.fill(properties)
        else:
            colour = self.colours.of(reference) if reference is not None else None
            index = int(reference.get("idx", "0")) - 1001 if reference is not None else -1
            styles = self.theme.findall(f".//{qn('a:bgFillStyleLst')}/*") if self.theme is not None else []
            own = [styles[index]] if 0 <= index < len(styles) else []
            if own and own[0].tag == qn("a:blipFill"):
                return colour[0] if colour else "", self.picture(own[0], whole, sheet=self.sheet.of_theme)
            fill = (self.fill(own, colour[0] if colour else "") if own else None) or colour
        if fill is None or fill[0] == "none":
            return "", ""
        if fill[0].startswith("#"):
            return mixed("#ffffff", fill[0], fill[1]), ""
        return "", f'<rect width="{width:.2f}" height="{height:.2f}" fill="{fill[0]}"/>'


def placed(box: Box, xfrm: Any) -> str:
    """Return the ``transform`` of a shape that is turned or mirrored, '' for one that is not."""
    x, y, width, height = box
    turn = int(xfrm.get("rot", "0")) / 60000
    across, down = (-1 if xfrm.get(name) in ("1", "true") else 1 for name in ("flipH", "flipV"))
    if not turn and across == down == 1:
        return ""
    middle = f"{x + width / 2:.2f} {y + height / 2:.2f}"
    back = f"{-x - width / 2:.2f} {-y - height / 2:.2f}"
    return f' transform="translate({middle}) rotate({turn:g}) scale({across} {down}) translate({back})"'


def is_line(properties: Any, kind: str) -> bool:
    """Return whether a shape is a line, which has no fill."""
    preset = properties.find(qn("a:prstGeom"))
    return kind == "cxnSp" or (preset is not None and preset.get("prst") in LINES)


def outlines(properties: Any, kind: str, box: Box) -> list[str]:
    """Return SVG path data of a shape: of a preset one, or a path for each of a free form."""
    x, y, width, height = box
    paths = properties.findall(f"{qn('a:custGeom')}/{qn('a:pathLst')}/{qn('a:path')}")
    if paths:
        return [outline(path, x, y, width, height) for path in paths]
    preset = properties.find(qn("a:prstGeom"))
    name = preset.get("prst", "rect") if preset is not None else "line" if kind == "cxnSp" else "rect"
    given = {
        str(guide.get("name")): float(guide.get("fmla", "").removeprefix("val "))
        for guide in (preset.iter(qn("a:gd")) if preset is not None else ())
        if guide.get("fmla", "").removeprefix("val ").lstrip("-").isdigit()
    }
    return [shifted(path_of(name, max(width, 0.01), max(height, 0.01), given), x, y)]


def shifted(path: str, x: float, y: float) -> str:
    """Return path data moved by ``x`` and ``y``; radii and flags of arcs stay."""
    out: list[str] = []
    for command in re.findall(r"[MLQAZ][^MLQAZ]*", path):
        values = command[1:].split()
        fixed = values[:5] if command[0] == "A" else []
        points = [float(value) + (x, y)[at % 2] for at, value in enumerate(values[len(fixed) :])]
        out.append(command[0] + " ".join([*fixed, *(f"{value:.2f}" for value in points)]))
    return " ".join(out)


def outline(path: Any, x: float, y: float, width: float, height: float) -> str:
    """Return SVG path data of a free form's ``a:path``."""
    sx, sy = width / (int(path.get("w", "0")) or 1), height / (int(path.get("h", "0")) or 1)
    letters = {"moveTo": "M", "lnTo": "L", "cubicBezTo": "C", "quadBezTo": "Q", "close": "Z"}
    out: list[str] = []
    last = (x, y)
    for command in path:
        if command.tag == qn("a:arcTo") and out:
            out.append(arc(command, last, sx, sy))
            last = arc_end(command, last, sx, sy)
            continue
        letter = letters.get(etree.QName(command).localname)
        points = [(point.get("x"), point.get("y")) for point in command.iter(qn("a:pt"))]
        if letter and all(value.lstrip("-").isdigit() for point in points for value in point):
            out.append(letter + " ".join(f"{x + int(px) * sx:.2f} {y + int(py) * sy:.2f}" for px, py in points))
            last = (x + int(points[-1][0]) * sx, y + int(points[-1][1]) * sy) if points else last
    return " ".join(out)


def arc_of(command: Any, sx: float, sy: float) -> tuple[float, float, float, float]:
    """Return radii of an arc in points, and its first angle and how far it turns in radians; guides count as 0."""
    values = [command.get(name, "0") for name in ("wR", "hR", "stAng", "swAng")]
    numbers = [int(value) if value.lstrip("-").isdigit() else 0 for value in values]
    return numbers[0] * sx, numbers[1] * sy, math.radians(numbers[2] / 60000), math.radians(numbers[3] / 60000)


def arc_end(command: Any, last: tuple[float, float], sx: float, sy: float) -> tuple[float, float]:
    """Return where an arc ends that begins at ``last``."""
    rx, ry, first, turn = arc_of(command, sx, sy)
    end = first + turn
    return last[0] + rx * (math.cos(end) - math.cos(first)), last[1] + ry * (math.sin(end) - math.sin(first))


def arc(command: Any, last: tuple[float, float], sx: float, sy: float) -> str:
    """Return an ``a:arcTo`` as SVG path data; a full turn is drawn in two halves."""
    rx, ry, first, turn = arc_of(command, sx, sy)
    halves = 2 if abs(turn) > 1.99 * math.pi else 1
    out = ""
    for _half in range(halves):
        part = turn / halves
        end = (
            last[0] + rx * (math.cos(first + part) - math.cos(first)),
            last[1] + ry * (math.sin(first + part) - math.sin(first)),
        )
        large, sweep = int(abs(part) > math.pi), int(part > 0)
        out += f"A{rx:.2f} {ry:.2f} 0 {large} {sweep} {end[0]:.2f} {end[1]:.2f} "
        last, first = end, first + part
    return out


def read_ground(layout: SlideLayout, colours: Colours, width: float, height: float) -> tuple[str, str, str]:
    """Return ``#rrggbb`` of a layout's background, an SVG of what stands on it ('' for nothing), and that without
    the background's own picture, for slides with another background; sizes in points."""
    master = layout.master
    drawing = _Drawing(colours, master.theme, layout)
    ground, below = "#ffffff", ""
    for owner in (layout, master):
        background = owner.element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
        if background is not None:
            drawing.sheet = owner
            found, below = drawing.background(background, width, height)
            ground = found or ground
            break
    shapes = ""
    for owner in layout.owners:
        drawing.sheet = owner
        shapes += "".join(drawing.shapes(owner.shapes, Frame()))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.2f} {height:.2f}">'
    head += f"<defs>{''.join(drawing.definitions)}</defs>"
    whole, alone = (f"{head}{body}</svg>" if body else "" for body in (below + shapes, shapes))
    return ground, whole, alone

"""The drawing of a template behind its text, as one SVG for each layout, for slides without an office program.

Rectangles, ellipses, lines, free forms, gradients and pictures are drawn; another preset shape becomes its rectangle.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from builder.pptx.package.namespaces import qn
from builder.pptx.template.colours import Colours
from builder.pptx.template.frames import EMU, Frame
from builder.pptx.template.masters import Sheet, SlideLayout

SHOWN_PICTURES = {"image/png", "image/jpeg", "image/gif", "image/svg+xml"}


@dataclass(slots=True)
class _Drawing:
    """SVG of one layout being drawn."""

    colours: Colours
    theme: Any
    sheet: Sheet
    gradients: int = 0
    definitions: str = ""

    def shapes(self, tree: Any, frame: Frame) -> Iterator[str]:
        """Yield the shapes of a tree that are no placeholders, from the back."""
        for shape in tree:
            kind = etree.QName(shape).localname if isinstance(shape.tag, str) else ""
            if shape.find(f".//{qn('p:ph')}") is not None and kind != "grpSp":
                continue
            if kind == "grpSp":
                xfrm = shape.find(f"{qn('p:grpSpPr')}/{qn('a:xfrm')}")
                yield from self.shapes(shape, frame.inside(xfrm) if xfrm is not None else frame)
            elif kind in ("sp", "cxnSp", "pic"):
                yield self.shape(shape, kind, frame)

    def shape(self, shape: Any, kind: str, frame: Frame) -> str:
        properties = shape.find(qn("p:spPr"))
        xfrm = properties.find(qn("a:xfrm")) if properties is not None else None
        if xfrm is None:
            return ""
        x, y, width, height = frame.box(xfrm)
        turn = int(xfrm.get("rot", "0")) / 60000
        turned = f' transform="rotate({turn:g} {x + width / 2:.2f} {y + height / 2:.2f})"' if turn else ""
        if kind == "pic":
            return self.picture(shape.find(f".//{qn('a:blip')}"), (x, y, width, height), turned)
        look = self.look(properties, shape.find(qn("p:style")))
        preset = properties.find(qn("a:prstGeom"))
        name = preset.get("prst", "rect") if preset is not None else ""
        if name == "line" or kind == "cxnSp":
            y1, y2 = (y + height, y) if xfrm.get("flipV") == "1" else (y, y + height)
            return f'<line x1="{x:.2f}" y1="{y1:.2f}" x2="{x + width:.2f}" y2="{y2:.2f}" {look}{turned}/>'
        if name == "ellipse":
            rx, ry = width / 2, height / 2
            return f'<ellipse cx="{x + rx:.2f}" cy="{y + ry:.2f}" rx="{rx:.2f}" ry="{ry:.2f}" {look}{turned}/>'
        paths = properties.findall(f"{qn('a:custGeom')}/{qn('a:pathLst')}/{qn('a:path')}")
        if paths:
            return "".join(
                f"<path d={quoteattr(outline(path, x, y, width, height))} {look}{turned}/>" for path in paths
            )
        round_ = f' rx="{min(width, height) / 6:.2f}"' if name == "roundRect" else ""
        return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"{round_} {look}{turned}/>'

    def look(self, properties: Any, style: Any) -> str:
        """Return fill and outline of a shape: its own, else those of its style."""
        fill = self.fill(properties) or self.from_style(style, "fillRef")
        line = properties.find(qn("a:ln"))
        stroke = self.fill(line) if line is not None else None
        if stroke is None and (line is None or line.find(qn("a:noFill")) is None):
            stroke = self.from_style(style, "lnRef")
        width = int(line.get("w", "9525")) / EMU if line is not None else 0.75
        parts = [f'fill="{fill[0]}" fill-opacity="{fill[1]:.3g}"' if fill else 'fill="none"']
        if stroke and stroke[0] != "none":
            parts.append(f'stroke="{stroke[0]}" stroke-opacity="{stroke[1]:.3g}" stroke-width="{width:.2f}"')
        return " ".join(parts)

    def from_style(self, style: Any, name: str) -> tuple[str, float] | None:
        reference = style.find(qn(f"a:{name}")) if style is not None else None
        return self.colours.of(reference) if reference is not None and reference.get("idx") != "0" else None

    def fill(self, holder: Any, placeholder: str = "") -> tuple[str, float] | None:
        """Return SVG paint and opacity of the fill in ``holder``: ``none`` for no fill, None where it has no such
        element."""
        for child in holder:
            kind = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if kind == "noFill":
                return "none", 1
            if kind == "solidFill":
                return self.colours.of(child, placeholder)
            if kind == "gradFill":
                return self.gradient(child, placeholder)
        return None

    def gradient(self, element: Any, placeholder: str) -> tuple[str, float] | None:
        stops = []
        for stop in element.iter(qn("a:gs")):
            colour = self.colours.of(stop, placeholder)
            if colour:
                stops.append(
                    f'<stop offset="{int(stop.get("pos")) / 1000:g}%" stop-color="{colour[0]}" '
                    f'stop-opacity="{colour[1]:.3g}"/>'
                )
        if not stops:
            return None
        self.gradients += 1
        line = element.find(qn("a:lin"))
        turn = int(line.get("ang", "0")) / 60000 if line is not None else 90
        self.definitions += (
            f'<linearGradient id="g{self.gradients}" gradientTransform="rotate({turn:g} 0.5 0.5)">'
            f"{''.join(stops)}</linearGradient>"
        )
        return f"url(#g{self.gradients})", 1

    def picture(self, blip: Any, box: tuple[float, float, float, float], turned: str = "") -> str:
        """Return a picture in a box, '' for one that browsers do not show."""
        x, y, width, height = box
        found = self.sheet.picture(blip.get(qn("r:embed"), "")) if blip is not None else None
        if found is None or found[0] not in SHOWN_PICTURES:
            return ""
        kind, content = found
        return (
            f'<image x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" preserveAspectRatio="none" '
            f'href="data:{kind};base64,{base64.b64encode(content).decode()}"{turned}/>'
        )

    def background(self, element: Any, width: float, height: float) -> tuple[str, str]:
        """Return colour and SVG of a ``p:bg``; one of them is ''."""
        properties, reference = element.find(qn("p:bgPr")), element.find(qn("p:bgRef"))
        if properties is not None:
            blip = properties.find(f"{qn('a:blipFill')}/{qn('a:blip')}")
            if blip is not None:
                return "", self.picture(blip, (0, 0, width, height))
            fill = self.fill(properties)
        else:
            colour = self.colours.of(reference) if reference is not None else None
            index = int(reference.get("idx", "0")) - 1001 if reference is not None else -1
            styles = self.theme.findall(f".//{qn('a:bgFillStyleLst')}/*") if self.theme is not None else []
            own = [styles[index]] if 0 <= index < len(styles) else []
            fill = (self.fill(own, colour[0] if colour else "") if own else None) or colour
        if fill is None or fill[0] == "none":
            return "", ""
        if fill[0].startswith("#"):
            return fill[0], ""
        return "", f'<rect width="{width:.2f}" height="{height:.2f}" fill="{fill[0]}"/>'


def outline(path: Any, x: float, y: float, width: float, height: float) -> str:
    """Return SVG path data of a free form's ``a:path``."""
    sx, sy = width / (int(path.get("w", "0")) or 1), height / (int(path.get("h", "0")) or 1)
    letters = {"moveTo": "M", "lnTo": "L", "cubicBezTo": "C", "quadBezTo": "Q", "close": "Z"}
    out = []
    for command in path:
        letter = letters.get(etree.QName(command).localname)
        points = [(point.get("x"), point.get("y")) for point in command.iter(qn("a:pt"))]
        if letter and all(value.lstrip("-").isdigit() for point in points for value in point):
            out.append(letter + " ".join(f"{x + int(px) * sx:.2f} {y + int(py) * sy:.2f}" for px, py in points))
    return " ".join(out)


def read_ground(layout: SlideLayout, colours: Colours, width: float, height: float) -> tuple[str, str]:
    """Return ``#rrggbb`` of a layout's background, and an SVG of what stands on it ('' for nothing); sizes in
    points."""
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
    owners = (master, layout) if layout.element.get("showMasterSp") != "0" else (layout,)
    body = below
    for owner in owners:
        drawing = replace(drawing, sheet=owner)
        body += "".join(drawing.shapes(owner.shapes, Frame()))
    if not body:
        return ground, ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.2f} {height:.2f}">'
    return ground, f"{head}<defs>{drawing.definitions}</defs>{body}</svg>"

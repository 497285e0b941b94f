"""Colours of DrawingML → six hex digits: theme names through the master's map, and what changes them (ECMA-376 part
1, 20.1.2.3)."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from PIL import ImageColor

from builder.pptx.package.namespaces import qn
from builder.pptx.template.masters import SlideLayout, SlideMaster
from builder.typeset.contrast import channel_of, light_of

SHORT = {"dk": "dark", "lt": "light", "med": "medium"}
"""How names of colours begin in DrawingML → in CSS, which has the same."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Theme colours by name, and what a master or layout takes for ``tx1``, ``bg1`` and so on."""

    theme: Mapping[str, str]
    mapped: Mapping[str, str]

    def named(self, name: str) -> str:
        """Return ``#rrggbb`` of a theme colour or of a role such as ``tx1``; black for an unknown one."""
        return self.theme.get(self.mapped.get(name, name), "#000000")

    def of(self, holder: Any, placeholder: str = "") -> tuple[str, float] | None:
        """Return ``#rrggbb`` and opacity of the colour in ``holder`` (a ``solidFill`` and the like); None for no
        colour.

        ``placeholder`` is the colour that ``phClr`` stands for.
        """
        element = next((child for child in holder if isinstance(child.tag, str)), None)
        if element is None:
            return None
        kind, value = etree.QName(element).localname, element.get("val", "")
        if kind == "schemeClr":
            base = placeholder if value == "phClr" and placeholder else self.named(value)
        elif kind == "sysClr":
            base = "#" + element.get("lastClr", "000000")
        elif kind == "prstClr":
            base = preset(value)
        elif kind == "srgbClr":
            base = "#" + value
        else:
            return None
        return changed(base.lower(), element)


def preset(name: str) -> str:
    """Return ``#rrggbb`` of a colour by its name (ECMA-376 part 1, 20.1.10.47); black for an unknown one."""
    short = next((short for short in SHORT if re.match(f"{short}[A-Z]", name)), "")
    full = SHORT.get(short, "") + name[len(short) :]
    if full.lower() not in ImageColor.colormap:
        return "#000000"
    return "#{:02x}{:02x}{:02x}".format(*ImageColor.getrgb(full))


def changed(colour: str, element: Any) -> tuple[str, float]:
    """Return ``colour`` with the changes that ``element`` holds, and its opacity."""
    red, green, blue = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    opacity = 1.0
    for child in element:
        share = int(child.get("val", "100000")) / 100000
        name = etree.QName(child).localname
        if name == "alpha":
            opacity = share
        elif name in ("lumMod", "lumOff", "satMod"):
            hue, light, rich = colorsys.rgb_to_hls(red, green, blue)
            light = light * share if name == "lumMod" else light + share if name == "lumOff" else light
            rich = rich * share if name == "satMod" else rich
            red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), min(max(rich, 0), 1))
        elif name in ("shade", "tint"):
            white = 1 - share if name == "tint" else 0.0
            lights = (light_of(round(part * 255)) * share + white for part in (red, green, blue))
            red, green, blue = (channel_of(light) / 255 for light in lights)
    return "#" + "".join(f"{round(part * 255):02x}" for part in (red, green, blue)), opacity


def read_colours(master: SlideMaster, layout: SlideLayout) -> Colours:
    """Return the colours of a layout of a master, which may map them anew (``clrMapOvr``)."""
    scheme = master.theme.find(f".//{qn('a:clrScheme')}") if master.theme is not None else None
    theme: dict[str, str] = {}
    for entry in scheme if scheme is not None else ():
        value = entry[0].get("lastClr") or entry[0].get("val") or "000000"
        theme[etree.QName(entry).localname] = f"#{value.lower()}"
    maps = master.element.find(qn("p:clrMap")), layout.element.find(f".//{qn('a:overrideClrMapping')}")
    return Colours(theme, {str(key): str(value) for found in maps if found is not None for key, value in found.items()})

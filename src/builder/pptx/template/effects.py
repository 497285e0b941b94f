"""Shadows that shapes of a template cast (ECMA-376 part 1, 20.1.8.45), their own or those of their style → SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from builder.pptx.package.namespaces import qn
from builder.pptx.template.colours import Colours
from builder.pptx.template.frames import EMU

SIGMA = 0.5
"""Standard deviation of a blur, in its radii."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """How far a shadow falls and how soft it is, in points, and its paint."""

    across: float
    down: float
    sigma: float
    colour: str
    opacity: float

    def filter(self, name: str) -> str:
        """Return the SVG filter that softens it; '' for a hard one."""
        room = 'x="-50%" y="-50%" width="200%" height="200%"'
        blur = f'<feGaussianBlur stdDeviation="{self.sigma:.2f}"/>'
        return f'<filter id="{name}" {room}>{blur}</filter>' if self.sigma else ""

    def drawn(self, paths: str, name: str) -> str:
        """Return the shadow of SVG ``paths`` that give no paint of their own, softened by the filter ``name``."""
        soft = f' filter="url(#{name})"' if self.sigma else ""
        move = f'transform="translate({self.across:.2f} {self.down:.2f})"'
        return f'<g {move} fill="{self.colour}" fill-opacity="{self.opacity:.3g}"{soft}>{paths}</g>'


def shadow_of(properties: Any, style: Any, theme: Any, colours: Colours) -> Shadow | None:
    """Return the outer shadow of a shape; None where it casts none."""
    own = properties.find(qn("a:effectLst"))
    reference = style.find(qn("a:effectRef")) if style is not None and own is None else None
    found = own.find(qn("a:outerShdw")) if own is not None else of_theme(reference, theme)
    if found is None:
        return None
    of_style = colours.of(reference) if reference is not None else None
    paint = colours.of(found, of_style[0] if of_style else "")
    if paint is None:
        return None
    away, angle = int(found.get("dist", "0")) / EMU, math.radians(int(found.get("dir", "0")) / 60000)
    sigma = int(found.get("blurRad", "0")) / EMU * SIGMA
    return Shadow(away * math.cos(angle), away * math.sin(angle), sigma, *paint)


def of_theme(reference: Any, theme: Any) -> Any | None:
    """Return the outer shadow of the effect of a theme that a style refers to; None where there is none."""
    index = int(reference.get("idx", "0")) if reference is not None else 0
    styles = theme.findall(f".//{qn('a:effectStyleLst')}/{qn('a:effectStyle')}") if theme is not None else []
    return styles[index - 1].find(f"{qn('a:effectLst')}/{qn('a:outerShdw')}") if 0 < index <= len(styles) else None

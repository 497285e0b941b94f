"""Where shapes stand on a slide, those of groups too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from builder.pptx.package.namespaces import qn

EMU = 12700
"""English metric units in a point."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How the lengths of a group lie on the slide: scale and shift, in points."""

    sx: float = 1
    sy: float = 1
    dx: float = 0
    dy: float = 0

    def box(self, xfrm: Any) -> tuple[float, float, float, float]:
        """Return place and size of a shape on the slide."""
        off, ext = xfrm.find(qn("a:off")), xfrm.find(qn("a:ext"))
        x, y, width, height = (int(value) / EMU for value in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy")))
        return x * self.sx + self.dx, y * self.sy + self.dy, width * self.sx, height * self.sy

    def inside(self, xfrm: Any) -> Frame:
        """Return the frame of what stands in a group."""
        x, y, width, height = self.box(xfrm)
        off, ext = xfrm.find(qn("a:chOff")), xfrm.find(qn("a:chExt"))
        if off is None or ext is None:
            return self
        sx, sy = width / (int(ext.get("cx")) / EMU or 1), height / (int(ext.get("cy")) / EMU or 1)
        return Frame(sx, sy, x - int(off.get("x")) / EMU * sx, y - int(off.get("y")) / EMU * sy)

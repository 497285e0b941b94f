"""Small pieces of DrawingML: lengths, fills, identifiers. All text goes through `store.text.escaped` or `attribute`."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from xml.sax.saxutils import quoteattr

from builder.pptx.package.namespaces import URIS
from builder.store.text import clean

NAMESPACES = " ".join(f'xmlns:{prefix}="{URIS[prefix]}"' for prefix in ("a", "r", "p"))
A14 = "http://schemas.microsoft.com/office/drawing/2010/main"
A16, P14, MC = URIS["a16"], URIS["p14"], URIS["mc"]
P159 = "http://schemas.microsoft.com/office/powerpoint/2015/09/main"


@lru_cache(maxsize=4096)
def attribute(text: str) -> str:
    """An attribute value with its quotes, on one line."""
    return quoteattr(clean(text).replace("\n", " "))


def emu(points: float) -> int:
    """Points as English Metric Units."""
    return round(points * 12700)


def transform(x: float, y: float, width: float, height: float, tag: str = "a:xfrm") -> str:
    """Position and size, given in points."""
    size = f'<a:ext cx="{emu(max(width, 0))}" cy="{emu(max(height, 0))}"/>'
    return f'<{tag}><a:off x="{emu(x)}" y="{emu(y)}"/>{size}</{tag}>'


TREE_HEAD = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/>'
    "</a:xfrm></p:grpSpPr>"
)
"""What every ``p:spTree`` begins with."""


def number_from(*parts: object) -> int:
    """A 32-bit number above 0 that depends only on ``parts``."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:4], "big") or 1


def guid_from(*parts: object) -> str:
    """A GUID in braces that depends only on ``parts``."""
    found = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest().upper()
    variant = "89AB"[int(found[16], 16) % 4]  # version 4, RFC 9562
    return f"{{{found[:8]}-{found[8:12]}-4{found[13:16]}-{variant}{found[17:20]}-{found[20:32]}}}"


def solid(colour: str, opacity: float = 1) -> str:
    """A solid fill: six hex digits, or the name of a theme colour."""
    kind, value = ("srgbClr", colour.upper()) if re.fullmatch(r"[0-9a-fA-F]{6}", colour) else ("schemeClr", colour)
    alpha = f'<a:alpha val="{round(opacity * 100000)}"/>' if opacity < 1 else ""
    return (
        f'<a:solidFill><a:{kind} val="{value}">{alpha}</a:{kind}></a:solidFill>'
        if alpha
        else f'<a:solidFill><a:{kind} val="{value}"/></a:solidFill>'
    )


class SlideIds:
    """Hands out shape ids on one slide, from 2, and creation ids that are stable across builds."""

    def __init__(self, deck: str, slide: str) -> None:
        self.deck, self.slide = deck, slide
        self._last = 1

    def properties(
        self, name: str, description: str = "", *, decorative: bool = False, click: str = "", address: str = ""
    ) -> str:
        """``p:cNvPr`` for the next shape; ``click`` is the relationship of a slide that a click on it leads to,
        ``address`` that of an address.
        """
        self._last += 1
        extension = (
            f'<a:ext uri="{{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}}"><a16:creationId xmlns:a16="{A16}" '
            f'id="{guid_from(self.deck, self.slide, self._last, name)}"/></a:ext>'
        )
        if decorative:
            extension += (
                '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
                'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
            )
        jump = f'<a:hlinkClick r:id="{click}" action="ppaction://hlinksldjump"/>' if click else ""
        jump += f'<a:hlinkClick r:id="{address}"/>' if address else ""
        described = f" descr={attribute(description)}" if description else ""
        inside = f"{jump}<a:extLst>{extension}</a:extLst>"
        return f'<p:cNvPr id="{self._last}" name={attribute(name)}{described}>{inside}</p:cNvPr>'

    def go_back_to(self, last: int) -> None:
        """Give the ids behind ``last`` out again, to a second form of the same shapes."""
        self._last = last

    @property
    def last(self) -> int:
        """The id given last."""
        return self._last


ROLES = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}
"""Names of the theme's colours → those that the map of a layout's colours gives to them."""


def background_of(value: str) -> str:
    """A background colour: a theme name, which is what the layout takes for it, or six hex digits."""
    fill = solid(ROLES.get(value, value).lstrip("#"))
    return f"<p:bg><p:bgPr>{fill}<a:effectLst/></p:bgPr></p:bg>" if value else ""

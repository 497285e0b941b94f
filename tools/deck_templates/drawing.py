"""PresentationML of the pieces that a layout is made of. Lengths are in inches, sizes of type in points."""

# One call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from xml.sax.saxutils import quoteattr

EMU = 914400
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
EMPTY = '<a:p><a:endParaRPr lang="en-US"/></a:p>'
INDENT = 254000
"""EMU by which each level of bullets stands further in: the fit measures with as much."""

Box = tuple[float, float, float, float]
"""Left, top, width and height."""


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set: size, colour of the theme, weight, side, which of the theme's faces, spacing in points."""

    size: float
    colour: str = "tx1"
    bold: bool = False
    italic: bool = False
    align: str = "l"
    head: bool = False
    capitals: bool = False
    spacing: float = 0


def emu(inches: float) -> int:
    """Inches in English Metric Units."""
    return round(inches * EMU)


def xfrm(box: Box) -> str:
    """Place and size."""
    x, y, width, height = map(emu, box)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def scheme(colour: str) -> str:
    """A fill in a colour of the theme, or in six digits."""
    if len(colour) == 6 and colour.isupper():
        return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'


def level(number: int, look: Type, *, mark: str = "", indent: int = 0) -> str:
    """The properties of a level of text; with a ``mark`` it is a list, whose paragraphs stand a third of a line apart."""
    left, hanging = (indent * number, -indent) if mark else (0, 0)
    before = round(look.size * 1.2 / 3 * 100) if mark else 0
    flags = (' b="1"' if look.bold else ' b="0"') + (' i="1"' if look.italic else "")
    flags += ' cap="all"' if look.capitals else ""
    flags += f' spc="{round(look.spacing * 100)}"' if look.spacing else ""
    face = "mj" if look.head else "mn"
    return (
        f'<a:lvl{number}pPr marL="{left}" indent="{hanging}" algn="{look.align}" defTabSz="914400" rtl="0" eaLnBrk="1" '
        'latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="{before}"/></a:spcBef>{mark or "<a:buNone/>"}'
        f'<a:defRPr sz="{round(look.size * 100)}"{flags} kern="1200">{scheme(look.colour)}<a:latin typeface="+{face}-lt"/>'
        f'<a:ea typeface="+{face}-ea"/><a:cs typeface="+{face}-cs"/></a:defRPr></a:lvl{number}pPr>'
    )


def bullet(char: str, colour: str) -> str:
    """A bullet, in a face that every machine has."""
    return f'<a:buClr><a:schemeClr val="{colour}"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="{char}"/>'


def prompt(*lines: str) -> str:
    """What a placeholder says where nothing stands in it, a level a line."""
    return "".join(
        f'<a:p><a:pPr lvl="{index}"/><a:r><a:rPr lang="en-US"/><a:t>{line}</a:t></a:r></a:p>'
        for index, line in enumerate(lines)
    )


def named(name: str) -> str:
    """The name of a shape; `tree` counts its id."""
    return f'<p:cNvPr id="" name={quoteattr(name)}/>'


def placeholder(
    name: str,
    ph: str,
    box: Box | None,
    text: str,
    look: Type | None = None,
    *,
    anchor: str = "t",
    fill: str = "",
    inset: float = 0,
) -> str:
    """A placeholder; without a box it has that of the master. All of its levels look alike, on its own ground."""
    paint = scheme(fill) if fill else ""
    geometry = f'{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{paint}' if box else ""
    edge = emu(inset)
    levels = range(1, 6 if 'type="body"' in ph or 'type="subTitle"' in ph else 2)
    style = "".join(level(one, look) for one in levels) if look is not None else ""
    return (
        f'<p:sp><p:nvSpPr>{named(name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {ph}/></p:nvPr></p:nvSpPr><p:spPr>{geometry}</p:spPr><p:txBody>"
        f'<a:bodyPr vert="horz" wrap="square" lIns="{edge}" tIns="{edge}" rIns="{edge}" bIns="{edge}" '
        f'rtlCol="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>{text}</p:txBody></p:sp>'
    )


def shape(name: str, box: Box, fill: str = "", *, line: str = "", kind: str = "rect", points: float = 1) -> str:
    """A shape without text, filled or outlined in colours of the theme."""
    return drawn(name, box, f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>', fill, line, points)


def stroke(name: str, box: Box, path: str, line: str, points: float) -> str:
    """A line by hand: ``path`` are the commands of a free form that is 1,000 wide and 100 high."""
    geometry = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="1000" h="100" fill="none">{path}</a:path></a:pathLst></a:custGeom>'
    )
    return drawn(name, box, geometry, "", line, points)


def drawn(name: str, box: Box, geometry: str, fill: str, line: str, points: float) -> str:
    """A shape that belongs to a layout."""
    paint = scheme(fill) if fill else "<a:noFill/>"
    edge = (
        f'<a:ln w="{round(points * 12700)}" cap="rnd">{scheme(line)}<a:round/></a:ln>'
        if line
        else "<a:ln><a:noFill/></a:ln>"
    )
    return (
        f'<p:sp><p:nvSpPr>{named(name)}<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f"<p:spPr>{xfrm(box)}{geometry}{paint}{edge}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>{EMPTY}</p:txBody></p:sp>"
    )


def words(name: str, box: Box, text: str, look: Type) -> str:
    """Words that belong to a layout, and that nobody fills in."""
    return drawn(name, box, '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>', "", "", 1).replace(
        f"<a:bodyPr/><a:lstStyle/>{EMPTY}",
        '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle>{level(1, look)}</a:lstStyle>{prompt(text)}",
    )


def tree(*shapes: str) -> str:
    """The shapes of a slide, a layout or a master, from the back; their ids are counted."""
    ids = count(1)
    written = (
        f"<p:spTree><p:nvGrpSpPr>{named('')}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>"
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        + "".join(shapes)
        + "</p:spTree>"
    )
    return re.sub('(?<=<p:cNvPr id=)""', lambda _empty: f'"{next(ids)}"', written)


def background(colour: str) -> str:
    """The ground of a slide, in a colour of the theme."""
    return f"<p:bg><p:bgPr>{scheme(colour)}<a:effectLst/></p:bgPr></p:bg>"

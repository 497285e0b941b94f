"""Writes src/builder/pptx/templates/: the deck templates of this project, from the measures and looks below.

Run it after a change here and commit both: ``python tools/make_templates.py``. Masters, layouts, theme and
notes master are plain parts; nothing of another template is taken over.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/builder/pptx/templates"
EMU = 914400
WIDTH, HEIGHT = 12192000, 6858000
LEFT = 0.75
WIDE = 11.833
CONTENT_TOP, CONTENT_BOTTOM = 1.75, 6.6

NAMES = (
    "dk1",
    "lt1",
    "dk2",
    "lt2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)


@dataclass(frozen=True, slots=True)
class Look:
    """What sets one template apart: theme colours in the order of ``NAMES``, type sizes in points, light on dark or
    not.
    """

    name: str
    colours: str
    title: float = 32
    body: float = 22
    dark: bool = False
    opening: tuple[str, str, str, str] = ("accent1", "bg1", "bg1", "bg2")
    """Colours of the title slide: ground, title and bar, subtitle, the book's name."""
    band: float = 0
    """Inches of a band along the left edge of every slide, which stands for the bar above titles; 0 for the bar."""

    @property
    def colour_map(self) -> str:
        """Attributes of the master's ``clrMap``: a dark template takes the theme's light colours for text."""
        pairs = ("bg1", "dk1"), ("tx1", "lt1"), ("bg2", "dk2"), ("tx2", "lt2")
        light = ("bg1", "lt1"), ("tx1", "dk1"), ("bg2", "lt2"), ("tx2", "dk2")
        same = tuple((name, name) for name in NAMES[4:])
        return " ".join(f'{role}="{name}"' for role, name in (*(pairs if self.dark else light), *same))


LOOKS = (
    Look("Plain", "22262B FFFFFF 35576B F4EFEB 7A2A25 35576B B8862F 5F7A54 8A6D8F 636D75 35576B 5B4A6B"),
    Look(
        "Seminar",
        "1E2A2F FFFFFF 1F5C57 EDF3F1 1F5C57 7A4B1E B8862F 4F6FA5 8A5A83 5F6E70 1D5F8A 5B4A6B",
        title=34,
        body=24,
        opening=("bg1", "tx1", "accent1", "accent6"),
        band=0.22,
    ),
    Look(
        "Dark",
        "14181D F3F5F6 232A32 CBD5DC F0B35A 7FC4D6 E3938A 9CCB8A C6AADC 9FABB5 8CC8E8 C6AADC",
        dark=True,
        opening=("bg2", "tx1", "accent1", "accent6"),
    ),
)

NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CT = "application/vnd.openxmlformats-officedocument"
INSETS = 'lIns="0" tIns="0" rIns="0" bIns="0"'


def emu(inches: float) -> int:
    return round(inches * EMU)


def xfrm(x: float, y: float, width: float, height: float) -> str:
    return f'<a:xfrm><a:off x="{emu(x)}" y="{emu(y)}"/><a:ext cx="{emu(width)}" cy="{emu(height)}"/></a:xfrm>'


def placeholder(
    number: int,
    name: str,
    ph: str,
    box: tuple[float, float, float, float] | None,
    text: str,
    *,
    anchor: str = "t",
    style: str = "",
) -> str:
    geometry = f'<p:spPr>{xfrm(*box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>' if box else "<p:spPr/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f'<p:nvPr><p:ph {ph}/></p:nvPr></p:nvSpPr>{geometry}<p:txBody><a:bodyPr vert="horz" wrap="square" {INSETS} '
        f'rtlCol="0" anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>{text}</p:txBody></p:sp>'
    )


def bar(number: int, x: float, y: float, width: float, colour: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Accent bar"/><p:cNvSpPr/><p:nvPr '
        'userDrawn="1"/></p:nvSpPr><p:spPr>'
        f'{xfrm(x, y, width, 0.06)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr '
        f'val="{colour}"/>'
        "</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr "
        'lang="en-US"/></a:p>'
        "</p:txBody></p:sp>"
    )


def band(look: Look, width: float) -> str:
    """A band along the left edge."""
    return bar(5, 0, 0, width, "accent1").replace(f'cy="{emu(0.06)}"', f'cy="{HEIGHT}"')


def level(
    number: int,
    size: float,
    *,
    colour: str = "tx1",
    bold: bool = False,
    bullet: str = "",
    align: str = "l",
    indent: int = 0,
) -> str:
    mark = bullet or "<a:buNone/>"
    left = indent * number if bullet else 0
    hanging = -indent if bullet else 0
    before = round(size * 1.2 / 3 * 100) if bullet else 0
    weight = ' b="1"' if bold else ""
    return (
        f'<a:lvl{number}pPr marL="{left}" indent="{hanging}" algn="{align}" defTabSz="914400" rtl="0" eaLnBrk="1" '
        'latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts '
        f'val="{before}"/></a:spcBef>'
        f'{mark}<a:defRPr sz="{round(size * 100)}"{weight} kern="1200"><a:solidFill><a:schemeClr '
        f'val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{number}pPr>'
    )


def bullet(char: str, colour: str) -> str:
    return f'<a:buClr><a:schemeClr val="{colour}"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="{char}"/>'


def prompt(*lines: str) -> str:
    return "".join(
        f'<a:p><a:pPr lvl="{index}"/><a:r><a:rPr lang="en-US"/><a:t>{line}</a:t></a:r></a:p>'
        for index, line in enumerate(lines)
    )


TITLE_BOX = (LEFT, 0.62, WIDE, 1.07)
FOOTER = (
    placeholder(20, "Footer Placeholder", 'type="ftr" sz="quarter" idx="11"', (LEFT, 6.93, 9.5, 0.25), "<a:p><a:endParaRPr lang=\"en-US\"/></a:p>", style=level(1, 11, colour="accent6"))
    + placeholder(21, "Slide Number Placeholder", 'type="sldNum" sz="quarter" idx="12"', (10.583, 6.93, 2.0, 0.25), '<a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld><a:endParaRPr lang="en-US"/></a:p>', style=level(1, 11, colour="accent6", align="r"))
)  # fmt: skip


def tree(*shapes: str) -> str:
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" '
        'name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        + "".join(shapes)
        + "</p:spTree>"
    )


def background(colour: str) -> str:
    return f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'


def layout(name: str, kind: str, *shapes: str, fill: str = "", own: bool = False) -> str:
    hide = ' showMasterSp="0"' if own else ""
    known = f' type="{kind}"' if kind else ' userDrawn="1"'
    return (
        f'{HEAD}<p:sldLayout {NS}{known} preserve="1"{hide}><p:cSld '
        f'name="{name}">{background(fill) if fill else ""}{tree(*shapes)}</p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def title(number: int = 2) -> str:
    return placeholder(number, "Title", 'type="title"', None, prompt("Title"))


def theme(look: Look, name: str) -> str:
    pairs = zip(NAMES, look.colours.split(), strict=True)
    colours = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in pairs)
    fonts = "".join(
        f'<a:{which}><a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/></a:{which}>'
        for which in ("majorFont", "minorFont")
    )
    solid = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = (
        '<a:ln w="{w}" cap="flat" cmpd="sng" algn="ctr">'
        + solid
        + '<a:prstDash val="solid"/><a:miter lim="800000"/></a:ln>'
    )
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'name="{name}"><a:themeElements>'
        f'<a:clrScheme name="{name}">{colours}</a:clrScheme><a:fontScheme '
        f'name="{name}">{fonts}</a:fontScheme><a:fmtScheme name="{name}">'
        f"<a:fillStyleLst>{solid * 3}</a:fillStyleLst><a:lnStyleLst>{''.join(line.format(w=w) for w in (6350, 12700, 19050))}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst><a:bgFillStyleLst>{solid * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


COLUMN = (WIDE - 0.5) / 2
RIGHT = LEFT + COLUMN + 0.5
CONTENT = (LEFT, CONTENT_TOP, WIDE, CONTENT_BOTTOM - CONTENT_TOP)


def layouts(look: Look) -> list[str]:
    """The layouts of a template."""
    ground, ink, second, third = look.opening
    return [
    layout(
        "Title Slide", "title",
        band(look, 2.6 * look.band) if look.band else bar(5, LEFT, 2.05, 0.9, "bg1" if ground == "accent1" else "accent1"),
        placeholder(2, "Title", 'type="ctrTitle"', (LEFT, 2.35, 11.2, 2.5), prompt("Title"), style=level(1, 50, colour=ink, bold=True)),
        placeholder(3, "Subtitle", 'type="subTitle" idx="1"', (LEFT, 4.95, 11.2, 0.9), prompt("Subtitle"), style=level(1, 24, colour=second)),
        placeholder(4, "Book", 'type="body" sz="quarter" idx="13"', (LEFT, 6.4, 11.2, 0.4), prompt("Book"), anchor="b", style=level(1, 16, colour=third)),
        fill=ground, own=True,
    ),
    layout(
        "Section Header", "secHead",
        *([band(look, look.band)] if look.band else []),
        placeholder(2, "Title", 'type="title"', (LEFT, 4.0, 11.2, 2.2), prompt("Section"), style=level(1, 38, bold=True)),
        placeholder(3, "Number", 'type="body" idx="1"', (LEFT, 2.3, 11.2, 1.5), prompt("1.1"), anchor="b", style=level(1, 80, colour="accent1", bold=True)),
        FOOTER, fill="bg2", own=True,
    ),
    layout("Title and Content", "obj", title(), placeholder(3, "Content", 'idx="1"', CONTENT, prompt("First", "Second", "Third")), FOOTER),
    layout(
        "Two Content", "twoObj", title(),
        placeholder(3, "Left", 'sz="half" idx="1"', (LEFT, CONTENT_TOP, COLUMN, 4.85), prompt("First", "Second")),
        placeholder(4, "Right", 'sz="half" idx="2"', (RIGHT, CONTENT_TOP, COLUMN, 4.85), prompt("First", "Second")),
        FOOTER,
    ),
    layout(
        "Comparison", "twoTxTwoObj", title(),
        placeholder(3, "Left heading", 'type="body" idx="1"', (LEFT, CONTENT_TOP, COLUMN, 0.35), prompt("Heading"), style=level(1, 18, colour="accent2", bold=True)),
        placeholder(4, "Left", 'sz="half" idx="2"', (LEFT, 2.2, COLUMN, 4.4), prompt("First", "Second")),
        placeholder(5, "Right heading", 'type="body" sz="quarter" idx="3"', (RIGHT, CONTENT_TOP, COLUMN, 0.35), prompt("Heading"), style=level(1, 18, colour="accent1", bold=True)),
        placeholder(6, "Right", 'sz="quarter" idx="4"', (RIGHT, 2.2, COLUMN, 4.4), prompt("First", "Second")),
        FOOTER,
    ),
    layout("Title Only", "titleOnly", title(), FOOTER),
    layout("Blank", "blank", FOOTER),
    layout(
        "Statement", "",
        placeholder(2, "Title", 'type="title"', (LEFT, 2.0, 11.2, 3.8), prompt("One sentence"), style=level(1, 50, bold=True)),
        FOOTER, fill="bg2", own=True,
    ),
    layout(
        "Big Number", "",
        placeholder(2, "Title", 'type="title"', (LEFT, 1.3, 5.8, 2.5), prompt("36"), anchor="b", style=level(1, 140, colour="accent1", bold=True)),
        placeholder(3, "What it counts", 'type="body" idx="1"', (LEFT, 4.1, 5.8, 2.2), prompt("what it counts"), style=level(1, 28)),
        FOOTER, own=True,
    ),
    layout(
        "Question", "",
        placeholder(2, "Title", 'type="title"', (LEFT, 2.0, 11.2, 4.2), prompt("Question"), style=level(1, 46, colour="bg1", bold=True)),
        placeholder(3, "Minutes", 'type="body" idx="1"', (LEFT, 0.9, 11.2, 0.4), prompt("To the room"), style=level(1, 16, colour="bg1", bold=True)),
        FOOTER.replace('val="accent6"', 'val="bg1"'), fill="accent1", own=True,
    ),
    layout(
        "Quote", "",
        placeholder(2, "Title", 'type="title"', (1.9, 1.6, 9.9, 3.4), prompt("Quotation"), style=level(1, 36)),
        placeholder(3, "Who", 'type="body" idx="1"', (1.9, 5.2, 9.9, 1.2), prompt("Who, when"), style=level(1, 22, colour="accent1")),
        FOOTER, fill="bg2", own=True,
    ),
    layout(
        "Full Picture", "",
        placeholder(2, "Picture", 'type="pic" idx="13"', (0, 0, 13.3333, 7.5), "<a:p><a:endParaRPr lang=\"en-US\"/></a:p>", style=level(1, 18)),
        placeholder(3, "Title", 'type="title"', (LEFT, 4.9, 7.4, 1.2), prompt("Words on a picture"), style=level(1, look.title, bold=True)),
        placeholder(4, "Caption", 'type="body" idx="1"', (LEFT, 6.2, 7.4, 0.5), prompt("Caption"), style=level(1, 14)),
        own=True,
    ),
    ]  # fmt: skip


LAYOUT_COUNT = 12

OTHER = "".join(level(n, 18) for n in range(1, 10))


def body_style(look: Look) -> str:
    deeper = round(look.body * 20 / 22)
    return level(1, look.body, bullet=bullet("•", "accent1"), indent=254000) + "".join(
        level(n, deeper, bullet=bullet("–", "accent6"), indent=254000) for n in range(2, 10)
    )


def master(look: Look) -> str:
    ids = "".join(f'<p:sldLayoutId id="{2147483649 + i}" r:id="rId{i + 1}"/>' for i in range(LAYOUT_COUNT))
    return (
        f"{HEAD}<p:sldMaster {NS}><p:cSld>{background('bg1')}"
        + tree(
            band(look, look.band) if look.band else bar(5, LEFT, 0.42, 0.6, "accent1"),
            placeholder(2, "Title Placeholder", 'type="title"', TITLE_BOX, prompt("Title")),
            placeholder(3, "Text Placeholder", 'type="body" idx="1"', CONTENT, prompt("First", "Second", "Third")),
            FOOTER.replace('idx="11"', 'idx="3"').replace('idx="12"', 'idx="4"'),
        )
        + f"</p:cSld><p:clrMap {look.colour_map}/>"
        f'<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:hf hdr="0" '
        f'dt="0"/><p:txStyles><p:titleStyle>{level(1, look.title, bold=True)}</p:titleStyle>'
        f"<p:bodyStyle>{body_style(look)}</p:bodyStyle><p:otherStyle>{OTHER}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def notes_master() -> str:
    style = "".join(level(n, 12) for n in range(1, 10))
    image = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image Placeholder"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" '
        'noChangeAspect="1"/>'
        '</p:cNvSpPr><p:nvPr><p:ph type="sldImg" '
        f'idx="2"/></p:nvPr></p:nvSpPr><p:spPr>{xfrm(0.75, 0.75, 6.0, 3.375)}<a:prstGeom prst="rect">'
        '<a:avLst/></a:prstGeom><a:noFill/><a:ln w="12700"><a:solidFill><a:prstClr '
        'val="black"/></a:solidFill></a:ln></p:spPr></p:sp>'
    )
    body = placeholder(
        3, "Notes Placeholder", 'type="body" sz="quarter" idx="3"', (0.75, 4.4, 6.0, 4.85), prompt("Notes")
    )
    number = placeholder(
        4,
        "Slide Number Placeholder",
        'type="sldNum" sz="quarter" idx="5"',
        (4.25, 9.5, 2.5, 0.3),
        '<a:p><a:fld id="{5A1C7E0D-3B52-4B0E-9D43-0C2F6A1D8E77}" type="slidenum"><a:rPr '
        'lang="en-US"/><a:t>‹#›</a:t></a:fld><a:endParaRPr lang="en-US"/></a:p>',
        style=level(1, 10, align="r"),
    )
    return (
        f"{HEAD}<p:notesMaster {NS}><p:cSld>{background('bg1')}{tree(image, body, number)}</p:cSld>"
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
        'accent4="accent4" '
        'accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        f"<p:notesStyle>{style}</p:notesStyle></p:notesMaster>"
    )


TABLE_STYLE = "{7F1C2A34-5B0D-4E6E-9C1B-3D5A7E9F2B46}"


def table_styles() -> str:
    """One table style: a head in the accent colour, every second row tinted, no lines."""
    none = "".join(
        f"<a:{side}><a:ln><a:noFill/></a:ln></a:{side}>"
        for side in ("left", "right", "top", "bottom", "insideH", "insideV")
    )

    def part(name: str, text: str, fill: str, bold: str = "", borders: str = "") -> str:
        ink = f'<a:tcTxStyle{bold}><a:fontRef idx="minor"/><a:schemeClr val="{text}"/></a:tcTxStyle>' if text else ""
        ground = (
            f'<a:fill><a:solidFill><a:schemeClr val="{fill}"/></a:solidFill></a:fill>'
            if fill
            else "<a:fill><a:noFill/></a:fill>"
        )
        return f"<a:{name}>{ink}<a:tcStyle><a:tcBdr>{borders}</a:tcBdr>{ground}</a:tcStyle></a:{name}>"

    return (
        f'{HEAD}<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" def="{TABLE_STYLE}">'
        f'<a:tblStyle styleId="{TABLE_STYLE}" '
        f'styleName="Book">{part("wholeTbl", "tx1", "", borders=none)}{part("band2H", "", "bg2")}'
        f"""{part("firstRow", "bg1", "accent1", ' b="on"')}</a:tblStyle></a:tblStyleLst>"""
    )


def relationships(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{i}" Type="{kind if kind.startswith("http") else f"{REL}/{kind}"}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, start=1)
    )
    return (
        f"{HEAD}<Relationships "
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'
    )


def presentation() -> str:
    return (
        f'{HEAD}<p:presentation {NS} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" '
        'r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldSz cx="{WIDTH}" cy="{HEIGHT}"/><p:notesSz cx="{HEIGHT}" '
        f'cy="9144000"/><p:defaultTextStyle>{OTHER}</p:defaultTextStyle></p:presentation>'
    )


def parts(look: Look) -> dict[str, str]:
    overrides = {
        "/ppt/presentation.xml": f"{CT}.presentationml.presentation.main+xml",
        "/ppt/slideMasters/slideMaster1.xml": f"{CT}.presentationml.slideMaster+xml",
        "/ppt/notesMasters/notesMaster1.xml": f"{CT}.presentationml.notesMaster+xml",
        "/ppt/theme/theme1.xml": f"{CT}.theme+xml",
        "/ppt/theme/theme2.xml": f"{CT}.theme+xml",
        "/ppt/presProps.xml": f"{CT}.presentationml.presProps+xml",
        "/ppt/viewProps.xml": f"{CT}.presentationml.viewProps+xml",
        "/ppt/tableStyles.xml": f"{CT}.presentationml.tableStyles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{CT}.extended-properties+xml",
    }
    for index in range(LAYOUT_COUNT):
        overrides[f"/ppt/slideLayouts/slideLayout{index + 1}.xml"] = f"{CT}.presentationml.slideLayout+xml"
    types = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items())
    found = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": relationships(
            ("officeDocument", "ppt/presentation.xml"),
            ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ),
        "ppt/presentation.xml": presentation(),
        "ppt/_rels/presentation.xml.rels": relationships(
            ("slideMaster", "slideMasters/slideMaster1.xml"), ("notesMaster", "notesMasters/notesMaster1.xml"),
            ("presProps", "presProps.xml"), ("viewProps", "viewProps.xml"), ("theme", "theme/theme1.xml"), ("tableStyles", "tableStyles.xml"),
        ),
        "ppt/slideMasters/slideMaster1.xml": master(look),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relationships(
            *(("slideLayout", f"../slideLayouts/slideLayout{i + 1}.xml") for i in range(LAYOUT_COUNT)), ("theme", "../theme/theme1.xml")
        ),
        "ppt/notesMasters/notesMaster1.xml": notes_master(),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": relationships(("theme", "../theme/theme2.xml")),
        "ppt/theme/theme1.xml": theme(look, look.name),
        "ppt/theme/theme2.xml": theme(LOOKS[0], f"{look.name} notes"),
        "ppt/presProps.xml": f"{HEAD}<p:presentationPr {NS}/>",
        "ppt/viewProps.xml": f"{HEAD}<p:viewPr {NS}/>",
        "ppt/tableStyles.xml": table_styles(),
        "docProps/core.xml": f'{HEAD}<cp:coreProperties '
                             'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
                             'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
                             f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{look.name}</dc:title></cp:coreProperties>',
        "docProps/app.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Book-deck-builder</Application></Properties>',
    }  # fmt: skip
    for index, text in enumerate(layouts(look), start=1):
        found[f"ppt/slideLayouts/slideLayout{index}.xml"] = text
        found[f"ppt/slideLayouts/_rels/slideLayout{index}.xml.rels"] = relationships(
            ("slideMaster", "../slideMasters/slideMaster1.xml")
        )
    return found


def write(look: Look) -> None:
    with zipfile.ZipFile(TARGET / f"{look.name.lower()}.pptx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts(look).items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    for one in LOOKS:
        write(one)

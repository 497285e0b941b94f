"""A design → the parts of its template; nothing of another template is taken over."""

# One call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import zipfile
from pathlib import Path

from deck_templates.design import HEIGHT, NARROW, Design
from deck_templates.drawing import (
    HEAD,
    INDENT,
    NS,
    Type,
    background,
    bullet,
    emu,
    level,
    named,
    placeholder,
    prompt,
    tree,
    xfrm,
)

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CT = "application/vnd.openxmlformats-officedocument"
NAMES = (
    "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
)  # fmt: skip
OTHER = "".join(level(number, Type(18)).replace(' b="0"', "") for number in range(1, 10))
TABLE_STYLE = "{7F1C2A34-5B0D-4E6E-9C1B-3D5A7E9F2B46}"
PITCH = {"Libertinus Serif": "18"}
"""``pitchFamily`` of faces with serifs, by which programs that lack them find another; 34 is of those without."""


def colour_map(design: Design) -> str:
    """Attributes of the master's ``clrMap``: a dark template takes the theme's light colours for text."""
    dark = ("bg1", "dk1"), ("tx1", "lt1"), ("bg2", "dk2"), ("tx2", "lt2")
    light = ("bg1", "lt1"), ("tx1", "dk1"), ("bg2", "lt2"), ("tx2", "dk2")
    same = tuple((name, name) for name in NAMES[4:])
    return " ".join(f'{role}="{name}"' for role, name in (*(dark if design.is_dark else light), *same))


def theme(design: Design, name: str) -> str:
    """The theme: colours and faces; fills and lines are plain."""
    pairs = zip(NAMES, design.colours.split(), strict=True)
    colours = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in pairs)
    fonts = "".join(
        f'<a:{which}><a:latin typeface="{face}" pitchFamily="{PITCH.get(face, "34")}"/><a:ea typeface=""/>'
        f'<a:cs typeface=""/></a:{which}>'
        for which, face in (("majorFont", design.heads), ("minorFont", design.texts))
    )
    solid = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(
        f'<a:ln w="{width}" cap="flat" cmpd="sng" algn="ctr">{solid}<a:prstDash val="solid"/><a:miter lim="800000"/></a:ln>'
        for width in (6350, 12700, 19050)
    )
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="{name}"><a:themeElements>'
        f'<a:clrScheme name="{name}">{colours}</a:clrScheme><a:fontScheme name="{name}">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="{name}"><a:fillStyleLst>{solid * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effects}</a:effectStyleLst><a:bgFillStyleLst>{solid * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def body_style(design: Design) -> str:
    """Levels of bullets."""
    deeper, indent = round(design.body * 20 / 22), round(INDENT * design.body / 22)
    return level(1, Type(design.body), mark=bullet("•", "accent1"), indent=indent) + "".join(
        level(number, Type(deeper), mark=bullet("–", "accent6"), indent=indent) for number in range(2, 10)
    )


def master(design: Design, layouts: int) -> str:
    """The slide master."""
    ids = "".join(f'<p:sldLayoutId id="{2147483649 + i}" r:id="rId{i + 1}"/>' for i in range(layouts))
    shapes, title = design.master()
    return (
        f"{HEAD}<p:sldMaster {NS}><p:cSld>{background('bg1')}{shapes}</p:cSld><p:clrMap {colour_map(design)}/>"
        f'<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst><p:hf hdr="0" dt="0"/><p:txStyles><p:titleStyle>{title}</p:titleStyle>'
        f"<p:bodyStyle>{body_style(design)}</p:bodyStyle><p:otherStyle>{OTHER}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def notes_master() -> str:
    """The notes master: the slide, the notes below it, and a number."""
    style = "".join(level(number, Type(12)) for number in range(1, 10))
    image = (
        f'<p:sp><p:nvSpPr>{named("Slide Image Placeholder")}<p:cNvSpPr><a:spLocks noGrp="1" noRot="1" '
        'noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{xfrm((0.75, 0.75, 6.0, 3.375))}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        '<a:ln w="12700"><a:solidFill><a:prstClr val="black"/></a:solidFill></a:ln></p:spPr></p:sp>'
    )
    body = placeholder("Notes Placeholder", 'type="body" sz="quarter" idx="3"', (0.75, 4.4, 6.0, 4.85), prompt("Notes"))
    field = (
        '<a:p><a:fld id="{5A1C7E0D-3B52-4B0E-9D43-0C2F6A1D8E77}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t>'
        '</a:fld><a:endParaRPr lang="en-US"/></a:p>'
    )
    number = placeholder(
        "Slide Number Placeholder", 'type="sldNum" sz="quarter" idx="5"', (4.25, 9.5, 2.5, 0.3), field,
        Type(10, align="r"),
    )  # fmt: skip
    same = " ".join(f'{name}="{name}"' for name in NAMES[4:])
    return (
        f"{HEAD}<p:notesMaster {NS}><p:cSld>{background('bg1')}{tree(image, body, number)}</p:cSld>"
        f'<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" {same}/><p:notesStyle>{style}</p:notesStyle></p:notesMaster>'
    )


def table_styles(design: Design) -> str:
    """One table style: two heavy rules and one below the head, or a head in the accent colour and stripes."""

    def edge(side: str, width: int) -> str:
        fill = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>' if width else "<a:noFill/>"
        return (
            f'<a:{side}><a:ln w="{width}" cmpd="sng">{fill}</a:ln></a:{side}>'
            if width
            else f"<a:{side}><a:ln>{fill}</a:ln></a:{side}>"
        )

    def part(name: str, text: str, fill: str, bold: str = "", borders: str = "") -> str:
        ink = f'<a:tcTxStyle{bold}><a:fontRef idx="minor"/><a:schemeClr val="{text}"/></a:tcTxStyle>' if text else ""
        ground = (
            f'<a:fill><a:solidFill><a:schemeClr val="{fill}"/></a:solidFill></a:fill>'
            if fill
            else "<a:fill><a:noFill/></a:fill>"
        )
        return f"<a:{name}>{ink}<a:tcStyle><a:tcBdr>{borders}</a:tcBdr>{ground}</a:tcStyle></a:{name}>"

    outside = 25400 if design.lines else 0
    whole = "".join(
        edge(side, outside if side in ("top", "bottom") else 0)
        for side in ("left", "right", "top", "bottom", "insideH", "insideV")
    )
    if design.lines:
        rest = part("firstRow", "accent6", "", ' b="on"', edge("bottom", 9525))
    else:
        rest = part("band2H", "", "bg2") + part("firstRow", "bg1", "accent1", ' b="on"')
    return (
        f'{HEAD}<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" def="{TABLE_STYLE}">'
        f'<a:tblStyle styleId="{TABLE_STYLE}" styleName="Book">{part("wholeTbl", "tx1", "", borders=whole)}{rest}'
        "</a:tblStyle></a:tblStyleLst>"
    )


def relationships(*targets: tuple[str, str]) -> str:
    """A part of relationships, numbered in their order."""
    rows = "".join(
        f'<Relationship Id="rId{i}" Type="{kind if kind.startswith("http") else f"{REL}/{kind}"}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def presentation(design: Design) -> str:
    """The presentation: its master, its notes master, the size of its slides."""
    screen = ' type="screen4x3"' if design.width == NARROW else ""
    return (
        f'{HEAD}<p:presentation {NS} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        '</p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldSz cx="{12192000 if design.width != NARROW else emu(NARROW)}" cy="{emu(HEIGHT)}"{screen}/>'
        f'<p:notesSz cx="{emu(HEIGHT)}" cy="9144000"/><p:defaultTextStyle>{OTHER}</p:defaultTextStyle></p:presentation>'
    )


def content_types(layouts: int) -> str:
    """The content types of all parts."""
    kinds = {
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
    for number in range(1, layouts + 1):
        kinds[f"/ppt/slideLayouts/slideLayout{number}.xml"] = f"{CT}.presentationml.slideLayout+xml"
    rows = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{rows}</Types>'
    )


def parts(design: Design, notes: Design) -> dict[str, str]:
    """The parts of a template by their names; the theme of ``notes`` is that of its notes."""
    layouts = design.layouts()
    name = design.name.capitalize()
    properties = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    found = {
        "[Content_Types].xml": content_types(len(layouts)),
        "_rels/.rels": relationships(
            ("officeDocument", "ppt/presentation.xml"), (properties, "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ),
        "ppt/presentation.xml": presentation(design),
        "ppt/_rels/presentation.xml.rels": relationships(
            ("slideMaster", "slideMasters/slideMaster1.xml"), ("notesMaster", "notesMasters/notesMaster1.xml"),
            ("presProps", "presProps.xml"), ("viewProps", "viewProps.xml"), ("theme", "theme/theme1.xml"),
            ("tableStyles", "tableStyles.xml"),
        ),
        "ppt/slideMasters/slideMaster1.xml": master(design, len(layouts)),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relationships(
            *(("slideLayout", f"../slideLayouts/slideLayout{i + 1}.xml") for i in range(len(layouts))),
            ("theme", "../theme/theme1.xml"),
        ),
        "ppt/notesMasters/notesMaster1.xml": notes_master(),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": relationships(("theme", "../theme/theme2.xml")),
        "ppt/theme/theme1.xml": theme(design, name),
        "ppt/theme/theme2.xml": theme(notes, f"{name} notes"),
        "ppt/presProps.xml": f"{HEAD}<p:presentationPr {NS}/>",
        "ppt/viewProps.xml": f"{HEAD}<p:viewPr {NS}/>",
        "ppt/tableStyles.xml": table_styles(design),
        "docProps/core.xml": f'{HEAD}<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{name}</dc:title></cp:coreProperties>',
        "docProps/app.xml": f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Application>Book-deck-builder</Application></Properties>',
    }  # fmt: skip
    for number, text in enumerate(layouts, start=1):
        found[f"ppt/slideLayouts/slideLayout{number}.xml"] = text
        found[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = relationships(
            ("slideMaster", "../slideMasters/slideMaster1.xml")
        )
    return found


def write(design: Design, notes: Design, target: Path) -> None:
    """Write a template; the same design gives the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts(design, notes).items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)

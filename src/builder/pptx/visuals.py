"""Pictures, charts, equations and timelines → native objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from builder.deck.blocks import Chart, Dots, Equation, Media, Picture, Timeline
from builder.deck.blocks.dots import FADED, dots_in
from builder.deck.blocks.equations import NUMBER_WIDTH, TINTED
from builder.deck.blocks.pictures import picture_box
from builder.deck.blocks.timelines import placed_events, rule_of
from builder.deck.chronology import DOT
from builder.deck.full_bleed import BAND, BAND_FOOT, BAND_OPACITY, band_of, crop_of
from builder.deck.geometry import Area, Geometry
from builder.deck.measured import CAPTION_GAP
from builder.deck.model import FittedSlide, Placed, Run
from builder.pptx.blocks import write_block, writes
from builder.pptx.chart_parts import CHART
from builder.pptx.shapes import BoxStyle, ShapeWriter
from builder.pptx.text import office_math, plain_paragraph, size_attribute
from builder.pptx.timing import Step
from builder.pptx.xml import A14, P14, solid, transform
from builder.typeset.math.formulas import Formula
from builder.typeset.math.office import OMML_NAMESPACE

FORMULA_BODY = (
    '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="ctr">'
    "<a:noAutofit/></a:bodyPr><a:lstStyle/>"
)
LOCKED = '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr>'
RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


@writes(Picture)
def write_picture(w: ShapeWriter, placed: Placed) -> str:
    """A picture with its caption."""
    block = placed.block
    assert isinstance(block, Picture)
    x, y, width, height = picture_box(placed)
    embed = w.parts.picture(block.path, width)
    link = w.text.link(block.link) if block.link else None
    properties = w.ids.properties("Picture", block.alt, address=link[0] if link is not None else "")
    picture = (
        f"<p:pic><p:nvPicPr>{properties}{LOCKED}<p:nvPr/></p:nvPicPr>"
        f"<p:blipFill>{embed}<a:stretch><a:fillRect/></a:stretch></p:blipFill>"
        f"<p:spPr>{transform(x, y, width, height)}{RECTANGLE}</p:spPr></p:pic>"
    )
    w.steps.append(Step(w.ids.last))
    return picture + w.caption(block.caption, replace(placed, y=y, height=height + placed.caption_height))


@writes(Media)
def write_media(w: ShapeWriter, placed: Placed) -> str:
    """A film or sound behind its still; a click plays it."""
    block = placed.block
    assert isinstance(block, Media)
    x, y, width, height = picture_box(placed)
    link, embedded = w.parts.media(block)
    properties = w.ids.properties(block.kind.capitalize(), block.alt).replace(
        "<a:extLst>", '<a:hlinkClick r:id="" action="ppaction://media"/><a:extLst>', 1
    )
    w.played.append((w.ids.last, block.kind))
    return (
        f'<p:pic><p:nvPicPr>{properties}{LOCKED}<p:nvPr><a:{block.kind}File r:link="{link}"/>'
        f'<p:extLst><p:ext uri="{{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}}"><p14:media xmlns:p14="{P14}" '
        f'r:embed="{embedded}"/></p:ext></p:extLst></p:nvPr></p:nvPicPr>'
        f"<p:blipFill>{w.parts.still(block, width)}<a:stretch><a:fillRect/></a:stretch></p:blipFill>"
        f"<p:spPr>{transform(x, y, width, height)}{RECTANGLE}</p:spPr></p:pic>"
    )


def write_full_bleed(w: ShapeWriter, fitted: FittedSlide, geometry: Geometry, title: Callable[[], str]) -> list[str]:
    """The picture over the whole slide, a dark band, the title on it and the caption; from the back to the front."""
    placed, *words = fitted.placed
    block, area = placed.block, fitted.title_area
    assert isinstance(block, Picture)
    assert area is not None
    left, top = (round(share * 100000) for share in crop_of(placed))
    picture = (
        f"<p:pic><p:nvPicPr>{w.ids.properties('Picture', block.alt)}{LOCKED}<p:nvPr/></p:nvPicPr>"
        f"<p:blipFill>{w.parts.picture(block.path, placed.width)}"
        f'<a:srcRect l="{left}" t="{top}" r="{left}" b="{top}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f"<p:spPr>{transform(0, 0, placed.width, placed.height)}{RECTANGLE}</p:spPr></p:pic>"
    )
    band = band_of(fitted, geometry)
    shapes = [picture, w.shape("Band", band, solid(BAND, BAND_OPACITY)), title()]
    shapes += [write_block(w, one) for one in words]
    if block.caption is not None and placed.caption_height:
        y = band.bottom - BAND_FOOT - placed.caption_height + CAPTION_GAP
        box = Area(area.x, y, area.width, placed.caption_height - CAPTION_GAP)
        shapes.append(w.words("Caption", box, block.caption.line, w.sizes.caption, "FFFFFF"))
    return shapes


@writes(Chart)
def write_chart(w: ShapeWriter, placed: Placed) -> str:
    """A native chart with its caption."""
    block = placed.block
    assert isinstance(block, Chart)
    relationship = w.parts.chart(block, placed.size)
    height = placed.height - placed.caption_height
    content = f'<c:chart xmlns:c="{CHART}" r:id="{relationship}"/>'
    frame = w.graphic("Chart", block.alt, replace(placed, height=height), CHART, content)
    w.steps.append(Step(w.ids.last))
    return frame + w.caption(block.caption, placed)


@writes(Equation)
def write_equation(w: ShapeWriter, placed: Placed) -> str:
    """A formula as Office math, with a picture for programs without it, and its number."""
    block = placed.block
    assert isinstance(block, Equation)
    formula = w.text.formulas[block.latex]
    ground = w.shape("Ground", placed, solid("bg2")) if placed.role == TINTED else ""
    width, height = block.width_em * placed.size, block.height_em * placed.size
    left, top = placed.x + (placed.width - width) / 2, placed.y + (placed.height - height) / 2
    properties = w.ids.properties("Equation", w.text.formulas.spoken(block.latex))
    fallback = (
        f"<p:pic><p:nvPicPr>{properties}{LOCKED}<p:nvPr/></p:nvPicPr><p:blipFill>"
        f'<a:blip r:embed="{w.parts.formula(block.latex, placed.size)}"/>'
        "<a:stretch><a:fillRect/></a:stretch></p:blipFill>"
        f"<p:spPr>{transform(left, top, width, height)}{RECTANGLE}</p:spPr></p:pic>"
    )
    w.steps.append(Step(w.ids.last))
    out = fallback
    if formula.omml and not formula.is_pictured:
        beside = NUMBER_WIDTH if block.number else 0.0  # it is in the middle, however wide a program sets it
        body = equation_paragraph(formula, placed.size, w.text.lang)
        choice = (
            f'<p:sp><p:nvSpPr>{properties}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
            f"{transform(placed.x + beside, top - 2, placed.width - 2 * beside, height + 4)}{RECTANGLE}"
            f"<a:noFill/></p:spPr><p:txBody>{FORMULA_BODY}{body}</p:txBody></p:sp>"
        )
        out = w.with_fallback(choice, fallback)
    for number, middle in block.numbers:
        size = w.sizes.body_floor
        line = size * w.text.typeface.pitch
        body = plain_paragraph((Run(number),), w.text, size, align="left" if placed.from_right else "right")
        left = placed.strip(placed.width - NUMBER_WIDTH, NUMBER_WIDTH)
        box = Area(left, top + middle * height - line / 2, NUMBER_WIDTH, line + 1)
        out += w.text_box("Equation number", box, body)
    return ground + out


def equation_paragraph(formula: Formula, size: float, lang: str) -> str:
    """A paragraph of nothing but a formula as Office math."""
    return (
        f'<a:p><a:pPr algn="ctr"/><a14:m xmlns:a14="{A14}"><m:oMathPara xmlns:m="{OMML_NAMESPACE}">'
        f'<m:oMathParaPr><m:jc m:val="center"/></m:oMathParaPr>{office_math(formula.omml, size, lang)}'
        "</m:oMathPara></a14:m>"
        f'<a:endParaRPr lang="{lang}"{size_attribute(size)}/></a:p>'
    )


@writes(Dots)
def write_dots(w: ShapeWriter, placed: Placed) -> str:
    """Dots as one group, those that are not counted faded."""
    block = placed.block
    assert isinstance(block, Dots)
    properties = w.ids.properties("Dots", block.alt)
    first = w.ids.last
    fills = {True: solid("accent1"), False: solid("accent1", FADED)}
    dots = [w.shape("Dot", area, fills[is_counted], kind="ellipse") for area, is_counted in dots_in(placed)]
    w.steps.append(Step(first))
    return w.group(properties, placed, "".join(dots))


@writes(Timeline)
def write_timeline(w: ShapeWriter, placed: Placed) -> str:
    """A rule with dots and labels, as one group."""
    block = placed.block
    assert isinstance(block, Timeline)
    shapes = [timeline_rule(w, placed)]
    for number, (event, one) in enumerate(
        zip(block.events, placed_events(placed, w.text.typeface), strict=True), start=1
    ):
        align = "right" if placed.from_right else "left"
        body = plain_paragraph((Run(event.date, bold=True),), w.text, placed.size, colour="accent1_text", align=align)
        body += plain_paragraph((Run(event.text),), w.text, placed.size, align=align)
        style = BoxStyle(anchor="b" if one.above else "t", wrap="none" if one.is_short else "square")
        shapes.append(w.shape(f"Event {number} stem", one.stem, solid("accent6_mark")))
        shapes.append(w.text_box(f"Event {number}", one.words, body, style))
        x, y = one.dot
        dot = Area(x - DOT, y - DOT, 2 * DOT, 2 * DOT)
        shapes.append(w.shape(f"Event {number} dot", dot, solid("accent1_mark"), kind="ellipse"))
    first = w.ids.last
    properties = w.ids.properties("Timeline", block.alt)
    group = w.group(properties, replace(placed, height=placed.height - placed.caption_height), "".join(shapes))
    w.steps.append(Step(first + 1))
    return group + w.caption(block.caption, placed)


def timeline_rule(w: ShapeWriter, placed: Placed) -> str:
    """The line that the dots stand on."""
    rule = rule_of(placed, w.text.typeface)
    return w.shape("Timeline rule", Area(placed.x, rule - 1, placed.width, 2), solid("accent6_mark"))

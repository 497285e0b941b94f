"""Each kind of block of a fitted slide → Typst, in its box."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.charts.canvas import Style
from builder.charts.svg import draw_chart
from builder.deck.boxes import (
    BAND,
    BAND_FOOT,
    BAND_OPACITY,
    BOX_PADDING,
    CAPTION_GAP,
    CELL_PADDING_X,
    CELL_PADDING_Y,
    CODE_PADDING,
    CODE_PITCH,
    COLUMN_GAP,
    QUOTE_INDENT,
    band_of,
    diagram_scale,
    picture_box,
    quote_paragraphs,
    timeline_boxes,
)
from builder.deck.lines import split_runs
from builder.deck.model import (
    Block,
    Box,
    Chart,
    Code,
    Columns,
    Diagram,
    Equation,
    FittedSlide,
    Media,
    Picture,
    Placed,
    Quote,
    Table,
    Text,
    Timeline,
)
from builder.deck.pages.diagram import draw_diagram
from builder.typeset.contrast import channels
from builder.typeset.escape import markup, string

if TYPE_CHECKING:
    from builder.deck.pages.typst import Pages


def text(p: Pages, placed: Placed) -> str:
    assert isinstance(placed.block, Text)
    return p.paragraphs(placed.block.paragraphs, placed.lines, placed.x, placed.y, placed.width, placed.size)


def quote(p: Pages, placed: Placed) -> str:
    assert isinstance(placed.block, Quote)
    bar = f"#fill-at({placed.x:.2f}, {placed.y:.2f}, 4, {placed.height:.2f}, {p.colour('accent1')})"
    body = p.paragraphs(
        quote_paragraphs(placed.block),
        placed.lines,
        placed.x + QUOTE_INDENT,
        placed.y,
        placed.width - 2 * QUOTE_INDENT,
        placed.size,
    )
    return p.panel(placed) + bar + body


def box(p: Pages, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Box)
    x, width = placed.x + BOX_PADDING, placed.width - 2 * BOX_PADDING
    title = ""
    if block.title:
        words = tuple(replace(run, text=run.text if run.code else run.text.upper(), bold=True) for run in block.title)
        title = f"#at({x:.2f}, {placed.y + BOX_PADDING:.2f}, {width:.2f})[#text({p.geometry.sizes.box_title:g}pt, fill: {p.colour('accent1')})[{p.runs(words)}]]"
    return p.panel(placed) + title + p.paragraphs(block.paragraphs, placed.lines, x, placed.y, width, placed.size)


def columns(p: Pages, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Columns)
    out, x, used = [], placed.x, 0
    for number, (column, width) in enumerate(zip(block.columns, placed.column_widths, strict=True)):
        colour = p.colour("accent2" if number % 2 == 0 else "accent1")
        heading = tuple(replace(run, bold=True) for run in column.heading)
        out.append(
            f"#at({x:.2f}, {placed.y:.2f}, {width:.2f})[#text({p.geometry.sizes.column_heading:g}pt, fill: {colour})[{p.runs(heading)}]]"
        )
        lines = placed.lines[used : used + len(column.paragraphs)]
        used += len(column.paragraphs)
        out.append(p.paragraphs(column.paragraphs, lines, x, placed.y, width, placed.size))
        x += width + COLUMN_GAP
        if number + 1 < len(block.columns):
            out.append(
                f"#fill-at({x - COLUMN_GAP / 2 - 0.5:.2f}, {placed.y:.2f}, 1, {placed.height:.2f}, {p.colour('lt2')})"
            )
    return "\n".join(out)


def table(p: Pages, placed: Placed) -> str:
    """A real table, so that it is tagged as one; sizes are those of the fit."""
    block = placed.block
    assert isinstance(block, Table)
    rows = []
    for number, row in enumerate(block.rows):
        for cell in row:
            colour = p.colour("lt1" if number < block.head else "dk1")
            runs = tuple(replace(run, bold=True) for run in cell.runs) if number < block.head else cell.runs
            spans = f"colspan: {cell.colspan}, rowspan: {cell.rowspan}, align: {cell.align}"
            rows.append((number, f"table.cell({spans})[#text({placed.size:g}pt, fill: {colour})[{p.runs(runs)}]]"))
    head = ", ".join(cell for number, cell in rows if number < block.head)
    body = ", ".join(cell for number, cell in rows if number >= block.head)
    widths = ", ".join(f"{width:.2f}pt" for width in placed.column_widths)
    heights = ", ".join(f"{height:.2f}pt" for height in placed.row_heights)
    fill = f"(x, y) => if y < {block.head} {{ {p.colour('accent1')} }} else if calc.odd(y - {block.head}) {{ {p.colour('lt2')} }}"
    parts = [f"table.header({head})"] if head else []
    grid = (
        f"#table(columns: ({widths},), rows: ({heights},), stroke: none, inset: (x: {CELL_PADDING_X:g}pt, y: {CELL_PADDING_Y:g}pt), "
        f"fill: {fill}, {', '.join([*parts, body])})"
    )
    return f"#at({placed.x:.2f}, {placed.y:.2f}, {placed.width:.2f})[{grid}]" + p.caption(
        block.caption, placed, placed.y + placed.height
    )


def picture(p: Pages, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Picture)
    x, y, width, height = picture_box(placed)
    image = f"#image({string(p.images(block.path))}, alt: {string(block.alt)}, width: {width:.2f}pt, height: {height:.2f}pt)"
    return f"#at({x:.2f}, {y:.2f}, {width:.2f})[{image}]" + p.caption(
        block.caption, placed, y + height + placed.caption_height
    )


def media(p: Pages, placed: Placed) -> str:
    """The still of a film or sound, with its name where it has none."""
    block = placed.block
    assert isinstance(block, Media)
    x, y, width, height = picture_box(placed)
    size = f"width: {width:.2f}pt, height: {height:.2f}pt"
    if block.poster:
        image = f"#image({string(p.images(block.poster))}, alt: {string(block.alt)}, {size})"
    else:
        image = f'#rect({size}, fill: rgb("#2a2f35"))[#align(center + horizon, text(18pt, fill: white)[▶ {markup(block.alt)}])]'
    return f"#at({x:.2f}, {y:.2f}, {width:.2f})[{image}]"


def full_bleed(p: Pages, fitted: FittedSlide) -> str:
    """A picture over the whole slide, its title and caption on a band."""
    [placed] = fitted.placed
    block, area, g = placed.block, fitted.title_area, p.geometry
    assert isinstance(block, Picture)
    assert area is not None
    band = band_of(fitted, g)
    image = f'#image({string(p.images(block.path))}, alt: {string(block.alt)}, width: {g.width:.2f}pt, height: {g.height:.2f}pt, fit: "cover")'
    veil = f'rgb("#{BAND}").transparentize({100 - BAND_OPACITY * 100:g}%)'
    out = [
        f"#at(0, 0, {g.width:.2f})[{image}]",
        f"#fill-at({band.x:.2f}, {band.y:.2f}, {band.width:.2f}, {band.height:.2f}, {veil})",
        p.heading(
            replace(g.title_look("full-bleed"), area=area, colour="#ffffff", anchor="top"), fitted, fitted.slide.heading
        ),
    ]
    if block.caption is not None and placed.caption_height:
        y = band.bottom - BAND_FOOT - placed.caption_height + CAPTION_GAP
        words = f'#text({g.sizes.caption:g}pt, fill: rgb("#ffffff"))[{markup(block.caption.text)}]'
        out.append(f"#at({g.title.x:.2f}, {y:.2f}, {g.title.width:.2f})[{words}]")
    return "\n".join(out)


def chart(p: Pages, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Chart)
    height = placed.height - placed.caption_height
    rule = "#" + "".join(f"{round(value * 0.9):02x}" for value in channels(p.colours["lt2"]))
    style = Style(
        width=placed.width, size=placed.size, height=height, font="Arimo", ink=p.colours["dk1"], grey=p.colours["accent6"],
        rule=rule,
        colours=tuple(p.colours[f"accent{n}"] for n in range(1, 7)),
    )  # fmt: skip
    svg = draw_chart(block.data, style)
    image = f'#image(bytes({string(svg)}), format: "svg", alt: {string(block.alt)}, width: {placed.width:.2f}pt, height: {height:.2f}pt, fit: "contain")'
    return f"#at({placed.x:.2f}, {placed.y:.2f}, {placed.width:.2f})[{image}]" + p.caption(
        block.caption, placed, placed.y + placed.height
    )


def code(p: Pages, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Code)
    out = [p.panel(placed)]
    pitch = placed.size * CODE_PITCH
    for runs, line in zip(block.lines, placed.lines, strict=True):
        for index, piece in enumerate(split_runs(runs, [len(part) for part in line.lines])):
            y = placed.y + line.y + index * pitch
            out.append(
                f"#at({placed.x + CODE_PADDING:.2f}, {y:.2f}, {placed.width:.2f})[#text({placed.size:g}pt)[{p.runs(piece)}]]"
            )
    return "\n".join(out)


def equation(p: Pages, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Equation)
    formula = p.formulas[block.latex]
    width, height = block.width_em * placed.size, block.height_em * placed.size
    x, y = placed.x + (placed.width - width) / 2, placed.y + (placed.height - height) / 2
    body = f"#text({placed.size:g}pt)[#math.equation(block: true, alt: {string(block.latex)}, $ {formula.typst} $)]"
    out = f"#at({x:.2f}, {y:.2f}, {width + 1:.2f})[{body}]"
    if block.number:
        line = p.geometry.sizes.body_floor * p.typeface.pitch
        out += (
            f"#at({placed.x + placed.width - 80:.2f}, {placed.y + (placed.height - line) / 2:.2f}, 80)"
            f"[#align(right, text({p.geometry.sizes.body_floor:g}pt)[{markup(block.number)}])]"
        )
    return out


def timeline(p: Pages, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Timeline)
    rule = placed.y + (placed.height - placed.caption_height) / 2
    out = [f"#fill-at({placed.x:.2f}, {rule - 1:.2f}, {placed.width:.2f}, 2, {p.colour('accent6')})"]
    for x, y, width, _height, dot_x, _rule, index in timeline_boxes(placed):
        event = block.events[index]
        body = f'#text({placed.size:g}pt, weight: "bold")[{markup(event.date)}] \\ #text({placed.size:g}pt)[{markup(event.text)}]'
        out.append(f"#dot-at({dot_x - 7:.2f}, {rule - 7:.2f}, 7, {p.colour('accent1')})")
        out.append(f"#at({x:.2f}, {y:.2f}, {width:.2f})[#align(center)[{body}]]")
    return "\n".join(out) + p.caption(block.caption, placed, placed.y + placed.height)


def diagram(p: Pages, placed: Placed) -> str:
    """The same shapes and lines, as one drawing."""
    block = placed.block
    assert isinstance(block, Diagram)
    scale = diagram_scale(placed)
    svg = draw_diagram(block, p.colours, p.colours.get(p.geometry.quiet, p.colours["dk1"]))
    width, height = block.width * scale, block.height * scale
    image = f'#image(bytes({string(svg)}), format: "svg", alt: {string(block.alt)}, width: {width:.2f}pt, height: {height:.2f}pt)'
    return f"#at({placed.x:.2f}, {placed.y:.2f}, {placed.width:.2f})[{image}]" + p.caption(
        block.caption, placed, placed.y + placed.height
    )


WRITERS: dict[type[Block], Callable[[Pages, Placed], str]] = {
    Text: text,
    Table: table,
    Picture: picture,
    Media: media,
    Chart: chart,
    Code: code,
    Quote: quote,
    Box: box,
    Columns: columns,
    Equation: equation,
    Timeline: timeline,
    Diagram: diagram,
}

"""Placed blocks → the XML of native shapes, one function for each kind of block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from builder.deck.boxes import (
    BOX_PADDING,
    CELL_PADDING_X,
    CELL_PADDING_Y,
    CODE_PADDING,
    COLUMN_GAP,
    QUOTE_INDENT,
    TIMELINE_STEM,
    quote_paragraphs,
    timeline_label_width,
)
from builder.deck.geometry import Sizes
from builder.deck.model import (
    Block,
    Box,
    Caption,
    Cell,
    Chart,
    Code,
    Column,
    Columns,
    Equation,
    Paragraph,
    Picture,
    Placed,
    Quote,
    Run,
    Runs,
    Table,
    Text,
    Timeline,
)
from builder.formulas import OMML_NAMESPACE
from builder.pptx.text import TextContext, has_math, office_math, paragraphs, plain_paragraph, run_properties, text_run
from builder.pptx.timing import Step
from builder.pptx.xml import A14, MC, SlideIds, emu, solid, transform

FORMULA_BODY = '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="ctr"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
NO_LINE = "<a:ln><a:noFill/></a:ln>"


class Parts(Protocol):
    """What a slide can hold besides its own XML; each call returns a relationship id on the slide."""

    def picture(self, path: str, width: float) -> str:
        """A picture file, shown ``width`` points wide."""

    def formula(self, latex: str, size: float) -> str:
        """A picture of a formula, for programs without Office math."""

    def chart(self, block: Chart, size: float) -> str:
        """A chart part."""


@dataclass(slots=True)
class ShapeWriter:
    """Writes the shapes of one slide; collects the steps of its animation.

    ``column_placeholders`` are the ``p:ph`` attributes of a comparison layout: heading and text, left then right.
    """

    ids: SlideIds
    text: TextContext
    parts: Parts
    sizes: Sizes
    column_placeholders: tuple[str, ...] = ()
    steps: list[Step] = field(default_factory=list)

    def write(self, placed: Placed) -> str:
        """XML of the shapes of one block."""
        return WRITERS[type(placed.block)](self, placed)

    # --- pieces

    def text_box(
        self,
        name: str,
        x: float,
        y: float,
        width: float,
        height: float,
        body: str,
        *,
        fill: str = "",
        anchor: str = "",
        insets: tuple[float, float] = (0, 0),
    ) -> str:
        """A text box; ``insets`` are horizontal and vertical, in points."""
        look = (solid(fill) if fill else "<a:noFill/>") + NO_LINE
        properties = (
            f'<a:bodyPr wrap="square" lIns="{emu(insets[0])}" tIns="{emu(insets[1])}" rIns="{emu(insets[0])}" bIns="{emu(insets[1])}" '
            f'rtlCol="0"{f" anchor={chr(34)}{anchor}{chr(34)}" if anchor else ""}><a:noAutofit/></a:bodyPr><a:lstStyle/>'
        )
        return (
            f'<p:sp><p:nvSpPr>{self.ids.properties(name)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
            f'{transform(x, y, width, height)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{look}</p:spPr>'
            f"<p:txBody>{properties}{body}</p:txBody></p:sp>"
        )

    def placeholder(self, name: str, ph: str, body: str, box: Placed | None = None, style: str = "") -> str:
        """A shape in a placeholder of the layout, at its own place when ``box`` is given."""
        geometry = f"<p:spPr>{transform(box.x, box.y, box.width, box.height)}</p:spPr>" if box else "<p:spPr/>"
        return (
            f'<p:sp><p:nvSpPr>{self.ids.properties(name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {ph}/></p:nvPr></p:nvSpPr>'
            f"{geometry}<p:txBody><a:bodyPr/><a:lstStyle>{style}</a:lstStyle>{body}</p:txBody></p:sp>"
        )

    def shape(
        self, name: str, x: float, y: float, width: float, height: float, fill: str, *, kind: str = "rect"
    ) -> str:
        """A filled shape without text, for decoration."""
        return (
            f"<p:sp><p:nvSpPr>{self.ids.properties(name, decorative=True)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{transform(x, y, width, height)}"
            f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>{solid(fill)}{NO_LINE}</p:spPr>'
            f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{self.text.lang}"/></a:p></p:txBody></p:sp>'
        )

    def caption(self, caption: Caption | None, placed: Placed) -> str:
        """The caption below a visual, '' without one."""
        if caption is None or not placed.caption_height:
            return ""
        size = self.sizes.caption
        body = plain_paragraph((Run(caption.text),), self.text, size, colour="accent6")
        height = placed.caption_height - 8
        return self.text_box("Caption", placed.x, placed.y + placed.height - height, placed.width, height, body)

    def with_fallback(self, choice: str, fallback: str) -> str:
        """A shape with Office math, and what programs without it show."""
        return (
            f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:a14="{A14}" Requires="a14">{choice}</mc:Choice>'
            f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
        )

    def mathematical(self, runs: list[Runs], make: Callable[[TextContext], str]) -> str:
        """A shape that may hold formulas: with them as Office math, and as text for other programs."""
        if not has_math(runs):
            return make(self.text)
        before = self.ids.last
        choice = make(self.text)
        after = self.ids.last
        self.ids._last = before
        fallback = make(replace(self.text, math_as_text=True))
        assert self.ids.last == after
        return self.with_fallback(choice, fallback)


def write_text(w: ShapeWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Text)
    is_body = placed.role == "body" and not w.column_placeholders

    def make(context: TextContext) -> str:
        body = paragraphs(block.paragraphs, context, placed.size, explicit=not is_body, natural=w.sizes.body)
        if is_body:
            return w.placeholder("Text", 'idx="1"', body, placed)
        return w.text_box("Text", placed.x, placed.y, placed.width, placed.height, body)

    out = w.mathematical([p.runs for p in block.paragraphs], make)
    w.steps += _by_point(block.paragraphs, w.ids.last)
    return out


def _by_point(items: tuple[Paragraph, ...], shape: int) -> list[Step]:
    """One step for each top-level paragraph with what stands below it."""
    top = min(p.level for p in items)
    starts = [i for i, p in enumerate(items) if p.level == top]
    return [Step(shape, start, end - 1) for start, end in zip(starts, [*starts[1:], len(items)], strict=True)]


def write_table(w: ShapeWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Table)
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in placed.column_widths)
    covered: dict[tuple[int, int], str] = {}
    rows = []
    for number, (row, height) in enumerate(zip(block.rows, placed.row_heights, strict=True)):
        cells, column, waiting = [], 0, list(row)
        while column < block.columns:
            if (number, column) in covered:
                cells.append(_merged_cell(w, covered[number, column]))
                column += 1
                continue
            cell = waiting.pop(0) if waiting else Cell(())
            cells.append(_cell(w, cell, number, block, placed.size))
            cells += [_merged_cell(w, 'hMerge="1"')] * (cell.colspan - 1)
            for down in range(1, cell.rowspan):
                for across in range(cell.colspan):
                    covered[number + down, column + across] = 'hMerge="1" vMerge="1"' if across else 'vMerge="1"'
            column += cell.colspan
        rows.append(f'<a:tr h="{emu(height)}">{"".join(cells)}</a:tr>')
    height = sum(placed.row_heights)
    frame = (
        f'<p:graphicFrame><p:nvGraphicFramePr>{w.ids.properties("Table", block.alt)}<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
        f"</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{transform(placed.x, placed.y, sum(placed.column_widths), height, 'p:xfrm')}"
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr{" firstRow=" + chr(34) + "1" + chr(34) if block.head else ""} bandRow="1"/><a:tblGrid>{grid}</a:tblGrid>{"".join(rows)}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>'
    )
    w.steps.append(Step(w.ids.last))
    return frame + w.caption(block.caption, placed)


def _cell(w: ShapeWriter, cell: Cell, row: int, table: Table, size: float) -> str:
    head = row < table.head
    runs = tuple(replace(run, bold=True) for run in cell.runs) if head else cell.runs
    body = plain_paragraph(
        runs, replace(w.text, math_as_text=True), size, colour="bg1" if head else "tx1", align=cell.align
    )
    spans = (f' gridSpan="{cell.colspan}"' if cell.colspan > 1 else "") + (
        f' rowSpan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    )
    fill = solid("accent1") if head else solid("bg2") if (row - table.head) % 2 else "<a:noFill/>"
    borders = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT", "lnB"))
    x, y = emu(CELL_PADDING_X), emu(CELL_PADDING_Y)
    return (
        f'<a:tc{spans}><a:txBody><a:bodyPr/><a:lstStyle/>{body}</a:txBody><a:tcPr marL="{x}" marR="{x}" marT="{y}" marB="{y}">'
        f"{borders}{fill}</a:tcPr></a:tc>"
    )


def _merged_cell(w: ShapeWriter, merged: str) -> str:
    return f'<a:tc {merged}><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{w.text.lang}"/></a:p></a:txBody><a:tcPr/></a:tc>'


def write_picture(w: ShapeWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Picture)
    x, y, width, height = picture_box(placed)
    embed = w.parts.picture(block.path, width)
    picture = (
        f'<p:pic><p:nvPicPr>{w.ids.properties("Picture", block.alt)}<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        f"<p:blipFill>{embed}<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{transform(x, y, width, height)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
    w.steps.append(Step(w.ids.last))
    return picture + w.caption(block.caption, replace(placed, y=y, height=height + placed.caption_height))


def picture_box(placed: Placed) -> tuple[float, float, float, float]:
    """Where the picture itself stands in its box: as large as its shape allows, at the left."""
    block = placed.block
    assert isinstance(block, Picture)
    room = placed.height - placed.caption_height
    scale = min(placed.width / block.width_px, room / block.height_px)
    return placed.x, placed.y, block.width_px * scale, block.height_px * scale


def write_chart(w: ShapeWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Chart)
    relationship = w.parts.chart(block, placed.size)
    height = placed.height - placed.caption_height
    frame = (
        f'<p:graphicFrame><p:nvGraphicFramePr>{w.ids.properties("Chart", block.alt)}<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
        f"</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{transform(placed.x, placed.y, placed.width, height, 'p:xfrm')}"
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart '
        f'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{relationship}"/></a:graphicData></a:graphic></p:graphicFrame>'
    )
    w.steps.append(Step(w.ids.last))
    return frame + w.caption(block.caption, placed)


def write_code(w: ShapeWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Code)
    lines = []
    for runs, line in zip(block.lines, placed.lines, strict=True):
        for piece in split_runs(runs, [len(part) for part in line.lines]):
            lines.append(_code_line(w, piece, placed.size))
    out = w.text_box(
        "Code",
        placed.x,
        placed.y,
        placed.width,
        placed.height,
        "".join(lines),
        fill="bg2",
        insets=(CODE_PADDING, CODE_PADDING),
    )
    w.steps.append(Step(w.ids.last))
    return out


def _code_line(w: ShapeWriter, runs: Runs, size: float) -> str:
    end = run_properties(Run("", code=True), w.text, size, tag="a:endParaRPr")
    body = plain_paragraph(runs, w.text, size)
    return body[: body.rindex("<a:endParaRPr")] + end + "</a:p>"


def split_runs(runs: Runs, lengths: list[int]) -> list[Runs]:
    """Cut ``runs`` into pieces of the given numbers of characters."""
    out: list[Runs] = []
    rest = list(runs)
    for length in lengths:
        piece: list[Run] = []
        while rest and length > 0:
            run = rest.pop(0)
            piece.append(replace(run, text=run.text[:length]))
            if len(run.text) > length:
                rest.insert(0, replace(run, text=run.text[length:]))
            length -= len(run.text)
        out.append(tuple(piece))
    return out


def write_quote(w: ShapeWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Quote)

    def make(context: TextContext) -> str:
        body = paragraphs(quote_paragraphs(block), context, placed.size, explicit=True, natural=w.sizes.body)
        return w.text_box(
            "Quotation",
            placed.x,
            placed.y,
            placed.width,
            placed.height,
            body,
            fill="bg2",
            insets=(QUOTE_INDENT, BOX_PADDING),
        )

    bar = w.shape("Quotation bar", placed.x, placed.y, 4, placed.height, "accent1")
    out = w.mathematical(list(block.paragraphs), make)
    w.steps.append(Step(w.ids.last))
    return out + bar


def write_box(w: ShapeWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Box)

    def make(context: TextContext) -> str:
        head = ""
        if block.title:
            words = tuple(replace(run, text=run.text.upper(), bold=True) for run in block.title)
            head = plain_paragraph(words, context, w.sizes.box_title, colour="accent1")
        body = paragraphs(block.paragraphs, context, placed.size, explicit=True, natural=w.sizes.body)
        if head and body:
            body = body.replace('<a:spcPts val="0"/>', '<a:spcPts val="800"/>', 1)
        return w.text_box(
            "Box",
            placed.x,
            placed.y,
            placed.width,
            placed.height,
            head + body,
            fill="bg2",
            insets=(BOX_PADDING, BOX_PADDING),
        )

    out = w.mathematical([p.runs for p in block.paragraphs], make)
    w.steps.append(Step(w.ids.last))
    return out


def write_columns(w: ShapeWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Columns)
    above = placed.row_heights[0]
    if len(block.columns) == 2 and len(w.column_placeholders) == 4:
        return comparison(w, placed)
    out = []
    x = placed.x
    for number, (column, width) in enumerate(zip(block.columns, placed.column_widths, strict=True)):
        heading = tuple(replace(run, bold=True) for run in column.heading)
        colour = "accent2" if number % 2 == 0 else "accent1"

        make = partial(_column, w, placed, column, colour, x, width)
        out.append(w.mathematical([heading, *(p.runs for p in column.paragraphs)], make))
        w.steps.append(Step(w.ids.last))
        x += width + COLUMN_GAP
        if number + 1 < len(block.columns):
            out.append(w.shape("Divider", x - COLUMN_GAP / 2 - 0.5, placed.y, 1, max(placed.height, above), "bg2"))
    return "".join(out)


def comparison(w: ShapeWriter, placed: Placed) -> str:
    """Two columns in the four placeholders of a comparison layout."""
    block = placed.block
    assert isinstance(block, Columns)
    above = placed.row_heights[0]
    out = []
    for number, column in enumerate(block.columns):
        width = placed.column_widths[number]
        x = placed.x + number * (width + COLUMN_GAP)
        head = replace(placed, x=x, width=width, height=above)
        rest = replace(placed, x=x, y=placed.y + above, width=width, height=placed.height - above)
        heading = (
            f'<a:p>{"".join(text_run(run, w.text) for run in column.heading)}<a:endParaRPr lang="{w.text.lang}"/></a:p>'
        )
        out.append(w.placeholder(f"Heading {number + 1}", w.column_placeholders[2 * number], heading, head))
        make = partial(_column_body, w, column, f"Column {number + 1}", w.column_placeholders[2 * number + 1], rest)
        out.append(w.mathematical([p.runs for p in column.paragraphs], make))
        w.steps.append(Step(w.ids.last))
    x = placed.x + placed.column_widths[0] + COLUMN_GAP / 2
    return "".join(out) + w.shape("Divider", x - 0.5, placed.y, 1, placed.height, "bg2")


def _column_body(w: ShapeWriter, column: Column, name: str, ph: str, rest: Placed, context: TextContext) -> str:
    body = paragraphs(column.paragraphs, context, rest.size, explicit=True, natural=w.sizes.body)
    return w.placeholder(name, ph, body, rest)


def _column(
    w: ShapeWriter, placed: Placed, column: Column, colour: str, x: float, width: float, context: TextContext
) -> str:
    """One column: its heading, then its text."""
    heading = tuple(replace(run, bold=True) for run in column.heading)
    body = plain_paragraph(heading, context, w.sizes.column_heading, colour=colour)
    rest = paragraphs(column.paragraphs, context, placed.size, explicit=True, natural=w.sizes.body)
    rest = rest.replace('<a:spcPts val="0"/>', '<a:spcPts val="800"/>', 1)
    return w.text_box("Column", x, placed.y, width, placed.height, body + rest)


def write_equation(w: ShapeWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Equation)
    formula = w.text.formulas[block.latex]
    width, height = block.width_em * placed.size, block.height_em * placed.size
    left, top = placed.x + (placed.width - width) / 2, placed.y + (placed.height - height) / 2
    properties = w.ids.properties("Equation", formula.text or block.latex)
    math = (
        f'<a:p><a:pPr algn="ctr"/><a14:m xmlns:a14="{A14}"><m:oMathPara xmlns:m="{OMML_NAMESPACE}"><m:oMathParaPr><m:jc m:val="center"/>'
        f"</m:oMathParaPr>{office_math(formula.omml, placed.size, w.text.lang)}</m:oMathPara></a14:m>"
        f'<a:endParaRPr lang="{w.text.lang}" sz="{round(placed.size * 100)}"/></a:p>'
    )
    choice = (
        f'<p:sp><p:nvSpPr>{properties}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'{transform(left - 4, top - 2, width + 8, height + 4)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"<a:noFill/></p:spPr><p:txBody>{FORMULA_BODY}{math}</p:txBody></p:sp>"
    )
    fallback = (
        f'<p:pic><p:nvPicPr>{properties}<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill>'
        f'<a:blip r:embed="{w.parts.formula(block.latex, placed.size)}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>'
        f'{transform(left, top, width, height)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
    w.steps.append(Step(w.ids.last))
    out = w.with_fallback(choice, fallback)
    if block.number:
        size = w.sizes.body_floor
        line = size * w.text.typeface.pitch
        body = plain_paragraph((Run(block.number),), w.text, size, align="right")
        out += w.text_box(
            "Equation number", placed.x + placed.width - 80, placed.y + (placed.height - line) / 2, 80, line + 1, body
        )
    return out


def write_timeline(w: ShapeWriter, placed: Placed) -> str:
    block = placed.block
    assert isinstance(block, Timeline)
    shapes = [timeline_rule(w, placed)]
    for x, y, width, height, dot_x, rule, index in timeline_boxes(placed):
        event = block.events[index]
        above = y < rule
        body = plain_paragraph((Run(event.date, bold=True),), w.text, placed.size, align="center")
        body += plain_paragraph((Run(event.text),), w.text, placed.size, align="center")
        shapes.append(w.text_box(f"Event {index + 1}", x, y, width, height, body, anchor="b" if above else "t"))
        shapes.append(w.shape(f"Event {index + 1} dot", dot_x - 7, rule - 7, 14, 14, "accent1", kind="ellipse"))
    first = w.ids.last
    height = placed.height - placed.caption_height
    box = f'<a:off x="{emu(placed.x)}" y="{emu(placed.y)}"/><a:ext cx="{emu(placed.width)}" cy="{emu(height)}"/>'
    group = (
        f"<p:grpSp><p:nvGrpSpPr>{w.ids.properties('Timeline', block.alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{box}"
        f"{box.replace('a:off', 'a:chOff').replace('a:ext', 'a:chExt')}</a:xfrm></p:grpSpPr>{''.join(shapes)}</p:grpSp>"
    )
    w.steps.append(Step(first + 1))
    return group + w.caption(block.caption, placed)


def timeline_rule(w: ShapeWriter, placed: Placed) -> str:
    """The line that the dots stand on."""
    rule = placed.y + (placed.height - placed.caption_height) / 2
    return w.shape("Timeline rule", placed.x, rule - 1, placed.width, 2, "accent6")


def timeline_boxes(placed: Placed) -> list[tuple[float, float, float, float, float, float, int]]:
    """(x, y, width, height of the label; x of the dot; y of the rule; index) for each event."""
    block = placed.block
    assert isinstance(block, Timeline)
    height = placed.height - placed.caption_height
    rule = placed.y + height / 2
    slot = placed.width / len(block.events)
    width = timeline_label_width(len(block.events), placed.width)
    boxes = []
    for index, line in enumerate(placed.lines):
        centre = placed.x + slot * (index + 0.5)
        x = min(max(centre - width / 2, placed.x), placed.x + placed.width - width)
        y = rule - TIMELINE_STEM - line.height if index % 2 == 0 else rule + TIMELINE_STEM
        boxes.append((x, y, width, line.height, x + width / 2, rule, index))
    return boxes


WRITERS: dict[type[Block], Callable[[ShapeWriter, Placed], str]] = {
    Text: write_text,
    Table: write_table,
    Picture: write_picture,
    Chart: write_chart,
    Code: write_code,
    Quote: write_quote,
    Box: write_box,
    Columns: write_columns,
    Equation: write_equation,
    Timeline: write_timeline,
}

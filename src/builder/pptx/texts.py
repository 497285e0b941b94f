"""Bullets, code, quotations, boxes and columns → native text."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from builder.deck.blocks import Box, Code, Column, Columns, Quote, Text
from builder.deck.blocks.code import CODE_PADDING
from builder.deck.blocks.columns import COLUMN_GAP
from builder.deck.blocks.quotes import QUOTE_INDENT, quote_paragraphs
from builder.deck.geometry import Area
from builder.deck.lines import split_runs
from builder.deck.measured import BOX_PADDING, HEADING_GAP
from builder.deck.model import Paragraph, Placed, Run, Runs
from builder.pptx.blocks import writes
from builder.pptx.shapes import BoxStyle, ShapeWriter
from builder.pptx.text import TextContext, paragraphs, plain_paragraph, run_properties, text_run
from builder.pptx.timing import Step
from builder.pptx.xml import solid


@writes(Text)
def write_text(w: ShapeWriter, placed: Placed) -> str:
    """Bullets and paragraphs, in the layout's place for content where the block has that role."""
    block = placed.block
    assert isinstance(block, Text)
    is_body = placed.role == "body" and not w.column_placeholders

    def make(context: TextContext) -> str:
        inherited = w.sizes.body if is_body and w.inherits else 0.0
        body = paragraphs(block.paragraphs, context, placed.size, inherited=inherited)
        if is_body:
            return w.placeholder("Text", w.body_placeholder, body, placed)
        return w.text_box("Footnotes" if block.type == "footnote" else "Text", placed, body)

    out = w.mathematical([p.runs for p in block.paragraphs], make)
    if block.type != "footnote":
        w.steps += _by_point(block.paragraphs, w.ids.last)
    return out


def _by_point(items: tuple[Paragraph, ...], shape: int) -> list[Step]:
    """One step for each top-level paragraph with what stands below it."""
    top = min(p.level for p in items)
    starts = [i for i, p in enumerate(items) if p.level == top]
    return [Step(shape, start, end - 1) for start, end in zip(starts, [*starts[1:], len(items)], strict=True)]


@writes(Code)
def write_code(w: ShapeWriter, placed: Placed) -> str:
    """Code on a panel, a paragraph for each line."""
    block = placed.block
    assert isinstance(block, Code)
    lines = []
    for runs, line in zip(block.lines, placed.lines, strict=True):
        for piece in split_runs(runs, [len(part) for part in line.lines]):
            lines.append(_code_line(w, piece, placed.size))
    out = w.text_box("Code", placed, "".join(lines), BoxStyle("bg2", insets=(CODE_PADDING, CODE_PADDING)))
    w.steps.append(Step(w.ids.last))
    return out


def _code_line(w: ShapeWriter, runs: Runs, size: float) -> str:
    end = run_properties(Run("", code=True), w.text, size, tag="a:endParaRPr")
    body = plain_paragraph(runs, w.text, size)
    return body[: body.rindex("<a:endParaRPr")] + end + "</a:p>"


@writes(Quote)
def write_quote(w: ShapeWriter, placed: Placed) -> str:
    """A quotation on a panel, with a bar at its left."""
    block = placed.block
    assert isinstance(block, Quote)

    def make(context: TextContext) -> str:
        body = paragraphs(quote_paragraphs(block), context, placed.size)
        return w.text_box("Quotation", placed, body, BoxStyle("bg2", insets=(QUOTE_INDENT, BOX_PADDING)))

    bar = w.shape("Quotation bar", replace(placed, width=4), solid("accent1"))
    out = w.mathematical(list(block.paragraphs), make)
    w.steps.append(Step(w.ids.last))
    return out + bar


@writes(Box)
def write_box(w: ShapeWriter, placed: Placed) -> str:
    """A titled panel."""
    block = placed.block
    assert isinstance(block, Box)

    def make(context: TextContext) -> str:
        head = ""
        if block.title:
            words = tuple(
                replace(run, text=run.text if run.code else run.text.upper(), bold=True) for run in block.title
            )
            head = plain_paragraph(words, context, w.sizes.box_title, colour="accent1")
        body = paragraphs(block.paragraphs, context, placed.size, above=HEADING_GAP if head else 0.0)
        return w.text_box("Box", placed, head + body, BoxStyle("bg2", insets=(BOX_PADDING, BOX_PADDING)))

    out = w.mathematical([p.runs for p in block.paragraphs], make)
    w.steps.append(Step(w.ids.last))
    return out


@writes(Columns)
def write_columns(w: ShapeWriter, placed: Placed) -> str:
    """Columns side by side, in a comparison's placeholders where the layout has them."""
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

        make = partial(_column, w, column, colour, replace(placed, x=x, width=width))
        out.append(w.mathematical([heading, *(p.runs for p in column.paragraphs)], make))
        w.steps.append(Step(w.ids.last))
        x += width + COLUMN_GAP
        if number + 1 < len(block.columns):
            rule = Area(x - COLUMN_GAP / 2 - 0.5, placed.y, 1, max(placed.height, above))
            out.append(w.shape("Divider", rule, solid("bg2")))
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
        make = partial(_column_body, w, column, number, rest)
        out.append(w.mathematical([p.runs for p in column.paragraphs], make))
        w.steps.append(Step(w.ids.last))
    x = placed.x + placed.column_widths[0] + COLUMN_GAP / 2
    return "".join(out) + w.shape("Divider", replace(placed, x=x - 0.5, width=1), solid("bg2"))


def _column_body(w: ShapeWriter, column: Column, number: int, rest: Placed, context: TextContext) -> str:
    """The text of a column in its placeholder."""
    body = paragraphs(column.paragraphs, context, rest.size)
    return w.placeholder(f"Column {number + 1}", w.column_placeholders[2 * number + 1], body, rest)


def _column(w: ShapeWriter, column: Column, colour: str, box: Placed, context: TextContext) -> str:
    """One column: its heading, then its text."""
    heading = tuple(replace(run, bold=True) for run in column.heading)
    body = plain_paragraph(heading, context, w.sizes.column_heading, colour=colour)
    rest = paragraphs(column.paragraphs, context, box.size, above=HEADING_GAP)
    return w.text_box("Column", box, body + rest)

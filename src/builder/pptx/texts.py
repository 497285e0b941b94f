"""Bullets, code, quotations, boxes and columns → native text."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from builder.deck.blocks import Box, Code, Column, Columns, PictureGrid, Quote, Text
from builder.deck.blocks.code import CODE_PADDING, lit_bands, panel_of
from builder.deck.blocks.columns import RULE_COLOURS, columns_in, divider, has_headings, head_of, is_comparison, rule_of
from builder.deck.blocks.grids import labels_in
from builder.deck.blocks.quotes import QUOTE_INDENT, quote_paragraphs, text_area
from builder.deck.geometry import Area
from builder.deck.lines import split_runs
from builder.deck.measured import BOX_PADDING, HEADING_GAP, bold, heading_size
from builder.deck.model import LIGHT, LIT, Paragraph, Placed, Run, Runs, points_of
from builder.deck.steps import lit_groups
from builder.pptx.blocks import write_block, writes
from builder.pptx.shapes import GROWING, BoxStyle, ShapeWriter
from builder.pptx.text import (
    UNLISTED,
    TextContext,
    code_paragraph,
    paragraphs,
    plain_paragraph,
    run_properties,
    text_run,
)
from builder.pptx.timing import Step, joined
from builder.pptx.xml import solid

PANEL = BoxStyle("bg2", insets=(BOX_PADDING, BOX_PADDING), grows=True)

AS_MEASURED = '<a:lvl1pPr><a:defRPr cap="none" spc="0"/></a:lvl1pPr>'
"""The list style of a heading whose place in the template sets capitals, or letters wider apart."""


@writes(Text)
def write_text(w: ShapeWriter, placed: Placed) -> str:
    """Bullets and paragraphs, in the layout's place for content where the block has that role."""
    block = placed.block
    assert isinstance(block, Text)
    is_body = placed.role == "body" and not w.column_placeholders and bool(w.body_placeholder)

    def make(context: TextContext) -> str:
        inherited = w.sizes.body if is_body and w.inherits else 0.0
        body = paragraphs(block.paragraphs, context, placed.size, inherited=inherited, room=(0.0, placed.air))
        if is_body:
            return w.text_placeholder("Text", w.body_placeholder, body, placed)
        return w.text_box("Footnotes" if block.type == "footnote" else "Text", placed, body, GROWING)

    out = w.mathematical([p.runs for p in block.paragraphs], make)
    if block.type != "footnote":
        steps = _by_point(block.paragraphs, w.ids.last)
        if block.paragraphs[0].continues:
            w.steps[:] = joined([*w.steps, steps.pop(0)], len(w.steps))
        w.steps += steps
    return out


def _by_point(items: tuple[Paragraph, ...], shape: int) -> list[Step]:
    """One step for each top-level paragraph with what stands below it."""
    starts = points_of(items)
    return [Step(shape, start, end - 1) for start, end in zip(starts, [*starts[1:], len(items)], strict=True)]


@writes(Code)
def write_code(w: ShapeWriter, placed: Placed) -> str:
    """Code on a panel, a paragraph for each line, and its caption."""
    block = placed.block
    assert isinstance(block, Code)
    lines = []
    for runs, line in zip(block.lines, placed.lines, strict=True):
        for index, piece in enumerate(split_runs(runs, [len(part) for part in line.lines])):
            lines.append(_code_line(w, piece, placed.size, line.hang if index else 0.0))
    bands, before, ground = lit_bands(placed), len(w.steps), ""
    if bands:
        ground += w.shape("Panel", panel_of(placed), solid("bg2"))
        w.steps.append(Step(w.ids.last))
    areas = iter(bands)
    for group in lit_groups(placed):
        number = 0
        for band in (next(areas) for _line in group):
            ground += w.shape("Lit line", band, solid(LIT, LIGHT))
            number = number or w.ids.last
            w.steps.append(Step(w.ids.last, lit=number))
    style = BoxStyle("" if bands else "bg2", insets=(CODE_PADDING, CODE_PADDING), grows=True)
    out = w.text_box("Code", panel_of(placed), "".join(lines), style)
    w.steps.append(Step(w.ids.last))
    w.steps[:] = joined(w.steps, before + 1)
    return ground + out + w.caption(block.caption, placed)


def _code_line(w: ShapeWriter, runs: Runs, size: float, hang: float) -> str:
    end = run_properties(Run("", code=True), w.text, size, tag="a:endParaRPr")
    body = code_paragraph(runs, w.text, size, hang)
    return body[: body.rindex("<a:endParaRPr")] + end + "</a:p>"


@writes(Quote)
def write_quote(w: ShapeWriter, placed: Placed) -> str:
    """A quotation on a panel, with a bar where its lines begin."""
    block = placed.block
    assert isinstance(block, Quote)

    def make(context: TextContext) -> str:
        body = paragraphs(quote_paragraphs(block), context, placed.size)
        if not placed.inside:
            return w.text_box("Quotation", placed, body, BoxStyle("bg2", insets=(QUOTE_INDENT, BOX_PADDING)))
        return w.text_box("Quotation", text_area(placed), body, BoxStyle(insets=(0, BOX_PADDING)))

    panel = w.shape("Panel", placed, solid("bg2")) if placed.inside else ""
    bar = w.shape("Quotation bar", Area(placed.strip(0, 4), placed.y, 4, placed.height), solid("accent1_mark"))
    out = w.mathematical(list(block.paragraphs), make)
    w.steps.append(Step(w.ids.last))
    before = len(w.steps)
    portrait = "".join(write_block(w, one) for one in placed.inside)
    w.steps[:] = joined(w.steps, before)
    return panel + out + bar + portrait


@writes(Box)
def write_box(w: ShapeWriter, placed: Placed) -> str:
    """A titled panel."""
    block = placed.block
    assert isinstance(block, Box)

    def make(context: TextContext) -> str:
        head = title_of_box(block.title, context, heading_size(w.sizes, "box_title", placed.size))
        body = paragraphs(block.paragraphs, context, placed.size, room=(HEADING_GAP if head else 0.0, 0.0))
        return w.text_box("Box", placed, head + body, PANEL)

    out = w.mathematical([block.title, *(p.runs for p in block.paragraphs)], make)
    w.steps.append(Step(w.ids.last))
    return out


def title_of_box(title: Runs, context: TextContext, size: float) -> str:
    """The paragraph of a box's title, '' without one."""
    return plain_paragraph(bold(title), context, size, colour="accent1_text") if title else ""


@writes(Columns)
def write_columns(w: ShapeWriter, placed: Placed) -> str:
    """Columns side by side, in a comparison's placeholders where the layout has them."""
    assert isinstance(placed.block, Columns)
    in_placeholders = len(w.column_placeholders) == 4 and is_comparison(placed.block)
    out = []
    for number, (column, inside, area) in enumerate(columns_in(placed)):
        head = head_of(placed, area)
        if in_placeholders:
            out += column_in_placeholders(w, column, number, head, inside[0])
        else:
            size = heading_size(w.sizes, "column_heading", placed.size)
            out += [_heading(w, column, number, head, size)] if column.heading else []
            out += [write_block(w, one) for one in inside]
        if column.heading:
            out.append(w.shape("Rule", rule_of(area), solid(RULE_COLOURS[number % 2])))
        if number and column.blocks and not has_headings(placed):
            out.append(w.shape("Divider", divider(placed, area), solid("bg2")))
    return "".join(out)


@writes(PictureGrid)
def write_grid(w: ShapeWriter, placed: Placed) -> str:
    """Pictures, each with its label above it and its caption below it."""
    assert isinstance(placed.block, PictureGrid)
    labels = labels_in(placed, w.sizes, w.text.typeface)
    out = [w.words("Label", area, words, w.sizes.column_heading, "accent1_text") for words, area in labels]
    out += [write_block(w, one) for one in placed.inside]
    return "".join(out)


def column_in_placeholders(w: ShapeWriter, column: Column, number: int, head: Area, text: Placed) -> list[str]:
    """A column in two of the placeholders of a comparison layout."""
    assert isinstance(text.block, Text)

    def make(context: TextContext) -> str:
        own = heading_size(w.sizes, "column_heading", text.size)
        size = 0.0 if w.inherits and own == w.sizes.column_heading else own
        colour = "" if w.inherits else heading_colour(number)
        words = column.heading if w.inherits else bold(column.heading)
        runs = "".join(text_run(run, context, size, colour) for run in words)
        start = "" if w.inherits else UNLISTED
        heading = f'<a:p>{start}{runs}<a:endParaRPr lang="{context.lang}"/></a:p>'
        levels = "" if w.inherits else AS_MEASURED
        return w.text_placeholder(f"Heading {number + 1}", w.column_placeholders[2 * number], heading, head, levels)

    out = [w.mathematical([column.heading], make)]
    out.append(w.mathematical([p.runs for p in text.block.paragraphs], partial(_column_body, w, text, number)))
    w.steps.append(Step(w.ids.last))
    return out


def _column_body(w: ShapeWriter, text: Placed, number: int, context: TextContext) -> str:
    """The text of a column in its placeholder."""
    assert isinstance(text.block, Text)
    body = paragraphs(text.block.paragraphs, context, text.size, room=(0.0, text.air))
    return w.text_placeholder(f"Column {number + 1}", w.column_placeholders[2 * number + 1], body, text)


def _heading(w: ShapeWriter, column: Column, number: int, head: Area, size: float) -> str:
    """The heading of a column in a box of its own."""
    colour = heading_colour(number)

    def make(context: TextContext) -> str:
        body = plain_paragraph(bold(column.heading), context, size, colour=colour)
        return w.text_box("Heading", replace(head, height=head.height - HEADING_GAP), body, GROWING)

    return w.mathematical([column.heading], make)


def heading_colour(number: int) -> str:
    """The colour of the theme for the heading of a column."""
    return "accent2_text" if number % 2 == 0 else "accent1_text"

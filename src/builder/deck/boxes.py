"""How high each kind of block is at a width and a scale, and where it may be split."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from builder.deck.furniture import Progress
from builder.deck.geometry import Area, Geometry
from builder.deck.lines import LaidParagraph, Typeface, break_runs, height_of, lay_out
from builder.deck.model import (
    Block,
    Box,
    Caption,
    Chart,
    Code,
    Columns,
    Diagram,
    Equation,
    FittedSlide,
    Line,
    Media,
    Paragraph,
    Picture,
    Placed,
    Quote,
    Run,
    Runs,
    Table,
    Text,
    Timeline,
    plain,
)
from builder.deck.spans import cells_of, with_room

BOX_PADDING = 18.0
CODE_PADDING = 14.0
QUOTE_INDENT = 24.0
COLUMN_GAP = 36.0
CELL_PADDING_X = 10.0
CELL_PADDING_Y = 7.0
HEADING_GAP = 8.0
CAPTION_GAP = 8.0
MIN_VISUAL = 150.0


@dataclass(frozen=True, slots=True)
class Measured:
    """A block measured at a width. ``wanted`` is the height it would take when there is room."""

    block: Block
    size: float
    height: float
    wanted: float
    fits: bool = True
    lines: tuple[Line, ...] = ()
    row_heights: tuple[float, ...] = ()
    column_widths: tuple[float, ...] = ()
    caption_height: float = 0
    width: float = 0

    def at(self, x: float, y: float, width: float, height: float) -> Placed:
        """The block in its box; ``width`` is what the block itself needs, where it needs less."""
        return Placed(
            self.block, x, y, self.width or width, height, self.size, "", self.lines, self.row_heights,
            self.column_widths, self.caption_height,
        )  # fmt: skip


def placed_lines(laid: list[LaidParagraph], offset: float = 0.0) -> tuple[Line, ...]:
    """The model's form of laid-out paragraphs."""
    return tuple(Line(item.y + offset, item.height, item.lines) for item in laid)


def measure(block: Block, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    """Measure ``block`` in ``width`` points at ``scale`` (1: the template's sizes)."""
    return MEASURES[type(block)](block, width, scale, geometry, typeface)


def _size(geometry: Geometry, name: str, scale: float) -> float:
    """A type size at a scale, not below its floor, in half points."""
    floor: float = getattr(geometry.sizes, f"{name}_floor")
    span: float = getattr(geometry.sizes, name) - floor
    lowest = geometry.sizes.body_floor / geometry.sizes.body
    share = (scale - lowest) / (1 - lowest)
    size = round((floor + span * max(share, 0.0)) * 2) / 2
    return max(floor, size)


def _text(block: Text, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = _size(geometry, block.type, scale)
    laid = lay_out(block.paragraphs, width, size, typeface)
    height = height_of(laid)
    return Measured(block, size, height, height, whole(laid, scale, geometry), placed_lines(laid))


def whole(laid: list[LaidParagraph], scale: float, geometry: Geometry) -> bool:
    """True if no word had to be cut; at the floor, where nothing else helps, words are cut."""
    at_floor = scale <= geometry.sizes.body_floor / geometry.sizes.body
    return at_floor or all(item.fits for item in laid)


def _quote(block: Quote, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = _size(geometry, "body", scale)
    laid = lay_out(quote_paragraphs(block), width - 2 * QUOTE_INDENT, size, typeface)
    height = height_of(laid) + 2 * BOX_PADDING
    return Measured(block, size, height, height, whole(laid, scale, geometry), placed_lines(laid, BOX_PADDING))


def quote_paragraphs(block: Quote) -> tuple[Paragraph, ...]:
    """A quotation as paragraphs, its attribution last."""
    quoted = [Paragraph(tuple(replace(run, italic=not run.italic) for run in runs)) for runs in block.paragraphs]
    by = [Paragraph((Run("— "), *block.attribution))] if block.attribution else []
    return (*quoted, *by)


def _box(block: Box, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = _size(geometry, "body", scale)
    title = (
        break_runs(_bold(block.title), width - 2 * BOX_PADDING, geometry.sizes.box_title, typeface)
        if block.title
        else None
    )
    above = BOX_PADDING + (len(title.lines) * geometry.sizes.box_title * typeface.pitch + HEADING_GAP if title else 0.0)
    laid = lay_out(block.paragraphs, width - 2 * BOX_PADDING, size, typeface)
    height = above + height_of(laid) + BOX_PADDING
    return Measured(block, size, height, height, whole(laid, scale, geometry), placed_lines(laid, above))


def _columns(block: Columns, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = _size(geometry, "body", scale)
    each = (width - COLUMN_GAP * (len(block.columns) - 1)) / len(block.columns)
    lines: list[Line] = []
    tallest, fits = 0.0, True
    above = (
        max(
            len(break_runs(_bold(column.heading), each, geometry.sizes.column_heading, typeface).lines)
            for column in block.columns
        )
        * geometry.sizes.column_heading
        * typeface.pitch
        + HEADING_GAP
    )
    for column in block.columns:
        laid = lay_out(column.paragraphs, each, size, typeface)
        lines += placed_lines(laid, above)
        tallest = max(tallest, above + height_of(laid))
        fits = fits and whole(laid, scale, geometry)
    return Measured(
        block,
        size,
        tallest,
        tallest,
        fits,
        tuple(lines),
        column_widths=(each,) * len(block.columns),
        row_heights=(above,),
    )


def _bold(runs: Runs) -> Runs:
    return tuple(replace(run, bold=True) for run in runs)


def _code(block: Code, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    inside = width - 2 * CODE_PADDING
    size = _size(geometry, "code", scale)
    longest = max((typeface.width(Run("", code=True), plain(line), 100) / 100 for line in block.lines), default=0)
    if longest * size > inside:
        size = max(geometry.sizes.code_floor, int(inside / longest * 2) / 2)
    advance = typeface.width(Run("", code=True), "m", size)
    room = int(inside / advance + 1e-6)
    wrapped = tuple(Line(0, 0, tuple(chunks(plain(line), room))) for line in block.lines)
    pitch = size * CODE_PITCH
    lines, y = [], CODE_PADDING
    for line in wrapped:
        lines.append(Line(y, len(line.lines) * pitch, line.lines))
        y += len(line.lines) * pitch
    height = y + CODE_PADDING
    return Measured(block, size, height, height, True, tuple(lines))


CODE_PITCH = 1.164
"""Line height of DejaVu Sans Mono (hhea) in em."""


def chunks(text: str, room: int) -> list[str]:
    """A code line in pieces of at most ``room`` characters."""
    return [text[start : start + room] for start in range(0, len(text), room)] or [""]


def _equation(block: Equation, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    room = width - (80 if block.number else 0)
    size = _size(geometry, "equation", scale)
    if block.width_em * size > room:
        size = max(geometry.sizes.equation_floor, int(room / block.width_em * 2) / 2)
    height = block.height_em * size + 24
    return Measured(block, size, height, height, block.width_em * size <= room + 0.5)


def caption_size(caption: Caption | None, width: float, geometry: Geometry, typeface: Typeface) -> float:
    """Height of a caption with the gap above it, 0 without one."""
    if caption is None or not caption.text:
        return 0.0
    size = geometry.sizes.caption
    lines = break_runs((Run(caption.text),), width, size, typeface).lines
    return CAPTION_GAP + len(lines) * size * typeface.pitch


def _visual(
    block: Picture | Media | Chart, width: float, scale: float, geometry: Geometry, typeface: Typeface
) -> Measured:
    below = caption_size(block.caption, width, geometry, typeface)
    if isinstance(block, Picture | Media):
        wanted = width * block.height_px / block.width_px + below
        least = min(wanted, MIN_VISUAL + below)
        return Measured(block, geometry.sizes.caption, least, wanted, caption_height=below)
    rows = len(block.data.categories) * (len(block.data.series) if block.data.kind == "bar" else 1)
    least = max(MIN_VISUAL, 26.0 * rows + 40 if block.data.kind in ("bar", "range", "stacked-bar") else 200.0)
    return Measured(block, geometry.sizes.body_floor, least + below, max(least, 330.0) + below, caption_height=below)


def _diagram(block: Diagram, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    """As large as its width allows, up to the size of body text; not below the floor of tables."""
    below = caption_size(block.caption, width, geometry, typeface)
    largest = min(width / block.width, geometry.sizes.body / block.size)
    least = geometry.sizes.table_floor / block.size
    wanted = block.height * largest + below
    return Measured(
        block,
        geometry.sizes.caption,
        min(block.height * least + below, wanted),
        wanted,
        largest >= least,
        caption_height=below,
    )


def diagram_scale(placed: Placed) -> float:
    """By what a diagram is scaled in its box."""
    block = placed.block
    assert isinstance(block, Diagram)
    room = placed.height - placed.caption_height
    return min(placed.width / block.width, room / block.height)


def _table(block: Table, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = _size(geometry, "table", scale)
    widths = table_columns(block, width, size, typeface)
    one = size * typeface.pitch
    heights = []
    spanning = []
    fits = True
    for number, row in cells_of(block):
        tallest = 1
        for column, cell in row:
            room = sum(widths[column : column + cell.colspan]) - 2 * CELL_PADDING_X
            runs = _bold(cell.runs) if number < block.head else cell.runs
            broken = break_runs(runs, max(room, 1), size, typeface)
            fits = fits and (broken.fits or not cell.runs)
            if cell.rowspan == 1:
                tallest = max(tallest, len(broken.lines))
            else:
                spanning.append((number, cell.rowspan, len(broken.lines) * one + 2 * CELL_PADDING_Y))
        heights.append(tallest * one + 2 * CELL_PADDING_Y)
    rows = with_room(heights, spanning)
    below = caption_size(block.caption, width, geometry, typeface)
    total = sum(rows) + below
    return Measured(block, size, total, total, fits, (), rows, tuple(widths), below)


def table_columns(block: Table, width: float, size: float, typeface: Typeface) -> list[float]:
    """Column widths that fill ``width``: natural ones when they fit, else shared by what the cells need."""
    natural = [40.0] * block.columns
    least = [30.0] * block.columns
    for number, row in cells_of(block):
        for column, cell in row:
            if cell.colspan == 1 and cell.runs and column < block.columns:
                runs = _bold(cell.runs) if number < block.head else cell.runs
                longest = max((typeface.width(run, run.text, size) for run in runs), default=0)
                whole = sum(typeface.width(run, run.text, size) for run in runs)
                words = [
                    typeface.width(run, word, size)
                    for run in runs
                    for word in ([run.text] if run.math else run.text.split())
                ]
                natural[column] = max(natural[column], whole + 2 * CELL_PADDING_X + 1, longest)
                least[column] = max(least[column], max(words, default=0) + 2 * CELL_PADDING_X + 1)
    if sum(natural) <= width:
        spare = width - sum(natural)
        return [value + spare * value / sum(natural) for value in natural]
    if sum(least) >= width:
        return [width * value / sum(least) for value in least]
    spare, demand = width - sum(least), [n - m for n, m in zip(natural, least, strict=True)]
    weight = [value**0.5 for value in demand]
    return [m + spare * w / (sum(weight) or 1) for m, w in zip(least, weight, strict=True)]


def _timeline(block: Timeline, width: float, scale: float, geometry: Geometry, typeface: Typeface) -> Measured:
    size = _size(geometry, "timeline", scale)
    below = caption_size(block.caption, width, geometry, typeface)
    label = timeline_label_width(len(block.events), width)
    fits = len(block.events) <= TIMELINE_EVENTS
    tallest = 0.0
    lines = []
    for event in block.events:
        date = break_runs((Run(event.date, bold=True),), label, size, typeface)
        words = break_runs((Run(event.text),), label, size, typeface)
        fits = fits and date.fits and words.fits
        height = (len(date.lines) + len(words.lines)) * size * typeface.pitch
        lines.append(Line(0, height, (*date.lines, *words.lines)))
        tallest = max(tallest, height)
    height = 2 * (tallest + TIMELINE_STEM) + below
    return Measured(
        block, size, height, max(height, min(330.0, height * 1.15)), fits, tuple(lines), caption_height=below
    )


TIMELINE_EVENTS = 6
TIMELINE_STEM = 16.0


TIMELINE_GAP = 14.0
"""Room between two labels on one side of the rule."""


def timeline_label_width(count: int, width: float) -> float:
    """Labels stand above and below the rule in turn: two on one side are two steps apart, and the outer ones end with the rule."""
    return min((2 * width - TIMELINE_GAP * (count - 1)) / (count + 1), width / 2)


MEASURES: dict[type, Callable[..., Measured]] = {
    Text: _text,
    Quote: _quote,
    Box: _box,
    Columns: _columns,
    Code: _code,
    Equation: _equation,
    Picture: _visual,
    Media: _visual,
    Chart: _visual,
    Diagram: _diagram,
    Table: _table,
    Timeline: _timeline,
}


def picture_box(placed: Placed) -> tuple[float, float, float, float]:
    """Where the picture itself stands in its box: as large as its shape allows, at the left."""
    block = placed.block
    assert isinstance(block, Picture | Media)
    room = placed.height - placed.caption_height
    scale = min(placed.width / block.width_px, room / block.height_px)
    return placed.x, placed.y, block.width_px * scale, block.height_px * scale


def timeline_boxes(placed: Placed) -> list[tuple[float, float, float, float, float, float, int]]:
    """(x, y, width, height of the label; x of the dot; y of the rule; index) for each event."""
    block = placed.block
    assert isinstance(block, Timeline)
    height = placed.height - placed.caption_height
    rule = placed.y + height / 2
    width = timeline_label_width(len(block.events), placed.width)
    step = (placed.width - width) / max(len(block.events) - 1, 1)
    boxes = []
    for index, line in enumerate(placed.lines):
        x = placed.x + step * index
        y = rule - TIMELINE_STEM - line.height if index % 2 == 0 else rule + TIMELINE_STEM
        boxes.append((x, y, width, line.height, x + width / 2, rule, index))
    return boxes


BAND_FOOT = 36.0
BAND_PADDING = 14.0
"""What a full-bleed slide leaves below its title and caption, and above them on their band."""
BAND, BAND_OPACITY = "000000", 0.62
"""The band: white letters on it have a contrast of more than 4.5 even over a white picture."""


def band_of(fitted: FittedSlide, geometry: Geometry) -> Area:
    """The band across the foot of a full-bleed slide that its title stands on."""
    assert fitted.title_area is not None
    top = fitted.title_area.y - BAND_PADDING
    return Area(0, top, geometry.width, geometry.height - top)


def crop_of(placed: Placed) -> tuple[float, float]:
    """What part of a picture's width and of its height is cut off at each side so that it fills its box."""
    block = placed.block
    assert isinstance(block, Picture)
    scale = max(placed.width / block.width_px, placed.height / block.height_px)
    return (1 - placed.width / (block.width_px * scale)) / 2, (1 - placed.height / (block.height_px * scale)) / 2


PROGRESS_HEIGHT = 4.0
PROGRESS_GAP = 3.0


MOST_PIECES = 20
"""A strip of more pieces than these could not be read, and would be most of what a deck holds: it is one bar, part filled."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the strip: where, in which colour of the theme, its part's name, and the place of the part's first slide."""

    area: Area
    colour: str
    name: str
    first: int


def progress_pieces(progress: Progress, geometry: Geometry) -> list[Piece]:
    """The strip at the foot of a slide, as wide as its title: grey is behind us, the accent is here, tint before us."""
    left, width = geometry.title.x, geometry.title.width
    y = geometry.height - PROGRESS_HEIGHT - 8
    parts = len(progress.names)
    if parts > MOST_PIECES:
        done = width * (progress.index + 1) / parts
        return [
            Piece(Area(left, y, done, PROGRESS_HEIGHT), "accent1", "Behind us", -1),
            Piece(Area(left + done, y, width - done, PROGRESS_HEIGHT), "lt2", "Before us", -1),
        ]
    each = (width - PROGRESS_GAP * (parts - 1)) / parts
    pieces = []
    for index, (name, first) in enumerate(zip(progress.names, progress.first, strict=True)):
        colour = "accent6" if index < progress.index else "accent1" if index == progress.index else "lt2"
        pieces.append(Piece(Area(left + index * (each + PROGRESS_GAP), y, each, PROGRESS_HEIGHT), colour, name, first))
    return pieces

"""Fitted deck → Typst pages: the same boxes as the .pptx, as a PDF that needs no office program.

Each paragraph is placed where the fit put it and broken by Typst itself at the same width, so that a wrong
measure shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from builder import fonts
from builder.book.escape import call, markup, string
from builder.charts.svg import Style, draw_chart
from builder.contrast import channels
from builder.deck.boxes import (
    BOX_PADDING,
    CELL_PADDING_X,
    CELL_PADDING_Y,
    CODE_PADDING,
    CODE_PITCH,
    COLUMN_GAP,
    QUOTE_INDENT,
    picture_box,
    progress_boxes,
    quote_paragraphs,
    timeline_boxes,
)
from builder.deck.furniture import Progress, jump_targets, progress_of
from builder.deck.geometry import Area, Geometry
from builder.deck.lines import SUBSCRIPT, Typeface, indent_of, split_runs
from builder.deck.model import (
    Block,
    Box,
    Caption,
    Chart,
    Code,
    Columns,
    Equation,
    FittedDeck,
    FittedSlide,
    Line,
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
from builder.formulas import Formulas
from builder.measure import face


@dataclass(frozen=True, slots=True)
class Pages:
    """Writes the pages of one deck."""

    geometry: Geometry
    typeface: Typeface
    formulas: Formulas
    colours: dict[str, str]
    images: Callable[[str], str]
    jumps: dict[str, int] = field(default_factory=dict)
    page_of: dict[int, int] = field(default_factory=dict)

    def deck(self, fitted: FittedDeck) -> str:
        """Typst text of all slides that are shown."""
        font = fonts.METRIC_TWINS.get(self.geometry.font.lower(), self.geometry.font).title()
        metrics = face(self.geometry.font).metrics
        deck = fitted.deck
        head = (
            f"#set document(title: {string(deck.title)}, author: {string(deck.author)})\n"
            f"#set page(width: {self.geometry.width:.2f}pt, height: {self.geometry.height:.2f}pt, margin: 0pt)\n"
            f"#set text(font: ({string(font)}, {string(fonts.SANS)}, {string(fonts.MONO)}), lang: {string(deck.lang[:2])}, "
            f"fill: {self.colour('dk1')}, hyphenate: false, fallback: true, "
            f"top-edge: {metrics.ascent:.4f}em, bottom-edge: -{metrics.descent:.4f}em)\n"
            f'#set par(linebreaks: "simple", justify: false, leading: {metrics.pitch - metrics.ascent - metrics.descent:.4f}em, spacing: 0pt)\n'
            "#set smartquote(enabled: false)\n#show heading: it => it.body\n#show raw: set text(1.25em)\n"
            "#let at(x, y, w, body) = place(top + left, dx: x * 1pt, dy: y * 1pt, block(width: w * 1pt, body))\n"
            "#let fill-at(x, y, w, h, c) = place(top + left, dx: x * 1pt, dy: y * 1pt, pdf.artifact(rect(width: w * 1pt, height: h * 1pt, fill: c)))\n"
            "#let dot-at(x, y, r, c) = place(top + left, dx: x * 1pt, dy: y * 1pt, pdf.artifact(circle(radius: r * 1pt, fill: c)))\n"
        )
        shown = [number for number, slide in enumerate(fitted.slides) if not slide.slide.hidden]
        self.jumps.update(jump_targets(fitted))
        self.page_of.update({number: page for page, number in enumerate(shown, start=1)})
        places = progress_of(fitted)
        pages = [self.page(fitted.slides[number], number + 1, deck.foot, places[number]) for number in shown]
        return head + "\n".join(pages)

    def colour(self, name: str) -> str:
        """A theme colour as Typst."""
        return f'rgb("{self.colours.get(name, name)}")'

    def page(self, fitted: FittedSlide, number: int, foot: str, progress: Progress | None) -> str:
        slide = fitted.slide
        fill = {"title": "accent1", "section": "lt2"}.get(slide.layout, "lt1")
        if slide.background:
            fill = slide.background if slide.background in self.colours else f"#{slide.background.lstrip('#')}"
        parts = [self.opening(fitted) if slide.layout in ("title", "section") else self.title(fitted)]
        parts += [WRITERS[type(placed.block)](self, placed) for placed in fitted.placed]
        if slide.layout != "title":
            parts.append(self.footer(number, foot))
        if progress is not None and slide.layout not in ("title", "section"):
            parts.append(self.progress(progress))
        return f"#page(fill: {self.colour(fill)})[\n" + "\n".join(parts) + "\n]"

    def progress(self, progress: Progress) -> str:
        """The strip that says where we are."""
        boxes = progress_boxes(len(progress.names), self.geometry)
        out = []
        for index, box in enumerate(boxes):
            colour = "accent6" if index < progress.index else "accent1" if index == progress.index else "lt2"
            out.append(f"#fill-at({box.x:.2f}, {box.y:.2f}, {box.width:.2f}, {box.height:g}, {self.colour(colour)})")
        return "\n".join(out)

    def footer(self, number: int, foot: str) -> str:
        x, y = self.geometry.title.x, self.geometry.height - 41
        grey = self.colour("accent6")
        lecture = f"#at({x:.2f}, {y:.2f}, 700)[#text(11pt, fill: {grey})[{markup(foot)}]]"
        page = (
            f"#at({self.geometry.width - x - 144:.2f}, {y:.2f}, 144)[#align(right, text(11pt, fill: {grey})[{number}])]"
        )
        return f"{lecture}{page}"

    def heading(self, area: Area, size: float, text: str, colour: str, top: float = 0) -> str:
        body = f'#text({size:g}pt, weight: "bold", fill: {self.colour(colour)})[{markup(text)}]'
        return f"#at({area.x:.2f}, {area.y + top:.2f}, {area.width:.2f})[#heading(level: 1)[{body}]]"

    def title(self, fitted: FittedSlide) -> str:
        area = self.geometry.title
        bar = f"#fill-at({area.x:.2f}, {area.y - 14.4:.2f}, 43.2, 4.3, {self.colour('accent1')})"
        return bar + self.heading(area, fitted.title_size, fitted.slide.heading, "dk1")

    def opening(self, fitted: FittedSlide) -> str:
        slide, g = fitted.slide, self.geometry
        if slide.layout == "title":
            bar = f"#fill-at({g.opening_title.x:.2f}, {g.opening_title.y - 21.6:.2f}, 64.8, 4.3, {self.colour('lt1')})"
            subtitle = f"#at({g.opening_subtitle.x:.2f}, {g.opening_subtitle.y:.2f}, {g.opening_subtitle.width:.2f})[#text(24pt, fill: {self.colour('lt1')})[{markup(slide.subtitle)}]]"
            book = f"#at({g.opening_title.x:.2f}, {g.height - 58:.2f}, {g.opening_title.width:.2f})[#text(16pt, fill: {self.colour('lt2')})[{markup(slide.kicker)}]]"
            return bar + self.heading(g.opening_title, fitted.title_size, slide.heading, "lt1") + subtitle + book
        number = f'#at({g.section_title.x:.2f}, {g.section_title.y - 106:.2f}, {g.section_title.width:.2f})[#text(80pt, weight: "bold", fill: {self.colour("accent1")})[{markup(slide.kicker)}]]'
        return number + self.heading(g.section_title, fitted.title_size, slide.heading, "dk1")

    # --- text

    def runs(self, runs: Runs) -> str:
        """Inline markup of runs."""
        return "".join(self.run(run) for run in runs)

    def run(self, run: Run) -> str:
        if run.math:
            formula = self.formulas[run.math]
            if formula.typst:
                return f"#box(math.equation(alt: {string(run.math)}, $display({formula.typst})$));"
            return markup(run.math)
        body = f"#raw({string(run.text)});" if run.code else markup(run.text)
        given = {}
        if run.bold:
            given["weight"] = '"bold"'
        if run.italic:
            given["style"] = '"italic"'
        if run.colour:
            given["fill"] = f'rgb("#{run.colour}")'
        if run.lang:
            given["lang"] = string(run.lang[:2])
        if given:
            body = call("text", body, **given)
        if run.sub or run.sup:
            body = f"#text(size: {SUBSCRIPT:g}em, baseline: {'0.25em' if run.sub else '-0.45em'})[{body}];"
        for flag, function in ((run.strike, "strike"), (run.underline, "underline")):
            body = call(function, body) if flag else body
        if run.smallcaps:
            body = call("upper", body)
        if run.link and not run.link.startswith("#"):
            body = f"#link({string(run.link)})[{body}];"
        elif page := self.page_of.get(self.jumps.get(run.link[1:], -1)):
            body = f"#link((page: {page}, x: 0pt, y: 0pt))[{body}];"
        return body

    def paragraphs(
        self, items: tuple[Paragraph, ...], lines: tuple[Line, ...], x: float, y: float, width: float, size: float
    ) -> str:
        """Paragraphs at the places that the fit gave them."""
        marker = max((self.typeface.width(Run(p.number), p.number + " ", size) for p in items if p.number), default=0.0)
        out = []
        for paragraph, line in zip(items, lines, strict=True):
            indent = indent_of(paragraph, size, marker)
            if paragraph.level:
                mark = paragraph.number or ("•" if paragraph.level == 1 else "–")
                colour = "accent1" if paragraph.level == 1 or paragraph.number else "accent6"
                out.append(
                    f"#at({x + indent.bullet:.2f}, {y + line.y:.2f}, {max(indent.text - indent.bullet, 1):.2f})"
                    f"[#text({indent.size:g}pt, fill: {self.colour(colour)})[{markup(mark)}]]"
                )
            out.append(
                f"#at({x + indent.text:.2f}, {y + line.y:.2f}, {width - indent.text + 0.02:.2f})[#text({indent.size:g}pt)[{self.runs(paragraph.runs)}]]"
            )
        return "\n".join(out)

    def caption(self, caption: Caption | None, placed: Placed, bottom: float) -> str:
        if caption is None or not placed.caption_height:
            return ""
        y = bottom - placed.caption_height + 8
        size = self.geometry.sizes.caption
        return f"#at({placed.x:.2f}, {y:.2f}, {placed.width:.2f})[#text({size:g}pt, fill: {self.colour('accent6')})[{markup(caption.text)}]]"

    def panel(self, placed: Placed) -> str:
        return (
            f"#fill-at({placed.x:.2f}, {placed.y:.2f}, {placed.width:.2f}, {placed.height:.2f}, {self.colour('lt2')})"
        )


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
        words = tuple(replace(run, text=run.text.upper(), bold=True) for run in block.title)
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


WRITERS: dict[type[Block], Callable[[Pages, Placed], str]] = {
    Text: text,
    Table: table,
    Picture: picture,
    Chart: chart,
    Code: code,
    Quote: quote,
    Box: box,
    Columns: columns,
    Equation: equation,
    Timeline: timeline,
}


def deck_pages(fitted: FittedDeck, pages: Pages) -> str:
    """The whole Typst text of a deck."""
    return pages.deck(fitted)

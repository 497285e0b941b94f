"""Fitted deck → Typst pages: the same boxes as the .pptx, as a PDF that needs no office program.

Each paragraph is placed where the fit put it and broken by Typst itself at the same width, so that a wrong
measure shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from builder.deck.accents import ground_of
from builder.deck.barrier import Barrier
from builder.deck.furniture import jump_targets
from builder.deck.geometry import NUMBER, Area, Geometry, Look, TextLook
from builder.deck.kinds import kind_of
from builder.deck.lines import Typeface, height_of_runs, paint
from builder.deck.measured import bold, capitals
from builder.deck.model import (
    ALONE,
    LAYOUTS,
    LIGHT,
    LIT,
    Caption,
    FittedDeck,
    FittedSlide,
    Paragraph,
    Placed,
    PlacedParagraph,
    Run,
    Runs,
    Slide,
)
from builder.deck.openings import LINE, as_set, foot_in, lines_beside, size_in
from builder.deck.pages.full_bleed import full_bleed
from builder.deck.pages.paragraphs import in_places
from builder.deck.pages.styled_runs import drawn_with, in_lines, styled
from builder.deck.progress import Progress, has_strip, progress_of, progress_pieces
from builder.deck.scripts import FROM_LEFT, by_script
from builder.deck.surroundings import foot_of, section_above
from builder.typeset import fonts
from builder.typeset.escape import call, markup, string
from builder.typeset.math.formulas import Formulas
from builder.typeset.math.setting import FORMULA_RULES
from builder.typeset.measure import face

ROLES = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
"""Role of a colour in a template → its name among the template's colours."""
OVER_LEADING = 0.7
"""The share of the room between lines over which Typst lets a formula reach above and below its line."""


class States(Protocol):
    """What is seen of a slide one after the other."""

    def __call__(self, fitted: FittedSlide, *, incremental: bool) -> list[FittedSlide]:
        """The slide as it is at each step."""


def alone(fitted: FittedSlide, *, incremental: bool) -> list[FittedSlide]:
    """A slide with all that it shows."""
    return [fitted]


@dataclass(frozen=True, slots=True)
class PageWriter:
    """Writes the pages of one deck."""

    geometry: Geometry
    typeface: Typeface
    formulas: Formulas
    colours: Mapping[str, str]
    images: Callable[[str], str]
    barrier: Barrier
    families: tuple[str, ...] = ()
    from_right: bool = False
    side: str = ""
    """Where lines of text without bullets are, ``center`` or ``right``: '' for where they begin."""
    jumps: dict[str, int] = field(default_factory=dict)
    page_of: dict[int, int] = field(default_factory=dict)
    grounds: dict[str, int] = field(default_factory=dict)

    def deck(self, fitted: FittedDeck, states: States = alone) -> str:
        """Typst text of all slides that are shown, a page for each of the ``states`` of each."""
        shown = self.begin(fitted)
        page = 1
        for number in shown:
            self.page_of[number] = page
            page += len(states(fitted.slides[number], incremental=fitted.deck.style.incremental))
        size = f"width: {self.geometry.width:.2f}pt, height: {self.geometry.height:.2f}pt, margin: 0pt"
        pages = (f"#page(fill: {fill})[\n{body}\n]" for fill, body in self.slides(fitted, shown, states))
        return self.head(fitted, size) + "\n".join(pages)

    def begin(self, fitted: FittedDeck) -> list[int]:
        """Places of the slides that are shown; notes where links lead and which grounds are drawn."""
        shown = [number for number, slide in enumerate(fitted.slides) if not slide.slide.hidden]
        self.jumps.update(jump_targets(fitted))
        drawings = (self.drawing_below(fitted.slides[number]) for number in shown)
        self.grounds.update({drawing: index for index, drawing in enumerate(dict.fromkeys(drawings))})
        return shown

    def slides(self, fitted: FittedDeck, shown: list[int], states: States = alone) -> list[tuple[str, str]]:
        """(fill, content) of each of the ``states`` of each slide that is shown."""
        places = progress_of(fitted)
        foot = fitted.deck.foot
        found = []
        for number in shown:
            write = partial(self.slide, number=number + fitted.first, foot=foot, progress=places[number])
            seen = states(fitted.slides[number], incremental=fitted.deck.style.incremental)
            found += [self.barrier.slide(state, write) for state in seen]
        return found

    def head(self, fitted: FittedDeck, page: str) -> str:
        """Settings of document and text, and functions that the slides call; ``page`` is the size of a page."""
        others = "".join(f", {string(name)}" for name in self.families)
        font = drawn_with(self.geometry.font)
        metrics = face(self.geometry.font).metrics
        deck, way = fitted.deck, ", dir: rtl" if self.from_right else ""
        head = (
            f"#set document(title: {string(deck.title)}, author: {string(deck.author)})\n"
            f"#set page({page})\n"
            f"#set text(font: ({string(font)}, {string(fonts.SANS)}{others}, {string(fonts.MONO)}), "
            f"lang: {string(deck.lang[:2])}{way}, fill: {self.colour('dk1')}, hyphenate: false, fallback: true, "
            f"top-edge: {metrics.ascent:.4f}em, bottom-edge: -{metrics.descent:.4f}em)\n"
            '#set par(linebreaks: "simple", justify: false, '
            f"leading: {metrics.pitch - metrics.ascent - metrics.descent:.4f}em, spacing: 0pt)\n"
            f"{FORMULA_RULES}"
            "#set smartquote(enabled: false)\n#show heading: it => it.body\n#show raw: set text(1.25em)\n"
            "#let at(x, y, w, body) = place(top + left, dx: x * 1pt, dy: y * 1pt, "
            f"block(width: w * 1pt, {'align(start, body)' if self.from_right else 'body'}))\n"
            '#let said(words: "", body) = { show words: body; text(words) }\n'
            "#let fill-at(x, y, w, h, c) = place(top + left, dx: x * 1pt, dy: y * 1pt, "
            "pdf.artifact(rect(width: w * 1pt, height: h * 1pt, fill: c)))\n"
            "#let dot-at(x, y, r, c) = place(top + left, dx: x * 1pt, dy: y * 1pt, "
            "pdf.artifact(circle(radius: r * 1pt, fill: c)))\n"
        )
        for drawing, index in self.grounds.items():
            if drawing:
                image = f'image(bytes({string(drawing)}), format: "svg", width: {self.geometry.width:.2f}pt)'
                head += f"#let ground-{index} = place(top + left, pdf.artifact({image}))\n"
        return head

    def colour(self, name: str) -> str:
        """A theme colour as Typst."""
        return f'rgb("{self.colours.get(ROLES.get(name, name), name)}")'

    def slide(self, fitted: FittedSlide, number: int, foot: str, progress: Progress | None) -> tuple[str, str]:
        """(fill, content) of a slide."""
        slide = fitted.slide
        kind = self.kind(fitted)
        asked = ground_of(slide.background, "", self.colours)
        look = self.geometry.look(kind).on(asked)
        fill = asked or look.background
        drawing = self.drawing_below(fitted)
        parts = [f"#ground-{self.grounds[drawing]}"] if drawing else []
        parts += [self.static(place, words.replace(NUMBER, str(number))) for place, words in look.words]
        if fitted.layout == "full-bleed":
            parts.append(full_bleed(self, fitted))
        else:
            parts.append(self.heading(self.place_of_title(kind, fitted), fitted))
            if slide.layout in ("title", "section", "question"):
                parts += self.extras(fitted, look)
            own = look.texts.get("content") if slide.layout in ALONE else None
            side = self.geometry.side(kind) if own is not None else "left"
            write = replace(self, side=side) if side != "left" else self
            for placed in fitted.placed:
                body = self.barrier.write(placed, slide.source, write.block)
                parts.append(self.as_in(own, body) if own is not None and placed.role == "body" else body)
            if slide.layout != "title":
                parts += self.above(slide, look)
                parts += self.footer(look, number, foot_of(slide, look, foot))
        if progress is not None and has_strip(fitted):
            parts.append(self.progress(progress))
        return self.colour(fill), "\n".join(parts)

    def drawing_below(self, fitted: FittedSlide) -> str:
        """The SVG of what its layout shows on a slide."""
        look = self.geometry.look(self.kind(fitted))
        return look.shapes if fitted.slide.background else look.drawing

    def place_of_title(self, kind: str, fitted: FittedSlide) -> TextLook:
        """The place of a title as its layout styles it, where this slide has it."""
        look = self.geometry.title_look(kind).on(ground_of(fitted.slide.background, "", self.colours))
        if fitted.title_box is not None:
            return replace(look, area=fitted.title_box)
        if fitted.title_area is None:
            return look
        return replace(look.moved_to(fitted.title_area, self.colours["dk1"]), align=fitted.title_side or look.align)

    def as_in(self, place: TextLook, body: str) -> str:
        """``body`` in the colour and weight of a place of the template."""
        weight = "bold" if place.bold else "regular"
        return f'#[#set text(fill: {self.colour(place.colour)}, weight: "{weight}")\n{body}]'

    def block(self, placed: Placed) -> str:
        """Content of a block in its place."""
        return kind_of(placed.block).page(self, placed)

    @staticmethod
    def kind(fitted: FittedSlide) -> str:
        """The name of the slide's look: the layout that its author named, or the one that its content asks for."""
        if fitted.slide.layout in ("title", "section", *ALONE) or (
            fitted.slide.layout and fitted.slide.layout not in LAYOUTS
        ):
            return fitted.slide.layout
        return "content" if any(placed.role == "body" for placed in fitted.placed) else "title_only"

    def progress(self, progress: Progress) -> str:
        """The strip that shows where we are."""
        return "\n".join(
            f"#fill-at({p.area.x:.2f}, {p.area.y:.2f}, {p.area.width:.2f}, {p.area.height:g}, {self.colour(p.colour)})"
            for p in progress_pieces(progress, self.geometry)
        )

    def above(self, slide: Slide, look: Look) -> list[str]:
        """The section above the title, where the layout has a place for it."""
        text, place = section_above(slide, look), look.texts.get("section")
        return [self.spaced(place, text)] if text and place is not None else []

    def spaced(self, place: TextLook, text: str) -> str:
        """The lines of a place, at the size at which they fit."""
        size, width = size_in(text, place, self.typeface), place.area.width
        typeface = replace(self.typeface, text=place.font) if place.font else self.typeface
        lines = [as_set(line, place) for line in text.split(LINE)]
        words = "#linebreak();".join(
            in_lines(runs, paint(runs, width, size, typeface), width, self.runs) for runs in lines
        )
        if place.spacing:
            words = call("text", words, tracking=f"{place.spacing:g}pt")
        height = sum(height_of_runs(runs, width, size, typeface) for runs in lines)
        return self.line(place, size, words, height, place.font)

    def footer(self, look: Look, number: int, foot: str) -> list[str]:
        """The foot of the deck and the number of the slide, where the layout has places for them."""
        place, of_number = look.texts.get("foot"), look.texts.get("number")
        shown = foot_in(foot, place, self.typeface) if place is not None else ("", 0.0)
        lines = [self.spaced(replace(place, size=shown[1]), shown[0])] if place is not None else []
        return [*lines, *([self.line(of_number, of_number.size, str(number))] if of_number is not None else [])]

    def line(self, place: TextLook, size: float, words: str, height: float = 0, font: str = "") -> str:
        """Markup in one of the template's places, aligned and anchored as it says; in ``font``, '' for that of text.

        ``height`` is that of all its lines, 0 for one line of text.
        """
        metrics = face(font or self.geometry.font).metrics
        spare = place.area.height - (height or size * metrics.pitch)
        y = place.area.y + {"top": 0, "middle": spare / 2, "bottom": spare}[place.anchor]
        look = f', weight: "{"bold" if place.bold else "regular"}"' + (', style: "italic"' if place.italic else "")
        if font:
            look += f", font: ({string(drawn_with(font))}, {string(fonts.SANS)}), "
            look += f"top-edge: {metrics.ascent:.4f}em, bottom-edge: -{metrics.descent:.4f}em"
        body = f"#text({size:g}pt{look}, fill: {self.colour(place.colour)})[{words}]"
        aligned = f"#align({place.align})[{body}]" if place.align != "left" or self.from_right else body
        return f"{self.filled(place)}#at({place.area.x:.2f}, {y:.2f}, {place.area.width:.2f})[{aligned}]"

    @staticmethod
    def filled(place: TextLook) -> str:
        """The fill of a place, '' for none."""
        box = place.box
        at = f"{box.x:.2f}, {box.y:.2f}, {box.width:.2f}, {box.height:.2f}"
        return (
            f'#fill-at({at}, rgb("{place.fill}").transparentize({100 - place.opacity * 100:g}%))' if place.fill else ""
        )

    def static(self, place: TextLook, words: str) -> str:
        """Words of the template itself, which are no content of the slide."""
        lines = words.upper().split("\n") if place.capitals else words.split("\n")
        runs = [(Run(line, bold=place.bold),) for line in lines]
        height = sum(height_of_runs(one, place.area.width, place.size, self.typeface) for one in runs)
        line = self.line(place, place.size, "#linebreak();".join(map(markup, lines)), height)
        return f"#pdf.artifact[{line}]"

    def heading(self, place: TextLook, fitted: FittedSlide) -> str:
        """The title, as a heading of the document, which bookmarks name by its text."""
        runs = capitals(fitted.slide.headline) if place.capitals else fitted.slide.headline
        font, size = self.typeface.titles, fitted.title_size
        typeface = replace(self.typeface, text=font or self.geometry.font)
        painted = paint(bold(runs) if place.bold else runs, place.area.width, size, typeface)
        words = in_lines(runs, painted, place.area.width, self.headline)
        pitch = face(font or self.geometry.font).metrics.pitch
        line = self.line(place, size, words, len(fitted.title_lines) * size * pitch + fitted.title_extra, font)
        return line.replace(")[", ")[#heading(level: 1)[", 1) + "]"

    def headline(self, runs: Runs) -> str:
        """Inline markup of a title."""
        parts = ((run, self.run(run)) for run in by_script(runs))
        return "".join(call("said", body, words=string(run.text)) if run.math else body for run, body in parts)

    def extras(self, fitted: FittedSlide, look: Look) -> list[str]:
        """Subtitle and book of a title slide, number of a section slide."""
        return [self.spaced(place, text) for _name, place, text in lines_beside(fitted.slide, look)]

    # --- text

    def runs(self, runs: Runs) -> str:
        """Inline markup of runs."""
        return "".join(self.run(run) for run in by_script(runs))

    def lines(self, runs: Runs, width: float, size: float) -> str:
        """Markup of runs whose lines end in ``width`` points where PowerPoint ends them."""
        return in_lines(runs, paint(runs, width, size, self.typeface), width, self.runs)

    def run(self, run: Run) -> str:
        """Inline markup of a run."""
        body = (self.formula(run.math) if run.math else "") or styled(run)
        body = f"{FROM_LEFT}{body}{FROM_LEFT}" if run.code and self.from_right else body
        target = ""
        if run.link and not run.link.startswith("#"):
            target = string(run.link)
        elif page := self.page_of.get(self.jumps.get(run.link[1:], -1)):
            target = f"(page: {page}, x: 0pt, y: 0pt)"
        return f"#link({target})[{self.as_link(body, lined=run.strike or run.underline)}];" if target else body

    def formula(self, latex: str) -> str:
        """A formula in the line; '' for one that cannot be set."""
        typst = self.formulas[latex].in_line
        alt = string(self.formulas.spoken(latex))
        metrics = face(self.geometry.font).metrics
        reach = OVER_LEADING * (metrics.pitch - metrics.ascent - metrics.descent)
        body = f"math.equation(alt: {alt}, math.display(${typst}$.body))"
        return f"#box(inset: (y: {reach:.4f}em), {body});" if typst else ""

    def as_link(self, body: str, *, lined: bool) -> str:
        """Text as office programs show it when it is a link; PDF/UA takes no second line on words that have one."""
        coloured = call("text", body, fill=self.colour("hlink"))
        return coloured if lined else call("underline", coloured)

    def paragraphs(self, items: tuple[Paragraph, ...], lines: tuple[PlacedParagraph, ...], box: Placed) -> str:
        """Paragraphs at the places that the fit gave them, in a box and at its type size."""
        return in_places(self, items, lines, box)

    def caption(self, caption: Caption | None, placed: Placed, bottom: float) -> str:
        """The caption of a block, which ends at ``bottom``; '' without one."""
        if caption is None or not placed.caption_height:
            return ""
        y = bottom - placed.caption_height + 8
        size = self.geometry.sizes.caption
        words = self.lines(caption.line, placed.width, size)
        words = f"#text({size:g}pt, fill: {self.colour(self.geometry.quiet)})[{words}]"
        return f"#at({placed.x:.2f}, {y:.2f}, {placed.width:.2f})[{words}]"

    def drawing(self, placed: Placed, svg: str, alt: str, size: str) -> str:
        """An SVG in the box of a block; ``size`` are arguments of Typst's ``image``."""
        image = f'#image(bytes({string(svg)}), format: "svg", alt: {string(alt)}, {size})'
        return f"#at({placed.x:.2f}, {placed.y:.2f}, {placed.width:.2f})[{image}]"

    def lit(self) -> str:
        """The colour that lies on the ground of what is lit."""
        return f"{self.colour(LIT)}.transparentize({100 - LIGHT * 100:g}%)"

    def light(self, area: Area) -> str:
        """The ground of a line that is lit."""
        return f"#fill-at({area.x:.2f}, {area.y:.2f}, {area.width:.2f}, {area.height:.2f}, {self.lit()})"

    def panel(self, placed: Placed) -> str:
        """The ground of a box."""
        return (
            f"#fill-at({placed.x:.2f}, {placed.y:.2f}, {placed.width:.2f}, {placed.height:.2f}, {self.colour('lt2')})"
        )

"""Native shapes of one slide: the pieces that all kinds of block are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from builder.deck.blocks import Chart, Media
from builder.deck.geometry import Area, Sizes, TableLook
from builder.deck.model import Caption, Placed, Runs
from builder.pptx.template.inherited import PLAIN_STYLES, TextStyles
from builder.pptx.text import TextContext, has_math, plain_paragraph
from builder.pptx.timing import Step
from builder.pptx.xml import A14, MC, P14, SlideIds, emu, solid, transform

NO_GROUND = "<a:noFill/><a:ln><a:noFill/></a:ln>"
"""Of a placeholder that is moved from where the template has a fill for it."""
NO_LINE = "<a:ln><a:noFill/></a:ln>"


class Parts(Protocol):
    """The parts that a slide refers to; each call returns a relationship id on the slide."""

    def picture(self, path: str, width: float) -> str:
        """A picture file, shown ``width`` points wide."""

    def media(self, block: Media) -> tuple[str, str]:
        """The file of a film or sound: relationships of its link and of the embedded file."""

    def still(self, block: Media, width: float) -> str:
        """``a:blip`` of a film's still, a plain one where it has none."""

    def formula(self, latex: str, size: float) -> str:
        """A picture of a formula, for programs without Office math."""

    def chart(self, block: Chart, size: float) -> str:
        """A chart part."""

    def jump(self, index: int) -> str:
        """The slide at the place ``index``; '' for the slide itself."""


@dataclass(frozen=True, slots=True)
class BoxStyle:
    """How a text box looks: colours of fill and line ('' for none), outline ``kind``, and how text stands in it.

    ``insets`` are horizontal and vertical, in points. A box that ``grows`` follows its text where a program needs more
    room, or people write on; its text stands at the top. Lines are broken at its edge where ``wrap`` is square, and
    nowhere where it is none: text of one line stays so in a program that has not its face.
    """

    fill: str = ""
    line: str = ""
    kind: str = "rect"
    anchor: str = ""
    insets: tuple[float, float] = (0, 0)
    grows: bool = False
    wrap: str = "square"


@dataclass(frozen=True, slots=True)
class PlaceStyle:
    """What a placeholder does not take from its layout: a list style, and where text stands in a place of its own, with
    insets from its left, top, right and bottom in points."""

    levels: str = ""
    anchor: str = "t"
    insets: tuple[float, float, float, float] = (0, 0, 0, 0)


PLAIN_BOX = BoxStyle()
GROWING = BoxStyle(grows=True)


@dataclass(slots=True)
class ShapeWriter:
    """Writes the shapes of one slide; collects the steps of its animation and what is ``played`` (shape, kind).

    ``quiet`` is the colour of captions, ``table_style`` the template's usual style of tables. ``body_placeholder`` is
    the ``p:ph`` attributes of the layout's place for content ('' where it has none), whose text has the template's own
    sizes and bullets where it ``inherits`` them; ``column_placeholders`` those of a comparison layout: heading and
    text, left then right; ``table`` is how its tables look; ``styles`` put right what a template does to text that was
    not measured.
    """

    ids: SlideIds
    text: TextContext
    parts: Parts
    sizes: Sizes
    inherits: bool
    quiet: str
    table_style: str
    body_placeholder: str
    column_placeholders: tuple[str, ...]
    table: TableLook
    styles: TextStyles = PLAIN_STYLES
    steps: list[Step] = field(default_factory=list)
    played: list[tuple[int, str]] = field(default_factory=list)

    @property
    def empty(self) -> str:
        """The paragraph of a shape without text, which needs one all the same."""
        return f'<a:p><a:endParaRPr lang="{self.text.lang}"/></a:p>'

    def text_box(self, name: str, box: Placed | Area, body: str, style: BoxStyle = PLAIN_BOX) -> str:
        """A text box: ``body`` are its paragraphs."""
        edge = f'<a:ln w="12700">{solid(style.line)}</a:ln>' if style.line else NO_LINE
        look = (solid(style.fill) if style.fill else "<a:noFill/>") + edge
        across, down = map(emu, style.insets)
        anchor = f' anchor="{style.anchor}"' if style.anchor else ""
        properties = (
            f'<a:bodyPr wrap="{style.wrap}" lIns="{across}" tIns="{down}" rIns="{across}" bIns="{down}" rtlCol="0"'
            f"{anchor}><a:{'spAutoFit' if style.grows else 'noAutofit'}/></a:bodyPr>{self.list_style(self.styles.box)}"
        )
        return (
            f'<p:sp><p:nvSpPr>{self.ids.properties(name)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
            f'{transform(box.x, box.y, box.width, box.height)}<a:prstGeom prst="{style.kind}"><a:avLst/></a:prstGeom>'
            f"{look}</p:spPr><p:txBody>{properties}{body or self.empty}</p:txBody></p:sp>"
        )

    @staticmethod
    def list_style(levels: str) -> str:
        """``a:lstStyle`` with some levels."""
        return f"<a:lstStyle>{levels}</a:lstStyle>" if levels else "<a:lstStyle/>"

    def placeholder(
        self, name: str, ph: str, body: str, box: Placed | Area | None = None, style: PlaceStyle | None = None
    ) -> str:
        """A shape in a placeholder of the layout, at its own place when ``box`` is given."""
        style = style or PlaceStyle()
        geometry = f"<p:spPr>{transform(box.x, box.y, box.width, box.height)}</p:spPr>" if box else "<p:spPr/>"
        left, top, right, bottom = map(emu, style.insets)
        place = f' lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}" anchor="{style.anchor}"' if box else ""
        insets = self.styles.body + place
        return (
            f'<p:sp><p:nvSpPr>{self.ids.properties(name)}<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f"<p:nvPr><p:ph {ph}/></p:nvPr></p:nvSpPr>{geometry}<p:txBody><a:bodyPr{insets}/>"
            f"{self.list_style(style.levels)}{body or self.empty}</p:txBody></p:sp>"
        )

    def text_placeholder(self, name: str, ph: str, body: str, box: Placed | Area, levels: str = "") -> str:
        """A shape in a placeholder for text, with the list style that its template needs, else with ``levels``."""
        written = self.placeholder(name, ph, body, box, PlaceStyle(self.styles.text or levels))
        return written.replace("</p:spPr>", f"{NO_GROUND}</p:spPr>", 1) if self.styles.is_bare else written

    def moved_placeholder(self, name: str, ph: str, body: str, box: Area, levels: str = "") -> str:
        """A shape in a placeholder that stands elsewhere than in the layout, without the fill and line it has there."""
        written = self.placeholder(name, ph, body, box, PlaceStyle(levels))
        return written.replace("</p:spPr>", f"{NO_GROUND}</p:spPr>", 1)

    def shape(self, name: str, box: Placed | Area, fill: str, *, kind: str = "rect", jump: int = -1) -> str:
        """A shape with a ``fill`` and no text, for decoration; a click leads to the slide at the place ``jump``."""
        click = self.parts.jump(jump) if jump >= 0 else ""
        properties = self.ids.properties(name, decorative=True, click=click)
        return (
            f"<p:sp><p:nvSpPr>{properties}<p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
            f"<p:spPr>{transform(box.x, box.y, box.width, box.height)}"
            f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>{fill}{NO_LINE}</p:spPr>'
            f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="{self.text.lang}"/></a:p></p:txBody></p:sp>'
        )

    def group(self, properties: str, box: Placed | Area, shapes: str) -> str:
        """``shapes``, placed on the slide, as one group with the given ``p:cNvPr``."""
        outer = f'<a:off x="{emu(box.x)}" y="{emu(box.y)}"/><a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/>'
        inner = outer.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
        return (
            f"<p:grpSp><p:nvGrpSpPr>{properties}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
            f"<p:grpSpPr><a:xfrm>{outer}{inner}</a:xfrm></p:grpSpPr>{shapes}</p:grpSp>"
        )

    def graphic(self, name: str, alt: str, box: Placed | Area, uri: str, content: str) -> str:
        """A table or chart in its frame; ``uri`` names the kind of ``content``."""
        return (
            f"<p:graphicFrame><p:nvGraphicFramePr>{self.ids.properties(name, alt)}"
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
            f"{transform(box.x, box.y, box.width, box.height, 'p:xfrm')}"
            f'<a:graphic><a:graphicData uri="{uri}">{content}</a:graphicData></a:graphic></p:graphicFrame>'
        )

    def caption(self, caption: Caption | None, placed: Placed) -> str:
        """The caption below a visual, '' without one."""
        if caption is None or not placed.caption_height:
            return ""
        size = self.sizes.caption
        height = placed.caption_height - 8
        box = Area(placed.x, placed.y + placed.height - height, placed.width, height)
        return self.words("Caption", box, caption.line, size, self.quiet)

    def words(self, name: str, box: Placed | Area, runs: Runs, size: float, colour: str) -> str:
        """A text box of one paragraph, which may hold formulas."""

        def make(context: TextContext) -> str:
            return self.text_box(name, box, plain_paragraph(runs, context, size, colour=colour), GROWING)

        return self.mathematical([runs], make)

    def with_fallback(self, choice: str, fallback: str) -> str:
        """A shape with Office math, and what other programs show, LibreOffice among them.

        LibreOffice would take a choice that requires nothing but Office math, leave out a formula in text, and stretch
        one by itself over its whole box; PowerPoint takes one that requires a namespace that it knows besides (ISO/IEC
        29500-3, section 7.6).
        """
        needs = f'xmlns:a14="{A14}" xmlns:p14="{P14}" Requires="a14 p14"'
        return (
            f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice {needs}>{choice}</mc:Choice>'
            f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
        )

    def mathematical(self, runs: list[Runs], make: Callable[[TextContext], str]) -> str:
        """A shape that may hold formulas: with them as Office math, and as text for other programs."""
        if not has_math(runs):
            return make(self.text)
        before = self.ids.last
        choice = make(self.text)
        after = self.ids.last
        self.ids.go_back_to(before)
        fallback = make(replace(self.text, math_as_text=True))
        assert self.ids.last == after
        return self.with_fallback(choice, fallback)

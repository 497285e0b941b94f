"""What all designs share: which layouts a template has, and where things stand unless a design has other places."""

# One call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace

from deck_templates.drawing import EMPTY, HEAD, NS, Box, Type, background, level, placeholder, prompt, shape, tree

HEIGHT = 7.5
WIDE, NARROW = 13.3333, 10.0
"""Inches across of slides of 16:9 and of 4:3."""
NUMBER_FIELD = (
    '<a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>'
    '<a:endParaRPr lang="en-US"/></a:p>'
)
GAP = 0.5
"""Inches between columns."""


class Design:
    """A template's idea. Its methods give the shapes of its layouts; ``width`` is that of a slide."""

    name = ""
    colours = ""
    """The theme's colours: dk1 lt1 dk2 lt2, six accents, links, links that were followed."""
    heads = texts = "Arial"
    is_dark = False
    title = Type(32, bold=True, head=True)
    title_anchor = "t"
    body = 22.0
    margin = 0.75
    content_top, content_bottom = 1.75, 6.6
    foot = Type(11, "accent6")
    foot_top = 6.93
    lines = False
    """True for tables with rules and no stripes."""

    def __init__(self, width: float = WIDE) -> None:
        self.width = width

    # --- places

    @property
    def across(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    def title_box(self) -> Box:
        """Where titles stand."""
        return self.margin, 0.62, self.across, 1.07

    def content_box(self) -> Box:
        """Where what a slide shows stands."""
        return self.margin, self.content_top, self.across, self.content_bottom - self.content_top

    def columns(self, top: float = 0) -> tuple[Box, Box]:
        """The halves of the place for content, ``top`` inches lower."""
        x, y, width, height = self.content_box()
        half = (width - GAP) / 2
        return (x, y + top, half, height - top), (x + half + GAP, y + top, half, height - top)

    # --- pieces

    def decor(self) -> str:
        """What stands behind all slides that have no ground of their own."""
        return ""

    def kicker(self, colour: str = "accent1") -> str:
        """The place for the section above a title; '' for none."""
        return ""

    def feet(self, colour: str = "", across: tuple[float, float] | None = None) -> str:
        """Foot and number, in another ``colour`` on other grounds, below the title or ``across`` (from, how wide)."""
        x, _, width, _ = self.title_box()
        x, width = across or (x, width)
        look = replace(self.foot, colour=colour or self.foot.colour)
        tall = self.foot.size / 44
        number_width = min(2.0, width * 0.17)
        foot = x, self.foot_top, width - number_width - width * 0.0281, tall
        number = x + width - number_width, self.foot_top, number_width, tall
        return placeholder("Footer Placeholder", 'type="ftr" sz="quarter" idx="11"', foot, EMPTY, look) + placeholder(
            "Slide Number Placeholder", 'type="sldNum" sz="quarter" idx="12"', number, NUMBER_FIELD,
            replace(look, align="r"),
        )  # fmt: skip

    def field(self, number: int, name: str, box: Box, look: Type, *, anchor: str = "t") -> str:
        """A place that is known by its name (`builder.pptx.template.layouts.FIELDS`)."""
        kind = "pic" if name == "Logo" else "body"
        return placeholder(name, f'type="{kind}" sz="quarter" idx="{number}"', box, prompt(name), look, anchor=anchor)

    def words(self, ph: str, box: Box, look: Type, text: str = "Title", *, anchor: str = "t") -> str:
        """The title of a layout, where it stands otherwise than usual."""
        return placeholder("Title", ph, box, prompt(text), look, anchor=anchor)

    def second(self, name: str, box: Box, look: Type, *, anchor: str = "t") -> str:
        """What stands beside a title: who, when, how long, what it counts."""
        return placeholder(name, 'type="body" idx="1"', box, prompt(name), look, anchor=anchor)

    # --- layouts

    def title_slide(self) -> str:
        """The first slide."""
        raise NotImplementedError

    def section(self) -> str:
        """What opens a section or a chapter."""
        raise NotImplementedError

    def statement(self) -> str:
        """One sentence."""
        raise NotImplementedError

    def number(self) -> str:
        """A number, and what it counts."""
        raise NotImplementedError

    def question(self) -> str:
        """A question to the room."""
        raise NotImplementedError

    def quote(self) -> str:
        """A quotation, and whose it is."""
        raise NotImplementedError

    def picture(self) -> str:
        """A picture over the whole slide with words on it."""
        x, wide = self.margin, min(8.4, self.across)
        return self.layout(
            "Full Picture", "",
            placeholder("Picture", 'type="pic" idx="13"', (0, 0, self.width, HEIGHT), EMPTY, Type(18)),
            placeholder(
                "Title", 'type="title"', (x, 4.75, wide, 1.5), prompt("Words on a picture"),
                replace(self.title, colour="bg1" if not self.is_dark else "tx1"), fill=self.deep, inset=0.25, anchor="ctr",
            ),
            placeholder(
                "Caption", 'type="body" idx="1"', (x, 6.25, wide, 0.6), prompt("Caption"),
                Type(14, "bg1" if not self.is_dark else "tx1"), fill=self.deep, inset=0.15, anchor="ctr",
            ),
            own=True,
        )  # fmt: skip

    @property
    def deep(self) -> str:
        """The colour of grounds that are dark on any template."""
        return "bg1" if self.is_dark else "tx2"

    def layout(self, name: str, kind: str, *shapes: str, fill: str = "", own: bool = False) -> str:
        """A layout; with its ``own`` ground it shows nothing of the master."""
        hide = ' showMasterSp="0"' if own else ""
        known = f' type="{kind}"' if kind else ' userDrawn="1"'
        return (
            f'{HEAD}<p:sldLayout {NS}{known} preserve="1"{hide}><p:cSld name="{name}">'
            f"{background(fill) if fill else ''}{tree(*shapes)}</p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
        )

    def layouts(self) -> list[str]:
        """All layouts in their order."""
        title = placeholder("Title", 'type="title"', None, prompt("Title"), anchor=self.title_anchor)
        rest = self.kicker() + self.feet()
        left, right = self.columns()
        below_left, below_right = self.columns(0.5)
        heads = [(x, y - 0.5, width, 0.4) for x, y, width, _ in (below_left, below_right)]
        points = prompt("First", "Second")
        heading = Type(18, "accent2", bold=True)
        return [
            self.title_slide(),
            self.section(),
            self.layout(
                "Title and Content", "obj", title,
                placeholder("Content", 'idx="1"', self.content_box(), prompt("First", "Second", "Third")), rest,
            ),
            self.layout(
                "Two Content", "twoObj", title,
                placeholder("Left", 'sz="half" idx="1"', left, points),
                placeholder("Right", 'sz="half" idx="2"', right, points), rest,
            ),
            self.layout(
                "Comparison", "twoTxTwoObj", title,
                placeholder("Left heading", 'type="body" idx="1"', heads[0], prompt("Heading"), heading),
                placeholder("Left", 'sz="half" idx="2"', below_left, points),
                placeholder(
                    "Right heading", 'type="body" sz="quarter" idx="3"', heads[1], prompt("Heading"),
                    replace(heading, colour="accent1"),
                ),
                placeholder("Right", 'sz="quarter" idx="4"', below_right, points), rest,
            ),
            self.layout("Title Only", "titleOnly", title, rest),
            self.layout("Blank", "blank", self.feet()),
            self.statement(),
            self.number(),
            self.question(),
            self.quote(),
            self.picture(),
        ]  # fmt: skip

    def master(self) -> tuple[str, str]:
        """The shapes of the master, and the style of its text."""
        shapes = (
            self.decor(),
            placeholder("Title Placeholder", 'type="title"', self.title_box(), prompt("Title"), anchor=self.title_anchor),
            placeholder("Text Placeholder", 'type="body" idx="1"', self.content_box(), prompt("First", "Second", "Third")),
            self.feet().replace('idx="11"', 'idx="3"').replace('idx="12"', 'idx="4"'),
        )  # fmt: skip
        return tree(*shapes), level(1, self.title)

    def strip(self, box: Box, fill: str = "bg2") -> str:
        """Where a deck shows how far it is: a shape of this name is the ground of the strip."""
        return shape("Progress", box, fill)

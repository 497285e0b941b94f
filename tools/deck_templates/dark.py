"""Designs on a dark ground: chalk, dark."""

# One call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from deck_templates.design import HEIGHT, Design
from deck_templates.drawing import Box, Type, shape, stroke, words


def by_hand(*points: tuple[int, int]) -> str:
    """Commands of a line through points, each two of which make a curve."""
    rows = [f'<a:moveTo><a:pt x="{points[0][0]}" y="{points[0][1]}"/></a:moveTo>']
    for first, second, third in zip(points[1::3], points[2::3], points[3::3], strict=True):
        curve = "".join(f'<a:pt x="{x}" y="{y}"/>' for x, y in (first, second, third))
        rows.append(f"<a:cubicBezTo>{curve}</a:cubicBezTo>")
    return "".join(rows)


UNDERLINE = by_hand((0, 60), (180, 20), (330, 80), (500, 50), (660, 25), (820, 70), (1000, 35))
"""A line as chalk draws it."""


class Chalk(Design):
    """Mathematics at the board: the serif of papers in chalk, a line by hand, the whole board for what is derived."""

    name = "chalk"
    colours = "1F2E28 F7F3E6 2B3D36 DCE6DE F4D35E 9FD0EA F3A9A0 B9DDA0 D8BCEE B4C4BA 9FD0EA D8BCEE"
    heads = texts = "Libertinus Serif"
    is_dark = True
    title = Type(34, "accent1", head=True)
    body = 26
    margin = 0.7
    content_top, content_bottom = 1.65, 6.75
    foot = Type(13, "accent6")
    foot_top = 6.92

    def title_box(self) -> Box:
        return self.margin, 0.42, self.across, 1.0

    def ledge(self) -> str:
        """The wooden ledge below the board."""
        return shape("Ledge", (0, 7.36, self.width, 0.14), "8A6A43") + shape(
            "Chalk", (self.width - 2.1, 7.31, 0.5, 0.07), "tx1"
        )

    def decor(self) -> str:
        line = stroke("Line by hand", (self.margin, 1.44, min(4.2, self.across), 0.1), UNDERLINE, "accent1", 2.25)
        return self.ledge() + line + shape("Progress", (self.margin, 7.2, self.across, 0.05), "bg2")

    def kicker(self, colour: str = "accent6") -> str:
        return self.field(30, "Section", (self.margin, 0.17, self.across, 0.26), Type(13, colour, italic=True))

    def title_slide(self) -> str:
        x, wide = 1.1, self.width - 2.2
        return self.layout(
            "Title Slide", "title", self.ledge(),
            stroke("Line by hand", (x, 4.2, 5.0, 0.14), UNDERLINE, "accent1", 3),
            self.words('type="ctrTitle"', (x, 1.5, wide, 2.6), Type(56 if self.width > 12 else 46, "accent1", head=True), anchor="b"),
            self.second("Subtitle", (x, 4.55, wide, 0.9), Type(26, "tx1", italic=True)).replace('type="body"', 'type="subTitle"'),
            self.second("Book", (x, 6.75, wide, 0.34), Type(15, "accent6")).replace(
                'type="body" idx="1"', 'type="body" sz="quarter" idx="13"'
            ),
            self.field(31, "Lecture Number", (x, 0.6, 4.0, 0.9), Type(44, "accent6", head=True)),
            self.field(34, "Logo", (self.width - 3.4, 0.6, 2.4, 1.1), Type(12)),
            self.field(32, "Author", (x, 5.47, wide, 0.64), Type(18, "tx1"), anchor="b"),
            self.field(33, "Extent", (x, 6.15, wide, 0.3), Type(14, "accent6")),
            self.field(35, "Licence", (x, 6.46, wide, 0.26), Type(12, "accent6")),
            own=True,
        )  # fmt: skip

    def section(self) -> str:
        x, wide = 1.1, self.width - 2.2
        return self.layout(
            "Section Header", "secHead", self.ledge(),
            stroke("Line by hand", (x, 3.45, 2.6, 0.12), UNDERLINE, "accent1", 3),
            self.words('type="title"', (x, 3.8, wide, 2.6), Type(46, "tx1", head=True), "Section"),
            self.second("Number", (x, 1.7, wide, 1.6), Type(80, "accent1"), anchor="b"),
            self.feet(), own=True,
        )  # fmt: skip

    def statement(self) -> str:
        """A theorem in its frame."""
        x, wide = 1.3, self.width - 2.6
        return self.layout(
            "Statement", "", self.ledge(), self.kicker(),
            shape("Frame", (0.8, 1.0, self.width - 1.6, 5.5), line="accent1", kind="roundRect", points=2.5),
            self.words('type="title"', (x, 1.4, wide, 4.7), Type(46, "tx1", head=True), "One sentence", anchor="ctr"),
            self.feet(), own=True,
        )  # fmt: skip

    def number(self) -> str:
        return self.layout(
            "Big Number", "", self.ledge(), self.kicker(),
            self.words('type="title"', (self.margin, 1.0, 5.6, 2.9), Type(150 if self.width > 12 else 110, "accent1", head=True), "36", anchor="b"),
            stroke("Line by hand", (self.margin, 4.0, 3.6, 0.12), UNDERLINE, "accent6", 2),
            self.second("What it counts", (self.margin, 4.35, 5.2, 2.2), Type(28)),
            self.feet(), own=True,
        )  # fmt: skip

    def question(self) -> str:
        x, wide = 1.1, self.width - 2.2
        return self.layout(
            "Question", "", self.ledge(),
            self.second("Minutes", (x, 0.8, wide, 0.4), Type(18, "accent1", italic=True)),
            self.words('type="title"', (x, 1.5, wide, 4.9), Type(48 if self.width > 12 else 42, "accent2", head=True), "Question"),
            self.feet(), own=True,
        )  # fmt: skip

    def quote(self) -> str:
        x, wide = 1.6, self.width - 3.0
        return self.layout(
            "Quote", "", self.ledge(), words("Quotation mark", (self.margin, 0.5, 1.4, 1.4), "“", Type(110, "accent1", head=True)),
            self.words('type="title"', (x, 1.4, wide, 3.6), Type(36, "tx1", italic=True, head=True), "Quotation"),
            self.second("Who", (x, 5.25, wide, 1.2), Type(22, "accent6")),
            self.feet(), own=True,
        )  # fmt: skip


class Dark(Design):
    """A dark stage: light type, one amber line of light along the left edge, which leads from slide to slide."""

    name = "dark"
    colours = "14181D F3F5F6 232A32 CBD5DC F0B35A 7FC4D6 E3938A 9CCB8A C6AADC 9FABB5 8CC8E8 C6AADC"
    heads = texts = "Fira Sans"
    is_dark = True
    title = Type(34, "tx1", bold=True, head=True)
    body = 24
    margin = 1.0
    content_top, content_bottom = 1.9, 6.6
    foot = Type(12, "accent6")
    lines = True

    def title_box(self) -> Box:
        return self.margin, 0.6, self.across, 1.1

    def light(self, top: float, height: float) -> str:
        """A piece of the line of light."""
        return shape("Line of light", (0.45, top, 0.05, height), "accent1")

    def decor(self) -> str:
        return self.light(0.68, 0.45) + self.strip((self.margin, 7.3, self.across, 0.04))

    def kicker(self, colour: str = "accent6") -> str:
        return self.field(30, "Section", (self.margin, 0.28, self.across, 0.26), Type(13, colour))

    def title_slide(self) -> str:
        x, wide = self.margin, self.width - 2.6
        orbit = self.width - 3.2
        return self.layout(
            "Title Slide", "title", self.light(0, HEIGHT),
            shape("Orbit", (orbit, -2.2, 5.6, 5.6), line="bg2", kind="ellipse", points=30),
            shape("Inner orbit", (orbit + 1.4, -0.8, 2.8, 2.8), line="accent1", kind="ellipse", points=2),
            self.words('type="ctrTitle"', (x, 2.2, wide, 2.5), Type(54 if self.width > 12 else 44, "tx1", bold=True, head=True), anchor="b"),
            self.second("Subtitle", (x, 4.85, wide, 0.75), Type(24, "accent1")).replace('type="body"', 'type="subTitle"'),
            self.second("Book", (x, 0.7, wide * 0.6, 0.4), Type(16, "accent6")).replace(
                'type="body" idx="1"', 'type="body" sz="quarter" idx="13"'
            ),
            self.field(31, "Lecture Number", (x, 1.2, 3.0, 1.0), Type(48, "accent1", bold=True)),
            self.field(34, "Logo", (self.width - 3.2, 5.9, 2.4, 1.1), Type(12)),
            self.field(32, "Author", (x, 5.62, wide * 0.75, 0.67), Type(17, "tx1"), anchor="b"),
            self.field(33, "Extent", (x, 6.36, wide * 0.75, 0.3), Type(14, "accent6")),
            self.field(35, "Licence", (x, 6.74, wide * 0.75, 0.26), Type(12, "accent6")),
            own=True,
        )  # fmt: skip

    def section(self) -> str:
        x, wide = self.margin, self.width - 2.0
        return self.layout(
            "Section Header", "secHead", self.light(0, HEIGHT),
            self.words('type="title"', (x, 3.5, wide, 2.7), Type(46, "tx1", bold=True, head=True), "Section"),
            self.second("Number", (x, 1.7, wide, 1.6), Type(88, "accent1", bold=True), anchor="b"),
            self.feet(), fill="bg2", own=True,
        )  # fmt: skip

    def statement(self) -> str:
        return self.layout(
            "Statement", "", self.light(1.5, 4.5), self.kicker(),
            self.words('type="title"', (self.margin, 1.5, self.width - 2.0, 4.5), Type(50 if self.width > 12 else 42, "tx1", bold=True, head=True), "One sentence", anchor="ctr"),
            self.feet(), own=True,
        )  # fmt: skip

    def number(self) -> str:
        return self.layout(
            "Big Number", "", self.light(1.3, 5.2), self.kicker(),
            self.words('type="title"', (self.margin, 1.2, 5.6, 2.7), Type(150 if self.width > 12 else 110, "accent1", bold=True, head=True), "36", anchor="b"),
            self.second("What it counts", (self.margin, 4.2, 5.2, 2.3), Type(28)),
            self.feet(), own=True,
        )  # fmt: skip

    def question(self) -> str:
        return self.layout(
            "Question", "",
            self.second("Minutes", (self.margin, 0.8, self.across, 0.4), Type(18, "bg1", bold=True)),
            self.words('type="title"', (self.margin, 1.6, self.across, 4.8), Type(48 if self.width > 12 else 42, "bg1", bold=True, head=True), "Question"),
            self.feet("bg1"), fill="accent1", own=True,
        )  # fmt: skip

    def quote(self) -> str:
        x, wide = self.margin + 0.4, self.width - 2.6
        return self.layout(
            "Quote", "", self.light(1.4, 4.9),
            self.words('type="title"', (x, 1.4, wide, 3.6), Type(36, "tx1", head=True), "Quotation"),
            self.second("Who", (x, 5.25, wide, 1.1), Type(22, "accent1")),
            self.feet(), fill="bg2", own=True,
        )  # fmt: skip

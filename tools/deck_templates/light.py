"""Designs on a light ground: course, plain, gallery, seminar, hall."""

# One call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace

from deck_templates.design import HEIGHT, Design
from deck_templates.drawing import Box, Type, shape, words


class Course(Design):
    """The printed book on slides: its serif for what is said, a sans for what is shown, deep red, a warm tint."""

    name = "course"
    colours = "23211F FFFFFF 3B1512 F5F1EA 8C2F27 2F5168 B8862F 4F6B45 7A5A7D 6B645B 2F5168 5B4A6B"
    heads, texts = "Libertinus Serif", "Fira Sans"
    title = Type(38, bold=True, head=True)
    body = 24
    margin = 0.8
    content_top, content_bottom = 2.25, 6.7
    foot = Type(12, "accent6")
    foot_top = 6.98
    lines = True

    def __init__(self, width: float) -> None:
        super().__init__(width)
        self.is_narrow = width < 12
        if self.is_narrow:
            self.title = replace(self.title, size=32)

    def title_box(self) -> Box:
        return self.margin, 0.74, self.across, 1.28

    def decor(self) -> str:
        return self.strip((0, 7.44, self.width, 0.06))

    def kicker(self, colour: str = "accent1") -> str:
        look = Type(13, colour, bold=True, capitals=True, spacing=1.2)
        return self.field(30, "Section", (self.margin, 0.43, self.across, 0.27), look)

    def opening(self) -> tuple[float, float]:
        """Width of the band of a title slide, and of the text beside it."""
        band = 4.3 if not self.is_narrow else 2.6
        return band, self.width - band - 2 * self.margin + 0.2

    def title_slide(self) -> str:
        band, wide = self.opening()
        x, right = self.margin, self.width - band
        edge = band - 0.9
        return self.layout(
            "Title Slide", "title",
            shape("Band", (right, 0, band, HEIGHT), "accent1"),
            self.words('type="ctrTitle"', (x, 1.2, wide, 3.0), Type(54 if not self.is_narrow else 44, "bg1", bold=True, head=True), anchor="b"),
            self.second("Subtitle", (x, 4.4, wide, 1.2), Type(24, "bg2")).replace('type="body"', 'type="subTitle"'),
            self.field(31, "Lecture Number", (right + 0.45, 0.45, edge, 3.1), Type(200 if not self.is_narrow else 140, "bg2", align="r", head=True)),
            self.field(34, "Logo", (right + 0.45, 4.4, edge, 1.35), Type(12, "bg1")),
            self.field(32, "Author", (x, 5.65, wide, 0.69), Type(17, "bg2"), anchor="b"),
            self.field(33, "Extent", (x, 6.42, wide, 0.3), Type(14, "bg2")),
            self.field(35, "Licence", (x, 6.8, wide, 0.26), Type(12, "bg2")),
            self.book((right + 0.45, 6.1, edge, 0.62)),
            fill="tx2", own=True,
        )  # fmt: skip

    def book(self, box: Box) -> str:
        """The book's name, at the foot of the band."""
        return self.second("Book", box, Type(15, "bg2", align="r"), anchor="b").replace(
            'type="body" idx="1"', 'type="body" sz="quarter" idx="13"'
        )  # fmt: skip

    def section(self) -> str:
        wide = self.width - 2.1
        return self.layout(
            "Section Header", "secHead",
            shape("Rule", (self.margin, 3.62, 1.0, 0.06), "accent1"),
            self.words('type="title"', (self.margin, 3.95, wide, 2.4), Type(46 if not self.is_narrow else 38, bold=True, head=True), "Section"),
            self.second("Number", (self.margin, 1.7, wide, 1.7), Type(88, "accent1", head=True), anchor="b"),
            self.feet(), self.strip((0, 7.44, self.width, 0.06), "bg2"), fill="bg2", own=True,
        )  # fmt: skip

    def statement(self) -> str:
        return self.layout(
            "Statement", "", self.kicker(),
            self.words('type="title"', (self.margin, 1.75, self.width - 2.1, 4.6), Type(52 if not self.is_narrow else 42, head=True), "One sentence"),
            self.feet(), fill="bg2", own=True,
        )  # fmt: skip

    def number(self) -> str:
        wide = 5.9 if not self.is_narrow else 4.8
        return self.layout(
            "Big Number", "", self.decor(), self.kicker(),
            self.words('type="title"', (self.margin, 1.3, wide, 2.6), Type(140 if not self.is_narrow else 110, "accent1", head=True), "36", anchor="b"),
            self.second("What it counts", (self.margin, 4.15, wide - 0.4, 2.3), Type(28)),
            self.feet(), own=True,
        )  # fmt: skip

    def question(self) -> str:
        return self.layout(
            "Question", "",
            self.second("Minutes", (self.margin, 0.85, self.across, 0.35), Type(16, "bg1", bold=True, capitals=True, spacing=1.5)),
            self.words('type="title"', (self.margin, 1.9, self.across, 4.5), Type(48 if not self.is_narrow else 40, "bg1", head=True), "Question"),
            self.feet("bg2"), fill="accent1", own=True,
        )  # fmt: skip

    def quote(self) -> str:
        x, wide = (1.9, self.width - 3.4) if not self.is_narrow else (1.3, self.width - 2.1)
        return self.layout(
            "Quote", "",
            words("Quotation mark", (self.margin, 0.6, 1.6, 1.5), "“", Type(120, "accent3", head=True)),
            self.words('type="title"', (x, 1.85, wide, 3.2), Type(38 if not self.is_narrow else 32, "bg1", head=True), "Quotation"),
            self.second("Who", (x, 5.25, wide, 1.2), Type(22, "bg2")),
            self.feet("bg2"), fill="tx2", own=True,
        )  # fmt: skip


class Plain(Design):
    """White, in the colours of the printed book and in Arial, with a short bar above each title."""

    name = "plain"
    colours = "22262B FFFFFF 35576B F4EFEB 7A2A25 35576B B8862F 5F7A54 8A6D8F 636D75 35576B 5B4A6B"

    def decor(self) -> str:
        return shape("Accent bar", (self.margin, 0.42, 0.6, 0.06), "accent1")

    def title_slide(self) -> str:
        x, wide = self.margin, self.across - 0.6333
        return self.layout(
            "Title Slide", "title", shape("Accent bar", (x, 2.05, 0.9, 0.06), "bg1"),
            self.words('type="ctrTitle"', (x, 2.35, wide, 2.35), Type(50 if self.width > 12 else 40, "bg1", bold=True, head=True)),
            self.second("Subtitle", (x, 4.72, wide, 0.8), Type(24, "bg1")).replace('type="body"', 'type="subTitle"'),
            self.second("Book", (x, 6.4, wide, 0.4), Type(16, "bg2"), anchor="b").replace(
                'type="body" idx="1"', 'type="body" sz="quarter" idx="13"'
            ),
            self.field(31, "Lecture Number", (x, 0.6, 3.0, 1.2), Type(60, "bg2", bold=True)),
            self.field(34, "Logo", (self.width - 3.25, 0.6, 2.5, 1.2), Type(12, "bg1")),
            self.field(32, "Author", (x, 5.54, wide, 0.6), Type(15, "bg1"), anchor="b"),
            self.field(33, "Extent", (x, 6.15, wide, 0.25), Type(13, "bg2")),
            self.field(35, "Licence", (x, 6.9, wide, 0.25), Type(12, "bg2")),
            fill="accent1", own=True,
        )  # fmt: skip

    def section(self) -> str:
        x, wide = self.margin, self.across - 0.6333
        return self.layout(
            "Section Header", "secHead",
            self.words('type="title"', (x, 4.0, wide, 2.2), Type(38, bold=True, head=True), "Section"),
            self.second("Number", (x, 2.3, wide, 1.5), Type(80, "accent1", bold=True), anchor="b"),
            self.feet(), fill="bg2", own=True,
        )  # fmt: skip

    def statement(self) -> str:
        return self.layout(
            "Statement", "",
            self.words('type="title"', (self.margin, 1.9, self.width - 2.1, 4.4), Type(46, bold=True, head=True), "One sentence"),
            self.feet(), fill="bg2", own=True,
        )  # fmt: skip

    def number(self) -> str:
        wide = 5.8 if self.width > 12 else 4.8
        return self.layout(
            "Big Number", "", self.decor(),
            self.words('type="title"', (self.margin, 1.3, wide, 2.5), Type(130 if self.width > 12 else 100, "accent1", bold=True, head=True), "36", anchor="b"),
            self.second("What it counts", (self.margin, 4.1, wide, 2.2), Type(28)),
            self.feet(), own=True,
        )  # fmt: skip

    def question(self) -> str:
        return self.layout(
            "Question", "",
            self.second("Minutes", (self.margin, 0.9, self.across, 0.35), Type(16, "bg1", bold=True)),
            self.words('type="title"', (self.margin, 2.0, self.across, 4.3), Type(44, "bg1", bold=True, head=True), "Question"),
            self.feet("bg1"), fill="accent1", own=True,
        )  # fmt: skip

    def quote(self) -> str:
        x, wide = 1.6, self.width - 3.0
        return self.layout(
            "Quote", "", shape("Accent bar", (x - 0.35, 1.6, 0.06, 4.4), "accent1"),
            self.words('type="title"', (x, 1.6, wide, 3.2), Type(34, head=True), "Quotation", anchor="ctr"),
            self.second("Who", (x, 5.0, wide, 1.0), Type(22, "accent6")),
            self.feet(), fill="bg2", own=True,
        )  # fmt: skip


class Gallery(Design):
    """For lectures of pictures: the words stand in a dark column at the side, the rest of the slide is for showing."""

    name = "gallery"
    colours = "1C1B1A FFFFFF 191818 F1EFEC B03A0A 1F4E5F D29A1A 55752F 7B4B94 5E6066 1F4E5F 5B4A6B"
    heads = texts = "Fira Sans"
    title = Type(28, "bg1", bold=True, head=True)
    body = 22
    margin = 0.5
    foot = Type(12, "bg2")
    foot_top = 6.95

    @property
    def column(self) -> float:
        """The width of the column of words."""
        return 4.2 if self.width > 12 else 3.2

    def title_box(self) -> Box:
        return self.margin, 1.0, self.column - 0.9, 5.6

    def content_box(self) -> Box:
        return self.column + 0.45, 0.5, self.width - self.column - 0.9, 6.5

    def decor(self) -> str:
        return shape("Column", (0, 0, self.column, HEIGHT), "tx2") + shape(
            "Mark", (self.margin, 0.72, 0.5, 0.07), "accent3"
        )

    def kicker(self, colour: str = "bg2") -> str:
        return self.field(30, "Section", (self.margin, 0.38, self.column - 0.9, 0.27), Type(12, colour))

    def title_slide(self) -> str:
        x, wide = 0.8, self.width - 1.6
        return self.layout(
            "Title Slide", "title", shape("Mark", (x, 1.1, 1.2, 0.12), "accent3"),
            self.words('type="ctrTitle"', (x, 1.5, wide, 2.9), Type(66 if self.width > 12 else 50, "bg1", bold=True, head=True)),
            self.second("Subtitle", (x, 4.55, wide, 1.0), Type(26, "bg2")).replace('type="body"', 'type="subTitle"'),
            self.second("Book", (x, 0.5, wide * 0.6, 0.4), Type(16, "bg2")).replace(
                'type="body" idx="1"', 'type="body" sz="quarter" idx="13"'
            ),
            self.field(31, "Lecture Number", (self.width - 2.4, 0.4, 1.6, 0.8), Type(40, "accent3", bold=True, align="r")),
            self.field(34, "Logo", (self.width - 3.3, 5.9, 2.5, 1.0), Type(12, "bg1")),
            self.field(32, "Author", (x, 5.57, wide * 0.7, 0.67), Type(17, "bg1"), anchor="b"),
            self.field(33, "Extent", (x, 6.32, wide * 0.7, 0.3), Type(14, "bg2")),
            self.field(35, "Licence", (x, 6.7, wide * 0.7, 0.26), Type(12, "bg2")),
            fill="tx2", own=True,
        )  # fmt: skip

    @property
    def whole(self) -> tuple[float, float]:
        """The foot of slides without the column."""
        return 0.8, self.width - 1.6

    def section(self) -> str:
        x, wide = 0.8, self.width - 1.6
        return self.layout(
            "Section Header", "secHead", shape("Mark", (x, 1.1, 1.2, 0.12), "accent3"),
            self.words('type="title"', (x, 3.2, wide, 3.2), Type(54 if self.width > 12 else 44, "bg1", bold=True, head=True), "Section"),
            self.second("Number", (x, 1.5, wide, 1.5), Type(80, "accent3", bold=True), anchor="b"),
            self.feet("", self.whole), fill="tx2", own=True,
        )  # fmt: skip

    def statement(self) -> str:
        x, wide = 0.8, self.width - 1.6
        return self.layout(
            "Statement", "",
            self.words('type="title"', (x, 1.2, wide, 5.2), Type(54 if self.width > 12 else 44, "tx1", bold=True, head=True), "One sentence", anchor="ctr"),
            self.feet("accent6", self.whole), own=True,
        )  # fmt: skip

    def number(self) -> str:
        wide = self.width - 1.6
        return self.layout(
            "Big Number", "",
            self.words('type="title"', (0.8, 0.9, wide, 3.1), Type(190 if self.width > 12 else 140, "accent1", bold=True, head=True), "36", anchor="b"),
            self.second("What it counts", (0.8, 4.3, wide * 0.5, 2.2), Type(28)),
            self.feet("accent6", self.whole), own=True,
        )  # fmt: skip

    def question(self) -> str:
        x, wide = 0.8, self.width - 1.6
        return self.layout(
            "Question", "",
            self.second("Minutes", (x, 0.8, wide, 0.4), Type(18, "tx1", bold=True)),
            self.words('type="title"', (x, 1.5, wide, 4.9), Type(50 if self.width > 12 else 42, "tx1", bold=True, head=True), "Question"),
            self.feet("tx1", self.whole), fill="accent3", own=True,
        )  # fmt: skip

    def quote(self) -> str:
        x, wide = self.column + 0.45, self.width - self.column - 1.2
        return self.layout(
            "Quote", "", self.decor(), words("Quotation mark", (self.margin, 1.0, 2, 1.6), "“", Type(140, "accent3", head=True)),
            self.words('type="title"', (x, 1.1, wide, 4.0), Type(34, "tx1", head=True), "Quotation"),
            self.second("Who", (x, 5.4, wide, 1.1), Type(20, "accent6")),
            self.feet(), own=True,
        )  # fmt: skip


class Seminar(Design):
    """Formal, for a university: one serif face, everything centred between rules, as on a diploma."""

    name = "seminar"
    colours = "1B2430 FFFFFF 14284B EEF1F6 1F3A68 7D5B12 B08D3C 4D6B57 7A4A63 5A6270 1F3A68 5B4A6B"
    heads = texts = "Libertinus Serif"
    title = Type(34, "tx2", bold=True, head=True, align="ctr")
    title_anchor = "ctr"
    body = 24
    margin = 0.9
    content_top, content_bottom = 1.95, 6.55
    foot = Type(13, "accent6")
    foot_top = 6.93
    lines = True

    def title_box(self) -> Box:
        return self.margin, 0.55, self.across, 1.1

    def rules(self, y: float) -> str:
        """A heavy rule and a hairline below it."""
        return shape("Rule", (self.margin, y, self.across, 0.03), "tx2") + shape(
            "Hairline", (self.margin, y + 0.06, self.across, 0.01), "accent3"
        )

    def decor(self) -> str:
        foot = shape("Foot rule", (self.margin, 6.82, self.across, 0.01), "accent3")
        return self.rules(1.68) + foot + self.strip((self.margin, 7.3, self.across, 0.05))

    def kicker(self, colour: str = "accent2") -> str:
        return self.field(
            30, "Section", (self.margin, 0.3, self.across, 0.26), Type(13, colour, italic=True, align="ctr")
        )

    def framed(self, *rest: str) -> tuple[str, ...]:
        """Shapes inside a double frame."""
        return (
            shape("Frame", (0.35, 0.35, self.width - 0.7, HEIGHT - 0.7), line="tx2", points=2.5),
            shape("Inner frame", (0.45, 0.45, self.width - 0.9, HEIGHT - 0.9), line="accent3", points=0.75),
            *rest,
        )

    def title_slide(self) -> str:
        x, wide = 1.1, self.width - 2.2
        middle = Type(18, "tx1", align="ctr")
        return self.layout(
            "Title Slide", "title",
            *self.framed(
                self.field(34, "Logo", (self.width / 2 - 1.25, 0.7, 2.5, 0.95), Type(12, align="ctr")),
                self.field(31, "Lecture Number", (x, 1.7, wide, 0.5), Type(24, "accent2", align="ctr")),
                self.words('type="ctrTitle"', (x, 2.2, wide, 1.9), Type(48 if self.width > 12 else 40, "tx2", bold=True, head=True, align="ctr"), anchor="ctr"),
                shape("Rule", (self.width / 2 - 1.2, 4.2, 2.4, 0.03), "accent3"),
                self.second("Subtitle", (x, 4.35, wide, 0.75), Type(24, "tx1", italic=True, align="ctr")).replace('type="body"', 'type="subTitle"'),
                self.field(32, "Author", (x, 5.12, wide, 0.68), middle, anchor="b"),
                self.field(33, "Extent", (x, 5.82, wide, 0.32), Type(14, "accent6", align="ctr")),
                self.second("Book", (x, 6.2, wide, 0.36), Type(16, "accent2", align="ctr"), anchor="b").replace(
                    'type="body" idx="1"', 'type="body" sz="quarter" idx="13"'
                ),
                self.field(35, "Licence", (x, 6.62, wide, 0.26), Type(12, "accent6", align="ctr")),
            ),
            own=True,
        )  # fmt: skip

    def section(self) -> str:
        x, wide = 1.1, self.width - 2.2
        return self.layout(
            "Section Header", "secHead", shape("Rule", (self.width / 2 - 1.2, 3.55, 2.4, 0.03), "accent3"),
            self.words('type="title"', (x, 3.85, wide, 2.2), Type(44, "tx2", bold=True, head=True, align="ctr"), "Section"),
            self.second("Number", (x, 1.9, wide, 1.4), Type(60, "accent2", align="ctr"), anchor="b"),
            self.feet(), fill="bg2", own=True,
        )  # fmt: skip

    def statement(self) -> str:
        x, wide = 1.3, self.width - 2.6
        return self.layout(
            "Statement", "",
            *self.framed(self.words('type="title"', (x, 1.2, wide, 5.0), Type(44, "tx2", head=True, align="ctr"), "One sentence", anchor="ctr")),
            own=True,
        )  # fmt: skip

    def number(self) -> str:
        return self.layout(
            "Big Number", "",
            self.words('type="title"', (self.margin, 1.3, 5.4, 2.5), Type(130 if self.width > 12 else 100, "tx2", head=True), "36", anchor="b"),
            shape("Rule", (self.margin, 4.0, 4.4, 0.03), "accent3"),
            self.second("What it counts", (self.margin, 4.25, 5.0, 2.2), Type(28)),
            self.kicker().replace('algn="ctr"', 'algn="l"'), self.feet(), own=True,
        )  # fmt: skip

    def question(self) -> str:
        x, wide = 1.1, self.width - 2.2
        return self.layout(
            "Question", "",
            self.second("Minutes", (x, 0.9, wide, 0.4), Type(18, "bg2", italic=True, align="ctr")),
            self.words('type="title"', (x, 1.6, wide, 4.7), Type(44, "bg1", head=True, align="ctr"), "Question", anchor="ctr"),
            self.feet("bg2"), fill="tx2", own=True,
        )  # fmt: skip

    def quote(self) -> str:
        x, wide = 1.6, self.width - 3.2
        return self.layout(
            "Quote", "", shape("Rule", (x, 1.3, wide, 0.03), "accent3"), shape("Rule below", (x, 5.0, wide, 0.03), "accent3"),
            self.words('type="title"', (x, 1.6, wide, 3.2), Type(34, "tx2", italic=True, head=True, align="ctr"), "Quotation", anchor="ctr"),
            self.second("Who", (x, 5.25, wide, 1.1), Type(20, "accent6", align="ctr")),
            self.feet(), fill="bg2", own=True,
        )  # fmt: skip


class Hall(Design):
    """High contrast and large type: black on white under a yellow field, for a bad projector and the last row."""

    name = "hall"
    colours = "000000 FFFFFF 000000 FFF6CC 0B3D91 7A0B33 FFD400 14531B 4A148C 333333 0B3D91 4A148C"
    title = Type(40, "tx1", bold=True, head=True)
    title_anchor = "ctr"
    body = 30
    margin = 0.6
    content_top, content_bottom = 2.05, 6.7
    foot = Type(16, "tx1")
    foot_top = 6.85

    def __init__(self, width: float) -> None:
        super().__init__(width)
        if width < 12:
            self.title, self.body = replace(self.title, size=34), 28

    def title_box(self) -> Box:
        return self.margin, 0.2, self.across, 1.4

    def decor(self) -> str:
        field = shape("Field", (0, 0, self.width, 1.75), "accent3")
        return field + self.strip((0, 7.36, self.width, 0.14))

    def title_slide(self) -> str:
        x, wide = self.margin, self.across
        return self.layout(
            "Title Slide", "title", shape("Field", (0, 1.6, self.width, 3.0), "accent3"),
            self.words('type="ctrTitle"', (x, 1.75, wide, 2.7), Type(64 if self.width > 12 else 48, "tx1", bold=True, head=True), anchor="ctr"),
            self.second("Subtitle", (x, 4.75, wide, 0.75), Type(30, "bg1")).replace('type="body"', 'type="subTitle"'),
            self.second("Book", (x, 0.85, wide * 0.7, 0.5), Type(20, "bg1"), anchor="b").replace(
                'type="body" idx="1"', 'type="body" sz="quarter" idx="13"'
            ),
            self.field(31, "Lecture Number", (self.width - 2.6, 0.25, 2.0, 1.2), Type(66, "accent3", bold=True, align="r")),
            self.field(34, "Logo", (self.width - 3.1, 5.9, 2.5, 1.2), Type(12, "bg1")),
            self.field(32, "Author", (x, 5.52, wide * 0.75, 0.82), Type(22, "bg1"), anchor="b"),
            self.field(33, "Extent", (x, 6.38, wide * 0.75, 0.38), Type(18, "bg1")),
            self.field(35, "Licence", (x, 6.82, wide * 0.75, 0.34), Type(16, "bg1")),
            fill="tx1", own=True,
        )  # fmt: skip

    def section(self) -> str:
        return self.layout(
            "Section Header", "secHead",
            self.words('type="title"', (self.margin, 3.3, self.across, 3.2), Type(60 if self.width > 12 else 48, "tx1", bold=True, head=True), "Section"),
            self.second("Number", (self.margin, 1.2, self.across, 1.9), Type(110, "tx1", bold=True), anchor="b"),
            self.feet(), fill="accent3", own=True,
        )  # fmt: skip

    def statement(self) -> str:
        return self.layout(
            "Statement", "", shape("Field", (0, 0, 0.35, HEIGHT), "accent3"),
            self.words('type="title"', (0.9, 0.8, self.width - 1.5, 5.7), Type(64 if self.width > 12 else 50, "tx1", bold=True, head=True), "One sentence", anchor="ctr"),
            self.feet(), own=True,
        )  # fmt: skip

    def number(self) -> str:
        return self.layout(
            "Big Number", "", shape("Field", (0, 0, self.width, 3.9), "accent3"),
            self.words('type="title"', (self.margin, 0.4, self.across, 3.3), Type(200 if self.width > 12 else 150, "tx1", bold=True, head=True), "36", anchor="ctr"),
            self.second("What it counts", (self.margin, 4.2, self.across * 0.55, 2.3), Type(34)),
            self.feet(), own=True,
        )  # fmt: skip

    def question(self) -> str:
        return self.layout(
            "Question", "",
            self.second("Minutes", (self.margin, 0.6, self.across, 0.5), Type(24, "accent3", bold=True)),
            self.words('type="title"', (self.margin, 1.4, self.across, 5.1), Type(56 if self.width > 12 else 46, "bg1", bold=True, head=True), "Question"),
            self.feet("bg1"), fill="tx1", own=True,
        )  # fmt: skip

    def quote(self) -> str:
        return self.layout(
            "Quote", "", shape("Field", (0, 0, 0.35, HEIGHT), "accent3"),
            self.words('type="title"', (1.1, 0.9, self.width - 1.9, 4.1), Type(44, "tx1", head=True), "Quotation", anchor="ctr"),
            self.second("Who", (1.1, 5.2, self.width - 1.9, 1.2), Type(28, "tx1", bold=True)),
            self.feet(), own=True,
        )  # fmt: skip

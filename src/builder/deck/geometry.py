"""Where things go on a slide, in points: read from a template, used by the fit and both writers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from builder.typeset.contrast import LEAST, contrast, readable

NUMBER = "‹#›"
"""What stands for the number of a slide in words that a template has on each."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in points from the slide's top left."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes in points at which the fit starts, and the floors below which it splits instead."""

    title: float = 32
    body: float = 22
    table: float = 20
    code: float = 18
    caption: float = 13
    reference: float = 16
    footnote: float = 13
    legend: float = 16
    equation: float = 32
    timeline: float = 18
    box_title: float = 14
    column_heading: float = 18
    title_floor: float = 24
    body_floor: float = 18
    table_floor: float = 14
    reference_floor: float = 14
    footnote_floor: float = 13
    legend_floor: float = 13
    code_floor: float = 12
    equation_floor: float = 16
    timeline_floor: float = 14

    @property
    def lowest(self) -> float:
        """The scale at which all text is at its floor; a usual one where body text is at its floor already, and tables
        and code can still be smaller."""
        return self.body_floor / self.body if self.body > self.body_floor else USUAL_LOWEST


USUAL_LOWEST = 0.8


@dataclass(frozen=True, slots=True)
class TextLook:
    """How a template sets the text of one place: where, its colour ``#rrggbb``, size, weight, alignment and anchor.

    ``align`` is left, center or right; ``anchor`` top, middle or bottom; ``spacing`` the points between letters;
    ``font`` its face where that is not the theme's for text.
    Text that is ``moved`` stands elsewhere than its placeholder in the layout, so slides say where; ``repainted`` text
    has another colour than there, which they write. ``fill`` is the colour of the place itself, '' for none, with its
    ``opacity``; ``insets`` are those of its text at the left, top, right and bottom, and ``margins`` how far inside of
    these its lines begin and end at the left and right.
    """

    area: Area
    colour: str = "#000000"
    size: float = 18
    bold: bool = False
    capitals: bool = False
    align: str = "left"
    anchor: str = "top"
    spacing: float = 0
    font: str = ""
    italic: bool = False
    moved: bool = False
    repainted: bool = False
    fill: str = ""
    opacity: float = 1
    insets: tuple[float, float, float, float] = (0, 0, 0, 0)
    margins: tuple[float, float] = (0, 0)

    @property
    def box(self) -> Area:
        """The place with its insets and margins."""
        left, top, right, bottom = self.insets
        left, right = left + self.margins[0], right + self.margins[1]
        area = self.area
        return Area(area.x - left, area.y - top, area.width + left + right, area.height + top + bottom)

    def moved_to(self, area: Area, ink: str) -> TextLook:
        """Return this style for text at the top of another area, without the fill that it has in its place; in ``ink``
        where its colour is for that fill.
        """
        colour = ink if self.fill else self.colour
        return replace(
            self, area=area, anchor="top", colour=colour, repainted=self.repainted or bool(self.fill), fill=""
        )

    def on(self, ground: str) -> TextLook:
        """Return this style where it can be read on a ``ground``, '' for that of the layout; in a fill of its own it
        stays as it is."""
        if not ground or self.fill or contrast(self.colour, ground) >= LEAST:
            return self
        return replace(self, colour=readable(self.colour, ground), repainted=True)


@dataclass(frozen=True, slots=True)
class Look:
    """How a layout looks without its text: ``background`` is ``#rrggbb``, ``drawing`` an SVG of the slide's size or ''.

    ``texts`` are its places for text by what stands in them: ``title``, ``content``, ``extra`` (the book's name,
    or the number of a section), ``subtitle``, ``foot`` and ``number``, ``picture``, and what a template has by name
    (`builder.pptx.template.layouts.FIELDS`): ``section``, ``lecture number``, ``author``, ``extent``, ``logo`` and
    ``licence``.
    """

    background: str
    drawing: str
    shapes: str
    """The drawing without the picture that the background is."""
    texts: Mapping[str, TextLook]
    words: tuple[tuple[TextLook, str], ...] = ()
    """Words that stand on each such slide, `NUMBER` for that of the slide: those of shapes that are no placeholders."""
    occupied: tuple[Area, ...] = ()
    """Where shapes stand on each such slide that are no placeholders."""

    def on(self, ground: str) -> Look:
        """Return the same on the ``ground`` of a slide that has its own, '' for that of the layout."""
        return replace(self, texts={name: text.on(ground) for name, text in self.texts.items()}) if ground else self


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a template's tables look: colours of the theme, or ``#rrggbb``, for heads, their ground, every second row,
    the others, what stands in rows and the lines between cells, '' for none; heavy rules above and below, and one below
    the head, where it ``has_rules``. Slides write the colour of heads that are ``repainted``, since that of the style
    cannot be read."""

    head: str = "bg1"
    head_fill: str = "accent1"
    band: str = "bg2"
    others: str = ""
    ink: str = "dk1"
    grid: str = ""
    has_rules: bool = False
    repainted: bool = False


@dataclass(frozen=True, slots=True)
class NamedLayout:
    """A layout that authors ask for by name: its index, look, and places for title and contents, left to right."""

    index: int
    name: str
    look: Look
    title: Area | None
    contents: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Geometry:
    """A template as the fit sees it: slide size, areas by layout, theme fonts, sizes; ``looks`` by kind of slide.

    ``named`` are all layouts by their names in small letters.
    """

    width: float
    height: float
    title: Area
    content: Area
    opening_title: Area
    opening_subtitle: Area
    section_title: Area
    font: str
    opening_title_size: float
    section_title_size: float
    sizes: Sizes = field(default_factory=Sizes)
    inherits: bool = True
    """True if text in the template's placeholders has the sizes and indents of ``sizes`` by itself."""
    title_font: str = ""
    quiet: str = "accent6"
    """The theme's colour for captions: ``accent6`` where it is a grey that can be read, else ``tx1``, that of text."""
    looks: Mapping[str, Look] = field(default_factory=dict)
    named: Mapping[str, NamedLayout] = field(default_factory=dict)
    table: TableLook = field(default_factory=TableLook)
    has_strip: bool = False
    """True if the template has a place of its own for the strip of progress, at the edge of its slides."""
    lacking: frozenset[str] = frozenset()
    """Kinds of slide for which another layout stands in: the template has none of its own."""
    strip: Area | None = None
    """Where the strip of progress goes; None where the template has no room for it."""
    advice: Mapping[str, str] = field(default_factory=dict)
    """What is too small in the template for a ``title`` or ``content``, and what to change in it: sentences."""

    def side(self, kind: str) -> str:
        """Return where the lines of text are on a layout for a kind of slide, left, center or right: they begin at the
        left on one that only stands in."""
        own = self.look(kind).texts.get("content")
        return own.align if own is not None and kind not in self.lacking else "left"

    def look(self, layout: str) -> Look:
        """Return how a slide of a kind looks, or one on a layout named by its author."""
        named = self.named.get(layout.casefold())
        return self.looks.get(layout) or (named.look if named is not None else self.looks["content"])

    def title_look(self, layout: str) -> TextLook:
        """Return how the title of a slide looks."""
        return self.look(layout).texts.get("title") or self.looks["content"].texts["title"]

"""The Deck model, the contract of planner, fit, writers, checks and merge. No docutils, no python-pptx.

Lengths are in points (1/72 in) unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from builder.deck.geometry import Area
from builder.errors import NOWHERE, Source


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. ``link`` is an address, or ``#label`` of a place in the book.

    ``math`` is the LaTeX of a formula, and ``text`` then its line of Unicode, for all that cannot show formulas.
    ``note`` is the label of the footnote that the run is the mark of. What is ``small`` stands beside a large number,
    what is ``lit`` lights the row of a table or the line of code that it stands in.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    sub: bool = False
    sup: bool = False
    strike: bool = False
    smallcaps: bool = False
    underline: bool = False
    colour: str = ""
    link: str = ""
    math: str = ""
    lang: str = ""
    note: str = ""
    small: bool = False
    lit: bool = False


Runs = tuple[Run, ...]
LIT = "accent3"
"""The colour of the theme that rows and lines are lit in."""
LIGHT = 0.25
"""How much of it lies on their ground."""


def is_lit(runs: Iterable[Run]) -> bool:
    """True if one of ``runs`` is lit."""
    return any(run.lit for run in runs)


def plain(runs: Runs) -> str:
    """The text of ``runs`` without styles."""
    return "".join(run.text for run in runs)


def joined(runs: Iterable[Run]) -> Runs:
    """``runs`` without empty ones, and with neighbours of one style as one; formulas stay by themselves."""
    out: list[Run] = []
    for run in runs:
        if out and not run.math and not out[-1].math and replace(out[-1], text=run.text) == run:
            out[-1] = replace(run, text=out[-1].text + run.text)
        elif run.text:
            out.append(run)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``level`` 1 to 9 is a bullet of that level, 0 plain text. ``number`` is ``3.`` in a numbered list, else ''.

    ``roman`` distinguishes ``i.``, the first, from ``i.``, the ninth letter. One that ``continues`` an item stands
    below its text, without a bullet. ``sign`` is a bullet of its own, as the box of a task.
    """

    runs: Runs
    level: int = 0
    number: str = ""
    source: Source = NOWHERE
    roman: bool = False
    continues: bool = False
    sign: str = ""


def points_of(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Where each paragraph of the highest level begins, the first included; those below it belong to it."""
    top = min((paragraph.level for paragraph in paragraphs), default=0)
    return [i for i, one in enumerate(paragraphs) if i == 0 or (one.level == top and not one.continues)]


@dataclass(frozen=True, slots=True)
class Caption:
    """Number as printed in the book (``Figure 3.1``, or '') and the words."""

    number: str
    runs: Runs

    @property
    def line(self) -> Runs:
        """Number and words: ``Figure 3.1 · Words``."""
        number = f"{self.number} · " if self.number and plain(self.runs) else self.number
        return joined((Run(number), *self.runs))

    @property
    def text(self) -> str:
        """The line as plain text, without marks of footnotes."""
        return plain(tuple(run for run in self.line if not run.note))


LAYOUTS = (
    "title", "section", "bullets", "figure", "full-bleed", "table", "chart", "code", "quote", "equation", "columns",
    "comparison", "timeline", "blank", "statement", "number", "question", "evidence", "grid",
    "before-after",
)  # fmt: skip
"""Kinds of slide that an author may ask for by ``:layout:``, besides the names of the template's own layouts."""


ALONE = ("statement", "number", "question", "quote")
"""Kinds of slide whose title is all that they are about: templates have layouts of these names."""


class Block(Protocol):
    """Content of a slide: a frozen dataclass that has an entry in `builder.deck.kinds.KINDS`.

    ``label`` is where links of the book lead to; '' without one.
    """

    @property
    def source(self) -> Source:
        """Its place in the author's files."""

    @property
    def label(self) -> str:
        """Its label in the book."""


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter or section of the book: its label, its number ('' without one) and its title."""

    label: str
    number: str
    title: Runs

    @property
    def line(self) -> Runs:
        """Number and title."""
        return joined((Run(f"{self.number} " if self.number else ""), *self.title))

    @property
    def name(self) -> str:
        """Number and title as plain text."""
        return plain(self.line).strip()


@dataclass(frozen=True, slots=True)
class BookPlace:
    """Where a slide is in the book.

    ``page`` is the printed folio, '' until it is set; ``section`` is the section straight below the chapter that it is
    in, or the chapter itself; ``words`` are how the book and a page are called, and a comma.
    """

    label: str
    number: str
    title: str
    section: Part
    chapter: Part
    page: str = ""
    words: tuple[str, str, str] = ("Book", "p. {}", ", ")

    def __str__(self) -> str:
        book, folio, comma = self.words
        section = f"{book} § {self.number} {self.title}" if self.number else f"{book} {self.title}"
        return f"{section}{comma}{folio.replace('{}', self.page)}" if self.page else section


@dataclass(frozen=True, slots=True)
class Notes:
    """Speaker notes: the author's, then the book's paragraphs, then the works cited; the place in the book follows.

    ``links`` are the labels that the book's paragraphs refer to.
    """

    author: tuple[str, ...] = ()
    book: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    works: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide. ``key`` is its stable identity in the book; ``minutes`` 0 when the author gave none,
    ``when`` the time that the lecture has for it.

    ``reveal`` names what appears step by step: ``all``, ``lists`` or ``nothing``; '' is as the deck has it.
    ``beside`` are the further lines of a title slide by their places (`builder.deck.openings.FIELDS`). ``behind`` are
    the documents of toctrees above its section in its own document.
    ``footnotes`` are those that its blocks refer to, by their labels. ``automatic`` marks a slide that no
    annotation asked for, of a document without any. ``counted`` is its place among those of its section, as ``2/3``.
    """

    key: str
    title: Runs
    layout: str
    blocks: tuple[Block, ...]
    notes: Notes
    place: BookPlace | None
    source: Source
    subtitle: str = ""
    kicker: str = ""
    beside: tuple[tuple[str, str], ...] = ()
    hidden: bool = False
    reveal: str = ""
    minutes: float = 0
    when: str = ""
    background: str = ""
    decks: tuple[str, ...] = ()
    named: bool = False
    labels: tuple[str, ...] = ()
    footnotes: tuple[tuple[str, Paragraph], ...] = ()
    automatic: bool = False
    is_solution: bool = False
    behind: tuple[str, ...] = ()
    part: int = 1
    parts: int = 1
    counted: str = ""

    @property
    def headline(self) -> Runs:
        """The title, with ``(2/3)`` on one of a row that is counted, and on one that was split."""
        split = f"{self.part}/{self.parts}" if self.parts > 1 else ""
        counts = ", ".join(filter(None, (self.counted, split)))
        return joined((*self.title, Run(f" ({counts})"))) if counts else self.title

    @property
    def heading(self) -> str:
        """The headline as plain text."""
        return plain(self.headline)


USUAL_TEMPLATE = "course"
"""The built-in template of decks that name none."""


@dataclass(frozen=True, slots=True)
class DeckStyle:
    """The slides round those of a deck, its transitions, and its floors.

    ``agenda``, ``progress`` (where we are, at the foot) and ``references`` (the works cited) are shown where there
    is enough to show; ``sections`` names what gets a slide of its own without being marked: ``chapters``,
    ``sections``, ``none``, or ``auto``, chapters of some slides; ``incremental`` shows lists one point at a time.
    ``template_slides`` decides about slides that are in the template already: ``drop``, all in ``front``, all at
    the ``back``, or ``around``: the first in front, the others at the back. ``handout`` is how many slides stand on
    a page of the handout, 0 for none; with ``steps`` there is a PDF with a page for each step. Slides of
    ``solutions`` stand ``after`` their exercises, are ``hidden`` at the end, or there are ``none``. The floors are
    the sizes in points below which text, tables and code are not scaled; then slides are split. ``template`` is a
    file, or the name of one of ours; ``embed_fonts`` puts its fonts into the deck. The others stand on the title
    slide: ``author`` '' is that of the book, ``date`` may be as ``2026-05-03``, ``logo`` is a file.
    """

    agenda: bool = True
    progress: bool = True
    references: bool = True
    sections: str = "auto"
    transition: str = "none"
    incremental: bool = False
    template_slides: str = "drop"
    handout: int = 0
    notes_pages: bool = False
    steps: bool = False
    solutions: str = "after"
    body_floor: float = 18
    table_floor: float = 14
    code_floor: float = 12
    template: str = USUAL_TEMPLATE
    embed_fonts: bool = True
    author: str = ""
    institution: str = ""
    occasion: str = ""
    date: str = ""
    licence: str = ""
    logo: str = ""


USUAL_STYLE = DeckStyle()


@dataclass(frozen=True, slots=True)
class Deck:
    """One lecture. ``minutes`` 0 when not declared; ``template`` a path or the name of a built-in one."""

    name: str
    title: str
    book: str
    author: str
    lang: str
    slides: tuple[Slide, ...]
    minutes: float = 0
    template: str = USUAL_TEMPLATE
    documents: tuple[str, ...] = ()
    style: DeckStyle = USUAL_STYLE
    foot: str = ""


# --- after the fit


@dataclass(frozen=True, slots=True)
class PlacedParagraph:
    """A paragraph placed in its box: ``y`` from the box's top, ``height`` of all its lines, as ``lines`` of text, of
    which those behind the first begin ``hang`` points further in.
    """

    y: float
    height: float
    lines: tuple[str, ...]
    hang: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A block in its box on the slide, with the type ``size`` it was fitted at.

    ``role`` decides how it is written: ``body`` fills the layout's body placeholder, others are shapes of
    their own. ``lines`` are the placed paragraphs of a text; ``row_heights`` and ``column_widths`` a table's;
    ``inside`` are the blocks that stand in it, in their own boxes on the slide. Text and all that is set in a row
    begins at the right where it runs ``from_right``, as the deck does. ``air`` is the room in points above each point
    of the highest level but the first, besides the usual.
    """

    block: Block
    x: float
    y: float
    width: float
    height: float
    size: float
    role: str = ""
    lines: tuple[PlacedParagraph, ...] = ()
    row_heights: tuple[float, ...] = ()
    column_widths: tuple[float, ...] = ()
    caption_height: float = 0
    inside: tuple[Placed, ...] = ()
    from_right: bool = False
    air: float = 0.0

    def strip(self, start: float, width: float) -> float:
        """The left edge of a part ``width`` points wide that begins ``start`` points from where lines begin."""
        return self.x + self.width - start - width if self.from_right else self.x + start

    def moved(self, x: float, y: float) -> Placed:
        """The same so many points further right and down, with all that stands in it."""
        inside = tuple(one.moved(x, y) for one in self.inside)
        return replace(self, x=self.x + x, y=self.y + y, inside=inside)


def all_placed(placed: Iterable[Placed]) -> Iterator[Placed]:
    """Yield placed blocks, each before those that stand in it."""
    for one in placed:
        yield one
        yield from all_placed(one.inside)


@dataclass(frozen=True, slots=True)
class FittedSlide:
    """A slide with every block in its place. ``title_size`` and ``title_lines`` are those of the title.

    ``title_extra`` is the height that formulas add to its lines; ``title_area`` is given where it does not stand in the
    template's place for it, ``title_box`` where something takes a part of that; ``title_side`` (``left``, ``right``)
    where it does not begin where titles of the template do, but where the words below it do.
    """

    slide: Slide
    layout: str
    title_size: float
    title_lines: tuple[str, ...]
    placed: tuple[Placed, ...] = ()
    title_area: Area | None = None
    title_box: Area | None = None
    title_extra: float = 0.0
    title_side: str = ""


@dataclass(frozen=True, slots=True)
class FittedDeck:
    """A deck ready to be written, and what the fit did: one line for each slide scaled or split.

    ``first`` is the number of its first slide, which is not 1 where slides of the template stand before it.
    """

    deck: Deck
    slides: tuple[FittedSlide, ...]
    actions: tuple[str, ...] = field(default=())
    first: int = 1

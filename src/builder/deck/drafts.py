"""A slide that is being filled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from builder.deck.blocks import Text
from builder.deck.furniture import runs_in
from builder.deck.measured import bold
from builder.deck.model import ALONE, Block, BookPlace, Notes, Paragraph, Runs, Slide
from builder.errors import Source
from builder.source.annotations.slide import SlideOptions
from builder.source.edition_names import EDITIONS


@dataclass(slots=True)
class Draft:
    """A slide being filled. Nothing joins one that ``is_over``.

    One that ``is_own`` has a title that is not its section's, one that ``is_asserted`` that of a sentence. A slide that
    a sentence is made for has ``interrupted`` the one that was open before.
    """

    key: str
    title: Runs
    place: BookPlace
    source: Source
    options: SlideOptions
    classes: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    author: list[str] = field(default_factory=list)
    book: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    headings: list[Source] = field(default_factory=list)
    """Where the headings stand that are points of the slide."""
    is_heading: bool = False
    automatic: bool = False
    is_solution: bool = False
    is_over: bool = False
    is_own: bool = False
    is_asserted: bool = False
    kicker: str = ""
    interrupted: Draft | None = None

    def add_point(self, level: int, runs: Runs, source: Source) -> None:
        """Append a bullet to the text at the end of the slide, or start one."""
        paragraph = Paragraph(runs, level, "", source)
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Text) and last.paragraphs[-1].level and not last.paragraphs[-1].number:
            self.blocks[-1] = replace(last, paragraphs=(*last.paragraphs, paragraph))
        else:
            self.blocks.append(Text((paragraph,), source))

    def has_point(self) -> bool:
        """True if a bullet of level 1 stands on the slide."""
        return any(p.level == 1 for block in self.blocks if isinstance(block, Text) for p in block.paragraphs)

    @property
    def is_alone(self) -> bool:
        """True for a slide whose title is all that it is about; nothing joins it."""
        return self.options.layout in ALONE

    @property
    def may_wait(self) -> bool:
        """True for a slide that is still empty, before which that of a sentence may stand."""
        if self.options.layout in ("title", "section"):
            return False
        return not (self.blocks or self.is_asserted or self.is_alone or self.is_solution)

    def take_minutes(self) -> None:
        """Last as long as the slide that this one stands for, if that shows nothing itself."""
        before = self.interrupted
        if before is not None and not before.is_shown and not self.options.minutes:
            self.options = replace(self.options, minutes=before.options.minutes)
            before.options = replace(before.options, minutes=0)

    @property
    def is_shown(self) -> bool:
        """True for a slide with blocks, and for one that stands for a heading."""
        return bool(self.blocks or self.is_heading)

    def is_in(self, edition: str) -> bool:
        """True for a slide that is not marked for another edition than the one that is built."""
        marked = {*EDITIONS} & {*self.classes}
        return not (edition and marked) or edition in marked

    def finish(self, footnotes: Mapping[str, tuple[Paragraph, ...]]) -> Slide:
        """The slide, with those of the document's ``footnotes`` that its blocks refer to."""
        layout = self.options.layout or ("" if self.blocks else "statement" if self.is_asserted else "section")
        return Slide(
            key=self.key,
            title=self.title,
            layout=layout,
            blocks=tuple(with_bold_headings(block, self.headings) for block in self.blocks),
            notes=Notes(tuple(self.author), tuple(self.book), tuple(dict.fromkeys(self.links))),
            place=self.place,
            source=self.options.source if self.options.source.line else self.source,
            kicker=self.place.number if layout == "section" else self.kicker,
            hidden="backup" in self.classes,
            reveal=self.options.reveal,
            minutes=self.options.minutes,
            background=self.options.background,
            decks=self.options.decks,
            named=bool(self.options.name),
            automatic=self.automatic,
            is_solution=self.is_solution,
            footnotes=tuple((label, one) for label in notes_in(self.blocks) for one in footnotes.get(label, ())),
            labels=(self.place.label, *self.labels, *(block.label for block in self.blocks if block.label)),
        )


def with_bold_headings(block: Block, headings: Collection[Source]) -> Block:
    """``block`` with the headings among its points in bold, where there are points below them."""
    if not (headings and isinstance(block, Text)):
        return block
    below = (*(one.level for one in block.paragraphs[1:]), 0)
    paragraphs = tuple(
        replace(one, runs=bold(one.runs)) if one.source in headings and deeper > one.level else one
        for one, deeper in zip(block.paragraphs, below, strict=True)
    )
    return replace(block, paragraphs=paragraphs)


def notes_in(blocks: list[Block]) -> list[str]:
    """Labels of the footnotes that blocks refer to, in their order."""
    return list(dict.fromkeys(run.note for run in runs_in(tuple(blocks)) if run.note))

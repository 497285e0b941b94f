"""Sections with what they show, and the marks of their headings: those of thin sections are points of one slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docutils import nodes

from builder.deck.suggestions.chunks import Chunk, is_text
from builder.deck.suggestions.marks import HeadingMark, Mark, TextMark
from builder.source.annotations.vocabulary import DEEPEST_MARK

OPENS = 2
"""The deepest level of a section that opens a part of the deck where only sections in it have slides."""
FEWEST_PARTS = 2
"""Sections with slides of a part that is opened by a slide without points."""
THIN_POINTS = 2
"""Points of a section, at most, that shares a slide with its neighbours."""
GROUP_WORDS = 50
"""Words of a slide that sections share, with those of their headings."""
GROUP_LINES = 7
"""Headings and points of such a slide."""


@dataclass(frozen=True)
class Outlined:
    """A section of a ``level`` with its own ``marks``, the ``slides`` that they are of, and the sections below it.

    ``words`` are those of its heading. One that ``is_fixed`` has options of a slide, so it cannot be joined to others;
    one that ``has_notes`` has a slide, whatever else it shows. One that ``is_closed`` has a heading that its author has
    marked, or that nothing can be written above.
    """

    section: nodes.section
    level: int
    words: int
    marks: tuple[Mark, ...]
    slides: tuple[Chunk, ...]
    parts: tuple[Outlined, ...]
    is_fixed: bool = False
    has_notes: bool = False
    is_closed: bool = False

    @property
    def is_shown(self) -> bool:
        """True if something of the section, or of those below it, stands on a slide."""
        return self.is_asked or any(part.is_shown for part in self.parts)

    @property
    def is_asked(self) -> bool:
        """True if something that stands straight in the section asks for a slide."""
        return bool(self.marks) or self.is_fixed or self.has_notes

    @property
    def is_thin(self) -> bool:
        """True for a section of one slide with so few points of text that it shares that with others."""
        is_alone = not (self.is_fixed or self.is_closed or any(part.is_shown for part in self.parts))
        return is_alone and self.has_room

    @property
    def has_room(self) -> bool:
        """True if what stands straight in the section is one slide with few points of text."""
        if len(self.slides) != 1:
            return False
        slide = self.slides[0]
        is_flat = all(isinstance(mark, TextMark) and mark.level < DEEPEST_MARK for mark in slide.marks)
        return is_flat and is_text(slide) and slide.points <= THIN_POINTS


def marks_of(outlined: Outlined) -> Iterator[Mark]:
    """The marks of a section and of those below it, in their order."""
    groups = [] if outlined.is_closed else list(grouped(outlined.parts))
    has_groups = any(len(group) > 1 for group in groups)
    shown = sum(part.is_shown for part in outlined.parts)
    opens = outlined.level <= OPENS and shown >= (1 if outlined.level == 1 else FEWEST_PARTS)
    if not outlined.is_closed and (outlined.is_asked or has_groups or opens):
        yield HeadingMark(outlined.section)
    yield from outlined.marks
    joins = bool(groups) and may_join(outlined, groups[0])
    is_filled = bool(outlined.marks) and not joins
    for group in groups or [[part] for part in outlined.parts]:
        if len(group) == 1 and not (joins and group is groups[0]):
            yield from marks_of(group[0])
            is_filled = False
            continue
        for number, part in enumerate(group):
            yield HeadingMark(part.section, ("point", "next-slide") if is_filled and not number else ("point",))
            yield from (deeper(mark) for mark in part.marks)
        is_filled = True


def may_join(outlined: Outlined, group: Sequence[Outlined]) -> bool:
    """True if sections stand on the slide of what is said before them: several, or all that the section shows."""
    shown = [part for part in outlined.parts if part.is_shown]
    is_all = len(group) == len(shown) and group[0].is_thin
    if outlined.is_fixed or not (outlined.has_room and (len(group) > 1 or is_all)):
        return False
    own = outlined.slides[0]
    return fits(group, own.words, own.points)


def deeper(mark: Mark) -> Mark:
    """A point one level below where it was; another mark as it is."""
    return replace(mark, level=mark.level + 1) if isinstance(mark, TextMark) else mark


def grouped(parts: Sequence[Outlined]) -> Iterator[list[Outlined]]:
    """Sections that follow each other, those that a slide holds together as one group."""
    held: list[Outlined] = []
    for part in parts:
        if held and not (part.is_thin and held[-1].is_thin and fits([*held, part])):
            yield held
            held = []
        held.append(part)
    if held:
        yield held


def fits(group: Sequence[Outlined], words: int = 0, points: int = 0) -> bool:
    """True if a slide with some words and points has room for the headings of sections and what stands below each."""
    words += sum(part.words + part.slides[0].words for part in group)
    points += sum(1 + part.slides[0].points for part in group)
    return words <= GROUP_WORDS and points <= GROUP_LINES

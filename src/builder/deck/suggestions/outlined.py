"""Sections with what they show, and the marks of their headings: those of thin sections are points of one slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from docutils import nodes

from builder.deck.suggestions.chunks import MOST_WORDS, Chunk, is_text, marks_of_slides
from builder.deck.suggestions.marks import BlockMark, HeadingMark, Mark, TextMark
from builder.source.annotations.vocabulary import DEEPEST_MARK, NUMBERED

OPENS = 2
"""The deepest level of a section that opens a part of the deck where only sections in it have slides."""
FEWEST_PARTS = 2
"""Sections with slides of a part that is opened by a slide without points."""
THIN_POINTS = 2
"""Points of a section, at most, that shares a slide with its neighbours."""
ROOMY_POINTS = 3
"""The same of one whose slide a thin neighbour may share."""
BRIEF_POINTS = 5
"""The same where they are of few words."""
BRIEF_WORDS = 15
"""Words of all the points of such a section."""
GROUP_WORDS = 50
"""Words of a slide that sections share, with those of their headings."""
GROUP_LINES = 7
"""Headings and points of such a slide."""
BRIEF_GROUP = 25
"""Words of a slide that sections share on more lines."""
BRIEF_LINES = 9
"""Headings and points of such a slide."""
ROW = 2
"""Slides of one title from which they are counted in it."""


@dataclass(frozen=True)
class Outlined:
    """A section of a ``level`` with its own ``marks``, the ``slides`` that it may share, and the sections below it.

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
        return self.is_roomy and self.slides[0].points <= THIN_POINTS

    @property
    def is_roomy(self) -> bool:
        """True for a section of one slide of text that a thin neighbour may share."""
        is_alone = not (self.is_fixed or self.is_closed or any(part.is_shown for part in self.parts))
        return is_alone and (self.has_room(ROOMY_POINTS) or self.has_room(BRIEF_POINTS, BRIEF_WORDS))

    def has_room(self, points: int, words: int = MOST_WORDS) -> bool:
        """True if what stands straight in the section is one slide with so many points and words of text at most."""
        if len(self.slides) != 1:
            return False
        slide = self.slides[0]
        is_flat = all(isinstance(mark, TextMark) and mark.level < DEEPEST_MARK for mark in slide.marks)
        return is_flat and is_text(slide) and slide.points <= points and slide.words <= words


def is_room(points: int, words: int) -> bool:
    """True for so many points and words that a thin neighbour may share their slide."""
    return points <= ROOMY_POINTS or (points <= BRIEF_POINTS and words <= BRIEF_WORDS)


def marks_of(outlined: Outlined) -> Iterator[Mark]:
    """The marks of a section and of those below it, in their order."""
    groups = [] if outlined.is_closed else grouped(outlined.parts)
    has_groups = any(len(group) > 1 for group in groups)
    shown = sum(part.is_shown for part in outlined.parts)
    opens = outlined.level <= OPENS and shown >= (1 if outlined.level == 1 else FEWEST_PARTS)
    if not outlined.is_closed and (outlined.is_asked or has_groups or opens):
        yield HeadingMark(outlined.section, ("slide", NUMBERED) if is_row(outlined.marks) else ("slide",))
    first = with_own(outlined, groups[0]) if groups else None
    joins = first is not None
    yield from marks_of_slides(outlined.slides) if joins else outlined.marks
    groups = [first, *groups[1:]] if first is not None else groups
    is_filled = bool(outlined.marks) and not joins
    for group in groups or [[part] for part in outlined.parts]:
        if len(group) == 1 and not (joins and group is groups[0]):
            yield from marks_of(group[0])
            is_filled = False
            continue
        for number, part in enumerate(group):
            yield HeadingMark(part.section, ("point", "next-slide") if is_filled and not number else ("point",))
            yield from (deeper(mark) for mark in marks_of_slides(part.slides))
        is_filled = True


def is_row(marks: Sequence[Mark]) -> bool:
    """True if the marks of a section make so many slides of its title that these are told apart by their numbers."""
    titled = [False]
    for mark in marks:
        if isinstance(mark, BlockMark) and "next-slide" in mark.classes:
            titled.append(False)
        titled[-1] |= isinstance(mark, TextMark) and mark.is_title
    return titled.count(False) >= ROW


def with_own(outlined: Outlined, group: Sequence[Outlined]) -> list[Outlined] | None:
    """Sections as they stand on the slide of what is said before them: several, all that the section shows, or one
    where a single point is said; None where they cannot.
    """
    if outlined.is_fixed or not outlined.has_room(THIN_POINTS):
        return None
    own = outlined.slides[0]
    shown = [part for part in outlined.parts if part.is_shown]
    is_all = len(group) == len(shown) and group[0].is_thin
    is_one = own.points == 1 and group[0].is_roomy
    return fitted(group, own.words, own.points) if len(group) > 1 or is_all or is_one else None


def deeper(mark: Mark) -> Mark:
    """A point one level below where it was; another mark as it is."""
    return replace(mark, level=mark.level + 1) if isinstance(mark, TextMark) else mark


def grouped(parts: Sequence[Outlined]) -> list[list[Outlined]]:
    """Sections that follow each other, those that a slide holds together as one group; a thin one that is left over
    shares a slide with the last of three or more before it.
    """
    found: list[list[Outlined]] = []
    for part in parts:
        last = found[-1] if found else []
        together = fitted([*last, part]) if last and may_share(last[-1], part) else None
        if together is not None:
            found[-1] = together
            continue
        two = fitted([last[-1], part]) if len(last) > FEWEST_PARTS and may_share(last[-1], part) else None
        if two is not None and part.is_thin:
            found[-1] = last[:-1]
        found.append(two if two is not None and part.is_thin else [part])
    return found


def may_share(one: Outlined, other: Outlined) -> bool:
    """True for neighbours of which one has little to say and the other leaves room."""
    return one.is_roomy and other.is_roomy and (one.is_thin or other.is_thin)


def fitted(group: Sequence[Outlined], words: int = 0, points: int = 0) -> list[Outlined] | None:
    """Sections for whose headings and points a slide with some words and points has room, without those points that
    carry least, one of each kept; None where they are too many.
    """
    found = list(group)
    words += sum(part.words for part in found)
    points += len(found)
    while not is_group(
        points + sum(part.slides[0].points for part in found), words + sum(part.slides[0].words for part in found)
    ):
        rated = [(slide.score, number) for number, part in enumerate(found) for slide in spare(part)]
        if not rated:
            return None
        number = min(rated)[1]
        found[number] = without_weakest(found[number])
    return found


def is_group(lines: int, words: int) -> bool:
    """True for so many lines and words that a slide of several sections has room for them."""
    return words <= GROUP_WORDS and lines <= (BRIEF_LINES if words <= BRIEF_GROUP else GROUP_LINES)


def spare(part: Outlined) -> Sequence[Chunk]:
    """The points of a section of which one may go."""
    points = part.slides[0].each
    return points if len(points) > 1 and all(one.is_loose for one in points) else ()


def without_weakest(part: Outlined) -> Outlined:
    """A section without the point that carries least."""
    weakest = min(spare(part), key=lambda one: one.score)
    slide = reduce(Chunk.with_, (one for one in part.slides[0].each if one is not weakest))
    return replace(part, slides=(slide,))

"""What belongs together on a slide, and how much of it stands on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from docutils import nodes

from builder.deck.suggestions.marks import BlockMark, HeadingMark, Mark, TextMark
from builder.source.annotations.written import is_cell

MOST_WORDS = 40
"""Words of a slide."""
MOST_POINTS = 6
BLOCK_WORDS = 45
"""Words of a block that stands on a slide as it is, and of all that share one of several of notes."""
FEWEST_WORDS = 22
"""Words of a slide of text, or of formulas, below which it joins another."""
SHORT_POINT = 9
"""Words of a point where a slide has as many as it should."""
NOTHING = 6
"""Words below which a slide of text says nothing."""
WHOLE = 3
"""The room of a slide in lines of formulas; a picture, a table or code takes all of it."""
FEWEST_BELOW = 2
"""Points that a slide of text has below one of them that is its title."""
CARRIES = 2.5
"""The score from which a sentence has a slide to itself, though its section has other slides."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Marks that stay on one slide; ``first`` is the node above which a further slide can begin.

    ``visuals`` is the room that pictures, tables, formulas and the like take (`WHOLE` for one). ``score`` says what the
    slide loses without it.
    """

    first: nodes.Element
    marks: tuple[Mark, ...]
    words: int
    points: int
    visuals: int = 0
    score: float = 0.0
    can_begin: bool = True
    has_slide: bool = False
    """True for what has a slide of its own."""
    joins: bool = False
    """True for what stands on the slide of the block above it."""
    is_exercise: bool = False
    """True for exercises, which share a slide with nothing else."""
    title: TextMark | None = None
    """The point that can title a further slide."""
    is_loose: bool = False
    """True for a point of the text that may give way to others."""
    parts: tuple[Chunk, ...] = ()
    """The chunks that were joined to this one; () for one that was not."""

    @property
    def each(self) -> tuple[Chunk, ...]:
        """The chunks that this one is made of."""
        return self.parts or (self,)

    def with_(self, other: Chunk) -> Chunk:
        """Both as one."""
        return replace(
            self,
            marks=(*self.marks, *other.marks),
            words=self.words + other.words,
            points=self.points + other.points,
            visuals=self.visuals + other.visuals,
            score=max(self.score, other.score),
            has_slide=self.has_slide or other.has_slide,
            title=self.title_with(other),
            parts=(*self.each, *other.each),
        )

    def title_with(self, other: Chunk) -> TextMark | None:
        """The title of both: the point of what is seen, else the one that the first begins with; none for two seen."""
        if self.visuals and other.visuals:
            return None
        return other.title if other.visuals else self.title

    @property
    def weight(self) -> int:
        """About how many words the slide will have when its loose points have given way to short ones."""
        return sum(min(one.words, SHORT_POINT * one.points) if one.is_loose else one.words for one in self.each)

    @property
    def is_full(self) -> bool:
        """True for a block that needs no text beside it: it takes the room of a slide, or has several points."""
        return self.visuals >= WHOLE or self.points > 2

    @property
    def is_titled(self) -> bool:
        """True if a point of the slide can be its title, and enough is left below that."""
        return self.title is not None and (self.visuals > 0 or self.points > FEWEST_BELOW) and not self.has_slide


Fill = Callable[[Sequence[Chunk]], list[Chunk]]


def slides_of(chunks: Sequence[Chunk], fill: Fill = list) -> list[Chunk]:
    """The chunks of each slide of a section, joined: about as many words on each as on the others.

    ``fill`` gives slides that have room more points, before those that stay thin join others or go.
    """
    found = packed(chunks, MOST_WORDS)
    for limit in range(MOST_WORDS - 1, FEWEST_WORDS, -1):
        tighter = packed(chunks, limit)
        if len(tighter) > len(found):
            break
        found = tighter
    return without_lonely(without_thin(fill(denser(found))))


def packed(chunks: Iterable[Chunk], limit: int) -> list[Chunk]:
    """The chunks of each slide, joined; a further one is opened where a slide would have more words than ``limit``."""
    found: list[Chunk] = []
    for chunk in chunks:
        if not found or (chunk.can_begin and not fits(found[-1], chunk, limit)):
            found.append(chunk)
        elif not is_text(chunk) or fits(found[-1], chunk, MOST_WORDS):
            found[-1] = found[-1].with_(chunk)
    return found


def fits(slide: Chunk, chunk: Chunk, limit: int) -> bool:
    """True if a slide has room for a chunk."""
    if slide.has_slide or chunk.has_slide or slide.is_exercise != chunk.is_exercise:
        return False
    both = slide.with_(chunk)
    return both.weight <= limit and both.points <= MOST_POINTS and both.visuals <= WHOLE


def denser(slides: Iterable[Chunk]) -> list[Chunk]:
    """The slides, of which neighbours of few points of text are one, where that holds all points but the weakest."""
    found: list[Chunk] = []
    for slide in slides:
        both = without_weakest(found[-1], slide) if found else None
        if both is not None:
            found[-1] = both
        else:
            found.append(slide)
    return found


def without_weakest(one: Chunk, other: Chunk) -> Chunk | None:
    """Two slides of text as one without the point that carries least; None where one cannot hold that, or has no more
    points than each had.
    """
    parts = (*one.each, *other.each)
    loose = [part for part in parts if part.points == 1]
    if not (is_text(one) and is_text(other) and loose) or other.is_titled:
        return None
    weakest = min(loose, key=lambda part: part.score)
    both = reduce(Chunk.with_, (part for part in parts if part is not weakest))
    is_more = both.points > max(one.points, other.points)
    return both if is_more and both.points <= MOST_POINTS and both.words <= MOST_WORDS else None


def without_thin(slides: Sequence[Chunk]) -> list[Chunk]:
    """The slides, of which those with few words join the one before, else the one behind, or go."""
    found: list[Chunk] = []
    for number, slide in enumerate(slides):
        if found and (is_thin(slide) or is_thin(found[-1])) and fits(found[-1], slide, MOST_WORDS):
            found[-1] = found[-1].with_(slide)
        elif not (is_thin(slide) and not slide.visuals and slide.words < NOTHING and len(slides) > 1 and number):
            found.append(slide)
    return found


def without_lonely(slides: Sequence[Chunk]) -> list[Chunk]:
    """The slides, of which those with one point of text go where the section has others, or where that says nothing,
    unless it carries much.
    """
    found = [slide for slide in slides if not is_lonely(slide) or slide.score >= CARRIES]
    alone = sorted((slide for slide in slides if slide.words >= NOTHING), key=lambda one: -one.score)
    return found or alone[:1]


def is_text(slide: Chunk) -> bool:
    """True for a slide of points of text and nothing else."""
    return not (slide.visuals or slide.has_slide or slide.is_exercise) and len(slide.marks) == slide.points


def is_lonely(slide: Chunk) -> bool:
    """True for a slide of one point and nothing else."""
    return slide.points < 2 and is_text(slide)


def is_thin(slide: Chunk) -> bool:
    """True for a slide of text, or of formulas that leave room, with few words or one point."""
    return (slide.words < FEWEST_WORDS or slide.points < 2) and slide.visuals < WHOLE and not slide.has_slide


def marks_of_slides(slides: Sequence[Chunk]) -> list[Mark]:
    """The marks of the slides of a section, with one that opens each but the first, and titles it where it can be.

    Where two slides begin in one paragraph, all of that is on the first, and the second begins behind it.
    """
    found: list[Mark] = []
    for slide in slides:
        begun = {id(mark.node) for mark in found if not isinstance(mark, HeadingMark)}
        marks = list(slide.marks)
        if id(slide.first) in begun:
            of_nodes = [mark.node for mark in marks if not isinstance(mark, HeadingMark)]
            behind = [node for node in of_nodes if id(node) not in begun]
            marks = opened(marks, behind[0]) if behind else marks
        elif found:
            marks = opened(titled(slide), slide.first)
        found += marks
    return found


def titled(slide: Chunk) -> list[Mark]:
    """The marks of a further slide; the point that can be its title is that."""
    if not slide.is_titled:
        return list(slide.marks)
    return [
        replace(mark, is_title=True) if isinstance(mark, TextMark) and mark == slide.title else mark
        for mark in slide.marks
    ]


def opened(marks: list[Mark], first: nodes.Element) -> list[Mark]:
    """Marks with the one that opens a further slide at ``first``, where its block has none joined to it."""
    for index, mark in enumerate(marks):
        if isinstance(mark, BlockMark) and mark.node is first:
            marks[index] = BlockMark(first, (*mark.classes, "next-slide"))
            return marks
    assert not is_cell(first)
    return [BlockMark(first, ("next-slide",)), *marks]

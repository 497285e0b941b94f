"""Which sentences of its part of a section a slide has: those that say most in the words that it has room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce

from docutils import nodes

from builder.deck.suggestions.chunks import FEWEST_BELOW, MOST_WORDS, Chunk
from builder.deck.suggestions.marks import BlockMark, TextMark
from builder.deck.suggestions.scores import POINTING
from builder.deck.suggestions.section import SectionReader
from builder.deck.suggestions.selection import PossiblePoint, selected
from builder.deck.suggestions.sentences import Sentence, point_in

POINTS = 5
"""Points of a slide of text at most, without the one that is its title."""
BESIDE = 3
"""The same of a slide with a picture, a formula or the like."""
BESIDE_CODE = 2
LOWEST_MORE = -2.8
"""The score below which a sentence fills no slide."""
A_POINT = 3.0
"""What each point is worth besides its score: four short ones rather than two long ones."""
GOES_ON = -0.4
"""What a sentence has less that goes on from the point before it, and so says something only below that."""
PRECEDES = 4.0
"""What a sentence has more from which a point goes on that its slide has in any case."""


def filled(reader: SectionReader, slides: Sequence[Chunk]) -> list[Chunk]:
    """The slides of a section, each with the best of what stands from its beginning to that of the next one."""
    firsts = [0, *(reader.place_of(slide.first) for slide in slides[1:]), len(reader.blocks)]
    return [
        with_best(reader, slide, range(first, end)) if most_points(slide) else slide
        for slide, first, end in zip(slides, firsts, firsts[1:], strict=False)
    ]


def with_best(reader: SectionReader, slide: Chunk, places: range) -> Chunk:
    """A slide with the points from the paragraphs at ``places`` that say most; those of its blocks stay."""
    fixed = [one for one in slide.each if not one.is_loose]
    found = best_points(reader, slide, fixed, places)
    title = None if slide.visuals or not places.start else next((one for one in found if one.title is not None), None)
    if title is not None:  # what is a title takes no room among the points
        below = best_points(reader, slide, [*fixed, replace(title, words=0, points=0)], places)
        found = [title, *below] if len(fixed) + len(below) >= FEWEST_BELOW else found
    if not (fixed or found):
        return slide
    joined = reduce(Chunk.with_, [*fixed, *found])
    kept = title.title if title is not None and title in found else slide.title if slide.visuals else None
    return replace(joined, first=slide.first, can_begin=slide.can_begin, title=kept)


def best_points(reader: SectionReader, slide: Chunk, fixed: Sequence[Chunk], places: range) -> list[Chunk]:
    """The points that say most from the paragraphs at ``places``, in the room that the ``fixed`` ones leave."""
    words = MOST_WORDS - sum(one.words for one in fixed)
    points = most_points(slide) - sum(one.points for one in fixed)
    found = selected(list(candidates(reader, fixed, places)), words, points)
    return [reader.loose(one.place, one.sentence, one.mark, one.score) for one in found if one.mark is not None]


def most_points(slide: Chunk) -> int:
    """Return how many points a slide should have at most; 0 for one that gets none."""
    if slide.has_slide or slide.is_exercise:
        return 0
    if any(isinstance(mark, BlockMark) and is_code(mark.node) for mark in slide.marks):
        return BESIDE_CODE
    return BESIDE if slide.visuals else POINTS


def is_code(node: nodes.Element) -> bool:
    """True for code, and for a cell whose code is shown."""
    return next(node.findall(lambda one: isinstance(one, nodes.literal_block | nodes.doctest_block)), None) is not None


def candidates(reader: SectionReader, fixed: Sequence[Chunk], places: range) -> Iterator[PossiblePoint]:
    """The sentences of the paragraphs at ``places``, in order: those that the ``fixed`` points are of, those that may
    join them, and those that cannot.
    """
    ends = {(id(mark.node), mark.end) for one in fixed for mark in one.marks if isinstance(mark, TextMark)}
    for place in places:
        sentences = reader.sentences(place)
        shown = [is_end_in(one, ends) for one in sentences]
        for one in sentences:
            following = sentences[one.number + 1 : one.number + 2]
            leads = any(shown[after.number] and reader.chapter.ranking.goes_on(after) for after in following)
            yield candidate(reader, place, one, is_shown=shown[one.number], leads=leads)


def is_end_in(sentence: Sentence, ends: Iterable[tuple[int, int]]) -> bool:
    """True if one of the points that end so, by node and offset, is of a sentence."""
    return any(node == id(sentence.node) and sentence.start < end <= sentence.end for node, end in ends)


def candidate(reader: SectionReader, place: int, sentence: Sentence, *, is_shown: bool, leads: bool) -> PossiblePoint:
    """A sentence as it may be chosen; ``leads`` where a point that stands in any case goes on from it."""
    ranking = reader.chapter.ranking
    found = PossiblePoint(
        place, sentence, is_shown=is_shown, goes_on=ranking.goes_on(sentence), disputes=ranking.disputes(sentence)
    )
    is_free = (place, sentence.number) not in reader.used and reader.may_be_point(place, sentence, follows=True)
    score = score_beside(reader, place, sentence, leads=leads)
    if is_shown or not is_free or score < LOWEST_MORE:
        return found
    span = point_in(sentence, reader.chapter.cues) or reader.short_whole(sentence)
    if span is None:
        return found
    mark = TextMark(sentence.node, *span)
    return replace(found, mark=mark, words=reader.words_of(mark), value=score + A_POINT, score=score)


def score_beside(reader: SectionReader, place: int, sentence: Sentence, *, leads: bool) -> float:
    """Return how much a sentence carries beside the points of a slide; ``leads`` where one of these goes on from it."""
    ranking, cues = reader.chapter.ranking, reader.chapter.cues
    score = ranking.score(sentence, reader.heading, is_opening=reader.opens(place)) + PRECEDES * leads
    if ranking.goes_on(sentence):
        score += GOES_ON - (POINTING if cues.pointing.match(sentence.text) else 0.0)
    return score

"""Slides of a section that have room, with further sentences of it: those that go on from a point among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from docutils import nodes

from builder.deck.suggestions.chunks import MOST_WORDS, Chunk
from builder.deck.suggestions.marks import BlockMark, TextMark
from builder.deck.suggestions.scores import POINTING
from builder.deck.suggestions.section import SectionReader
from builder.deck.suggestions.sentences import Sentence, point_in

POINTS = 5
"""Points up to which a slide of text gets further ones."""
BESIDE = 3
"""The same of a slide with a picture, a formula or the like."""
BESIDE_CODE = 2
LOWEST_MORE = -2.8
"""The score below which a sentence fills no slide."""
GOES_ON = -0.4
"""What a sentence has less that goes on from the point before it, and so says something only below that."""
PRECEDES = 4.0
"""What a sentence has more from which a point of the slide goes on."""


def filled(reader: SectionReader, slides: Sequence[Chunk]) -> list[Chunk]:
    """The slides of a section, each with the best of what stands from its beginning to that of the next one."""
    firsts = [0, *(reader.place_of(slide.first) for slide in slides[1:]), len(reader.blocks)]
    return [
        with_more(reader, slide, range(first, end))
        for slide, first, end in zip(slides, firsts, firsts[1:], strict=False)
    ]


def with_more(reader: SectionReader, slide: Chunk, places: Iterable[int]) -> Chunk:
    """A slide with points from the paragraphs at ``places``, as many as it has room for."""
    while slide.points < most_points(slide):
        rated = sorted(candidates(reader, slide, places), key=lambda one: (-one[0], one[1], one[2].number))
        if not rated:
            break
        score, place, sentence, mark = rated[0]
        reader.used.add((place, sentence.number))
        words, points = slide.words + reader.words_of(mark), slide.points + 1
        slide = replace(slide, marks=(*slide.marks, mark), words=words, points=points, score=max(slide.score, score))
    return slide


def most_points(slide: Chunk) -> int:
    """Return how many points a slide should have at most."""
    if slide.has_slide or slide.is_exercise:
        return 0
    if any(isinstance(mark, BlockMark) and is_code(mark.node) for mark in slide.marks):
        return BESIDE_CODE
    return BESIDE if slide.visuals else POINTS


def is_code(node: nodes.Element) -> bool:
    """True for code, and for a cell whose code is shown."""
    return next(node.findall(lambda one: isinstance(one, nodes.literal_block | nodes.doctest_block)), None) is not None


def candidates(
    reader: SectionReader, slide: Chunk, places: Iterable[int]
) -> Iterator[tuple[float, int, Sentence, TextMark]]:
    """Yield (score, place of its paragraph, sentence, point) of what may join a slide and fits on it."""
    ends = {(id(mark.node), mark.end) for mark in slide.marks if isinstance(mark, TextMark)}
    for place in places:
        sentences = reader.sentences(place)
        shown = [False, *((id(one.node), one.end) in ends for one in sentences), False]
        for number, one in enumerate(sentences):
            if (place, one.number) in reader.used or not reader.may_be_point(place, one, follows=shown[number]):
                continue
            leads = shown[number + 2] and reader.chapter.ranking.goes_on(sentences[number + 1])
            score = score_beside(reader, one, leads=leads)
            span = (point_in(one, reader.chapter.cues) or reader.short_whole(one)) if score >= LOWEST_MORE else None
            mark = TextMark(one.node, *span) if span is not None else None
            if mark is not None and slide.words + reader.words_of(mark) <= MOST_WORDS:
                yield score, place, one, mark


def score_beside(reader: SectionReader, sentence: Sentence, *, leads: bool) -> float:
    """Return how much a sentence carries beside the points of a slide; ``leads`` where one of these goes on from it."""
    ranking, cues = reader.chapter.ranking, reader.chapter.cues
    score = ranking.score(sentence, reader.heading, is_opening=False) + PRECEDES * leads
    if ranking.goes_on(sentence):
        score += GOES_ON - (POINTING if cues.pointing.match(sentence.text) else 0.0)
    return score

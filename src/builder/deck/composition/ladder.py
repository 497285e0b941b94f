"""The type sizes that text grows to where there is room: a few, so that the slides of a deck look like one family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.deck.blocks import Box, Code, Equation, Media, Quote, Text
from builder.deck.geometry import Sizes
from builder.deck.kinds import with_inner
from builder.deck.model import Block, points_of
from builder.deck.words import words_of
from builder.typeset.measure import whole_points

ALONE, FEW, SOME, MORE, NATURAL = 1.64, 1.45, 1.27, 1.09, 1.0
"""Sizes against the template's own: of one sentence, of few points, of what else has much room or some. 22 pt give 36,
32, 28 and 24."""
FEW_POINTS = 4
"""So many points are few."""
FEW_LINES = 4
"""So many lines of code are few."""
LETTERS = {ALONE: 140, FEW: 360}
"""How many letters there are at most at a size."""


def rungs(sizes: Sizes, most: float) -> Iterator[float]:
    """Yield the scales beyond 1 that are tried, from ``most`` downwards; each gives body text whole points."""
    for ratio in (ALONE, FEW, SOME, MORE):
        if ratio <= most:
            yield whole_points(sizes.body * ratio) / sizes.body


def most_growth(blocks: Sequence[Block]) -> float:
    """The largest of the ratios that suits ``blocks``."""
    if any(isinstance(one, Media) for one in blocks):
        return NATURAL
    if len(blocks) > 1:
        return SOME
    return most_of(blocks[0])


def most_of(block: Block) -> float:
    """The largest of the ratios that suits a block alone."""
    if isinstance(block, Equation):
        return ALONE
    if isinstance(block, Text):
        points = len(points_of(block.paragraphs))
        letters = sum(len(run.text) for one in block.paragraphs for run in one.runs)
        if len(block.paragraphs) == 1 and letters <= LETTERS[ALONE]:
            return ALONE
        return FEW if points <= FEW_POINTS and letters <= LETTERS[FEW] else SOME
    if isinstance(block, Code):
        return ALONE if len(block.lines) <= FEW_LINES else SOME
    if isinstance(block, Box):
        return FEW if sum(map(len, words_of(block))) <= LETTERS[FEW] else SOME
    return FEW if isinstance(block, Quote) else SOME


def is_small_print(block: Block) -> bool:
    """True of a list of works and of what holds one."""
    return any(isinstance(one, Text) and one.type not in ("body", "legend") for one in with_inner([block]))

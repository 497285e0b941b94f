"""The best choice of sentences for a slide, where some are points only below others, and some only together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.deck.suggestions.marks import TextMark
from builder.deck.suggestions.sentences import Sentence


@dataclass(frozen=True, slots=True)
class PossiblePoint:
    """A ``sentence`` of the paragraph at a ``place``: its point, that has so many ``words`` and is worth ``value``:
    what it carries (``score``), and something for being a point.

    Without a ``mark`` it cannot be chosen. One that ``is_shown`` is on the slide in any case. One that ``goes_on`` is a
    point only below the sentence before it in its paragraph. One that ``disputes`` stands with those of its paragraph
    before it, or none of these does; where it begins its paragraph, with those of the paragraph before.
    """

    place: int
    sentence: Sentence
    mark: TextMark | None = None
    words: int = 0
    value: float = 0.0
    score: float = 0.0
    is_shown: bool = False
    goes_on: bool = False
    disputes: bool = False


@dataclass(frozen=True, slots=True)
class SelectionState:
    """What has been chosen so far: how many points and words; whether the last sentence ``is_before`` the next one on
    the slide; whether some of the paragraph were chosen (``has_claim``).
    """

    points: int = 0
    words: int = 0
    is_before: bool = False
    has_claim: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """Points in order, the last one and those before it, and what they are worth."""

    value: float = 0.0
    last: PossiblePoint | None = None
    before: Selection | None = None

    def __iter__(self) -> Iterator[PossiblePoint]:
        """Those that were chosen, in order."""
        if self.before is not None:
            yield from self.before
        if self.last is not None:
            yield self.last


def selected(candidates: Sequence[PossiblePoint], words: int, points: int) -> list[PossiblePoint]:
    """Those of the candidates that are worth most together, with at most so many words and points."""
    states: dict[SelectionState, Selection] = {SelectionState(): Selection()}
    for one in candidates:
        following: dict[SelectionState, Selection] = {}
        for state, choice in states.items():
            for new, with_it in steps(state, choice, one):
                is_within = new.words <= words and new.points <= points
                if is_within and (new not in following or with_it.value > following[new].value):
                    following[new] = with_it
        states = undominated(following)
    best = Selection()
    for choice in states.values():
        best = choice if choice.value > best.value else best
    return list(best)


def steps(state: SelectionState, choice: Selection, one: PossiblePoint) -> Iterator[tuple[SelectionState, Selection]]:
    """What can follow: the sentence is left out, or it is chosen."""
    has_claim = state.has_claim and (one.sentence.number > 0 or one.disputes)
    if one.is_shown:
        yield SelectionState(state.points, state.words, is_before=True, has_claim=has_claim), choice
        return
    if not (one.disputes and has_claim):
        yield SelectionState(state.points, state.words, is_before=False, has_claim=has_claim), choice
    follows = state.is_before and (one.sentence.number > 0 or one.disputes)
    stands = (follows or not one.goes_on) and (has_claim or not one.disputes)
    if one.mark is not None and stands:
        new = SelectionState(state.points + 1, state.words + one.words, is_before=True, has_claim=True)
        yield new, Selection(choice.value + one.value, one, choice)


def undominated(states: dict[SelectionState, Selection]) -> dict[SelectionState, Selection]:
    """The states without those that have no more worth than another of no more points and words, all else the same."""
    kept: dict[SelectionState, Selection] = {}
    best: dict[tuple[int, bool, bool], float] = {}
    for state in sorted(states, key=order_of):
        alike, value = (state.points, state.is_before, state.has_claim), states[state].value
        if value > best.get(alike, float("-inf")):
            best[alike] = value
            kept[state] = states[state]
    return kept


def order_of(state: SelectionState) -> tuple[int, int, bool, bool]:
    """States of few words first."""
    return state.words, state.points, state.is_before, state.has_claim

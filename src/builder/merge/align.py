"""Which item of one sequence is which of another, and the order of three sequences in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

T = TypeVar("T")
LEAST = 0.5
"""How much two texts must have in common to be versions of one."""


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """Return how many of their words two texts have in common: 0 to 1, 1 for two empty ones."""
    if not a and not b:
        return 1.0
    common = (Counter(a) & Counter(b)).total()
    return 2 * common / (len(a) + len(b))


@dataclass(frozen=True, slots=True)
class Matching(Generic[T]):
    """By what items are the same: equal keys, or a likeness (0 to 1) of ``least`` or more.

    With ``by_place`` as many as stand between the same others are the same in their order, whatever they are.
    """

    key: Callable[[T], Hashable]
    alike: Callable[[T, T], float]
    least: float = LEAST
    by_place: bool = False


def aligned(old: Sequence[T], new: Sequence[T], by: Matching[T]) -> dict[int, int]:
    """Return index in ``old`` → index in ``new`` of the items that are the same.

    Those with equal keys come first, in order and then anywhere; then those that stand at the same place and are most
    alike, then those that are alike anywhere.
    """
    old_keys, new_keys = [by.key(item) for item in old], [by.key(item) for item in new]
    found: dict[int, int] = {}
    gaps = []
    for tag, i, end_i, j, end_j in SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes():
        if tag == "equal":
            found.update(zip(range(i, end_i), range(j, end_j), strict=True))
        else:
            gaps.append((range(i, end_i), range(j, end_j)))
    left_old = [i for i in range(len(old)) if i not in found]
    left_new = [j for j in range(len(new)) if j not in found.values()]
    for i in list(left_old):
        same = next((j for j in left_new if new_keys[j] == old_keys[i]), None)
        if same is not None:
            found[i] = same
            left_old.remove(i)
            left_new.remove(same)
    if by.by_place:
        for olds, news in gaps:
            if len(olds) == len(news) and not found.keys() & set(olds) and not set(found.values()) & set(news):
                found.update(zip(olds, news, strict=True))
                left_old = [i for i in left_old if i not in olds]
                left_new = [j for j in left_new if j not in news]
    for olds, news in [*gaps, (range(len(old)), range(len(new)))]:
        free_old, free_new = [i for i in olds if i in left_old], [j for j in news if j in left_new]
        for i, j in best_pairs(free_old, free_new, lambda i, j: by.alike(old[i], new[j]), by.least):
            found[i] = j
            left_old.remove(i)
            left_new.remove(j)
    return found


def best_pairs(
    old: Sequence[int], new: Sequence[int], score: Callable[[int, int], float], least: float
) -> list[tuple[int, int]]:
    """Return pairs with the highest scores first, each item once; of equal ones those that stand nearest."""
    scored = sorted((-score(i, j), abs(i - j), i, j) for i in old for j in new)
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    found = []
    for negative, _, i, j in scored:
        if -negative >= least and i not in taken_old and j not in taken_new:
            taken_old.add(i)
            taken_new.add(j)
            found.append((i, j))
    return found


def merged_order(
    base: Sequence[Hashable], mine: Sequence[Hashable], theirs: Sequence[Hashable], keep: set[Hashable]
) -> list[Hashable]:
    """Return the items of ``keep`` in one order: that of ``theirs`` unless somebody changed it by hand; others after
    what they followed.

    Items are the same where they are equal.
    """
    common = set(base) & set(mine)
    by_hand = [item for item in base if item in common] != [item for item in mine if item in common]
    first, second = (mine, theirs) if by_hand else (theirs, mine)
    result = [item for item in first if item in keep]
    present = set(result)
    for number, item in enumerate(second):
        if item in keep and item not in present:
            before = next((other for other in reversed(second[:number]) if other in present), None)
            result.insert(result.index(before) + 1 if before is not None else 0, item)
            present.add(item)
    return result

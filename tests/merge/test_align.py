"""Which item of one sequence is which of another, on lists of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.merge.align import LEAST, Matching, aligned, best_pairs, likeness, merged_order


def of_words(old: list[str], new: list[str], least: float = LEAST, *, by_place: bool = False) -> dict[int, int]:
    """Texts aligned by their words, as bullets and rows are."""
    return aligned(old, new, Matching(str, lambda a, b: likeness(a.split(), b.split()), least, by_place))


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [("", "", 1.0), ("a b", "b a", 1.0), ("a b", "a c", 0.5), ("a a b", "a", 0.5), ("a", "", 0.0), ("a", "b", 0.0)],
)
def test_likeness_is_the_share_of_words_in_common(a: str, b: str, share: float) -> None:
    assert likeness(a.split(), b.split()) == share


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (["a", "b", "c"], ["a", "c"], {0: 0, 2: 1}),
        (["a", "b"], ["b", "a"], {0: 1, 1: 0}),
        (["one two", "x"], ["one three", "x"], {0: 0, 1: 1}),
        (["one two three four", "x"], ["one", "x"], {1: 1}),
        (["one two", "x", "y"], ["x", "y", "one two three"], {0: 2, 1: 0, 2: 1}),
        (["a b", "a c"], ["a c", "a b", "a d"], {0: 1, 1: 0}),
        (["x", "x"], ["x", "y", "x"], {0: 0, 1: 2}),
        (["a", "x"], ["x", "a", "x"], {0: 1, 1: 2}),
        ([], ["a"], {}),
        (["a"], [], {}),
    ],
)
def test_equal_items_are_the_same_then_those_alike(old: list[str], new: list[str], found: dict[int, int]) -> None:
    assert of_words(old, new) == found


def test_items_that_have_nothing_in_common_are_the_same_by_place_only_where_that_is_asked() -> None:
    old, new = ["head", "one", "two", "foot"], ["head", "three", "four", "foot"]
    assert of_words(old, new) == {0: 0, 3: 3}
    assert of_words(old, new, by_place=True) == {0: 0, 1: 1, 2: 2, 3: 3}
    assert of_words(old, ["head", "three", "foot"], by_place=True) == {0: 0, 3: 2}, "one of two: nobody knows which"


def test_items_are_not_the_same_by_place_unless_that_is_asked() -> None:
    assert aligned(["a", "x"], ["b", "x"], Matching(str, lambda _a, _b: 0.0)) == {1: 1}


def test_what_is_the_same_by_place_is_not_looked_for_elsewhere() -> None:
    assert of_words(["h", "one two", "f"], ["h", "three", "f", "one two x"], by_place=True) == {0: 0, 1: 1, 2: 2}
    assert of_words(["h", "one", "f", "three x"], ["h", "three", "f"], by_place=True) == {0: 0, 1: 1, 2: 2}


def test_by_place_leaves_alone_what_is_elsewhere() -> None:
    assert of_words(["a", "x", "b", "y"], ["a", "y", "b", "z"], by_place=True) == {0: 0, 2: 2, 3: 1}


def test_of_pairs_alike_the_nearest_is_taken_and_each_item_once() -> None:
    assert best_pairs([0, 5], [4, 6, 9], lambda _i, _j: 0.7, 0.7) == [(5, 4), (0, 6)]
    assert best_pairs([0], [0], lambda _i, _j: 0.6, 0.7) == []
    assert best_pairs([0, 1], [0, 1], lambda i, j: 1.0 if (i, j) == (0, 1) else 0.8, 0.5) == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("abc", "abc", "acb", "acb"),
        ("abc", "acb", "abc", "acb"),
        ("abc", "acb", "bac", "acb"),
        ("abc", "abcx", "abcy", "abcxy"),
        ("abc", "xabc", "abc", "xabc"),
        ("abc", "axbc", "acb", "axcb"),
        ("abc", "ab", "abc", "abc"),
        ("ab", "axyb", "ab", "axyb"),
    ],
)
def test_the_order_is_theirs_unless_a_hand_changed_it(base: str, mine: str, theirs: str, merged: str) -> None:
    assert "".join(map(str, merged_order(base, mine, theirs, set(mine) | set(theirs)))) == merged


def test_what_is_not_to_stay_has_no_place_in_the_order() -> None:
    assert merged_order("abc", "abxc", "abc", {"a", "x"}) == ["a", "x"]


WORDS = st.lists(st.text("abc", min_size=1, max_size=2), max_size=6)


@given(WORDS, WORDS, st.booleans())
def test_no_item_is_two_others(old: list[str], new: list[str], by_place: bool) -> None:
    found = of_words(old, new, by_place=by_place)
    assert len(set(found.values())) == len(found)
    assert found.keys() <= set(range(len(old)))

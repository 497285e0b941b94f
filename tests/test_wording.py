"""Numbers with their nouns."""

from __future__ import annotations

import pytest

from builder.build.wording import counted


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 pages"), (1, "1 page"), (1.2, "1 page"), (2, "2 pages"), (1234, "1,234 pages")]
)
def test_a_number_has_its_noun(number: float, words: str) -> None:
    assert counted(number, "page") == words


def test_a_plural_that_does_not_end_in_an_s_more_is_given() -> None:
    assert [counted(number, "entry", "entries") for number in (1, 2)] == ["1 entry", "2 entries"]

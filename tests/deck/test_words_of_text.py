"""Words of a text are found once for all sizes, and a paragraph that a slide has twice is broken once."""

from __future__ import annotations

import pytest

from builder.deck import lines, unparted
from builder.deck.lines import Typeface, break_runs
from builder.deck.model import Run
from builder.typeset.math.formulas import Formulas

RUNS = (Run("A well-known "), Run("fact", bold=True), Run(", and a second one"))


def test_what_no_line_parts_goes_over_the_end_of_a_run() -> None:
    words = unparted.words_of(RUNS, Typeface("Arial", Formulas()))
    assert [word.text for word in words] == ["A", "well-", "known", "fact,", "and", "a", "second", "one"]
    assert [word.gap for word in words] == ["", " ", "", " ", " ", " ", " ", " "]
    assert [word.start for word in words] == [0, 2, 7, 13, 19, 23, 25, 32]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("dir/page.htm?sid=1&a|b", ["dir/", "page.htm?", "sid=1&a|", "b"]),
        ('"Why?" {a} ends', ['"Why?"', "{a}", "ends"]),
    ],
)
def test_lines_end_after_signs_within_addresses_as_in_libreoffice(text: str, parts: list[str]) -> None:
    assert [word.text for word in unparted.words_of((Run(text),), Typeface("Arial", Formulas()))] == parts


def test_a_text_is_parted_into_words_once_for_all_sizes_and_broken_once_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted = {"parted": 0, "broken": 0}

    def counting(name: str, function: object) -> object:
        def counted_function(*arguments: object) -> object:
            counted[name] += 1
            return function(*arguments)  # type: ignore[operator]

        return counted_function

    monkeypatch.setattr(lines, "words_of", counting("parted", lines.words_of))
    monkeypatch.setattr(lines, "broken_anew", counting("broken", lines.broken_anew))
    typeface = Typeface("Arial", Formulas())
    for size in (22, 20, 18, 22, 20):
        assert "".join(break_runs(RUNS, 120, size, typeface).lines)
    assert counted == {"parted": 1, "broken": 3}

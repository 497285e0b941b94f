"""What becomes of a point's text on the slide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.deck.inline import as_bullet, capital, tidy
from builder.deck.model import Run, plain


@pytest.mark.parametrize(
    ("words", "bullet"),
    [
        ("began in April", "Began in April"),
        ("it was put down;", "It was put down"),
        ("was it? ", "Was it?"),
        ("iPhone sales", "iPhone sales"),
        ("a) sales of a year", "a) sales of a year"),
        ("über alles.", "Über alles"),
        ("1,300 men,", "1,300 men"),
        ("and so on ...", "And so on ..."),
        ("nobles, lamas etc.", "Nobles, lamas etc."),
        ("viele Maße, z.B.", "Viele Maße, z.B."),
        ("a port, i. e.", "A port, i. e."),
    ],
)
def test_first_letter_and_closing_mark(words: str, bullet: str) -> None:
    assert plain(as_bullet((Run(words),))) == bullet


def test_code_and_math_at_the_start_stay_small() -> None:
    assert plain(as_bullet((Run("print", code=True), Run(" prints.")))) == "print prints"
    assert plain(as_bullet((Run("x", math="x"), Run(" grows,")))) == "x grows"


def test_spaces_fold_across_runs_and_styles_stay() -> None:
    assert tidy([Run(" a "), Run(" b ", bold=True), Run("  c ")]) == (Run("a "), Run("b ", bold=True), Run("c"))


def test_a_line_break_behind_the_last_line_shows_nothing() -> None:
    assert tidy([Run("It rises.\\")]) == tidy([Run("It rises.")])
    assert tidy([Run("It rises", bold=True), Run("\\")]) == (Run("It rises", bold=True),)
    assert plain(tidy([Run("C:\\", code=True)])) == "C:\\"


@given(st.text(min_size=1, max_size=40))
def test_capital_changes_the_first_letter_only(text: str) -> None:
    assert capital(text) in (text, text[0].upper() + text[1:])

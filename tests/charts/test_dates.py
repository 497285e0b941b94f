"""Dates as people write them: what the events of a timeline stand to scale by."""

from __future__ import annotations

from datetime import date

import pytest

from builder.charts.dates import days_of, parts_of


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("1937-08-13", (1937, 8, 13)),
        ("13 August 1937", (1937, 8, 13)),
        ("August 13, 1937", (1937, 8, 13)),
        ("10 Sept", (0, 9, 10)),
        ("Nov. 1934", (1934, 11, 0)),
        ("1921", (1921, 0, 0)),
        ("1928–29", (1928, 0, 0)),
        ("4–7 Oct", (0, 10, 4)),
        ("26 Jan–1 Feb 1939", (1939, 1, 26)),
        ("26 January to 1 February 1939", (1939, 1, 26)),
        ("10 September 1937, at night", (1937, 9, 10)),
        ("Late Oct", None),
        ("about 1900", None),
        ("the first days", None),
        ("17", None),
    ],
)
def test_a_date_begins_with_a_day_a_month_or_a_year(written: str, parts: tuple[int, int, int] | None) -> None:
    assert parts_of(written, "en") == parts


def test_months_have_the_names_of_the_books_language_and_english_ones() -> None:
    assert parts_of("13. März 1937", "de") == parts_of("13 March 1937", "de") == (1937, 3, 13)
    assert parts_of("13 августа 1937", "ru") == (1937, 8, 13)
    assert parts_of("13 March 1937", "xx") == (1937, 3, 13)


def test_a_date_without_a_year_has_that_of_the_one_before_it() -> None:
    assert days_of(["10 Sept 1937", "13 Sept", "4 Oct"], "en") == tuple(
        date(1937, *rest).toordinal() for rest in ((9, 10), (9, 13), (10, 4))
    )
    assert days_of(["10 Sept", "13 Sept 1937"], "en")[0] == date(1937, 9, 10).toordinal()


@pytest.mark.parametrize(
    "dates",
    [["1937", "Late Oct 1937"], ["1938", "1937"], ["1937", "1937"], ["31 April 1937", "May 1937"], []],
    ids=["a word", "not in order", "all one", "no such day", "none"],
)
def test_other_events_stand_at_equal_distances(dates: list[str]) -> None:
    assert days_of(dates, "en") == ()

"""Planned minutes: counted for each slide, and shown in the notes with the time of day."""

from __future__ import annotations

import re

import pytest

from builder.deck.minutes import in_minutes

from conftest import CONF, Book, notes

MARKED = "".join(f"\n{{.slide}}\n## Section {n}\n\n[Point {n}]{{.point}}\n" for n in range(10))
AUTOMATIC = "".join(f"\n## Section {n}\n\n- point {n}\n- b\n- c\n- d\n" for n in range(10))
OWN = "\n## A\n" + "".join(f"\n```{{slide}} Slide {n}\n\ntext {n}\n```\n" for n in range(10))
NAMED = "\n## A\n" + "".join(f"\n```{{slide}} Slide {n}\n:name: s{n}\n\ntext {n}\n```\n" for n in range(10))


@pytest.mark.parametrize("slides", [MARKED, AUTOMATIC, OWN, NAMED])
def test_ten_slides_take_twenty_minutes(book: Book, slides: str) -> None:
    book.write("chapter.md", f"# Chapter\n{slides}")
    assert re.search(r"chapter: 1[0-2] slides, about 2[01] minutes", book.call("check", "-q").out)


def lecture(book: Book, source: str, keys: str) -> Book:
    book.write("chapter.md", source)
    book.write("slides/lectures.toml", f'[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\n{keys}\n')
    return book


TIMED = """# Chapter

{.slide}
## First

[A]{.point}

## Second

```{slide}
:minutes: 7.5
```

[B]{.point}

{.slide .backup}
## Third

[C]{.point}

{.slide}
## Fourth

[D]{.point}
"""


def first_lines(book: Book, *options: str) -> list[str]:
    deck = book.build(None, "--to", "pptx", *options).deck("one")
    return [(notes(slide) or [""])[0] for slide in deck.slides]


@pytest.mark.parametrize("start", ['"9:58"', "09:58:00"])
def test_notes_begin_with_the_time_of_day(book: Book, start: str) -> None:
    lecture(book, TIMED, f"start = {start}")
    assert first_lines(book) == [
        "9:58", "9:58–10:00 (2 min)", "10:00–10:08 (7.5 min)", "10:08–10:10 (2 min)", "C",
    ]  # fmt: skip
    assert "about 12 minutes, 9:58 to 10:10" in book.call("check", "-q").out


def test_without_a_start_they_begin_with_minutes(book: Book) -> None:
    lecture(book, TIMED, "minutes = 12")
    assert first_lines(book)[:4] == ["", "0–2 min", "2–9.5 min", "9.5–11.5 min"]


def test_they_are_written_as_the_language_writes_them(book: Book) -> None:
    book.write("conf.py", f"{CONF}language = 'ru'\n")
    lecture(book, TIMED, "start = '9:58'")
    assert first_lines(book)[2] == "10:00–10:08 (7,5 мин)"


def test_a_deck_that_plans_nothing_has_no_times(book: Book) -> None:
    lecture(book, TIMED.replace(":minutes: 7.5", ":reveal:"), "")
    assert first_lines(book)[1] == "A"


def test_a_lecture_begins_at_a_time(book: Book) -> None:
    lecture(book, TIMED, "start = 'noon'")
    assert "lectures.toml:5: ERROR: start must be a time of day, as \"10:15\", not 'noon'." in book.build(None).errors


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "3 minutes"), ("ru", "3 минуты"), ("ja", "3 分"), ("zh-TW", "3 分鐘"), ("xx", "3 minutes")],
)
def test_minutes_in_words_of_the_language(language: str, words: str) -> None:
    assert in_minutes(3, language, "long") == words

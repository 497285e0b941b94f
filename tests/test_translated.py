"""A translated book (Sphinx gettext) gives translated decks: what slides alone show is extracted and translated too."""

from __future__ import annotations

import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from conftest import CONF, Book, bullets, notes, titles

TRANSLATED = f"""{CONF.replace('"myst_parser"', '"myst_parser", "builder"')}
locale_dirs = ["locale"]
gettext_compact = False
"""
CHAPTER = """# Mills

{.slide}
## The river

The mill stood [by the water]{.point}. {point}`The miller paid rent each year <Rent was paid>`.

```{notes}
Say this slowly.
```

```{slide} A slide *of its own*
Only here.
```

{.slide}
## Numbers

```{chart} rows.csv
:x: tithe
:y: rent
:class: slide
:alt: Rent as bars

Rent by tithe
```

```{timeline} events.csv
:class: slide
```

```{map} places.csv
:class: slide
:alt: A map
```
"""
GERMAN = {
    "Mills": "Mühlen",
    "The river": "Der Fluss",
    "The mill stood [by the water]{.point}. {point}`The miller paid rent each year <Rent was paid>`.":
        "Die Mühle stand [am Wasser]{.point}. {point}`Der Müller zahlte jedes Jahr Pacht <Pacht wurde gezahlt>`.",
    "Say this slowly.": "Langsam sagen.",
    "A slide *of its own*": "Eine *eigene* Folie",
    "Only here.": "Nur hier.",
    "Numbers": "Zahlen",
    "Rent as bars": "Pacht als Balken",
    "Rent by tithe": "Pacht nach Zehnt",
    "rent": "Pacht",
    "tithe": "Zehnt",
    "small": "klein",
    "Mill built": "Mühle gebaut",
    "A map": "Eine Karte",
    "Cologne": "Köln",
}  # fmt: skip


@pytest.fixture
def mills(book: Book) -> Book:
    book.write("conf.py", TRANSLATED)
    book.write("chapter.md", CHAPTER)
    book.write("rows.csv", "tithe,rent\nsmall,3\n7,12\n")
    book.write("events.csv", "date,event\n1412,Mill built\n")
    book.write("places.csv", "place,longitude,latitude\nCologne,7,51\n")
    return book


def extracted(book: Book) -> Catalog:
    """What Sphinx gathers for translators."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "gettext", ".", "pot"]
    subprocess.run(command, cwd=book.folder, check=True, capture_output=True)
    with (book.folder / "pot/chapter.pot").open("rb") as file:
        return read_po(file)


def translate(book: Book, words: dict[str, str]) -> None:
    """A catalogue of a translator's."""
    catalog = Catalog("de", domain="chapter")
    for original, translated in words.items():
        catalog.add(original, translated)
    path = book.folder / "locale/de/LC_MESSAGES/chapter.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog)


@pytest.mark.slow
def test_translators_are_given_all_words(mills: Book) -> None:
    """Those of notes, slides, points, alternative texts, charts, chronologies and maps among them; numbers are none."""
    assert {message.id for message in extracted(mills) if message.id} == set(GERMAN)


def test_a_translated_book_gives_translated_decks(mills: Book) -> None:
    translate(mills, GERMAN)
    mills.write("conf.py", f'{TRANSLATED}language = "de"\n')
    result = mills.build()
    assert result.status == 0, result.errors
    deck = result.deck()
    assert titles(deck)[:3] == ["Mühlen", "Der Fluss", "Eine eigene Folie"]
    river, own = deck.slides[1], deck.slides[2]
    assert [text for _level, text in bullets(river)] == ["Am Wasser", "Pacht wurde gezahlt"]
    assert "Langsam sagen." in notes(river)
    assert [text for _level, text in bullets(own)] == ["Nur hier."]
    shown = [slide._element.xpath(".//a:t/text() | .//p:cNvPr/@descr") for slide in deck.slides]
    words = " ".join(text for texts in shown for text in texts)
    for german in ("Pacht als Balken", "klein", "Mühle gebaut", "Eine Karte", "Köln"):
        assert german in words
    chart = next(shape for slide in deck.slides for shape in slide.shapes if shape.has_chart).chart
    assert list(chart.plots[0].categories) == ["klein", "7"]
    assert "Rent" not in words
    assert "Mill " not in words


def test_a_word_that_a_translator_changes_changes_the_deck(mills: Book) -> None:
    translate(mills, GERMAN)
    mills.write("conf.py", f'{TRANSLATED}language = "de"\n')
    mills.build()
    translate(mills, GERMAN | {"Only here.": "Allein hier."})
    deck = mills.build().deck()
    assert [text for _level, text in bullets(deck.slides[2])] == ["Allein hier."]

"""A book without a letter of the Latin alphabet has none in its outputs: what the builder writes is in its language."""

from __future__ import annotations

import re

import pytest
from pptx import Presentation

from conftest import SVG, Book, Result
from pdf_text import pages_of

CONF = """
project = "Книга"
author = "Автор"
language = "ru"
extensions = ["myst_parser", "sphinx.ext.graphviz", "sphinxcontrib.bibtex"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
numfig = True
bibtex_bibfiles = ["works.bib"]
builder_slide_references = True
builder_page_references = True
builder_draft = True
builder_appendices = ["three"]
builder_deck = {"notes_pages": True, "handout": 3}
"""
ONE = """# Первая

## Числа

| год | число |
|-----|-------|
| 1   | 2     |

```{chart} data/rows.csv
:x: год
:y: низ, верх
:type: range
```

Так {cite}`works`.

## Рисунки

```{timeline} data/events.csv
```

```{map} data/places.csv
```

```{figure} drawing.svg
:name: рисунок

Подпись
```

```{graphviz}
digraph { "а" -> "б" }
```

## Список

- пункт {ref}`два`, {numref}`рисунок`
"""
TWO = "(два)=\n# Вторая\n\n## Раздел\n\n- пункт\n\n## Раздел второй\n\n- пункт\n\n## Раздел третий\n\n- пункт\n"
THREE = "# Третья\n\n## Источники\n\n- пункт\n\n```{bibliography}\n```\n"
BIB = "@book{works, author={Иванов, А.}, title={Труд}, publisher={Дом}, year={1990}}\n"
NAMES = re.compile(r"PowerPoint|PDF|\[?(?:ИПС|[A-Z])\w*\d\d\]?|\b[A-D]\b(?:\.\d+)?|drawing|k m|\b[ivx]+\b")
"""What is no English: names of programs, letters of appendices, marks of works, files, roman folios and kilometres."""
LATIN = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")


@pytest.fixture
def russian(book: Book) -> Result:
    book.write("conf.py", CONF)
    book.write("index.md", "# Книга\n\n```{toctree}\n:numbered:\none\ntwo\nthree\n```\n")
    for name, text in (("one", ONE), ("two", TWO), ("three", THREE)):
        book.write(f"{name}.md", text)
    book.write("drawing.svg", SVG)
    book.write("works.bib", BIB)
    book.write("data/rows.csv", "год,низ,верх\nа,5,\nб,,7\nв,3,4\n")
    book.write("data/events.csv", "date,event\n1990,Событие\n1991,Другое\n")
    book.write("data/places.csv", "place,longitude,latitude\nГород,10,20\nСело,11,21\n")
    toml = '[[lecture]]\nname = "talk"\ntitle = "Доклад"\ndocuments = ["one", "two", "three"]\n'
    book.write("slides/lectures.toml", toml)
    result = book.build()
    assert result.status == 0, result.errors
    return result


def english(text: str) -> list[str]:
    """Words of Latin letters in a text."""
    return LATIN.findall(NAMES.sub("", text))


def texts_of(deck: Presentation) -> list[str]:
    """All that a deck shows or has a screen reader say, with its notes; names of shapes are for editors."""
    found = []
    for slide in deck.slides:
        parts = [slide, slide.notes_slide] if slide.has_notes_slide else [slide]
        for part in parts:
            found += part._element.xpath(".//a:t/text()")
            found += part._element.xpath(".//p:cNvPr/@descr")
    return found


@pytest.mark.slow
def test_decks_are_in_the_language_of_the_book(russian: Result) -> None:
    texts = texts_of(russian.deck("talk"))
    assert "Лекция 1 · Главы 1 и 2, Приложение A, страницы" in " ".join(texts)
    assert [text for text in texts if english(text)] == []


@pytest.mark.slow
def test_the_printed_book_and_papers_are_in_it(russian: Result) -> None:
    folder = russian.folder / "_build"
    for file in (russian.pdf, *(folder / "slides").glob("*.pdf")):
        assert [page for page in pages_of(file) if english(page)] == [], file


@pytest.mark.slow
def test_what_we_add_to_the_web_book_is_in_it(russian: Result) -> None:
    page = (russian.folder / "_build/html/one.html").read_text()
    ours = re.findall(
        r'<aside class="builder-outputs".*?</aside>|<details class="builder-data">.*?</details>', page, re.S
    )
    assert len(ours) == 4
    shown = " ".join(re.sub(r"<[^>]*>", " ", text) for text in ours)
    labels = " ".join(re.findall(r'aria-label="([^"]*)"', " ".join(ours)))
    assert english(shown + labels) == []

"""The worked example of the annotation language, from source to deck and book."""

from __future__ import annotations

import re

import pikepdf

from builder.pptx.package.conform import problems

from conftest import Book, bullets, notes, titles
from pdf_text import pages_of

CHAPTER = """# Left turn

(rising)=
{.slide}
## The rising of 1932

```{slide}
:name: rising
:minutes: 4
```

% facts: F013
The left course had closed private trade. [The largest rising
began on 10 or 11 April 1932 at Khyalganat monastery]{.point}, in Khövsgöl, and
[**spread over six provinces** (Kuzmin)]{.point}.[^n] Lamas led it;
{point}`herders, officials and many members of the ruling party joined <many party members joined>`.
It was put down with [about 1,300 men]{.subpoint} and with [tanks, armoured cars and aircraft]{.subpoint}.

[^n]: Its end is dated October or November.

{.slide}
| Force        | Number |
|:-------------|-------:|
| Men, about   |  1,300 |
| Aircraft     |     13 |

```{notes}
Ask: why would party members join a rising against their own party?
```

```{slide} Whose rising was it?
:layout: comparison
:decks: lecture-2
:reveal:

**Said then**
: Inspired by Japan and the Panchen Lama

**Found in archives**
: A civil war that the left course caused
```

{.slide}
> A sentence that the dossier holds word for word.

### The count

% facts: F021
[More than 1,500 people were killed]{.point} in 1932; both sides committed atrocities.

```{chart} data/shares.csv
:type: bar
:x: numerator
:y: percent
:name: fig-shares
:alt: Bars from 2.7 to 4.7 per cent.
:class: slide

Estimates as shares of 745,000 people
```
"""
LECTURES = '[[lecture]]\nname = "lecture-2"\ntitle = "From uprising to rehearsal"\ndocuments = ["chapter"]\n'


def example(book: Book):
    book.write("data/shares.csv", 'numerator,percent\n"20,000",2.68\n"35,000",4.7\n')
    book.write("slides/lectures.toml", LECTURES)
    result = book.build(CHAPTER)
    assert result.status == 0, result.errors
    assert result.errors == ""
    return result


def test_deck_of_the_example(book: Book) -> None:
    deck = example(book).deck("lecture-2")
    assert titles(deck) == ["From uprising to rehearsal", "The rising of 1932", "Whose rising was it?", "The count"]
    first, second, third = list(deck.slides)[1:]
    assert bullets(first) == [
        (1, "The largest rising began on 10 or 11 April 1932 at Khyalganat monastery"),
        (1, "Spread over six provinces (Kuzmin)"),
        (1, "Many party members joined"),
        (2, "About 1,300 men"),
        (2, "Tanks, armoured cars and aircraft"),
    ]
    table = next(shape.table for shape in first.shapes if shape.has_table)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Force", "Number"],
        ["Men, about", "1,300"],
        ["Aircraft", "13"],
    ]
    texts = [shape.text_frame.text for shape in second.shapes if shape.has_text_frame]
    assert texts[1:3] == ["Said then", "Inspired by Japan and the Panchen Lama"]
    assert second.slide_layout.name == "Comparison"
    assert any(text.startswith("A sentence that the dossier") for text in texts)
    assert bullets(third) == [(1, "More than 1,500 people were killed")]
    chart = next(shape.chart for shape in third.shapes if shape.has_chart)
    assert sorted(chart.plots[0].series[0].values) == [2.68, 4.7]
    assert any(shape.has_text_frame and shape.text_frame.text.startswith("Figure 1.1 ·") for shape in third.shapes)


def test_bold_stays_bold_and_reveal_animates(book: Book) -> None:
    deck = example(book).deck("lecture-2")
    body = next(shape for shape in deck.slides[1].placeholders if shape.placeholder_format.idx == 1)
    assert [(run.text, bool(run.font.bold)) for run in body.text_frame.paragraphs[1].runs] == [
        ("Spread over six provinces", True),
        (" (Kuzmin)", False),
    ]
    timing = [slide._element.find("{*}timing") is not None for slide in deck.slides]
    assert timing == [False, False, True, False]


def test_notes_hold_the_authors_words_the_books_and_the_page(book: Book) -> None:
    result = example(book)
    planned, *written = notes(result.deck("lecture-2").slides[1])
    assert planned == "0–4 min"
    assert written[0] == "Ask: why would party members join a rising against their own party?"
    assert written[1].startswith("The left course had closed private trade. The largest rising began")
    page = re.fullmatch(r"Book § 1\.1 The rising of 1932, p\. (\d+)", written[-1])
    assert page
    where = [number for number, text in enumerate(pages_of(result.pdf)) if "The rising of 1932" in text]
    with pikepdf.open(result.pdf) as pdf:
        labels = pdf.Root.PageLabels.Nums
        arabic = [int(labels[i]) for i in range(0, len(labels), 2) if str(labels[i + 1].get("/S", "")) == "/D"]
    assert arabic[-1] + int(page[1]) - 1 in where


def test_annotations_leave_no_trace_in_the_book(book: Book) -> None:
    result = example(book)
    page = (result.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
    article = page[page.index("<h1>") : page.index('<div class="sphinxsidebar"')]
    assert "many party members joined" not in article
    assert "Whose rising was it?" not in article
    assert 'class="point"' not in article
    assert "facts:" not in page
    text = "\n".join(pages_of(result.pdf))
    assert "many party members joined" not in text
    assert "Whose rising was it?" not in text
    assert "F013" not in text


def test_deck_opens_everywhere(book: Book) -> None:
    assert problems(example(book).pptx("lecture-2")) == []


def test_deck_named_elsewhere_does_not_get_the_slide(book: Book) -> None:
    book.write("data/shares.csv", 'numerator,percent\n"20,000",2.68\n')
    book.write(
        "slides/lectures.toml", LECTURES + '[[lecture]]\nname = "other"\ntitle = "Other"\ndocuments = ["chapter"]\n'
    )
    result = book.build(CHAPTER)
    assert "Whose rising was it?" in titles(result.deck("lecture-2"))
    assert "Whose rising was it?" not in titles(result.deck("other"))

"""The printed book in other languages than English: nothing hangs on English words."""

from __future__ import annotations

import pytest

from conftest import CONF, Book, bullets, titles
from pdf_text import pages_of

GERMAN = """# Mühlen

```{index} Mühle
```
```{index} see: Wassermühle; Mühle
```
```{index} seealso: Mühle; Müller
```

Die Mühle stand am Fluss.[^a] Der {index}`Müller` zahlte.

```{rubric} Fußnoten
```

[^a]: Urkunde.
"""


def test_cross_references_of_the_index_stand_in_any_language(book: Book) -> None:
    book.write("conf.py", f'{CONF}language = "de"\n')
    result = book.build(GERMAN, "--to", "pdf")
    assert result.status == 0, result.errors
    index = pages_of(result.pdf)[-1]
    assert "Wassermühle" in index
    assert "siehe Mühle" in index
    assert "siehe auch Müller" in index


def test_a_rubric_above_footnotes_alone_is_left_out_in_any_language(book: Book) -> None:
    """They stand at the foot of their pages; one above anything else stays."""
    book.write("conf.py", f'{CONF}language = "de"\n')
    source = GERMAN.replace("```{rubric}", "```{rubric} Am Rand\n```\n\nText.\n\n```{rubric}", 1)
    result = book.build(source, "--to", "pdf")
    assert result.status == 0, result.errors
    text = " ".join(pages_of(result.pdf))
    assert "Am Rand" in text
    assert "Fußnoten" not in text
    assert "Urkunde" in text


@pytest.mark.parametrize(
    ("project", "name"),
    [
        ("A small book", "asmallbook"),
        ("Éléments d'analyse", "éléments-danalyse"),
        ("مدخل إلى الفلك", "مدخل-إلى-الفلك"),
        ("हिन्दी पुस्तक", "हिन्दी-पुस्तक"),
        ("天文学入門", "天文学入門"),
        ("Что делать? / Часть 1", "что-делать-часть-1"),
        ("✳✳✳", "sphinx"),
    ],
)
def test_the_pdf_has_a_name_that_can_be_read_in_any_script(project: str, name: str) -> None:
    from builder.source.titles import name_of_file

    assert name_of_file(project) == name


def test_a_long_title_gives_a_short_name() -> None:
    from builder.source.titles import name_of_file

    name = name_of_file("длинное название " * 20)
    assert len(name) <= 80
    assert not name.endswith("-")


def test_nothing_names_what_conf_does_not_name(book: Book) -> None:
    """Without `project` the book is named as its root document is, without `author` nobody is named."""
    book.write("conf.py", 'extensions = ["myst_parser"]\nhtml_theme = "sphinx_book_theme"\n')
    book.write("index.md", "# Über Mühlen\n\n```{toctree}\nchapter\n```\n")
    result = book.build("# One\n\n## Two\n\n- a\n")
    assert result.status == 0, result.errors
    assert result.pdf.name == "über-mühlen.pdf"
    assert "Über Mühlen" in pages_of(result.pdf)[0]
    deck = result.deck()
    assert (deck.core_properties.author, deck.core_properties.subject) == ("", "Über Mühlen")
    for file in (book.folder / "_build/html").rglob("*.html"):
        text = file.read_text()
        assert "not set" not in text, file
        assert "Untitled" not in text, file
    pdf = result.pdf.read_bytes() + (book.folder / "_build/slides/chapter.pdf").read_bytes()
    assert b"not set" not in pdf
    assert b"not set" not in (book.folder / "_build/html/objects.inv").read_bytes()


def test_a_page_without_a_heading_has_a_deck_with_a_name(book: Book) -> None:
    result = book.build("Only text.\n\n- a point\n")
    assert result.status == 0, result.errors
    assert titles(result.deck()) == ["chapter", "chapter"]
    shown = " ".join(shape.text_frame.text for shape in result.deck().slides[1].shapes if shape.has_text_frame)
    assert "Only text." in shown
    assert "a point" in shown
    marked = book.build("{.slide}\n- a marked point\n\nText.\n")
    assert marked.status == 0, marked.errors
    assert bullets(marked.deck().slides[1]) == [(1, "a marked point")]

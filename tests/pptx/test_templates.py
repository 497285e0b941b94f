"""Templates that nobody here made: their layouts and ids stay, what Keynote refuses goes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pptx

from builder.pptx.conform import problems

from conftest import Book, bullets, titles

DEFAULT = Path(pptx.__file__).parent / "templates/default.pptx"
LECTURE = '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\ntemplate = "theirs.pptx"\n'
CHAPTER = """# One

[First point]{.point} and [second]{.point}

```{notes}
Say this.
```

{.slide}
| a | b |
|---|---|
| 1 | 2 |

{.slide}
## Two

```{slide} Three
:layout: comparison

**Left**
: one

**Right**
: two
```
"""


def test_template_of_the_library(book: Book) -> None:
    book.write("slides/theirs.pptx", DEFAULT.read_bytes())
    book.write("slides/lectures.toml", LECTURE)
    result = book.build(CHAPTER)
    assert result.status == 0, result.errors
    deck = result.deck("one")
    assert titles(deck) == ["One", "One", "Two", "Three"]
    assert bullets(deck.slides[1]) == [(1, "First point"), (1, "second".capitalize())]
    assert (deck.slide_width, deck.slide_height) == (9144000, 6858000)
    assert problems(result.pptx("one")) == []


def test_its_parts_are_kept_but_for_printer_settings(book: Book) -> None:
    book.write("slides/theirs.pptx", DEFAULT.read_bytes())
    book.write("slides/lectures.toml", LECTURE)
    made = zipfile.ZipFile(io.BytesIO(book.build(CHAPTER).pptx("one")))
    theirs = zipfile.ZipFile(DEFAULT)
    assert any("printerSettings" in name for name in theirs.namelist())
    assert not any("printerSettings" in name for name in made.namelist())
    for name in theirs.namelist():
        if name.startswith(("ppt/slideLayouts/slideLayout", "ppt/theme/theme1")):
            assert name in made.namelist()


def test_potx_is_taken_as_a_template(book: Book) -> None:
    source = zipfile.ZipFile(DEFAULT)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(b"presentationml.presentation.main+xml", b"presentationml.template.main+xml")
            copy.writestr(name, data)
    book.write("slides/theirs.potx", out.getvalue())
    book.write("slides/lectures.toml", LECTURE.replace(".pptx", ".potx"))
    result = book.build(CHAPTER)
    assert result.status == 0, result.errors
    assert problems(result.pptx("one")) == []


def test_the_same_slide_in_two_decks_has_a_creation_id_of_its_own(book: Book) -> None:
    book.write(
        "slides/lectures.toml",
        LECTURE.replace('template = "theirs.pptx"\n', "") * 1
        + LECTURE.replace('"one"', '"two"').replace('template = "theirs.pptx"\n', ""),
    )
    result = book.build(CHAPTER)
    ids = [
        {
            element.get("val")
            for slide in result.deck(name).slides
            for element in slide._element.iter("{*}creationId")
            if element.get("val")
        }
        for name in ("one", "two")
    ]
    assert ids[0]
    assert not ids[0] & ids[1]

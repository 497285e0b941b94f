"""A small lecture with everything that a deck can hold, the edits that sources see, and what a deck says."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from conftest import CONF, PNG, Book

INDEX = "# Root\n\n```{toctree}\n:numbered:\n\nchapter\n```\n"
LECTURES = '[[lecture]]\nname = "a"\ntitle = "A lecture"\ndocuments = ["chapter"]\nagenda = false\nreferences = false\n'
CHAPTER = """# The chapter

{.slide}
## Bullets

[The first bullet says something plain]{.point}. [The second bullet says something else]{.point}. [The third bullet is about grain]{.point}.

```{notes}
Say it slowly.

Then wait.
```

{.slide}
## Picture

```{figure} picture.png
:name: fig-picture
:alt: A field
:class: slide

A field in the north
```

{.slide}
## Table

```{list-table} Counts
:header-rows: 1
:class: slide

* - Year
  - Count
* - 1937
  - ten
* - 1938
  - twenty
```

{.slide}
## Chart

```{chart} rows.csv
:type: bar
:x: year
:y: count
:alt: Counts by year
:class: slide

Counts by year
```

{.slide}
## Last words

[A last bullet that closes the lecture]{.point}. [And one more thing to keep]{.point}.
"""
FILES: dict[str, str | bytes] = {
    "conf.py": CONF,
    "index.md": INDEX,
    "slides/lectures.toml": LECTURES,
    "chapter.md": CHAPTER,
    "picture.png": PNG,
    "rows.csv": "year,count\n1937,10\n1938,20\n1939,15\n",
}


def lecture(book: Book) -> bytes:
    """Write the book and build it; the deck as built.

    A book in which nothing was written yet moves to a place that all tests share, where what the first one built is
    put back for each.
    """
    if not book.is_new():
        return built_lecture(book)
    book.begin("lecture", lambda: built_lecture(book) and None)
    return (book.folder / "_build/slides/a.pptx").read_bytes()


def built_lecture(book: Book) -> bytes:
    """Write the book where it is and build it; the deck as built."""
    for name, content in FILES.items():
        book.write(name, content)
    result = book.build(None, "--to", "pptx")
    assert result.status == 0, result.errors
    return result.pptx("a")


def change(book: Book, old: str, new: str, name: str = "chapter.md") -> None:
    """An edit of the sources."""
    text = (book.folder / name).read_text(encoding="utf-8")
    assert old in text, old
    book.write(name, text.replace(old, new))


def said(deck: Any) -> list[list[str]]:
    """For each slide the paragraphs of its shapes and tables, without its foot."""
    return [[text for shape in slide.shapes for text in texts(shape)] for slide in deck.slides]


def texts(shape: Any) -> list[str]:
    """The paragraphs of a shape."""
    if shape.shape_type == 6:
        return [text for inner in shape.shapes for text in texts(inner)]
    if shape.has_text_frame:
        if shape.is_placeholder and shape.placeholder_format.type in (13, 15, 16):
            return []
        return [paragraph.text for paragraph in shape.text_frame.paragraphs if paragraph.text]
    if getattr(shape, "has_table", False) and shape.has_table:
        return [cell.text for row in shape.table.rows for cell in row.cells]
    return []


@dataclass(frozen=True)
class SourceEdit:
    """An edit of the sources, and words that the deck must have after it (``there``) or not (``gone``)."""

    name: str
    edit: Callable[[Book], None]
    there: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

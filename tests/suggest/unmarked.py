"""Chapters that nobody marked: long enough to be texts, their decks, and what stands on these."""

from __future__ import annotations

import re

from conftest import SVG, Book, Result, titles

FILLING = "\n".join(f"Filling sentence {n} of a text says little, alas." for n in range(42))
"""What makes a chapter long, so that it is a text."""


def decks(book: Book, language: str, name: str, chapter: str) -> tuple[Result, Result, Result]:
    """The project built as it is, the marks written, and built with them."""
    with (book.folder / "conf.py").open("a") as conf:
        conf.write(f'language = "{language}"\n')
    book.write("map.svg", SVG)
    book.write(name, chapter)
    before = book.build(None, "--to", "pptx")
    content = before.pptx()
    applied = book.call("suggest", "--apply")
    after = book.build(None, "--to", "pptx", "--fresh-decks")
    assert (before.status, applied.status, after.status) == (0, 0, 0), applied.errors
    assert after.pptx() == content
    return before, applied, after


def uncounted(title: str) -> str:
    """A title without the place of its slide in a row."""
    return re.sub(r" \(\d+/\d+\)$", "", title)


def shown(book: Book, chapter: str) -> dict[str, list[str]]:
    """Title → points of an automatic deck, of a chapter that is long enough to be a text; slides of a row under one."""
    book.write("map.svg", SVG)
    deck = book.build(f"{chapter}\n\n## Filled\n\n{FILLING}\n", "--to", "pptx").deck()
    found: dict[str, list[str]] = {}
    for title, slide in zip(titles(deck), deck.slides, strict=True):
        bodies = [shape.text_frame for shape in slide.shapes if shape.has_text_frame and shape != slide.shapes.title]
        found.setdefault(uncounted(title), []).extend(
            paragraph.text for body in bodies for paragraph in body.paragraphs
        )
    return found

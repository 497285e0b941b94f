"""Random documents with everything marked: the words of the source are those of the deck, and of the book."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_containers import printed, text_of

from conftest import PNG, SOAKING, Book, examples

MARKED = 'import sys\nsys.path.insert(0, {!r})\nextensions += ["mark_everything", "sphinx_design"]\n'
TOOLS = str(Path(__file__).parent.parent.parent / "tools")
Piece = Callable[[Iterator[str]], str]
"""Writes MyST with words that it takes one after the other."""


def paragraph(words: Iterator[str]) -> str:
    return f"{next(words)} **{next(words)}** `{next(words)}` {next(words)}."


def code(words: Iterator[str]) -> str:
    return f"```python\n{next(words)} = 1\n    {next(words)}()\n```"


def formula(words: Iterator[str]) -> str:
    return f"{next(words)}:\n\n$$\nx^2\n$$"


def table(words: Iterator[str]) -> str:
    return f"| {next(words)} | {next(words)} |\n|---|---|\n| {next(words)} | {next(words)} |"


def picture(words: Iterator[str]) -> str:
    return f"```{{figure}} pic.png\n:alt: alt\n\n{next(words)}\n```"


def bullets(inside: list[Piece]) -> Piece:
    def write(words: Iterator[str]) -> str:
        return "\n".join(f"- {next(words)}\n\n{indent(piece(words), '  ')}\n" for piece in inside)

    return write


def numbered(inside: list[Piece]) -> Piece:
    def write(words: Iterator[str]) -> str:
        return "\n".join(f"{n}. {next(words)}\n\n{indent(piece(words), '   ')}\n" for n, piece in enumerate(inside, 1))

    return write


def definitions(inside: list[Piece]) -> Piece:
    def write(words: Iterator[str]) -> str:
        items = (f"{next(words)}\n: {next(words)}\n\n{indent(piece(words), '  ')}\n" for piece in inside)
        return "\n".join(items)

    return write


def quotation(inside: list[Piece]) -> Piece:
    def write(words: Iterator[str]) -> str:
        return indent("\n\n".join(piece(words) for piece in inside), "> ", lambda _line: True)

    return write


def box(head: str) -> Callable[[list[Piece]], Piece]:
    def of(inside: list[Piece]) -> Piece:
        def write(words: Iterator[str]) -> str:
            title, body = next(words), "\n\n".join(piece(words) for piece in inside)
            fence = ":" * (max(map(len, re.findall(":{3,}", body)), default=2) + 1)
            return f"{fence}{{{head}}} {title}\n{body}\n{fence}"

        return write

    return of


def cells(inside: list[Piece]) -> Piece:
    def write(words: Iterator[str]) -> str:
        rows = (f"* - {next(words)}\n  - {indent(piece(words), '    ')[4:]}" for piece in inside)
        body = "\n".join(rows)
        fence = ":" * (max(map(len, re.findall(":{3,}", body)), default=2) + 1)
        return f"{fence}{{list-table}}\n{body}\n{fence}"

    return write


LEAVES = st.sampled_from([paragraph, code, formula, table, picture])
HOLDERS = [bullets, numbered, definitions, quotation, box("admonition"), box("dropdown"), box("card"), cells]


def holding(pieces: st.SearchStrategy[Piece]) -> st.SearchStrategy[Piece]:
    return st.builds(
        lambda hold, inside: hold(inside), st.sampled_from(HOLDERS), st.lists(pieces, min_size=1, max_size=3)
    )


PIECES = st.recursive(LEAVES, holding, max_leaves=8)
DOCUMENTS = st.lists(st.lists(PIECES, min_size=1, max_size=4), min_size=4, max_size=12)
"""The pieces of each section. A document has several, since a build costs more than what is in it."""


def letters(number: int) -> str:
    return "q" + "".join("abcdefghij"[int(digit)] for digit in f"{number:04}") + "z"


def written(sections: list[list[Piece]]) -> tuple[str, list[str]]:
    """A chapter, and all words of it in their order."""
    used: list[str] = []

    def words() -> Iterator[str]:
        for number in itertools.count():
            used.append(letters(number))
            yield used[-1]

    source = words()
    parts = ["# Chapter\n"]
    for section in sections:
        parts.append(f"## {next(source)}\n")
        parts += [f"{piece(source)}\n\n% end\n" for piece in section]
    return "\n".join(parts), used


def lost(book: Book, sections: list[list[Piece]]) -> list[str]:
    """Words of a random chapter that its deck or its book does not show, and what was reported."""
    if "mark_everything" not in (conf := (book.folder / "conf.py").read_text()):
        book.write("conf.py", conf + MARKED.format(TOOLS))
        book.write("pic.png", PNG)
    chapter, words = written(sections)
    result = book.build(chapter, "--to", "pptx,pdf")
    deck = "".join(text_of(slide) for slide in result.deck().slides)
    pages = printed(result)
    found = [f"{word} on slides" for word in words if word not in deck]
    found += [f"{word} in print" for word in words if word not in pages]
    return found + [line for line in result.errors.splitlines() if "left out" in line]


@pytest.mark.slow
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(DOCUMENTS)
def test_words_of_a_random_document_are_those_of_its_deck_and_its_book(book: Book, sections: list[list[Piece]]) -> None:
    assert lost(book, sections) == []


@pytest.mark.slow
@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck), derandomize=not SOAKING)
@given(DOCUMENTS)
def test_they_are_in_many_more(book: Book, sections: list[list[Piece]]) -> None:
    assert lost(book, sections) == []


def test_a_picture_beside_the_words_of_a_quotation_in_a_cell_is_shown_with_its_caption(book: Book) -> None:
    assert (
        lost(book, [[cells([quotation([picture, paragraph])])], [cells([bullets([quotation([paragraph, picture])])])]])
        == []
    )

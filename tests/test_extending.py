"""The extensions of docs/extending.md, as they stand there, in the printed book and on slides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import builder.book.handlers
import builder.deck.handlers  # noqa: F401 - both before the tables are looked at
from builder.book import translate
from builder.deck import conversion
from builder.deck.kinds import KINDS

from conftest import Book, Result
from pdf_text import pages_of

PAGE = (Path(__file__).parent.parent / "docs" / "extending.md").read_text(encoding="utf-8")
WAYMARK, RULE = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
[USED] = re.findall(r"^````myst\n(.*?)^````$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(autouse=True)
def tables() -> Iterator[None]:
    """What a test registers is taken out again."""
    registered = [(table, dict(table)) for table in (translate.HANDLERS, conversion.HANDLERS, KINDS)]
    yield
    for table, before in registered:
        table.clear()
        table.update(before)


def extend(book: Book, name: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a book an extension."""
    monkeypatch.syspath_prepend(book.folder)
    book.write(f"{name}.py", code)
    conf = (book.folder / "conf.py").read_text(encoding="utf-8")
    book.write("conf.py", f'{conf}\nextensions.append("{name}")\n')


def shapes(result: Result, deck: str) -> list[tuple[str, str]]:
    """Name and text of each shape on the last slide of a deck."""
    slide = result.deck(deck).slides[-1]
    return [(shape.name.rstrip(" 0123456789"), shape.text_frame.text) for shape in slide.shapes if shape.has_text_frame]


def test_a_node_has_its_look_in_print_and_on_slides(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    extend(book, "waymark", WAYMARK, monkeypatch)
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\nautomatic\n```\n")
    book.write("automatic.md", "# Without annotations\n\n## Section\n\n" + USED.replace(":class: slide\n", ""))
    result = book.build(f"# Chapter\n\n## Section\n\n{USED}", "--to", "pdf,pptx")
    assert (result.status, result.errors) == (0, "")
    words = "WAY-MARK Left to the fort, right to the ford."
    assert " ".join(" ".join(pages_of(result.pdf)).split()).count(words) == 2
    for deck in ("chapter", "automatic"):
        assert ("Box", "Way-mark\nLeft to the fort, right to the ford.") in shapes(result, deck)
        slides = " ".join(pages_of(result.folder / "_build" / "slides" / f"{deck}.pdf"))
        assert words.replace("WAY-MARK", "Way-mark") in " ".join(slides.split())


def test_a_kind_of_block_stands_on_slides(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = "from builder.deck.handlers import shows\nfrom builder.errors import source_of\n\n"
    shown += '@shows("rubric")\ndef rule(context, node):\n    return [Rule(source_of(node))]\n'
    extend(book, "rules", f"{RULE}\n\n{shown}\n\ndef setup(app):\n    pass\n", monkeypatch)
    chapter = "# Chapter\n\n## Section\n\n````{slide} Two\n- Above\n\n```{rubric} Line\n```\n\n- Below\n````\n"
    result = book.build(chapter, "--to", "pptx")
    assert result.status == 0
    assert "chapter.md:8: WARNING: these words are left out of the slide: 'Line'" in result.errors
    assert [name for name, _text in shapes(result, "chapter")][:4] == ["Title", "Text", "Rule", "Text"]

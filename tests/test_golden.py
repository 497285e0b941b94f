"""Whole outputs, reviewed as diffs: the Typst text and the slides of the worked example."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from lxml import etree

from conftest import Book, notes
from test_example import example


def outline_of(deck) -> str:
    """What stands on each slide, in reading order."""
    lines = []
    for number, slide in enumerate(deck.slides, start=1):
        lines.append(f"--- {number} [{slide.slide_layout.name}]")
        for shape in slide.shapes:
            place = (
                f"{shape.left / 12700:.0f},{shape.top / 12700:.0f} {shape.width / 12700:.0f}×{shape.height / 12700:.0f}"
            )
            lines.append(f"{shape.name} ({place})")
            if shape.has_text_frame:
                lines += [f"    {'  ' * paragraph.level}{paragraph.text}" for paragraph in shape.text_frame.paragraphs]
            elif shape.has_table:
                lines += ["    " + " | ".join(cell.text for cell in row.cells) for row in shape.table.rows]
        lines += [f"  notes: {line}" for line in notes(slide)]
    return "\n".join(lines) + "\n"


def test_typst_text_of_the_example(book: Book, golden: Callable[[str, str], None]) -> None:
    golden("example.typ", example(book).typst())


def test_slides_of_the_example(book: Book, golden: Callable[[str, str], None]) -> None:
    golden("example-slides.txt", outline_of(example(book).deck("lecture-2")))


def parts_of(content: bytes) -> str:
    """The slides, notes and charts of a deck as canonical XML, an element a line."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    out = []
    for name in archive.namelist():
        if re.match(r"ppt/(slides|notesSlides|charts)/[^/]*\.xml$|ppt/(slides)/_rels", name):
            canonical = etree.tostring(etree.fromstring(archive.read(name)), method="c14n").decode()
            out.append(f"--- {name}\n{canonical.replace('><', '>' + chr(10) + '<')}")
    return "\n".join(out) + "\n"


def test_parts_of_the_examples_deck(book: Book, golden: Callable[[str, str], None]) -> None:
    golden("example-deck.xml.txt", parts_of(example(book).pptx("lecture-2")))

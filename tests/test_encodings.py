"""Files that are not in UTF-8: named with line and byte, and all that can be read is made; a mark of UTF-8 hinders
nowhere.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import codecs
import json
import os
import re
import sys

import pytest

from conftest import CONF, SVG, Book, titles

CHAPTER = "# Chapter\n\n{.slide}\n## Part\n\n- A point\n\nDrüben liegt Füred.\n"
LECTURES = '[[lecture]]\nname = "one"\ntitle = "Füred"\ndocuments = ["chapter"]\n'
GEOJSON = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"name": "Füred"}, "geometry": {"type": "Polygon", "coordinates": [[[1, 1], [9, 1], [9, 9], [1, 1]]]}}
    ],
}  # fmt: skip


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize(
    ("content", "message", "status", "words"),
    [
        (CHAPTER.encode("latin-1"), "chapter.md:8: ERROR: this file is not UTF-8 text (byte "
                                    "0xFC at offset 42, in line 8)", 1, "Dr\ufffdben"),
        (CHAPTER.encode("utf-16"), "chapter.md:1: WARNING: this file is in UTF-16, and not in "
                                   "UTF-8; it is read as that", 0, "Drüben liegt"),
        (codecs.BOM_UTF8 + CHAPTER.encode("latin-1"), "byte 0xFC at offset 45, in line 8", 1, "Dr\ufffdben"),
        (codecs.BOM_UTF8 + CHAPTER.encode(), "", 0, "Drüben liegt"),
    ],
    ids=["latin-1", "utf-16", "latin-1 with a mark", "utf-8 with a mark"],
)  # fmt: skip
def test_a_chapter(book: Book, content: bytes, message: str, status: int, words: str) -> None:
    book.write("chapter.md", content)
    first = book.build(None)
    assert first.status == status, first.errors
    assert message in plain(first.errors)
    assert words in (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
    assert len(first.deck().slides) == 2
    assert first.pdf.exists()
    again = book.build(None)
    assert (again.status, message in plain(again.errors)) == (status, True)
    mended = book.build(CHAPTER)
    assert mended.status == 0, mended.errors
    assert "encoding" not in mended.errors
    assert titles(mended.deck()) == titles(first.deck())


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_lectures(book: Book, encoding: str) -> None:
    book.write("slides/lectures.toml", LECTURES.encode(encoding))
    result = book.build(CHAPTER)
    assert result.status == 1
    line = 3 if encoding == "latin-1" else 1
    assert f"lectures.toml:{line}: ERROR: this file is " in plain(result.errors)
    assert "save it as UTF-8" in result.errors
    assert result.pdf.exists()


@pytest.mark.slow
def test_a_bibliography(book: Book) -> None:
    book.write(
        "conf.py",
        CONF.replace('"myst_parser"', '"myst_parser", "sphinxcontrib.bibtex"') + 'bibtex_bibfiles = ["refs.bib"]\n',
    )
    entry = "\n@book{m,\n  author={Müller, A}, title={T}, year=2000, publisher={P}}\n"
    chapter = CHAPTER + "\n{cite}`m`\n\n```{bibliography}\n```\n"
    book.write("refs.bib", entry.encode("latin-1"))
    for _ in range(2):
        result = book.build(chapter)
        assert result.status == 1
        assert "refs.bib:3: ERROR: this file is not UTF-8 text (byte 0xFC" in plain(result.errors)
        assert "M\ufffdller" in (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
    book.write("refs.bib", entry.encode("utf-8-sig"))
    assert book.build(chapter).status == 0
    assert "Müller" in (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")


def test_a_mark_of_utf_8_hinders_nowhere(book: Book) -> None:
    mark = codecs.BOM_UTF8
    book.write("conf.py", mark + CONF.encode())
    book.write("slides/lectures.toml", mark + LECTURES.encode())
    book.write("land.geojson", mark + json.dumps(GEOJSON).encode())
    book.write("places.csv", mark + b"place,longitude,latitude\nF\xc3\xbcred,2,2\n")
    book.write("a.svg", mark + SVG.encode())
    book.write("part.txt", mark + "Ein Stück.\n".encode())
    chapter = CHAPTER + (
        "\n```{map} places.csv\n:outlines: land.geojson\n:class: slide\n\nA map\n```\n\n"
        "```{figure} a.svg\n:alt: x\n:class: slide\n\nA picture\n```\n\n```{include} part.txt\n```\n"
    )
    book.write("chapter.md", mark + chapter.encode())
    book.write("index.md", mark + (book.folder / "index.md").read_bytes())
    result = book.build(None, "-W")
    assert result.status == 0, result.errors
    assert "\ufeff" not in (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")


def test_what_a_document_includes_is_held_to_utf_8(book: Book) -> None:
    book.write("part.txt", "Füred\n".encode("latin-1"))
    result = book.build(CHAPTER + "\n```{include} part.txt\n```\n")
    assert "chapter.md:10: " in result.errors
    assert "part.txt" in result.errors
    assert result.pdf.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no names that are not Unicode")
def test_a_name_that_is_not_utf_8_is_left_out_and_said(book: Book) -> None:
    with open(os.fsencode(book.folder) + b"/caf\xe9.md", "w") as file:
        file.write("# Café\n")
    for _ in range(2):
        result = book.build(CHAPTER)
        assert result.status == 1
        assert r"caf\xe9.md:1: ERROR: the name of this file is not UTF-8, so it is left out" in plain(result.errors)
        assert len(result.deck().slides) == 2
    os.unlink(os.fsencode(book.folder) + b"/caf\xe9.md")
    assert book.build(CHAPTER).status == 0

"""A template that is edited in place: decks follow, whatever the size and the times of the file say."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

from builder.pptx.template.reading import BUILT_IN

from conftest import Book, titles

LECTURES = '[[lecture]]\nname = "talk"\ntitle = "A talk"\ndocuments = ["chapter"]\ntemplate = "own.pptx"\n'
CHAPTER = "# Chapter\n\n## Section\n\n- a point\n"


def recoloured(content: bytes, old: str, new: str) -> bytes:
    """A package with another accent colour, as long as it was: parts are stored and not packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(
                zipfile.ZipInfo(name), part.replace(old.encode(), new.encode()) if "theme" in name else part
            )
    return out.getvalue()


def accent(content: bytes) -> str:
    """The first accent colour of the theme of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        theme = package.read("ppt/theme/theme1.xml").decode()
    part = theme[theme.index("<a:accent1>") :]
    return part[part.index('val="') + 5 :][:6]


@pytest.mark.parametrize("kept_time", [False, True])
def test_decks_follow_a_template_that_is_edited_in_place(book: Book, kept_time: bool) -> None:
    before = (BUILT_IN / "plain.pptx").read_bytes()
    colour = accent(before)
    template = book.write("slides/own.pptx", recoloured(before, colour, colour))
    book.write("slides/lectures.toml", LECTURES)
    assert book.build(CHAPTER, "--to", "pptx").status == 0
    deck = book.folder / "_build/slides/talk.pptx"
    assert accent(deck.read_bytes()) == colour
    paper = deck.with_suffix(".pdf").read_bytes()
    stamp = template.stat()
    edited = recoloured(before, colour, "00AA33")
    assert len(edited) == stamp.st_size
    template.write_bytes(edited)
    if kept_time:
        os.utime(template, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert book.build(CHAPTER, "--to", "pptx").status == 0
    assert accent(deck.read_bytes()) == "00AA33"
    assert deck.with_suffix(".pdf").read_bytes() != paper
    assert "Section" in titles(Presentation(str(deck)))


def test_decks_are_those_of_a_clean_build_after_a_template_was_replaced(book: Book, tmp_path: Path) -> None:
    book.write("slides/own.pptx", (BUILT_IN / "plain.pptx").read_bytes())
    book.write("slides/lectures.toml", LECTURES)
    book.build(CHAPTER, "--to", "pptx")
    template = book.write("slides/own.pptx", (BUILT_IN / "seminar.pptx").read_bytes())
    os.utime(template, (0, 0))
    assert book.build(None, "--to", "pptx").status == 0
    assert book.build(None, "--to", "pptx", "-o", str(tmp_path / "clean")).status == 0
    for path in (tmp_path / "clean/slides").iterdir():
        assert (book.folder / "_build/slides" / path.name).read_bytes() == path.read_bytes(), path.name

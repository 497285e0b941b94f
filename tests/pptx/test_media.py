"""Films and sounds in a chapter play on the slide, behind their still."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from pptx.oxml.ns import qn

from builder.pptx.package.conform import problems

from conftest import PNG, Book

FILM = b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64


def deck_with(book: Book, html: str):
    book.write("film.mp4", FILM)
    book.write("song.mp3", b"ID3" + b"\x00" * 64)
    book.write("still.png", PNG)
    return book.build(f"# Chapter\n\n## Section\n\n{html}\n", "--to", "pptx")


@pytest.mark.parametrize(
    ("html", "kind", "file"),
    [
        ('<video src="film.mp4" poster="still.png" title="A short film" controls></video>', "video", "film.mp4"),
        ('<video controls title="A short film"><source src="film.mp4"></video>', "video", "film.mp4"),
        ('<audio src="song.mp3" title="A short film" controls></audio>', "audio", "song.mp3"),
    ],
)
def test_it_is_embedded_and_a_click_plays_it(book: Book, html: str, kind: str, file: str) -> None:
    result = deck_with(book, html)
    assert result.status == 0, result.errors
    assert problems(result.pptx()) == []
    slide = next(s for s in result.deck().slides if s.shapes.title.text_frame.text == "Section")
    picture = next(s for s in slide.shapes if s._element.tag == qn("p:pic"))
    assert picture._element.nvPicPr.cNvPr.get("descr") == "A short film"
    if "poster" not in html:
        assert picture.width / picture.height == pytest.approx({"video": 16 / 9, "audio": 4}[kind], abs=0.05)
    link = picture._element.find(f".//{qn(f'a:{kind}File')}").get(qn("r:link"))
    target = slide.part.rels[link].target_part
    assert target.blob == (book.folder / file).read_bytes()
    node = slide._element.find(f".//{qn(f'p:{kind}')}//{qn('p:spTgt')}")
    assert node.get("spid") == str(picture.shape_id)
    names = zipfile.ZipFile(BytesIO(result.pptx())).namelist()
    assert sum(name.endswith((".mp4", ".mp3")) for name in names) == 1


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<video src="none.mp4"></video>', "the file 'none.mp4' is not there"),
        ('<video src="../film.mp4"></video>', "the file '../film.mp4' is not there"),
        ('<video src="chapter.md"></video>', "slides do not play 'chapter.md'; save it as one of .m4v, .mov"),
    ],
)
def test_what_cannot_be_played_is_said(book: Book, html: str, words: str) -> None:
    result = deck_with(book, f"{{.slide}}\n{html}")
    assert words in result.errors


def test_one_that_is_on_the_web_is_a_link(book: Book) -> None:
    result = deck_with(book, '<video src="https://example.org/film.mp4"></video>')
    assert result.status == 0
    assert problems(result.pptx()) == []


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ('<video src="none.mp4" controls></video>', 5),
        ('<video controls>\n<source src="none.mp4">\n</video>', 5),
        ('So <audio src="none.mp3"></audio> it sounds.', 5),
        ('<video src="film.mp4"></video>', 0),
        ('<video src="https://example.org/none.mp4"></video>', 0),
    ],
)
def test_a_film_on_no_slide_that_is_missing_is_told(book: Book, written: str, line: int) -> None:
    book.write("film.mp4", FILM)
    result = book.build(f"# One\n\nWords.\n\n{written}\n", "--to", "html")
    assert result.status == 0
    assert result.errors.count("does not exist; paths start at the document's folder") == bool(line)
    assert not line or f"chapter.md:{line}: WARNING: the film 'none.mp" in result.errors

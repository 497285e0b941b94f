"""What pictures are called, and what stands for those that cannot be shown."""

from __future__ import annotations

import pytest

from builder.source.named_files import names_in_html
from builder.source.pictures.names import without_work_folder

from conftest import PNG, Book


@pytest.mark.parametrize(
    ("uri", "name"),
    [("_build/.work/jupyter_execute/3f.png", "3f.png"), ("img/a.png", "img/a.png"), ("https://e.org/a.png",) * 2],
)
def test_the_picture_of_a_cell_is_called_by_its_file(uri: str, name: str) -> None:
    assert without_work_folder(uri) == name


def test_scripts_in_raw_html_name_no_files_but_their_own() -> None:
    html = """<img src="a.png"><script src="b.js">x.src='c.png'; a.data="d,e"</script><video poster='f.png'></video>"""
    assert names_in_html(html) == ["a.png", "b.js", "f.png"]


OF_HTML = """# One

{.slide}
## Two

<img src="img/a%20lake.png" alt="A lake">

{.slide}
## Three

- Words

<video src="../films/tide.mp4" controls></video>

<img src="/img/sea.png?x=1" alt="The sea"> <img src="../../out.png" alt="Out"> <img src="https://e.org/x.png" alt="Web">
"""


def test_the_web_book_has_the_files_that_raw_html_names_where_its_pages_seek_them(book: Book) -> None:
    files = {"parts/img/a lake.png": PNG, "films/tide.mp4": b"film", "img/sea.png": PNG}
    for name, content in files.items():
        book.write(name, content)
    book.write("parts/one.md", OF_HTML)
    result = book.build("# Chapter\n\n```{toctree}\nparts/one\n```\n")
    assert "'img/a%20lake.png' does not exist" not in result.errors
    html = book.folder / "_build/html"
    assert {name: (html / name).read_bytes() for name in files} == files
    assert not (book.folder / "_build/out.png").exists()
    book.write("films/tide.mp4", b"mlif")
    book.build(None)
    assert (html / "films/tide.mp4").read_bytes() == b"mlif"


@pytest.mark.parametrize("outputs", ["html", "pdf", "html,pdf,pptx"])
def test_a_missing_picture_is_told_once_with_the_one_beside_it_whose_ending_is_most_alike(
    book: Book, outputs: str
) -> None:
    for name in ("lake.eps", "lake.png", "lake.svg"):
        book.write(name, PNG)
    said = book.build("# One\n\n![A lake](lake.pgn)\n", "--to", outputs).errors
    assert "chapter.md:3: WARNING: the picture 'lake.pgn' does not exist; is 'lake.png' beside it meant?" in said
    assert said.count("lake.pgn") == 1

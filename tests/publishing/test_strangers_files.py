"""What the builder did not make it never changes, moves or deletes, unless it must write there: then it moves it aside
and says so.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from builder.store.published import damaged_outputs

from conftest import CONF, Book

CHAPTER = "# One\n\n{.slide}\n## Section\n\n[A bullet]{.point} of many words.\n"


def pdf_of_somebody(path: Path, title: str = "Mine") -> bytes:
    """A PDF that another program made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = title
        pdf.save(path)
    return path.read_bytes()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def aside(path: Path) -> list[Path]:
    """Files that stand beside ``path`` under its name with a date."""
    return sorted(path.parent.glob(f"{path.stem}-2*{path.suffix}"))


def plain(text: str) -> str:
    return text.replace("\x1b[91m", "").replace("\x1b[31m", "").replace("\x1b[39;49;00m", "")


def test_a_first_build_leaves_the_files_and_folders_of_others(book: Book) -> None:
    strangers = {"_build/html/mysite.html": b"site", "_build/html/photos/a.jpg": b"photo", "_build/html/downloads/talk.pdf": b"talk",
                 "_build/pdf/thesis.pdf": b"thesis", "_build/slides/talk.pptx": b"talk"}  # fmt: skip
    for name, content in strangers.items():
        book.write(name, content)
    (book.folder / "_build/html/empty").mkdir()
    result = book.build(CHAPTER)
    assert result.status == 0
    assert book.build(CHAPTER.replace("many", "few")).status == 0
    book.call("clean")
    assert {name: (book.folder / name).read_bytes() for name in strangers} == strangers
    assert (book.folder / "_build/html/empty").is_dir()
    assert {f"_build/{name}" for name in contents(book.folder / "_build")} == set(strangers)


def test_a_web_book_in_a_folder_of_somebody_elses_that_a_link_leads_to(book: Book) -> None:
    book.write("precious/letter.txt", b"dear")
    (book.folder / "_build").mkdir()
    (book.folder / "_build/html").symlink_to("../precious")
    assert book.build(CHAPTER).status == 0
    assert (book.folder / "precious/chapter.html").is_file()
    book.call("clean")
    assert contents(book.folder / "precious") == {"letter.txt": b"dear"}
    assert (book.folder / "_build/html").is_symlink()


@pytest.mark.parametrize(
    "name", ["html/index.html", "html/downloads/chapter.pdf", "pdf/asmallbook.pdf", "slides/chapter.pdf", "report.json"]
)
def test_a_file_where_an_output_belongs_is_moved_aside_and_said(book: Book, name: str) -> None:
    mine = book.write(f"_build/{name}", b"written by somebody else")
    result = book.build(CHAPTER)
    assert result.status == 0
    (kept,) = aside(mine)
    assert kept.read_bytes() == b"written by somebody else"
    assert mine.read_bytes() != b"written by somebody else"
    assert f"{mine.name} was not made by this project; it is kept as {kept.name} beside the new one." in result.errors


def test_a_file_that_is_what_would_be_written_is_taken_for_ours(book: Book) -> None:
    assert book.build(CHAPTER).status == 0
    before = contents(book.folder / "_build/html")
    for path in (book.folder / "_build/.work/published.json", book.folder / "_build/report.json"):
        path.unlink()
    result = book.build(CHAPTER)
    assert "was not made" not in result.errors
    assert contents(book.folder / "_build/html") == before


def test_outputs_of_a_version_without_a_manifest_are_ours(book: Book) -> None:
    assert book.build(CHAPTER).status == 0
    mine = book.write("_build/slides/notes.pdf", b"mine")
    (book.folder / "_build/.work/published.json").unlink()
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\nother\n```\n")
    book.write("other.md", CHAPTER)
    (book.folder / "chapter.md").unlink()
    result = book.build(None)
    assert result.status == 0
    assert "was not made" not in result.errors
    assert sorted(contents(book.folder / "_build/slides")) == ["notes.pdf", "other.pdf", "other.pptx"]
    assert not (book.folder / "_build/html/chapter.html").exists()
    assert mine.read_bytes() == b"mine"


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_damaged_manifest_is_said_and_made_again(book: Book, is_folder: bool) -> None:
    assert book.build(CHAPTER).status == 0
    if is_folder:
        (book.folder / "_build/.work/published.json").unlink()
    book.write(f"_build/.work/published.json{'/within' if is_folder else ''}", b'{"files": {"html/ind')
    result = book.build(CHAPTER.replace("many", "few"))
    assert "published.json is damaged; which outputs are this project's is taken from report.json." in result.errors
    assert "was not made" not in result.errors
    assert damaged_outputs(book.folder / "_build") == []


@pytest.mark.parametrize("name", ["chapter-handout.pdf", "chapter-notes.pdf"])
def test_papers_of_a_lecturer_beside_the_deck_stay(book: Book, name: str) -> None:
    assert book.build(CHAPTER).status == 0
    mine = book.write(f"_build/slides/{name}", b"my own")
    assert book.build(CHAPTER.replace("bullet", "point")).status == 0
    book.call("clean")
    assert mine.read_bytes() == b"my own"


@pytest.mark.parametrize("name", ["slides/chapter.pdf", "pdf/asmallbook.pdf"])
@pytest.mark.parametrize("written", ["a PDF", "a text"])
def test_what_somebody_wrote_over_a_pdf_is_moved_aside(book: Book, name: str, written: str) -> None:
    assert book.build(CHAPTER).status == 0
    target = book.folder / "_build" / name
    mine = pdf_of_somebody(target) if written == "a PDF" else b"my speaking notes\n"
    target.write_bytes(mine)
    result = book.build(CHAPTER.replace("bullet", "point"))
    (kept,) = aside(target)
    assert kept.read_bytes() == mine
    assert (
        f"{target.name} was changed since it was built; it is kept as {kept.name} beside the new one." in result.errors
    )
    assert damaged_outputs(book.folder / "_build") == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["html/index.html", "slides/chapter.pdf", "pdf/asmallbook.pdf"])
@pytest.mark.parametrize(
    "left", [lambda content: content[: len(content) // 2], lambda content: bytes(len(content)), lambda content: b""]
)
def test_an_output_that_is_damaged_is_made_again_and_the_other_version_set_aside(
    book: Book, name: str, left: Callable[[bytes], bytes]
) -> None:
    assert book.build(CHAPTER).status == 0
    target = book.folder / "_build" / name
    damaged = left(target.read_bytes())
    target.write_bytes(damaged)
    assert damaged_outputs(book.folder / "_build") == [target]
    result = book.build(CHAPTER + "\nMore.\n")
    assert (
        f"{name} was changed or damaged since the last build, and is made again; what was there is kept in"
        in result.errors
    )
    (kept,) = (book.folder / "_build/.work/set-aside").rglob(target.name)
    assert kept.read_bytes() == damaged
    assert aside(target) == []
    assert damaged_outputs(book.folder / "_build") == []


@pytest.mark.parametrize(("suffix", "copy"), [(".txt", "other.md.txt"), ("", "other.md")])
def test_a_page_that_is_no_longer_made_and_was_changed_stays(book: Book, suffix: str, copy: str) -> None:
    book.write("conf.py", f"{CONF}html_sourcelink_suffix = '{suffix}'\n")
    book.write("other.md", "---\norphan: true\n---\n\n# Other\n")
    assert book.build(CHAPTER).status == 0
    assert (book.folder / "_build/html/_sources" / copy).exists()
    page = book.write("_build/html/other.html", b"<p>moved to example.org")
    (book.folder / "other.md").unlink()
    result = book.build(None)
    assert page.read_bytes() == b"<p>moved to example.org"
    assert "other.html is no longer made; it was changed since it was built, and stays." in result.errors
    assert not (book.folder / "_build/html/_sources" / copy).exists()


def test_what_is_copied_with_the_whole_folder_is_still_ours(book: Book) -> None:
    assert book.build(CHAPTER).status == 0
    os.rename(book.folder / "_build", book.folder / "copy")
    assert damaged_outputs(book.folder / "copy") == []
    result = book.build(CHAPTER.replace("bullet", "point"), "-o", str(book.folder / "copy"))
    assert "set_aside" not in result.errors
    assert result.errors == ""


def test_a_comparison_leaves_the_files_of_others_beside_it(book: Book) -> None:
    assert book.build(CHAPTER).status == 0
    os.rename(book.folder / "_build", book.folder / "before")
    mine = book.write("_build/diff/mine.txt", b"mine")
    book.write("chapter.md", CHAPTER.replace("bullet", "point"))
    assert book.call("diff", "before").status == 0
    pictures = sorted(path.name for path in mine.parent.glob("*.png"))
    assert pictures == ["before-chapter-2.png", "now-chapter-2.png"]
    book.write("chapter.md", CHAPTER)
    assert book.call("diff", "before").status == 0
    assert sorted(path.name for path in mine.parent.iterdir()) == ["index.html", "mine.txt"]
    book.call("clean")
    assert contents(book.folder / "_build") == {"diff/mine.txt": b"mine"}


@pytest.mark.parametrize("damage", ["cut off", "a byte in the middle"])
def test_a_deck_that_is_damaged_is_made_again_though_nothing_changed(book: Book, damage: str) -> None:
    assert book.build(CHAPTER).status == 0
    deck = book.folder / "_build/slides/chapter.pptx"
    before = deck.read_bytes()
    half = len(before) // 2
    damaged = before[:half] if damage == "cut off" else before[:half] + bytes([before[half] ^ 255]) + before[half + 1 :]
    deck.write_bytes(damaged)
    os.utime(deck, (1, 1))
    assert damaged_outputs(book.folder / "_build") == [deck]
    book.build(None, "--to", "pptx", "--deck", "chapter")
    assert deck.read_bytes() == before
    (kept,) = deck.parent.glob("chapter-edited-*.pptx")
    assert kept.read_bytes() == damaged


def test_a_stranger_s_page_is_not_taken_for_ours_when_the_manifest_is_lost(book: Book) -> None:
    mine = book.write("_build/html/mine.html", b"mine")
    assert book.build(CHAPTER).status == 0
    assert "mine.html" not in (book.folder / "_build/report.json").read_text(encoding="utf-8")
    (book.folder / "_build/.work/published.json").unlink()
    assert book.build(CHAPTER.replace("bullet", "point")).status == 0
    book.call("clean")
    assert contents(book.folder / "_build") == {"html/mine.html": b"mine"}
    assert mine.is_file()

"""How outputs are written: with the author's own modes, on the disk before they take the place of the old ones, and
right after a kill.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from builds import Command
from pptx import Presentation
from whole_book import outputs, same

from builder.store import files
from builder.store.files import write_whole
from builder.store.published import damaged_outputs

from conftest import Book

CHAPTER = "# One\n\n{.slide}\n## Section\n\n- [A bullet]{.point}\n- [Another one]{.point}\n"
CHANGED = CHAPTER.replace("Another one", "Another thing")

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.parametrize(("mask", "expected"), [(0o077, 0o600), (0o002, 0o664), (0o022, 0o644)])
def test_new_files_have_the_mode_that_the_author_s_umask_gives(
    book: Book, umask: None, mask: int, expected: int
) -> None:
    os.umask(mask)
    assert book.build(CHAPTER).status == 0
    names = (
        "slides/chapter.pptx",
        "slides/chapter.pdf",
        "pdf/asmallbook.pdf",
        "html/chapter.html",
        "html/downloads/chapter.pptx",
        "report.json",
    )
    assert {name: mode(book.folder / "_build" / name) for name in names} == dict.fromkeys(names, expected)


@posix
@pytest.mark.parametrize(
    "name", ["slides/chapter.pptx", "slides/chapter.pdf", "pdf/asmallbook.pdf", "html/chapter.html"]
)
@pytest.mark.parametrize("kept", [0o600, 0o666, 0o444])
def test_a_file_keeps_its_mode(book: Book, umask: None, name: str, kept: int) -> None:
    assert book.build(CHAPTER).status == 0
    path = book.folder / "_build" / name
    path.chmod(kept)
    before = path.read_bytes()
    assert book.build(CHANGED).errors == ""
    assert path.read_bytes() != before
    assert mode(path) == kept


@posix
@pytest.mark.parametrize("kept", [0o600, 0o664])
def test_a_source_into_which_marks_are_written_keeps_its_mode(book: Book, umask: None, kept: int) -> None:
    source = book.write("chapter.md", "# One\n\n## Grain\n\nGrain is dear in spring. It is cheap in autumn.\n")
    before = source.read_bytes()
    source.chmod(kept)
    assert book.call("suggest", "--apply").status == 0
    assert source.read_bytes() != before
    assert mode(source) == kept


@posix
def test_a_merged_deck_keeps_its_mode(book: Book, umask: None) -> None:
    assert book.build(CHAPTER, "--to", "pptx").status == 0
    path = book.folder / "_build/slides/chapter.pptx"
    edit(path)
    path.chmod(0o640)
    assert book.build(CHANGED, "--to", "pptx").status == 0
    assert mode(path) == 0o640


def edit(path: Path) -> None:
    deck = Presentation(io.BytesIO(path.read_bytes()))
    deck.slides[1].placeholders[1].text_frame.paragraphs[0].runs[0].text = "My words"
    deck.save(path)


def test_what_cannot_be_made_again_is_on_the_disk_before_it_takes_its_place(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[int] = set()
    fsync = os.fsync

    def noted(handle: int) -> None:
        synced.add(os.fstat(handle).st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    assert book.build(CHAPTER, "--to", "pdf,pptx").status == 0
    names = [
        "slides/chapter.pptx",
        "slides/chapter.pdf",
        "pdf/asmallbook.pdf",
        ".work/published.json",
        ".work/doctrees/decks.json",
        ".work/doctrees/decks/chapter.pptx",
    ]
    assert [name for name in names if (book.folder / "_build" / name).stat().st_ino not in synced] == []
    if hasattr(files.os, "O_DIRECTORY"):  # a folder opens as a file
        assert (book.folder / "_build/slides").stat().st_ino in synced


def test_a_part_of_somebody_else_s_stays(book: Book) -> None:
    mine = book.write("_build/html/.film.mp4.part", b"half of a film")
    assert book.build(CHAPTER).status == 0
    assert mine.read_bytes() == b"half of a film"


def test_a_long_name_is_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'n' * 250}.html"
    for content in (b"content", b"another"):
        write_whole(path, content)
        assert path.read_bytes() == content


def die_at(module: str, name: str, after: bool, number: int) -> None:
    """Have this process end at the ``number``-th call of a function, before it or after."""
    import importlib

    place = importlib.import_module(module)
    function, calls = getattr(place, name), []

    def dies(*given, **named):
        calls.append(given)
        if len(calls) == number:
            if after:
                function(*given, **named)
            os._exit(9)
        return function(*given, **named)

    setattr(place, name, dies)


MOMENTS = [
    ("builder.build.places", "take_place", False),
    ("builder.build.places", "take_place", True),
    ("builder.build.deck_places", "take_place", False),
    ("builder.build.deck_places", "take_place", True),
    ("builder.store.exchange", "ask_for", True),
    ("builder.build.deck_places", "write_durably", False),
    ("builder.store.files", "move_over", True),
]


@pytest.mark.slow
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_build_that_is_killed_while_it_publishes(book: Book, moment: tuple[str, str, bool], number: int) -> None:
    assert book.build(CHAPTER).status == 0
    deck = book.folder / "_build/slides/chapter.pptx"
    edit(deck)
    book.write("chapter.md", CHANGED)
    Command(book.folder, "build", "-q", prepare=die_at, given=(*moment, number)).wait()
    result = book.build(None)
    assert result.status in (0, 3), result.errors
    assert "set_aside" not in result.errors
    assert b"My words" in b"".join(words_of(path) for path in deck.parent.glob("*.pptx"))
    assert damaged_outputs(book.folder / "_build") == []
    assert not list((book.folder / "_build").rglob(".*.builder-*"))
    assert book.build(None, "-o", str(book.folder.parent / "clean")).status == 0
    found, clean = outputs(book.folder / "_build"), outputs(book.folder.parent / "clean")
    edited = {key for key in found.keys() | clean.keys() if key.endswith(".pptx")}
    same(
        {key: value for key, value in found.items() if key not in edited},
        {key: value for key, value in clean.items() if key not in edited},
    )


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_sources_that_go_back_after_a_kill_are_in_the_deck_again(book: Book, moment: tuple[str, str, bool]) -> None:
    """The deck in its place may be that of the build that was killed, which had no time to note it."""
    assert book.build(CHAPTER).status == 0
    before = outputs(book.folder / "_build")
    book.write("chapter.md", CHANGED)
    Command(book.folder, "build", "-q", prepare=die_at, given=(*moment, 1)).wait()
    assert book.build(CHAPTER).status == 0
    same(outputs(book.folder / "_build"), before)


@pytest.mark.parametrize("name", ["report.json", "html/chapter.html", "pdf/asmallbook.pdf"])
def test_what_a_killed_build_took_out_of_its_place_is_not_left_there(book: Book, name: str) -> None:
    assert book.build(CHAPTER).status == 0
    path = book.folder / "_build" / name
    old = path.with_name(f".{path.name}.12345678.builder-old")
    old.write_bytes(path.read_bytes())
    assert book.build(None).status == 0
    assert not old.exists()
    assert [other.name for other in path.parent.glob(f"*{path.suffix}") if "20" in other.name] == []


def words_of(path: Path) -> bytes:
    return "".join(
        shape.text_frame.text
        for slide in Presentation(io.BytesIO(path.read_bytes())).slides
        for shape in slide.shapes
        if shape.has_text_frame
    ).encode()

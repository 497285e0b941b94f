"""A deck that is saved while a build merges and replaces it: what was saved last is merged or moved aside, whenever
that was.
"""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builder.build import deck_files, deck_merging
from builder.build import deck_places as publishing
from builder.errors import AuthorError
from builder.merge.bases import Bases
from builder.store import exchange, published

from conftest import CONF, Book

replace = os.replace
"""The system's own, which a test may have replaced."""


def chapter(words: str, slides: int = 3) -> str:
    sections = "".join(
        f"{{.slide}}\n## Section {number}\n\n- [point alpha {number} here]{{.point}}\n- [point beta {words} "
        f"{number}]{{.point}}\n\n"
        for number in range(slides)
    )
    return f"# One\n\n{sections}"


class Hand:
    """A program that has a deck open since it was built, and saves it again and again, each time with another number in
    a bullet.
    """

    def __init__(self, deck: Path) -> None:
        self.deck, self.saved = deck, 0
        with zipfile.ZipFile(deck) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}

    def content(self) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, part in self.parts.items():
                archive.writestr(name, part.replace(b"oint alpha 1 here", b"oint SAVED%05d here" % self.saved))
        return out.getvalue()

    def save(self) -> None:
        """Save as most programs do: beside, then over the old file."""
        self.saved += 1
        beside = self.deck.with_name("saving.tmp")
        beside.write_bytes(self.content())
        replace(beside, self.deck)

    def is_kept(self) -> bool:
        """True if some deck beside has what was saved last, and the deck itself what the book says now."""
        return b"SAVED%05d" % self.saved in b"".join(map(words_of, self.deck.parent.glob("[!~]*.pptx")))


def words_of(deck: Path) -> bytes:
    with zipfile.ZipFile(deck) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if name.startswith("ppt/slides/slide"))


@pytest.fixture
def hand(book: Book) -> Hand:
    """Somebody who has saved a deck once; then the author changed the chapter."""
    assert book.build(chapter("before"), "--to", "pptx").status == 0
    hand = Hand(book.folder / "_build/slides/chapter.pptx")
    hand.save()
    book.write("chapter.md", chapter("after"))
    return hand


def before(target: Any, name: str, action: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do something before each call of a function."""
    function = getattr(target, name)
    monkeypatch.setattr(target, name, lambda *given: (action(), function(*given))[1])


def after(target: Any, name: str, action: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do something after each call of a function."""
    function = getattr(target, name)
    monkeypatch.setattr(target, name, lambda *given: (function(*given), action())[0])


def times(count: int, action: Callable[[], None]) -> Callable[[], None]:
    """Do it so often, and then no more."""
    left = iter(range(count))
    return lambda: action() if next(left, None) is not None else None


MOMENTS = {
    "while it is merged": (before, deck_merging, "merge_returned"),
    "when it was merged": (after, deck_merging, "merge_returned"),
    "right before it is replaced": (before, publishing, "take_place"),
    "when the system is asked": (after, exchange, "ask_for"),
    "right after it was replaced": (after, publishing, "take_place"),
    "when the new one is on the disk": (after, publishing, "sync_folders"),
    "when what came out was put by": (after, publishing.DeckPlacing, "_watch"),
    "before it is put back": (before, publishing.DeckPlacing, "_put_back"),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "system"),
    [(1, "linux"), *(pytest.param(*case, marks=pytest.mark.slow) for case in [(100, "linux"), (2, "other")])],
)
@pytest.mark.parametrize("moment", MOMENTS)
def test_what_is_saved_at_the_worst_moment_is_kept(
    book: Book, hand: Hand, moment: str, count: int, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if system == "other":  # two files cannot change places in one step
        monkeypatch.setattr(exchange, "_call", lambda: None)
    when, target, name = MOMENTS[moment]
    when(target, name, times(count, hand.save), monkeypatch)
    result = book.build(None, "--to", "pptx")
    assert result.status == 0, result.errors
    assert hand.is_kept()
    monkeypatch.undo()
    monkeypatch.setattr(published, "CLOCK", -(10**12))  # as if all that had been long ago
    again = book.build(None, "--to", "pptx")
    assert again.status in (0, 3)  # what was saved before and is in the deck may be a conflict
    assert hand.is_kept()
    assert b"oint beta after 2" in words_of(hand.deck)
    assert list(hand.deck.parent.glob(".*")) == []


def test_what_is_saved_when_decks_were_noted_together_is_kept(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    assert book.build(chapter("before"), "--to", "pptx").status == 0
    hand = Hand(book.folder / "_build/slides/chapter.pptx")
    book.write("chapter.md", chapter("after"))
    after(Bases, "record_as_built", times(1, hand.save), monkeypatch)
    assert book.build(None, "--to", "pptx").status == 0
    assert hand.saved == 1
    assert hand.is_kept()
    assert b"oint beta after 2" in words_of(hand.deck)


def test_decks_that_could_not_be_noted_are_not_the_last_ones(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    assert book.build(chapter("before"), "--to", "pptx").status == 0
    bases = Bases(book.folder / "_build/.work/doctrees/decks/earlier.sqlite")
    last = bases.last_origin("chapter")
    assert last is not None
    book.write("chapter.md", chapter("after"))
    intend = published.Published.intend

    def full(self: published.Published, contents: dict[Path, str]) -> None:
        if any(path.suffix == ".pptx" for path in contents):
            raise AuthorError("the disk is full.")
        intend(self, contents)

    monkeypatch.setattr(published.Published, "intend", full)
    assert book.build(None, "--to", "pptx").status != 0
    assert bases.last_origin("chapter") == last


def test_decks_that_could_not_be_put_in_their_places_are_not_the_last_ones(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\nother\n```\n")
    book.write("other.md", chapter("before"))
    assert book.build(chapter("before"), "--to", "pptx").status == 0
    bases = Bases(book.folder / "_build/.work/doctrees/decks/earlier.sqlite")
    last = [bases.last_origin(name) for name in ("chapter", "other")]
    assert None not in last
    book.write("chapter.md", chapter("after"))
    book.write("other.md", chapter("after"))

    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(publishing, "take_place", full)
    assert book.build(None, "--to", "pptx").status != 0
    assert [bases.last_origin(name) for name in ("chapter", "other")] == last


def test_what_is_saved_between_two_renames_is_kept(book: Book, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_call", lambda: None)
    before(exchange, "move_to_free", times(1, hand.save), monkeypatch)
    assert book.build(None, "--to", "pptx").status == 0
    assert hand.is_kept()


def test_a_deck_that_is_saved_again_and_again_is_moved_aside(
    book: Book, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    before(deck_merging, "merge_returned", hand.save, monkeypatch)
    result = book.build(None, "--to", "pptx")
    (kept,) = hand.deck.parent.glob("chapter-edited-*.pptx")
    assert (
        "chapter.pptx has edits by hand: it was saved again and again while it was merged; your "
        f"version is kept as {kept.name}" in result.errors
    )
    assert b"SAVED%05d" % hand.saved in words_of(kept)
    assert b"SAVED" not in words_of(hand.deck)


def test_a_program_that_writes_into_the_deck_that_was_taken_out(
    book: Book, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hand.deck.open("rb+") as held:

        def save() -> None:
            hand.saved += 1
            held.seek(0)
            held.write(hand.content())
            held.truncate()
            held.flush()

        after(publishing.DeckPlacing, "_watch", times(1, save), monkeypatch)
        result = book.build(None, "--to", "pptx")
    assert "they were saved while it was replaced" in result.errors
    assert hand.is_kept()


def test_a_deck_that_a_program_is_writing_is_waited_for(
    book: Book, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.saved += 1
    content = hand.content()
    hand.deck.write_bytes(content[: len(content) // 2])
    monkeypatch.setattr(deck_files.time, "sleep", lambda _seconds: hand.deck.write_bytes(content))
    result = book.build(None, "--to", "pptx")
    assert result.errors == ""
    assert b"SAVED%05d" % hand.saved in words_of(hand.deck)


def test_a_deck_that_is_no_longer_wanted_and_is_saved_just_then_stays(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert book.build(chapter("before"), "--to", "pptx").status == 0
    hand = Hand(book.folder / "_build/slides/chapter.pptx")
    book.write("index.md", "# Root\n\n```{toctree}\nother\n```\n")
    book.write("other.md", "# Other\n\n{.slide}\n## A\n\n[x]{.point}\n")
    (book.folder / "chapter.md").unlink()
    save, ask = times(1, hand.save), exchange.ask_for
    monkeypatch.setattr(exchange, "ask_for", lambda path: (save() if path == hand.deck else None, ask(path)))
    result = book.build(None, "--to", "pptx")
    assert result.status == 0
    assert hand.is_kept()
    assert "chapter.pptx is no longer made; it was changed since it was built, and stays." in result.errors


def test_a_deck_that_a_lecturer_keeps_elsewhere_is_merged_there(book: Book, hand: Hand) -> None:
    elsewhere = book.write("elsewhere/my copy.pptx", hand.deck.read_bytes())
    hand.deck.unlink()
    hand.deck.symlink_to(elsewhere)
    result = book.build(None, "--to", "pptx")
    assert result.errors == ""
    assert hand.deck.is_symlink()
    assert b"SAVED00001" in words_of(elsewhere)
    assert b"oint beta after 2" in words_of(elsewhere)


@pytest.mark.parametrize(
    ("lock", "content", "by"),
    [
        (
            ".~lock.chapter.pptx#",
            b"Ann Smith,ann,host,26.11.2026 19:40,file:///home/ann;",
            "LibreOffice (by Ann Smith)",
        ),
        (".~lock.chapter.pptx#", b",ann,host,26.11.2026 19:40,file:///home/ann;", "LibreOffice (by ann)"),
        (
            "~$chapter.pptx",
            b"\x03Ann\0".ljust(55) + b"\x03\0" + "Änn".encode("utf-16-le").ljust(108),
            "PowerPoint (by Änn)",
        ),
        ("~$chapter.pptx", b"", "PowerPoint"),
    ],
)
def test_a_deck_that_an_office_program_has_open_is_said(
    book: Book, hand: Hand, lock: str, content: bytes, by: str
) -> None:
    hand.deck.with_name(lock).write_bytes(content)
    result = book.build(None, "--to", "pptx")
    assert result.status == 0
    assert (
        f"chapter.pptx is open in {by}: what is saved there from now on is the deck of an earlier build, and the next "
        "build merges it." in result.errors
    )
    assert f"if nobody has it open, remove {lock}." in result.errors
    assert hand.is_kept()
    assert "is open in" not in book.build(None, "--to", "pptx").errors  # it is not replaced


@pytest.mark.slow
@pytest.mark.parametrize(("slides", "trials"), [(30, 4), (120, 2), (500, 1)])
def test_a_program_that_saves_all_the_time(tmp_path: Path, slides: int, trials: int) -> None:
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / "index.md").write_text("# Root\n\n```{toctree}\nchapter\n```\n")
    (tmp_path / "chapter.md").write_text(chapter("before", slides))
    call = [sys.executable, "-m", "builder", "build", "-q", "--to", "pptx"]
    subprocess.run(call, cwd=tmp_path, check=True)
    hand = Hand(tmp_path / "_build/slides/chapter.pptx")
    for trial in range(trials):
        hand.save()
        (tmp_path / "chapter.md").write_text(chapter(f"after {trial}", slides))
        process = subprocess.Popen(call, cwd=tmp_path)
        own = hand.deck.read_bytes()
        while process.poll() is None and hand.deck.read_bytes() == own:
            hand.save()
            own = hand.content()
            time.sleep(0.02)
        assert process.wait() in (0, 3), (
            "what a program saves again, from the deck that it has open, may conflict with what it saved before"
        )
        assert hand.is_kept(), f"trial {trial}"

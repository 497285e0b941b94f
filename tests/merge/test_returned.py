"""A deck that is older than the last build: it is merged from the build that it was made from, and nothing of the
book's or of anybody's is reverted.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hand import body, slide, table
from lecture import FILES, change, lecture, said
from pptx import Presentation

from builder.build.ledger import Ledger
from builder.merge.bases import Bases, Limits
from builder.merge.origins import Origin, origin_of
from builder.pptx.package.conform import problems
from builder.pptx.package.package import Package

from conftest import Book, Result, notes, titles

DECK = "_build/slides/a.pptx"
EARLIER = "_build/.work/doctrees/decks/earlier.sqlite"


def edited(content: bytes, *edits: Callable[[Any], None]) -> bytes:
    """A deck with edits by hand."""
    deck = Presentation(io.BytesIO(content))
    for edit in edits:
        edit(deck)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def bullet(number: int, text: str) -> Callable[[Any], None]:
    """Other words in a bullet."""

    def edit(deck: Any) -> None:
        body(slide(deck, "Bullets")).paragraphs[number].runs[0].text = text

    return edit


def left(book: Book, content: bytes) -> Result:
    """Somebody saves a deck over the one in its place; the next build."""
    book.write(DECK, content)
    result = book.build(None, "--to", "pptx")
    assert result.status in (0, 3), result.errors
    assert "could not be merged (" not in result.errors
    assert problems(result.pptx("a")) == []
    return result


def built(book: Book, *changes: tuple[str, ...]) -> bytes:
    """The deck after edits of the sources."""
    for found in changes:
        change(book, *found)
    result = book.build(None, "--to", "pptx")
    assert result.status in (0, 3), result.errors
    return result.pptx("a")


def bullets_of(result: Result) -> list[str]:
    return [paragraph.text for paragraph in body(slide(result.deck("a"), "Bullets")).paragraphs]


THERE = (
    ("says something else", "says a second thing"),
    ("Then wait.", "Then wait longer."),
    ("  - twenty\n", "  - twenty-one\n"),
    ("A field in the north", "A field in the south"),
    ("1938,20", "1938,22", "rows.csv"),
)
"""A change of a bullet, the notes, a cell, a caption and a chart."""
NEW = ("{.slide}\n## Last words", "{.slide}\n## A new finding\n\n[It is new]{.point}.\n\n{.slide}\n## Last words")


@pytest.mark.slow
def test_a_deck_that_is_older_than_the_last_build_reverts_nothing(book: Book) -> None:
    old = lecture(book)
    built(book, *THERE, NEW)
    change(book, "about grain", "about rice")
    result = left(book, edited(old, bullet(0, "My own words")))
    assert result.status == 0, result.errors
    deck = result.deck("a")
    assert bullets_of(result) == [
        "My own words",
        "The second bullet says a second thing",
        "The third bullet is about rice",
    ]
    assert "Then wait longer." in notes(slide(deck, "Bullets"))
    assert table(deck).cell(2, 1).text == "twenty-one"
    assert any("A field in the south" in text for text in said(deck)[2])
    chart = next(shape.chart for shape in slide(deck, "Chart").shapes if shape.has_chart)
    assert list(chart.plots[0].series[0].values) == [10, 22, 15]
    assert titles(deck)[-2:] == ["A new finding", "Last words"]
    after = left(book, edited(result.pptx("a"), bullet(1, "Mine too")))
    assert bullets_of(after)[:2] == ["My own words", "Mine too"], "the merged deck comes from the newest build"
    pulled = book.call("pull", DECK)
    assert [line for line in pulled.out.splitlines() if line[:1] == "-" and "---" not in line] == [
        "-[The first bullet says something plain]{.point}. [The second bullet says a second thing]{.point}. [The "
        "third bullet is about rice]{.point}."
    ]


def test_it_is_merged_though_no_source_changed_since_the_last_build(book: Book) -> None:
    old = lecture(book)
    built(book, THERE[0])
    result = left(book, edited(old, bullet(0, "My own words")))
    assert bullets_of(result)[:2] == ["My own words", "The second bullet says a second thing"]
    assert left(book, result.pptx("a")).pptx("a") == result.pptx("a"), "and then it is the deck of the last build"


def test_an_older_deck_that_nobody_edited_gives_way(book: Book) -> None:
    old = lecture(book)
    now = built(book, *THERE, NEW)
    assert left(book, old).pptx("a") == now


def test_a_value_of_a_chart_alone_makes_another_build(book: Book) -> None:
    """Its slide is written the same, and the deck is another one all the same."""
    old = lecture(book)
    built(book, THERE[4])
    result = left(book, edited(old, bullet(0, "My own words")))
    chart = next(shape.chart for shape in slide(result.deck("a"), "Chart").shapes if shape.has_chart)
    assert list(chart.plots[0].series[0].values) == [10, 22, 15]
    assert bullets_of(result)[0] == "My own words"


@pytest.mark.slow
def test_two_lecturers_in_turn_keep_what_both_did(book: Book) -> None:
    """Both were sent one deck; the second returns his when the edits of the first are in the book's deck."""
    sent = lecture(book)
    change(book, *THERE[0])
    first = left(book, edited(sent, bullet(0, "Words of Ann")))
    assert bullets_of(first) == [
        "Words of Ann",
        "The second bullet says a second thing",
        "The third bullet is about grain",
    ]
    second = left(book, edited(sent, bullet(2, "Words of Bat"), lambda deck: deck.slides[0].shapes.title.text_frame.paragraphs[0].runs[0].__setattr__("text", "Bat's lecture")))  # fmt: skip
    assert second.status == 0, second.errors
    assert bullets_of(second) == ["Words of Ann", "The second bullet says a second thing", "Words of Bat"]
    assert titles(second.deck("a"))[0] == "Bat's lecture"
    third = left(book, edited(first.pptx("a"), bullet(0, "Ann again")))
    assert bullets_of(third) == ["Ann again", "The second bullet says a second thing", "Words of Bat"]
    undone = left(book, edited(third.pptx("a"), bullet(2, "The third bullet is about grain")))
    assert bullets_of(undone)[2] == "The third bullet is about grain", "who has both edits may take one back"


@pytest.mark.slow
def test_two_lecturers_who_changed_one_sentence_are_told(book: Book) -> None:
    sent = lecture(book)
    change(book, *THERE[0])
    left(book, edited(sent, bullet(0, "Words of Ann")))
    result = left(book, edited(sent, bullet(0, "Words of Bat")))
    assert result.status == 3
    assert bullets_of(result)[0] == "Words of Bat"
    assert ("slide 2 “Bullets”: Text: changed here by hand and in another copy of this deck. The other copy says: "
           "Words of Ann") in result.errors  # fmt: skip
    assert "The other copy says: Words of Ann" in comments(result)
    change(book, "about grain", "about rice")
    again = book.build(None, "--to", "pptx")
    assert "The other copy says: Words of Ann" in comments(again), "another edit of the book does not settle it"
    settled = left(book, edited(again.pptx("a"), bullet(0, "Words of Ann")))
    change(book, "about rice", "about wheat")
    assert "Words of Ann" not in comments(book.build(None, "--to", "pptx"))
    assert settled.status == 0


def comments(result: Result) -> str:
    with zipfile.ZipFile(io.BytesIO(result.pptx("a"))) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("ppt/comments/"))


def test_conflicts_with_the_book_of_a_first_copy_are_told_when_a_second_comes(book: Book) -> None:
    sent = lecture(book)
    change(book, "says something plain", "says something clear")
    first = left(book, edited(sent, bullet(0, "Words of Ann")))
    assert first.status == 3
    result = left(book, edited(sent, bullet(2, "Words of Bat")))
    assert bullets_of(result) == ["Words of Ann", "The second bullet says something else", "Words of Bat"]
    assert comments(result).count("The book now says: The first bullet says something clear") == 1


@pytest.mark.slow
def test_a_deck_whose_build_is_forgotten_reverts_nothing_in_silence(book: Book) -> None:
    """What is left stays, the book's words are told, and what is new in the book comes."""
    old = lecture(book)
    built(book, *THERE, NEW)
    (book.folder / EARLIER).unlink()
    change(book, "about grain", "about rice")
    built(book)
    result = left(book, edited(old, bullet(0, "My own words")))
    assert result.status == 3
    assert "a.pptx comes from a build that is not remembered any more" in result.errors
    assert bullets_of(result)[0] == "My own words"
    assert "A new finding" in titles(result.deck("a"))
    for text in ("something plain", "says a second thing", "about rice", "Then wait longer.", "twenty-one", "A field in the south", "1938\n22"):  # fmt: skip
        assert text.replace("\n", " ") in result.errors.replace("\n", " "), text
    again = left(book, edited(result.pptx("a"), bullet(1, "Mine")))
    assert again.status == 0, "and its build is known from now on"


def test_a_deck_whose_mark_was_dropped_is_merged_from_the_likeliest_base(book: Book) -> None:
    old = lecture(book)
    built(book, *THERE)
    package = Package(edited(old, bullet(0, "My own words")))
    rels = package.rels("/")
    for rid in [rid for rid, found in rels.items() if found.type == "custom-properties"]:
        del rels[rid]
    book.write("unmarked.pptx", package.content())
    change(book, "about grain", "about rice")
    result = left(book, package.content())
    assert bullets_of(result) == [
        "My own words",
        "The second bullet says a second thing",
        "The third bullet is about rice",
    ]
    assert table(result.deck("a")).cell(2, 1).text == "twenty-one"


def test_edits_that_a_build_met_are_there_when_an_older_copy_is_put_over_them(book: Book) -> None:
    """Nothing changed when it met them, so they were not merged."""
    sent = lecture(book)
    now = built(book, THERE[0])
    assert left(book, edited(now, bullet(0, "Words of Ann"))).status == 0
    result = left(book, edited(sent, bullet(2, "Words of Bat")))
    assert bullets_of(result) == ["Words of Ann", "The second bullet says a second thing", "Words of Bat"]


@pytest.mark.slow
def test_bases_of_earlier_builds_survive_that_the_outputs_are_cleaned(book: Book) -> None:
    old = lecture(book)
    now = built(book, THERE[0])
    book.write(DECK, edited(now, bullet(0, "My own words")))
    assert "kept a.pptx" in book.call("clean").out
    built(book)
    result = left(book, edited(old, bullet(2, "Words of Bat")))
    assert bullets_of(result) == ["My own words", "The second bullet says a second thing", "Words of Bat"]


@pytest.mark.slow
def test_a_record_that_is_damaged_is_begun_anew(book: Book) -> None:
    old = lecture(book)
    built(book, THERE[0])
    book.write(EARLIER, b"no database at all, but long enough to look like one" * 50)
    change(book, "about grain", "about rice")
    result = book.build(None, "--to", "pptx")
    assert result.status == 0
    assert "the record of earlier decks is damaged and begun anew" in result.errors
    assert left(book, edited(old, bullet(0, "My own words"))).status == 3


def test_a_record_of_an_earlier_version_gets_the_tables_that_it_lacks(book: Book) -> None:
    old = lecture(book)
    built(book, THERE[0])
    with sqlite3.connect(book.folder / EARLIER) as store:
        store.execute("DROP TABLE last")
    store.close()
    change(book, "about grain", "about rice")
    result = book.build(None, "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    assert left(book, edited(old, bullet(0, "My own words"))).status == 0


@pytest.mark.slow
@pytest.mark.parametrize("stops_at", ["slides/a.pptx", "decks/a.pptx", "decks.json"])
def test_a_build_that_is_stopped_while_it_publishes_loses_nothing(
    book: Book, stops_at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = lecture(book)
    change(book, *THERE[0])
    book.write(DECK, edited(sent, bullet(0, "Words of Ann")))
    usual = os.replace

    def stop(source: str | Path, target: str | Path) -> None:
        if Path(target).as_posix().endswith(f"/{stops_at}"):
            raise KeyboardInterrupt
        usual(source, target)

    with monkeypatch.context() as context:
        context.setattr(os, "replace", stop)
        with contextlib.suppress(KeyboardInterrupt):
            book.build(None, "--to", "pptx")
    result = book.build(None, "--to", "pptx")
    assert bullets_of(result) == [
        "Words of Ann",
        "The second bullet says a second thing",
        "The third bullet is about grain",
    ]
    both = left(book, edited(sent, bullet(2, "Words of Bat")))
    assert bullets_of(both) == ["Words of Ann", "The second bullet says a second thing", "Words of Bat"]


# --- what is remembered


def deck_of(text: str, build: str, media: bytes = b"") -> bytes:
    """A package that looks like a deck as far as the record looks at it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://x/custom-properties" Target="docProps/custom.xml"/></Relationships>')  # fmt: skip
        archive.writestr("docProps/custom.xml", f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"><property name="Book deck build">{build}</property></Properties>')  # fmt: skip
        archive.writestr("ppt/slides/slide1.xml", f"<a:p><a:t>{text}</a:t></a:p>")
        archive.writestr("ppt/media/image1.png", media)
    return out.getvalue()


MANY = Limits(100, 10**9)


def record(bases: Bases, name: str, deck: bytes, limits: Limits) -> None:
    """A deck is published as it was built."""
    bases.record(name, deck, deck, limits)


def test_a_remembered_deck_has_the_same_parts(tmp_path: Path) -> None:
    bases = Bases(tmp_path / "earlier.sqlite")
    deck = deck_of("words", "one", b"x" * 1000)
    bases.record("a", deck, deck, MANY)
    found = bases.find("a", Origin("one"))
    assert found is not None
    assert dict(Package(found).parts) == dict(Package(deck).parts)
    assert bases.find("a", Origin("two")) is None
    assert bases.find("b", Origin("one")) is None
    assert bases.name_of("one") == "a"


def test_what_decks_have_in_common_is_stored_once(tmp_path: Path) -> None:
    import random

    bases = Bases(tmp_path / "earlier.sqlite")
    picture = random.Random(1).randbytes(200_000)
    for number in range(20):
        record(bases, "a", deck_of(f"words {number}", str(number), picture), MANY)
    assert bases.path.stat().st_size < 400_000


def test_the_oldest_are_forgotten_beyond_the_number(tmp_path: Path) -> None:
    bases = Bases(tmp_path / "earlier.sqlite")
    for number in range(6):
        record(bases, "a", deck_of(f"words {number}", str(number)), Limits(3, 10**9))
        record(bases, "b", deck_of(f"others {number}", str(number)), Limits(3, 10**9))
    for name in ("a", "b"):
        there = [bases.find(name, Origin(str(number))) is not None for number in range(6)]
        assert there == [False, False, False, True, True, True]


def test_the_oldest_are_forgotten_beyond_the_size_but_never_the_last(tmp_path: Path) -> None:
    import random

    bases = Bases(tmp_path / "earlier.sqlite")
    for number in range(6):
        record(bases, "a", deck_of(f"words {number}", str(number), random.Random(number).randbytes(100_000)), Limits(100, 250_000))  # fmt: skip
    assert [bases.find("a", Origin(str(number))) is not None for number in range(6)] == [False] * 4 + [True] * 2
    record(bases, "a", deck_of("words 7", "7", random.Random(7).randbytes(400_000)), Limits(100, 250_000))
    assert bases.find("a", Origin("7")) is not None
    assert bases.find("a", Origin("5")) is None


def test_limits_are_options(book: Book) -> None:
    for name, content in FILES.items():
        book.write(name, content)
    change(book, "numfig = True", "numfig = True\nbuilder_earlier_decks = 2", "conf.py")
    old = built(book)
    second = built(book, ("about grain", "about rice"))
    built(book, ("about rice", "about wheat"))
    bases = Bases(book.folder / EARLIER)
    assert bases.find("a", origin_of(Package(old))) is None
    assert bases.find("a", origin_of(Package(second))) is not None


def test_what_was_published_is_remembered_before_it_is_published(book: Book) -> None:
    old = lecture(book)
    shutil.rmtree(book.folder / "_build/slides")
    assert Bases(book.folder / EARLIER).find("a", origin_of(Package(old))) is not None


def test_another_copy_of_the_same_build_put_over_edits_that_a_build_met(book: Book) -> None:
    """It cannot be told from edits that were taken back, so they are kept beside it, and that is said."""
    sent = lecture(book)
    assert left(book, edited(sent, bullet(0, "Words of Ann"))).status == 0
    result = left(book, edited(sent, bullet(2, "Words of Bat")))
    assert "the edits by hand that a.pptx had when it was built last are not in it any more" in result.errors
    (kept,) = (book.folder / "_build/slides").glob("a-edited-*.pptx")
    assert "Words of Ann" in [paragraph.text for paragraph in body(slide(Presentation(kept), "Bullets")).paragraphs]
    assert bullets_of(result)[2] == "Words of Bat"


def test_edits_that_another_process_met_are_beside_the_deck_too(book: Book) -> None:
    """A process that stays up knows the deck that lies there again, and not what another one met meanwhile."""
    sent = lecture(book)
    ann, bat = edited(sent, bullet(0, "Words of Ann")), edited(sent, bullet(2, "Words of Bat"))
    output, limits = book.folder / "_build", Limits(**{field.name: 10**9 for field in fields(Limits)})
    stays_up, other = (Ledger(output / ".work/doctrees/decks.json", output / "slides") for _ in range(2))
    for ledger, content in ((stays_up, ann), (other, bat), (stays_up, ann)):
        book.write(DECK, content)
        ledger.note_left("a", limits)
    kept = [Presentation(path) for path in sorted((output / "slides").glob("a-edited-*.pptx"))]
    assert "Words of Bat" in [paragraph.text for deck in kept for paragraph in body(slide(deck, "Bullets")).paragraphs]


def test_who_goes_on_editing_is_told_nothing(book: Book) -> None:
    sent = lecture(book)
    for words in ("Words of Ann", "Better words of Ann", "The best words"):
        result = left(book, edited(sent, bullet(0, words)))
        assert "not in it any more" not in result.errors
    change(book, "about grain", "about rice")
    assert "not in it any more" not in left(book, edited(sent, bullet(0, "No, these"))).errors
    assert not list((book.folder / "_build/slides").glob("a-edited-*"))

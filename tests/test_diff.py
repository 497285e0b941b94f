"""``builder diff``: text, slides and pages that changed since a revision or another build."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from builder.commands.diff.bars import GONE, PRESENT

from conftest import Book

GIT = {
    "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": "/dev/null",
}  # fmt: skip


def git(book: Book, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=book.folder, check=True, capture_output=True, env=os.environ | GIT)


def diff(book: Book, *arguments: str) -> tuple[int, str, str]:
    result = book.call("diff", *arguments)
    return result.status, result.out, result.errors


@pytest.fixture
def committed(whole: Book) -> Book:
    if shutil.which("git") is None:
        pytest.skip("no git is installed here")
    whole.write(".gitignore", "_build/\n")
    git(whole, "init", "-q", "-b", "main")
    git(whole, "add", "-A")
    git(whole, "commit", "-q", "-m", "first")
    return whole


def edit(book: Book, name: str, old: str, new: str) -> None:
    text = (book.folder / name).read_text(encoding="utf-8")
    assert old in text
    book.write(name, text.replace(old, new))


@pytest.mark.slow
def test_nothing_changed(committed: Book) -> None:
    status, out, errors = diff(committed)
    assert status == 0, errors
    assert out.startswith("0 blocks of text in 0 documents, 0 slides in 0 decks, 0 headings on other pages")
    assert "Nothing changed." in (committed.folder / "_build/diff/index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_words_slides_and_pages_that_changed_are_shown(committed: Book) -> None:
    edit(committed, "one.md", "A sentence that is a bullet", "A phrase that is a <bullet>")
    edit(committed, "three.md", "(deep)=", "## Before\n\nA new paragraph.\n\n" + "Many words.\n\n" * 60 + "(deep)=")
    edit(committed, "slides/lectures.toml", "minutes = 50", "minutes = 3")
    status, out, errors = diff(committed, "HEAD", "--json")
    assert status == 0, errors
    found = json.loads(out)
    documents = {document["name"]: document for document in found["documents"]}
    changed = documents["one"]["blocks"][0]
    assert changed["before"].startswith("A sentence that is a bullet")
    assert changed["after"].startswith("A phrase that is a")
    assert {"before": "", "after": "A new paragraph."} in documents["three"]["blocks"]
    decks = {deck["name"]: deck for deck in found["decks"]}
    assert any("words" in slide["what"] and slide["title"] == "Begin" for slide in decks["a"]["slides"])
    assert decks["a"]["too_long"] > 0
    assert any(moved["heading"].endswith("Deep") for moved in found["moved"])
    assert found["pages_after"] > found["pages_before"]


@pytest.mark.slow
def test_the_page_marks_words_and_has_pictures_of_both_slides(committed: Book) -> None:
    edit(committed, "one.md", "A sentence that is a bullet", "A phrase that is a bullet")
    status, out, errors = diff(committed)
    assert status == 0, errors
    assert out.splitlines()[1:] == ["_build/diff/index.html", "_build/diff/abook-with-bars.pdf"]
    page = (committed.folder / "_build/diff/index.html").read_text(encoding="utf-8")
    assert "A <del>sentence</del><ins>phrase</ins> that is a bullet" in page
    pictures = sorted(path.name for path in (committed.folder / "_build/diff").glob("*.png"))
    assert [name.split("-")[0] for name in pictures] == ["before", "now"]
    assert all(name in page for name in pictures)


@pytest.mark.slow
def test_notes_that_changed_are_shown_as_words_and_not_as_two_equal_pictures(committed: Book) -> None:
    edit(committed, "one.md", "Say it slowly.", "Say it very slowly.")
    status, _, errors = diff(committed)
    assert status == 0, errors
    page = (committed.folder / "_build/diff/index.html").read_text(encoding="utf-8")
    assert "Say it <ins>very </ins>slowly." in page
    assert not list((committed.folder / "_build/diff").glob("*.png"))
    assert not list((committed.folder / "_build/diff").glob("*.pdf")), "print has no notes"


def bars(path: Path) -> list[tuple[str, bool]]:
    """For each bar in the margins of a PDF: the words beside it, and whether it says that something is gone."""
    found = []
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH], max_depth=1):
            colour = [ctypes.c_uint() for _ in range(4)]
            pypdfium2.raw.FPDFPageObj_GetFillColor(item, *colour)
            if tuple(part.value for part in colour[:3]) in (PRESENT, GONE):
                _, low, _, high = item.get_bounds()
                words = text.get_text_bounded(bottom=low, top=high).replace("\r\n", " ").strip()
                found.append((words, tuple(part.value for part in colour[:3]) == GONE))
    document.close()
    return found


@pytest.mark.slow
def test_the_printed_book_has_bars_where_it_changed(committed: Book) -> None:
    committed.write(
        "two.md",
        (committed.folder / "two.md").read_text() + "\n\nIt stays.\n\nOne sentence stays. This one goes.\n\nLast.\n",
    )
    git(committed, "commit", "-q", "-a", "-m", "second")
    edit(committed, "one.md", "and more of it", "and much of it")
    edit(committed, "two.md", " This one goes.", "")
    edit(committed, "two.md", "It stays.", "It stays.\n\nThis came.")
    status, out, errors = diff(committed)
    assert status == 0, errors
    found = bars(committed.folder / out.splitlines()[-1])
    assert [gone for _, gone in found] == [False, False, True]
    assert "and much of it" in found[0][0]
    assert found[1][0] == "This came."
    page = (committed.folder / "_build/diff/index.html").read_text(encoding="utf-8")
    assert "<a href='abook-with-bars.pdf'>abook-with-bars.pdf</a>; 2 pages have bars in the margin" in page


@pytest.mark.slow
def test_a_sentence_that_only_moved_to_another_page_has_no_bar(committed: Book) -> None:
    filler = "".join(
        f"Sentence number {n} says that {n} is a number and nothing else.[^f{n}]\n\n[^f{n}]: A note on {n}.\n\n"
        for n in range(60)
    )
    committed.write("two.md", (committed.folder / "two.md").read_text() + f"\n\n{filler}")
    git(committed, "commit", "-q", "-a", "-m", "second")
    edit(committed, "two.md", "Sentence number 0 says", "The words are new, and there are so many of them that all "
                                                        "below goes down by three lines or four, as one can see. "
         "More of them, to make sure of it, since a paragraph is wide and these words are "
         "short; Sentence number 0 says")  # fmt: skip
    status, out, errors = diff(committed)
    assert status == 0, errors
    ((words, gone),) = bars(committed.folder / out.splitlines()[-1])
    assert "The words are new" in words
    assert not gone


@pytest.mark.slow
def test_two_revisions_and_another_build(committed: Book) -> None:
    first = committed.folder.parent / "first"
    assert committed.build(None, "-o", str(first)).status == 0
    edit(committed, "one.md", "and more of it", "and much more of it")
    git(committed, "commit", "-q", "-a", "-m", "second")
    edit(committed, "one.md", "and much more of it", "and nothing else")
    for asked in ("HEAD~1..HEAD", str(first), "../first"):
        status, out, errors = diff(committed, asked, "--json")
        assert status == 0, errors
        (document,) = json.loads(out)["documents"]
        wanted = "and much more of it" if "HEAD" in asked else "and nothing else"
        assert wanted in document["blocks"][0]["after"]
        assert "and more of it" in document["blocks"][0]["before"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "words"),
    [("no-such-thing", "'no-such-thing' is no revision that git "
                       "knows"), ("--ext-diff", ""), ("HEAD..nowhere", "'nowhere' is no revision")],
)  # fmt: skip
def test_what_is_no_revision_is_said(committed: Book, asked: str, words: str) -> None:
    if asked.startswith("-"):
        with pytest.raises(SystemExit) as stopped:
            diff(committed, asked)
        assert stopped.value.code == 2
        return
    status, _, errors = diff(committed, asked)
    assert status == 1
    assert words in errors
    assert "Traceback" not in errors


def test_without_a_repository_the_message_says_what_to_do(whole: Book) -> None:
    status, _, errors = diff(whole)
    assert status == 1
    assert "git says: " in errors or "install git" in errors

"""``builder diff``: text, slides and pages that changed since a revision or another build."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

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


def test_nothing_changed(committed: Book) -> None:
    status, out, errors = diff(committed)
    assert status == 0, errors
    assert out.startswith("0 blocks of text in 0 documents, 0 slides in 0 decks, 0 headings on other pages")
    assert "Nothing changed." in (committed.folder / "_build/diff/index.html").read_text(encoding="utf-8")


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


def test_the_page_marks_words_and_has_pictures_of_both_slides(committed: Book) -> None:
    edit(committed, "one.md", "A sentence that is a bullet", "A phrase that is a bullet")
    status, out, errors = diff(committed)
    assert status == 0, errors
    assert out.splitlines()[-1] == "_build/diff/index.html"
    page = (committed.folder / "_build/diff/index.html").read_text(encoding="utf-8")
    assert "A <del>sentence</del><ins>phrase</ins> that is a bullet" in page
    pictures = sorted(path.name for path in (committed.folder / "_build/diff").glob("*.png"))
    assert [name.split("-")[0] for name in pictures] == ["before", "now"]
    assert all(name in page for name in pictures)


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


@pytest.mark.parametrize(
    ("asked", "words"),
    [("no-such-thing", "'no-such-thing' is no revision that git knows"), ("--output=x", ""), ("HEAD..nowhere", "'nowhere' is no revision")],
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

"""How each book of a shelf stands: on the terminal, on a page, and as a matrix for CI."""

from __future__ import annotations

import json
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from pptx import Presentation

import builder
from builder.commands.shelf import run
from builder.commands.shelf.work import build_book

pytest_plugins = ["shelved"]

TWO = '[[book]]\nsource = "algebra"\n\n[[book]]\nsource = "botany"\nminutes = 0.5\n'
TEMPLATES = Path(builder.__file__).parent / "pptx/templates"
HANGS = "import time\ntime.sleep(60)\n"


@pytest.fixture
def shelf(books, monkeypatch: pytest.MonkeyPatch):
    """A shelf of two, whose books are built in this process."""
    monkeypatch.setattr(run, "address_of", lambda *_: nullcontext(""))
    monkeypatch.setattr(run, "outcomes", lambda _, orders, *places: (build_book(order, *places) for order in orders))
    books.add("algebra", "## Rings & fields\n\nText.")
    books.add("botany")
    books.shelf(TWO)
    return books


def test_books_are_built_then_unchanged_then_to_build(shelf) -> None:
    assert [line.split()[:2] for line in shelf.call("--status").out.splitlines()] == [
        ["algebra", "to"],
        ["botany", "to"],
    ]
    assert json.loads(shelf.call("--matrix").out) == {"include": [{"book": "algebra"}, {"book": "botany"}]}
    assert "1 built, 1 to build" in shelf.call("--only", "alg*").out
    assert json.loads(shelf.call("--matrix").out) == {"include": [{"book": "botany"}]}
    assert "1 built, 1 unchanged" in shelf.call().out
    assert "algebra                        unchanged  html 1 page" in shelf.call("--status").out
    shelf.add("algebra", "Other text.")
    assert "algebra                        to build" in shelf.call("--status").out


@pytest.mark.slow
def test_a_book_that_failed_says_why_until_it_is_mended(shelf) -> None:
    shelf.add("botany", conf=HANGS)
    shelf.shelf(TWO.replace("0.5", "0.05"))
    failed = shelf.call()
    assert failed.status == 1
    assert "builder: botany: it took more than 3 seconds" in failed.errors
    assert "botany                         failed" in shelf.call("--status").out
    assert "it took more than 3 seconds" in (shelf.folder / "out/index.html").read_text(encoding="utf-8")
    assert "Book algebra" in shelf.page("algebra")
    shelf.add("botany")
    shelf.shelf(TWO)
    assert shelf.call().status == 0


def test_the_page_has_a_row_for_each_book_and_searches_their_headings(shelf) -> None:
    shelf.call()
    page = (shelf.folder / "out/index.html").read_text(encoding="utf-8")
    assert '<td>algebra</td><td data-key="2">built</td>' in page
    assert '<td data-key="1"><a href="algebra/html/index.html">1 page</a></td>' in page
    assert "<p>2 books, 0 pages in print, 0 slides;" in page
    found = (shelf.folder / "out/headings.js").read_text(encoding="utf-8")
    headings = json.loads(found.removeprefix("const headings = ").rstrip(";\n"))
    assert ["Rings & fields", "html/index.html#rings-fields"] in headings["algebra"]


def test_the_page_says_what_changed_since_a_day_before(shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.commands.shelf.standing.day", lambda: "2026-11-26")
    shelf.call("--only", "algebra")
    monkeypatch.setattr("builder.commands.shelf.standing.day", lambda: "2026-11-27")
    shelf.add("algebra", "Other text.")
    shelf.call()
    lines = shelf.call("--status").out.splitlines()
    assert ["changed" in lines[0], "new" in lines[1]] == [True, True]


def test_books_that_took_longest_are_built_first_and_new_ones_before_them(shelf) -> None:
    shelf.call()
    shown = shelf.folder / "out/botany/shelf-book.json"
    content = json.loads(shown.read_text(encoding="utf-8"))
    content["records"][0]["seconds"] = 600.0
    shown.write_text(json.dumps(content), encoding="utf-8")
    for name in ("algebra", "botany", "chemistry"):
        shelf.add(name, "Other text.")
    shelf.shelf(TWO + '\n[[book]]\nsource = "chemistry"\n')
    assert [line.split()[1] for line in shelf.call().out.splitlines()[:3]] == ["chemistry:", "botany:", "algebra:"]


def test_a_name_that_no_book_has_is_told(shelf) -> None:
    assert "no book of the shelf is named zoology" in shelf.call("--only", "zoology").errors


def test_a_table_with_a_mistake_costs_its_book_only_and_its_job_of_ci_fails(shelf) -> None:
    wrong = [
        '[[book]]\nsuorce = "zoology"\n', '[[book]]\nsource = "nowhere"\n', '[[book]]\nsource = "series/*"\n',
        '[[book]]\nname = "algebra"\nsource = "botany"\n', '[[book]]\nname = "Zo ology"\nsource = "botany"\n',
    ]  # fmt: skip
    shelf.shelf(TWO + "\n" + "\n".join(wrong))
    found = shelf.call()
    assert found.status == 1
    assert "7 books: 2 built, 5 failed" in found.out
    for message in (
        "book-of-line-14: shelf.toml:15: unknown key 'suorce' in [book]; did you mean 'source'?",
        "nowhere: shelf.toml:17: there is no book in nowhere",
        "shelf.toml:20: there is no book in series/*",
        "algebra-of-line-23: shelf.toml:23: two books are named 'algebra'",
        "shelf.toml:27: a book cannot have the name 'Zo ology': it must be small letters",
    ):
        assert message in found.errors.replace(f"{shelf.folder}/", "")
    assert len(json.loads(shelf.call("--matrix").out)["include"]) == 5
    assert shelf.call("--only", "botany").status == 0
    assert shelf.call("--only", "nowhere").status == 1


@pytest.mark.slow
def test_a_book_has_the_editions_the_template_and_the_checks_of_the_house(shelf) -> None:
    folder = shelf.add("algebra", "{.slide}\n## Rings\n\n[One point.]{.point} ![](missing.png)")
    shelf.write("algebra/settings/conf.py", (folder / "conf.py").read_text(encoding="utf-8"))
    (folder / "conf.py").unlink()
    shutil.copy(TEMPLATES / "seminar-4x3.pptx", shelf.folder / "house.pptx")
    keys = ['outputs = ["pptx"]', "checks = true", 'editions = ["student", "teacher"]', 'template = "house.pptx"']
    shelf.shelf("\n".join([*keys, '\n[[book]]\nsource = "algebra"\nconfig = "settings"\n']))
    text = (shelf.folder / "shelf.toml").read_text(encoding="utf-8")
    shelf.write("shelf.toml", text.replace("outputs = ['html']\n\n", ""))
    found = shelf.call()
    assert (found.status, found.errors) == (0, "")
    for edition in ("student", "teacher"):
        (deck,) = (shelf.folder / "out/algebra" / edition).glob("slides/*.pptx")
        shown = Presentation(str(deck))
        assert shown.slide_width * 3 == shown.slide_height * 4
    content = json.loads((shelf.folder / "out/algebra/shelf-book.json").read_text(encoding="utf-8"))
    assert [record["edition"] for record in content["records"]] == ["student", "teacher"]
    assert "missing.png" in "".join(content["records"][0]["checks"])
    shutil.copy(TEMPLATES / "course.pptx", shelf.folder / "house.pptx")
    assert shelf.call("--status").out.split()[1:3] == ["to", "build"]

"""After an edit only what changed is translated again, and the result is that of a clean build."""

from __future__ import annotations

import shutil

import pytest

from builder.build.request import Request
from builder.build.session import Session

from conftest import Book
from pdf_text import pages_of


@pytest.fixture
def three(book: Book) -> Book:
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\none\ntwo\nthree\n```\n")
    for name in ("one", "two", "three"):
        book.write(f"{name}.md", f"({name})=\n# Chapter {name}\n\nWords of {name}. See {{ref}}`two`.\n")
    return book


def translated(book: Book, capfd: pytest.CaptureFixture[str]) -> str:
    """What a build that is not quiet says of its translating."""
    from builder.commands.cli import main

    capfd.readouterr()
    assert main(["build", str(book.folder), "-o", str(book.folder / "_build"), "--to", "pdf"]) == 0
    return next(line for line in capfd.readouterr().out.splitlines() if "translating" in line)


def test_an_edit_of_words_translates_one_document(three: Book, capfd: pytest.CaptureFixture[str]) -> None:
    assert "3 of 3" in translated(three, capfd)
    three.write("one.md", "(one)=\n# Chapter one\n\nOther words. See {ref}`two`.\n")
    assert "1 of 3" in translated(three, capfd)
    kept = three.build(None, "--to", "pdf").pdf.read_bytes()
    shutil.rmtree(three.folder / "_build")
    assert three.build(None, "--to", "pdf").pdf.read_bytes() == kept


def test_a_changed_title_reaches_every_reference(three: Book, capfd: pytest.CaptureFixture[str]) -> None:
    translated(three, capfd)
    three.write("two.md", "(two)=\n# Another name\n\nWords of two.\n")
    assert "3 of 3" in translated(three, capfd)
    text = " ".join(pages_of(three.build(None, "--to", "pdf").pdf))
    assert text.count("See Another name") == 2


def test_warnings_of_kept_documents_are_said_again(three: Book) -> None:
    three.write("one.md", "# One\n\n![](https://example.org/a.png)\n")
    assert "is on the web" in three.build(None, "--to", "pdf").errors
    three.write("three.md", "# Three\n\nOther words.\n")
    errors = three.build(None, "--to", "pdf").errors
    assert errors.count("is on the web") == 1
    assert "one.md:3" in errors


def test_a_session_builds_again_and_again(three: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(three.folder)
    output = three.folder / "_build"
    with Session(Request(three.folder, three.folder, output, ("html", "pdf"), quiet=True), stays=True) as session:
        assert session.build().status == 0
        for number in range(3):
            three.write("one.md", f"# One\n\nEdit {number}.\n\n```{{only}} html\nFor the web {number}.\n```\n")
            report = session.build()
            assert report.status == 0
            pdf = next((output / "pdf").glob("*.pdf"))
            text = " ".join(pages_of(pdf)).lower()
            assert f"edit {number}" in text
            assert "for the web" not in text
            assert f"For the web {number}" in (output / "html" / "one.html").read_text(encoding="utf-8")


def test_sources_are_listed_once_however_often_they_are_resolved(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    book.write(
        "works.bib",
        "@book{one,\n author = {Ada Writer},\n title = {A Singular Work},\n publisher = {Press},\n year = {1937}\n}\n",
    )
    conf = (book.folder / "conf.py").read_text()
    book.write("conf.py", conf + 'extensions.append("sphinxcontrib.bibtex")\nbibtex_bibfiles = ["works.bib"]\n')
    book.write("chapter.md", "# One\n\nCited {cite}`one`.\n\n```{bibliography}\n```\n")
    monkeypatch.chdir(book.folder)
    output = book.folder / "_build"
    with Session(Request(book.folder, book.folder, output, ("html", "pdf"), quiet=True), stays=True) as session:
        session.build()
        book.write("chapter.md", "# One\n\nCited again {cite}`one`.\n\n```{bibliography}\n```\n")
        session.build()
    assert (output / "html" / "chapter.html").read_text(encoding="utf-8").count("<em>A Singular Work</em>") == 1
    assert " ".join(pages_of(next((output / "pdf").glob("*.pdf")))).count("Singular Work") == 1


@pytest.mark.slow
def test_what_is_kept_in_memory_is_there_for_the_next_process(book: Book) -> None:
    book.write("chapter.md", "# One\n\nWords.\n")
    request = Request(book.folder, book.folder, book.folder / "_build", quiet=True)
    with Session(request, stays=True) as session:
        assert session.build().status == 0
        session.rest()
        (kept,) = (book.folder / "_build/.work/typstpdf").rglob("kept.pickle")
        assert b"Words" in kept.read_bytes()
        book.write("chapter.md", "# One\n\nOther text.\n")
        assert session.build().status == 0
        assert b"Words" in kept.read_bytes(), "nobody waits for it to be written"
    assert b"Other text" in kept.read_bytes()

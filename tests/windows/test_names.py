"""Names that Windows refuses, or takes for others, are told wherever the book is built."""

from __future__ import annotations

import pytest

from builder.source.portable_names import LONGEST, refusal, same_but_for_case

from conftest import INDEX, SVG, Book


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("aux.md", "takes the name 'aux.md' for a device"),
        ("part/CON.notes.md", "takes the name 'CON.notes.md' for a device"),
        ("lpt1", "device"),
        ("com².svg", "device"),
        ("a:b.md", "refuses a name with ':'"),
        ("what?.md", "refuses a name with '?'"),
        ("back\\slash.md", "refuses a name with '\\'"),
        ("tab\there.md", "U+0009"),
        ("ends./one.md", "drops the full stop that the name 'ends.' ends in"),
        ("space .md/one.md ", "drops the space"),
        ("l" * 250 + ".md", "253 letters"),
        ("/".join(["folder"] * 40), f"about {LONGEST}"),
    ],
)
def test_names_that_windows_refuses(name: str, reason: str) -> None:
    assert reason in refusal(name)


@pytest.mark.parametrize(
    "name", ["auxiliary.md", "console.md", "com10.md", "communication.md", "a.b.md", "../up.md", "Хэлмэгдүүлэлт.md"]
)
def test_names_that_windows_takes(name: str) -> None:
    assert refusal(name) == ""


def test_names_that_differ_in_case_alone_are_one_elsewhere() -> None:
    assert same_but_for_case(["Intro.md", "intro.md", "other.md"]) == {
        "intro.md": "Windows and macOS take this file and Intro.md for one"
    }
    assert list(same_but_for_case(["caf\u00e9.md", "cafe\u0301.md"])) == ["cafe\u0301.md"]


def test_sources_and_pictures_are_told_with_their_file(book: Book) -> None:
    book.write("index.md", INDEX.replace("chapter", "chapter\naux\nChapter"))
    book.write("aux.md", "# Appendix\n\n![A picture](a:b.svg)\n")
    book.write("a:b.svg", SVG)
    book.write("Chapter.md", "# Another\n")
    result = book.build("# One\n", "--to", "html")
    assert result.status == 0
    assert "aux.md:1: WARNING: Windows takes the name 'aux.md' for a device; give it another name." in result.errors
    assert "a:b.svg:1: WARNING: Windows refuses a name with ':'" in result.errors
    assert "chapter.md:1: WARNING: Windows and macOS take this file and Chapter.md for one" in result.errors


def test_a_deck_or_a_book_cannot_have_such_a_name(book: Book) -> None:
    book.write("slides/lectures.toml", '[[lecture]]\nname = "nul"\ntitle = "A lecture"\ndocuments = ["chapter"]\n')
    assert "lectures.toml:2: ERROR: Windows takes the name 'nul.pptx' for a device" in book.build("# One\n").errors
    conf = (book.folder / "conf.py").read_text(encoding="utf-8")
    book.write("conf.py", conf + "builder_books = [{'root': 'index', 'name': 'what?'}]\n")
    book.write("slides/lectures.toml", "")
    assert "Windows refuses a name with '?'; give the book another name." in book.build("# One\n").errors

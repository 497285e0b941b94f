"""The web book links to what there is, also after lectures.toml changed."""

from __future__ import annotations

from conftest import Book

ONE = '[[lecture]]\nname = "one"\ntitle = "First title"\ndocuments = ["chapter"]\n'


def test_changed_lecture_changes_the_links(book: Book) -> None:
    book.write("slides/lectures.toml", ONE)
    result = book.build("# One\n\n[x]{.point}\n")
    page = result.folder / "_build/html/chapter.html"
    assert "First title" in page.read_text()
    book.write("slides/lectures.toml", ONE.replace("First title", "Second title"))
    assert book.build().status == 0
    assert "Second title" in page.read_text()
    assert result.deck("one").slides[0].shapes.title.text_frame.text == "Second title"

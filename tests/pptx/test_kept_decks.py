"""Only decks whose slides changed are written again; one that was changed or lost on disk is."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import PNG, Book, titles

LECTURES = "".join(
    f'[[lecture]]\nname = "{name}"\ntitle = "{name}"\ndocuments = ["{name}"]\n' for name in ("one", "two")
)
INDEX = "# Root\n\n```{toctree}\n:numbered:\n\none\ntwo\n```\n"


def chapter(words: str) -> str:
    return f"# Title\n\n{{.slide}}\n## Section\n\n[{words}]{{.point}}\n"


def two_decks(book: Book) -> Path:
    book.write("index.md", INDEX)
    book.write("slides/lectures.toml", LECTURES)
    book.write("one.md", chapter("First words"))
    book.write(
        "two.md", chapter("Second words") + "\n```{figure} pic.png\n:alt: A field\n:class: slide\nCaption\n```\n"
    )
    book.write("pic.png", PNG)
    assert book.build(None, "--to", "pptx").status == 0
    return book.folder / "_build/slides"


def stamps(slides: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in slides.iterdir()}


def test_an_edit_writes_the_deck_that_holds_it(book: Book) -> None:
    slides = two_decks(book)
    before = stamps(slides)
    book.write("one.md", chapter("Other words"))
    result = book.build(None, "--to", "pptx")
    after = stamps(slides)
    assert {name for name in after if after[name] != before.get(name)} == {"one.pptx", "one.pdf"}
    assert "Other words" in str([s.text_frame.text for s in result.deck("one").slides[1].placeholders])


def test_what_was_kept_is_what_a_fresh_build_makes(book: Book, tmp_path: Path) -> None:
    slides = two_decks(book)
    book.write("one.md", chapter("Other words"))
    book.build(None, "--to", "pptx")
    kept = {path.name: path.read_bytes() for path in slides.iterdir()}
    assert book.build(None, "--to", "pptx", "-o", str(tmp_path / "fresh")).status == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "fresh/slides").iterdir()} == kept


@pytest.mark.slow
def test_a_changed_picture_or_page_number_is_a_change_of_the_deck(book: Book) -> None:
    slides = two_decks(book)
    before = stamps(slides)
    book.write("pic.png", PNG + b"\x00")
    book.build(None, "--to", "pptx")
    between = stamps(slides)
    assert {name for name in between if between[name] != before[name]} == {"two.pptx"}  # on paper it looks the same
    book.write("one.md", chapter("Other words") + "\n\nText.\n" * 400)  # the second chapter begins on a later page
    book.build(None, "--to", "pptx")
    assert stamps(slides)["two.pptx"] != between["two.pptx"]


def test_a_deck_that_is_gone_is_made_again(book: Book) -> None:
    slides = two_decks(book)
    (slides / "two.pdf").unlink()
    book.write("one.md", chapter("Other words"))
    result = book.build(None, "--to", "pptx")
    assert (slides / "two.pdf").is_file()
    assert titles(result.deck("two"))[1] == "Section"

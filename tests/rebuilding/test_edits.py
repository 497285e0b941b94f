"""After any edit an incremental build gives what a clean build gives: the same bytes of decks, PDFs and Typst, the same
pages.

A book in which everything depends on something else is built, edited in one way, built again in its folder and once
more, clean, into another. What both made is compared file by file.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from edits import (
    appended,
    begin,
    clean,
    each_gives_what_a_clean_build_gives,
    removed,
    replaced,
    together,
    written,
)
from whole_book import FILES, outputs, same

from builder.pptx.template.reading import BUILT_IN

from conftest import PNG, SVG, Book


def touched(book: Book) -> None:
    os.utime(book.folder / "one.md")


TEMPLATE = (BUILT_IN / "seminar.pptx").read_bytes()
EDITS: dict[str, Callable[[Book], None]] = {
    "nothing": lambda book: None,
    "a file is touched": touched,
    "a word of a paragraph": replaced("one.md", "and more of it", "and much more of it"),
    "a word of a bullet": replaced("one.md", "A sentence that is", "A line that is"),
    "a new bullet": appended("three.md", "\n[A third bullet]{.point} at the end.\n"),
    "a bullet is no bullet any more": replaced("three.md", "[Another bullet]{.point}", "Another bullet"),
    "notes": replaced("one.md", "Say it slowly", "Say it fast"),
    "a slide's title": replaced("three.md", "{slide} A slide", "{slide} A new slide"),
    "a slide's minutes": replaced("three.md", ":minutes: 3", ":minutes: 4"),
    "a heading": replaced("two.md", "## Numbers", "## Figures"),
    "a title that others refer to": replaced("two.md", "# Second", "# The second one"),
    "a section that moves numbers": replaced("three.md", "(deep)=", "## Before\n\nWords.\n\n(deep)="),
    "a figure that moves numbers": replaced("one.md", "```{figure}", "```{figure} picture.svg\n:alt: Other\n\nAn "
                                                                     "earlier one\n```\n\n```{figure}"),
    "an equation that moves numbers": replaced("two.md", "```{math}\n:label: law", "```{math}\n:label: first\nc = d\n"
                                                                                   "```\n\n```{math}\n:label: law"),
    "a table that moves numbers": replaced("two.md", "```{csv-table} Rows", "```{csv-table} Before\n\na, b\n```\n\n"
                                                                            "```{csv-table} Rows"),
    "a caption": replaced("one.md", "A rectangle\n```", "A red rectangle\n```"),
    "alternative text": replaced("one.md", ":alt: A rectangle", ":alt: A box"),
    "a footnote": replaced("one.md", "A note at the foot", "Another note at the foot"),
    "an index entry": replaced("one.md", "apple; green", "apple; red"),
    "a term": replaced("appendix.md", "A province.", "A large district."),
    "a term's name": together(replaced("appendix.md", "aimag\n", "aimak\n"), replaced("one.md", "{term}`aimag`", "{term}`aimak`")),
    "a citation": replaced("one.md", "As {cite:p}`smith` says.", "As {cite:p}`smith` and {cite:t}`smith` say."),
    "the year of a work": replaced("works.bib", "1999", "2001"),
    "a second work": together(appended("works.bib", "@book{adams, author = {Adams, B.}, title = {T}, publisher = {P}, "
                                                    "year = {2000}}\n"), appended("two.md", "\nSo {cite:p}`adams`.\n")),
    "a number of a data file": replaced("data/rows.csv", "1938,20", "1938,25"),
    "a row of a data file": appended("data/rows.csv", "1939,30\n"),
    "a place of a map": replaced("data/places.csv", "Khovd,91.6", "Khovd,95"),
    "an outline of a map": replaced("data/land.geojson", '"Land"', '"Country"'),
    "a picture": written("picture.svg", SVG.replace("#7a2a25", "#35576b")),
    "a picture of another kind": together(written("picture.png", PNG), replaced("one.md", "picture.svg", "picture.png")),
    "an included file": written("part.txt", "Another paragraph, with {index}`plum`.\n"),
    "included code": written("code.py", "print(2)\n"),
    "a substitution": replaced("conf.py", '"Ulaanbaatar"', '"Urga"'),
    "the author": replaced("conf.py", 'author = "An Author"', 'author = "Two Authors"'),
    "the title of the project": replaced("conf.py", 'project = "A book"', 'project = "A great book"'),
    "words of numbers": replaced("conf.py", '"Figure %s"', '"Fig. %s"'),
    "an option of the printed book": appended("conf.py", 'builder_preset = "manual"\n'),
    "an option of decks": appended("conf.py", 'builder_deck = {"agenda": False, "progress": False}\n'),
    "no references to slides": replaced("conf.py", "builder_slide_references = True", "builder_slide_references = False"),
    "an appendix becomes a chapter": replaced("conf.py", 'builder_appendices = ["appendix"]', "builder_appendices = []"),
    "the order of chapters": replaced("index.md", "one\ntwo\n", "two\none\n"),
    "a new chapter": together(written("new.md", "# New\n\n{.slide}\n## Now\n\n[A point]{.point} here. See "
                                                "{ref}`two`.\n"), replaced("index.md", "one\ntwo", "one\nnew\ntwo")),
    "a chapter goes": together(removed("three.md"), replaced("index.md", "three\n", ""), replaced("two.md", "See {doc}`three` and {numref}`deep`.", ""), replaced("slides/lectures.toml", '["three"]', '["two"]')),
    "a chapter has another name": together(lambda book: (book.folder / "three.md").rename(book.folder / "last.md") and None, replaced("index.md", "three", "last"), replaced("two.md", "{doc}`three`", "{doc}`last`"), replaced("slides/lectures.toml", '["three"]', '["last"]')),
    "a lecture's title": replaced("slides/lectures.toml", "Lecture B", "The other lecture"),
    "a lecture's length": replaced("slides/lectures.toml", "minutes = 50", "minutes = 45"),
    "a lecture's chapters": replaced("slides/lectures.toml", '["three"]', '["three", "one"]'),
    "a lecture goes": replaced("slides/lectures.toml", '[[lecture]]\nname = "b"\ntitle = "Lecture '
                                                       'B"\ndocuments = ["three"]\n', ""),
    "a built-in template": replaced("slides/lectures.toml", 'name = "b"', 'name = "b"\ntemplate = "dark"'),
    "a template of one's own": together(written("slides/own.pptx", TEMPLATE), replaced("slides/lectures.toml", 'name = "b"', 'name = "b"\ntemplate = "own.pptx"')),
}  # fmt: skip


TEACHING = {
    "conf.py": FILES["conf.py"].replace('"sphinxcontrib.bibtex"', '"sphinxcontrib.bibtex", "sphinx_exercise"'),
    "film.svg": SVG,
    "two.md": FILES["two.md"]
    + """
````{exercise}
:label: grain
:class: slide
Count the grain.
````

````{solution} grain
:class: slide
There is none.
````

````{edition} teacher
:class: slide

What a teacher knows.
````

<iframe class="slide" src="https://www.youtube.com/embed/aqz-KE-bpKQ" title="A film"></iframe>
""",
}
"""What `whole` lacks: an exercise with its solution, words of an edition, a film on the web."""
TAUGHT = {
    "words of an exercise": replaced("two.md", "Count the grain", "Count all of the grain"),
    "an edition": appended("conf.py", 'builder_edition = "student"\n'),
    "solutions are hidden": appended("conf.py", 'builder_solutions = "hidden"\n'),
    "a still of a film": appended("conf.py", 'builder_video_stills = {"aqz-KE-bpKQ": "film.svg"}\n'),
    "another picture for a still": together(
        appended("conf.py", 'builder_video_stills = {"aqz-KE-bpKQ": "film.svg"}\n'),
        lambda book: book.build(None) and None,
        written("film.svg", SVG.replace("#7a2a25", "#35576b")),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("edit", list(TAUGHT.values()), ids=list(TAUGHT))
def test_an_edit_of_what_teaches_gives_what_a_clean_build_gives(whole: Book, edit: Callable[[Book], None]) -> None:
    begin(whole, "taught", {**FILES, **TEACHING})
    edit(whole)
    again = whole.build(None)
    assert again.status == 0, again.errors
    same(outputs(whole.folder / "_build"), clean(whole))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_an_edit_gives_what_a_clean_build_gives(whole: Book, part: int, capfd: pytest.CaptureFixture[str]) -> None:
    each_gives_what_a_clean_build_gives(whole, "whole", FILES, dict(list(EDITS.items())[part::4]), capfd)


def test_what_was_said_of_slides_is_said_again(book: Book) -> None:
    """An edit of another document does not silence it."""
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\nother\n```\n")
    book.write("other.md", "# Other\n\nText.\n")
    first = book.build("# Chapter\n\n{.slide}\n## A\n\n[No point before it]{.subpoint}.\n")
    assert "this subpoint has no point before it" in first.errors
    book.write("other.md", "# Other\n\nText, and more of it.\n")
    assert "this subpoint has no point before it" in book.build(None).errors


def test_an_error_of_slides_alone_is_told_until_it_is_mended(book: Book) -> None:
    """Print shows what slides do not: the text of the document is used again, its slides are not."""
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\nother\n```\n")
    book.write("other.md", "# Other\n\nText.\n")
    book.write("film.avi", b"RIFF")
    first = book.build('# Chapter\n\n{.slide}\n## A\n\n[A point]{.point}\n\n{.slide}\n<video src="film.avi"></video>\n')
    assert "slides do not play" in first.errors
    book.write("other.md", "# Other\n\nText, and more of it.\n")
    again = book.build(None)
    assert (again.status, "slides do not play" in again.errors) == (1, True)


def test_the_page_of_a_numbered_chapter_keeps_the_link_to_its_deck(book: Book) -> None:
    """Sphinx takes the number of a document away while that is read."""
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\nother\n```\n")
    book.write("other.md", "# Other\n\nText.\n")
    book.build("# Chapter\n\nWords.\n")
    for text in ("Text, and more of it.", "Text."):
        book.write("other.md", f"# Other\n\n{text}\n")
        book.build(None)
        assert 'href="downloads/other.pptx"' in (book.folder / "_build/html/other.html").read_text(encoding="utf-8")

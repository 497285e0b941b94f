"""Without ``lectures.toml``: chapters have decks, and what stands round them has none."""

from __future__ import annotations

import pytest

from conftest import CONF, SVG, Book

TEXT = "# A title\n\nSome words.\n\n## A section\n\n- one\n"
PAGES = {
    "preface.md": TEXT,
    "one.md": TEXT,
    "two.md": TEXT,
    "glossary.md": "# Terms\n\n```{glossary}\nterm\n: Meaning\n```\n",
    "works.md": "# Works\n\n```{bibliography}\n```\n",
    "license.md": TEXT,
}


def decks(book: Book, index: str, **pages: str) -> list[str]:
    conf = CONF.replace('["myst_parser"]', '["myst_parser", "sphinxcontrib.bibtex"]')
    book.write("conf.py", f'{conf}bibtex_bibfiles = ["refs.bib"]\n')
    book.write("refs.bib", "@book{a, author = {A}, title = {T}, year = {2000}, publisher = {P}}\n")
    book.write("index.md", index)
    for name, text in (PAGES | {f"{name}.md": text for name, text in pages.items()}).items():
        book.write(name, text)
    book.build(None, "--to", "pptx")
    return sorted(path.stem for path in (book.folder / "_build/slides").glob("*.pptx"))


NUMBERED = (
    "# Root\n\nWelcome.\n\n```{toctree}\npreface\n```\n\n```{toctree}\n:numbered:\n\none\ntwo\n```\n\n"
    "```{toctree}\nglossary\nworks\nlicense\n```\n"
)


@pytest.mark.parametrize("index", [NUMBERED, NUMBERED.replace(":numbered:\n", "")])
def test_chapters_alone_have_decks(book: Book, index: str) -> None:
    assert decks(book, index) == ["one", "two"]


def test_what_is_marked_has_one(book: Book) -> None:
    assert decks(book, NUMBERED, preface="# A title\n\n[A point]{.point}\n") == ["one", "preface", "two"]


def test_below_the_page_of_a_part_each_document_is_a_chapter(book: Book) -> None:
    index = "# Root\n\n```{toctree}\npart\n```\n"
    assert decks(book, index, part="# Part\n\n```{toctree}\none\ntwo\nglossary\n```\n") == ["one", "two"]


def test_a_page_with_words_has_those_below_it_in_its_deck(book: Book) -> None:
    index = "# Root\n\n```{toctree}\npart\n```\n"
    assert decks(book, index, part="# Part\n\nWords.\n\n```{toctree}\none\ntwo\n```\n") == ["part"]


MANY = [f"many-{number}" for number in range(13)]


@pytest.mark.parametrize(
    ("words", "own", "below"), [("Words.", [], 13), (TEXT, ["part"], 13), ("", [], 13), (TEXT, ["part"], 11)]
)
@pytest.mark.parametrize("numbered", ["", ":numbered:\n"])
def test_below_a_page_with_more_than_a_lecture_holds_each_document_has_a_deck(
    book: Book, words: str, own: list[str], below: int, numbered: str
) -> None:
    names = MANY[:below]
    toctree = "```{toctree}\n" + "\n".join(names) + "\n```\n"
    words = words.partition("\n\n")[2] or words
    index = f"# Root\n\n```{{toctree}}\n{numbered}\npart\n```\n"
    pages = {"part": f"# Part\n\n{words}\n\n{toctree}"} | dict.fromkeys(names, TEXT)
    pages["many-0"] += "\n```{toctree}\none\n```\n"
    assert decks(book, index, **pages) == sorted([*own, *(names if below == 13 else [])])


def test_the_index_of_a_folder_is_a_chapter(book: Book) -> None:
    (book.folder / "rows").mkdir()
    book.write("rows/index.md", "# Rows\n\nWords.\n\n```{toctree}\nmany\n```\n")
    book.write("rows/many.md", TEXT)
    (book.folder / "preface").mkdir()
    book.write("preface/index.md", TEXT)
    index = "# Root\n\n```{toctree}\n:numbered:\n\npreface/index\none\nrows/index\n```\n"
    assert decks(book, index) == ["one", "rows-index"]


def test_a_project_of_one_page_has_its_deck(book: Book) -> None:
    book.write("index.md", TEXT)
    book.build(None, "--to", "pptx")
    assert (book.folder / "_build/slides/index.pptx").is_file()


def test_the_build_names_those_without(book: Book) -> None:
    decks(book, NUMBERED)
    book.write("one.md", TEXT + "\nMore.\n")
    out = book.call("build", "--to", "pptx").out
    assert "no deck of index, preface, glossary, works, license: not a chapter" in out


@pytest.mark.parametrize(("words", "warned"), [("Halve, and halve again.", True), ("", False)])
def test_a_document_with_the_name_of_a_page_of_sphinx_is_not_lost_in_silence(
    book: Book, words: str, warned: bool
) -> None:
    """One without words is what projects write to have that page in their contents."""
    book.write("search.md", f"# Searching\n\n{words}\n")
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\nsearch\n```\n")
    result = book.build("# Chapter\n\nWords.\n", "--to", "html,pptx")
    assert ("search.md:1: WARNING: Sphinx writes a page 'search' of its own" in result.errors) is warned


@pytest.mark.parametrize(
    ("language", "title", "words", "has_deck"),
    [
        ("pt", "Agradecimentos", "Somos gratos a todos.", False),
        ("en", "Sources and credits", "All are named here.", False),
        ("en", "Sources", "All are [named here]{.point}.", True),
        ("en", "Sources of the Nile", "All are named here.\n\n## Lakes\n\nSo are these.", True),
    ],
)
def test_a_page_titled_as_what_no_lecture_shows_has_no_deck(
    book: Book, language: str, title: str, words: str, *, has_deck: bool
) -> None:
    book.write("conf.py", f'{CONF}language = "{language}"\n')
    book.write("index.md", "# Root\n\n```{toctree}\none\nmore\n```\n")
    book.write("one.md", TEXT)
    book.write("more.md", f"# {title}\n\n{words}\n")
    out = book.call("build", "--to", "pptx").out
    assert (book.folder / "_build/slides/more.pptx").exists() == has_deck
    assert ("no deck of more: not a chapter" in out) != has_deck


SENTENCES = "The tide comes twice a day. It is made by the moon. Ships wait for it in the port."


@pytest.mark.parametrize(
    ("words", "has_deck"),
    [
        ("This page is empty as yet.", False),
        ("```{note}\nUnder construction.\n```", False),
        ("- [one](one.md)", False),
        ("```{toctree}\n```\n\nMore to come.", False),
        ("% a comment of some length, which nobody is shown, since it is one for its authors\n\nSoon.", False),
        ("海浜の潮", False),
        ("## A section\n\n```python\n" + 20 * "height = read(gauge, year)\n" + "```\n\nSoon.", False),
        (SENTENCES, True),
        ("一日に二回、潮が満ちて引き、船は港の中でそれを待っている。月の力によるものである。", True),
        ("## A section\n\nSome words.", True),
        ("![the tide](tide.svg)", True),
        ("It is $a + b$.", True),
        ("$$a + b$$", True),
        ("```python\nprint()\n```", True),
        ("| a |\n|---|\n| b |", True),
        ("A [point]{.point}.", True),
        ("Words.\n\n```{notes}\nTo be said.\n```", True),
    ],
)
def test_a_page_of_hardly_any_words_and_nothing_else_has_no_deck(book: Book, words: str, *, has_deck: bool) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\none\nmore\n```\n")
    book.write("one.md", TEXT)
    book.write("tide.svg", SVG)
    book.write("more.md", f"# Tides\n\n{words}\n")
    out = book.call("build", "--to", "pptx").out
    assert (book.folder / "_build/slides/more.pptx").exists() == has_deck
    assert ("no deck of more: not a chapter" in out) != has_deck


def test_a_lecture_that_names_such_a_page_shows_it(book: Book) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\none\nmore\n```\n")
    book.write("one.md", TEXT)
    book.write("more.md", "# Tides\n\nSoon.\n")
    book.write("slides/lectures.toml", '[[lecture]]\nname = "tides"\ntitle = "Tides"\ndocuments = ["more"]\n')
    book.call("build", "--to", "pptx")
    assert (book.folder / "_build/slides/tides.pptx").exists()

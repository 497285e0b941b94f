"""A project that says nothing: MyST, the book theme, its first document; names that are nearly options are told."""

from __future__ import annotations

import re

import pytest

from builder.commands.cli import main

from conftest import CONF, Book, bullets

CHAPTER = "# Counting\n\n{.slide}\n## Numbers\n\n[A name]{.point} and $n^2$.\n"


@pytest.fixture
def bare(book: Book) -> Book:
    """A folder with an empty ``conf.py``, and nothing else."""
    book.write("conf.py", "")
    (book.folder / "index.md").unlink()
    return book


def test_an_empty_conf_is_a_whole_one(bare: Book) -> None:
    bare.write("index.md", CHAPTER)
    result = bare.build()
    assert (result.status, result.errors) == (0, "")
    page = (bare.folder / "_build/html/index.html").read_text(encoding="utf-8")
    assert "sphinx-book-theme" in page
    assert "Counting" in page
    assert "not set" not in page
    assert result.pdf.name == "counting.pdf"
    assert bullets(result.deck("index").slides[1])[0] == (1, "A name")


def test_the_only_document_is_the_first(bare: Book) -> None:
    bare.write("lecture.md", CHAPTER)
    result = bare.build(None, "--to", "html")
    assert result.status == 0
    assert (bare.folder / "_build/html/lecture.html").exists()


@pytest.mark.parametrize("conf", ["", "extensions = ['myst_parser']\n", "source_suffix = ['.rst', '.txt']\n"])
def test_a_book_of_restructured_text_begins_with_its_index(bare: Book, conf: str) -> None:
    bare.write("conf.py", conf)
    bare.write("index.rst", "Counting\n========\n\nWords.\n\n.. toctree::\n\n   two\n")
    bare.write("two.rst", "Two\n===\n\nWords.\n")
    assert bare.build(None, "--to", "html").errors == ""


@pytest.mark.parametrize("suffixes", ["['.rst', '.md']", "{'.md': 'markdown', '.rst': 'restructuredtext'}", "'.md'"])
def test_markdown_among_the_endings_has_its_parser(bare: Book, suffixes: str) -> None:
    bare.write("conf.py", f"source_suffix = {suffixes}\n")
    bare.write("index.md", CHAPTER)
    result = bare.build()
    assert (result.status, result.errors) == (0, "")
    assert bullets(result.deck("index").slides[1])[0] == (1, "A name")


def test_a_parser_of_old_settings_is_told_what_is_in_its_place(bare: Book) -> None:
    parsers = "source_parsers = {'.md': 'recommonmark.parser.CommonMarkParser'}\n"
    bare.write("conf.py", f"source_suffix = ['.rst', '.md']\n{parsers}")
    bare.write("index.md", CHAPTER)
    result = bare.build()
    assert result.status == 0
    assert "conf.py:2: WARNING: Sphinx no longer has 'source_parsers'; take it out" in result.errors
    assert bullets(result.deck("index").slides[1])[0] == (1, "A name")


def test_another_parser_of_markdown_is_left_alone(bare: Book) -> None:
    bare.write("plain.py", PLAIN)
    bare.write("conf.py", "import sys\nsys.path.insert(0, '.')\nextensions = ['plain']\n")
    bare.write("index.md", "Words *of* Markdown\n")
    result = bare.build(None, "--to", "html")
    assert (result.status, result.errors) == (0, "")
    assert "Words *of* Markdown" in (bare.folder / "_build/html/index.html").read_text(encoding="utf-8")


PLAIN = """
from docutils import nodes
from sphinx.parsers import Parser


class Plain(Parser):
    supported = ("plain",)

    def parse(self, text, document):
        section = nodes.section("", nodes.title("", "Plain"), nodes.paragraph("", text.strip()), ids=["plain"])
        document += section


def setup(app):
    app.add_source_suffix(".md", "plain")
    app.add_source_parser(Plain)
"""
"""An extension that reads Markdown in its own way."""


def test_of_several_documents_one_must_be_the_first(bare: Book) -> None:
    bare.write("one.md", CHAPTER)
    bare.write("two.md", CHAPTER)
    result = bare.build()
    assert result.status == 1
    assert "there is no index.md in" in result.errors
    assert "root_doc = 'one'" in result.errors


def test_what_conf_says_stays(bare: Book) -> None:
    bare.write("conf.py", "project = 'Ours'\nhtml_theme = 'basic'\nroot_doc = 'start'\nauthor = 'A. Name'\n")
    bare.write("start.md", CHAPTER)
    result = bare.build(None, "--to", "html", "--to", "pdf")
    assert "sphinx-book-theme" not in (bare.folder / "_build/html/start.html").read_text(encoding="utf-8")
    assert result.pdf.name == "ours.pdf"


@pytest.mark.parametrize(
    ("conf", "title"),
    [("", "Counting"), ("project = 'Herds'\n", "Herds"), ("project = 'Herds'\nrelease = '2'\n", "Herds 2")],
)
def test_a_book_is_not_called_a_documentation(bare: Book, conf: str, title: str) -> None:
    bare.write("conf.py", conf)
    bare.write("index.md", "# Counting\n\nWords.\n")
    assert bare.build(None, "--to", "html").errors == ""
    page = (bare.folder / "_build/html/index.html").read_text(encoding="utf-8")
    assert f'logo__title">{title}</p>' in page
    assert "documentation</title>" not in page


def test_documents_in_folders_of_packages_are_nobodys(bare: Book) -> None:
    bare.write("index.md", CHAPTER)
    bare.write(".venv/lib/site-packages/thing/README.md", "# Not ours\n")
    bare.write("node_modules/thing/README.md", "# Not ours\n")
    assert bare.build(None, "--to", "html").errors == ""


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("builder_subtitel", "builder_subtitle"), ("builder_presett", "builder_preset"),
        ("bulder_trim", "builder_trim"), ("builder_Fonts", "builder_fonts"), ("buidler_deck", "builder_deck"),
    ],
)  # fmt: skip
def test_a_name_that_is_nearly_an_option_is_told(book: Book, name: str, meant: str) -> None:
    book.write("conf.py", f"{CONF}{name} = 'x'\n")
    said = book.build("# One\n\nWords.\n", "--to", "html").errors
    line = len(CONF.splitlines()) + 1
    assert f"conf.py:{line}: WARNING: the builder has no option '{name}'; did you mean '{meant}'?" in said


def test_a_name_like_no_option_is_told_too_and_other_names_are_not(book: Book) -> None:
    book.write("conf.py", f"{CONF}builder_zebra = 1\ntrim = 'a5'\nhtml_zebra = 2\n")
    said = book.build("# One\n\nWords.\n", "--to", "html").errors
    assert "the builder has no option 'builder_zebra'; docs/options.md lists them" in said
    assert said.count("no option") == 1


@pytest.mark.parametrize(
    ("variables", "coloured"), [({}, False), ({"NO_COLOR": "1"}, False), ({"FORCE_COLOR": "1"}, True)]
)
def test_messages_have_colours_on_a_terminal_or_where_that_is_asked_for(
    book: Book, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], coloured: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    said = book.build("# One\n\n{.slide}\n", "--to", "html").errors
    assert ("\x1b[" in said) == coloured


def test_the_command_alone_shows_what_it_can(book: Book) -> None:
    result = book.call()
    assert result.status == 0
    assert "build" in result.out


def test_a_formula_right_below_words_is_one_and_words_behind_it_are_words(book: Book) -> None:
    """MyST leaves the outer dollars of ``$$`` there, unless the project says what it takes for a formula."""
    chapter = "# One\n\n{.slide}\n## Sums\n\n{.slide}\nThe sum of $n$ is\n$$\ns_n\n$$\nand that of $m$ is less.\n"
    result = book.build(chapter)
    page = (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")
    assert re.search(r"\\\[s_n\\\]</div>\s*and that of", page)
    slide = result.deck().slides[-1].element
    assert slide.xpath(".//a:p[contains(., 'and that of') and contains(., 'is less')]/a:pPr/@marL") == ["0", "0"]
    assert "$" not in re.sub(r"<script.*?</script>", "", page[page.index("<h1>") :], flags=re.DOTALL)


def test_extensions_that_are_behind_sphinx_are_nobodys_concern(book: Book) -> None:
    """What they call that a later Sphinx has no more is told to who asks Python for it."""
    with (book.folder / "conf.py").open("a") as conf:
        conf.write(
            "import warnings\nfrom sphinx.deprecation import RemovedInNextVersionWarning\n\n\ndef setup(app):\n"
            "    app.connect('builder-inited', lambda app: warnings.warn('old', RemovedInNextVersionWarning))\n"
        )
    assert "RemovedIn" not in book.build("# One\n").errors


def test_a_folder_inside_of_a_book_is_told_where_its_settings_are(
    book: Book, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.write("parts/one.md", "# One\n")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    with pytest.raises(SystemExit):
        main(["build", str(book.folder / "parts")])
    folder = book.folder.resolve()
    assert f"the settings of this book are in {folder}: builder build {folder}" in book.capture.readouterr().err


def test_a_folder_without_settings_is_told_what_to_write(bare: Book) -> None:
    (bare.folder / "conf.py").unlink()
    with pytest.raises(SystemExit):
        bare.build()
    assert "an empty one will do" in bare.capture.readouterr().err

"""What is nearly right in lectures.toml, in conf.py or in a call is named with what was meant."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from builder.commands.calls import OF_OTHERS
from builder.commands.cli import main

from conftest import CONF, NEW, Book

LECTURE = '[[lecture]]\nname = "one"\ntitle = "One"\ndocuments = ["chapter"]\n'

LECTURES = {
    LECTURE + "subtitle = 5\n": (5, "subtitle must be text", "not 5"),
    LECTURE.replace("title", "titel"): (3, "unknown key 'titel'", "Did you mean 'title'?"),
    LECTURE.replace("documents", "documnets"): (4, "unknown key 'documnets'", "Did you mean 'documents'?"),
    LECTURE + 'Template = "plain"\n': (5, "unknown key 'Template'", "Did you mean 'template'?"),
    LECTURE + "embed-fonts = true\n": (5, "unknown key 'embed-fonts'", "Did you mean 'embed_fonts'?"),
    LECTURE + 'template = "plian"\n': (1, "no template 'plian'", "Did you mean 'plain'?"),
    LECTURE + 'transition = "fadee"\n': (5, "transition is 'fadee'", "Did you mean 'fade'?"),
    LECTURE.replace('"chapter"', '"chapter.md"'): (4, "no document 'chapter.md'", "Did you mean 'chapter'?"),
    LECTURE.replace('"chapter"', '"book/chapter"'): (4, "no document 'book/chapter'", "Did you mean 'chapter'?"),
    LECTURE.replace('"chapter"', '"Chapter"'): (4, "no document 'Chapter'", "Did you mean 'chapter'?"),
    LECTURE + 'minutes = "50"\n': (5, "minutes must be a number", "not '50'"),
    LECTURE + 'start = "10:15am"\n': (5, "start must be a time of day", "not '10:15am'"),
    LECTURE + 'solutions = "hide"\n': (5, "solutions is 'hide'", "Did you mean 'hidden'?"),
    LECTURE.replace('["chapter"]', '"chapter"'): (4, "documents must be a list of names", '["01-counting"]'),
    LECTURE.replace('"one"', '"Lecture 1"'): (2, "the name 'Lecture 1'", "small letters"),
    LECTURE.replace("[[lecture]]", "[[lectures]]"): (1, "write each deck as a table [[lecture]]", "found lectures"),
    "# nothing\n": (1, "this declares no deck", "[[lecture]]"),
}
"""A file of lectures → the line that is named, and words of the message."""

SETTINGS = {
    'myst_enable_extension = ["attrs_block"]': "there is no option 'myst_enable_extension'; did you mean "
    "'myst_enable_extensions'?",
    'html_them = "basic"': "did you mean 'html_theme'?",
    'Project = "A book"': "did you mean 'project'?",
    'language = "german"': "there is no language 'german'; write its code, as en, de or pt_BR. Did you mean 'de'?",
    'builder_preset = "novle"': "Did you mean 'novel'?",
    'builder_deck = {"tempalte": "plain"}': "a deck has no 'tempalte'; ",
    'builder_appendices = ["chaptre"]': "names the document 'chaptre', which is not there. Did you mean 'chapter'?",
    'builder_lectures = "talks.toml"': "names 'talks.toml', which is not there; each chapter is a deck",
    'builder_web_url = "example.org"': "write it like 'https://example.org/book/'",
    'builder_pdf_name = "a/b"': "write it like 'book'",
    "builder_earlier_decks = -1": "must not be below 0",
    'builder_page_size = "a4"': "did you mean 'builder_trim'?",
    'builder_language = "de"': "did you mean 'language'?",
    'title = "A book"': "did you mean 'project'?",
    "extension = []": "did you mean 'extensions'?",
    'langauge = "de"': "there is no option 'langauge'; did you mean 'language'?",
    'lenguage = "de"': "did you mean 'language'?",
    'autor = "Ann"': "did you mean 'author'?",
    'copyrigth = "Ann"': "did you mean 'copyright'?",
    'titel = "A book"': "did you mean 'project'?",
    'lang = "de"': "did you mean 'language'?",
    'builder_trim = "A 4"': "builder_trim is 'A 4'; write a size",
    'builder_margins = {"left": "25mm"}': "builder_margins has 'left'",
    'builder_words = {"chapters": 5}': "builder_words has 'chapters': 5; write a text",
    "builder_contents_depth = 0": "must not be below 1",
}
"""A line of conf.py → words of the message."""

OWN = [
    "projects = 3",
    "one = projects",
    "tile = 5",
    "html_own_words = 1",
    "VERSION = (5, 2)",
    "shown = VERSION",
    "from string import digits as HTML_THEME",
]
"""Lines of conf.py whose names are its own."""

TAKEN = {
    'extensions = "myst_parser"': "extensions is 'myst_parser'; it is taken for ['myst_parser'], so write that",
    'exclude_patterns = "draft*"': "it is taken for ['draft*']",
    'html_css_files = "x.css"': "it is taken for ['x.css']",
    'source_suffix = "md"': "it is taken for '.md'",
    'author = ["Ann", "Bat"]': "it is taken for 'Ann, Bat'",
    "copyright = 2026": "it is taken for '2026'",
    "release = 1.0": "it is taken for '1.0'",
    'html_theme_options = ["x"]': "html_theme_options is ['x']; it is taken for {}",
    'myst_enable_extensions = ["attr_block"]': "MyST has no extension 'attr_block'. Did you mean 'attrs_block'?",
    "templates_path = [5]": "it is taken for []",
    'numfig = "yes"': "it is taken for True",
    'language = ""': "it is taken for 'en'",
    "html_static_path = None": "it must be a list [...]. All is made as if it were not written.",
    "project = None": "project is None; it must be a text",
    'numfig_format = "x"': "it must be a table {...}",
    'pygments_style = "sphynx"': "there is no such style of code, as sphinx is",
    'myst_heading_anchors = "3"': "myst_heading_anchors is '3': 'heading_anchors' must be in",
}
"""A line of conf.py whose value is taken as it was meant → words of the message."""

ENDING = {
    'root_doc = "index.md"': "there is no such document. Did you mean 'index'?",
    'root_doc = "nobodys"': "there is no such document; name one that there is, as 'index'.",
    "setup = lambda app: __import__('nobodys')": "this line of the settings raises ModuleNotFoundError: No module "
    "named 'nobodys'; install that module",
    "setup = lambda app: app.nothing()": "this line of the settings uses 'nothing', which Sphinx does not have any "
    "more; take the line out, or write what its manual has for it.",
    "setup = lambda app: app.add_javascript('own.js')": "this line of the settings uses 'add_javascript', which "
    "Sphinx does not have any more; write add_js_file for it.",
}
"""A line of conf.py with which nothing can be built → words of the message."""

SYNTAX = "myst_enable_extensions = ['attrs_block', 'attrs_inline']\n"
LOST = {
    'extensions = ["myst-parser"]': "there is no extension 'myst-parser'; it is taken for 'myst_parser', so write that",
    'extensions = ["nobodys_words"]': "the extension 'nobodys_words' is not installed, so all is made without it; take "
    "it out of the extensions in conf.py.",
    'extensions = ["hoverxref.extension", "sphinx_tabsy.tabs", "sphinxcontrib.no_one"]': "the extensions "
    "'hoverxref.extension', 'sphinx_tabsy.tabs', 'sphinxcontrib.no_one' are not installed, so all is made without "
    "them; run 'pip install sphinx-hoverxref sphinx-tabsy sphinxcontrib-no-one', or take them out of the extensions",
    'extensions = ["sphinx.ext.mathjx"]': "Did you mean 'sphinx.ext.mathjax' by 'sphinx.ext.mathjx'?",
    'extensions = ["sphinx_copybuton"]': "it; take it out of the extensions in conf.py. Did you mean 'sphinx_copyb",
    'import sys; sys.path.insert(0, "."); extensions = ["lacking"]': "the extension 'lacking' (it needs the module "
    "'nobodys_module') is not installed",
    'html_theme = "sphinx-book-theme"': "there is no theme 'sphinx-book-theme'; it is taken for 'sphinx_book_theme'",
    'html_theme = "sphinx_wagtail_theme"; html_theme_options, html_sidebars = {"logo": "x"}, {"**": ["a.html"]}': "the "
    "theme 'sphinx_wagtail_theme' is not installed, so the web book has sphinx_book_theme, without html_theme_options "
    "and html_sidebars; run 'pip install sphinx-wagtail-theme', or name another one.",
}
"""A line of conf.py that names what is not installed → the one message."""

FAILING = {
    'import sys; sys.path.insert(0, "."); extensions = ["exiting"]': "the extension 'exiting' ends with SystemExit: 3",
    "language = 5": "there is no language '5'; write its code, as en, de or pt_BR. English is used.",
    'import sys; sys.path.insert(0, "."); extensions = ["raising"]': "the extension 'raising' ends with TypeError",
    'html_theme_options = {"logo": "x.png"}': "ends with ValueError: Incorrect logo config type",
    'html_sidebars = {"**": ["nobodys.html"]}': "the web book is not made: An error happened in rendering the page",
}
"""A line of conf.py with which an extension or the theme fails → words of the error."""

CALLS = {
    "biuld": "there is no command 'biuld'; write one of new, build, check",
    "init": "Did you mean 'new'?",
    "help": "Did you mean '--help'?",
    "build --quite": "there is no option --quite; 'builder build --help' lists those that there are. Did you mean "
    "'--quiet'?",
    "new other --langage de": "Did you mean '--language'?",
    "new other -language=de": "there is no option -language; 'builder new --help' lists those that there are. Did you "
    "mean '--language'?",
    "--verison": "Did you mean '--version'?",
    "build --zebra": "there is no option --zebra; 'builder build --help' lists those that there are.\n",
    "build . too": "builder build takes nothing more, and there is also too; see 'builder build --help'",
    "build --to pdff": "Did you mean 'pdf'?",
    "build --to html pdf": "outputs are named in one word: --to html,pdf",
    "build index.md": "index.md is a file; name the folder of the book: builder build .",
    "new other --kind cours": "Did you mean 'course'?",
    "new other --language german": "Did you mean 'de'?",
    "new other --template plian": "Did you mean 'plain'?",
}
"""A call → words of the message."""


def called(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    """Status and standard error of a call in a folder."""
    monkeypatch.chdir(folder)
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
        try:
            status = main(list(arguments))
        except SystemExit as end:
            status = int(end.code or 0)
    return status, errors.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small project of two documents."""
    for name, text in (NEW | {"chapter.md": "# Chapter\n\n{.slide}\n## A\n\n[x y]{.point}\n"}).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "slides").mkdir()
    return tmp_path


@pytest.mark.parametrize("text", LECTURES)
def test_a_slip_in_lectures_toml_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (folder / "slides/lectures.toml").write_text(text, encoding="utf-8")
    status, said = called(folder, monkeypatch, "build", "-q", "--to", "pptx")
    line, *words = LECTURES[text]
    assert status == 1
    assert f"lectures.toml:{line}: ERROR" in said
    assert all(word in said for word in words)


@pytest.mark.parametrize(
    "place",
    ["lectures.toml", "slides/lecture.toml", "slides/Lectures.toml", "Slides/lectures.toml", "slides/lectures.yml"],
)
def test_lectures_in_another_place_are_named(folder: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    (folder / place).parent.mkdir(exist_ok=True)
    (folder / place).write_text(LECTURE, encoding="utf-8")
    _status, said = called(folder, monkeypatch, "build", "-q", "--to", "pptx")
    assert f"{place}:1: WARNING: no deck is read from this file; move it to slides/lectures.toml" in said


def test_slips_in_conf_py_are_named_with_their_lines(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "conf.py").write_text("\n".join([CONF.strip(), *SETTINGS, *OWN, ""]), encoding="utf-8")
    first = len(CONF.strip().splitlines()) + 1
    _status, said = called(folder, monkeypatch, "build", "-q", "--to", "pdf,pptx")
    for line, words in enumerate(SETTINGS.values(), start=first):
        assert any(f"conf.py:{line}: " in message and words in message for message in said.splitlines()), words
    assert not [name for name in ("html_own_words", "VERSION", "HTML_THEME") if name in said]


def test_options_of_sphinx_are_taken_as_they_were_meant(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "conf.py").write_text("\n".join(TAKEN), encoding="utf-8")
    status, said = called(folder, monkeypatch, "build", "-q")
    assert status == 0
    for line, words in enumerate(TAKEN.values(), start=1):
        assert any(f"conf.py:{line}: " in message and words in message for message in said.splitlines()), words
    assert "Ann, Bat" in (folder / "_build/html/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ENDING)
def test_a_document_that_is_not_there_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    (folder / "conf.py").write_text(f"{CONF.strip()}\n{line}\n", encoding="utf-8")
    status, said = called(folder, monkeypatch, "build", "-q", "--to", "html")
    assert status == 1
    assert f"conf.py:{len(CONF.strip().splitlines()) + 1}: {ENDING[line]}" in re.sub(
        r"root_doc is '[\w.]+', and ", "", said
    )


@pytest.mark.parametrize("name", ["_quarto.yml", "_bookdown.yml", "book.toml"])
def test_a_book_of_another_tool_is_named_with_the_way_to_take_it_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).write_text("", encoding="utf-8")
    status, said = called(tmp_path, monkeypatch, "build")
    assert status == 2
    assert f"is a {OF_OTHERS[name]}, and has no conf.py; 'builder new NEW --from .' makes a book of it" in said


@pytest.mark.parametrize("line", LOST)
def test_what_is_not_installed_costs_itself(folder: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    (folder / "lacking.py").write_text("import nobodys_module\n", encoding="utf-8")
    (folder / "conf.py").write_text(f"{line}\n{SYNTAX}project = 'Ours'\n", encoding="utf-8")
    status, said = called(folder, monkeypatch, "build", "-q", "--to", "html" if "html_theme" in line else "pdf")
    assert (status, len(said.splitlines())) == (0, 1), said
    assert "conf.py:1: WARNING: " in said
    assert LOST[line] in said
    assert any((folder / "_build" / name).is_file() for name in ("html/index.html", "pdf/ours.pdf"))


@pytest.mark.parametrize("line", FAILING)
def test_an_extension_or_a_theme_that_fails_costs_no_print(
    folder: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    (folder / "exiting.py").write_text("exit(3)\n", encoding="utf-8")
    (folder / "raising.py").write_text("def setup(app):\n    raise TypeError('words')\n", encoding="utf-8")
    (folder / "conf.py").write_text(f"{line}\nproject = 'Ours'\n", encoding="utf-8")
    status, said = called(folder, monkeypatch, "build", "-q")
    assert status == 1
    assert FAILING[line] in said
    assert (folder / "_build/pdf/ours.pdf").is_file()


@pytest.mark.parametrize("call", CALLS)
def test_a_slip_in_a_call_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    status, said = called(folder, monkeypatch, *call.split())
    assert status in (1, 2)
    assert CALLS[call] in said


def test_a_deck_that_there_is_not_is_named_with_the_one_that_is_meant(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = called(folder, monkeypatch, "build", "-q", "--to", "pptx", "--deck", "Chapter.pptx")[1]
    assert "there is no deck 'Chapter.pptx'" in said
    assert "Did you mean 'chapter'?" in said


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("import stones_of_nobody", "conf.py:1: this line of the settings raises ModuleNotFoundError: No module named"),
        ('project = "A"\n\nname = {}["b"]', "conf.py:3: this line of the settings raises KeyError: 'b'; mend it."),
        ('project = "A', "conf.py:1: this is not Python: unterminated string literal"),
        ("project = 'A'\nexit(3)", "conf.py:2: this line of the settings ends the program (exit), so nothing can be"),
        ("def setup(app):\n    raise SystemExit", "conf.py:2: this line of the settings ends the program (exit)"),
        ("\n\ndef setup():\n    pass", "conf.py:3: Sphinx calls setup() of the settings with the application"),
        ("project = 'A'\nsetup = 5", "conf.py:2: Sphinx calls setup() of the settings with the application"),
        (
            "import sys\nsys.path[:0] = ['.']\nimport ours",
            "conf.py:3: this line of the settings raises KeyError: 'b' in",
        ),
    ],
)
def test_settings_that_cannot_be_run_are_told_with_their_line(book: Book, settings: str, told: str) -> None:
    book.write("conf.py", settings + "\n")
    book.write("ours.py", "one = 1\n\nname = {}['b']\n")
    result = book.build("# One\n", "--to", "html")
    assert result.status == 1
    assert told in result.errors
    assert "Traceback" not in result.errors


IDLE = {
    'bibtex_bibfiles = ["a.bib"]': "bibtex_bibfiles has no effect, since the extension 'sphinxcontrib.bibtex' is off; "
    "add that to the extensions in conf.py, or take it out.",
    'nbsphinx_execute = "never"\nnbsphinx_timeout = 5': "nbsphinx_execute and nbsphinx_timeout have no effect, since "
    "the extension 'nbsphinx' is off; add that to the extensions in conf.py after 'pip install nbsphinx', or take them",
    'templates_path = ["_template"]': "templates_path entry '_template' does not exist; paths start at the folder of "
    "conf.py. Did you mean 'template'?",
    'html_css_files = ["owm.css", "own.css", "https://example.org/x.css"]': "html_css_files names 'owm.css', which is "
    "not there; put it into static. Did you mean 'own.css'?",
    'html_js_files = [("no.js", {"async": "async"})]': "html_js_files names 'no.js', which is not there; put it into",
    'html_favicon = "static/icon.icn"': "favicon file 'static/icon.icn' does not exist; did you mean 'static/icon.ico",
    'html_logo = "none.png"': "logo file 'none.png' does not exist; paths start at the folder of conf.py.",
}
"""A line of conf.py that has no effect → the one message."""
WITH_EFFECT = """
import sys
sys.path.insert(0, ".")
extensions = ["myst_parser", "sphinx.ext.todo"]
todo_include_todos = True
templates_path = ["_templates"]
autodoc_default_options = {}
html_static_path = ["static"]
html_css_files = ["own.css"]
bibtex_names = ["a.bib"]
shown = bibtex_names
"""
"""Settings that ask for nothing that there is not, or that the settings use themselves."""


def static_files(folder: Path) -> None:
    """Files and folders that settings may name."""
    for name in ("static/own.css", "static/icon.ico", "template/page.html"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")


@pytest.mark.parametrize("line", IDLE)
def test_a_setting_without_effect_is_told_with_what_it_lacks(
    folder: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    static_files(folder)
    (folder / "conf.py").write_text(f"{line}\nhtml_static_path = ['static']\n{SYNTAX}", encoding="utf-8")
    status, said = called(folder, monkeypatch, "build", "-q", "--to", "html")
    assert (status, len(said.splitlines())) == (0, 1), said
    assert f"conf.py:1: WARNING: {IDLE[line]}" in said


def test_settings_that_have_an_effect_or_ask_for_nothing_are_not_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "static").mkdir()
    (folder / "static/own.css").write_text("", encoding="utf-8")
    (folder / "conf.py").write_text(WITH_EFFECT, encoding="utf-8")
    (folder / "chapter.md").write_text("# Chapter\n\nWords.\n", encoding="utf-8")
    assert called(folder, monkeypatch, "build", "-q", "--to", "html") == (0, "")


def test_what_an_extension_that_is_missing_would_take_is_told_with_it_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = f"extensions = ['sphinx_nobodys']\ncopybutton_exclude = '.x'\n{SYNTAX}"
    (folder / "conf.py").write_text(settings, encoding="utf-8")
    assert "no effect" not in called(folder, monkeypatch, "build", "-q", "--to", "html")[1]

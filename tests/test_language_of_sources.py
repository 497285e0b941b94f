"""A book whose settings name no language is built in that of its words."""

from __future__ import annotations

import gettext
import json
import os
import time
from pathlib import Path

import pytest
import sphinx
from pptx import Presentation
from sphinx.cmd.build import main as sphinx_build

from builder.source.written_in import LEAST, language_by_words, prose_of

from conftest import Book

GERMAN = """\
Ein Signal ist eine Funktion, die eine Information trägt, und ein System ist das, was mit ihm etwas macht. Wenn man
nicht weiß, wie es das tut, so kann man doch sehen, was es mit einem Impuls macht. Das ist in vielen Fällen alles, was
über das System zu sagen ist, denn aus der Antwort auf ihn folgt die auf jedes andere Signal.
"""
CHAPTERS = {"one": f"# Signale\n\n{GERMAN * 4}", "two": f"# Systeme\n\n{GERMAN * 4}"}
WORDS = Path(sphinx.__file__).parent / "locale"
KNOWN = ("de", "es", "fr", "it", "nl", "pt_BR", "ru", "sv", "hu", "ja", "ko", "el", "ka", "zh_CN", "zh_TW")
ALIKE = ("ca", "gl", "pl", "sk", "hr", "tr", "id", "fa", "sq", "et", "da")
"""Languages whose stop words are not at hand, some of them like those of others; and one of two that are alike."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for sources."""
    return tmp_path


@pytest.mark.parametrize("language", [*KNOWN, *ALIKE])
def test_a_language_is_known_by_its_words_or_not_at_all(folder: Path, language: str) -> None:
    """What Sphinx itself says in each of them is the text."""
    with (WORDS / language / "LC_MESSAGES" / "sphinx.mo").open("rb") as file:
        said = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    lines = [text for name, text in said.items() if isinstance(text, str) and name and text != name]
    (folder / "index.md").write_text("\n\n".join(lines), encoding="utf-8")
    assert language_by_words(folder) == (language.replace("_BR", "") if language in KNOWN else "")


def test_code_formulas_and_what_is_no_source_say_nothing(folder: Path) -> None:
    code = "```python\n" + "the_words = of + the + code # and of what it is that they are\n" * 90 + "```\n"
    cells = [{"cell_type": "markdown", "source": [GERMAN * 6]}, {"cell_type": "code", "source": ["is not in " * 900]}]
    (folder / "one.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    (folder / "two.md").write_text(code + GERMAN, encoding="utf-8")
    (folder / "broken.ipynb").write_text("{", encoding="utf-8")
    for other in ("_build", ".venv", "node_modules"):
        (folder / other).mkdir()
        (folder / other / "readme.md").write_text("This is what is not in the book. " * 900, encoding="utf-8")
    assert language_by_words(folder) == "de"


def test_what_a_book_leaves_out_and_what_is_no_file_say_nothing(folder: Path) -> None:
    (folder / "index.md").write_text(GERMAN * 6, encoding="utf-8")
    (folder / "english").mkdir()
    (folder / "english" / "index.md").write_text("This is what is not in the book. " * 900, encoding="utf-8")
    (folder / "notes.md").write_text("This is what is not in the book. " * 900, encoding="utf-8")
    os.mkfifo(folder / "pipe.md")
    deep = '{"cells": ' + "[" * 200_000
    (folder / "deep.ipynb").write_text(deep, encoding="utf-8")
    assert language_by_words(folder, ("english", "note*")) == "de"


@pytest.mark.parametrize("text", ["a" * 20_000, "這" * 20_000, "`" * 10_000 + "\n" + "a" * 9_999])
def test_long_lines_without_spaces_cost_no_more_than_others(folder: Path, text: str) -> None:
    (folder / "index.md").write_text(text, encoding="utf-8")
    began = time.process_time()
    prose_of(folder / "index.md")
    assert time.process_time() - began < 0.2


def test_few_words_say_nothing(folder: Path) -> None:
    (folder / "index.md").write_text(GERMAN, encoding="utf-8")
    assert len(GERMAN.split()) < LEAST
    assert language_by_words(folder) == ""


def write_german(book: Book, settings: str) -> None:
    """A German book of two chapters."""
    chapters = "# Buch\n\n```{toctree}\none\ntwo\n```\n"
    for name, text in {"index": chapters, **CHAPTERS}.items():
        book.write(f"{name}.md", text)
    book.write("conf.py", settings)


def test_a_book_is_built_in_the_language_of_its_words_and_says_so(book: Book) -> None:
    write_german(book, "")
    result = book.build(None, "--to", "html,pptx")
    said = "conf.py:1: WARNING: this book is written in German and built so, though nothing names its language: write "
    assert f"{said}language = 'de'. [builder.language]" in result.errors
    assert '<html lang="de"' in (book.folder / "_build/html/one.html").read_text(encoding="utf-8")
    opening = Presentation(str(book.folder / "_build/slides/one.pptx")).slides[0]
    assert "Seite 1" in " ".join(shape.text_frame.text for shape in opening.shapes if shape.has_text_frame)


def test_a_language_that_is_named_stays(book: Book) -> None:
    write_german(book, "language = 'en'")
    result = book.build(None, "--to", "html")
    assert "written in" not in result.errors
    assert '<html lang="en"' in (book.folder / "_build/html/one.html").read_text(encoding="utf-8")


def test_sphinx_itself_stays_in_english_and_it_is_said(book: Book) -> None:
    write_german(book, "extensions = ['myst_parser', 'builder']")
    assert sphinx_build(["-q", str(book.folder), str(book.folder / "_build")]) == 0
    assert "written in German but built in English, as nothing names its language" in book.capture.readouterr().err

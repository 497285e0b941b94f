"""A Jupyter Book 1 folder is built as it is."""

from __future__ import annotations

import weakref
from pathlib import Path

import pytest

from builder.source.jupyter_book import translated

from conftest import SVG, Book
from pdf_text import pages_of

CONFIG = """
title: A book of notebooks
author: Some Body
logo: logo.svg
execute:
  execute_notebooks: off
parse:
  myst_enable_extensions: [dollarmath]
latex:
  latex_engine: xelatex
sphinx:
  extra_extensions: [sphinx.ext.todo, an_extension_that_is_not_here]
  config:
    numfig_format: {figure: "Plate %s"}
    an_option_of_that_extension: 1
"""
TOC = (
    "format: jb-book\nroot: intro\nparts:\n  - caption: The first part\n    chapters:\n      - "
    "file: one\n      - file: two\n"
)


@pytest.fixture
def jupyter(book: Book) -> Book:
    (book.folder / "conf.py").unlink()
    (book.folder / "index.md").unlink()
    book.write("_config.yml", CONFIG)
    book.write("_toc.yml", TOC)
    book.write("logo.svg", SVG)
    book.write("intro.md", "# Welcome\n\nHow the book begins.\n")
    book.write("one.md", "# First\n\nA formula $x^2$.\n\n```{figure} logo.svg\n:alt: A bar\n:name: bar\n\nA bar\n```\n")
    book.write("two.md", "# Second\n\nSee {numref}`bar`.\n")
    return book


@pytest.mark.slow
def test_a_jupyter_book_becomes_a_pdf(jupyter: Book) -> None:
    result = jupyter.build(None, "--to", "pdf")
    assert result.status == 0, result.errors
    text = " ".join(pages_of(result.pdf))
    for words in ("A book of notebooks", "Some Body", "The first part", "See Plate"):
        assert words in text


def test_a_reference_to_a_connection_that_is_gone_does_not_stop_a_jupyter_book(jupyter: Book) -> None:
    class Connection:
        """What `builder serve` has with a page."""

    logged: dict[str, object] = {"connection": weakref.proxy(Connection())}
    logged["itself"] = logged
    del logged  # it is garbage now, which is not collected yet
    result = jupyter.build(None, "--to", "pdf")
    assert result.status == 0, result.errors


def test_chapters_are_counted_from_the_first_at_each_reading_of_a_process(jupyter: Book) -> None:
    jupyter.write("_toc.yml", TOC.replace("first part", "first part\n    numbered: true"))
    jupyter.write("_config.yml", CONFIG.replace("[dollarmath]", "[dollarmath, attrs_block, attrs_inline]"))
    applied = jupyter.call("suggest", "--apply")
    assert applied.status == 0, applied.errors
    assert "{.slide}" in (jupyter.folder / "one.md").read_text()


def test_what_is_not_used_is_listed_once(jupyter: Book) -> None:
    jupyter.write("two.md", "# Second\n\n- [x] Done\n")
    errors = jupyter.build(None, "--to", "pdf").errors
    assert "_config.yml" in errors
    assert "add 'tasklist' to parse.myst_enable_extensions in _config.yml" in errors
    assert errors.count("an_extension_that_is_not_here") == 1
    assert errors.count("latex.latex_engine") == 1
    assert errors.count("an_option_of_that_extension") == 1


def test_a_settings_file_that_is_not_yaml_is_named_with_its_line(jupyter: Book) -> None:
    jupyter.write("_config.yml", "title: A\nauthor: [unclosed\n")
    result = jupyter.build(None, "--to", "pdf")
    assert result.status == 1
    assert "_config.yml:" in result.errors
    assert "Traceback" not in result.errors


def test_contents_of_a_book_before_0_11_are_read_as_they_are(jupyter: Book) -> None:
    jupyter.write("_toc.yml", "- file: intro\n- part: First\n  chapters:\n  - file: one\n")
    result = jupyter.build(None, "--to", "html")
    assert result.status == 0, result.errors
    assert "one.html" in (jupyter.folder / "_build/html/intro.html").read_text()


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        ("- part: Without a root\n", "_toc.yml:1: these are no contents of a book:"),
        ("format: jb-book\n", "_toc.yml:1: these are no contents of a book: 'root' key not found"),
        ("format: [unclosed\n", "_toc.yml:2: this is not YAML"),
    ],
)
def test_contents_that_cannot_be_read_are_named_with_what_to_do(jupyter: Book, contents: str, message: str) -> None:
    jupyter.write("_toc.yml", contents)
    result = jupyter.build(None, "--to", "pdf")
    assert result.status == 1
    assert message in result.errors


def test_settings_are_translated(tmp_path: Path) -> None:
    book = translated(
        {
            "title": "T",
            "only_build_toc_files": True,
            "execute": {"execute_notebooks": False, "timeout": 5},
            "repository": {"url": "https://example.org"},
            "bibtex_bibfiles": ["a.bib"],
            "sphinx": {"config": {"mathjax_config": {"a": 1}}, "recursive_update": True},
        },
        tmp_path,
    )
    assert book.options["project"] == "T"
    assert book.options["external_toc_exclude_missing"] is True
    assert book.options["nb_execution_mode"] == "off"
    assert book.options["html_theme_options"]["repository_url"] == "https://example.org"
    assert "sphinxcontrib.bibtex" in book.options["extensions"]
    assert book.options["mathjax3_config"] == {"a": 1}
    assert book.left_out == []

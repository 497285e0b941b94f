"""Titles and names of documents in scripts of many bytes a letter, as long as file systems take them."""

from __future__ import annotations

import os

import pytest

from builder.store.names import LONGEST, file_name

from conftest import Book

TITLE = "Наука о данных в R для программы цифровых гуманитарных исследований: введение для тех, кто ещё не писал"
NAMES = ("глава-первая-в-которой-говорится-о-данных-и-о-том-как-их-собирают-хранят-и-читают", "統計学入門" * 12)


@pytest.mark.parametrize("name", NAMES)
def test_a_long_title_and_a_long_name_of_a_document_hinder_no_output(book: Book, name: str) -> None:
    book.write("conf.py", f"project = {TITLE!r}\n")
    book.write("index.md", f"# {TITLE}\n\n```{{toctree}}\n{name}\n```\n")
    book.write(f"{name}.md", "# Глава\n\n[Слово]{.point} стоит.\n")
    result = book.build()
    assert (result.status, result.errors) == (0, "")
    assert (book.folder / f"_build/slides/{name}.pptx").is_file()
    assert result.pdf.is_file()
    assert book.build(None).status == 0


def test_names_of_files_are_short_and_differ_where_the_names_do() -> None:
    names = ["one", "one two", "a/b", "a%2Fb", *NAMES, f"{NAMES[0]}1", f"{NAMES[0]}2", "x" * 150, "x" * 151, "x" * 152]
    files = [file_name(name) for name in names]
    assert len(set(files)) == len(names)
    assert all(len(os.fsencode(file)) <= LONGEST and "/" not in file for file in files)
    assert file_name("one two", safe=" ") == "one two"

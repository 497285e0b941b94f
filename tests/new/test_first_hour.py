"""Three people's first quarter of an hour, as docs/howto/first-hour.md has it: book, decks and a folder to publish."""

# One source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import json
import re
import shlex
import time
from pathlib import Path

import pytest

from builder.commands.cli import main

from conftest import PNG

PAGE = Path(__file__).parents[2] / "docs/howto/first-hour.md"
QUARTER = 15 * 60
WORKS = "@book{gauss1801, author = {Gauss, Carl Friedrich}, title = {Disquisitiones}, publisher = {Fleischer}, address = {Leipzig}, year = {1801}}\n"
NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["# Counted\n", "\n", "- One stone\n", "- Two stones\n"]},
            {"cell_type": "code", "metadata": {}, "source": ["1 + 2"], "execution_count": 1, "outputs": [{"output_type": "execute_result", "data": {"text/plain": ["3"]}, "metadata": {}, "execution_count": 1}]},
        ],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}, "nbformat": 4, "nbformat_minor": 5,
    }
)  # fmt: skip
FIRST = {
    "_config.yml": "title: Stones\nauthor: A. Name\nexecute: {execute_notebooks: 'off'}\nbibtex_bibfiles: [works.bib]\nrepository: {url: https://github.com/a-name/stones}\n",
    "_toc.yml": "format: jb-book\nroot: intro\nparts:\n  - caption: Rows\n    chapters: [{file: one}, {file: counted}]\n",
    "intro.md": "# Stones\n\nWhy this book, by {cite:t}`gauss1801`.\n\n```{bibliography}\n```\n",
    "one.md": "# One\n\n## Rows\n\n```{figure} stones.png\n:name: fig-stones\n:alt: Stones\n\nStones\n```\n\n- As {numref}`fig-stones` shows\n- And {doc}`counted` counts\n\n```{admonition} Try\n:class: tip\n\nCount.\n```\n\n$$\n1 + 2 = 3\n$$ (eq-sum)\n\nBy {eq}`eq-sum`.\n",
    "counted.ipynb": NOTEBOOK, "works.bib": WORKS, "stones.png": PNG,
}  # fmt: skip
SECOND = {
    "myst.yml": "version: 1\nproject:\n  title: Stones\n  authors: [{name: A. Name}]\n  toc:\n    - file: intro.md\n    - title: Rows\n      children: [{file: one.md}, {file: counted.ipynb}]\nsite: {template: book-theme}\n",
    "intro.md": "---\ntitle: Stones\n---\n\nWhy this book, by @gauss1801.\n",
    "one.md": "# One\n\n## Rows\n\n:::{figure} stones.png\n:label: fig-stones\n:alt: Stones\n\nStones\n:::\n\n- As @fig-stones shows\n- And [](counted.ipynb) counts [@gauss1801]\n\n:::{tip} Try\nCount.\n:::\n\n:::{prf:theorem} Of sums\n:label: thm-sum\n\n$1 + 2 = 3$\n:::\n\nBy [](#thm-sum).\n",
    "counted.ipynb": NOTEBOOK, "works.bib": WORKS, "stones.png": PNG,
}  # fmt: skip
QUARTO = {
    "_quarto.yml": "project: {type: book}\nbook:\n  title: Stones\n  author: A. Name\n  chapters: [index.qmd, one.qmd, two.qmd]\nbibliography: works.bib\nformat: {html: {theme: cosmo}}\n",
    "index.qmd": "# Preface {.unnumbered}\n\nWhy this book.\n",
    "one.qmd": "# One {#sec-one}\n\n## Rows\n\n- As @fig-stones shows\n- And @sec-two counts [@gauss1801]\n\n![Stones](stones.png){#fig-stones fig-alt=\"Stones\"}\n\n$$\n1 + 2 = 3\n$$ {#eq-sum}\n\n::: {.callout-note}\n## Try\nBy @eq-sum.\n:::\n",
    "two.qmd": "# Two {#sec-two}\n\n::: {.callout-warning}\nCount.\n:::\n\n```{python}\n1 + 2\n```\n",
    "works.bib": WORKS, "stones.png": PNG,
}  # fmt: skip
PATHS = {
    "an empty folder": ("From an empty folder", {}, "course/_build"),
    "Jupyter Book 1": ("From a Jupyter Book", FIRST, "published"),
    "Jupyter Book 2": ("From a Jupyter Book", SECOND, "published"),
    "Quarto": ("From a Quarto book", QUARTO, "ours/_build"),
}
"""Whose path → the section of the page, the book that is there before, the output folder."""


def commands(section: str) -> list[list[str]]:
    """The words of each command of a section of the page."""
    text = PAGE.read_text(encoding="utf-8").partition(f"## {section}")[2].partition("\n## ")[0]
    (block,) = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    return [shlex.split(line) for line in block.splitlines()]


@pytest.mark.slow
@pytest.mark.parametrize("person", PATHS)
def test_each_has_book_decks_and_a_folder_to_publish_within_a_quarter_of_an_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], person: str
) -> None:
    section, book, output = PATHS[person]
    monkeypatch.chdir(tmp_path)
    for name, content in book.items():
        path = tmp_path / "stones" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = sorted(tmp_path.rglob("*"))
    started = time.monotonic()
    for program, *words in commands(section):
        if program == "cd":
            monkeypatch.chdir(words[0])
        else:
            assert main(words) == 0
    assert time.monotonic() - started < QUARTER
    assert "WARNING" not in capfd.readouterr().err
    assert [path for path in sorted(tmp_path.rglob("*")) if "stones" in path.parts[: len(tmp_path.parts) + 1]] == [
        path for path in before if "stones" in path.parts
    ]
    built = tmp_path / output
    assert len(list(built.glob("pdf/*.pdf"))) == 1
    assert len(list(built.glob("slides/*.pptx"))) >= 2
    assert len(list(built.glob("html/downloads/*.pptx"))) >= 2
    assert (built / "html/.nojekyll").is_file()
    assert (built / "html/index.html").is_file()

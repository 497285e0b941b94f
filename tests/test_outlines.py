"""Figures numbered from outlines have the numbers that Sphinx gives them from whole doctrees."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from builder.source.outlines import remembered_outlines

LISTING = "```{code-block} text\n:caption: One more\n:name: one-more\n\nword\n```"
SOURCE = Path(__file__).parent / "books" / "kitchen-sink"


def numbers(source: Path, work: Path) -> dict[str, dict[str, list[tuple[int, ...]]]]:
    """The numbers of all figures, tables, listings and formulas after a reading; MyST gives some formulas a random
    name.
    """
    with patch_docutils(str(source)), docutils_namespace():
        app = Sphinx(source, source, work, work / "doctrees", "dummy", status=None, warning=None)
        app.build()
        found = app.env.toc_fignumbers
    return {name: {kind: list(ids.values()) for kind, ids in kinds.items()} for name, kinds in found.items()}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    shutil.copytree(SOURCE, tmp_path / "book", ignore=shutil.ignore_patterns("_build"))
    return tmp_path / "book"


@pytest.mark.slow
def test_numbers_are_those_of_sphinx(source: Path, tmp_path: Path) -> None:
    expected = numbers(source, tmp_path / "whole")
    kinds = {kind for of_document in expected.values() for kind in of_document}
    assert kinds >= {"figure", "table", "code-block", "displaymath", "theorem"}
    with remembered_outlines():
        assert numbers(source, tmp_path / "outlines") == expected
        assert numbers(source, tmp_path / "outlines") == expected


def pages(source: Path, work: Path) -> dict[str, str]:
    """The pages of the web book, as Sphinx writes them."""
    with patch_docutils(str(source)), docutils_namespace():
        Sphinx(source, source, work, work / "doctrees", "html", status=None, warning=None).build()
    return {path.name: re.sub(r"equation-[-\w]{36}", "", path.read_text("utf-8")) for path in work.glob("*.html")}


@pytest.mark.slow
def test_references_are_those_of_sphinx(source: Path, tmp_path: Path) -> None:
    changed = source / "math.md"
    references = (
        "{numref}`one-more`, {numref}`Part {number} <more-here>`, {numref}`here`, {numref}`words`, {numref}`nowhere`."
    )
    text = f"{references}\n\n{LISTING}\n\n(here)=\n(more-here)=\n## More\n\n(words)=\nWords.\n"
    changed.write_text(f"{changed.read_text('utf-8')}\n\n{text}", encoding="utf-8")
    expected = pages(source, tmp_path / "whole")
    assert "Listing" in expected["math.html"]
    with remembered_outlines():
        assert pages(source, tmp_path / "outlines") == expected
        changed.touch()
        assert pages(source, tmp_path / "outlines") == expected


@pytest.mark.slow
def test_numbers_follow_an_edit(source: Path, tmp_path: Path) -> None:
    with remembered_outlines():
        before = numbers(source, tmp_path / "outlines")
        changed = source / "math.md"
        text = changed.read_text(encoding="utf-8")
        changed.write_text(f"{text}\n\n{LISTING}\n", encoding="utf-8")
        after = numbers(source, tmp_path / "outlines")
    assert after != before
    assert after == numbers(source, tmp_path / "whole")

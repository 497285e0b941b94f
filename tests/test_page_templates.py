"""Templates of web pages are compiled once, and are never other templates than those that the project has."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from builder.web import page_templates

from conftest import CONF, Book


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for compiled templates, and a process that knows none."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(page_templates, "_compiled", {})
    return tmp_path / "cache/book-deck-builder/templates"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the templates that Jinja compiled."""
    names: list[str] = []
    compile_ = Environment.compile

    def noted(self, source, name=None, *more, **named):
        names.append(name or "text")
        return compile_(self, source, name, *more, **named)

    monkeypatch.setattr(Environment, "compile", noted)
    return names


def test_another_process_compiles_no_template_again(
    book: Book, kept: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book.build("# One\n", "--to", "html")
    assert "page.html" in compiled
    page = (book.folder / "_build/html/chapter.html").read_bytes()
    compiled.clear()
    monkeypatch.setattr(page_templates, "_compiled", {})  # as in another process
    book.call("clean")
    book.build("# One\n", "--to", "html")
    assert compiled == []
    assert (book.folder / "_build/html/chapter.html").read_bytes() == page


@pytest.mark.parametrize("content", [b"", b"garbage", b"\0" * 4000])
def test_what_is_damaged_is_compiled_again(
    book: Book, kept: Path, compiled: list[str], content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.build("# One\n", "--to", "html")
    for path in kept.iterdir():
        path.write_bytes(content)
    monkeypatch.setattr(page_templates, "_compiled", {})
    compiled.clear()
    book.call("clean")
    assert book.build("# One\n", "--to", "html").status == 0
    assert "page.html" in compiled


def test_a_filter_of_the_project_s_own_is_the_one_that_it_has_now(book: Book, kept: Path) -> None:
    """Jinja calls filters on constants when it compiles."""
    conf = (
        f"{CONF}templates_path = ['templates']\ndef shout(text):\n    return text.WAY()\n"
        "def setup(app):\n    app.connect('builder-inited', lambda app: "
        "app.builder.templates.environment.filters.update(shout=shout))\n"
    )
    book.write(
        "templates/layout.html", '{% extends "!layout.html" %}{% block footer %}{{ "Words"|shout }}{% endblock %}'
    )
    for way, seen in (("upper", "WORDS"), ("lower", "words")):
        book.write("conf.py", conf.replace("WAY", way))
        assert book.build("# One\n", "--to", "html").status == 0
        assert seen in (book.folder / "_build/html/chapter.html").read_text()


def test_no_more_than_some_are_kept(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_templates, "MOST", 4)
    compiling = page_templates.Compiling(Environment())
    for number in range(20):
        compiling(f"text {number}")
    assert len(list(kept.iterdir())) <= 4

"""What stands round the text of a page of the web book, as a browser lays it out: boxes and colours, on wide screens
and on telephones.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import browser
import pytest

from builder.typeset.scripts import RIGHT_TO_LEFT
from builder.web import links

from conftest import CONF, Book

THEMED = CONF + 'html_theme = "sphinx_book_theme"\n'
CHAPTER = "# Chapter\n\n" + "".join(
    f"## Section {number}\n\n" + "Some words of text. " * 60 + "\n\n" for number in range(4)
)
WIDE, NARROW = (1400, 900), (420, 860)

VISIBLE = """[...document.querySelectorAll('%s')].filter(it => {
    const box = it.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth && getComputedStyle(it).visibility == 'visible';
})"""
SEARCHES = ".search-button-field, .search-button, .search-button__button"
BOX = "JSON.parse(JSON.stringify(document.querySelector('%s').getBoundingClientRect()))"


def shown(chromium: browser.Browser, page: Path, size: tuple[int, int], theme: str = "light") -> browser.Tab:
    """A page in a tab of a size."""
    tab = chromium.tab()
    tab.call(
        "Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1, mobile=size is NARROW
    )
    tab.call("Page.enable")
    choice = f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')"
    tab.call("Page.addScriptToEvaluateOnNewDocument", source=choice)
    tab.go(page.as_uri())
    tab.wait("document.readyState == 'complete' && document.querySelector('article h1')")
    return tab


def box(tab: browser.Tab, selector: str) -> dict[str, Any]:
    """Where an element stands."""
    return dict(tab.ask(BOX % selector))


@pytest.fixture
def page(book: Book, chromium: browser.Browser) -> Path:
    book.write("conf.py", THEMED)
    result = book.build(CHAPTER)
    assert result.status == 0, result.errors
    return book.folder / "_build/html/chapter.html"


def test_a_page_has_one_search_and_no_empty_bar(page: Path, chromium: browser.Browser) -> None:
    tab = shown(chromium, page, WIDE)
    assert box(tab, "#pst-header")["height"] == 0
    assert tab.ask(f"{VISIBLE % SEARCHES}.length") == 1
    assert box(tab, ".search-button-field")["left"] < 300  # in the sidebar
    assert box(tab, ".bd-header-article")["top"] == 0
    assert box(tab, ".bd-sidebar-primary")["top"] == 0
    side, text, contents = (
        box(tab, name) for name in (".bd-sidebar-primary", "article.bd-article", ".bd-sidebar-secondary")
    )
    assert side["right"] <= text["left"] < text["right"] <= contents["left"] < contents["right"] <= WIDE[0]
    assert tab.ask("document.documentElement.scrollWidth") <= WIDE[0]


def test_a_page_on_a_telephone_has_one_search_and_its_text_at_once(page: Path, chromium: browser.Browser) -> None:
    tab = shown(chromium, page, NARROW)
    assert box(tab, "#pst-header")["height"] == 0
    assert tab.ask(f"{VISIBLE % SEARCHES}.length") == 1
    assert box(tab, "article h1")["top"] < 200
    text = box(tab, "article.bd-article")
    assert text["left"] >= 0
    assert text["right"] <= NARROW[0]
    assert text["width"] > NARROW[0] * 0.85
    assert tab.ask("document.documentElement.scrollWidth") <= NARROW[0]


def luminance(colour: str) -> float:
    """About how light ``rgb(20, 24, 30)`` is, from 0 to 1."""
    values = [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]
    return sum(values) / 765


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_dark_page_is_dark_all_over(page: Path, chromium: browser.Browser, size: tuple[int, int]) -> None:
    tab = shown(chromium, page, size, "dark")
    assert luminance(tab.ask("getComputedStyle(document.body).backgroundColor")) < 0.2
    for selector in ("article p", "article h1", ".builder-outputs a", ".bd-header-article .btn"):
        assert luminance(tab.ask(f"getComputedStyle(document.querySelector('{selector}')).color")) > 0.5, selector
    ground = tab.ask("getComputedStyle(document.querySelector('.builder-outputs')).backgroundColor")
    assert luminance(ground) < 0.3


def test_a_bar_that_the_author_asks_for_is_there(book: Book, chromium: browser.Browser) -> None:
    book.write("conf.py", THEMED + 'html_theme_options = {"navbar_persistent": ["search-button-field"]}\n')
    assert book.build(CHAPTER, "--to", "html").status == 0
    tab = shown(chromium, book.folder / "_build/html/chapter.html", WIDE)
    assert box(tab, "#pst-header")["height"] > 20
    assert tab.ask(f"{VISIBLE % SEARCHES}.length") == 2


def test_a_bar_of_the_author_s_has_no_second_search(book: Book, chromium: browser.Browser) -> None:
    book.write("conf.py", THEMED + 'html_theme_options = {"navbar_end": ["theme-version"]}\n')
    assert book.build(CHAPTER, "--to", "html").status == 0
    tab = shown(chromium, book.folder / "_build/html/chapter.html", WIDE)
    assert box(tab, "#pst-header")["height"] > 20
    assert tab.ask(f"{VISIBLE % SEARCHES}.length") == 1


@pytest.mark.slow
def test_other_themes_stay_as_they_are(book: Book) -> None:
    """In a process of its own: the themes leave something behind in each other."""
    book.write("conf.py", CONF + 'html_theme = "pydata_sphinx_theme"\n')
    book.write("chapter.md", CHAPTER)
    subprocess.run([sys.executable, "-m", "builder", "build", "-q", "--to", "html"], cwd=book.folder, check=True)
    assert "navbar-persistent--container" in (book.folder / "_build/html/chapter.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_pages_of_languages_that_run_from_the_right_do(chromium: browser.Browser, book: Book) -> None:
    book.write("conf.py", THEMED + 'language = "ar"\n')
    result = book.build("# الجبر\n\nنصّ قصير.\n\n```python\nx = 1\n```\n", "--to", "html")
    assert result.status == 0, result.errors
    tab = shown(chromium, result.folder / "_build/html/chapter.html", WIDE)
    direction = "getComputedStyle(document.querySelector('%s')).direction"
    assert [tab.ask(direction % where) for where in ("html", "h1", "article p", "pre")] == ["rtl", "rtl", "rtl", "ltr"]
    style = (Path(links.__file__).parent / "static/builder.css").read_text(encoding="utf-8")
    assert set(re.findall(r":lang\((\w+)\)", style)) == RIGHT_TO_LEFT


def test_what_the_theme_has_on_one_side_is_on_the_other_in_a_book_from_the_right(
    book: Book, chromium: browser.Browser
) -> None:
    book.write("conf.py", THEMED + 'language = "he"\n')
    result = book.build("# פרק\n\n## סעיף\n\nמילים.\n\n```{note}\nהערה.\n```\n", "--to", "html")
    assert result.status == 0, result.errors
    tab = shown(chromium, book.folder / "_build/html/chapter.html", WIDE)
    sidebar, article = box(tab, ".bd-sidebar-primary"), box(tab, ".bd-article-container")
    assert sidebar["right"] > WIDE[0] - 40
    assert 0 <= sidebar["left"] - article["right"] < 40
    link = box(tab, "nav.bd-links a.reference")
    assert 0 < sidebar["right"] - link["right"] < 40
    style = "getComputedStyle(document.querySelector('%s')).%s"
    assert tab.ask(style % (".bd-sidebar-primary", "borderLeftWidth")) == "1px"
    assert tab.ask(style % (".admonition", "borderRightWidth")) != "0px"
    assert tab.ask(style % (".admonition", "borderLeftWidth")) == "0px"

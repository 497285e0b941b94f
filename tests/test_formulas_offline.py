"""Formulas of the web book need no network, and are read aloud in the book's language."""

# One case, one call or one line of a source stands on a line, however long.

from __future__ import annotations

import re

import browser
import pytest
from bs4 import BeautifulSoup

from conftest import CONF, Book

CHAPTER = r"""# The $\chi^2$ statistic

In a line $x \in \RR^n$, with chemistry $\ce{H2O}$ and words $\text{Привет}$.

$$
\begin{pmatrix}a & b\\ c & d\end{pmatrix} \xrightarrow{f} \mathscr{L}, \bm{x} = \qty{2}{\metre\per\second}
$$

## Without formulas
"""
MACROS = 'mathjax3_config = {"tex": {"macros": {"RR": r"\\mathbb{R}"}}}\n'


def page(book: Book, name: str = "chapter") -> BeautifulSoup:
    return BeautifulSoup((book.folder / f"_build/html/{name}.html").read_text(encoding="utf-8"), "html.parser")


def scripts(book: Book) -> list[str]:
    return [str(script["src"]).partition("?")[0] for script in page(book).find_all("script") if script.has_attr("src")]


def test_a_browser_shows_formulas_without_a_network(book: Book, chromium: browser.Browser) -> None:
    book.write("conf.py", CONF + MACROS)
    assert book.build(CHAPTER, "--to", "html").status == 0
    tab = chromium.tab()
    tab.call("Network.enable")
    tab.call("Network.setBlockedURLs", urls=["http://*", "https://*"])
    tab.call("Page.enable")
    tab.go((book.folder / "_build/html/chapter.html").as_uri())
    tab.wait("document.querySelectorAll('mjx-container mjx-c').length > 10")
    tab.wait("[...document.fonts].some(font => font.family.startsWith('MJX') && font.status == 'loaded')")
    assert not tab.ask("document.querySelectorAll('mjx-merror').length"), tab.ask(
        "document.querySelector('mjx-merror').outerHTML"
    )
    assert tab.ask(
        "[...document.querySelectorAll('article .math, .body .math')].every(it => !it.innerText.includes('\\\\'))"
    )
    assert tab.ask("document.querySelectorAll('mjx-assistive-mml math').length") == tab.ask(
        "document.querySelectorAll('mjx-container').length"
    )


def test_pages_have_what_mathjax_lacks_in_its_commands_but_for_macros_of_the_author(book: Book) -> None:
    book.write("conf.py", CONF + MACROS)
    assert book.build(CHAPTER + "\n$\\bm{a}\\SI{3}{\\kg}$ and $\\bm{\\RR}$\n", "--to", "html").status == 0
    shown = [found.get_text() for found in page(book).select("span.math")]
    assert r"\(\boldsymbol{a}3\,\mathrm{kg}\)" in shown
    assert r"\(\bm{\RR}\)" in shown


def test_pages_name_no_address_of_a_network_for_formulas(book: Book) -> None:
    assert book.build(CHAPTER, "--to", "html").status == 0
    assert "_static/mathjax/start.js" in scripts(book)
    assert not [source for source in scripts(book) if "://" in source]
    assert (book.folder / "_build/html/_static/mathjax/LICENSE").read_text().count("Apache License") > 0


@pytest.mark.parametrize(
    ("lines", "loaded"),
    [
        ('mathjax_path = "https://example.org/own.js"\n', "https://example.org/own.js"),
        ('mathjax_path = "mine.js"\nhtml_static_path = ["mine"]\n', "_static/mine.js"),
        ('mathjax2_config = {"TeX": {}}\n', "https://cdn.jsdelivr.net/npm/mathjax@4/tex-mml-chtml.js"),
    ],
)
def test_an_author_keeps_a_mathjax_of_his_own(book: Book, lines: str, loaded: str) -> None:
    book.write("conf.py", CONF + lines + 'suppress_warnings = [""]\n')
    book.write("mine/mine.js", "")
    book.build(CHAPTER, "--to", "html")
    assert loaded in scripts(book)
    assert not (book.folder / "_build/html/_static/mathjax").exists()


def test_a_book_without_formulas_brings_no_mathjax(book: Book) -> None:
    assert book.build("# Chapter\n\nWords.\n", "--to", "html").status == 0
    assert not (book.folder / "_build/html/_static/mathjax").exists()


def test_formulas_say_themselves_in_the_language_of_the_book(book: Book) -> None:
    book.write("conf.py", CONF + MACROS + 'language = "de"\n')
    book.build(CHAPTER, "--to", "html")
    labels = [formula["aria-label"] for formula in page(book).select("section .math[role=math]")]
    assert labels[:3] == ["Chi Quadrat", "x ist Element von R hoch n", "H Index 2 O"]


def test_a_page_is_named_by_its_title_in_unicode(book: Book) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\nother\n```\n")
    book.write("other.md", "# Other\n\nNo formula here, but one in the contents beside it.\n")
    book.build(CHAPTER, "--to", "html")
    title = page(book).title
    assert title is not None
    assert title.text.startswith("The χ² statistic")
    assert "start.js" in str(page(book, "other"))
    search = (book.folder / "_build/html/searchindex.js").read_text(encoding="utf-8")
    assert r'"The \u03c7\u00b2 statistic"' in search
    assert r"\\chi" not in search


@pytest.mark.slow
def test_no_label_has_a_command_of_latex(book: Book) -> None:
    book.build(CHAPTER, "--to", "html")
    for name in ("chapter", "index"):
        for tag in page(book, name).find_all(True):
            for key in ("alt", "aria-label", "title", "alttext"):
                assert not re.search(r"\\[a-zA-Z]", str(tag.get(key, ""))), tag

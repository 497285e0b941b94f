"""Equations have one number on page, web page and slide, also where formulas refer to them."""

from __future__ import annotations

import re
from itertools import chain

import browser
import pytest
from bs4 import BeautifulSoup

from builder.typeset.math.for_web import within_display

from conftest import CONF, Book
from pdf_text import pages_of

AMS = CONF.replace('"dollarmath"]', '"dollarmath", "amsmath"]') + 'mathjax3_config = {"tex": {"tags": "ams"}}\n'
CHAPTER = r"""# Chapter

## Apples

{.slide}
$$x \text{ by \eqref{euler}, } \eqref{rows} \text{ or \ref{named}}$$

```{math}
:label: euler
:class: slide
e = -1
```

## Pears

{.slide}
\begin{align}
a &= b \label{first} \\
c &= d \label{rows} \\
e &= f \notag \\
g &= \frac{\frac{a}{b}}{\frac{c}{d}} \tag{$\star$}\label{named}
\end{align}

## Plums

{.slide}
\begin{multline}
a + b \\ = c
\end{multline}

{.slide}
$$
\begin{align}
p &= q \\
r &= s
\end{align}
$$
"""
NUMBERS = {"Apples": ["(1.1)"], "Pears": ["(1)", "(2)", "(⋆)"], "Plums": ["(3)", "(4)", "(5)"]}


def on_slide(slide: object) -> list[str]:
    """The numbers beside the formulas of a slide, from top to bottom."""
    found = [one for one in slide.shapes if one.name == "Equation number"]  # type: ignore[attr-defined]
    return [one.text_frame.text for one in sorted(found, key=lambda one: one.top)]


def test_numbers_and_references_are_alike_on_page_web_and_slide(book: Book, chromium: browser.Browser) -> None:
    book.write("conf.py", AMS)
    result = book.build(CHAPTER, "--to", "html,pdf,pptx")
    assert (result.status, result.errors) == (0, "")
    slides = {slide.shapes.title.text: slide for slide in result.deck().slides if slide.shapes.title is not None}
    assert {title: on_slide(slides[title]) for title in NUMBERS} == NUMBERS

    typst = result.typst()
    assert re.findall(r'"(\(\S+\))"\)', typst) == [*chain(*NUMBERS.values())]
    printed = " ".join(pages_of(result.pdf))
    assert "by (1.1), (2) or ⋆" in " ".join(printed.split())

    tab = chromium.tab()
    tab.go((book.folder / "_build/html/chapter.html").as_uri())
    tab.wait("document.querySelectorAll('mjx-container').length == 5")
    assert not tab.ask("document.querySelectorAll('mjx-merror').length")
    assert tab.ask("document.querySelectorAll('span.eqno').length") == 1
    assert tab.ask("document.querySelectorAll('mjx-labels mjx-mtd').length") == 6
    shown = book.folder / "_build/html/chapter.html"
    first = BeautifulSoup(shown.read_text(encoding="utf-8"), "html.parser").find("div", class_="math")
    assert r"\text{ by (1.1), } \eqref{rows}" in first.get_text()


ALL = r"""# Chapter

## Apples

{.slide}
$$
\begin{align}
a &= b \\
c &= d
\end{align}
$$ (whole)

{.slide}
$$x = y$$

{.slide}
$$x = z \notag$$

{.slide}
$$
p &= q \\
r &= s
$$

{.slide}
$$E = mc^2 \tag{7}$$
"""


def test_where_mathjax_numbers_all_displays_have_a_number(book: Book, chromium: browser.Browser) -> None:
    book.write("conf.py", AMS.replace('"tags": "ams"', '"tags": "all"'))
    result = book.build(ALL, "--to", "html,pptx")
    assert (result.status, result.errors) == (0, "")
    assert [number for slide in result.deck().slides for number in on_slide(slide)] == ["(1.1)", "(1)", "(2)", "(7)"]
    tab = chromium.tab()
    tab.go((book.folder / "_build/html/chapter.html").as_uri())
    tab.wait("document.querySelectorAll('mjx-container').length == 5")
    assert not tab.ask("document.querySelectorAll('mjx-merror').length")
    glyphs = "[...document.querySelectorAll('mjx-container')].map(x => x.querySelectorAll('mjx-labels mjx-c').length)"
    assert tab.ask(glyphs) == [0, 3, 0, 3, 3]


WITHIN = {
    r"\begin{align} a &= b \label{x} \\ c &= d \notag \end{align}": r"\begin{aligned} a &= b  \\ c &= d  \end{aligned}",
    r"\begin{alignat*}{2} a &= b \end{alignat*}": r"\begin{alignedat}{2} a &= b \end{alignedat}",
    r"\begin{eqnarray} a &=& b \end{eqnarray}": r"\begin{array}{rcl} a &=& b \end{array}",
    r"\begin{equation} a \end{equation}": " a ",
    "a = b": "a = b",
}


@pytest.mark.parametrize("latex", WITHIN)
def test_environments_stand_within_a_display_that_has_the_number(latex: str) -> None:
    assert within_display(latex) == WITHIN[latex]


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (r"a = \eqref{here}", "(1.1)"),
        (r"a \overset{\ref{here}}{=} b", "1.1"),
        (r"a \text{ see \eqref{within}}", "(1.1)"),
        (r"a = \eqref{other}", "(2.1)"),
    ],
)
def test_references_in_formulas_are_numbers_on_slides(book: Book, formula: str, words: str) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\n:numbered:\n\nchapter\nlast\n```\n")
    book.write("last.md", "# Last\n\n$$y = 2$$ (other)\n")
    chapter = f"# Chapter\n\n$$x = 1 \\label{{within}}$$ (here)\n\n## Section\n\n{{.slide}}\n$$\n{formula}\n$$\n"
    result = book.build(chapter, "--to", "pptx")
    assert (result.status, result.errors) == (0, "")
    assert words in "".join("".join(slide._element.itertext()) for slide in result.deck().slides)


def test_a_reference_in_a_formula_to_no_equation_is_named_with_its_place(book: Book) -> None:
    result = book.build("# Chapter\n\n## Section\n\n{.slide}\n$$\nx = \\eqref{nowhere}\n$$\n", "--to", "pdf,pptx")
    assert "chapter.md:6: WARNING: the formula" in result.errors
    assert result.errors.count("refers to 'nowhere'") == 1

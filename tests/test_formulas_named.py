"""Formulas in titles, captions, heads and cells: set where the format can, in Unicode where it cannot, said aloud."""

# One case, one call or one line of a source stands on a line, however long.

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from bs4 import BeautifulSoup
from lxml import etree

from conftest import CONF, PNG, Book, Result, built_once, notes
from pdf_text import pages_of

CHAPTER = r"""# The $\chi^2$ statistic and $\hat{\beta}_1$

{.slide}
## Why $R^2 \le 1$

Behind the slide stands $\frac{a+b}{c}$ of $\RR$. [The integral $\int_0^1 f(x)\,dx$]{.point}

```{figure} box.png
:class: slide

Values of $\frac{a}{b}$ in *italics*.
```

{.slide}
## A table

:::{table} Values of $\chi^2_{n-1}$
:class: slide

| $n$ | Matrix |
|-----|------|
| 1 | $\begin{pmatrix}1 & 2\end{pmatrix}$ |
:::

:::{admonition} The $t$-test
:class: slide

Words of the box.
:::

{.slide}
## Nothing but a formula

```{math}
:class: slide

e^{i\pi} + 1 = 0
```

```{slide} From $x<0$ to $x \ge 0$
:layout: comparison

Below $x_0$
: - One

Above $x_0$
: - Two
```
"""
NAMED_BY_TITLES = r"""# Names

(why)=
{.slide}
## Why $R^2 \le 1$

{.slide}
See {ref}`why`, {ref}`curve` and {ref}`the curve <curve>`.

```{notes}
Say {ref}`why`.
```

```{figure} box.png
:name: curve

A curve of $\frac{a}{b}$
```
"""
MACROS = 'mathjax3_config = {"tex": {"macros": {"RR": r"\\mathbb{R}"}}}\n'
URIS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """One build of the chapter, at which all tests look."""
    files = {"conf.py": CONF + MACROS, "chapter.md": CHAPTER, "box.png": PNG}
    return built_once(tmp_path_factory.mktemp("formulas"), files)


def as_others_see(slide: Any) -> list[str]:
    """The paragraphs of a slide in programs without Office math."""
    root = etree.fromstring(etree.tostring(slide.element))
    for choice in root.iterfind(".//mc:Choice", URIS):
        choice.getparent().remove(choice)
    return [text for paragraph in root.iterfind(".//a:p", URIS) if (text := "".join(paragraph.itertext()).strip())]


def set_in(slide: Any, kind: str) -> list[str]:
    """Letters of the formulas that PowerPoint shows in shapes of a kind, ``p:sp[...]`` or ``p:graphicFrame``."""
    shapes = slide.element.xpath(f".//*[local-name()='Choice']//{kind}")
    return ["".join(math.itertext()) for shape in shapes for math in shape.iter(f"{{{URIS['m']}}}oMath")]


def test_titles_of_slides_are_set(built: Result) -> None:
    title, first, *_ = built.deck().slides
    assert set_in(title, "p:sp[.//p:ph[@type='ctrTitle']]") == ["χ2", "β1"]
    assert set_in(first, "p:sp[.//p:ph[@type='title']]") == ["R2≤1"]
    assert as_others_see(title)[0] == "The χ² statistic and β̂₁"
    assert as_others_see(first)[0] == "Why R² ≤ 1"


def test_captions_points_boxes_cells_and_heads_of_columns_are_set(built: Result) -> None:
    slides = built.deck().slides
    captions = [set_in(slide, "p:sp[.//p:cNvPr[@name='Caption']]") for slide in slides]
    assert captions[1:3] == [["ab"], ["χn−12"]]
    assert set_in(slides[2], "p:graphicFrame") == ["n", "12"]
    assert set_in(slides[2], "p:sp[.//p:cNvPr[@name='Box']]") == ["t"]
    heads = [shape for shape in set_in(slides[4], "p:sp") if shape.startswith("x0")]
    assert heads == ["x0", "x0"]


def test_formulas_have_the_colour_of_the_text_that_they_stand_in(built: Result) -> None:
    title, _first, table, *_ = built.deck().slides
    inks = "//*[local-name()='oMath']//a:solidFill/*/@val"
    assert set(title.element.xpath(inks)) == {"FFFFFF"}
    of_table = table.element.xpath("//p:graphicFrame" + inks)
    assert (of_table[0], set(of_table[1:])) == ("bg1", {"tx1"})


def test_programs_without_office_math_show_unicode(built: Result) -> None:
    slides = list(map(as_others_see, built.deck().slides))
    assert "Figure 1.1 · Values of a/b in italics." in slides[1]
    assert "The integral ∫₀¹ f(x) dx" in slides[1]
    assert "Table 1.1 · Values of χ²ₙ₋₁" in slides[2]
    assert {"n", "Matrix", "1", "(1, 2)"} <= set(slides[2])
    assert "The t-test" in slides[2]
    assert "From x < 0 to x ≥ 0" in slides[4]


def test_references_named_by_a_title_with_formulas_have_these(book: Book) -> None:
    book.write("box.png", PNG)
    book.write("conf.py", CONF)
    result = book.build(NAMED_BY_TITLES)
    assert (result.status, result.errors) == (0, "")
    assert "See Why R² ≤ 1, A curve of a/b and the curve." in as_others_see(result.deck().slides[1])
    assert notes(result.deck().slides[1])[0] == "Say Why R² ≤ 1."
    page = BeautifulSoup((result.folder / "_build/html/chapter.html").read_text(encoding="utf-8"), "lxml")
    named = [link.select_one(".math") for link in page.select("p > a.reference.internal")]
    assert [str(math.string) if math else None for math in named[:3]] == [r"\(R^2 \le 1\)", r"\(\frac{a}{b}\)", None]
    assert r"\le" not in result.typst()


def test_footers_properties_bookmarks_and_notes_are_in_unicode(built: Result) -> None:
    deck = built.deck()
    assert deck.core_properties.title == "The χ² statistic and β̂₁"
    assert "The χ² statistic and β̂₁" in as_others_see(deck.slides[1])[-2:]
    assert notes(deck.slides[1])[0].startswith("Behind the slide stands (a + b)/c of ℝ. The integral ∫₀¹ f(x) dx")
    assert bookmarks(built.folder / "_build/slides/chapter.pdf")[:2] == ["The χ² statistic and β̂₁", "Why R² ≤ 1"]
    assert {"1 The χ² statistic and β̂₁", "1.1 Why R² ≤ 1"} <= set(bookmarks(built.pdf))


def bookmarks(path: Path) -> list[str]:
    """All bookmarks of a PDF."""

    def below(items: Any) -> Iterator[str]:
        for item in items:
            yield item.title
            yield from below(item.children)

    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return list(below(outline.root))


def alternatives(built: Result) -> dict[str, list[str]]:
    """All alternative texts of the book: in PDF, in the deck and on web pages."""
    found: dict[str, list[str]] = {}
    for path in (built.pdf, built.folder / "_build/slides/chapter.pdf"):
        with pikepdf.open(path) as pdf:
            found[path.name] = [
                str(thing["/Alt"]) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
            ]
    found["deck"] = [
        shape.get("descr")
        for slide in built.deck().slides
        for shape in slide.element.iter(f"{{{URIS['p']}}}cNvPr")
        if shape.get("descr")
    ]
    pages = [
        BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        for page in (built.folder / "_build/html").glob("*.html")
    ]
    found["web"] = [
        str(tag[key])
        for page in pages
        for tag in page.find_all(True)
        for key in ("alt", "aria-label")
        if tag.has_attr(key)
    ]
    return found


def test_no_alternative_text_is_latex(built: Result) -> None:
    found = alternatives(built)
    for texts in found.values():
        assert texts
        assert not [text for text in texts if re.search(r"[\\^{}$]", text)]
    for name in found.keys() - {"deck"}:
        assert {"chi squared", "beta hat sub 1", "R squared is less than or equal to 1"} <= set(found[name]), name
    assert "e to the power, i pi, end exponent plus 1 equals 0" in found["deck"]


def test_a_book_reads_its_formulas_in_its_language(book: Book) -> None:
    book.write("conf.py", CONF + 'language = "de"\n')
    result = book.build("# Eins\n\nEs ist $R^2 \\le 1$.\n", "--to", "pdf")
    assert "R Quadrat ist kleiner oder gleich 1" in result.typst()


def test_a_macro_that_one_chapter_defines_is_what_it_says_there_in_all(book: Book) -> None:
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\nother\n```\n")
    book.write("other.md", "# Other\n\n## Slide\n\n- A mean $\\mean x$\n")
    for letter in "EF":
        result = book.build(f"# Chapter\n\nDefined by $\\newcommand{{\\mean}}{{{letter}}} x$.\n", "--to", "pptx")
        assert f"A mean {letter}x" in as_others_see(result.deck("other").slides[1])


GLOSSARY = r"""# Chapter

Of $\gamma$ and others.

```{glossary}
the $\gamma_1$ term
  Its meaning.
```
"""


def test_the_index_has_the_formulas_of_terms_in_unicode(book: Book) -> None:
    result = book.build(GLOSSARY, "--to", "html", "--to", "pdf")
    web = (book.folder / "_build/html/genindex.html").read_text(encoding="utf-8")
    assert "the γ₁ term" in BeautifulSoup(web, "html.parser").text
    assert "the γ₁ term" in " ".join(" ".join(pages_of(result.pdf)).split())

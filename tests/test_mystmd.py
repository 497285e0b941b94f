"""A Jupyter Book 2 (``myst.yml``) is built as it is."""

# One source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from builder.source import mystmd, mystmd_embeds
from builder.source.mystmd import groups_in, outside
from builder.source.mystmd_documents import with_texts
from builder.source.mystmd_text import rewritten, roles_of_labels
from builder.store.limits import Limit

from conftest import SVG, Book
from pdf_text import pages_of

SETTINGS = """
version: 1
project:
  title: A book of stones
  subtitle: In rows
  authors: [{name: A. Name}, B. Name]
  math: {'\\half': '\\tfrac12'}
  keywords: [stones]
  numbering: {headings: true, title: true}
  abbreviations: {HTML: markup}
  toc:
    - file: welcome.md
    - title: The first part
      children:
        - file: one.md
          children: [{file: below.md}]
    - file: two.md
site:
  template: book-theme
"""
FILES = {
    "welcome.md": "---\ntitle: Welcome\n---\n\nHow it begins.\n",
    "one.md": "# One\n\n```{figure} stones.svg\n:label: fig-stones\n:alt: Stones\n\nStones in a row\n```\n\nAs @gauss1801 says [@gauss1801].\n",
    "below.md": "# Below\n\nWords.\n",
    "two.md": "# Two\n\n```{glossary}\nstone\n: Hard matter.\n\nwood\n: Soft matter.\n```\n\nSee [](#fig-stones) and $\\half$. `@gauss1801` stays.\n",
    "works.bib": "@book{gauss1801, author = {Gauss, Carl Friedrich}, title = {Disquisitiones}, publisher = {Fleischer}, address = {Leipzig}, year = {1801}}\n",
    "stones.svg": SVG,
}  # fmt: skip


@pytest.fixture
def second(book: Book) -> Book:
    """A Jupyter Book 2."""
    (book.folder / "conf.py").unlink()
    (book.folder / "index.md").unlink()
    book.write("myst.yml", SETTINGS)
    for name, content in FILES.items():
        book.write(name, content)
    return book


DISPLAYED = """# Two

{.slide}
- A point with $$a = b$$ in it
- and
  $$
  c = d
  $$
- and
  \\begin{equation*}
  e = f
  \\end{equation*}

{.slide}
| First | Second |
|---|---|
| $$g = h$$ | word |

{.slide}
Term
: Words $$i = j$$ words
"""


def test_displayed_formulas_within_sentences_items_cells_and_definitions_lose_their_dollars(second: Book) -> None:
    second.write("two.md", DISPLAYED)
    second.write("myst.yml", "project:\n  title: Stones\n  toc:\n    - file: welcome.md\n    - file: two.md\n")
    result = second.build(None, "--to", "pdf,pptx")
    on_slides = "".join("".join(slide._element.itertext()) for slide in result.deck("two").slides)
    assert result.status == 0
    assert "A point with" in on_slides
    assert "$" not in on_slides + "".join(pages_of(result.pdf))
    book = pdfium.PdfDocument(result.pdf)
    page = book[len(book) - 1]
    text = page.get_textpage()
    first, _count = text.search("Second").get_next()
    assert text.get_charbox(first + 5)[2] < page.get_width() * 0.9  # within the margins


@pytest.mark.slow
def test_a_second_jupyter_book_is_built_as_it_is(second: Book) -> None:
    result = second.build(None)
    assert result.status == 0
    assert result.errors == ""
    text = "".join("".join(pages_of(result.pdf)).split())
    for words in (
        "A book of stones",
        "In rows",
        "A. Name, B. Name",
        "THE FIRST PART",
        "Below",
        "Gauss (1801) says",
        "(Gauss 1801)",
    ):
        assert words.replace(" ", "") in text
    page = (second.folder / "_build/html/two.html").read_text(encoding="utf-8")
    assert "@gauss1801stays" in text
    assert 'href="one.html#fig-stones"' in page


def test_without_contents_the_documents_follow_by_name(second: Book) -> None:
    second.write("myst.yml", "project:\n  title: T\n")
    second.write("index.md", "# First\n")
    for name in ("below.md", "L9-stone_age/L10.md", "L9-stone_age/L9.md", "L9-stone_age/more/last.md", "L10/word.md"):
        second.write(name, f"# Page {name}\n\nWords.\n\n## Section\n\nMore.\n")
    result = second.build(None, "--to", "html,pptx")
    page = (second.folder / "_build/html/index.html").read_text(encoding="utf-8")
    assert (result.status, "toctree" in result.errors) == (0, False)
    names = ["below", "one", "two", "L9-stone_age/L9", "L9-stone_age/L10", "L9-stone_age/more/last", "L10/word"]
    places = [page.index(f"{name}.html") for name in names]
    assert places == sorted(places)
    assert "L9 stone age" in page
    assert len(list((second.folder / "_build/slides").glob("*.pptx"))) >= len(names)


def test_settings_that_are_no_yaml_are_named_with_their_line(second: Book) -> None:
    second.write("myst.yml", "project:\n  title: [\n")
    result = second.build(None)
    assert result.status == 1
    assert "myst.yml:3: this is not YAML" in result.errors


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("```{figure} a.png\n:label: x\n```\n", "```{figure} a.png\n:name: x\n```\n"),
        ("```{math}\n:label: x\na\n```\n", "```{math}\n:label: x\na\n```\n"),
        (
            "```{glossary}\nA\n: one\ngoes on\n  and on\n\nB\n: two\nC\n: three\n- four\n```\n```{glossary}\nD\n: five\nlast\n```\nEnd\n",
            "```{glossary}\nA\n  one\n  goes on\n  and on\n\nB\n  two\nC\n  three\n- four\n```\n```{glossary}\nD\n  five\n  last\n```\nEnd\n",
        ),
        ("So @a says.\n", "So {cite:t}`a` says.\n"),
        ("So [@a; @b].\n", "So {cite:p}`a,b`.\n"),
        ("See @sec-x.\n", "See [](#sec-x).\n"),
        ("So [@https://doi.org/10.1/x].\n", "So [10.1/x](https://doi.org/10.1/x).\n"),
        (
            "[rows](xref:site#sum) and [](xref:site/page#sum)\n",
            "[rows](https://example.org) and [site](https://example.org/page#sum)\n",
        ),
        ("<xref:site/page>\n", "[site](https://example.org/page)\n"),
        ("{raw:latex}`\\x` and `{raw:latex}`\n", "{raw-latex}`\\x` and `{raw:latex}`\n"),
        ("```{include} a.md\n:lines: 2-3\n```\n", "```{include-lines} a.md\n:lines: 2-3\n```\n"),
        (
            "```{include} a.py\n:lang: r\n:literal:\n```\n",
            "```{literalinclude} a.py\n:language: r\n:class: as-it-is\n```\n",
        ),
        ("```{include} a.md\n```\n", "```{include} a.md\n```\n"),
        ("[rows](xref:other#sum)\n", "rows\n"),
        (
            ":::{note} A title\n:label: x\n:icon: false\nwords\n:::\n",
            ":::{admonition} A title\n:name: x\n:class: note\nwords\n:::\n",
        ),
        (":::{tip} A title\n:class: dropdown\n:::\n", ":::{admonition} A title\n:class: tip dropdown\n:::\n"),
        (":::{tip} Words\nand more\n:::\n", ":::{admonition} Words\nand more\n:::\n"),
        ("{cite:p}`10.1234/x.y`\n", "[10.1234/x.y](https://doi.org/10.1234/x.y)\n"),
        ("name@a.org\n", "name@a.org\n"),
        ("[rows](@sec-x)\n", "[rows](#sec-x)\n"),
        ("```{code}c\nx\n```\n", "```{code-block} c\nx\n```\n"),
        (":::{warning} All that it has.\n:::\n", ":::{warning} All that it has.\n:::\n"),
        ("So [see @a, p. 3; @b] and [-@a].\n", "So {cite:p}`{see}a{p. 3},b` and {cite:p}`a`.\n"),
        ("[as @c, p. 3]\n", "[as [](#c), p. 3]\n"),
        ("[Figure %s](#f) and [{number}](#f)\n", "{numref}`Figure {number} <f>` and {numref}`{number} <f>`\n"),
        ("![](#page) and ![](#f)\n", "![](#page) and ![](#f)\n"),
        ("[](#page) and [so](#page)\n", "[](/one.md) and [so](/one.md)\n"),
        ("$$ \\label{e} a = b $$\n", "$$  a = b $$ (e)\n"),
        ("2. $$ a = b \\label{e}$$\n", "2. $$ a = b $$ (e)\n"),
        (": $$ a = b \\label{e}$$\n", ": $$ a = b $$ (e)\n"),
        ("---\ntitle: T\n---\n# A\n\n## B\n", "---\ntitle: T\n---\n## A\n\n### B\n"),
        ("---\ntitle: T\n---\n# T\n\n## B\n", "---\ntitle: T\n---\n\n\n## B\n"),
        ("---\ntitle: T\n---\n## B\n", "---\ntitle: T\n---\n## B\n"),
        (":::{prf:lemma}\n:enumerated: false\n:::\n", ":::{prf:lemma}\n:nonumber:\n:::\n"),
        ("::::{grid}\n:::{card} A\n:::\n::::\n", "::::{grid}\n:::{grid-item-card} A\n:::\n::::\n"),
        ("{cite:p}`a; b` and {cite}`a;b`\n", "{cite:p}`a,b` and {cite}`a,b`\n"),
        ("{button}`Begin <one.md>`\n", "[Begin](one.md)\n"),
        (
            "```{code} python\n:filename: a.py\n:linenos:\n@a\n```\n",
            "```{code-block} python\n:caption: a.py\n:linenos:\n@a\n```\n",
        ),
        (
            "```{code-block}\n:caption: C\n:filename: a.py\n```\n",
            "```{code-block}\n:caption: C\n:filename: a.py\n```\n",
        ),
        ("::::{tab-set}\n:::{tab} A\n:::\n::::\n", "::::{tab-set}\n:::{tab-item} A\n:::\n::::\n"),
        (":::{proof:lemma}\n:label: l\n:::\n", ":::{prf:lemma}\n:label: l\n:::\n"),
        (
            ":::{glossary}\nstone\n: hard\n\nwood\n: soft\n:::\n\nwords\n",
            ":::{glossary}\nstone\n  hard\n\nwood\n  soft\n:::\n\nwords\n",
        ),
        ("```python\n@a\n```\n@a\n", "```python\n@a\n```\n{cite:t}`a`\n"),
    ],
)
def test_what_mystmd_writes_in_another_way(written: str, expected: str) -> None:
    assert rewritten(written, {"a", "b"}, sites={"site": "https://example.org"}, pages={"page": "/one.md"}) == expected


THEOREM = ":::{prf:theorem} Of stones\n:nonumber:\n:label: thm-x\n\nHard.\n:::\n"


def test_theorems_are_referred_to_by_their_labels() -> None:
    assert roles_of_labels(THEOREM + ":::{note}\n:label: y\n:::\n") == {"thm-x": "prf:ref"}
    text = "See [](#thm-x), @thm-x, [this](#thm-x) and [](#y).\n"
    expected = "See {prf:ref}`thm-x`, {prf:ref}`thm-x`, {prf:ref}`this <thm-x>` and [](#y).\n"
    assert rewritten(text, set(), {"thm-x": "prf:ref"}) == expected


def test_what_is_not_in_the_contents_is_not_read_and_links_to_theorems_and_to_wikipedia_lead_there(
    second: Book,
) -> None:
    second.write(
        "two.md",
        f"# Two\n\n{THEOREM}\nSee [](#thm-x) and [Stone](wiki:Stone).\n\n```{{glossary}}\nstone\n: hard\n```\n",
    )
    second.write("old.md", "# Old\n\n{nonsense}`x`\n")
    result = second.build(None, "--to", "html")
    assert "old.md" not in result.errors
    assert "two.md" not in result.errors
    page = (second.folder / "_build/html/two.html").read_text(encoding="utf-8")
    assert 'href="#thm-x"' in page
    assert 'href="https://en.wikipedia.org/wiki/Stone"' in page


def test_settings_of_a_first_book_that_lost_its_contents_do_not_hide_those_of_the_second(second: Book) -> None:
    second.write("_config.yml", "title: Old\n")
    assert second.build(None, "--to", "html").status == 0


def test_a_key_that_is_nearly_right_is_named_with_the_one_that_was_meant(second: Book) -> None:
    second.write("myst.yml", SETTINGS.replace("subtitle:", "subtitel:").replace("- file: two.md", "- fiel: two.md"))
    said = second.build(None, "--to", "pptx").errors
    assert "project.subtitel (did you mean 'project.subtitle'?)" in said
    assert "project.toc.fiel (did you mean 'project.toc.file'?)" in said


def test_of_a_chapter_as_notebook_and_as_text_that_one_is_read_which_is_named(tmp_path: Path) -> None:
    for name in ("one.md", "one.ipynb", "two.md", "two.ipynb", "three.md"):
        (tmp_path / name).touch()
    assert sorted(outside([{"file": "one.ipynb"}, {"file": "two"}], tmp_path)) == ["one.md", "three.md"]


def test_groups_within_groups_follow_in_the_order_of_the_contents() -> None:
    stones = {"title": "Of stones", "children": [{"file": "b.md"}, {"title": "Small", "children": [{"file": "c.md"}]}]}
    nested = {"title": "Empty", "children": [{"title": "Of wood", "children": [{"file": "d.md"}]}]}
    found = groups_in("Rows", [{"file": "a.md"}, stones, nested, {"file": "e.md"}])
    assert [(title, [entry["file"] for entry in files]) for title, files in found] == [
        ("Rows", ["a.md"]),
        ("Of stones", ["b.md"]),
        ("Small", ["c.md"]),
        ("Empty: Of wood", ["d.md"]),
        ("Rows", ["e.md"]),
    ]


@pytest.mark.parametrize(
    ("asked", "depth"),
    [
        ("", 0),
        ("numbering: false", 0),
        ("numbering: {figure: true, headings: false}", 0),
        ("numbering: true", 7),
        ("numbering: {headings: true}", 7),
        ("numbering: {headings: {enabled: true}, title: true}", 6),
        ("numbering: {title: true}", 1),
        ("numbering: {heading_1: true, heading_2: Section %s}", 3),
        ("numbering: {all: true, heading_3: false, h4: false, heading_5: false, heading_6: false}", 3),
    ],
)
def test_headings_have_numbers_where_the_settings_ask_for_them(book: Book, asked: str, depth: int) -> None:
    book.write("myst.yml", f"project:\n  title: Stones\n  {asked}\n  toc: [{{file: a.md}}, {{file: b.md}}]\n")
    read = mystmd.read(book.folder)
    assert re.findall(":numbered: (.*)", read.ends["a"]) == [str(depth)] * bool(depth)


def test_titles_that_an_author_has_numbered_by_hand_have_no_second_number(second: Book) -> None:
    second.write("myst.yml", SETTINGS.replace("  numbering: {headings: true, title: true}\n", ""))
    second.write("two.md", "# 2. The ice ages\n\n## Causes\n\nWords.\n")
    result = second.build(None, "--to", "html,pdf")
    assert result.status == 0
    page = (second.folder / "_build/html/two.html").read_text(encoding="utf-8")
    assert re.search(r"<h1>2. The ice ages<", page)
    assert "2.1" not in "".join(pages_of(result.pdf))


def test_contents_of_groups_alone_begin_with_their_first_document(book: Book) -> None:
    for name in ("a.md", "b.md", "parts/c.md", "parts/d.md"):
        book.write(name, "# A title\n")
    book.write(
        "myst.yml",
        "project:\n  title: Stones\n  toc:\n    - title: Rows\n      children:\n        - title: Of stones\n"
        "          children: [{file: a.md}, {file: b.md}]\n        - title: Of wood\n"
        "          children: [{pattern: parts/*.md}]\n",
    )
    read = mystmd.read(book.folder)
    assert read.options["root_doc"] == "a"
    assert re.findall(":caption: (.*)\n\n(.*)", read.ends["a"]) == [
        ("Rows: Of stones", "/b"),
        ("Rows: Of wood", "/parts/*"),
    ]


def test_groups_within_groups_and_tables_of_any_kind(second: Book) -> None:
    second.write(
        "myst.yml",
        "project:\n  title: Stones\n  toc:\n    - file: welcome.md\n    - title: Rows\n      children:\n"
        "        - title: Of stones\n          children: [{file: two.md}]\n",
    )
    html = "<table><tr><td>cut stones</td></tr></table>"
    second.write(
        "two.md",
        f"# Two\n\n:::{{table}} In HTML\n:label: tab-html\n{html}\n:::\n\n:::{{table}} Both\n:label: tab-both\n\n"
        "| a |\n|---|\n| b |\n\n| c |\n|---|\n| d |\n:::\n\n:::{figure} stones.svg\n:label: fig-one\n:alt: Stones\n"
        "1. Stones in a row\n:::\n\nSee @tab-html, @tab-both and @fig-one.\n",
    )
    result = second.build(None, "--to", "html,pdf")
    assert (result.status, result.errors) == (0, "")
    text = "".join("".join(pages_of(result.pdf)).split()).casefold()
    for words in ("rows:ofstones", "inhtml", "cutstones", "seetable1,table2andfig.1."):
        assert words in text


def test_rules_below_titles_and_what_stands_in_notebooks_are_read_as_mystmd_reads_them(second: Book) -> None:
    texts = ["# Two\n", "---\n", "So @gauss1801 says, and [others](xref:site).\n"]
    cells = [{"cell_type": "markdown", "metadata": {}, "source": [text]} for text in texts]
    second.write("two.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))
    (second.folder / "two.md").unlink()
    second.write("last.md", "# The last\n\nWords.\n")
    second.write("below.md", "# Below\n\n---\n\nWords.\n\n---\n")
    second.write(
        "myst.yml",
        SETTINGS.replace("two.md", "two.ipynb, children: [{file: last.md}]")
        .replace("- file: two", "- {file: two")
        .replace("last.md}]", "last.md}]}")
        .replace("abbreviations: {HTML: markup}", "references: {site: {url: 'https://example.org'}}"),
    )
    result = second.build(None, "--to", "html")
    assert result.errors == ""
    page = (second.folder / "_build/html/two.html").read_text(encoding="utf-8")
    assert "So Gauss (1801) says" in re.sub(r"<[^>]+>", "", page)
    assert 'href="https://example.org">others' in page
    assert "last.html" in page


MARKS = """---
label: page-two
abbreviations: {LAT: Lowest Tide}
math: {'\\\\low': 'h_0'}
---
# Two

HTML and LAT, {u}`under` {del}`gone` {keyboard}`Alt` {chem}`H2O` {si}`10 <\\metre\\per\\second>`, $\\low$.

:::{iframe} https://example.org/applet/
:label: applet
An applet.
:::

:::{figure}
:label: fig-both
![one](stones.svg)
![two](stones.svg)

Both.
:::

:::{blockquote}
:name: said
Quoted.
:::

```{glossary}
stone
: hard
```

:::{grid} 2
A first thing.

```{card} Titled
A second.
```

- A third
:::

See [Figure %s](#fig-both) and [](#applet), and [what was said](#said).

$$
a = b
$$ (eq:same)

```{math}
:label: other
c = d
```

By [Equation %s](#eq:same), [(%s)](#other) and [](#other); [as said](two.md#eq:same).

:::{embed} #fig-both
:::

:::{figure} #fig-both
Once more.
:::

:::{iframe} https://www.youtube.com/embed/dQw4w9WgXcQ
A film of *stones*.
:::
"""


def test_roles_directives_and_settings_of_mystmd_alone(second: Book) -> None:
    second.write("base.yml", "project:\n  abbreviations: {WWW: a web}\n  title: Not this\n")
    second.write("myst.yml", "extends: base.yml" + SETTINGS)
    second.write("two.md", MARKS)
    second.write("below.md", "# Below\n\nThe WWW, and @page-two.\n")
    result = second.build(None, "--to", "html,pdf")
    assert result.errors == ""
    page = (second.folder / "_build/html/two.html").read_text(encoding="utf-8")
    assert '<abbr title="markup">HTML</abbr>' in page
    assert '<abbr title="Lowest Tide">LAT</abbr>' in page
    assert "H<sub>2</sub>O" in page
    assert page.count('class="sd-col ') == 3  # of the grid
    assert re.search(r'youtube.com[^>]* title="A film of stones."', page)
    assert '<iframe src="https://example.org/applet/"' in page
    below = (second.folder / "_build/html/below.html").read_text(encoding="utf-8")
    assert '<abbr title="a web">WWW</abbr>' in below
    assert 'href="two.html"' in below
    text = " ".join(" ".join(pages_of(result.pdf)).split())
    assert "A book of stones" in text
    for words in (
        "under gone Alt",
        "m/s",
        "applet/",
        "An applet.",
        "Fig. 2.4 A film of stones",
        "Both.",
        "Quoted.",
        "A first thing. Titled A second.",
        "See Figure",
        "By Equation (2.1) , (2.2) and (2.2) ; as said (2.1) .",
    ):
        assert words in text


def test_the_language_of_the_site_is_that_of_the_book(second: Book) -> None:
    second.write("myst.yml", f"{SETTINGS.rstrip()}\n  options: {{lang: es}}\n")
    result = second.build(None, "--to", "pdf")
    assert (result.status, result.errors) == (0, "")
    assert any("Índice general" in text for text in pages_of(result.pdf))


def test_marks_are_written_into_a_second_jupyter_book_whose_pages_are_read_again_as_before(second: Book) -> None:
    applied = second.call("suggest", "--apply")
    assert (applied.status, "another one" in applied.errors) == (0, False), applied.errors
    assert "{.slide}" in (second.folder / "one.md").read_text()


SHOWN = """---
label: page-one
---
# One

:::{figure} stones.svg
:label: fig-stones
:alt: Stones

Stones in a row[^n].
:::

[^n]: Of granite.

$$ a = b $$ (eq-one)

(sec-one)=
## A section

Its words, and [](#fig-stones).

:::{table} Of weights
:label: tab-one
| heavy |
|---|
| light |
:::

::::{card} A card
:label: card-one
:link:
Within the card.
::::
"""
EMBEDS = """# Two

{.slide}
![](#fig-stones)

```{embed} #eq-one
```

{.slide}
:::{embed} #tab-one
:::

![](#card-one)

![](#cell-one)

:::{embed} #sec-one
:::

:::{figure} #fig-stones
:label: fig-again
Once more.
:::

See [](#fig-again).

{.slide}
![A film of stones](film.mp4)

:::{figure} film.mp4
:alt: Again
In a figure.
:::

{.slide}
:::{iframe} https://www.youtube.com/embed/dQw4w9WgXcQ
Of falling stones
:::

![](#nothing)

(me)=
## Of me

:::{embed} #me
:::
"""


def test_embeds_show_what_has_their_label_in_the_web_book_in_print_and_on_slides(second: Book) -> None:
    second.write("one.md", SHOWN)
    second.write("two.md", EMBEDS)
    second.write("film.mp4", b"film")
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Cells"]},
        {
            "cell_type": "code",
            "metadata": {},
            "source": ["#| label: cell-one\n", "print(1)"],
            "execution_count": 1,
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["a result"]}],
        },
    ]
    named = {"kernelspec": {"name": "python3", "display_name": "P"}, "language_info": {"name": "python"}}
    second.write("cells.ipynb", json.dumps({"cells": cells, "metadata": named, "nbformat": 4, "nbformat_minor": 4}))
    files = ", ".join(f"{{file: {name}}}" for name in ("welcome.md", "one.md", "cells.ipynb", "two.md"))
    second.write("myst.yml", f"project:\n  title: Stones\n  numbering: true\n  toc: [{files}]\n")
    result = second.build(None, "--to", "html,pdf,pptx")
    assert [line.partition("two.md:")[2] for line in result.errors.splitlines() if "WARNING" in line] == [
        "40: WARNING: #nothing cannot be shown here: nothing has this label. [builder.mystmd]",
        "45: WARNING: #me cannot be shown here: it holds this place itself. [builder.mystmd]",
    ]
    page = (second.folder / "_build/html/two.html").read_text(encoding="utf-8")
    article = re.sub(r"<[^>]+>", "", page.partition("<article")[2].partition("</article>")[0])
    in_print = " ".join(pages_of(result.pdf)).partition("Two")[2]
    for text in (article, in_print):
        for words in (
            "Stones in a row",
            "Of granite.",
            "Of weights",
            "Within the card.",
            "a result",
            "Its words, and Fig.",
        ):
            assert words in text
        assert "print(1)" not in text.rpartition("Two")[2]
    assert 'id="fig-stones"' not in page
    assert 'href="one.html#fig-stones"' in page  # what the section refers to stays where it is
    on_slides = "".join("".join(slide._element.itertext()) for slide in result.deck("two").slides)
    assert "Stones in a row" in on_slides
    assert "light" in on_slides
    assert "Of falling stones" in on_slides
    assert page.count('<span class="caption-number">Fig. 1.1 </span>') == 1  # the number of the one that is shown again
    assert page.count('<span class="caption-number">Table 1.1 </span>') == 2
    assert "Fig. 1.1" in on_slides
    whole = " ".join(" ".join(pages_of(result.pdf)).split())
    assert whole.count("Fig. 1.1 Stones in a row") == 3  # in the list of figures, and twice in the text
    films = re.findall(r'<video controls src="([^"]+)"', page)
    assert len(films) == 2
    assert all((second.folder / "_build/html" / film).read_bytes() == b"film" for film in films)
    assert any(part.partname.endswith(".mp4") for part in result.deck("two").part.package.iter_parts())
    second.write("one.md", SHOWN.replace("in a row", "in a ring"))
    second.build(None, "--to", "html")
    assert "Stones in a ring" in (second.folder / "_build/html/two.html").read_text(encoding="utf-8")


PAPER = """---
title: Two
abstract: All in short.
acknowledgments: Thanks to *all*.
parts:
  data_availability: On request.
  keypoints: [Stones are *hard*.]
  funding: None.
---

See [rows](xref:other#sum), [](xref:other#mean) and `[a](xref:that#x)`.

:::{topic} Mine
:class: abstract
Words of a box.
:::

So {raw:latex}`\\LaTeX`{raw:typst}`#str(6 * 7)` ends.

```{include} _lines.txt
:lines: 1, 3-
```

```{include} _code.py
:lang: python
:lines: 2
```

```{code-cell}
:label: the-cell
:tags: [hide-input]
print(1234)
!ls
```

:::{note}
```{code-cell} r
:tags: [remove-input]
y <- 2
```
:::
"""


def test_parts_of_front_matter_raw_roles_lines_of_files_and_cells_without_a_kernel(second: Book) -> None:
    second.write("two.md", PAPER)
    second.write("_lines.txt", "Line *one*.\nLine two.\nLine three.\n")
    second.write("_code.py", "first = 1\nsecond = 2\n")
    second.write("last.ipynb", json.dumps({"cells": CELLS, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))
    second.write(
        "myst.yml",
        SETTINGS.replace("    - file: two.md", "    - file: two.md\n    - file: last.ipynb")
        + "  options: {lang: de}\n",
    )
    result = second.build(None, "--to", "html,pdf")
    assert [line.partition("two.md:")[2] for line in result.errors.splitlines() if "WARNING" in line] == [
        "11: WARNING: links into 'other' are words only: 'references' of myst.yml has no project of that name; write its "
        "address there, below 'project' (other: https://...). [builder.mystmd]",
        "1: WARNING: the part 'funding' of the front matter is not shown: write it as a section. [builder.mystmd]",
    ]
    page = (second.folder / "_build/html/two.html").read_text(encoding="utf-8")
    article = re.sub(r"<[^>]+>", "", page.partition("<article")[2].partition("</article>")[0])
    for words in (
        "So  ends.",
        "Line one.\nLine three.",
        "second = 2",
        "Words of a box.",
        "print(",
        "Danksagung\nThanks to all.",
    ):
        assert words in article
    assert "Verfügbarkeit der Daten" in article
    assert (
        article.index("Two")
        < article.index("All in short.")
        < article.index("Kernpunkte")
        < article.index("Stones are hard.")
        < article.index("So  ends.")
    )
    for words in ("Line two", "first = 1", "y <- 2", "LaTeX"):
        assert words not in article
    assert "<details" in page  # as MyST-NB folds an input
    in_print = " ".join(" ".join(pages_of(result.pdf)).split())
    assert "So 42 ends." in in_print
    assert "1234" in in_print


CODE_CELL = {"cell_type": "code", "metadata": {}, "source": ["x = 1"], "execution_count": None, "outputs": []}
CELLS = [{"cell_type": "markdown", "metadata": {}, "source": ["# Last"]}, CODE_CELL]


def test_embeds_that_hold_embeds_end_at_a_limit(second: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mystmd_embeds, "EMBED_DEPTH", Limit("embeds", 6, "levels"))
    monkeypatch.setattr(mystmd_embeds, "EMBEDDED_NODES", Limit("embeds", 200, "elements"))
    parts = (
        f"(of-{number})=\n## Part {number}\n\n![](#of-{number + 1})\n\nBetween.\n\n![](#of-{number + 1})\n"
        for number in range(9)
    )
    second.write("welcome.md", "# Welcome\n\n" + "\n".join(parts) + "\n(of-9)=\n## End\n\nThe last words.\n")
    second.write("myst.yml", "project:\n  title: Stones\n  toc: [{file: welcome.md}]\n")
    result = second.build(None, "--to", "html")
    assert "the page shows more than 200 elements in embeds" in result.errors
    assert "there are more than 6 levels of embeds" in result.errors
    assert "The last words." in (second.folder / "_build/html/welcome.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("comment", ["<!-- ```{bibliography}\n``` -->", "% ```{bibliography}\n% ```"])
def test_a_list_of_works_in_a_comment_lists_none(second: Book, comment: str) -> None:
    second.write("two.md", f"{FILES['two.md']}\n{comment}\n")
    result = second.call("build", "--to", "html")
    assert "could not find bibtex key" not in result.errors
    assert "Disquisitiones" in (second.folder / "_build/html/two.html").read_text(encoding="utf-8")


CELLS_WITH_FRONT_MATTER = [
    ("numbering:\n  title: {offset: 1}", ["# Of stones\n\nWords."], "# Of stones", []),
    ("title: Of stones", ["Words.", "## Cut\n\nWords."], "# Of stones", ["## Cut"]),
    ("title: Of stones", ["# Of stones\n\nWords.", "# Cut\n\n## Sawn\n"], "# Of stones", ["## Cut", "### Sawn"]),
    ("title: Of stones", ["# Of stones\n\n```\n# no heading\n```"], "# Of stones", ["# no heading"]),
]


@pytest.mark.parametrize(("settings", "cells", "title", "below"), CELLS_WITH_FRONT_MATTER)
def test_front_matter_in_the_first_cell_of_a_notebook_is_no_text(
    settings: str, cells: list[str], title: str, below: list[str]
) -> None:
    texts = [f"---\n{settings}\n---\n\n{cells[0]}", *cells[1:]]
    notebook = {
        "cells": [{"cell_type": "markdown", "metadata": {}, "source": [text]} for text in texts],
        "metadata": {},
    }
    read = json.loads(with_texts(json.dumps(notebook), str, ""))
    lines = "\n".join(cell["source"] for cell in read["cells"]).splitlines()
    assert [line for line in lines if line.startswith("#")] == [title, *below]
    assert not {"---", *settings.splitlines()} & set(lines)
    if title in cells[0]:
        assert (read["cells"][0]["source"]).count("\n") == texts[0].count("\n")


def test_the_title_of_a_deck_is_that_of_its_notebook_and_parts_of_its_front_matter_are_read(second: Book) -> None:
    text = "---\nnumbering:\n  title:\n    offset: 0\nabstract: Cut long ago.\n---\n\n# Of stones\n\nWords.\n"
    cells = [{"cell_type": "markdown", "metadata": {}, "source": [text]}]
    second.write("two.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))
    (second.folder / "two.md").unlink()
    second.write("myst.yml", SETTINGS.replace("two.md", "two.ipynb"))
    result = second.build(None, "--to", "html")
    assert (result.status, result.errors) == (0, "")
    page = (second.folder / "_build/html/two.html").read_text(encoding="utf-8")
    assert re.search(r"<h1>(?:<span[^>]*>[^<]*</span>)?Of stones<", page)
    assert "Cut long ago." in page
    assert "offset" not in page


def test_numbers_of_a_page_of_its_own_are_told_to_have_no_effect(second: Book) -> None:
    second.write(
        "two.md",
        "---\nnumbering: false\n---\n# Two\n\n```{math}\n:label: one\n:enumerator: 7\n:enumerated: false\na\n```\n\n"
        "```md\n```{math}\n:enumerator: 8\n```\n",
    )
    said = [line.partition("two.md:")[2] for line in second.build(None, "--to", "html").errors.splitlines()]
    assert [line.partition(": WARNING: ")[::2] for line in said if "no effect" in line] == [
        (
            "2",
            "'numbering' has no effect in the front matter; numbers are those of the book, by ':numbered:' of its "
            "toctree, or 'numbering' in its myst.yml. [builder.slip]",
        ),
        ("8", "':enumerator: 7' has no effect: numbers are counted through the book. [builder.mystmd]"),
        ("9", "':enumerated:' has no effect on a formula: one with a label has a number. [builder.mystmd]"),
    ]


def test_a_directive_that_has_nothing_to_show_here_may_have_options(second: Book) -> None:
    second.write("two.md", "# Two\n\n:::{toc}\n:context: children\n:depth: 2\n:::\n\nWords.\n")
    result = second.build(None, "--to", "html")
    assert (result.status, result.errors) == (0, "")
    assert "Words." in (second.folder / "_build/html/two.html").read_text(encoding="utf-8")

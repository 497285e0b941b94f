"""What documents show of others: an edit has those made again that show something that it changed, and no others."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from edits import appended, each_gives_what_a_clean_build_gives, removed, replaced, together, written
from sphinx.addnodes import pending_xref

from builder.source.sought import last_words, words_of

from conftest import SVG, Book

CONF = """
project = "A book"
author = "An Author"
copyright = "2026, An Author"
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
html_theme = "alabaster"
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "dollarmath"]
myst_heading_anchors = 3
numfig = True
bibtex_bibfiles = ["works.bib"]
suppress_warnings = ["ref", "myst"]
"""
REFERRING: dict[str, str | bytes] = {
    "conf.py": CONF,
    "index.md": "# Root\n\n```{toctree}\n:numbered:\n\ngiver\ntaker\nalone\n```\n\n```{toctree}\n\napi\nmore\nsources\n```\n",
    "giver.md": """(giver)=
# Giver

{.slide}
## Plain *words*

[A sentence]{.point} that {cite:p}`smith` says.

```{figure} picture.svg
:name: fig-picture

A rectangle
```

```{math}
:label: law
a = b
```

```{glossary}
aimag
  A province.
```

(deep)=
### Deep

```{csv-table} Rows
:name: tab-rows

a, b
```
""",
    "taker.md": """# Taker

{.slide}
## Begin

[A bullet with {numref}`fig-picture`]{.point}, and [](giver.md), [](giver.md#plain-words), [](#deep), [](#plain-words), {ref}`giver`.

{.slide}
## Others

[A bullet with {eq}`law` and {term}`aimag`]{.point}, {numref}`tab-rows`, {doc}`giver`, {any}`giver`, {cite:t}`smith`.

## In vain

Here are {ref}`later`, {numref}`fig-later`, {term}`sum`, {py:func}`later_on`, {py:class}`.Thing`, {py:meth}`box.Thing.open`,
[](later.md), [](giver.md#later), [](#later-too), {any}`whatever`, {option}`tool --later`, {option}`tool --now`, {eq}`later-law`.

Read [](more.rst), [the rest](api.md) and [more](folder/other.md).
""",
    "alone.md": "# Alone\n\n{.slide}\n## By itself\n\n[A bullet]{.point} of its own.\n",
    "api.md": "# Objects\n\n```{py:class} box.Thing\n\nA thing.\n\n:::{py:method} open\n\nOpens it.\n:::\n```\n\n```{program} tool\n```\n\n```{option} --now\n\nAt once.\n```\n\nSee {doc}`more`.\n",
    "more.rst": "More\n====\n\n.. [Note1] A work of the old kind.\n\nIt is [Note1]_.\n",
    "sources.md": "# Sources\n\n```{bibliography}\n```\n",
    "works.bib": "@book{smith, author = {Smith, Ann}, title = {A Title}, publisher = {P}, year = {1999}}\n",
    "picture.svg": SVG,
}  # fmt: skip
EDITS: dict[str, Callable[[Book], None]] = {
    "the title of a section, and not its name in links": replaced("giver.md", "## Plain *words*", "## *Plain* words"),
    "the title of a section": replaced("giver.md", "## Plain *words*", "## Fancy words"),
    "the title of a chapter": replaced("giver.md", "# Giver", "# Who gives"),
    "a section before another": replaced("giver.md", "(deep)=", "### Before\n\nWords.\n\n(deep)="),
    "a caption": replaced("giver.md", "A rectangle", "A red rectangle"),
    "a figure before another": replaced("giver.md", "```{figure}", "```{figure} picture.svg\n\nBefore\n```\n\n```{figure}"),
    "an equation before another": replaced("giver.md", "```{math}", "```{math}\n:label: first\nc = d\n```\n\n```{math}"),
    "a label that is gone": replaced("giver.md", "(deep)=\n", ""),
    "a label that was sought": replaced("alone.md", "## By itself", "(later)=\n## By itself"),
    "a figure that was sought": appended("alone.md", "\n```{figure} picture.svg\n:name: fig-later\n\nLater\n```\n"),
    "a term that was sought": appended("alone.md", "\n```{glossary}\nSum\n  All of it.\n```\n"),
    "a function that was sought": appended("api.md", "\n```{py:function} box.later_on(x)\n\nLater.\n```\n\n```{py:function} later_on(x)\n\nLater.\n```\n"),
    "another class of the same name": appended("alone.md", "\n```{py:class} chest.Thing\n\nAnother.\n```\n"),
    "a class is gone": replaced("api.md", "box.Thing", "box.Thong"),
    "an option that was sought": appended("api.md", "\n```{program} tool\n```\n\n```{option} --later <when>\n\nLater.\n```\n"),
    "an equation that was sought": appended("alone.md", "\n```{math}\n:label: later-law\nx = y\n```\n"),
    "a document that was sought": together(written("later.md", "# Later\n\nWords.\n"), replaced("index.md", "alone", "alone\nlater")),
    "a section that was sought": appended("giver.md", "\n## Later\n\nWords.\n"),
    "an object of any kind that was sought": appended("alone.md", "\n(whatever)=\n## Whatever\n\nWords.\n"),
    "a heading that was sought": appended("taker.md", "\n## Later too\n\nWords.\n"),
    "a document is below another": together(replaced("index.md", "api\nmore\n", "api\n"), appended("api.md", "\n```{toctree}\nmore\n```\n")),
    "a document is in no toctree": together(replaced("index.md", "api\nmore\n", "api\n"), replaced("more.rst", "More\n====", ":orphan:\n\nMore\n====")),
    "a document is gone": together(removed("more.rst"), replaced("index.md", "more\n", "")),
    "a document with a figure is gone, and is listed still": removed("giver.md"),
    "a document in a folder that was sought": together(written("folder/other.md", "# Other\n\nWords.\n"), replaced("index.md", "alone", "alone\nfolder/other")),
    "a citation of the old kind": replaced("more.rst", "It is", "Words.\n\n.. [Note0] Another.\n\nIt is [Note0]_ and"),
    "the order of chapters": replaced("index.md", "giver\ntaker", "taker\ngiver"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("part", range(3))
def test_what_refers_to_it_is_as_in_a_clean_build(book: Book, part: int, capfd: pytest.CaptureFixture[str]) -> None:
    each_gives_what_a_clean_build_gives(book, "referring", REFERRING, dict(list(EDITS.items())[part::3]), capfd)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("box.Thing.open", ".open"), ("Foo<int>::bar", "bar"), ("ns::foo(int a)", "foo"), ("--later", "tool --later=now"),
        ("folder/other", "folder/other.md"), ("λ", "λ"), ("+", "+"),
    ],
)  # fmt: skip
def test_who_looks_for_the_end_of_a_name_notes_a_word_that_it_ends_in(name: str, target: str) -> None:
    assert last_words(name) & set(words_of(pending_xref(reftarget=target)))


def test_only_those_that_refer_to_it_are_made_again(book: Book) -> None:
    """A figure before another has another number: its own document says that, and the one that refers to it."""
    for name, content in REFERRING.items():
        book.write(name, content)
    assert translated(book) == (6, 6)
    EDITS["a figure before another"](book)
    assert translated(book) == (2, 6)
    book.write(
        "alone.md", f"{book.folder.joinpath('alone.md').read_text(encoding='utf-8')}\n(apart)=\n## Apart\n\nWords.\n"
    )
    assert translated(book) == (1, 6)


def translated(book: Book) -> tuple[int, int]:
    """How many documents a build brought into Typst, and of how many."""
    said = book.call("build")
    found = re.search(r"translating (\d+) of (\d+) documents", said.out)
    assert found is not None, said.out
    return int(found[1]), int(found[2])

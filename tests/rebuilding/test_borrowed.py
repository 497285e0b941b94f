"""What documents show of others in more ways: after each edit all is as a clean build gives it."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable

import pytest
from edits import appended, each_gives_what_a_clean_build_gives, removed, replaced, together, written

from conftest import SVG, Book

CONF = """
project = "A book"
author = "An Author"
copyright = "2026, An Author"
extensions = ["myst_parser", "sphinx.ext.autosectionlabel", "sphinx.ext.todo", "sphinx.ext.viewcode", "sphinx_design", "sphinx_exercise", "sphinx_proof", "sphinxcontrib.bibtex"]
html_theme = "alabaster"
html_theme_options = {"globaltoc_collapse": False, "globaltoc_maxdepth": 4}
html_sidebars = {"**": ["globaltoc.html", "relations.html"]}
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "dollarmath", "substitution"]
myst_heading_anchors = 3
myst_substitutions = {"press": "The Press"}
numfig = True
todo_include_todos = True
todo_link_only = True
numfig_format = {"figure": "Picture %s"}
bibtex_bibfiles = ["works.bib"]
bibtex_reference_style = "author_year"
builder_appendices = ["back"]
suppress_warnings = ["ref", "myst", "autosectionlabel", "toc"]
"""
BOOK: dict[str, str | bytes] = {
    "conf.py": CONF,
    "index.md": "# Root\n\n```{toctree}\n:numbered:\n:caption: Parts\n\none\ntwo\nthree\nback\nlist\n```\n",
    "one.md": """(one)=
# One

Words of {{ press }}, {cite:t}`smith`; {cite:p}`jones`.

## Introduction

(same)=
### A place

```{figure} picture.svg
:name: fig-one

A *rectangle*
```

```{exercise} A riddle
:label: riddle
What is it?
```

```{exercise} No number
:label: plain
:nonumber:
What is that?
```

```{prf:theorem} Of all
:label: of-all
It is so.
```

```{glossary}
Common term
  As in one.
```

```{math}
:label: equal
a = b
```

```{todo}
Do one.
```

```{index} single: apple; red
```

```{py:function} common(x)

Of one.
```
""",
    "two.md": """# Two

{.slide}
## Introduction

[A point, see {ref}`same` and {numref}`fig-one`]{.point}, {ref}`Introduction`, {term}`common term`, {eq}`equal`, {py:func}`common`.

{ref}`riddle`, {ref}`plain`, {prf:ref}`of-all`, {numref}`riddle`, {cite:t}`brown`, {numref}`See {name} <fig-one>`, {ref}`back-place`, {numref}`fig-back`.

```{include} part.txt
```

````{solution} riddle
:label: sol-riddle
It is this.
````

````{solution} plain
:label: sol-plain
It is that.
````

````{solution} unborn
:label: sol-unborn
It is not.
````

```{card} A card
:link: same
:link-type: ref
```

```{toctree}
:maxdepth: 3

deep/first
deep/second
```

Words after. [](#introduction) [](three.rst#a-section) {ref}`sol-riddle` {doc}`deep/first`.
""",
    "part.txt": "(of-part)=\n\nWords of a part, and {numref}`fig-one`.\n",
    "three.rst": """Three
=====

.. |short| replace:: a long word

Introduction
------------

|short|, `A section`_, hidden_, :ref:`same`, :ref:`of-part`, :doc:`one`.

.. _hidden: one.html

A section
---------

.. _apart:

.. todo:: Do three.

.. include:: part.inc

.. glossary::

   Other term
      As in three.

.. productionlist:: grammar
   sum: product

:token:`grammar:sum`
""",
    "part.inc": "Words of :term:`Common term`.\n",
    "back.md": "# Back\n\n(back-place)=\n## Place\n\n```{figure} picture.svg\n:name: fig-back\n\nAt the back\n```\n\n{ref}`one`\n",
    "deep/first.md": "# Deep first\n\n## Introduction\n\n### Inside\n\n{numref}`fig-one`\n\n```{toctree}\n\nlow\n```\n",
    "deep/second.md": "# Deep second\n\n{ref}`riddle`\n\n```{contents}\n:local:\n```\n\n## Here\n",
    "deep/low.md": "# Low\n\n## Lower\n\n{cite:p}`smith,brown`\n",
    "list.md": "# Lists\n\n```{todolist}\n```\n\n```{bibliography}\n:style: plain\n```\n",
    "lone.md": "---\norphan: true\n---\n\n# Lone\n\n{ref}`same` {ref}`riddle`\n",
    "works.bib": "".join(f"@book{{{key}, author = {{{key.title()}, Ann}}, title = {{Title of {key}}}, publisher = {{P}}, year = {{1999}}}}\n" for key in ("smith", "jones", "brown", "adams")),
    "picture.svg": SVG,
}  # fmt: skip
EDITS: dict[str, Callable[[Book], None]] = {
    "a first work is cited in a document of its own": appended("deep/first.md", "\n{cite:p}`adams`\n"),
    "a work is cited no more": replaced("two.md", "{cite:t}`brown`, ", ""),
    "a work by the same author": replaced("works.bib", "Adams, Ann", "Smith, Ann"),
    "a label twice, before": appended("back.md", "\n(same)=\n## Same\n"),
    "a label twice, in an edit of the first": together(appended("two.md", "\n(one)=\n## Same\n"), replaced("one.md", "# One", "# The one")),
    "the title of an exercise": replaced("one.md", "{exercise} A riddle", "{exercise} The riddle"),
    "the title of an exercise without number": replaced("one.md", "{exercise} No number", "{exercise} Numberless"),
    "an exercise before": replaced("one.md", "```{exercise} A riddle", "```{exercise} First\n:label: first\nWhy?\n```\n\n```{exercise} A riddle"),
    "an exercise that was sought": appended("deep/second.md", "\n```{exercise} Born\n:label: unborn\nWho?\n```\n"),
    "an exercise gets no number": replaced("one.md", ":label: riddle", ":label: riddle\n:nonumber:"),
    "an exercise is gone": together(replaced("one.md", ":label: riddle", ":label: mystery"), replaced("two.md", "{ref}`sol-riddle` ", "")),
    "the title of a theorem": replaced("one.md", "Of all", "Of some"),
    "a theorem before": replaced("one.md", "```{prf:theorem}", "```{prf:theorem} First\n:label: prf-first\nSo.\n```\n\n```{prf:theorem}"),
    "a theorem gets no number": replaced("one.md", ":label: of-all", ":label: of-all\n:nonumber:"),
    "a term": replaced("one.md", "Common term", "common Term"),
    "a term twice": appended("three.rst", "\n.. glossary::\n\n   Common term\n      As in three.\n"),
    "a function twice": appended("deep/low.md", "\n```{py:function} common(x)\n\nOf low.\n```\n"),
    "a section of a name that others have": replaced("deep/first.md", "### Inside", "### Place"),
    "a section is called otherwise": replaced("three.rst", "Introduction\n------------", "Opening\n------------"),
    "a section low down": replaced("deep/low.md", "## Lower", "## Lowest"),
    "a caption": replaced("one.md", "A *rectangle*", "A **rectangle**"),
    "a figure at the back": replaced("back.md", "```{figure}", "```{figure} picture.svg\n\nBefore\n```\n\n```{figure}"),
    "a chapter before the back": together(written("new.md", "# New\n\n## Place\n"), replaced("index.md", "back\n", "new\nback\n")),
    "a second appendix": replaced("conf.py", '["back"]', '["back", "list"]'),
    "another word for figures": replaced("conf.py", '"Picture %s"', '"Image %s"'),
    "another substitution": replaced("conf.py", '"The Press"', '"Our Press"'),
    "a substitution of rst": replaced("three.rst", "a long word", "a longer word"),
    "an included file": replaced("part.txt", "(of-part)=", "(of-part)=\n\n## Of the part"),
    "an included file of rst": replaced("part.inc", "Common term", "Other term"),
    "a todo": replaced("one.md", "Do one.", "Do it."),
    "a todo more": appended("deep/low.md", "\n```{todo}\nDo low.\n```\n"),
    "a caption of a toctree": replaced("index.md", ":caption: Parts", ":caption: Pieces"),
    "a title in a toctree": replaced("index.md", "three\n", "Third <three>\n"),
    "an address in a toctree": replaced("index.md", "back\n", "back\nElsewhere <https://example.org>\n"),
    "a toctree as deep as one": replaced("index.md", ":caption", ":maxdepth: 1\n:caption"),
    "a toctree in the middle, in another order": replaced("two.md", "deep/first\ndeep/second\n", "deep/second\ndeep/first\n"),
    "a toctree in the middle holds less": together(replaced("two.md", "deep/first\n", ""), replaced("index.md", "back\n", "deep/first\nback\n")),
    "a document of a middle toctree is called otherwise": together(removed("deep/second.md"), written("deep/third.md", BOOK["deep/second.md"]), replaced("two.md", "deep/second", "deep/third")),
    "an orphan is no orphan": together(written("lone.md", "# Lone\n\n(same)=\n## Here\n"), replaced("index.md", "list\n", "list\nlone\n")),
    "an orphan goes": removed("lone.md"),
    "an index entry": replaced("one.md", "apple; red", "apple; green"),
    "a rule of a grammar": replaced("three.rst", "sum: product", "sums: product"),
    "no numbers": replaced("index.md", ":numbered:\n", ""),
    "numbers less deep": replaced("index.md", ":numbered:", ":numbered: 1"),
    "a depth of a document in tables of contents": replaced("three.rst", "Three\n=====", ":tocdepth: 1\n\nThree\n====="),
}  # fmt: skip
PAGE = """# {title}

(both)=
## Shared

```{{glossary}}
Term
  Of {name}
```

```{{py:function}} fun(x)

Of {name}.
```

```{{math}}
:label: twice
{name}
```

```{{figure}} picture.svg
:name: fig-both

Of {name}
```

```{{prf:theorem}} Of {name}
:label: law
So.
```

```{{exercise}} Of {name}
:label: task
What?
```

```{{option}} --all
```

```{{envvar}} HOME
```
"""
TWICE: dict[str, str | bytes] = {
    "conf.py": CONF,
    "index.md": "# Root\n\n```{toctree}\n:numbered:\n\none\ntwo\nuser\n```\n",
    "one.md": PAGE.format(title="One", name="one"),
    "two.md": PAGE.format(title="Two", name="two"),
    "user.md": "# User\n\n{ref}`both` {ref}`Shared` {term}`Term` {py:func}`fun` {eq}`twice` {numref}`fig-both` {prf:ref}`law` {ref}`task` {option}`--all` {envvar}`HOME`\n",
    "works.bib": "",
    "picture.svg": SVG,
}
EDITS_OF_NAMES: dict[str, Callable[[Book], None]] = {
    "one of two labels goes": replaced("two.md", "(both)=\n", ""),
    "the other of two labels goes": replaced("one.md", "(both)=\n", ""),
    "the document of the first of two labels": replaced("one.md", "# One", "# First"),
    "the document of the second of two labels": replaced("two.md", "# Two", "# Second"),
    "one of two terms goes": replaced("two.md", "Term\n  Of two", "Word\n  Of two"),
    "one of two functions goes": replaced("two.md", "fun(x)", "sun(x)"),
    "one of two equations goes": replaced("two.md", ":label: twice", ":label: once"),
    "one of two sections goes": replaced("two.md", "## Shared", "## Alone"),
    "one of two theorems goes": replaced("two.md", ":label: law", ":label: rule"),
    "one of two exercises goes": replaced("two.md", ":label: task", ":label: quest"),
    "a document with all goes": together(removed("two.md"), replaced("index.md", "two\n", "")),
    "a document with all comes before": together(
        written("none.md", PAGE.format(title="None", name="none")), replaced("index.md", "one\n", "none\none\n")
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_what_is_borrowed_is_as_in_a_clean_build(book: Book, part: int, capfd: pytest.CaptureFixture[str]) -> None:
    each_gives_what_a_clean_build_gives(book, "borrowing", BOOK, dict(list(EDITS.items())[part::4]), capfd)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(2))
def test_what_has_a_name_twice_is_as_in_a_clean_build(book: Book, part: int, capfd: pytest.CaptureFixture[str]) -> None:
    each_gives_what_a_clean_build_gives(book, "twice", TWICE, dict(list(EDITS_OF_NAMES.items())[part::2]), capfd)


@pytest.mark.slow
def test_it_is_where_documents_are_read_in_several_processes(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    """One before and one behind many others are read in two processes, where neither sees what the other one names."""
    many = {f"one-{number}.md": f"# Page {number}\n\nWords.\n" for number in range(20)}
    index = f"{TWICE['index.md']}\n```{{toctree}}\n:glob:\n\none-*\n```\n"
    edits = {
        what: EDITS_OF_NAMES[what] for what in ("one of two theorems goes", "the document of the first of two labels")
    }
    each_gives_what_a_clean_build_gives(book, "many", {**TWICE, **many, "index.md": index}, edits, capfd)

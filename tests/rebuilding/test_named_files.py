"""Files that options name and nobody tells of, such as inventories of other projects, and citations of reStructuredText
across documents: after each edit all is as a clean build gives it.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest
from edits import each_gives_what_a_clean_build_gives, replaced, together, written

from conftest import Book


def inventory(*lines: str) -> bytes:
    """An inventory of Sphinx, version 2."""
    head = "# Sphinx inventory version 2\n# Project: Other\n# Version: 1\n# The remainder is compressed using zlib.\n"
    return head.encode() + zlib.compress("".join(f"{line}\n" for line in lines).encode())


CONF = """
project = "A book"
author = "An Author"
copyright = "2026, An Author"
extensions = ["myst_parser", "sphinx.ext.intersphinx"]
html_theme = "alabaster"
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "dollarmath"]
intersphinx_mapping = {"other": ("https://other.org/", "inventories/other.inv")}
mathjax_config_path = "formulas.js"
"""
BOOK: dict[str, str | bytes] = {
    "conf.py": CONF,
    "inventories/other.inv": inventory("herds std:label -1 herds.html#herds Herds"),
    "formulas.js": "window.MathJax = {};",
    "index.md": "# Root\n\n```{toctree}\n\ntaker\nplain\nciting\nworks\n```\n",
    "taker.md": "# Taker\n\n{.slide}\n## Words\n\n[See {external+other:std:ref}`herds`]{.point}\n",
    "plain.md": "# Plain\n\n{.slide}\n## Words\n\n[A point]{.point} of it.\n\nHere is $x$.\n",
    "citing.rst": "Citing\n======\n\nAs [Smith1990]_ says.\n",
    "works.rst": "Works\n=====\n\n.. [Smith1990] Smith, *Herds*.\n",
}
EDITS: dict[str, Callable[[Book], None]] = {
    "another title in an inventory": written(
        "inventories/other.inv", inventory("herds std:label -1 herds.html#herds Herds of old")
    ),
    "another page in an inventory": written(
        "inventories/other.inv", inventory("herds std:label -1 flocks.html#herds Herds")
    ),
    "settings of MathJax": written("formulas.js", "window.MathJax = {tex: {}};"),
    "a citation in another document has other words": replaced("works.rst", "*Herds*", "*Flocks*"),
    "a citation goes to another document": together(
        replaced("works.rst", ".. [Smith1990] Smith, *Herds*.", "None."),
        replaced("citing.rst", "says.\n", "says.\n\n.. [Smith1990] Smith, *Herds*.\n"),
    ),
}


@pytest.mark.slow
def test_what_options_name_and_citations_are_as_in_a_clean_build(book: Book, capfd: pytest.CaptureFixture[str]) -> None:
    each_gives_what_a_clean_build_gives(book, "inventories", BOOK, EDITS, capfd)

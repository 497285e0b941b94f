"""Sphinx configuration of the manual, which the tool builds of itself: ``make docs``."""

import sys
from pathlib import Path

from sphinx.application import Sphinx

from builder import __version__

sys.path.insert(0, str(Path(__file__).parent))

project = "Book-deck-builder"
author = "The authors of Book-deck-builder"
copyright = "2026, the authors of Book-deck-builder"
version = release = __version__
language = "en"

extensions = ["builder", "myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build", "man", "gallery/*/*"]  # the books of the gallery are projects of their own

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["_static"]
html_css_files = ["manual.css"]
html_copy_source = False
html_show_sourcelink = False

builder_preset = "manual"
builder_pdf_name = "manual"
builder_subtitle = "The manual"
builder_lectures = "lectures.toml"


def setup(app: Sphinx) -> None:
    """Colour MyST."""
    from myst_lexer import MystLexer

    app.add_lexer("myst", MystLexer)

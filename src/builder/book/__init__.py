"""The printed book: doctree → Typst → PDF and page map."""

from __future__ import annotations

from sphinx.application import Sphinx

from builder.book.builder import TypstBuilder
from builder.book.escape import call, markup, string
from builder.book.html import svg_drawing
from builder.book.named_files import note_files
from builder.book.resolved import collect_formulas, forget_formulas, merge_formulas
from builder.book.scripts import use_fonts
from builder.book.transforms import ChooseNotebookOutput, FreshCitations, GalleryImages, RawHtml, TitleFirst
from builder.book.translate import renders

__all__ = ["call", "markup", "renders", "setup", "string"]


def setup(app: Sphinx) -> None:
    """Register the builder ``typstpdf`` and what it notes while documents are read."""
    app.add_builder(TypstBuilder)
    app.add_node(svg_drawing)
    for transform in (ChooseNotebookOutput, FreshCitations, GalleryImages, RawHtml, TitleFirst):
        app.add_post_transform(transform)
    app.connect("config-inited", use_fonts)
    app.connect("doctree-read", collect_formulas)
    app.connect("doctree-read", note_files, priority=900)  # pictures have been looked for then
    app.connect("env-purge-doc", forget_formulas)
    app.connect("env-merge-info", merge_formulas)

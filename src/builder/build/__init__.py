"""A build: sources read once, the sides made in order, outputs published and reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register the builders ``typstpdf`` and ``pptx``."""
    from builder.build.builders import PptxBuilder, TypstBuilder

    app.add_builder(TypstBuilder)
    app.add_builder(PptxBuilder)

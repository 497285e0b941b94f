"""Fitted deck → .pptx: one module for each kind of block, on python-pptx's packages and parts."""

from __future__ import annotations

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register the builder ``pptx``."""
    from builder.pptx.builder import PptxBuilder

    app.add_builder(PptxBuilder)

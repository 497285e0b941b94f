"""Book-deck-builder: one annotated MyST source becomes a web book, a printed book and lecture decks.

As a Sphinx extension (``extensions = ["builder"]``) it gives the annotation language and the Sphinx
builders ``typstpdf`` and ``pptx``; the command ``builder`` drives all outputs after one reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__version__ = "0.2.0"


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx entry point."""
    from builder import build, source, web

    source.setup(app)
    build.setup(app)
    web.setup(app)
    return {
        "version": __version__,
        "env_version": source.env_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }

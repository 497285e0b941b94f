"""Book-deck-builder: one annotated MyST source becomes a web book, a printed book and lecture decks.

As a Sphinx extension (``extensions = ["builder"]``) it gives the annotation language and the Sphinx
builders ``typstpdf`` and ``pptx``; the command ``builder`` drives all outputs after one reading.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__version__ = "0.1.0"


def kept_version() -> int:
    """A number for what we leave in kept doctrees and the environment: all is read anew when the code changes that makes it."""
    here = Path(__file__).parent
    files = [
        *sorted(here.glob("annotations/*.py")),
        here / "charts/data.py",
        here / "charts/maps.py",
        here / "charts/tables.py",
        here / "decoding.py",
        here / "outlines.py",
        here / "pictures/attachments.py",
    ]
    return int.from_bytes(hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()[:4], "big")


def setup(app: Sphinx) -> dict[str, Any]:
    """Sphinx entry point."""
    from builder import (
        annotations,
        appendices,
        book,
        characters,
        config,
        decoding,
        notebooks,
        ordinary_files,
        pages_again,
        portable_names,
        pptx,
        web,
    )
    from builder.pictures.attachments import Attachments

    config.add_options(app)
    app.add_transform(Attachments)
    annotations.setup(app)
    appendices.setup(app)
    book.setup(app)
    characters.setup(app)
    decoding.setup(app)
    pptx.setup(app)
    web.setup(app)
    pages_again.setup(app)
    notebooks.setup(app)
    portable_names.setup(app)
    ordinary_files.setup(app)
    return {
        "version": __version__,
        "env_version": kept_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }

"""The text of a source in pieces, each with the places of its lines: a document is one, of a notebook each cell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import import_object

from builder.errors import NOTEBOOK_CELL, Source

NOTEBOOK = ".ipynb"


@dataclass(frozen=True, slots=True)
class SourcePiece:
    """Lines of a source. ``cell`` counts those of a notebook from 1 and is 0 for a document, ``tags`` are its tags and
    ``slide_type`` what slide it is in Jupyter; ``is_myst`` is false for reStructuredText.
    """

    path: str
    lines: tuple[str, ...]
    is_myst: bool
    cell: int = 0
    tags: tuple[str, ...] = ()
    slide_type: str = ""

    def source(self, line: int) -> Source:
        """Return the place of a line, from 1."""
        return Source(self.path, NOTEBOOK_CELL * self.cell + line)


def pieces_of(app: Sphinx, docname: str, text: str) -> Iterator[SourcePiece]:
    """Yield the pieces of a document's source, of a notebook its cells of Markdown."""
    path = PurePath(app.env.doc2path(docname))
    if path.suffix == NOTEBOOK:
        yield from cells_of(str(path), text)
    elif path.suffix in (getattr(app.config, "nb_custom_formats", None) or {}):
        yield from cells_of(str(path), as_notebook(app.config.nb_custom_formats[path.suffix], text))
    else:
        kind = app.config.source_suffix.get(path.suffix, "restructuredtext")
        yield SourcePiece(str(path), tuple(text.splitlines()), kind != "restructuredtext")


def as_notebook(given: Any, text: str) -> str:
    """Return a notebook that ``nb_custom_formats`` has another package read, as JSON; '' where it cannot."""
    try:
        reader, options = (given, {}) if isinstance(given, str) else (given[0], given[1])
        return json.dumps(import_object(reader)(text, **options))
    except Exception:  # whatever the package raises is told when MyST-NB reads the document
        return ""


def cells_of(path: str, text: str) -> Iterator[SourcePiece]:
    """Yield the cells of Markdown of a notebook; none of one that cannot be read."""
    try:
        found = json.loads(text)
        cells = found["cells"] if isinstance(found, dict) else []
        for number, cell in enumerate(cells, start=1):
            if cell["cell_type"] == "markdown":
                lines = "".join(cell["source"]).splitlines()
                metadata = cell.get("metadata", {})
                tags, slideshow = metadata.get("tags", ()), metadata.get("slideshow", {})
                named = tuple(map(str, tags)) if isinstance(tags, list) else ()
                slide_type = slideshow.get("slide_type", "") if isinstance(slideshow, dict) else ""
                yield SourcePiece(path, tuple(lines), True, number, named, str(slide_type))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return

"""Notebooks that are no JSON: what stands for one, so that it costs its own page and nothing else."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from sphinx.application import Sphinx

from builder.errors import AuthorError, Source, report_error


def setup(app: Sphinx) -> None:
    """Look at each notebook when it is read."""
    app.connect("source-read", replace_unreadable)


def replace_unreadable(app: Sphinx, docname: str, content: list[str]) -> None:
    """Report a notebook that cannot be read, and put one in its place that holds the reason; the document is read again
    next time.
    """
    path = str(app.env.doc2path(docname))
    if not path.endswith(".ipynb"):
        return
    problem = problem_of(content[0])
    if problem:
        report_error(app, AuthorError(f"this notebook cannot be read: {problem}; save it again.", Source(path)))
        app.env.note_reread()
        content[0] = json.dumps(notebook(f"# {PurePath(path).stem}\n\n[{problem}]"))


def problem_of(text: str) -> str:
    """Why a text is no notebook, '' when it is one."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        return f"it is no JSON ({error})"
    return "" if isinstance(found, dict) and ("cells" in found or "worksheets" in found) else "it has no cells"


def notebook(text: str) -> dict[str, Any]:
    """A notebook of one cell of Markdown."""
    cell = {"cell_type": "markdown", "id": "only", "metadata": {}, "source": text}
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}

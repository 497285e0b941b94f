"""The contents of a Jupyter Book before 0.11, which were a list: read as they are, and kept anew in the work folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from sphinx.application import Sphinx
from sphinx.config import Config

from builder.errors import AuthorError
from builder.source.yaml_settings import content_of

FIRST = 100
"""Before sphinx_external_toc reads its file."""
WRITTEN = "contents.yml"


def setup(app: Sphinx) -> None:
    """Read contents in the old form where a project has such."""
    app.connect("config-inited", take_anew, priority=FIRST)


def take_anew(app: Sphinx, config: Config) -> None:
    """Name the contents that were written anew instead of those in the old form."""
    if "sphinx_external_toc" not in app.extensions:
        return
    try:
        content = content_of(Path(app.srcdir) / config.external_toc_path)
    except (OSError, AuthorError):
        return  # sphinx_external_toc says what is wrong with it
    if isinstance(content, list):
        written = Path(app.doctreedir) / WRITTEN
        written.parent.mkdir(parents=True, exist_ok=True)
        written.write_text(yaml.safe_dump(in_new_form(content), sort_keys=False, allow_unicode=True), encoding="utf-8")
        config.external_toc_path = written.as_posix()


def in_new_form(content: list[Any]) -> dict[str, Any]:
    """Contents as Jupyter Book has them since 0.11.

    Raises:
        MalformedError: they are no contents.
    """
    from sphinx_external_toc.tools import migrate_jupyter_book

    return dict(migrate_jupyter_book(content))

"""What the environment holds of each document beside what Sphinx notes there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def keep_by_document(app: Sphinx, entries: Callable[[BuildEnvironment], dict[str, Any]]) -> None:
    """Have the entry of a document, by its name, go when that is read again or removed, and have those of documents
    that another process read taken over.
    """

    def forget(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        entries(env).pop(docname, None)

    def take_over(_app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
        entries(env).update({name: found for name, found in entries(other).items() if name in docnames})

    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", take_over)

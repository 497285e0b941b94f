"""What the environment holds of each document beside what Sphinx notes there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment


def note_by_document(
    app: Sphinx,
    entries: Callable[[BuildEnvironment], dict[str, Any]],
    find: Callable[[nodes.document, BuildEnvironment], Any],
) -> None:
    """Note what is found in each document that is read as its entry, where anything is, and keep that as
    `keep_by_document` does.
    """

    def note(app: Sphinx, doctree: nodes.document) -> None:
        if found := find(doctree, app.env):
            entries(app.env)[app.env.docname] = found

    app.connect("doctree-read", note)
    keep_by_document(app, entries)


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

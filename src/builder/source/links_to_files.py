"""Links of MyST to files: whether one leads to a document is decided when its own document is read, so that is read
again where a file that was not there has come, or a document has gone.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.source.by_document import note_by_document


@dataclass(frozen=True, slots=True)
class Links:
    """The ``documents`` that the links of a document lead to, as far as there are such, and the paths of files that
    were ``missing``.
    """

    documents: frozenset[str]
    missing: frozenset[str]


def setup(app: Sphinx) -> None:
    """Note links when documents are read, and ask for them before the next reading."""
    note_by_document(app, links_of, links_in)
    app.connect("env-get-outdated", outdated)


def links_of(env: BuildEnvironment) -> dict[str, Links]:
    """Document → its links; none for one without."""
    found: dict[str, Links] = env.__dict__.setdefault("builder_links_to_files", {})
    return found


def links_in(doctree: nodes.document, env: BuildEnvironment) -> Links | None:
    """The links of a document that was read; None for one without."""
    found = [node for node in doctree.findall(addnodes.pending_xref) if node.get("reftype") == "myst"]
    documents = frozenset(node["reftarget"] for node in found if node.get("refdomain") == "doc") & env.found_docs
    names = {node["reftarget"].partition("#")[0] for node in found if not node.get("refdomain")} - {""}
    paths = {env.relfn2path(name, env.docname)[1] for name in names}
    missing = frozenset(path for path in paths if not os.path.isfile(path))
    return Links(documents, missing) if documents or missing else None


def outdated(
    _app: Sphinx, env: BuildEnvironment, _added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """Documents with links that would lead elsewhere if they were read now."""
    return [
        docname
        for docname, links in links_of(env).items()
        if docname in env.found_docs and (links.documents - env.found_docs or any(map(os.path.isfile, links.missing)))
    ]

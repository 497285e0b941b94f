"""References to what an edition lacks: a warning says so, and the words that stand there lead nowhere."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.errors import warn
from builder.source.by_document import keep_by_document

LAST = 900
"""Priority behind those who only listen, and those who look elsewhere."""
NO_WORDS = "…"
"""Stands for a title that this edition lacks."""

Lacking = dict[str, dict[str, tuple[str, str]]]
"""Document → label, or id, of what is gone → the id of its gap and the kind of its number."""


def setup(app: Sphinx) -> None:
    """Look at references that lead nowhere."""
    app.connect("missing-reference", resolve, priority=LAST)
    keep_by_document(app, lacking)


def lacking(env: BuildEnvironment) -> Lacking:
    """What the documents of this edition lack."""
    found: Lacking = env.__dict__.setdefault("builder_lacking", {})
    return found


def told(target: str, edition: str, node: nodes.Element) -> None:
    """Warn of a reference to what an edition lacks."""
    warn(
        f"the {edition}'s edition lacks what '{target}' refers to; the words lead nowhere. Mark them for the edition "
        "that has it, or write them without a link.",
        node,
        "edition",
    )


def resolve(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, words: nodes.Element
) -> nodes.Element | None:
    """The words of a reference to what the edition lacks: those of the author, its number, or dots; None for other
    references.
    """
    target = str(node.get("reftarget", "")).rpartition("#")[2]
    labels = (target, target.lower())
    found = next(
        ((docname, table[name]) for docname, table in lacking(env).items() for name in labels if name in table), None
    )
    if found is None:
        return None
    told(target, app.config.builder_edition, node)
    if node.get("refexplicit"):
        return words
    docname, (identifier, kind) = found
    return nodes.inline("", number_of(env, docname, identifier, kind) or NO_WORDS)


def number_of(env: BuildEnvironment, docname: str, identifier: str, kind: str) -> str:
    """The number of what is gone, as the book writes it: ``Figure 1.2``; '' without one."""
    if kind == "section":
        numbers = env.toc_secnumbers.get(docname, {}).get(f"#{identifier}", ())
    else:
        numbers = env.toc_fignumbers.get(docname, {}).get(kind, {}).get(identifier, ())
    if not numbers:
        return ""
    number = ".".join(map(str, numbers))
    formats: dict[str, Any] = {"displaymath": "(%s)", **env.config.numfig_format}
    return str(formats.get(kind, "%s")).replace("%s", number).replace("{number}", number).replace("{name}", NO_WORDS)

"""The names that the references of a document look for, noted when it is read: whoever comes to bear one of them, or
bears it no more, may change what that document shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.source.by_document import note_by_document

WORD = re.compile(r"\w+")
ARGUMENTS = re.compile(r"[(<=\[]")
"""Where the name of a function, a template or an option ends."""


def setup(app: Sphinx) -> None:
    """Note words when documents are read."""
    note_by_document(app, sought, words_in)


def sought(env: BuildEnvironment) -> dict[str, frozenset[str]]:
    """Document → the words that the names end in which its references look for; none for one without references."""
    found: dict[str, frozenset[str]] = env.__dict__.setdefault("builder_sought", {})
    return found


def words_in(doctree: nodes.document, _env: BuildEnvironment) -> frozenset[str]:
    """What the references of a document look for."""
    return frozenset(word for node in doctree.findall(nodes.Element) for word in words_of(node))


def words_of(node: nodes.Element) -> Iterator[str]:
    """The words that names may end in which a reference, or a solution that looks for its exercise, looks for: the last
    two of its target, of which the last may be the ending of a file; none for another node.
    """
    target = str(node.get("reftarget" if isinstance(node, addnodes.pending_xref) else "target_label", ""))
    if not target:
        return
    words = WORD.findall(ARGUMENTS.split(target, maxsplit=1)[0])[-2:]
    yield from (word.lower() for word in words)
    yield from last_words(target)


def last_words(name: str) -> set[str]:
    """The last word of a name, with arguments and without, in small letters: who looks for an object may give the end
    of its name alone.
    """
    parts = {name, ARGUMENTS.split(name, maxsplit=1)[0]}
    found = {words[-1].lower() for part in parts if (words := WORD.findall(part))}
    return found or {name}

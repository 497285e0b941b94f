"""What was made of documents that did not change, kept from the last build: Typst text, and slides.

What is made of a document depends on its doctree and on what the rest of the book tells it: numbers, titles, the objects and
sources that references find, options, and this package. All but the doctree is one digest; an edit that changes no number
and no title leaves it alone, so that only the edited document is translated again.
"""

from __future__ import annotations

import hashlib
import logging as python_logging
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from docutils import nodes
from sphinx.environment import BuildEnvironment

from builder.errors import warn
from builder.source.premises import option_lines
from builder.source.readings import reading_of
from builder.store.records import read_pickle, write_pickle
from builder.store.stamps import package_stamp, stamp

T = TypeVar("T")
LOGGER = "sphinx.builder.errors"
"""The logger of `builder.errors`, as Sphinx names it."""

GATHERING = {"todolist", "PendingGlueReference", "AliasNode"}
"""Nodes that show what other documents hold; a document with one of them is translated at each build."""

DOMAIN_DATA = {
    "std": ("labels", "anonlabels", "progoptions", "terms"),
    "citation": ("citations",),
    "math": ("objects", "has_equations"),
    "cite": ("bibliographies", "citations"),
}
"""Domain → what of its data references and numbers are made from, beside its objects."""


def book_digest(env: BuildEnvironment) -> str:
    """A digest of all that the text of a document may take from outside its doctree."""
    digest = hashlib.sha256(package_stamp().encode())
    for line in option_lines(env.config):
        digest.update(line.encode())
    for value in (
        env.titles, env.longtitles, env.toc_secnumbers, env.toc_fignumbers, sorted(env.found_docs),
    ):  # fmt: skip
        feed(digest, value)
    for domain in env.domains.sorted():
        feed(digest, domain.name)
        feed(digest, sorted(map(repr, domain.get_objects())))
        for key in DOMAIN_DATA.get(domain.name, ()):
            feed(digest, domain.data.get(key))
    return digest.hexdigest()


def feed(digest: Any, value: object) -> None:
    """Add a value to a digest, the same for equal values in every process."""
    if isinstance(value, nodes.Node):
        value = value.pformat() if isinstance(value, nodes.Element) else value.astext()
    if isinstance(value, Mapping):
        digest.update(b"{")
        for key in sorted(value, key=repr):
            feed(digest, key)
            feed(digest, value[key])
    elif isinstance(value, Set):
        feed(digest, sorted(map(repr, value)))
    elif isinstance(value, list | tuple):
        digest.update(b"[")
        for item in value:
            feed(digest, item)
    elif is_dataclass(value) or hasattr(value, "__attrs_attrs__"):
        names = [f.name for f in fields(value)] if is_dataclass(value) else [a.name for a in value.__attrs_attrs__]
        feed(digest, [getattr(value, name) for name in names])
    elif isinstance(value, str | bytes | int | float | bool | None):
        digest.update(repr(value).encode())
    elif hasattr(value, "render_as"):  # rich text of pybtex
        digest.update(str(value).encode())
    elif type(value).__module__.startswith("pybtex."):
        feed(digest, vars(value))
    else:
        digest.update(type(value).__name__.encode())
    digest.update(b"\x1e")


class Kept(Generic[T]):
    """What the last build made of each document, by name. ``digest`` is that of `book_digest`.

    A process that builds again finds in memory what it saved itself; where ``waits`` is set, the file is written by `write_waiting`.
    """

    waits: ClassVar[bool] = False
    _saved: ClassVar[dict[Path, tuple[str, str, dict[str, tuple[str, Any]]]]] = {}
    _waiting: ClassVar[set[Path]] = set()

    def __init__(self, path: Path, env: BuildEnvironment, digest: str) -> None:
        self.path, self.env, self.digest = path, env, digest
        self.documents: dict[str, tuple[str, T]] = {}
        self.changed = False
        saved = self._saved.get(path)
        if saved is not None and saved[0] == stamp(path):
            known, documents = saved[1:]
        else:
            known, documents = read_pickle(path, package_stamp()) or ("", {})
        if known == digest:
            self.documents = dict(documents)

    def get(self, docname: str) -> T | None:
        """What was made of a document, None when it changed."""
        found = self.documents.get(docname)
        return found[1] if found is not None and found[0] == reading_of(self.env, docname) else None

    def keep(self, docname: str, made: T) -> None:
        """Keep what was made of a document for the next build."""
        self.documents[docname] = (reading_of(self.env, docname), made)
        self.changed = True

    def save(self, wanted: Set[str]) -> None:
        """Save what is kept of the ``wanted`` documents, if anything changed."""
        gone = self.documents.keys() - wanted
        if not self.changed and not gone:
            return
        self.documents = {name: found for name, found in self.documents.items() if name in wanted}
        self._saved[self.path] = stamp(self.path), self.digest, dict(self.documents)
        self._waiting.add(self.path)
        self.changed = False
        if not self.waits:
            self.write_waiting()

    @classmethod
    def write_waiting(cls) -> list[Path]:
        """Write what is saved and not written yet; returns the files."""
        written = []
        while cls._waiting:
            path = cls._waiting.pop()
            _, digest, documents = cls._saved[path]
            write_pickle(path, (digest, documents), package_stamp())
            cls._saved[path] = stamp(path), digest, documents
            written.append(path)
        return written


def gathers(doctree: nodes.document) -> bool:
    """True if a document shows what other documents hold."""
    return any(type(node).__name__ in GATHERING for node in doctree.findall(nodes.Element))


class Recorder(python_logging.Handler):
    """Notes the warnings of the builder, message, place and subtype of each, and whether there were errors."""

    def __init__(self) -> None:
        super().__init__(python_logging.WARNING)
        self.warnings: list[tuple[str, Any, str]] = []
        self.errors = False

    def emit(self, record: python_logging.LogRecord) -> None:
        if record.levelno >= python_logging.ERROR:
            self.errors = True
            return
        place = getattr(record, "location", None)
        self.warnings.append((str(record.msg), place, getattr(record, "subtype", "")))


@contextmanager
def recording() -> Iterator[Recorder]:
    """The warnings of the builder while the block runs."""
    recorder = Recorder()
    logger = python_logging.getLogger(LOGGER)
    logger.addHandler(recorder)
    try:
        yield recorder
    finally:
        logger.removeHandler(recorder)


Said = tuple[tuple[str, Any, str], ...]
"""Warnings: message, place and subtype of each."""


def warn_again(warnings: Sequence[tuple[str, Any, str]], said: Sequence[tuple[str, Any, str]] = ()) -> None:
    """Say again what was said when something was made that is kept, unless it was ``said`` already."""
    for message, place, subtype in warnings:
        if (message, place, subtype) not in said:
            warn(message, place, subtype)

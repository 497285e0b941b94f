"""A cache of what is made of documents, Typst text and slides, from one build to the next.

What is made of a document depends on its doctree and on what the rest of the book tells it: titles and numbers of what
it refers to, options, this package. Each value is kept with what it was taken from (see `taken`), so that an edit has
those documents made again that show something that it changed, and no others.
"""

from __future__ import annotations

import logging as python_logging
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from docutils import nodes

from builder.errors import warn
from builder.source.taken import Elsewhere, Taken
from builder.store.keys import key_of
from builder.store.records import read_pickle, write_pickle
from builder.store.stamps import package_stamp, stamp

T = TypeVar("T")
Kept = dict[str, tuple[Taken, str, T]]
"""Document → what its value was taken from, the key of that, the value."""
NOWHERE: Mapping[str, object] = {}
LOGGER = "sphinx.builder.errors"
"""The logger of `builder.errors`, as Sphinx names it."""

GATHERING = {"todolist", "PendingGlueReference", "AliasNode"}
"""Nodes that show what other documents hold; a document with one of them is translated at each build."""


class DocumentCache(Generic[T]):
    """The last value made of each document, by its name, on disk for the next build.

    A process that builds again finds in memory what it saved itself; where ``is_lazy`` is set, files are written by
    `write_waiting` only.
    """

    is_lazy: ClassVar[bool] = False
    _saved: ClassVar[dict[Path, tuple[str, Kept[Any]]]] = {}
    _waiting: ClassVar[set[Path]] = set()

    def __init__(self, path: Path, elsewhere: Elsewhere, places: Mapping[str, object] = NOWHERE) -> None:
        """``places`` has what a value is made from beside the document and the rest of the project: where the document
        stands in a book.
        """
        self.path, self.elsewhere, self.places = path, elsewhere, places
        self.changed = False
        saved = self._saved.get(path)
        is_current = saved is not None and saved[0] == stamp(path)
        known = saved[1] if saved is not None and is_current else read_pickle(path, package_stamp())
        self.documents: Kept[T] = dict(known or {})

    def key(self, docname: str, taken: Taken) -> str:
        """A digest of all that the value of a document is made from, if that is what it takes from others."""
        return key_of(self.elsewhere.key(docname, taken), self.places.get(docname))

    def get(self, docname: str) -> T | None:
        """The value made of a document, None when that, or something that it takes from others, changed."""
        found = self.documents.get(docname)
        return found[2] if found is not None and found[1] == self.key(docname, found[0]) else None

    def put(self, docname: str, value: T, taken: Taken) -> None:
        """Note the value made of a document for the next build."""
        self.documents[docname] = (taken, self.key(docname, taken), value)
        self.changed = True

    def drop(self, docnames: Set[str]) -> None:
        """Forget documents, so that the next build makes their values again."""
        self.save(self.documents.keys() - docnames)

    def save(self, wanted: Set[str]) -> None:
        """Save the values of the ``wanted`` documents, if any changed or is gone."""
        gone = self.documents.keys() - wanted
        if not self.changed and not gone:
            return
        self.documents = {name: found for name, found in self.documents.items() if name in wanted}
        self._saved[self.path] = stamp(self.path), dict(self.documents)
        self._waiting.add(self.path)
        self.changed = False
        if not self.is_lazy:
            self.write_waiting()

    @classmethod
    @contextmanager
    def lazily(cls) -> Iterator[None]:
        """While the block runs, what is saved waits in memory until `write_waiting` is called."""
        cls.is_lazy = True
        try:
            yield
        finally:
            cls.is_lazy = False

    @classmethod
    def write_waiting(cls) -> list[Path]:
        """Write what is saved and not written yet; returns the files."""
        written = []
        while cls._waiting:
            path = cls._waiting.pop()
            documents = cls._saved[path][1]
            write_pickle(path, documents, package_stamp())
            cls._saved[path] = stamp(path), documents
            written.append(path)
        return written


def gathers(doctree: nodes.document) -> bool:
    """True if a document shows what other documents hold."""
    return any(type(node).__name__ in GATHERING for node in doctree.findall(nodes.Element))


class Recorder(python_logging.Handler):
    """Records the warnings of the builder, message, place and subtype of each, and whether there were errors."""

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
    """A recorder of the builder's warnings while the block runs."""
    recorder = Recorder()
    logger = python_logging.getLogger(LOGGER)
    logger.addHandler(recorder)
    try:
        yield recorder
    finally:
        logger.removeHandler(recorder)


Recorded = tuple[tuple[str, Any, str], ...]
"""Warnings: message, place and subtype of each."""


def warn_again(warnings: Recorded, besides: Sequence[tuple[str, Any, str]] = ()) -> None:
    """Repeat the warnings recorded with a cached value, but for those of ``besides``, which have been logged."""
    for message, place, subtype in warnings:
        if (message, place, subtype) not in besides:
            warn(message, place, subtype)

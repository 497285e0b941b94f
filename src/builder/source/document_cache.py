"""A cache of what is made of documents, Typst text and slides, from one build to the next.

What is made of a document depends on its doctree and on what the rest of the book tells it: numbers, titles, the
objects and
sources that references find, options, and this package. All but the doctree is one digest; an edit that changes no
number
and no title leaves it alone, so that only the edited document is translated again.
"""

from __future__ import annotations

import logging as python_logging
import os
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from docutils import nodes
from sphinx.environment import BuildEnvironment

from builder.errors import warn
from builder.source.editions.references import lacking
from builder.source.formulas import formulas_of
from builder.source.premises import option_lines
from builder.source.readings import reading_of
from builder.store.keys import key_of
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
    "cite": ("citations",),
}
"""Domain → what of its data references and numbers are made from, beside its objects."""


def book_digest(env: BuildEnvironment) -> str:
    """A digest of all that the text of a document may take from outside its doctree."""
    domains = (
        (
            domain.name,
            sorted(map(repr, domain.get_objects())),
            [domain.data.get(name) for name in DOMAIN_DATA.get(domain.name, ())],
        )
        for domain in env.domains.sorted()
    )
    return key_of(
        package_stamp(),
        list(option_lines(env.config)),
        (env.titles, env.longtitles, env.toc_secnumbers, env.toc_fignumbers),
        sorted(env.found_docs),
        sorted(map(repr, formulas_of(env).macros.known.items())),
        sorted(formulas_of(env).macros.declared.items()),
        sorted(lacking(env).items()),
        bibliographies_as_read(env),
        sorted(files_of_several(env)),
        *domains,
    )


def files_of_several(env: BuildEnvironment) -> set[str]:
    """The files, relative to the sources, that several documents are made of: marks in them would be marks of all."""
    return {name for name, count in uses_of_files(env).items() if count > 1}


def uses_of_files(env: BuildEnvironment) -> Counter[str]:
    """File, relative to the sources → how many documents include it, or are made of it in another way."""
    folder = os.fspath(env.srcdir)
    found = ({os.path.join(folder, str(name)) for name in names} for names in env.dependencies.values())
    return Counter(Path(os.path.relpath(path, folder)).as_posix() for paths in found for path in paths)


def bibliographies_as_read(env: BuildEnvironment) -> dict[Any, Any]:
    """The lists of works of a project that has sphinxcontrib-bibtex, with the places of works alone: their words, which
    its citations have as well, come into the list when a page with it is written.
    """
    if "cite" not in env.domains:
        return {}
    cite: Any = env.domains["cite"]
    return {
        key: found._replace(citation_nodes={work: node["ids"] for work, node in found.citation_nodes.items()})
        for key, found in cite.bibliographies.items()
    }


class DocumentCache(Generic[T]):
    """The last value made of each document, by its name, on disk for the next build; all of one `book_digest`.

    A process that builds again finds in memory what it saved itself; where ``is_lazy`` is set, files are written by
    `write_waiting` only.
    """

    is_lazy: ClassVar[bool] = False
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
        """The value made of a document, None when it changed."""
        found = self.documents.get(docname)
        return found[1] if found is not None and found[0] == reading_of(self.env, docname) else None

    def put(self, docname: str, value: T) -> None:
        """Note the value made of a document for the next build."""
        self.documents[docname] = (reading_of(self.env, docname), value)
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
        self._saved[self.path] = stamp(self.path), self.digest, dict(self.documents)
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
            _, digest, documents = cls._saved[path]
            write_pickle(path, (digest, documents), package_stamp())
            cls._saved[path] = stamp(path), digest, documents
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

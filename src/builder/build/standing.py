"""Documents that were warned of: Sphinx says nothing again of what it does not read again, though the fault stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.source.faults import Fault
from builder.store.seal import note_warned, warned_in

WHERE_IN_FILE = re.compile(r"(?::cell \d+|:docstring of [^:]+)?:\d*\Z")
"""The end of a place: line, cell and line, or docstring and line."""


class StandingWarnings:
    """The documents of a project that were warned of when they were read last, kept in ``work``."""

    def __init__(self, app: Sphinx, work: Path, folder: Path) -> None:
        """``folder`` is what the places of faults are named from."""
        self.app, self.work, self.folder = app, work, folder
        self._read: set[str] = set()
        app.connect("env-before-read-docs", self._note_read)

    def _note_read(self, _app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
        self._read = set(docnames)

    def read_again(self) -> None:
        """Have these documents read again by the next build, which says then what is wrong with them."""
        again = warned_in(self.work)
        self.app.connect("env-get-outdated", lambda _app, env, *_names: sorted(again & env.found_docs))

    def note(self, faults: Iterable[Fault]) -> None:
        """Note what a build warned of.

        Raises:
            AuthorError: the folder cannot be written.
        """
        before = warned_in(self.work)
        places = {fault.place for fault in faults}
        warned = (before - self._read | self._documents(places)) & self.app.env.found_docs
        if places or warned != before:
            note_warned(self.work, warned)

    def _documents(self, places: Set[str]) -> set[str]:
        """The documents that hold these places, ``FILE:LINE``, or are made of files that do."""
        env = self.app.env
        paths = {(self.folder / WHERE_IN_FILE.sub("", place)).resolve() for place in places if place}
        named = {path: env.path2doc(str(path)) for path in paths}
        found = {docname for docname in named.values() if docname in env.found_docs}
        others = {path for path, docname in named.items() if docname not in found}
        if others:
            found |= {docname for docname, files in env.dependencies.items() if others & self._paths(files)}
        return found

    def _paths(self, files: Iterable[object]) -> set[Path]:
        """Files that a document is made of, relative to the folder of the sources, as paths."""
        return {Path(self.app.srcdir, str(file)).resolve() for file in files}

"""What documents and their pages were warned of: Sphinx says nothing again of what it does not read or write again,
though the fault stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import asdict
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.source.faults import Fault
from builder.source.messages import WarningCounter, log_faults
from builder.store.keys import key_of
from builder.store.records import read_json, write_json
from builder.store.seal import note_warned, warned_in
from builder.store.stamps import stamp
from builder.web.pages_again import PAGES_BEGUN, PAGES_WRITTEN

WHERE_IN_FILE = re.compile(r"(?::cell \d+|:docstring of [^:]+)?:\d*\Z")
"""The end of a place: line, cell and line, or docstring and line."""


RECORD = "doctrees/standing.json"
"""What pages were warned of when they were written, beside what ``suppress_warnings`` held back, and where."""


class StandingWarnings:
    """The documents of a project that were warned of when they were read last, and the faults of their pages, kept in
    ``work``; ``counter`` has those of each build.

    Where ``suppress_warnings`` changed, all of these documents are read again.
    """

    def __init__(self, app: Sphinx, work: Path, counter: WarningCounter) -> None:
        self.app, self.work, self.counter, self.folder = app, work, counter, counter.folder
        self._again: set[str] = set()
        self._read: set[str] = set()
        self._written: set[str] = set()
        self._of_pages: list[Fault] = []
        self._before_pages = 0
        record = read_json(work / RECORD) or {}
        self._hushed, self._pages = set(record.get("hushed", ())), dict(record.get("pages", {}))
        if record and record["suppressed"] != sorted(app.config.suppress_warnings):
            self._again = warned_in(work) | self._hushed
        app.connect("env-get-outdated", self._outdated)
        app.connect("env-before-read-docs", self._note_read)
        if PAGES_BEGUN in app.events.events:
            app.connect(PAGES_BEGUN, self._begin_pages)
            app.connect(PAGES_WRITTEN, self._end_pages)

    def _note_read(self, _app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
        self._read, self._written = set(docnames), set()

    def _begin_pages(self, _app: Sphinx, docnames: Set[str]) -> None:
        self._written, self._before_pages = set(docnames), len(self.counter.faults)

    def _end_pages(self, _app: Sphinx) -> None:
        self._of_pages = self.counter.faults[self._before_pages :] if self._written else []

    def read_again(self) -> None:
        """Have these documents read again by the next build, which says then what is wrong with them."""
        self._again |= warned_in(self.work)

    def _outdated(self, _app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> list[str]:
        again, self._again = self._again & env.found_docs, set()
        return sorted(again)

    def tell_of_pages(self) -> None:
        """Log what was wrong with the pages of documents that are as they were when these were written."""
        for docname, page in self._pages.items():
            if docname in self.app.env.found_docs and page["made_from"] == self._made_from(docname):
                log_faults([Fault(**fault) for fault in page["faults"]], self.folder)

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
        self._hushed = (self._hushed - self._read | self._documents(self.counter.hushed)) & self.app.env.found_docs
        self._pages = {name: page for name, page in self._pages.items() if name not in self._written}
        for fault in self._of_pages:
            for docname in self._documents({fault.place}) & self._written:
                page = self._pages.setdefault(docname, {"made_from": self._made_from(docname), "faults": []})
                page["faults"].append(asdict(fault))
        self._of_pages = []
        suppressed = sorted(self.app.config.suppress_warnings)
        record = {"suppressed": suppressed, "hushed": sorted(self._hushed), "pages": self._pages}
        write_json(self.work / RECORD, record)

    def _made_from(self, docname: str) -> str:
        """A digest of the files that a document is made of."""
        env = self.app.env
        paths = {Path(env.doc2path(docname)), *self._paths(env.dependencies.get(docname, ()))}
        return key_of({str(path): stamp(path) for path in paths})

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

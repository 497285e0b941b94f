"""Which documents are read again: those of which a file that they were read from has another content, whatever the
times of files say.

Sphinx asks whether a file is newer than when it was read. Here the environment has, for each document, a stamp of each
file that it was read from. So a file that was replaced by an older one is seen, and one that was only touched is not
read again.
"""

from __future__ import annotations

import glob
import time
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.errors import Source, warn
from builder.source.premises import reading_premises
from builder.source.remembered import forget_catalogs
from builder.store.records import read_json, write_json
from builder.store.stamps import CLOCK, MISSING, Version, stamp, version

UNKNOWN = "unknown"
"""The stamp of a file that was saved while it was read: the next build reads it again."""
LAST = 900
"""Priority behind all others."""


def setup(app: Sphinx) -> None:
    """Remember what documents are read from, and ask it."""
    reading = Reading()
    app.connect("config-inited", forget_other_premises, priority=LAST)
    app.connect("env-get-outdated", outdated, priority=LAST)
    app.connect("env-before-read-docs", reading.begin)
    app.connect("env-purge-doc", forget_document)
    app.connect("env-updated", reading.end, priority=LAST)


def reading_of(env: BuildEnvironment, docname: str) -> str:
    """Return what tells one reading of a document from another: the time when it was read."""
    return str(env.all_docs.get(docname, 0))


def readings_of(env: BuildEnvironment) -> dict[str, str]:
    """Document → its `reading_of`."""
    return {name: reading_of(env, name) for name in env.found_docs}


def forget_other_premises(app: Sphinx, _config: Any) -> None:
    """Begin without what was read by the last build when that was read with other code, tags or packages."""
    path = Path(app.doctreedir) / "premises.json"
    premises = reading_premises(app)
    if read_json(path) != premises:
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)
        Path(app.doctreedir).mkdir(parents=True, exist_ok=True)
        write_json(path, premises)


def outdated(_app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Documents of which a file is not what was read, or that list a document which is gone, else its figures are
    numbered still; those of which only times changed are taken off Sphinx's list.
    """
    inputs = inputs_of(env)
    found = [
        name
        for name in env.found_docs - added
        if not removed.isdisjoint(env.toctree_includes.get(name, ()))
        or stamps_of({*inputs.get(name, ()), *catalogs_of(env, name)}) != inputs.get(name)
    ]
    for name in changed - set(found) - env.reread_always:
        if MISSING not in inputs[name].values() and (env.doctreedir / f"{name}.doctree").is_file():
            changed.discard(name)
    return found


def inputs_of(env: BuildEnvironment) -> dict[str, dict[str, str]]:
    """Document → path, or pattern, of each file that it was read from → its stamp."""
    inputs: dict[str, dict[str, str]] = env.__dict__.setdefault("builder_inputs", {})
    return inputs


def stamps_of(paths: Any) -> dict[str, str]:
    """A stamp of each file; of a pattern, the names that match it."""
    return {path: "\n".join(sorted(glob.glob(path))) if "*" in path else stamp(Path(path)) for path in paths}


class Reading:
    """The reading of documents in one build, from its begin to its end."""

    def __init__(self) -> None:
        self.began = 0
        self.docnames: list[str] = []
        self.before: dict[str, Version | None] = {}
        self.catalogs: dict[str, list[str]] = {}

    def begin(self, _app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Look at the sources before they are read."""
        self.began = time.time_ns()
        self.docnames = list(docnames)
        self.before = {docname: version(Path(env.doc2path(docname))) for docname in docnames}
        forget_catalogs(env, docnames)
        self.catalogs = {docname: catalogs_of(env, docname) for docname in docnames}

    def end(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Note what was read; a source that was saved meanwhile is named, and read again by the next build."""
        inputs = inputs_of(env)
        for docname in env.all_docs.keys() & self.before.keys():
            source = Path(env.doc2path(docname))
            files = files_read(env, docname)
            inputs[docname] = stamps_of(files) | {path: UNKNOWN for path in files if self.is_unsure(Path(path), app)}
            inputs[docname] |= stamps_of(self.catalogs[docname])
            if version(source) != self.before[docname]:
                warn(
                    "this file was saved while it was read; build again to have all of it.",
                    Source(str(source)),
                    "saved",
                )

    def is_unsure(self, path: Path, app: Sphinx) -> bool:
        """True for a file that changed since reading began, but for what the reading itself made."""
        found = version(path)
        if found is None or path.is_relative_to(Path(app.doctreedir).parent):
            return False
        return found.changed_ns > self.began - CLOCK


def catalogs_of(env: BuildEnvironment, docname: str) -> list[str]:
    """The catalogues of translations that a document is read with, as Sphinx notes them when it looks for documents; it
    forgets them when the document is read.
    """
    return sorted(path for path in map(str, env.dependencies.get(docname, ())) if path.endswith(".mo"))


def files_read(env: BuildEnvironment, docname: str) -> list[str]:
    """Each file that a document is read from: its source, what directives read, what raw HTML names."""
    named = other_files(env).get(docname, ())
    return [str(env.doc2path(docname)), *sorted(map(str, env.dependencies.get(docname, ()))), *named]


def other_files(env: BuildEnvironment) -> dict[str, list[str]]:
    """Document → files and patterns of files that it was read from and that Sphinx does not note."""
    files: dict[str, list[str]] = env.__dict__.setdefault("builder_files", {})
    return files


def forget_document(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """A document that is read again, or gone, was read from no files."""
    inputs_of(env).pop(docname, None)

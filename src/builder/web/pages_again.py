"""Which pages of the web book an edit reaches beyond the documents that changed, so that it equals one built anew.

Sphinx writes a page again when its source changed or its own numbers did. A page also shows what others hold: the
titles and numbers of what it refers to, and in its sidebar the titles of all. So for each document we keep what it
shows of itself to others (its facade) and, noted while pages are written, whose facades its page shows.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, cast
from urllib.parse import unquote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.index_entries import split_index_msg

from builder.source.premises import web_premises
from builder.source.readings import reading_of
from builder.store.files import unwanted
from builder.store.keys import key_of
from builder.store.records import read_json, write_json

AFTER_NUMBERS = 700
"""Priority behind that of Sphinx's counting and of the letters of appendices."""


class WebMemory:
    """What the last build of the web book knew, in ``path``, and what this one learns; ``is_new`` if nothing is known
    that still holds.

    ``premises`` are those of all pages.
    """

    def __init__(self, path: Path, premises: str) -> None:
        self.path, self.premises = path, premises
        self.is_new = True
        self.frame = ""
        self.facades: dict[str, str] = {}
        self.targets: dict[str, set[str]] = {}
        self.readings: dict[str, str] = {}
        self.dangling: set[str] = set()
        self.files: set[str] = set()
        known = read_json(path)
        if known is not None and known["premises"] == premises:
            self.is_new = False
            self.frame, self.facades, self.readings = known["frame"], known["facades"], known["readings"]
            self.targets = {name: set(found) for name, found in known["targets"].items()}
            self.dangling, self.files = set(known["dangling"]), set(known["files"])

    def reached(self, env: BuildEnvironment) -> list[str]:
        """Documents whose pages show something that is no longer as it was; what is now is remembered."""
        frame, facades = frame_of(env), facades_of(env)
        before, changed_frame = self.facades, frame != self.frame
        self.frame, self.facades = frame, facades
        changed = {name for name in facades.keys() | before.keys() if facades.get(name) != before.get(name)}
        if changed_frame:
            found = set(env.found_docs)
        else:
            found = {name for name, shown in self.targets.items() if shown & changed}
            found |= self.dangling if changed else set()
            found |= {name for name in env.found_docs if reading_of(env, name) != self.readings.get(name)}
        found &= set(env.found_docs)
        return sorted(found)

    def note(self, docname: str, doctree: nodes.document, env: BuildEnvironment) -> None:
        """Learn from what a page is written, and whose facades it shows, from the references in it."""
        self.readings[docname] = reading_of(env, docname)
        self.targets[docname] = set()
        for reference in doctree.findall(nodes.reference):
            if reference.get("internal") and (address := unquote(reference.get("refuri", "").partition("#")[0])):
                self.targets[docname].add(normpath(join(dirname(docname), address.removesuffix(".html"))))

    def sweep(self, env: BuildEnvironment, folder: Path, suffix: str) -> None:
        """Remove pages, sources, pictures and downloads in the web book's ``folder`` that the last build made and
        nobody wants.
        """
        now = {f"{name}{suffix}" for name in env.found_docs}
        now |= {f"_sources/{env.doc2path(name, base=False).as_posix()}.txt" for name in env.found_docs}
        now |= {f"_images/{name}" for _, name in env.images.values()}
        now |= {f"_downloads/{name}" for _, name in env.dlfiles.values()}
        for path in unwanted({folder / name for name in self.files - now}, {folder / name for name in now}):
            path.unlink(missing_ok=True)
        self.files = now

    def save(self, found_docs: Iterable[str]) -> None:
        """Write what is known for the next build."""
        there = set(found_docs)
        content = {
            "premises": self.premises,
            "frame": self.frame,
            "facades": self.facades,
            "readings": {name: known for name, known in sorted(self.readings.items()) if name in there},
            "targets": {name: sorted(shown) for name, shown in sorted(self.targets.items()) if name in there},
            "dangling": sorted(self.dangling & there),
            "files": sorted(self.files),
        }
        write_json(self.path, content)


def frame_of(env: BuildEnvironment) -> str:
    """A digest of what stands round the text of every page: the tree of documents with titles and numbers."""
    numbers = {name: numbers.get("") for name, numbers in env.toc_secnumbers.items()}
    return key_of(env.titles, numbers, env.toctree_includes)


def facades_of(env: BuildEnvironment) -> dict[str, str]:
    """Document → a digest of all that pages of others may show of it."""
    shown: dict[str, list[object]] = defaultdict(list)
    for name in env.found_docs:
        shown[name] += [
            env.titles.get(name), env.longtitles.get(name), env.toc_secnumbers.get(name), env.toc_fignumbers.get(name)
        ]  # fmt: skip
    for domain in env.domains.sorted():
        for item in sorted(domain.get_objects(), key=repr):
            shown[item[3]].append((domain.name, *item))
    standard = env.domains.standard_domain
    for labels in (standard.labels, standard.anonlabels, standard._terms):
        for label, place in sorted(cast("Any", labels).items(), key=repr):
            shown[place[0]].append((label, *place))
    for label, (docname, number) in sorted(env.domains.math_domain.data["objects"].items()):
        shown[docname].append((label, number))
    if "cite" in env.domains:
        cite: Any = env.domains["cite"]
        for citation in cite.citations:
            shown[citation.bibliography_key.docname].append(citation)
        for key, bibliography in cite.bibliographies.items():
            shown[key.docname].append(bibliography)
    return {name: key_of(values) for name, values in shown.items()}


def restore_index_entries(app: Sphinx) -> None:
    """Give the search index the entries of pages that are not written again, and take out words that no page has any
    more.

    Sphinx loads all of a kept index but its entries, and leaves words behind.
    """
    builder: Any = app.builder
    if "load_indexer" in vars(builder):
        return
    load = builder.load_indexer

    def load_indexer(docnames: Iterable[str]) -> None:
        kept = set(app.env.all_docs) - set(docnames)
        if kept and kept <= builder.indexer._filenames.keys():
            builder.indexer.prune(kept)  # in a process that stays up all of it is still there
        else:
            load(docnames)
        entries = app.env.get_domain("index").data["entries"]
        for docname in kept:
            found: set[tuple[str, str, str]] = set()
            for kind, value, target, main, _key in entries.get(docname, ()):
                with suppress(ValueError):
                    parts = split_index_msg(kind, value)
                    found |= {(part, target or "", main) for part in parts}
            builder.indexer._index_entries[docname] = sorted(found)
        for words in (builder.indexer._mapping, builder.indexer._title_mapping):
            for word in [word for word, documents in words.items() if not documents]:
                del words[word]

    builder.load_indexer = load_indexer


def setup(app: Sphinx) -> None:
    """Remember and ask, when the web book is built by the command and not by Sphinx alone."""
    now: list[WebMemory] = []
    """The memory of the build that runs, or nothing."""

    def reached(app: Sphinx, env: BuildEnvironment) -> list[str]:
        now.clear()
        if getattr(app, "builder_outputs", None) is None:
            return []
        restore_index_entries(app)
        now.append(WebMemory(Path(app.doctreedir) / "web.json", web_premises(app)))
        if now[0].is_new:
            shutil.rmtree(app.outdir, ignore_errors=True)  # what an earlier build left there, nobody might want
        return now[0].reached(env)

    def note(app: Sphinx, doctree: nodes.document, docname: str) -> None:
        if now and app.builder.format == "html":
            now[0].note(docname, doctree, app.env)

    def missing(app: Sphinx, env: BuildEnvironment, node: nodes.Element, _content: nodes.Element) -> None:
        if now and "refdoc" in node:
            now[0].dangling.add(node["refdoc"])

    def begin(app: Sphinx, _builder: Any) -> None:
        if now:
            now[0].path.unlink(missing_ok=True)  # who is stopped while pages are written, writes all of them next time

    def end(app: Sphinx, error: Exception | None) -> None:
        if now and error is None:
            builder: Any = app.builder
            now[0].sweep(app.env, Path(app.outdir), builder.out_suffix)
            now[0].save(app.env.found_docs)

    app.connect("env-get-updated", reached, priority=AFTER_NUMBERS)
    app.connect("doctree-resolved", note)
    app.connect("missing-reference", missing)
    app.connect("write-started", begin, priority=AFTER_NUMBERS)
    app.connect("build-finished", end)

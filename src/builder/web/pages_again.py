"""Which pages of the web book an edit reaches beyond the documents that changed, so that it equals one built anew.

Sphinx writes a page again when its source changed or its own numbers did. A page also shows what others hold: the
titles and numbers of what it refers to, and in its sidebar the titles of all. So for each document we keep what it
shows of itself to others (its facade), who bears the names that its references look for and, noted while pages are
written, whose facades its page shows.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.index_entries import split_index_msg

from builder.source.document_cache import gathers
from builder.source.facades import documents_above, facades_of
from builder.source.internals import drop_empty_words, forget_kinds_of_objects, has_indexed, set_index_entries
from builder.source.premises import web_premises
from builder.source.readings import reading_of, readings_of
from builder.source.sought import sought
from builder.source.stumbling import stumbled_over
from builder.source.unknown import has_replaced, strangers_take_part
from builder.store.files import unwanted
from builder.store.keys import key_of
from builder.store.records import read_json, write_json

PAGES_BEGUN = "builder-pages-begun"
"""The event before the pages of documents are written, where there are any to write, with their names."""
PAGES_WRITTEN = "builder-pages-written"
"""The event when the pages of all documents are written, and indices and search are not."""
AFTER_NUMBERS = 700
"""Priority behind that of Sphinx's counting and of the letters of appendices."""
BEFORE_ALL, BEHIND_ALL = 50, 950
"""Priorities before and behind those of extensions."""
BRANCH, EVERY = "branch", "every"
"""Whose sections a sidebar shows: those of the documents above its page, or those of all documents."""


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
        self.bearing: dict[str, str] = {}
        self.sections: dict[str, str] = {}
        self.frames: dict[str, str] = {}
        self.gathering: set[str] = set()
        self.begun: set[str] = set()
        self.page: nodes.document | None = None
        self.files: set[str] = set()
        self.late: set[str] = set()
        known = read_json(path)
        if known is not None and known["premises"] == premises:
            self.is_new = False
            self.frame, self.facades, self.readings = known["frame"], known["facades"], known["readings"]
            self.targets = {name: set(found) for name, found in known["targets"].items()}
            self.bearing, self.sections, self.frames = known["bearing"], known["sections"], known["frames"]
            self.files, self.late, self.gathering = (set(known[name]) for name in ("files", "late", "gathering"))

    def reached(self, env: BuildEnvironment, *, shows_any: bool) -> list[str]:
        """Documents whose pages show something that is no longer as it was; what is now is remembered. With
        ``shows_any`` each page may show anything of all documents.
        """
        frame, now = frame_of(env), facades_of(env)
        facades = {name: now.of(name) for name in now.shown}
        words = {word for of_page in sought(env).values() for word in of_page}
        bearing = {word: digest for word in words if (digest := now.bearing(word))}
        before, changed_frame = self.facades, frame != self.frame
        changed_words = {word for word in words if bearing.get(word) != self.bearing.get(word)}
        self.frame, self.facades, self.bearing = frame, facades, bearing
        changed, sections = changed_in(facades, before), sections_of(env)
        if changed_frame or (shows_any and readings_of(env) != self.readings):
            found = set(env.found_docs)
        else:
            found = changed | {name for name, shown in self.targets.items() if shown & changed}
            found |= {name for name, of_page in sought(env).items() if of_page & changed_words}
            found |= {name for name in env.found_docs if reading_of(env, name) != self.readings.get(name)}
            found |= self.gathering | self.showing_sections(env, {*changed_in(sections, self.sections)})
        self.sections = sections
        return sorted(found & env.found_docs)

    def showing_sections(self, env: BuildEnvironment, changed: set[str]) -> set[str]:
        """Documents whose pages show titles of sections that stand in ``changed``: those above, whose toctrees may be
        so deep, and those whose sidebars show sections, of their own branch or of all documents.
        """
        above = documents_above(env)
        found = {name for docname in changed for name in above.get(docname, ())}
        found |= {name for name, frame in self.frames.items() if frame == BRANCH and above.get(name, set()) & changed}
        return found | {name for name, frame in self.frames.items() if frame == EVERY and changed}

    def note_frame(self, pagename: str, *, shows_every: bool) -> None:
        """Learn that the sidebar of a page shows titles of sections."""
        if shows_every or pagename not in self.frames:
            self.frames[pagename] = EVERY if shows_every else BRANCH

    def begin(self, docname: str, doctree: nodes.document) -> None:
        """Forget what a page showed in the last build, and learn whether it shows what all others hold. Sphinx resolves
        parts of a page as documents of its name; the page is the first.
        """
        if docname not in self.begun:
            self.begun.add(docname)
            self.page = doctree
            self.targets[docname] = set()
            self.frames.pop(docname, None)
            self.gathering.discard(docname)
            self.gathering |= {docname} if gathers(doctree) else set()

    def note(self, docname: str, doctree: nodes.document, env: BuildEnvironment) -> None:
        """Learn from what a page is written, and whose facades it shows, from the references in it."""
        self.readings[docname] = reading_of(env, docname)
        if doctree is self.page and has_replaced(env, docname, doctree):
            self.gathering.add(docname)
        for reference in doctree.findall(nodes.reference):
            if reference.get("internal") and (address := unquote(reference.get("refuri", "").partition("#")[0])):
                self.targets[docname].add(normpath(join(dirname(docname), address.removesuffix(".html"))))

    def sweep(self, env: BuildEnvironment, folder: Path, suffix: str) -> None:
        """Remove pages, sources, pictures and downloads in the web book's ``folder`` that the last build made and
        nobody wants.
        """
        now = {f"{name}{suffix}" for name in env.found_docs}
        now |= {f"_sources/{copied_as(env, name)}" for name in env.found_docs}
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
            "bearing": dict(sorted(self.bearing.items())),
            "sections": {name: known for name, known in sorted(self.sections.items()) if name in there},
            "frames": {name: known for name, known in sorted(self.frames.items()) if name in there},
            "gathering": sorted(self.gathering),
            "files": sorted(self.files),
            "late": sorted(self.late),
        }
        write_json(self.path, content)


def copied_as(env: BuildEnvironment, docname: str) -> str:
    """The name of the copy of a document's source, which ends in an option's suffix unless the source does."""
    name, suffix = env.doc2path(docname, base=False).as_posix(), env.config.html_sourcelink_suffix
    return name if name == docname + suffix else name + suffix


def sections_of(env: BuildEnvironment) -> dict[str, str]:
    """Document → a digest of the titles of its sections, as far as tables of contents show them."""
    return {name: key_of(toc, env.metadata.get(name, {}).get("tocdepth")) for name, toc in env.tocs.items()}


def changed_in(now: Mapping[str, str], before: Mapping[str, str]) -> set[str]:
    """The names of which the digest is not as it was."""
    return {name for name in now.keys() | before.keys() if now.get(name) != before.get(name)}


def frame_of(env: BuildEnvironment) -> str:
    """A digest of what stands round the text of every page: the tree of documents with titles and numbers, and the
    captions and options of toctrees.
    """
    numbers = {name: numbers.get("") for name, numbers in env.toc_secnumbers.items()}
    trees = {name: list(map(key_of, toc.findall(addnodes.toctree))) for name, toc in env.tocs.items()}
    return key_of(env.titles, numbers, env.toctree_includes, trees)


def load_index(builder: Any, docnames: Iterable[str], load: Callable[[Iterable[str]], None]) -> None:
    """Have a builder's search index hold what the last build knew of all pages but those of ``docnames``, which are
    written.

    Sphinx's own ``load`` takes all of a stored index but its entries, and leaves words behind that no page has any
    more. Entries stand in the order of the documents, as where all pages are written.
    """
    every = sorted(builder.env.all_docs)
    unwritten = set(every) - set(docnames)
    if unwritten and has_indexed(builder.indexer, unwritten):
        builder.indexer.prune(unwritten)  # in a process that stays up all of it is still there
    else:
        load(docnames)
    entries = builder.env.get_domain("index").data["entries"]
    known = {name: sorted(index_entries(entries.get(name, ()))) if name in unwritten else [] for name in every}
    set_index_entries(builder.indexer, known)
    drop_empty_words(builder.indexer)
    forget_kinds_of_objects(builder.indexer)


def index_entries(entries: Iterable[tuple[str, str, str, str, str | None]]) -> set[tuple[str, str, str]]:
    """The entries of a document as the search index has them; those that are malformed are left out, as Sphinx does."""
    found: set[tuple[str, str, str]] = set()
    for kind, value, target, main, _key in entries:
        with suppress(ValueError):
            parts = split_index_msg(kind, value)
            found |= {(part, target or "", main) for part in parts}
    return found


def static_files(folder: Path) -> set[str]:
    """The static files of the web book in ``folder``, named from there."""
    return {path.relative_to(folder).as_posix() for path in (folder / "_static").rglob("*") if path.is_file()}


class Listener:
    """Hears what Sphinx does while the command writes the web book, and learns from it."""

    memory: WebMemory | None = None
    """That of the build that runs; None before all is read."""
    static: set[str] | None = None
    """The static files that were there when all pages were written; None before, and where none is written."""

    def reached(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """When all is read: the documents whose pages are written again, beside those that Sphinx knows of."""
        self.memory = WebMemory(Path(app.doctreedir) / "web.json", web_premises(app))
        if self.memory.is_new:
            shutil.rmtree(app.outdir, ignore_errors=True)  # what an earlier build left there, nobody might want
        for name in self.memory.late:
            (Path(app.outdir) / name).unlink(missing_ok=True)
        return self.memory.reached(env, shows_any=strangers_take_part(app))

    def resolved(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """When a page is about to be written: note whose facades it shows."""
        if self.memory is not None and app.builder.format == "html":
            self.memory.note(docname, doctree, app.env)

    def unresolved(self, app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Before others see a page that is resolved."""
        if self.memory is not None and app.builder.format == "html":
            self.memory.begin(docname, doctree)

    def framed(self, _app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: Any) -> None:
        """When a page is about to be filled in: have the ``toctree`` of templates note whether it shows sections."""
        memory, usual = self.memory, context.get("toctree")
        if memory is None or doctree is None or not callable(usual):
            return

        def toctree(**options: Any) -> Any:
            if not options.get("titles_only"):
                memory.note_frame(pagename, shows_every=not options.get("collapse", True))
            return usual(**options)

        context["toctree"] = toctree

    def begin(self, _app: Sphinx, _builder: Any) -> None:
        """Before pages are written: remove the file, so that who is stopped then writes all of them next time."""
        if self.memory is not None:
            self.memory.path.unlink(missing_ok=True)

    def written(self, app: Sphinx) -> None:
        """When the pages of all documents are written: note which static files they could name."""
        self.static = static_files(Path(app.outdir))

    def end(self, app: Sphinx, error: Exception | None) -> None:
        """When the web book is whole: remove what nobody wants, and write the file.

        Extensions may place style sheets when a build ends. The pages of a new web book name such a file without a
        digest of its content, which Sphinx finds in the next build and writes into all pages; so it is removed then.
        """
        if self.memory is not None and error is None:
            builder: Any = app.builder
            if self.static is not None:
                self.memory.late = static_files(Path(app.outdir)) - self.static
            for name in stumbled_over(app):
                self.memory.readings.pop(name, None)
            self.memory.sweep(app.env, Path(app.outdir), builder.out_suffix)
            self.memory.save(app.env.found_docs)


def listen(app: Sphinx) -> None:
    """Have the web book of ``app`` written again as far as an edit reaches."""
    listener = Listener()
    app.connect("env-get-updated", listener.reached, priority=AFTER_NUMBERS)
    app.connect("doctree-resolved", listener.unresolved, priority=BEFORE_ALL)
    app.connect("doctree-resolved", listener.resolved, priority=BEHIND_ALL)
    app.connect("html-page-context", listener.framed, priority=BEHIND_ALL)
    app.connect("write-started", listener.begin, priority=AFTER_NUMBERS)
    app.connect(PAGES_WRITTEN, listener.written)
    app.connect("build-finished", listener.end)

"""Watches the sources of a project and builds it again and again in one process; tells listeners what happened."""

from __future__ import annotations

import gc
import logging as python_logging
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import watchfiles
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.matching import Matcher

from builder.build.report import Output
from builder.build.request import Request
from builder.build.session import Listeners, Session
from builder.errors import AuthorError
from builder.source.premises import local_inventories, project_modules, web_files
from builder.source.readings import inputs_of
from builder.store.files import seen_from
from builder.store.stamps import CLOCK
from builder.typeset.fonts import font_stamps

LOOK = 1000
"""Milliseconds between looks whether the folders that are watched are still the same."""
AGAIN = 0.5
"""Seconds before watching begins anew."""
OF_PROJECTS = (".py", ".yml", ".yaml", ".toml", ".bib")
"""Endings of files that say what a project is, or that settings name."""
PATIENCE = 30
"""Milliseconds without another change before a build begins: editors write a file in several steps."""


@dataclass(frozen=True, slots=True)
class ReportedProblem:
    """A warning or an error, with its place as the author writes it: ``book/one.md:12``."""

    kind: str
    place: str
    message: str


@dataclass(frozen=True, slots=True)
class News:
    """What listeners hear: ``building`` when a build begins, ``pages`` when files of the web book changed (perhaps
    twice), ``slides`` when slides did, then ``built``, with the exit ``status`` that the build has, or ``failed`` when
    nothing could be made. ``began`` tells builds apart: when this one began, in milliseconds.
    """

    type: str
    seconds: float = 0.0
    changed: tuple[str, ...] = ()
    problems: tuple[ReportedProblem, ...] = ()
    outputs: tuple[Output, ...] = ()
    status: int = 0
    began: int = 0

    def content(self) -> dict[str, Any]:
        """As it is sent to browsers."""
        return asdict(self)


class Building:
    """The project of ``request``, built now and after each change until `stop`."""

    def __init__(self, request: Request, tell: Callable[[News], None]) -> None:
        self.request, self.tell = request, tell
        self.last = News("building")
        self.problems: tuple[ReportedProblem, ...] = ()
        """What the last build that came to its end had to say."""
        self.stopping = threading.Event()
        self.changed = threading.Event()
        self.asked: list[Future[News]] = []
        self.session: Session | None = None
        self.inputs: set[Path] = set()
        self.above_inputs: set[Path] = set()
        """Files and folders that a build has read wherever they lie, and the folders above them."""
        self.fonts_from: tuple[str, ...] = ()
        """Stamps of the author's own fonts, which the compiler and those who measure hold in memory."""
        self.began = 0
        """When the last build began, in nanoseconds."""

    def run(self) -> None:
        """Build, and build again after each change; returns after `stop`. All in the thread that calls it, as Sphinx
        needs it.
        """
        python_logging.getLogger("watchfiles").setLevel(python_logging.WARNING)
        watching = threading.Thread(target=self.watch, name="watching", daemon=True)
        watching.start()
        try:
            self.build()
            while self.changed.wait() and not self.stopping.is_set():
                self.changed.clear()  # what changes from here on is built next
                asked, self.asked = self.asked, []
                if not (asked and self.is_current()):
                    with without_garbage_collection():
                        self.build()
                for future in asked:
                    future.set_result(self.last)
                if not self.changed.is_set() and self.session is not None:
                    self.session.rest()
        finally:
            self.forget()
            for future in self.asked:
                future.cancel()

    def ask(self) -> Future[News]:
        """Have it built now; what came of it, when it is done. May be called from any thread."""
        future: Future[News] = Future()
        self.asked.append(future)
        self.changed.set()
        return future

    def is_current(self) -> bool:
        """True if nothing that concerns the build changed since the last one began: an edit is mostly seen before a
        build is asked for.
        """
        try:
            found = [path.stat() for root in self.watched() for path in self.sources(root)]
        except OSError:
            return False  # something is being moved; a build tells what
        return max(max(stat.st_mtime_ns, stat.st_ctime_ns) for stat in found) < self.began - CLOCK

    def sources(self, root: Path) -> Iterator[Path]:
        """A folder with all in it that concerns the build: what is new or gone changes the time of its folder."""
        for folder, folders, files in os.walk(root):
            yield Path(folder)
            for names in (folders, files):
                names[:] = [name for name in names if self.concerns(watchfiles.Change.modified, f"{folder}/{name}")]
            yield from (Path(folder, name) for name in files)

    def watch(self) -> None:
        """Note changes, from the start, so that no edit is missed while the first build runs; begins anew where
        watching ends by itself.
        """
        shown = ""
        while not self.stopping.is_set():
            why = self.watch_until_lost()
            if self.stopping.is_set():
                return
            if why != shown:
                print(f"builder: {why}; what is edited is built when it can be seen again", flush=True)
                shown = why
            self.stopping.wait(AGAIN)
            if all(folder.is_dir() for folder in self.watched()):
                shown = ""
                self.changed.set()

    def watch_until_lost(self) -> str:
        """Note changes as long as the folders are the same ones and the system tells of them; returns why
        that ended.
        """
        folders = self.watched()
        try:
            before = list(map(identity, folders))
            for changes in watchfiles.watch(
                *folders, watch_filter=self.concerns, stop_event=self.stopping, debounce=400, step=PATIENCE,
                raise_interrupt=False, rust_timeout=LOOK, yield_on_timeout=True,
            ):  # fmt: skip
                if changes:
                    self.changed.set()
                for folder, seen in zip(folders, before, strict=True):
                    if identity(folder) != seen:
                        return f"{seen_from(folder)} is another folder now"
        except FileNotFoundError as error:
            return f"{seen_from(Path(error.filename)) if error.filename else 'a folder of the sources'} is gone"
        except Exception as error:  # what the system cannot tell, a name that is no text: the next look is a new one
            return f"watching stopped ({type(error).__name__}: {error})"
        return "watching stopped"

    def stop(self) -> None:
        """End `run`."""
        self.stopping.set()
        self.changed.set()

    def watched(self) -> list[Path]:
        """Folders whose changes concern the build."""
        folders = {self.request.source.resolve(), self.request.config.resolve()}
        return sorted(folder for folder in folders if not any(other in folder.parents for other in folders))

    def concerns(self, _change: watchfiles.Change, path: str) -> bool:
        """False for what is no source: outputs, hidden files, what editors and Python leave about."""
        changed = Path(path)
        if changed.is_relative_to(self.request.output.resolve()) or path.endswith(("~", ".swp", ".tmp", ".pyc")):
            return False
        if is_stream(changed):
            return False
        source, config = self.request.source.resolve(), self.request.config.resolve()
        base = source if changed.is_relative_to(source) else config
        parts = changed.relative_to(base).parts
        if any(part.startswith(".") or part == "__pycache__" for part in parts):
            return False
        if changed in self.above_inputs or not self.inputs.isdisjoint((changed, *changed.parents)):
            return True
        if base == source and self.is_excluded("/".join(parts)):
            return False
        beside = [(config / self.lectures_file()).parent, *self.fonts()]
        if any(map(changed.is_relative_to, beside)):
            return True
        return (base == source or changed.parent == config) and self.may_be_read(changed)

    def may_be_read(self, changed: Path) -> bool:
        """True for what no document has read and may be the next to be read: a folder, a document, settings, a module,
        a file that something was said of; anything as long as nothing was built.
        """
        app = self.session.app if self.session is not None else None
        if app is None or changed.is_dir() or changed.suffix in (*app.config.source_suffix, *OF_PROJECTS):
            return True
        named = re.compile(rf"(?<!\w){re.escape(changed.stem)}(?!\w)")
        return any(named.search(problem.message) for problem in self.problems)

    def is_excluded(self, name: str) -> bool:
        """True for what the project's ``exclude_patterns`` leave out: outputs of other tools, mostly."""
        app = self.session.app if self.session is not None else None
        return app is not None and matcher(tuple(app.config.exclude_patterns))(name)

    def lectures_file(self) -> str:
        """Return where the project's lectures are declared, below the folder of its settings."""
        app = self.session.app if self.session is not None else None
        return str(app.config.builder_lectures) if app is not None else "slides/lectures.toml"

    def fonts(self) -> list[Path]:
        """The author's own folder of fonts, where there is one."""
        app = self.session.app if self.session is not None else None
        return [Path(app.confdir) / app.config.builder_fonts] if app is not None and app.config.builder_fonts else []

    def note_inputs(self, app: Sphinx) -> None:
        """Note the files and folders that options name and documents read: they may lie where no source does, or be
        excluded.
        """
        named = [*web_files(app), *project_modules(app), *local_inventories(app)]
        if app.config.builder_template:
            named.append((Path(app.confdir) / app.config.builder_template).parent)
        named += [path for paths in inputs_of(app.env).values() for path in map(Path, paths)]
        homes = self.watched()
        resolved = (path.resolve() for path in named)
        self.inputs = {path for path in resolved if any(home in path.parents for home in homes)}
        self.above_inputs = {folder for path in self.inputs for folder in path.parents}

    def forget(self) -> None:
        """Close the session: the next build sets the project up anew."""
        self.fonts_from = ()
        if self.session is not None:
            self.session.__exit__(None, None, None)
            self.session = None

    def build(self) -> None:
        """Build once, and send news; a build that fails leaves the last good outputs."""
        self.began = time.time_ns()
        self.send(News("building"))
        broken: tuple[ReportedProblem, ...] = ()
        failed, seconds, status = False, 0.0, 1
        outputs: tuple[Output, ...] = ()
        try:
            if self.fonts_from != font_stamps(self.fonts()):
                self.forget()
            if self.session is None:
                listeners = Listeners(
                    lambda changed: self.send(News("pages", changed=tuple(changed))), lambda: self.send(News("slides"))
                )
                self.session = Session(self.request, stays=True, listeners=listeners)
                self.session.__enter__()
            report = self.session.build()
            if self.session.app is not None:
                self.note_inputs(self.session.app)
            self.fonts_from = self.fonts_from or font_stamps(self.fonts())
            status, seconds, outputs = report.status, report.seconds["all"], tuple(report.outputs)
        except (AuthorError, SphinxError) as error:
            failed, broken = True, (ReportedProblem("error", "", str(error)),)
        except Exception as error:
            failed, broken = True, (ReportedProblem("error", "", f"{type(error).__name__}: {error}"),)
        self.problems = problems = (*self.reported(), *broken)
        if failed:
            self.forget()
        news = News("failed" if failed else "built", seconds, problems=problems, outputs=outputs, status=status)
        self.send(news)

    def reported(self) -> tuple[ReportedProblem, ...]:
        """The warnings and errors of the last build."""
        faults = self.session.counter.faults if self.session is not None else []
        return tuple(ReportedProblem(fault.severity, fault.place, fault.message) for fault in faults)

    def send(self, news: News) -> None:
        """Note the latest news and pass them to who listens."""
        self.last = replace(news, began=self.began // 1_000_000)
        self.tell(self.last)


def is_stream(path: Path) -> bool:
    """True for the file that this process writes its own messages to: each build would be the reason of the next."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # no such stream or path, or no file
            found, own = path.stat(), os.fstat(stream.fileno())
            if (found.st_dev, found.st_ino) == (own.st_dev, own.st_ino):
                return True
    return False


def identity(folder: Path) -> tuple[int, int]:
    """Return what tells a folder from another one in its place.

    Raises:
        FileNotFoundError: there is none.
    """
    found = folder.stat()
    return found.st_dev, found.st_ino


@lru_cache(maxsize=4)
def matcher(patterns: tuple[str, ...]) -> Matcher:
    """Return what tells whether a name matches one of ``patterns``."""
    return Matcher(patterns)


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Collect no garbage while the block runs: a third of the time of a build went into looking through the
    doctrees.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

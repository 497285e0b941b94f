"""Reads the sources once and runs the three sides: web book, printed book, decks.

After reading, the printed book and the decks are made in a forked process while this one writes the web
book; where there is no fork they are made after it.
"""

from __future__ import annotations

import hashlib
import json
import logging as python_logging
import os
import pickle
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util import logging

from builder import __version__
from builder.book.builder import TypstBuilder, pdf_name
from builder.deck.plan import PlanOptions
from builder.errors import AuthorError
from builder.files import write_whole
from builder.pptx.builder import PptxBuilder
from builder.report import Output, Report, WarningCounter
from builder.web import DOWNLOADS, Outputs

logger = logging.getLogger(__name__)
TARGETS = ("html", "pdf", "pptx")
WORK = ".work"


@dataclass(frozen=True, slots=True)
class Request:
    """What to build. ``deck`` '' builds all decks."""

    source: Path
    config: Path
    output: Path
    targets: tuple[str, ...] = TARGETS
    deck: str = ""
    warnings_are_errors: bool = False
    quiet: bool = False
    debug: bool = False

    @property
    def work(self) -> Path:
        """Where intermediate files are kept."""
        return self.output / WORK


class Project(Sphinx):
    """A Sphinx application that has our extension without the project naming it."""

    def preload_builder(self, name: str) -> None:
        """Called by Sphinx after the project's own extensions are loaded."""
        self.setup_extension("builder")
        super().preload_builder(name)


class SourceErrors(SphinxError):
    """The sources have errors, which were reported; nothing is written."""

    category = "Errors in the sources"


@dataclass(slots=True)
class Prints:
    """What the printing process sends back."""

    outputs: list[Output] = field(default_factory=list)
    warnings: dict[str, int] = field(default_factory=dict)
    warning_count: int = 0
    status: int = 0
    crash: str = ""
    seconds: dict[str, float] = field(default_factory=dict)


def run(request: Request) -> Report:
    """Build what ``request`` asks for.

    Raises:
        AuthorError: the output folder cannot be used.
        SphinxError: configuration or sources cannot be read at all.
    """
    started = time.perf_counter()
    prepare_output(request)
    counter = WarningCounter()
    with counting(counter):
        report = _run(request, counter)
    report.seconds["all"] = time.perf_counter() - started
    report.write(request.output / "report.json")
    return report


def prepare_output(request: Request) -> None:
    """Make the output folder; one that cannot be written is an error before anything is read."""
    try:
        request.work.mkdir(parents=True, exist_ok=True)
        probe = request.work / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise AuthorError(f"the output folder {request.output} cannot be written: {error.strerror}; choose another with -o.") from None
    (request.output / ".gitignore").write_text("*\n", encoding="utf-8")


@contextmanager
def counting(counter: WarningCounter) -> Iterator[None]:
    """Let ``counter`` see all warnings of Sphinx and its extensions."""
    sphinx_logger = python_logging.getLogger("sphinx")
    sphinx_logger.addHandler(counter)
    try:
        yield
    finally:
        sphinx_logger.removeHandler(counter)


def _run(request: Request, counter: WarningCounter) -> Report:
    report = Report()
    read_started = time.perf_counter()
    status: IO[str] | None = None if request.quiet else sys.stdout
    app = Project(
        str(request.source), str(request.config), str(request.work / "html"), str(request.work / "doctrees"),
        "html" if "html" in request.targets else "dummy",
        status=status, warning=sys.stderr, exception_on_warning=False, warningiserror=False,
    )  # fmt: skip
    python_logging.getLogger("sphinx").addHandler(counter)
    if "html" in request.targets:
        app.builder_outputs = Outputs(pdf_name(app.config) if "pdf" in request.targets else "", "pptx" in request.targets)  # type: ignore[attr-defined]
    printing = Printing(app, request, counter)

    def after_reading(_app: Any, builder: Any) -> None:
        report.seconds["read"] = time.perf_counter() - read_started
        if app.statuscode:
            raise SourceErrors("nothing was written; the files of the last good build stay as they were.")
        printing.start()

    app.connect("write-started", after_reading)
    try:
        app.build()
    except SourceErrors as error:
        logger.error(str(error))
        report.status = 1
        report.warnings = counter.counts
        return report
    html_seconds = time.perf_counter() - read_started - report.seconds["read"]
    report.seconds["html"] = html_seconds
    prints = printing.result()
    report.status = app.statuscode or prints.status
    report.warnings = counter.counts
    report.warnings.update(prints.warnings)
    report.seconds |= prints.seconds
    if prints.crash:
        raise SphinxError(prints.crash)
    if "html" in request.targets:
        changed = publish(request.work / "html", request.output / "html")
        pages = sum(1 for docname in app.env.found_docs)
        report.outputs.append(Output("html", str(request.output / "html" / "index.html"), f"{pages} pages", html_seconds, not changed))
    report.outputs += prints.outputs
    if "html" in request.targets:
        offer_downloads(request, report.outputs)
    if request.warnings_are_errors and (app._warncount or prints.warning_count):
        report.status = 1
    return report


class Printing:
    """The printed book and the decks, in a process of their own where the system can fork."""

    def __init__(self, app: Sphinx, request: Request, counter: WarningCounter) -> None:
        self.app, self.request, self.counter = app, request, counter
        self.pid = 0
        self.pipe: IO[bytes] | None = None
        self.kept: Prints | None = None

    @property
    def wanted(self) -> bool:
        """True if the request names an output that this process makes."""
        return bool({"pdf", "pptx"} & set(self.request.targets))

    def start(self) -> None:
        """Begin, unless nothing changed since the last build."""
        if not self.wanted:
            self.kept = Prints()
            return
        self.kept = unchanged(self.app, self.request)
        if self.kept is not None or not hasattr(os, "fork"):
            return
        reading, writing = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            self._in_child(writing)
        os.close(writing)
        self.pipe = os.fdopen(reading, "rb")

    def _in_child(self, writing: int) -> None:
        """Print, send the result and leave without the parent's clean-up."""
        code = 0
        try:
            self.counter.counts.clear()
            result = print_outputs(self.app, self.request, self.counter)
            with os.fdopen(writing, "wb") as out:
                out.write(pickle.dumps(result))
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:  # noqa: BLE001 - a forked child must not unwind into the parent's stack
            code = 70
        finally:
            os._exit(code)

    def result(self) -> Prints:
        """Wait for the result."""
        if self.kept is not None:
            return self.kept
        if self.pipe is None:
            return print_outputs(self.app, self.request, self.counter)
        content = self.pipe.read()
        self.pipe.close()
        os.waitpid(self.pid, 0)
        if not content:
            return Prints(status=1, crash="the process that sets the printed book ended before it was done.")
        result = pickle.loads(content)
        assert isinstance(result, Prints)
        return result


def print_outputs(app: Sphinx, request: Request, counter: WarningCounter) -> Prints:
    """Make the printed book and the decks from the environment of ``app``."""
    result = Prints()
    before = app._warncount
    try:
        _print_outputs(app, request, result)
    except AuthorError as error:
        logger.error(str(error), type="builder", subtype="error")
        app.statuscode = 1
    except Exception as error:
        import traceback

        detail = traceback.format_exc() if request.debug else f"{type(error).__name__}: {error} (--debug shows where)"
        result.crash = f"the printed book or the decks could not be made: {detail}"
        app.statuscode = 1
    result.status = app.statuscode
    result.warnings = dict(counter.counts)
    result.warning_count = app._warncount - before
    if result.status == 0 and not result.crash and not request.deck:
        remember(app, request, result)
    return result


def _print_outputs(app: Sphinx, request: Request, result: Prints) -> None:
    become_print(app)
    started = time.perf_counter()
    book = make_builder(TypstBuilder, app, request.work / "typstpdf")
    decks = make_builder(PptxBuilder, app, request.output / "slides")
    decks.only_deck = request.deck
    lectures = decks.lectures() if "pptx" in request.targets else []
    if request.deck and request.deck not in {lecture.name for lecture in lectures}:
        known = ", ".join(lecture.name for lecture in lectures)
        raise AuthorError(f"there is no deck '{request.deck}'; the decks are: {known}.")
    wanted = {item.partition("#")[0] for lecture in lectures for item in lecture.documents}
    options = plan_options(app)

    def plan(docname: str, doctree: nodes.document) -> None:
        if docname in wanted:
            decks.plan_document(docname, doctree, options)

    book.on_resolved = plan
    app.builder = book  # type: ignore[assignment]
    compiled = book.write_book()
    result.seconds["pdf"] = time.perf_counter() - started
    if compiled is None or app.statuscode:
        decks.finish_planning(lectures)
        return
    if "pdf" in request.targets:
        target = request.output / "pdf" / f"{pdf_name(app.config)}.pdf"
        write_whole(target, compiled.pdf)
        result.outputs.append(Output("pdf", str(target), f"{compiled.pages} pages", result.seconds["pdf"]))
    if lectures:
        decks_started = time.perf_counter()
        decks.page_map = compiled.page_map
        decks.write_decks()
        result.seconds["decks"] = time.perf_counter() - decks_started
        for deck in decks.written:
            result.outputs.append(Output("pptx", str(deck.path), f"{deck.slides} slides", deck.seconds, actions=deck.actions))


def plan_options(app: Sphinx) -> PlanOptions:
    """The planner's options from conf.py."""
    config = app.config
    return PlanOptions(
        verbatim=config.builder_point_style == "verbatim",
        outline=config.builder_plan == "outline",
        slide_level=config.builder_slide_level,
        notes_paragraphs=config.builder_notes_paragraphs,
    )


def become_print(app: Sphinx) -> None:
    """Make ``only`` directives and transforms see a printing builder instead of the web one."""
    for tag in ("html", "format_html", "builder_html", "dummy", "builder_dummy"):
        app.tags.remove(tag)
    app.tags._condition_cache.clear()
    for tag in ("typst", "format_typst", "typstpdf", "builder_typstpdf"):
        app.tags.add(tag)


def make_builder(cls: Any, app: Sphinx, folder: Path) -> Any:
    """A second builder on the environment of ``app``, with a folder of its own."""
    builder = cls(app, app.env)
    builder.outdir = folder
    folder.mkdir(parents=True, exist_ok=True)
    builder.init()
    return builder


# --- nothing changed


def fingerprint(app: Sphinx, request: Request) -> str:
    """A digest of all that the printed book and the decks are made from."""
    digest = hashlib.sha256()

    def add(*values: object) -> None:
        digest.update("\x1f".join(map(str, values)).encode() + b"\x1e")

    add(__version__, request.targets, os.environ.get("SOURCE_DATE_EPOCH", ""))
    doctrees = Path(app.doctreedir)
    for docname in sorted(app.env.all_docs):
        add(docname, _stamp(doctrees / f"{docname}.doctree"))
    for value in app.config:
        if isinstance(value.value, str | int | float | bool | list | tuple | dict) and not value.name.startswith("html_"):
            add(value.name, repr(value.value))
    lectures = Path(app.confdir) / app.config.builder_lectures
    for path in sorted({lectures, *lectures.parent.glob("*.p??x"), *_package_files(), *_bibliographies(app)}):
        add(path.name, _stamp(path))
    return digest.hexdigest()


def _package_files() -> list[Path]:
    here = Path(__file__).parent
    return [here / "book" / "template" / "book.typ", *sorted((here / "pptx" / "templates").glob("*.pptx"))]


def _bibliographies(app: Sphinx) -> list[Path]:
    return [Path(app.srcdir) / name for name in getattr(app.config, "bibtex_bibfiles", ()) or ()]


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return "missing"
    return f"{found.st_mtime_ns}:{found.st_size}"


def state_path(request: Request) -> Path:
    """The file that remembers the last whole build."""
    return request.work / "prints.json"


def remember(app: Sphinx, request: Request, result: Prints) -> None:
    """Note what was built from what."""
    content = {
        "fingerprint": fingerprint(app, request),
        "outputs": [[o.kind, o.path, o.amount, list(o.actions)] for o in result.outputs],
        "warnings": result.warnings,
        "warning_count": result.warning_count,
    }
    write_whole(state_path(request), json.dumps(content, indent=1).encode())


def unchanged(app: Sphinx, request: Request) -> Prints | None:
    """The result of the last build, when all it was made from is as it was and its files are there."""
    try:
        state = json.loads(state_path(request).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if request.deck or state["fingerprint"] != fingerprint(app, request):
        return None
    outputs = [Output(kind, path, amount, 0.0, True, tuple(actions)) for kind, path, amount, actions in state["outputs"]]
    if not all(Path(output.path).exists() for output in outputs):
        return None
    return Prints(outputs, state["warnings"], state["warning_count"])


# --- into place


def publish(made: Path, target: Path) -> bool:
    """Bring ``target`` to what ``made`` holds, file by file, each replaced whole; true if anything changed."""
    changed = False
    wanted = set()
    for path in sorted(made.rglob("*")):
        relative = path.relative_to(made)
        if path.is_dir() or relative.parts[0] == ".doctrees" or relative.name == ".buildinfo.bak":
            continue
        wanted.add(relative)
        changed = copy_whole(path, target / relative) or changed
    for path in sorted(target.rglob("*"), reverse=True):
        relative = path.relative_to(target)
        if relative.parts[0] == DOWNLOADS:
            continue
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif relative not in wanted:
            path.unlink()
            changed = True
    return changed


def copy_whole(source: Path, target: Path) -> bool:
    """Copy a file under a temporary name and move it into place; false when the target has it already."""
    found = source.stat()
    try:
        there = target.stat()
        if there.st_size == found.st_size and there.st_mtime_ns == found.st_mtime_ns:
            return False
    except OSError:
        target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    shutil.copy2(source, part)
    os.replace(part, target)
    return True


def offer_downloads(request: Request, outputs: list[Output]) -> None:
    """Copies of the PDF and the decks inside the web book, where its pages link to them."""
    folder = request.output / "html" / DOWNLOADS
    wanted = set()
    for output in outputs:
        if output.kind == "html":
            continue
        for path in (Path(output.path), Path(output.path).with_suffix(".pdf")):
            if path.exists():
                wanted.add(path.name)
                copy_whole(path, folder / path.name)
    if folder.is_dir() and not request.deck:
        for path in folder.iterdir():
            if path.name not in wanted:
                path.unlink()


# --- clean


def clean(output: Path) -> tuple[list[Path], list[Path]]:
    """Remove what the builder made in ``output``; returns what was removed and what was kept.

    Decks that were changed by hand, and files that the builder does not know, stay.
    """
    removed: list[Path] = []
    kept: list[Path] = []
    if not (output / WORK).is_dir():
        return removed, kept
    ledger: dict[str, str] = {}
    try:
        ledger = json.loads((output / WORK / "doctrees" / "decks.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        pass
    slides = output / "slides"
    for path in sorted(slides.glob("*")) if slides.is_dir() else []:
        deck = path.with_suffix(".pptx").name
        if path.suffix == ".pdf" and deck in ledger:
            removed.append(path)
        elif path.name in ledger and hashlib.sha256(path.read_bytes()).hexdigest() == ledger[path.name]:
            removed.append(path)
        else:
            kept.append(path)
    state = state_path(Request(output, output, output))
    try:
        removed += [Path(entry[1]) for entry in json.loads(state.read_text(encoding="utf-8"))["outputs"] if entry[0] == "pdf"]
    except (OSError, ValueError, KeyError):
        pass
    for path in removed:
        path.unlink(missing_ok=True)
    for name in ("html", WORK):
        if (output / name).is_dir():
            shutil.rmtree(output / name)
            removed.append(output / name)
    for name in ("report.json", ".gitignore"):
        (output / name).unlink(missing_ok=True)
    for folder in (slides, output / "pdf", output):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return removed, kept



"""What a worker does: build the pieces of a book behind walls, store their results, and bring its folder to them."""

from __future__ import annotations

import json
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from builder.commands.shelf.description import BuildLimits, ShelfBook
from builder.commands.shelf.environments import python_for
from builder.commands.shelf.forks import can_fork_builds, run_forked
from builder.commands.shelf.pieces import EditionBuild, Order
from builder.commands.shelf.results import Results, content_name, place
from builder.commands.shelf.sandbox import Ended, Program, run_limited, take_fonts
from builder.commands.shelf.sources import SourceFolder
from builder.commands.shelf.storage import Storage
from builder.errors import AuthorError
from builder.store.stamps import package_stamp

OUTPUT = "built"
TELLS = "builder: "
"""How the line begins on which the command says why it ends."""
SHOWN_FAULTS = 20
"""Warnings and errors of a build that the page of the shelf shows."""


@dataclass(frozen=True, slots=True)
class BookOutcome:
    """What became of a book: ``built``, ``shared`` when its results were there, ``claimed`` while another shelf builds
    it, ``failed`` with a ``reason`` when a result is missing.
    """

    name: str
    state: str
    reason: str = ""


def build_book(order: Order, folder: Storage, store: Storage) -> BookOutcome:
    """Build what the store lacks of a book, and bring its folder to the results."""
    results, name = Results(store), order.book.name
    try:
        states = [build_piece(piece, results) for piece in order.pieces]
        if "claimed" in states:
            return BookOutcome(name, "claimed")
        records = [record for digest in order.digests if (record := results.get(digest)) is not None]
        if len(records) < len(order.pieces):
            return BookOutcome(name, "failed", "the store lost a result while the book was built")
        place(results, folder, name, records)
        return BookOutcome(name, "built" if "built" in states else "shared")
    except AuthorError as error:
        return BookOutcome(name, "failed", str(error))
    except OSError as error:
        return BookOutcome(name, "failed", f"{error.filename or 'storage'}: {error.strerror or error}")


def build_piece(piece: EditionBuild, results: Results) -> str:
    """Build a piece, unless its result is there (``shared``) or another builds it (``claimed``).

    Raises:
        AuthorError: there can be no result.
        OSError: storage does not answer.
    """
    if results.get(piece.digest):
        return "shared"
    with results.claimed(piece.digest) as is_mine:
        if not is_mine:
            return "claimed"
        if results.get(piece.digest):  # another was done just before
            return "shared"
        build(piece, results)
        return "built"


def build(piece: EditionBuild, results: Results) -> None:
    """Build a piece in a scratch folder and store its result.

    Raises:
        AuthorError: its source or what it requires cannot be had, or its build left no report.
        OSError: storage does not take the result.
    """
    if piece.made_with != package_stamp():
        raise AuthorError("this worker has another version of the builder, or other packages, than who asks.")
    with scratch_folder() as scratch:
        root = scratch / "source" / piece.source.name
        piece.source.copy_to(root)
        if isinstance(piece.source, SourceFolder) and SourceFolder(str(root)).digest() != piece.source_digest:
            raise AuthorError("its source was changed while the shelf was built; it is built at the next call.")
        ended, checks = run_commands(piece, root, scratch, results)
        report = read_report(scratch / OUTPUT / piece.edition / "report.json")
        if ended.stopped or report is None:
            raise AuthorError(ended.stopped or why(ended))
        results.put(
            piece.digest, output_files(scratch / OUTPUT), record_of(piece, ended, report, checks, scratch / OUTPUT)
        )


def run_commands(piece: EditionBuild, root: Path, scratch: Path, results: Results) -> tuple[Ended, str]:
    """Run ``builder build``, and ``builder check`` after it where that is asked for; returns how the build ended and
    what the check printed.

    Raises:
        AuthorError: what the book requires cannot be installed, a folder is not there, or the check was stopped.
    """
    book, folder = piece.book, root / piece.book.folder
    if not folder.is_dir():
        raise AuthorError(f"there is no folder '{book.folder}' in {book.path}.")
    where = ["-q", "-o", str(scratch / OUTPUT)]
    where += ["-c", str(root / book.config), str(folder)] if book.config else []
    where += ["--edition", piece.edition] if piece.edition else []
    build = ["build", "--to", ",".join(book.outputs), *where]
    if book.template:
        build += ["--template", template_of(piece, scratch, results)]
    from builder.typeset.fonts import cache_folder, typst_font_folders  # who has nothing to build does not wait for it

    typst_font_folders()
    take_fonts(scratch, cache_folder())
    run = runner(book, root)
    ended = run(build, folder, scratch, book.limits)
    if not book.checks or ended.stopped:
        return ended, ""
    checked = run(["check", *where], folder, scratch, book.limits)
    if checked.stopped:
        raise AuthorError(f"builder check: {checked.stopped}")
    return ended, checked.printed


def runner(book: ShelfBook, root: Path) -> Callable[[Sequence[str], Path, Path, BuildLimits], Ended]:
    """What runs ``builder`` for a book: the fork server, or a process of the book's own environment.

    Raises:
        AuthorError: what the book requires cannot be installed.
    """
    if book.requirements or book.packages:
        python = python_for(root / book.requirements if book.requirements else None, book.packages)
        return partial(run_limited, Program((str(python), "-I", "-m", "builder"), [python.parents[1]]))
    if can_fork_builds():
        return run_forked
    return partial(run_limited, Program((sys.executable, "-I", "-m", "builder")))


def template_of(piece: EditionBuild, scratch: Path, results: Results) -> str:
    """The template of the house: a file of the store, as one of the scratch folder, or a name.

    Raises:
        AuthorError: the store has no such file.
    """
    if not piece.template:
        return piece.book.template
    content = results.storage.read(content_name(piece.template))
    if content is None:
        raise AuthorError(f"the store lost the template {piece.book.template}.")
    path = scratch / Path(piece.book.template).name
    path.write_bytes(content)
    return str(path)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder for one build, which goes with it; those of workers that were killed go before."""
    base = Path(tempfile.gettempdir()).resolve() / "builder-shelf"
    base.mkdir(exist_ok=True)
    clear(base)
    path = base / secrets.token_hex(8)
    with FileLock(path.with_suffix(".lock")):
        (path / "source").mkdir(parents=True)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)
            path.with_suffix(".lock").unlink(missing_ok=True)


def clear(base: Path) -> None:
    """Remove the folders of builds whose workers have ended: nobody holds their locks."""
    for lock in base.glob("*.lock"):
        with suppress(Timeout, OSError), FileLock(lock, blocking=False):
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink(missing_ok=True)


def read_report(path: Path) -> dict[str, Any] | None:
    """The report of a build; None where it left none."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def output_files(folder: Path) -> dict[str, Path]:
    """Name in the folder of the book → file, of all outputs: reports and intermediate files aside."""
    found = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not path.is_symlink() and ".work" not in parts and path.name != "report.json":
            found["/".join(parts)] = path
    return found


def record_of(piece: EditionBuild, ended: Ended, report: dict[str, Any], checks: str, output: Path) -> dict[str, Any]:
    """What the page of the shelf says of a result."""
    base = f"{piece.edition}/" if piece.edition else ""
    return {
        "edition": piece.edition,
        "status": report["status"],
        "outputs": [[made["kind"], f"{base}{made['path']}", made["amount"]] for made in report["outputs"]],
        "headings": [[title, f"{base}html/{path}"] for title, path in headings(output / base / "html")],
        "warnings": sum(report["warnings"].values()),
        "faults": sorted(report["faults"], key=lambda fault: fault["severity"] != "error")[:SHOWN_FAULTS],
        "checks": checks.strip().splitlines()[-SHOWN_FAULTS:],
        "seconds": round(ended.seconds, 1),
        "memory": round(ended.memory),
        "finished": time.time(),
    }


def headings(web: Path) -> list[tuple[str, str]]:
    """Each heading of a web book, and the address of its section, from the index of its search; none without one."""
    try:
        text = (web / "searchindex.js").read_text(encoding="utf-8")
        index = json.loads(text[text.index("(") + 1 : text.rindex(")")])
    except (OSError, ValueError):
        return []
    pages = [name if name.endswith(".html") else f"{name}.html" for name in index["docnames"]]
    return [
        (title, pages[page] + (f"#{anchor}" if anchor else ""))
        for title, places in index["alltitles"].items()
        for page, anchor in places
    ]


def why(ended: Ended) -> str:
    """Why a build that left no report ended: its last words."""
    if ended.status < 0 or ended.status > 128:
        return f"it was killed (signal {abs(ended.status) & 127})."
    lines = ended.printed.strip().splitlines()
    said = next((number for number in reversed(range(len(lines))) if lines[number].startswith(TELLS)), None)
    words = ended.printed.strip() if said is None else "\n".join(lines[said:]).removeprefix(TELLS)
    return words[-1000:] or f"it ended with status {ended.status}."

"""What a worker does: build the pieces of a book behind walls, store their results, and bring its folder to them."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from builder.commands.shelf.description import BuildLimits, ShelfBook
from builder.commands.shelf.environments import python_for
from builder.commands.shelf.forks import can_fork_builds, run_forked
from builder.commands.shelf.left import output_files, record_of
from builder.commands.shelf.pieces import EditionBuild, Order
from builder.commands.shelf.results import Results, content_name, place
from builder.commands.shelf.sandbox import Ended, Program, run_limited, take_fonts
from builder.commands.shelf.sources import SourceFolder
from builder.commands.shelf.storage import Storage
from builder.errors import AuthorError
from builder.store.stamps import package_stamp

OUTPUT = "built"
FULL = 4 << 20
"""Bytes that are free on a disk that is called full."""


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
    except Exception as error:  # a bug of ours costs a book, and no shelf
        return BookOutcome(name, "failed", f"{type(error).__name__}: {error} (a bug of the builder)")


def build_piece(piece: EditionBuild, results: Results) -> str:
    """Build a piece, unless its result is there (``shared``) or another builds it (``claimed``).

    Raises:
        AuthorError: there can be no result.
        OSError: storage does not answer.
    """
    if results.get(piece.digest):
        results.settle(piece.digest)
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
        if ended.stopped:
            raise AuthorError(ended.stopped)
        if ended.status and is_full(scratch):
            raise AuthorError(no_room(scratch.parent))
        record = record_of(piece.edition, ended, checks, scratch / OUTPUT)
        results.put(piece.digest, output_files(scratch / OUTPUT), record)


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
    """A folder for one build, which goes with it; those of workers that were killed go before.

    Raises:
        AuthorError: something was not written, since its disk is full.
    """
    user = os.getuid() if hasattr(os, "getuid") else ""
    base = Path(tempfile.gettempdir()).resolve() / f"builder-shelf-{user}"
    base.mkdir(mode=0o700, exist_ok=True)
    clear(base)
    path = base / secrets.token_hex(8)
    with FileLock(path.with_suffix(".lock")):
        try:
            (path / "source").mkdir(parents=True)
            yield path
        except OSError as error:
            if is_full(base):
                raise AuthorError(no_room(base)) from error
            raise
        finally:
            shutil.rmtree(path, ignore_errors=True)
            path.with_suffix(".lock").unlink(missing_ok=True)


def is_full(folder: Path) -> bool:
    """True if the disk of a folder takes next to nothing more."""
    return shutil.disk_usage(folder).free < FULL


def no_room(folder: Path) -> str:
    """What is told of a full folder in which books are built."""
    return f"the disk of the folder that it was built in, {folder}, is full; make room, or name another in TMPDIR."


def clear(base: Path) -> None:
    """Remove the folders of builds whose workers have ended: nobody holds their locks."""
    for lock in base.glob("*.lock"):
        with suppress(Timeout, OSError), FileLock(lock, blocking=False):
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink(missing_ok=True)

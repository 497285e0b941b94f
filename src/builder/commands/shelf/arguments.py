"""The arguments of ``builder shelf``, and what its call runs."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from pathlib import Path
from typing import Any


def add_shelf(commands: Any) -> None:
    """``builder shelf``."""
    shelf = commands.add_parser("shelf", help="build all books that a file names, on one machine or many")
    shelf.add_argument("file", nargs="?", metavar="FILE", default="shelf.toml", help="default: shelf.toml")
    shelf.add_argument(
        "--only", metavar="NAME", action="append", help="build this book only, or those whose names match (algebra-*)"
    )
    shelf.add_argument("--workers", type=int, metavar="N", help="processes on this machine (default: its processors)")
    shelf.add_argument("--scheduler", metavar="ADDRESS", default="", help="a Dask scheduler, as tcp://HOST:8786")
    shelf.add_argument("--status", action="store_true", help="build nothing; print how each book stands")
    shelf.add_argument(
        "--matrix", action="store_true", help="build nothing; print the books to build as a matrix for CI, in JSON"
    )
    shelf.add_argument("-q", dest="quiet", action="store_true", help="no progress, only what failed")
    shelf.add_argument("--debug", action="store_true", help="show tracebacks")
    shelf.set_defaults(call=call_shelf)


def call_shelf(given: argparse.Namespace, top: argparse.ArgumentParser) -> int:
    """Run ``builder shelf``.

    Raises:
        AuthorError: what it needs is not installed.
    """
    if given.workers is not None and given.workers < 1:
        top.error(f"--workers takes a number from 1, not {given.workers}")
    if given.workers is not None and given.scheduler:
        top.error("--workers are those of this machine; with --scheduler the cluster has its own")
    from builder.errors import AuthorError
    from builder.store.files import NO_MORE

    for needed in ("distributed", "fsspec", "psutil"):
        if find_spec(needed) is None:
            raise AuthorError(f'{needed} is not installed: pip install "book-deck-builder[shelf]".')
    from builder.commands.shelf.run import ShelfCall, print_matrix, print_status, run_shelf

    call = ShelfCall(tuple(given.only or ()), given.workers or 0, given.scheduler, given.quiet)
    run = print_matrix if given.matrix else print_status if given.status else run_shelf
    try:
        return run(Path(given.file), call)
    except OSError as error:  # where all patience was in vain
        if error.errno in NO_MORE:
            raise
        raise AuthorError(f"{error.filename or 'storage'}: {error.strerror or error}") from error

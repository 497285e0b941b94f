"""``builder shelf``: what is to be built is found out, built by the engine and recorded."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from builder.build.wording import counted
from builder.commands.outcome import FINE, SOURCE_HAS_ERRORS
from builder.commands.shelf.description import Shelf, read_shelf
from builder.commands.shelf.pieces import Order, order_of
from builder.commands.shelf.results import Results, placed
from builder.commands.shelf.sources import cache_folder
from builder.commands.shelf.storage import Storage
from builder.commands.shelf.work import BookOutcome
from builder.errors import AuthorError
from builder.store.processes import processors
from builder.store.stamps import load_digests, save_digests

ASKED_AT_ONCE = 8
"""Repositories and folders of results that are asked at once: each waits for the network."""


@dataclass(frozen=True, slots=True)
class ShelfCall:
    """What a call asks for: names of books or patterns of them (none are all), processes on this machine (0 is one a
    processor), the address of a scheduler ('' is none).
    """

    only: tuple[str, ...] = ()
    workers: int = 0
    scheduler: str = ""
    quiet: bool = False


def run_shelf(path: Path, call: ShelfCall) -> int:
    """Build what is not yet in the folder of results; returns the exit status.

    Raises:
        AuthorError: the file, or what it names, cannot be used.
    """
    started = time.perf_counter()
    shelf = chosen(read_shelf(path), call.only)
    folder, store = Storage(shelf.results, shelf.patience), Storage(shelf.store, shelf.patience)
    orders = orders_of(shelf)
    todo = unplaced(orders, folder)
    failed = [BookOutcome(order.book.name, "failed", order.fault) for order in orders if order.fault]
    failed += build_all(todo, folder, store, call)
    for outcome in failed:
        print(f"builder: {outcome.name}: {outcome.reason}", file=sys.stderr)
    if not call.quiet:
        built = len(todo) - len([one for one in failed if one.name in {order.book.name for order in todo}])
        parts = [f"{counted(built, 'book')} brought up to date", f"{len(orders) - built - len(failed)} unchanged"]
        parts += [f"{len(failed)} failed"] if failed else []
        print(f"{', '.join(parts)} in {time.perf_counter() - started:.1f} s; they are in {shelf.results}")
    return SOURCE_HAS_ERRORS if failed else FINE


def chosen(shelf: Shelf, only: tuple[str, ...]) -> Shelf:
    """A shelf of the books whose names match any pattern; all without patterns.

    Raises:
        AuthorError: none does.
    """
    books = tuple(book for book in shelf.books if not only or any(fnmatchcase(book.name, one) for one in only))
    if not books:
        raise AuthorError(f"no book of the shelf is named {' or '.join(only)}.")
    return replace(shelf, books=books)


def orders_of(shelf: Shelf) -> list[Order]:
    """The orders of all books; digests of files that did not change are taken from the last call."""
    digests = cache_folder() / "digests.json"
    load_digests(digests)
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        orders = list(pool.map(order_of, shelf.books))
    digests.parent.mkdir(parents=True, exist_ok=True)
    save_digests(digests)
    return orders


def unplaced(orders: Iterable[Order], folder: Storage) -> list[Order]:
    """The orders whose results are not yet in the folders of their books."""
    whole = [order for order in orders if order.pieces]
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        shown = pool.map(lambda order: placed(folder, order.book.name), whole)
        return [order for order, book in zip(whole, shown, strict=True) if (book or {}).get("digests") != order.digests]


def build_all(orders: list[Order], folder: Storage, store: Storage, call: ShelfCall) -> list[BookOutcome]:
    """Have the engine build orders, with a line for each; returns what failed.

    Raises:
        AuthorError: Dask is not installed, or no scheduler answers.
    """
    if not orders:
        return []
    try:
        from builder.commands.shelf.engine import address_of, outcomes

        with address_of(call.scheduler, min(call.workers or processors(), len(orders))) as address:
            store_templates(orders, Results(store))
            failed = []
            for number, outcome in enumerate(outcomes(address, orders, folder, store), start=1):
                if not call.quiet:
                    print(f"{number}/{len(orders)} {outcome.name}: {outcome.state}", flush=True)
                failed += [outcome] if outcome.state == "failed" else []
            return failed
    except ModuleNotFoundError as error:
        raise AuthorError(f'{error.name} is not installed: pip install "book-deck-builder[shelf]".') from None


def store_templates(orders: Iterable[Order], results: Results) -> None:
    """Store the template files of the house, where all workers find them."""
    for path in {order.book.template for order in orders if any(piece.template for piece in order.pieces)}:
        results.put_file(Path(path).read_bytes())

"""``builder shelf``: what is to be built is found out, built by the engine and recorded."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from builder.build.wording import counted
from builder.commands.outcome import FINE, SOURCE_HAS_ERRORS
from builder.commands.shelf.description import Shelf, read_shelf
from builder.commands.shelf.engine import address_of, outcomes
from builder.commands.shelf.page import write_page
from builder.commands.shelf.pieces import Order, order_of
from builder.commands.shelf.results import PLACED, Results
from builder.commands.shelf.sources import cache_folder
from builder.commands.shelf.standing import record_standings, standings
from builder.commands.shelf.storage import Storage
from builder.commands.shelf.walls import WALLS, wall
from builder.commands.shelf.work import BookOutcome
from builder.commands.streams import write_data
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


@dataclass(frozen=True, slots=True)
class ShelfFound:
    """What is there before anything is built: orders of all books, what their folders show, and where that is."""

    orders: list[Order]
    shown: dict[str, dict[str, Any]]
    folder: Storage
    store: Storage

    def wanted(self, only: tuple[str, ...]) -> set[str]:
        """The names of books that match a pattern, if there are any.

        Raises:
            AuthorError: no name does.
        """
        names = [order.book.name for order in self.orders]
        wanted = {name for name in names if not only or any(fnmatchcase(name, one) for one in only)}
        if not wanted:
            raise AuthorError(f"no book of the shelf is named {' or '.join(only)}.")
        return wanted

    def todo(self, wanted: set[str]) -> list[Order]:
        """The orders of books with these names whose folders do not show them yet; those that took longest come first,
        so that the last worker to end does not wait for one of them alone, and new ones before all.
        """
        found = [
            order
            for order in self.orders
            if order.book.name in wanted
            and order.pieces
            and self.shown.get(order.book.name, {}).get("digests") != order.digests
        ]
        return sorted(found, key=lambda order: -self.seconds(order.book.name))

    def seconds(self, name: str) -> float:
        """How long a book took when it was built last; infinite where it never was."""
        records = self.shown.get(name, {}).get("records", ())
        return sum(float(record["seconds"]) for record in records) if records else math.inf


def look(path: Path) -> ShelfFound:
    """Read a shelf, and what is there of it.

    Raises:
        AuthorError: the file, or what it names, cannot be used.
    """
    shelf = read_shelf(path)
    folder, store = Storage(shelf.results, shelf.patience), Storage(shelf.store, shelf.patience)
    folder.check()
    store.check()
    orders = orders_of(shelf)
    return ShelfFound(orders, shown_in(folder, orders), folder, store)


def run_shelf(path: Path, call: ShelfCall) -> int:
    """Build what is not yet in the folder of results, and write its page; returns the exit status.

    Raises:
        AuthorError: the file, or what it names, cannot be used.
    """
    started = time.perf_counter()
    found = look(path)
    wanted = found.wanted(call.only)
    todo = found.todo(wanted)
    outcomes = build_all(todo, found.folder, found.store, call)
    shown = found.shown | shown_in(found.folder, todo)
    stand = standings(found.orders, shown, outcomes, found.folder)
    record_standings(stand, found.orders, found.folder)
    write_page(stand, found.folder)
    failed = [one for one in stand if one.state == "failed" and one.name in wanted]
    for one in failed:
        print(f"builder: {one.name}: {one.reason}", file=sys.stderr)
    if not call.quiet:
        states = [one.state for one in stand]
        parts = [f"{states.count(state):,} {state}" for state in ("built", "unchanged", "to build", "failed")]
        shown_parts = ", ".join(part for part in parts if not part.startswith("0 "))
        print(f"{counted(len(stand), 'book')}: {shown_parts}; {time.perf_counter() - started:.1f} s")
    return SOURCE_HAS_ERRORS if failed else FINE


def print_status(path: Path, call: ShelfCall) -> int:
    """Print a line for each book that matches; returns the exit status."""
    found = look(path)
    wanted = found.wanted(call.only)
    for one in standings(found.orders, found.shown, {}, found.folder):
        if one.name in wanted:
            warnings = counted(one.warnings, "warning") if one.warnings else ""
            parts = (one.amounts, warnings, f"{one.minutes:.1f} min" if one.records else "", one.since, one.reason)
            print(f"{one.name:<30} {one.state:<10} {', '.join(filter(None, parts))}".rstrip())
    return FINE


def print_matrix(path: Path, call: ShelfCall) -> int:
    """Print the books to build as the ``matrix`` of a CI job; returns the exit status.

    Those that cannot be built are among them, so that their jobs fail and no other.
    """
    found = look(path)
    wanted = found.wanted(call.only)
    todo = {order.book.name for order in found.todo(wanted)}
    names = [
        order.book.name
        for order in found.orders
        if order.book.name in todo or (order.fault and order.book.name in wanted)
    ]
    write_data(json.dumps({"include": [{"book": name} for name in names]}) + "\n")
    return FINE


def orders_of(shelf: Shelf) -> list[Order]:
    """The orders of all books; digests of files that did not change are taken from the last call."""
    digests = cache_folder() / "digests.json"
    load_digests(digests)
    with ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
        orders = list(pool.map(order_of, shelf.books))
    digests.parent.mkdir(parents=True, exist_ok=True)
    save_digests(digests)
    return orders


def shown_in(folder: Storage, orders: Iterable[Order]) -> dict[str, dict[str, Any]]:
    """Name of a book → what its folder shows, of those that show anything."""
    names = [order.book.name for order in orders]
    contents = folder.read_all([f"{name}/{PLACED}" for name in names])
    return {path.removesuffix(f"/{PLACED}"): json.loads(content) for path, content in contents.items()}


def build_all(orders: list[Order], folder: Storage, store: Storage, call: ShelfCall) -> dict[str, BookOutcome]:
    """Have the engine build orders, with a line for each; returns the name and outcome of each.

    Raises:
        AuthorError: no scheduler answers.
    """
    found: dict[str, BookOutcome] = {}
    if not orders:
        return found
    if not call.scheduler and wall() is not WALLS[0]:
        print(f"builder: this machine keeps from books {wall().holds}", file=sys.stderr)
    store_templates(orders, Results(store))
    with address_of(call.scheduler, min(call.workers or processors(), len(orders))) as address:
        for number, outcome in enumerate(outcomes(address, orders, folder, store), start=1):
            found[outcome.name] = outcome
            if not call.quiet:
                why = f": {outcome.reason.splitlines()[0]}" if outcome.reason else ""
                print(f"{number}/{len(orders)} {outcome.name}: {outcome.state}{why}", flush=True)
    return found


def store_templates(orders: Iterable[Order], results: Results) -> None:
    """Store the template files of the house, where all workers find them."""
    for path in {order.book.template for order in orders if any(piece.template for piece in order.pieces)}:
        results.put_file(Path(path).read_bytes())

"""Times a shelf: the engine alone, with workers in this process and books that take no time to build.

``tools/bench_shelf.py BOOKS WORKERS`` prints how long tasks, outcomes and the scheduler take; all of it is one process,
so the numbers hold what workers cost as well.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from distributed import LocalCluster

from builder.commands.shelf import engine
from builder.commands.shelf.description import BuildLimits, ShelfBook
from builder.commands.shelf.pieces import EditionBuild, Order
from builder.commands.shelf.sources import SourceFolder
from builder.commands.shelf.storage import Storage
from builder.commands.shelf.work import BookOutcome
from builder.errors import Source

LIMITS = BuildLimits(60, 4000, 4000)


def order(number: int) -> Order:
    """The order of a book that is nowhere."""
    name, place = f"b{number:05}", str(Path(__file__).parent)
    book = ShelfBook(name, place, "", "", "", ("html",), (), "", "", LIMITS, checks=False, source=Source(""))
    return Order(book, (EditionBuild(book, SourceFolder(place), "", "", "", "", f"{number:064}"),))


def stand_in(asked: Order, _folder: Storage, _store: Storage) -> BookOutcome:
    """Build nothing; the outcome of a book that was built."""
    return BookOutcome(asked.book.name, "built")


def main(books: int, workers: int) -> None:
    """Print the times of a shelf of so many books on so many workers."""
    engine.build_book = stand_in
    begun = time.perf_counter()
    with LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=60
    ) as cluster:
        up, used = time.perf_counter(), time.process_time()
        folder = Storage("memory://bench", 5)
        orders = [order(number) for number in range(books)]
        found = list(engine.outcomes(cluster.scheduler_address, orders, folder, folder))
        seconds, processor = time.perf_counter() - up, time.process_time() - used
    print(f"{workers:,} workers up in {up - begun:.1f} s; {len(found):,} books in {seconds:.1f} s")
    print(f"{1000 * processor / books:.2f} ms of a processor a book")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))

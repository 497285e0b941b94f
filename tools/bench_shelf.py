"""Times a shelf: the engine alone, with a scheduler of its own process, workers simulated in another and books that
take no time to build.

``tools/bench_shelf.py BOOKS WORKERS`` prints the processor time of the scheduler, of who asks, and of all workers
together, which in earnest would be spread over their machines.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import socket
import subprocess
import sys
import time
from pathlib import Path

import dask
import psutil
from distributed import Worker

from builder.commands.shelf import engine
from builder.commands.shelf.description import BuildLimits, ShelfBook
from builder.commands.shelf.pieces import EditionBuild, Order
from builder.commands.shelf.sources import SourceFolder
from builder.commands.shelf.storage import Storage
from builder.commands.shelf.work import BookOutcome
from builder.errors import Source

LIMITS = BuildLimits(60, 4000, 4000)
QUIET = {
    "distributed.worker.profile.enabled": False,
    "distributed.worker.profile.interval": "1h",
    "distributed.worker.profile.cycle": "1h",
    "distributed.admin.system-monitor.interval": "1h",
    "distributed.admin.tick.interval": "1h",
    "distributed.admin.tick.cycle": "1h",
    "distributed.worker.memory.monitor-interval": "1h",
}
"""What workers measure of themselves, many times a second each: hundreds of them in one process do nothing else."""


def order(number: int) -> Order:
    """The order of a book that is nowhere."""
    name, place = f"b{number:05}", str(Path(__file__).parent)
    book = ShelfBook(name, place, "", "", "", ("html",), (), "", "", (), LIMITS, checks=False, source=Source(""))
    return Order(book, (EditionBuild(book, SourceFolder(place), "", "", "", "", f"{number:064}"),))


def stand_in(asked: Order, folder: Storage, store: Storage) -> BookOutcome:
    """Build nothing; the outcome of a book that was built."""
    assert folder.address == store.address
    return BookOutcome(asked.book.name, "built")


def simulate_workers(address: str, count: int) -> None:
    """Run so many workers in this process until it is killed."""

    dask.config.set(QUIET)

    async def run() -> None:
        found = [Worker(address, nthreads=1, dashboard=False, memory_limit=0, silence_logs=50) for _ in range(count)]
        for one in found:
            await one
            one.periodic_callbacks["find-missing"].stop()
        await asyncio.Event().wait()

    asyncio.run(run())


def main(books: int, workers: int) -> None:
    """Print the times of a shelf of so many books on so many workers."""
    engine.build_book = stand_in
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    call = [sys.executable, "-m", "dask", "scheduler", "--host", address, "--no-dashboard"]
    scheduler = subprocess.Popen(call, stderr=subprocess.DEVNULL)
    simulation = multiprocessing.get_context("spawn").Process(target=simulate_workers, args=(address, workers))
    simulation.start()
    try:
        time_shelf(address, books, workers, [psutil.Process(scheduler.pid), psutil.Process(simulation.pid)])
    finally:
        simulation.kill()
        scheduler.kill()


def time_shelf(address: str, books: int, workers: int, others: list[psutil.Process]) -> None:
    """Print the times of one, once all workers are up."""
    from distributed import Client

    with Client(address, timeout="60s", set_as_default=False) as client:
        client.wait_for_workers(workers)
    folder = Storage("memory://bench", 5)
    orders = [order(number) for number in range(books)]
    processes = [*others, psutil.Process()]
    before, begun = [sum(one.cpu_times()[:2]) for one in processes], time.perf_counter()
    found = list(engine.outcomes(address, orders, folder, folder))
    seconds = time.perf_counter() - begun
    used = [sum(one.cpu_times()[:2]) - then for one, then in zip(processes, before, strict=True)]
    print(f"{len(found):,} books on {workers:,} workers: {seconds:.1f} s")
    for name, taken in zip(("scheduler", "workers", "who asks"), used, strict=True):
        print(f"{name}: {1000 * taken / books:.2f} ms of a processor a book")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))

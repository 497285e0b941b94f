"""The engine: books as tasks of Dask, on processes of this machine or on a cluster; faults of either survived.

Results are in the store by their digests, so a task that is asked for again finds what is there already.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from builder.commands.shelf.forks import forks_of_machine
from builder.commands.shelf.pieces import Order
from builder.commands.shelf.storage import Storage
from builder.commands.shelf.work import BookOutcome, build_book
from builder.errors import AuthorError
from builder.store.keys import key_of

ATTEMPTS = 20
"""How many times a book is asked for again whose worker was killed."""
OF_CLUSTER = {
    "distributed.scheduler.allowed-failures": ATTEMPTS,
    "distributed.worker.profile.enabled": False,  # workers wait for builds, of which it tells nothing
    "distributed.worker.multiprocessing-method": "forkserver" if os.name == "posix" else "spawn",  # imports once
}
"""Settings of a cluster of our own."""
PAUSE = 1.0
"""Seconds before what another builds, or a scheduler that is gone, is asked for again."""


@contextmanager
def address_of(scheduler: str, workers: int) -> Iterator[str]:
    """The address of a scheduler: the one named, or that of a cluster of processes on this machine while the block
    runs.
    """
    if scheduler:
        yield scheduler
        return
    with forks_of_machine() as variables:  # it imports while the cluster begins
        import dask

        dask.config.set(OF_CLUSTER)  # before the import, which looks how processes begin
        from distributed import LocalCluster

        with LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0",
            silence_logs=60, memory_limit=0, env={**os.environ, **variables},
        ) as cluster:  # fmt: skip
            yield cluster.scheduler_address


def outcomes(address: str, orders: Sequence[Order], folder: Storage, store: Storage) -> Iterator[BookOutcome]:
    """What becomes of each book, as soon as it is known.

    Raises:
        AuthorError: there is no scheduler at the address for as long as storage may be silent.
    """
    for name in ("distributed", "tornado", "asyncio"):  # what they print of a scheduler that is gone is told by us
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    waiting = {order.book.name: order for order in orders}
    lost: dict[str, int] = dict.fromkeys(waiting, 0)
    heard = time.monotonic()
    while waiting:
        try:
            for name, outcome in round_of(address, list(waiting.values()), folder, store):
                heard = time.monotonic()
                if outcome is None:
                    lost[name] += 1
                    if lost[name] <= ATTEMPTS:
                        continue
                    outcome = BookOutcome(name, "failed", f"its worker was killed {ATTEMPTS} times")
                if outcome.state != "claimed":
                    del waiting[name]
                    yield outcome
        except OSError as error:
            if time.monotonic() - heard > folder.patience:
                raise AuthorError(f"no scheduler answers at {address}: {error}") from None
        if waiting:
            time.sleep(PAUSE)


def round_of(
    address: str, orders: Sequence[Order], folder: Storage, store: Storage
) -> Iterator[tuple[str, BookOutcome | None]]:
    """Name and outcome of each book of one round of tasks; None where its worker or the scheduler was lost.

    Raises:
        OSError: no scheduler answers.
    """
    from distributed import Client, as_completed

    with Client(address, timeout="10s", set_as_default=False) as client:
        names = {task_name(order, folder): order.book.name for order in orders}
        futures = client.map(build_book, orders, folder=folder, store=store, key=list(names), pure=False)
        for future in as_completed(futures, loop=client.loop):
            yield names[future.key], result_of(future)
            future.release()


def result_of(future: Any) -> BookOutcome | None:
    """The outcome that a task ended with; None where it was lost.

    Raises:
        Exception: the task raised it: a bug.
    """
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    try:
        found: BookOutcome = future.result(timeout=30)
    except (KilledWorker, FutureCancelledError, OSError):
        return None
    return found


def task_name(order: Order, folder: Storage) -> str:
    """The name of a task: by all that goes into it, and where its result goes."""
    return f"book-{key_of(order.book.name, order.digests, folder.address)}"

"""Work that is spread over processes, where the system can fork."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from sphinx.errors import SphinxParallelError
from sphinx.util.parallel import ParallelTasks

T = TypeVar("T")
FEWEST = 8
"""Items from which it pays to fork."""


def can_fork() -> bool:
    """True if this process may be forked: it has one thread only.

    A forked copy of a process with more (Typst keeps a pool after its first run) would wait for threads
    that it does not have.
    """
    try:
        return hasattr(os, "fork") and len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Beside(Generic[T]):
    """Work that is done beside what is done here: in a process of its own where there can be one, else in a thread.

    What it logs is logged here. Who leaves the ``with`` block early does not leave it running.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self.work = work
        self._found: list[T] = []
        self._tasks: ParallelTasks | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._future: Future[T] | None = None

    def __enter__(self) -> Beside[T]:
        return self

    def __exit__(self, *error: object) -> None:
        if self._tasks is not None:
            self._tasks.terminate()
        if self._pool is not None:
            self._pool.shutdown()

    def begin(self) -> None:
        """Begin, unless it has begun."""
        if self._tasks is not None or self._pool is not None:
            return
        if processors() > 1 and can_fork():
            self._tasks = ParallelTasks(1)
            self._tasks.add_task(self.work, None, lambda _nothing, result: self._found.append(result))
        else:
            self._pool = ThreadPoolExecutor(1)
            self._future = self._pool.submit(self.work)

    def result(self) -> T:
        """Wait for what it gives; it has begun."""
        if self._tasks is None:
            assert self._future is not None
            return self._future.result()
        try:
            self._tasks.join()
        except SphinxParallelError:
            return self.work()  # what was raised there is raised here, as what it is
        return self._found[0]


def spread(items: Sequence[T], work: Callable[[Sequence[T]], Any]) -> list[Any]:
    """Apply ``work`` to parts of ``items``, each in a process of its own; returns the results, and what it logs is
    logged here.

    An empty list when it is not worth while, or not possible.

    Raises:
        SphinxParallelError: something was raised in one of them.
    """
    count = min(processors(), len(items))
    if len(items) < FEWEST or count < 2 or not can_fork():
        return []
    found: list[Any] = []
    tasks = ParallelTasks(count)
    for number in range(count):
        tasks.add_task(work, items[number::count], lambda _items, result: found.append(result))
    tasks.join()
    return found

"""Work that is spread over processes, where the system can fork."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

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
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def beside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin ``work`` beside what is done here; the function that is returned waits for what it gives.

    In a process of its own where there can be one, else in a thread; what it logs is logged here.
    """
    if processors() < 2 or not can_fork():
        pool = ThreadPoolExecutor(1)
        future = pool.submit(work)

        def wait_for_thread() -> T:
            with pool:
                return future.result()

        return wait_for_thread
    found: list[T] = []
    tasks = ParallelTasks(1)
    tasks.add_task(work, None, lambda _nothing, result: found.append(result))

    def wait_for_process() -> T:
        try:
            tasks.join()
        except SphinxParallelError:
            return work()  # what was raised there is raised here, as what it is
        return found[0]

    return wait_for_process


def spread(items: Sequence[T], work: Callable[[Sequence[T]], Any]) -> list[Any]:
    """What ``work`` gives for parts of ``items``, each in a process of its own; what it logs is logged here.

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

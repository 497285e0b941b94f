"""Work that is spread over processes, where the system can fork."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

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

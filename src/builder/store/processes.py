"""Work that is spread over processes, where the system can fork."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sphinx.errors import SphinxParallelError
from sphinx.util import logging

if TYPE_CHECKING:
    from logging import LogRecord
    from multiprocessing.context import ForkProcess

logger = logging.getLogger(__name__)
A = TypeVar("A")
T = TypeVar("T")
PR_SET_PDEATHSIG = 1
FEWEST = 8
"""Items from which it pays to fork."""
_asked: set[Connection] = set()
"""The connections of this process to all those that it forked and that wait to be asked."""


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


def end_with(parent: int) -> None:
    """Have this process, which was just forked, end when the process that forked it does, however that ends, where the
    system can (Linux, prctl(2)); elsewhere it ends when it answers and finds nobody.
    """
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before
        os._exit(1)


class Beside(Generic[T]):
    """Work that is done beside what is done here: in a process of its own where there can be one, else in a thread.

    What it logs is logged here. Who leaves the ``with`` block early does not leave it running.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self.work = work
        self._crew: Crew[None, T] | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._future: Future[T] | None = None

    def __enter__(self) -> Beside[T]:
        return self

    def __exit__(self, *error: object) -> None:
        if self._crew is not None:
            self._crew.end(at_once=True)
        if self._pool is not None:
            self._pool.shutdown()

    def begin(self) -> None:
        """Begin, unless it has begun."""
        if self._crew is not None or self._pool is not None:
            return
        if processors() > 1 and can_fork():
            self._crew = Crew([None], lambda _nothing: self.work(), 1)
        else:
            self._pool = ThreadPoolExecutor(1)
            self._future = self._pool.submit(self.work)

    def result(self) -> T:
        """Wait for what it gives; it has begun, and is asked for once."""
        if self._crew is None:
            assert self._future is not None
            return self._future.result()
        try:
            found = self._crew.results()[0]
        except SphinxParallelError:
            return self.work()  # what was raised there is raised here, as what it is
        self._crew.end(at_once=False)
        return found


def apart(work: Callable[[], T]) -> T:
    """Return what ``work`` returns, done in a process of its own where there can be one: threads that it starts do not
    keep this one from forking again, and the memory that it takes is free afterwards.

    What it logs is logged here.
    """
    if not can_fork():
        return work()
    with Beside(work) as done:
        done.begin()
        return done.result()


def alike(_item: object) -> float:
    """The weight of an item where all weigh the same."""
    return 1


def spread(
    items: Sequence[A],
    work: Callable[[A], T],
    *,
    fewest: int = FEWEST,
    turn: float = sys.maxsize,
    weight: Callable[[A], float] = alike,
) -> list[T]:
    """Apply ``work`` to each of ``items`` in as many processes as there are processors, each of which takes the next
    item when it is done with one; returns the results in the order of the items, and what is logged is logged here in
    that order. A process takes items until their weights are ``turn`` together.

    An empty list when it is not worth while, or not possible.

    Raises:
        SphinxParallelError: something was raised in one of them.
    """
    if len(items) < max(fewest, 2) or processors() < 2 or not can_fork():
        return []
    with Crew(items, work, min(processors(), len(items)), turn, weight) as crew:
        return crew.results()


class Crew(Generic[A, T]):
    """Forked processes of which each works on one of ``items`` at a time, until their weights are ``turn`` together;
    then another one takes its place: what it remembers of them would fill memory.
    """

    def __init__(
        self,
        items: Sequence[A],
        work: Callable[[A], T],
        count: int,
        turn: float = sys.maxsize,
        weight: Callable[[A], float] = alike,
    ) -> None:
        self.items, self.work, self.turn, self.weight = items, work, turn, weight
        self._processes: dict[Connection, ForkProcess] = {}
        self._left: dict[Connection, float] = {}
        """What each process may still take, by weight."""
        self._waiting = iter(range(len(items)))
        """The numbers of the items for which nobody has been asked."""
        for number in islice(self._waiting, count):
            self._ask(self._begin(), number)

    def __enter__(self) -> Crew[A, T]:
        return self

    def __exit__(self, *error: object) -> None:
        self.end(at_once=error[0] is not None)

    def end(self, *, at_once: bool) -> None:
        """Let all processes go; ``at_once`` also those that are at work."""
        for connection in list(self._processes):
            self._end(connection, at_once=at_once)

    def _begin(self) -> Connection:
        """Fork a process; returns the connection to it."""
        fork = multiprocessing.get_context("fork")
        here, there = fork.Pipe()
        _asked.add(here)
        process = fork.Process(target=self._serve, args=(there, os.getpid()))
        process.start()
        there.close()
        self._processes[here], self._left[here] = process, self.turn
        return here

    def _end(self, connection: Connection, *, at_once: bool = False) -> None:
        """Let a process go, and wait until it is gone."""
        process = self._processes.pop(connection)
        _asked.discard(connection)
        connection.close()
        if at_once:
            process.terminate()
        process.join()

    def results(self) -> list[T]:
        """Return what ``work`` gives for each item, in their order.

        Raises:
            SphinxParallelError: see `spread`.
        """
        found: dict[int, T] = {}
        logs: dict[int, list[LogRecord]] = {}
        logged = 0
        while len(found) < len(self.items):
            ready = wait(list(self._processes))
            for connection in [connection for connection in self._processes if connection in ready]:
                number, result, failure = self._received(connection)
                if failure:
                    raise SphinxParallelError(*failure)
                found[number], logs[number] = result
                if (following := next(self._waiting, None)) is not None:
                    self._ask(connection, following)
            while logged in logs:
                for record in logs.pop(logged):
                    logger.handle(record)
                logged += 1
        return [found[number] for number in range(len(self.items))]

    def _ask(self, connection: Connection, number: int) -> None:
        """Have a process work on an item; the next one where its turn is over."""
        if self._left[connection] <= 0:
            self._end(connection)
            connection = self._begin()
        self._left[connection] -= self.weight(self.items[number])
        connection.send(number)

    def _received(self, connection: Any) -> tuple[int, Any, tuple[str, str] | None]:
        """The number of an item, its result with what was logged, and what was raised."""
        try:
            number, result, failure = connection.recv()
        except (EOFError, OSError):
            return -1, None, ("a process ended before it was done", "")
        return number, result, failure

    def _serve(self, connection: Any, parent: int) -> None:
        """In a process of the crew: work on the items that are asked for, until nobody asks any more. A terminal
        interrupts all processes at once; this one goes without a word.
        """
        end_with(parent)
        signal.signal(signal.SIGINT, lambda *_of_signal: os._exit(128 + signal.SIGINT))
        for other in _asked:  # or they, of this crew and of others, would not notice the end of the one that asks
            other.close()
        _asked.clear()
        with suppress(EOFError, OSError):
            while True:
                number = connection.recv()
                connection.send(self._answer(number))

    def _answer(self, number: int) -> tuple[int, Any, tuple[str, str] | None]:
        """The answer to the one who asks, see `_received`."""
        collector = logging.LogCollector()
        try:
            with collector.collect():
                result = self.work(self.items[number])
        except Exception as error:
            return number, None, (traceback.format_exception_only(error)[0].strip(), traceback.format_exc())
        logging.convert_serializable(collector.logs)
        return number, (result, collector.logs), None

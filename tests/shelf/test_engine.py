"""Schedulers and workers as processes of their own are killed, restarted and shared, and every book is there."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import SOAKING

pytest_plugins = ["shelved"]

BOOK = '[[book]]\nsource = "books/{}"\n'
PATIENT = 'folder = "out"\npatience = 120'


class Cluster:
    """A scheduler and workers, each a process."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.start_scheduler()

    def start_scheduler(self) -> None:
        self.scheduler = self._dask("scheduler", "--host", "127.0.0.1", "--port", str(self.port))

    def start_worker(self) -> None:
        self.workers.append(self._dask("worker", self.address, "--nthreads", "1", "--no-nanny", "--memory-limit", "0"))

    def _dask(self, *arguments: str) -> subprocess.Popen[bytes]:
        call = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        return subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill_worker(self) -> None:
        """Kill any of the workers, and start another in its place."""
        self.end(self.workers.pop(random.randrange(len(self.workers))))
        self.start_worker()

    @staticmethod
    def end(process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.wait()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    found = Cluster()
    for _ in range(2):
        found.start_worker()
    yield found
    for process in [*found.workers, found.scheduler]:
        found.end(process)


def shelve(books, count: int) -> None:
    """A shelf of so many small books."""
    for number in range(count):
        books.add(f"books/b{number:02}")
    books.shelf("\n".join(BOOK.format(f"b{number:02}") for number in range(count)), PATIENT)


def are_whole(books, count: int) -> bool:
    """True if every book is there."""
    return all(f"b{number:02}" in books.page(f"b{number:02}") for number in range(count))


def left_over(books) -> list[str]:
    """Claims and files that are not whole."""
    out: Path = books.folder / "out"
    return [path.name for path in out.rglob("*") if path.name.endswith(".part") or path.parent.name == "claims"]


@pytest.mark.slow
def test_a_cluster_that_is_up_builds_a_shelf(books, cluster: Cluster) -> None:
    shelve(books, 2)
    found = books.call("--scheduler", cluster.address)
    assert (found.status, found.errors) == (0, "")
    assert are_whole(books, 2)


@pytest.mark.slow
def test_a_scheduler_that_is_restarted_is_found_again(books, cluster: Cluster) -> None:
    shelve(books, 4)

    def restart() -> None:
        while not list((books.folder / "out").glob("*/shelf-book.json")):
            time.sleep(0.1)
        cluster.end(cluster.scheduler)
        for worker in cluster.workers:
            cluster.end(worker)
        cluster.workers.clear()
        cluster.start_scheduler()
        cluster.start_worker()

    restarting = threading.Thread(target=restart)
    restarting.start()
    found = books.call("--scheduler", cluster.address)
    restarting.join()
    assert (found.status, found.errors) == (0, "")
    assert are_whole(books, 4)
    assert left_over(books) == []


@pytest.mark.slow
def test_two_shelves_at_once_build_each_book_once(books) -> None:
    shelve(books, 4)
    call = [sys.executable, "-m", "builder", "shelf", str(books.folder / "shelf.toml"), "--workers", "1"]
    both = [subprocess.Popen(call, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = "".join(one.communicate()[0] for one in both)
    assert [one.returncode for one in both] == [0, 0]
    assert [printed.count(f" b{number:02}: built") for number in range(4)] == [1, 1, 1, 1]
    assert are_whole(books, 4)


BOOKS, KILLS = (60, 20) if SOAKING else (15, 5)
"""How large a shelf is, and how many workers are killed during it: all of them by `make soak`."""


@pytest.mark.slow
def test_books_are_whole_after_workers_were_killed(books, cluster: Cluster) -> None:
    shelve(books, BOOKS)
    is_done = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        """Kill workers as books come, each at a moment of its own of the build that goes on."""
        while len(killed) < KILLS and not is_done.wait(random.uniform(0.1, 0.6)):
            there = len(list((books.folder / "out").glob("*/shelf-book.json")))
            if there * (KILLS + 1) >= len(killed) * BOOKS:
                cluster.kill_worker()
                killed.append(there)

    killing = threading.Thread(target=kill)
    killing.start()
    found = books.call("--scheduler", cluster.address)
    is_done.set()
    killing.join()
    assert (found.status, found.errors) == (0, "")
    assert len(killed) == KILLS
    assert are_whole(books, BOOKS)
    assert left_over(books) == []
    assert [found.out.count(f" b{number:02}: ") for number in range(BOOKS)] == [1] * BOOKS

"""One build at a time in an output folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from builder.store.records import remove_folder


@contextmanager
def one_at_a_time(work: Path) -> Iterator[None]:
    """Hold the lock of a folder of intermediate files; while another build holds it, say so once and wait.

    The lock is the system's, so that it goes with a process that is killed.
    """
    for name in ("lock", "lock-of-all"):
        remove_folder(work / name)
    lock = FileLock(work / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say_waiting(work)
        lock.acquire()
    try:
        with held_by_all(work):
            yield
    finally:
        lock.release()


@contextmanager
def held_by_all(work: Path) -> Iterator[None]:
    """Hold a lock that the forked processes of a build hold as well, until the last of them has ended.

    They do not hold the other one, which filelock takes from them, and they may outlive a build that is killed.
    """
    try:
        import fcntl
    except ImportError:  # where nothing forks
        yield
        return
    with (work / "lock-of-all").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say_waiting(work)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def say_waiting(work: Path) -> None:
    """Say that another build is waited for."""
    print(f"builder: another build is at work in {work.parent}; waiting for it", file=sys.stderr, flush=True)

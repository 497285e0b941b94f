"""One build at a time in an output folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def one_at_a_time(work: Path) -> Iterator[None]:
    """Hold the lock of a folder of intermediate files; while another build holds it, say so once and wait.

    The lock is the system's, so that it goes with a process that is killed.
    """
    lock = FileLock(work / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print(f"builder: another build is at work in {work.parent}; waiting for it", file=sys.stderr, flush=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()

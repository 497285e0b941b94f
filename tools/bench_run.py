"""Whole-process figures for the benchmarks: wall seconds, seconds of processor, and the most memory that a command
held.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    seconds: float
    megabytes: float
    processor: float = 0
    """User and system time of all processes, which other work on the machine changes less than ``seconds``."""


def resident(pid: int) -> int:
    """Memory in KiB of a process and its children: private pages, and each shared page by its share (PSS)."""
    total = 0
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                total += resident(int(child))
    except (OSError, ValueError):
        pass
    return total


def run(command: list[str], cwd: Path, *, may_fail: bool = False) -> Figure:
    """One run of a command: its times, and the most memory that its processes held at one time.

    Where it ``may_fail``, its status is of no interest: books of others have faults of their own.
    """
    peak = 0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    usual = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}  # as installed
    process = subprocess.Popen(command, cwd=cwd, env=usual, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.2):
            peak = max(peak, resident(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, errors = process.communicate()
    seconds = time.perf_counter() - started
    done.set()
    watcher.join()
    if process.returncode and not may_fail:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{errors.decode()[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Figure(seconds, peak / 1024, processor)


def median(figures: list[Figure]) -> Figure:
    return Figure(
        statistics.median(f.seconds for f in figures),
        max(f.megabytes for f in figures),
        statistics.median(f.processor for f in figures),
    )

"""Runs a build in a process of its own, with limits of time, memory and disk, and an environment that is not ours."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import psutil

from builder.commands.shelf.description import BuildLimits
from builder.commands.shelf.walls import wall

MEGABYTE = 1_000_000
LOOK, LOOK_AT_DISK = 0.2, 1.0
"""Seconds between two looks at a build."""
PROCESSES = 500
"""How many a build may have at a time."""
SHOWN = 4000
"""Letters of what a build printed that are shown of one that failed."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a build ended: its exit status, why it was stopped ('' when it ended itself), what it printed, seconds, and
    the most memory that it held, in MB.
    """

    status: int
    stopped: str
    printed: str
    seconds: float
    memory: float


class Running(Protocol):
    """A build that was started, as `subprocess.Popen` shows it: ``pid`` is 0 where it did not come to be."""

    pid: int
    returncode: int | None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its exit status."""


@dataclass(frozen=True, slots=True)
class Program:
    """How a program is called, and the files beside the system's that it needs."""

    call: Sequence[str]
    files: Sequence[Path] = ()


def run_limited(program: Program, arguments: Sequence[str], place: Path, scratch: Path, limits: BuildLimits) -> Ended:
    """Run a program with arguments in the folder ``place`` below ``scratch``, the only one where it may write."""
    launch = [sys.executable, "-I", "-S", str(Path(__file__).with_name("limits.py"))]
    launch += [str(int(limits.memory * MEGABYTE)), str(int(limits.disk * MEGABYTE))]
    call = [*launch, *wall().prefix(scratch, program.files, limits.network), *program.call, *arguments]
    started = time.monotonic()
    prepare(scratch)
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(
            call, cwd=place, env=build_environment(scratch), stdin=subprocess.DEVNULL, stdout=printed,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        return watched(process, printed, scratch, limits, started)


def prepare(scratch: Path) -> None:
    """Give a scratch folder what builds expect."""
    for name in ("home", "tmp", "cache"):
        (scratch / name).mkdir(exist_ok=True)


def watched(process: Running, printed: IO[bytes], scratch: Path, limits: BuildLimits, started: float) -> Ended:
    """How a build ends that is stopped where it is beyond its limits; ``printed`` is a file without a name, since a
    book could put a link in the place of one with a name.
    """
    try:
        stopped, memory = watch(process, scratch, limits, started)
    finally:
        end(process)
    printed.seek(max(0, printed.seek(0, os.SEEK_END) - SHOWN))
    text = printed.read().decode("utf-8", "replace")
    return Ended(process.returncode or 0, stopped, text, time.monotonic() - started, memory / MEGABYTE)


def build_environment(scratch: Path) -> dict[str, str]:
    """The variables of a build: none of ours, but where programs are and the date that outputs bear."""
    found = {
        "PATH": os.defpath if sys.platform != "win32" else os.environ.get("PATH", ""),
        "HOME": str(scratch / "home"),
        "TMPDIR": str(scratch / "tmp"),
        "XDG_CACHE_HOME": str(scratch / "cache"),
        "LANG": "C.UTF-8",
    }
    kept = ("SOURCE_DATE_EPOCH", "TZ", "SYSTEMROOT")
    found |= {name: os.environ[name] for name in kept if name in os.environ}
    return found


def watch(process: Running, scratch: Path, limits: BuildLimits, started: float) -> tuple[str, float]:
    """Wait until a process ends or is beyond a limit; returns beyond which, '' for none, and the most memory."""
    most, disk_looked_at = 0.0, started
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(LOOK)
            return "", most
        now = time.monotonic()
        most = max(most, held := memory_of(process.pid, limits.memory * MEGABYTE))
        if held > limits.memory * MEGABYTE:
            return f"it held more than {limits.memory:,.0f} MB of memory", most
        if len(family(process.pid)) > PROCESSES:
            return f"it began more than {PROCESSES} processes", most
        if now - started > 60 * limits.minutes:
            return f"it took more than {shown_minutes(limits.minutes)}", most
        if now - disk_looked_at > LOOK_AT_DISK:
            disk_looked_at = now
            if size_of(scratch) > limits.disk * MEGABYTE:
                return f"it wrote more than {limits.disk:,.0f} MB", most


def shown_minutes(minutes: float) -> str:
    """``1 minute``, ``3 seconds``."""
    number, word = (minutes, "minute") if minutes >= 1 else (60 * minutes, "second")
    return f"{number:g} {word}{'' if number == 1 else 's'}"


def memory_of(pid: int, limit: float) -> float:
    """The bytes that a process and those below it hold; what they share counts once where it matters, near the
    limit.
    """
    resident = shared_once = 0.0
    for process in family(pid):
        with suppress(psutil.Error):
            resident += process.memory_info().rss
    if resident <= limit:
        return resident
    for process in family(pid):
        with suppress(psutil.Error):
            full = process.memory_full_info()
            shared_once += getattr(full, "pss", 0) or full.uss
    return shared_once


def family(pid: int) -> list[psutil.Process]:
    """A process and all below it."""
    if not pid:
        return []
    try:
        top = psutil.Process(pid)
        if not os.path.exists(f"/proc/{pid}/task/{pid}/children"):
            return [top, *top.children(recursive=True)]  # it reads all processes of the machine
    except psutil.NoSuchProcess:
        return []
    found, waiting = [top], [pid]
    while waiting:
        for child in children_of(waiting.pop()):
            waiting.append(child)
            with suppress(psutil.NoSuchProcess):
                found.append(psutil.Process(child))
    return found


def children_of(pid: int) -> list[int]:
    """The processes that the threads of one began, as Linux lists them; none of one that has ended."""
    found = []
    with suppress(OSError):
        for thread in os.listdir(f"/proc/{pid}/task"):
            found += Path(f"/proc/{pid}/task/{thread}/children").read_text(encoding="ascii").split()
    return [int(child) for child in found]


def size_of(folder: Path) -> int:
    """The bytes of the files in a folder and below it."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):
                total += os.lstat(os.path.join(place, name)).st_blocks * 512 if os.name == "posix" else 0
    return total


def end(process: Running) -> None:
    """End a process and all below it."""
    for one in reversed(family(process.pid)):
        with suppress(psutil.Error):
            one.kill()
    process.wait()


def take_fonts(scratch: Path, fonts: Path) -> None:
    """Copy the fonts that the builder keeps into the cache of a build, which may not write to ours."""
    if fonts.is_dir():
        shutil.copytree(
            fonts, scratch / "cache" / fonts.name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("templates")
        )

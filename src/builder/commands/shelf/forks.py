"""Builds in processes that a fork server makes: what all books import is imported once a worker, not once a book."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue

from builder.commands.shelf.description import BuildLimits
from builder.commands.shelf.sandbox import MEGABYTE, Ended, build_environment, end, family, printed_in, watched
from builder.commands.shelf.walls import wall

ENTERED = b"\n"
"""What is written to a program behind walls and read from it when they stand."""


class ForkServer:
    """A process of `builder.commands.shelf.fork_server`."""

    def __init__(self) -> None:
        folder = Path(os.sep)  # its files are those that it imports; each build names its own place
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-m", "builder.commands.shelf.fork_server"],
            cwd=folder, env=build_environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip

    @property
    def is_up(self) -> bool:
        """True until it has ended."""
        return self.process.poll() is None

    def close(self) -> None:
        """End it, and what it builds."""
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                assert stream is not None
                stream.close()
        self.process.wait()


class ForkedBuild:
    """A build that a fork server was asked for, as `subprocess.Popen` shows one that was started."""

    def __init__(self, server: ForkServer, order: dict[str, object]) -> None:
        self.server = server
        self.pid = 0
        self.returncode: int | None = None
        assert server.process.stdin is not None
        server.process.stdin.write(json.dumps(order).encode() + b"\n")
        server.process.stdin.flush()
        self._read()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its exit status.

        Raises:
            subprocess.TimeoutExpired: it has not ended by then.
        """
        assert self.server.process.stdout is not None
        while self.returncode is None:
            if not select.select([self.server.process.stdout], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("builder", timeout or 0)
            self._read()
        return self.returncode

    def _read(self) -> None:
        assert self.server.process.stdout is not None
        word, _, number = self.server.process.stdout.readline().partition(b" ")
        if word == b"pid":
            self.pid = int(number)
        else:  # without a word the server was killed
            self.returncode = int(number) if word == b"status" else -9


SERVERS: SimpleQueue[ForkServer] = SimpleQueue()
"""Those of this process that build nothing."""


@contextmanager
def fork_server() -> Iterator[ForkServer]:
    """A fork server that builds nothing else while the block runs; it is started where there is none."""
    found = None
    with suppress(Empty):
        while found is None or not found.is_up:
            found = SERVERS.get_nowait()
    server = found if found is not None and found.is_up else ForkServer()
    yield server
    SERVERS.put(server)


@contextmanager
def walls_of(scratch: Path, *, network: bool) -> Iterator[int]:
    """The process that stands behind walls while the block runs; 0 where this machine has none."""
    if not (call := wall().prefix(scratch, (), network)):
        yield 0
        return
    holder = subprocess.Popen(
        [*call, "cat"], env=build_environment(scratch), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=scratch,
        start_new_session=True,
    )  # fmt: skip
    try:
        assert holder.stdin is not None
        assert holder.stdout is not None
        with holder.stdin, holder.stdout:
            holder.stdin.write(ENTERED)
            holder.stdin.flush()
            if holder.stdout.read(1) != ENTERED:
                raise OSError(f"{wall().program} ended with status {holder.wait()}")
            yield family(holder.pid)[-1].pid
    finally:
        end(holder)


def run_forked(arguments: Sequence[str], place: Path, scratch: Path, limits: BuildLimits) -> Ended:
    """Run ``builder`` with arguments in the folder ``place`` below ``scratch``, the only one where it may write.

    Raises:
        OSError: there can be no walls.
    """
    with walls_of(scratch, network=limits.network) as walls, fork_server() as server:
        printed = printed_in(scratch)
        started = time.monotonic()
        order = {
            "arguments": list(arguments),
            "place": str(place),
            "environment": build_environment(scratch),
            "printed": str(printed),
            "memory": int(limits.memory * MEGABYTE),
            "disk": int(limits.disk * MEGABYTE),
            "walls": walls,
        }
        return watched(ForkedBuild(server, order), scratch, limits, started)


def can_fork_builds() -> bool:
    """True where walls can be entered by a process that runs already."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")

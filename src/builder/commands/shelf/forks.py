"""Builds in processes that a fork server makes: what all books import is imported once a machine, not once a book."""

from __future__ import annotations

import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from builder.commands.shelf.description import BuildLimits
from builder.commands.shelf.sandbox import MEGABYTE, Ended, build_environment, end, family, prepare, watched
from builder.commands.shelf.walls import wall

ENTERED = b"\n"
"""What is written to a program behind walls and read from it when they stand."""
ADDRESS = "BUILDER_FORK_SERVER"
"""Variable of a worker's environment: the address of the fork server of its machine."""


class ForkServer:
    """A process of `builder.commands.shelf.fork_server`, which ends with the one that began it.

    Who connects to its ``address`` before it has imported all waits. The folder of that is one of those that walls
    hide: a book cannot ask for a process outside of its own.
    """

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="builder-forks-")
        self.address = f"{self.folder}/socket"
        root = Path(os.sep)  # its files are those that it imports; each build names its own place
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(self.address)
            listening.listen(socket.SOMAXCONN)
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-m", "builder.commands.shelf.fork_server", str(listening.fileno())],
                cwd=root, env=build_environment(root), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, pass_fds=[listening.fileno()],
            )  # fmt: skip

    @property
    def is_up(self) -> bool:
        """True until it has ended."""
        return self.process.poll() is None

    def close(self) -> None:
        """End it, and what it builds."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


class ForkedBuild:
    """A build that a fork server was asked for, as `subprocess.Popen` shows one that was started; it ``is_lost`` where
    the server was killed.
    """

    def __init__(self, server: socket.socket, order: dict[str, object], printed: int) -> None:
        self.server, self.answers = server, server.makefile("rb")
        self.pid = 0
        self.returncode: int | None = None
        self.is_lost = False
        with suppress(ConnectionError):
            socket.send_fds(server, [b"\n"], [printed])
            server.sendall(json.dumps(order).encode() + b"\n")
        self._read()

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its exit status.

        Raises:
            subprocess.TimeoutExpired: it has not ended by then.
        """
        while self.returncode is None:
            if not select.select([self.server], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("builder", timeout or 0)
            self._read()
        return self.returncode

    def _read(self) -> None:
        answer = b""
        with suppress(ConnectionError):
            answer = self.answers.readline()
        word, _, number = answer.partition(b" ")
        if word == b"pid":
            self.pid = int(number)
        else:
            self.is_lost = word != b"status"
            self.returncode = -9 if self.is_lost else int(number)


own_servers: list[ForkServer] = []
"""The fork server of this process, if it has one."""
starting = threading.Lock()


@contextmanager
def fork_server() -> Iterator[socket.socket]:
    """A connection to the fork server of this machine, or to one of this process where there is none."""
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(os.environ[ADDRESS])
        except (KeyError, OSError):  # none was named, or it has ended
            connection.connect(own_server().address)
        yield connection


def own_server() -> ForkServer:
    """The fork server of this process; it is started where there is none."""
    with starting:
        if not own_servers or not own_servers[0].is_up:
            own_servers[:] = [ForkServer()]
        return own_servers[0]


@contextmanager
def forks_of_machine() -> Iterator[dict[str, str]]:
    """The variables by which workers find a fork server that they share while the block runs."""
    if not can_fork_builds():
        yield {}
        return
    server = ForkServer()
    try:
        yield {ADDRESS: server.address}
    finally:
        server.close()


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
    """Run ``builder`` with arguments in the folder ``place`` below ``scratch``, the only one where it may write; once
    more where the fork server was killed, with which all its builds end.

    Raises:
        OSError: there can be no walls.
    """
    with walls_of(scratch, network=limits.network) as walls:
        prepare(scratch)
        order = {
            "arguments": list(arguments),
            "place": str(place),
            "environment": build_environment(scratch),
            "memory": int(limits.memory * MEGABYTE),
            "disk": int(limits.disk * MEGABYTE),
            "walls": walls,
        }
        ended, is_lost = asked(order, scratch, limits)
        return asked(order, scratch, limits)[0] if is_lost else ended


def asked(order: dict[str, object], scratch: Path, limits: BuildLimits) -> tuple[Ended, bool]:
    """How a build ended that a fork server was asked for, and whether the server was killed."""
    started = time.monotonic()
    with fork_server() as server, tempfile.TemporaryFile() as printed:
        build = ForkedBuild(server, order, printed.fileno())
        return watched(build, printed, scratch, limits, started), build.is_lost


def can_fork_builds() -> bool:
    """True where walls can be entered by a process that runs already."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")

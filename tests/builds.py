"""Builds as the command makes them, in processes of their own that need not import everything anew; one may be killed
while it writes.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

CONTEXT = multiprocessing.get_context("forkserver" if hasattr(os, "fork") else "spawn")
CONTEXT.set_forkserver_preload(["builder.build.session", "builder.commands.serve.building", "builder.build.decks", "myst_parser.parsers.sphinx_", "sphinxcontrib.bibtex", "myst_nb.sphinx_ext", "builds"])  # fmt: skip
WRITING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile"}
"""What Python says (`sys.audit`) of changes to a disk, beside files that are opened to be written."""
EPOCH = "1700000000"


def build(folder: Path, output: Path, killed_at: int = 0) -> tuple[int, str]:
    """Build a project; its exit status, -9 where it was killed at the ``killed_at``-th change to the disk, and what was
    said.
    """
    said = output.parent / f"{output.name}.said"
    process = CONTEXT.Process(target=_build, args=(folder, output, said, killed_at))
    process.start()
    process.join()
    return process.exitcode or 0, said.read_text(encoding="utf-8", errors="replace")


def _build(folder: Path, output: Path, said: Path, killed_at: int) -> None:
    from builder.build.request import Request
    from builder.build.session import run
    from builder.build.up_to_date import outputs_again

    _speak_into(said)
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    os.chdir(folder)
    if killed_at:
        sys.addaudithook(killing(killed_at))
    request = Request(folder, folder, output, quiet=True)
    sys.exit(run(request).status if outputs_again(request) is None else 0)


def killing(at: int) -> Callable[[str, Any], None]:
    """A hook that kills the process at a change to the disk, counted from 1."""
    left = at

    def hook(event: str, args: Any) -> None:
        nonlocal left
        writes = event == "open" and isinstance(args[1], str) and not set(args[1]).isdisjoint("wax+")
        if writes or event in WRITING:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return hook


def _speak_into(said: Path) -> None:
    with said.open("w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)


class Command:
    """A call of the command in a process of its own, as ``python -m builder`` starts one, which need not import everything anew.

    ``prepare`` is called in that process before, with ``given``.
    """

    def __init__(
        self, folder: Path, *arguments: str, prepare: Callable[..., None] | None = None, given: Sequence[Any] = ()
    ) -> None:
        with tempfile.NamedTemporaryFile(dir=folder.parent, suffix=".said", delete=False) as file:
            self.file = Path(file.name)
        self.process = CONTEXT.Process(target=_call, args=(folder, arguments, self.file, prepare, tuple(given)))
        self.process.start()

    @property
    def said(self) -> str:
        """What it has written so far, to both streams."""
        return self.file.read_text(encoding="utf-8", errors="replace")

    def line(self, pattern: str) -> re.Match[str]:
        """The first line that matches, as soon as it is there."""
        until = time.monotonic() + 60
        while (found := re.search(pattern, self.said)) is None:
            assert self.process.is_alive(), self.said
            assert time.monotonic() < until, self.said
            time.sleep(0.02)
        return found

    def send_signal(self, number: int) -> None:
        """Send a signal to the process."""
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, negative for the number of a signal."""
        self.process.join(timeout)
        assert self.process.exitcode is not None, "it does not end"
        return self.process.exitcode

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.join()


def _call(
    folder: Path, arguments: Sequence[str], said: Path, prepare: Callable[..., None] | None, given: Sequence[Any]
) -> None:
    from builder.commands.cli import main

    _speak_into(said)
    os.chdir(folder)
    if prepare is not None:
        prepare(*given)
    sys.exit(main(list(arguments)))


class Staying:
    """A process that builds a project again and again, as `builder serve` does."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.said = output.parent / f"{output.name}.said"
        self.pipe, theirs = CONTEXT.Pipe()
        self.process = CONTEXT.Process(target=_stay, args=(folder, output, self.said, theirs))
        self.process.start()
        theirs.close()

    def build(self) -> tuple[int, str]:
        """Build once; status and what was said."""
        self.pipe.send("build")
        status = self.pipe.recv()
        return status, self.said.read_text(encoding="utf-8", errors="replace")

    def end(self) -> None:
        """End the process."""
        self.pipe.close()
        self.process.join(20)
        self.process.kill()


def _stay(folder: Path, output: Path, said: Path, pipe: Connection) -> None:
    from builder.build.request import Request
    from builder.commands.serve.building import Building

    _speak_into(said)
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    os.chdir(folder)
    building = Building(Request(folder, folder, output, quiet=True), lambda _news: None)
    try:
        while pipe.recv():
            building.build()
            if building.last.type == "failed":
                print(building.last.problems, file=sys.stderr, flush=True)
            pipe.send(0 if building.last.type == "built" and building.last.status == 0 else 1)
            if building.session is not None:
                building.session.rest()
    except EOFError:
        building.forget()

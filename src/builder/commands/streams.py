"""The standard streams of a command, on any terminal and without one."""

from __future__ import annotations

import io
import os
import stat
import sys
from contextlib import suppress
from typing import Any, TextIO, cast


def take_any_character(*streams: TextIO | None) -> None:
    """Have terminals show an escape for a character that their encoding lacks (cp1252 on Windows), where they would
    raise an error.
    """
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write_data(text: str) -> None:
    """Write what other programs read to the standard output: UTF-8 with line feeds, whatever the terminal's
    encoding.
    """
    reconfigure = getattr(sys.stdout, "reconfigure", None)  # of a file, a terminal or a `Pipe`
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(text)
    sys.stdout.flush()


def open_streams() -> None:
    """Give a process that was started without a standard input, output or error (``>&-``) one that leads nowhere, or
    the next file would become it.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descriptor)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115


class Pipe:
    """The standard output where it is a pipe: when nobody reads to its end (``| head -1``), the rest is written nowhere
    and the command goes on.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.is_broken = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def write(self, text: str) -> int:
        """Write text; returns how many characters that are."""
        try:
            self.stream.write(text)
        except BrokenPipeError:
            self.lead_nowhere()
        return len(text)

    def flush(self) -> None:
        """Write what waits."""
        try:
            self.stream.flush()
        except BrokenPipeError:
            self.lead_nowhere()

    def lead_nowhere(self) -> None:
        """Put a file that takes everything in the place of the pipe."""
        self.is_broken = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.stream.fileno())
        os.close(nowhere)


def is_unread() -> bool:
    """True if nobody reads the standard output any more."""
    sys.stdout.flush()
    return isinstance(sys.stdout, Pipe) and sys.stdout.is_broken


def guard_pipe() -> None:
    """Have the standard output be a `Pipe` where it is one."""
    with suppress(OSError, ValueError, AttributeError):
        if stat.S_ISFIFO(os.fstat(sys.stdout.fileno()).st_mode):
            sys.stdout = cast(TextIO, Pipe(sys.stdout))

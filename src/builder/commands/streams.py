"""The standard streams of a command, on any terminal and without one."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO


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
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
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

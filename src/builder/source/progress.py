"""What a build says while it works: whole lines, and on a terminal a bar with the time that is left.

Sphinx writes a step in pieces, and two processes write beside each other (the printed book and the decks are made while
pages are written): pieces of one landed within lines of the other.
"""

from __future__ import annotations

import io
import os
import re
import time
from collections.abc import Callable
from typing import TextIO

PERCENT = re.compile(r"^(?P<step>[^\[\]]*?)\.*\s*\[ *(?P<percent>\d+)%\]")
"""How Sphinx says how far a step is: ``reading sources... [ 50%] chapter``."""
ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
"""Colours and commands of a terminal (ECMA-48, 5.4)."""
CLEAR = "\r\x1b[K"
"""Back to the beginning of the line, which is emptied (ECMA-48, 8.3.41)."""
WIDTH = 24
"""Characters of a bar."""
PATIENCE = 3.0
"""Seconds after which a step shows how long it will take."""


class Around(io.TextIOBase):
    """A stream that writes to another one."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """That of the stream."""
        return getattr(self.stream, "encoding", None) or "utf-8"

    def isatty(self) -> bool:
        """Return whether somebody sees it."""
        return self.stream.isatty()

    def flush(self) -> None:
        """Write what waits in the stream itself."""
        self.stream.flush()


class Unheard(io.TextIOBase):
    """A stream of which nothing is kept: what Sphinx takes for one where nobody listens keeps all, as long as a process
    stays.
    """

    def write(self, text: str) -> int:
        """Take text; returns how many characters that are."""
        return len(text)


class StatusLines(Around):
    """Passes what is written to ``stream`` in whole lines; empty ones go.

    On a terminal what is not a line yet stands as a bar at its end, if it says how far a step is.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(stream)
        self.clock = clock
        self._process = os.getpid()
        self._waiting = ""
        self._step, self._since = "", 0.0
        self._shows_bar = False

    def write(self, text: str) -> int:
        """Take text; returns how many characters that are."""
        if os.getpid() != self._process:  # forked: what waited is the parent's, and so is the bar
            self._process, self._waiting, self._shows_bar = os.getpid(), "", self.isatty()
        *lines, self._waiting = (self._waiting + text).split("\n")
        for line in lines:
            shown = last_state(line)
            if shown:
                self._put(f"{shown}\n")
        if self.isatty():
            self._draw()
        return len(text)

    def clear(self) -> None:
        """Take the bar away, before another stream writes to the same terminal."""
        if self._shows_bar:
            self.stream.write(CLEAR)
            self.stream.flush()
            self._shows_bar = os.getpid() != self._process

    def _put(self, line: str) -> None:
        self.clear()
        self.stream.write(line)
        self.stream.flush()

    def _draw(self) -> None:
        """Draw the bar of the step that is under way."""
        found = PERCENT.match(ESCAPES.sub("", last_state(self._waiting)))
        if found is None:
            return
        step, percent = found["step"].strip(), int(found["percent"])
        if step != self._step:
            self._step, self._since = step, self.clock()
        seconds = self.clock() - self._since
        left = f"  {time_left(seconds, percent)} left" if seconds > PATIENCE and 0 < percent < 100 else ""
        done = WIDTH * percent // 100
        self.stream.write(f"{CLEAR}{step:<20} {'█' * done}{'░' * (WIDTH - done)} {percent:>3} %{left}")
        self.stream.flush()
        self._shows_bar = True


class BesideStatus(Around):
    """The stream of warnings, which takes the bar of ``status`` away before it writes to the same terminal."""

    def __init__(self, stream: TextIO, status: StatusLines) -> None:
        super().__init__(stream)
        self.status = status

    def write(self, text: str) -> int:
        """Write text; returns how many characters that are."""
        self.status.clear()
        self.stream.write(text)
        return len(text)


class Heard(Around):
    """A stream that remembers as ``said`` what is written while somebody listens, as at the beginning."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.said, self._is_heard = "", True

    def listen(self, *_: object) -> None:
        """Remember what is written from here on."""
        self._is_heard = True

    def rest(self, *_: object) -> None:
        """Remember nothing of what is written from here on."""
        self._is_heard = False

    def write(self, text: str) -> int:
        """Write text; returns how many characters that are."""
        if self._is_heard:
            self.said += text
        self.stream.write(text)
        return len(text)


def last_state(line: str) -> str:
    """Return what a line shows that was written over again and again, from carriage return to carriage return."""
    return next((state.rstrip() for state in reversed(line.split("\r")) if state.strip()), "")


def time_left(seconds: float, percent: int) -> str:
    """Return how long a step will go on that took ``seconds`` for ``percent`` of its work: ``40 s``, ``3 min``."""
    left = seconds * (100 - percent) / percent
    return f"{left:.0f} s" if left < 100 else f"{left / 60:.0f} min"

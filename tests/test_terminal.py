"""What somebody at a terminal sees: a bar while it works, and that Ctrl+C ends it as shells expect."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from builder.commands.outcome import INTERRUPTED

from conftest import CONF, Book

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

WAITS = """
def setup(app):
    import pathlib, time

    def wait(*_):
        pathlib.Path(app.confdir, "waits").touch()
        time.sleep({seconds})

    app.connect("{event}", wait)
"""
SOON = 30.0
"""Seconds after which a test gives up."""


def heed_interrupts() -> None:
    """Have a call heed Ctrl+C though the tests were started in the background, where shells have it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Session:
    """A call of the command at a pseudo-terminal of its own: what was seen on it, and how it ended."""

    def __init__(self, book: Book, *arguments: str) -> None:
        self.screen, terminal = pty.openpty()
        self.seen = ""
        self.called = subprocess.Popen(
            [sys.executable, "-m", "builder", *arguments],
            cwd=book.folder,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=os.environ | {"TERM": "xterm"},
            start_new_session=True,
            preexec_fn=heed_interrupts,
        )
        os.close(terminal)

    def look(self) -> None:
        """Take what is new on the screen."""
        if select.select([self.screen], [], [], 0.05)[0]:
            try:
                self.seen += os.read(self.screen, 65536).decode(errors="replace")
            except OSError:  # Linux: nobody writes to it any more
                return

    def interrupt(self) -> None:
        """Do what a terminal does at Ctrl+C: each process of the call gets the signal."""
        os.killpg(self.called.pid, signal.SIGINT)

    def end(self) -> int:
        """Look on until the call has ended; returns its status."""
        latest = time.monotonic() + SOON
        while self.called.poll() is None and time.monotonic() < latest:
            self.look()
        self.look()
        return self.called.wait(timeout=1)

    def is_over(self) -> bool:
        """True as soon as no process of the call runs any more."""
        latest = time.monotonic() + SOON
        while time.monotonic() < latest:
            try:
                os.killpg(self.called.pid, 0)
            except ProcessLookupError:
                return True
            self.look()
        return False


@contextmanager
def at_terminal(book: Book, *arguments: str) -> Iterator[Session]:
    """A call that is gone at the end, however the test goes."""
    session = Session(book, *arguments)
    try:
        yield session
    finally:
        with suppress(ProcessLookupError):
            os.killpg(session.called.pid, signal.SIGKILL)
        session.called.wait()
        os.close(session.screen)


@pytest.mark.slow
@pytest.mark.parametrize(("event", "others"), [("source-read", 0), ("source-read", 9), ("html-page-context", 0)])
def test_an_interrupted_build_ends_with_130_and_leaves_the_last_one(book: Book, event: str, others: int) -> None:
    assert book.build("# One\n\n{.slide}\n## A\n\n[x]{.point}\n").status == 0
    built = {path: path.read_bytes() for path in (book.folder / "_build/html").rglob("*") if path.is_file()}
    book.write("chapter.md", "# Another\n\n{.slide}\n## B\n\n[y]{.point}\n")
    for number in range(others):
        book.write(f"other{number}.md", "# Other\n")
    book.write("conf.py", CONF + WAITS.format(event=event, seconds=60))
    with at_terminal(book, "build") as session:
        latest = time.monotonic() + SOON
        while not (book.folder / "waits").exists() and time.monotonic() < latest:
            session.look()
        session.interrupt()
        assert session.end() == INTERRUPTED == 130
        assert session.is_over()
    assert "builder: stopped; the files of the last good build stay as they were" in session.seen
    assert "Traceback" not in session.seen
    assert {path: path.read_bytes() for path in built} == built


@pytest.mark.slow
def test_a_terminal_shows_a_bar_that_no_line_is_left_of(book: Book) -> None:
    book.write("conf.py", CONF + WAITS.format(event="source-read", seconds=0))
    book.write("chapter.md", "# One\n\n{.slide}\n## A\n\n[x]{.point}\n\n{nowhere}`x`\n")
    with at_terminal(book, "build", "--to", "html") as session:
        assert session.end() == 0
    assert re.search(r"reading sources +█+░* +\d+ %", session.seen)
    left = [line.rsplit("\x1b[K", 1)[-1] for line in session.seen.split("\r\n")]
    assert not [line for line in left if "█" in line]
    assert [line for line in left if "nowhere" in line]

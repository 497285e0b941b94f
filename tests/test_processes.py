"""Work that is spread over processes gives what one process gives."""

from __future__ import annotations

import logging
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from sphinx.errors import SphinxParallelError

from builder import errors
from builder.store import processes
from builder.store.processes import Beside, apart, spread

from conftest import SVG, Book

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
needs_two = pytest.mark.skipif(processes.processors() < 2, reason="there is one processor")


def where(item: int) -> tuple[int, int]:
    time.sleep(0.01)
    return os.getpid(), item * 2


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has just begun; the one that tests has threads of its own."""
    monkeypatch.setattr(processes, "can_fork", lambda: True)


@needs_fork
@needs_two
def test_items_are_done_in_several_processes_and_come_in_their_order(one_thread: None) -> None:
    found = spread(range(20), where)
    assert [result for _, result in found] == [item * 2 for item in range(20)]
    assert len({pid for pid, _ in found} - {os.getpid()}) == processes.processors()


@needs_fork
@needs_two
def test_a_process_goes_after_its_turn(one_thread: None) -> None:
    pids = [pid for pid, _ in spread(range(20), where, turn=5)]
    assert max(pids.count(pid) for pid in pids) == 5
    assert not multiprocessing.active_children()


def says(item: int) -> None:
    time.sleep(0.05 * (item % 2))
    errors.warn(f"item {item}", None, "test")


@needs_fork
@needs_two
def test_a_process_goes_after_fewer_items_where_these_weigh_more(one_thread: None) -> None:
    heavy = [pid for pid, _ in spread(range(8), where, turn=6, weight=lambda item: 4)]
    assert max(map(heavy.count, heavy)) == 2, "it may begin what it has not the room to end"
    light = [pid for pid, _ in spread(range(8), where, turn=6, weight=lambda item: 0.5)]
    assert len(set(light)) == 2


@needs_fork
@needs_two
def test_what_is_logged_there_is_logged_here_in_the_order_of_the_items(
    one_thread: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.msg)  # type: ignore[method-assign]
    monkeypatch.setattr(logging.getLogger("sphinx"), "handlers", [handler])
    spread(range(8), says)
    assert heard == [f"item {item}" for item in range(8)]


@needs_fork
@needs_two
def test_a_process_that_dies_is_noticed(one_thread: None) -> None:
    with pytest.raises(SphinxParallelError, match="ended before it was done"):
        spread(range(20), lambda item: os._exit(1) if item == 7 else None)


@needs_fork
def test_work_that_is_done_apart_is_done_in_another_process(one_thread: None) -> None:
    assert apart(os.getpid) != os.getpid()
    with pytest.raises(ZeroDivisionError):
        apart(lambda: 1 / 0)


def test_few_items_are_left_to_the_caller(one_thread: None) -> None:
    assert spread(range(3), where) == []


@needs_fork
@needs_two
def test_what_fails_there_is_raised_here(one_thread: None) -> None:
    with pytest.raises(SphinxParallelError, match="division by zero"):
        spread(range(20), lambda item: 1 / 0)


@pytest.mark.parametrize("forks", [pytest.param(True, marks=needs_fork), False])
def test_work_beside_gives_what_it_gives_and_raises_what_it_raises(
    monkeypatch: pytest.MonkeyPatch, forks: bool
) -> None:
    monkeypatch.setattr(processes, "can_fork", lambda: forks)
    with Beside(lambda: 42) as work:
        work.begin()
        assert work.result() == 42
    with Beside(lambda: 1 / 0) as work:
        work.begin()
        with pytest.raises(ZeroDivisionError):
            work.result()


@needs_fork
@needs_two
def test_who_leaves_early_leaves_no_process_behind(one_thread: None) -> None:
    others = set(multiprocessing.active_children())
    with Beside(lambda: bytes(10_000_000)) as work:
        work.begin()
        (process,) = set(multiprocessing.active_children()) - others
    process.join(10)
    assert not process.is_alive(), "it would wait for ever for somebody who takes what it made"


@needs_fork
@needs_two
def test_who_is_asked_first_ends_though_another_one_still_waits_for_somebody_to_take_what_it_made(
    one_thread: None,
) -> None:
    with Beside(os.getpid) as small, Beside(lambda: bytes(10_000_000)) as large:
        small.begin()
        large.begin()
        assert small.result() != os.getpid()
        assert len(large.result()) == 10_000_000


ORPHANS = """
import os, signal, sys, time
from pathlib import Path
from builder.store import processes
from builder.store.processes import Beside, apart, spread

def work():
    spread(range(8), lambda item: (Path(f"{os.getpid()}.pid").touch(), time.sleep(30)), fewest=2)

with Beside(work) as beside:
    beside.begin()
    while len(list(Path().glob("*.pid"))) < 2:
        time.sleep(0.02)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@needs_fork
@needs_two
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes end when they answer and find nobody")
def test_processes_end_with_the_one_that_forked_them(tmp_path: Path) -> None:
    """Also those that they forked: they would hold the lock of the folder, and the next build would wait for them."""
    subprocess.run([sys.executable, "-c", ORPHANS], cwd=tmp_path, check=False, timeout=60)
    pids = [int(path.stem) for path in tmp_path.glob("*.pid")]
    assert len(pids) >= 2
    end = time.monotonic() + 5
    while any(map(psutil.pid_exists, pids)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in pids)


COMMAND = """
import sys
import time
from pathlib import Path
from builder.commands import cli
from builder import errors
from builder.store import processes
processes.processors = lambda: {}
sys.exit(cli.main())
"""


@pytest.mark.slow
def test_a_book_is_the_same_from_one_process_and_from_several(book: Book) -> None:
    """Also where two documents name pictures alike, and where each has something to say."""
    names = [f"c{number:02}" for number in range(12)]
    book.write("index.md", "# Root\n\n```{toctree}\n" + "\n".join(names) + "\n```\n")
    for name in names:
        book.write(
            f"{name}.md",
            f"# Chapter {name}\n\nWords and {{doc}}`c00`.\n\n"
            f'<img src="pictures/{name}/same.svg" alt="A picture">\n\n![Remote](https://example.org/{name}.png)\n',
        )
        book.write(f"pictures/{name}/same.svg", SVG.replace("7a2a25", f"7a2a{names.index(name):02}"))
    made = []
    for count in (1, 2):
        command = [sys.executable, "-c", COMMAND.format(count), "build", "-q", "-o", f"_out{count}"]
        done = subprocess.run(command, cwd=book.folder, capture_output=True, text=True, check=True)
        messages = sorted(line for line in done.stderr.splitlines() if "WARNING" in line)
        assert sum("example.org/c07.png" in line for line in messages) == 1, done.stderr
        files = sorted((book.folder / f"_out{count}").glob("*/*.p*"))
        assert len(files) == 1 + 2 * 12, files
        made.append(([path.read_bytes() for path in files], messages))
    assert made[0] == made[1]


@needs_fork
@needs_two
def test_a_logo_that_typst_draws_leaves_the_process_able_to_fork(tmp_path: Path) -> None:
    """Typst keeps a pool of threads, so it draws the logo in a process of its own."""
    (tmp_path / "logo.svg").write_text(SVG, encoding="utf-8")
    program = (
        "from pathlib import Path; from types import SimpleNamespace as Some\n"
        "from builder.book.edition import logo_of\n"
        "from builder.store.processes import can_fork\n"
        "config = Some(html_logo='logo.svg')\n"
        "logo = logo_of(Some(config=config, confdir='.', converted_pictures=Path('pictures')))\n"
        "print(logo.suffix, can_fork())"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == ".svg True\n"

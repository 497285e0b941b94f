"""Books are built in processes that one server forks, and the walls round each are those of a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from test_walls import ASKS, LIMITS, needs_a_wall, needs_bubblewrap

from builder.commands.shelf import forks, walls
from builder.commands.shelf.description import BuildLimits
from builder.commands.shelf.forks import ADDRESS, ForkServer, forks_of_machine, run_forked
from builder.commands.shelf.sandbox import Ended

pytestmark = pytest.mark.skipif(not forks.can_fork_builds(), reason="walls cannot be entered here")


@pytest.fixture(scope="module", autouse=True)
def server() -> Iterator[ForkServer]:
    """One for all tests of this module."""
    found = forks.own_server()
    yield found
    found.close()


def ran(conf: str, folder: Path, limits: BuildLimits = LIMITS) -> Ended:
    """How the build of a book ends whose ``conf.py`` is this program."""
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    (folder / "index.rst").write_text("Book\n====\n\nText.\n", encoding="utf-8")
    return run_forked(["build", "-q", "--to", "html", "-o", str(folder / "built")], folder, folder, limits)


def test_a_book_is_built(tmp_path: Path) -> None:
    ended = ran("project = 'Algebra'", tmp_path)
    assert (ended.status, ended.stopped) == (0, "")
    assert "Algebra" in (tmp_path / "built/html/index.html").read_text(encoding="utf-8")


def test_what_one_book_changes_in_its_process_the_next_one_does_not_see(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    ran("import docutils, os; docutils.spoilt = os.environ['SPOILT'] = 'yes'", tmp_path / "one")
    ended = ran("import docutils, os; print(hasattr(docutils, 'spoilt'), 'SPOILT' in os.environ)", tmp_path / "two")
    assert "False False" in ended.printed


def test_it_has_no_environment_of_ours_and_none_of_our_files_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    program = "import os; print(open('/proc/self/environ').read(), os.environ)\n"
    program += "try: print(open('/proc/1/environ').read())\nexcept PermissionError: pass\n"
    program += "for n in os.listdir('/proc/self/fd'):\n    try: print(os.readlink(f'/proc/self/fd/{n}'))\n"
    ended = ran(f"{program}    except OSError: pass\n", tmp_path)
    assert "AWS" not in ended.printed
    assert str(tmp_path / "home") in ended.printed
    assert "pipe:" not in ended.printed


@needs_a_wall
def test_it_has_no_rights_of_the_superuser(tmp_path: Path) -> None:
    printed = ran("print(open('/proc/self/status').read())", tmp_path).printed
    assert [line.split() for line in printed.splitlines() if line.startswith(("Cap", "NoNew"))] == [
        *([name, "0" * 16] for name in ("CapInh:", "CapPrm:", "CapEff:", "CapBnd:", "CapAmb:")),
        ["NoNewPrivs:", "1"],
    ]


@needs_a_wall
@pytest.mark.parametrize("network", [False, True])
def test_it_has_a_network_only_where_that_is_allowed(tmp_path: Path, network: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        program = ASKS.format(port=listening.getsockname()[1])
        ended = ran(program, tmp_path, BuildLimits(minutes=1, memory=500, disk=100, network=network))
    assert ended.printed.startswith("reached\n") is network


@needs_bubblewrap
def test_it_neither_reads_nor_writes_files_of_others(tmp_path: Path) -> None:
    scratch, other = tmp_path / "scratch", tmp_path / "other.txt"
    scratch.mkdir()
    other.write_text("secret", encoding="utf-8")
    assert "No such file" in ran(f"print(open({str(other)!r}).read())", scratch).printed
    assert "Read-only" in ran("open('/etc/of-the-builder', 'w')", scratch).printed


@needs_bubblewrap
def test_it_sees_no_process_of_others(tmp_path: Path, server: ForkServer) -> None:
    program = "import os; print([open(f'/proc/{n}/cmdline').read() for n in os.listdir('/proc')"
    program += " if n.isdigit() and int(n) != os.getpid()])"
    assert "fork_server" not in ran(program, tmp_path).printed.replace("\0", " ")
    assert server.is_up


def test_a_build_that_hangs_is_stopped_and_the_next_is_built_by_the_same_server(
    tmp_path: Path, server: ForkServer
) -> None:
    ended = ran("import time; time.sleep(60)", tmp_path, BuildLimits(minutes=0.02, memory=500, disk=100))
    assert ended.stopped == "it took more than 1.2 seconds"
    assert ran("", tmp_path).status == 0
    assert server.is_up


def test_a_build_that_takes_the_memory_is_stopped(tmp_path: Path) -> None:
    ended = ran("import time; taken = b'x' * 600_000_000; time.sleep(30)", tmp_path)
    assert ended.stopped == "it held more than 500 MB of memory"


@pytest.mark.slow
@needs_a_wall
def test_nothing_that_a_build_began_outlives_it(tmp_path: Path) -> None:
    ran("import os, time\nif not os.fork():\n    os.setsid(); time.sleep(1); open('later', 'w')\nos._exit(0)", tmp_path)
    (tmp_path / "other").mkdir()
    ran("import time; time.sleep(2)", tmp_path / "other")
    assert not (tmp_path / "later").exists()


@pytest.mark.slow
def test_a_server_forks_from_one_thread(tmp_path: Path, server: ForkServer) -> None:
    ran("", tmp_path)
    assert len(os.listdir(f"/proc/{server.process.pid}/task")) == 1


@pytest.mark.slow
def test_a_build_whose_server_is_killed_twice_ends_and_the_next_has_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers = []

    def connected() -> Iterator[socket.socket]:
        servers.append(forks.own_server())
        threading.Timer(2, servers[-1].process.kill).start()
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(servers[-1].address)
            yield connection

    with monkeypatch.context() as patched:
        patched.setattr(forks, "fork_server", contextmanager(connected))
        ended = ran("import time; time.sleep(60)", tmp_path)
    assert (ended.status, ended.stopped, len(servers)) == (-9, "", 2)
    assert ran("", tmp_path).status == 0


@pytest.mark.slow
def test_one_server_forks_for_all_workers_of_a_machine_at_the_same_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meets = "import os, time\nopen('../{own}', 'w').close()\nwhile not os.path.exists('../{other}'): time.sleep(0.1)"
    monkeypatch.setattr(forks, "wall", lambda: walls.NO_WALL)
    with forks_of_machine() as variables:
        monkeypatch.setenv(ADDRESS, variables[ADDRESS])
        monkeypatch.setattr(forks, "own_server", None)
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
        with ThreadPoolExecutor() as pool:
            built = [
                pool.submit(ran, meets.format(own=own, other=other), tmp_path / folder)
                for own, other, folder in (("a", "b", "one"), ("b", "a", "two"))
            ]
    assert [one.result().status for one in built] == [0, 0]


@pytest.mark.slow
def test_a_build_ends_with_the_worker_that_asked_for_it(tmp_path: Path) -> None:
    program = "import os, time\nopen('begun', 'w').close()\ntime.sleep(4)\nopen('later', 'w').close()"
    call = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import test_forks, pathlib; "
    call += f"test_forks.ran({program!r}, pathlib.Path({str(tmp_path)!r}))"
    worker = subprocess.Popen([sys.executable, "-c", call], env={**os.environ, ADDRESS: forks.own_server().address})
    while not (tmp_path / "begun").exists():
        time.sleep(0.1)
    worker.kill()
    worker.wait()
    time.sleep(5)
    assert not (tmp_path / "later").exists()


@needs_bubblewrap
def test_it_cannot_ask_the_server_for_a_process_without_walls(tmp_path: Path, server: ForkServer) -> None:
    program = f"import socket; socket.socket(socket.AF_UNIX).connect({server.address!r})"
    assert "No such file" in ran(program, tmp_path).printed


@pytest.mark.slow
def test_a_build_whose_fork_server_is_killed_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forks, "own_servers", [])
    killed = forks.own_server()
    began = tmp_path / "began"
    program = (
        "import pathlib, time\nbegan = pathlib.Path('began')\n"
        "if not began.exists():\n    began.touch()\n    time.sleep(60)\nproject = 'Algebra'\n"
    )
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(ran, program, tmp_path)
        while not began.exists() and not ended.done():
            time.sleep(0.05)
        killed.process.kill()
        assert ended.result(60).status == 0
    assert "Algebra" in (tmp_path / "built/html/index.html").read_text(encoding="utf-8")
    killed.close()
    forks.own_server().close()

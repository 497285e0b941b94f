"""A book of strangers harms nobody: it is stopped at its limits, and sees neither network nor files of others."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from builder.commands.shelf import sandbox, walls
from builder.commands.shelf.description import BuildLimits
from builder.commands.shelf.sandbox import Ended, Program, run_limited

LIMITS = BuildLimits(minutes=1, memory=500, disk=100)
needs_bubblewrap = pytest.mark.skipif(walls.wall().program != "bwrap", reason="bubblewrap is not here")
needs_a_wall = pytest.mark.skipif(walls.wall().program == "", reason="neither bubblewrap nor unshare is here")


def ran(program: str, folder: Path, limits: BuildLimits = LIMITS) -> Ended:
    """How a program of Python ends behind the walls."""
    return run_limited(Program([sys.executable, "-I", "-c"]), [program], folder, folder, limits)


def test_what_ends_in_time_is_not_stopped(tmp_path: Path) -> None:
    ended = ran("print('done')", tmp_path)
    assert (ended.status, ended.stopped, ended.printed) == (0, "", "done\n")


def test_a_build_that_hangs_is_stopped(tmp_path: Path) -> None:
    ended = ran("import time; time.sleep(60)", tmp_path, BuildLimits(minutes=0.02, memory=500, disk=100))
    assert ended.stopped == "it took more than 1.2 seconds"
    assert ended.seconds < 10


def test_a_build_that_takes_the_memory_is_stopped_with_those_it_began(tmp_path: Path) -> None:
    program = "import os, time; os.fork(); taken = b'x' * 400_000_000; time.sleep(30)"
    assert ran(program, tmp_path).stopped == "it held more than 500 MB of memory"


def test_a_build_that_fills_the_disk_is_stopped(tmp_path: Path) -> None:
    program = "import time\nfor n in range(9): open(str(n), 'wb').write(b'x' * 30_000_000)\ntime.sleep(30)"
    assert ran(program, tmp_path).stopped == "it wrote more than 100 MB"


def test_one_file_cannot_be_larger_than_the_disk_it_has(tmp_path: Path) -> None:
    ended = ran("open('one', 'wb').write(b'x' * 200_000_000)", tmp_path)
    assert ended.status != 0
    assert (tmp_path / "one").stat().st_size <= 100_000_000


@pytest.mark.slow
def test_nothing_that_a_build_began_outlives_it(tmp_path: Path) -> None:
    program = "import os, time\nif not os.fork():\n    time.sleep(2); open('later', 'w')"
    ran(program, tmp_path)
    ran("import time; time.sleep(3)", tmp_path)
    assert not (tmp_path / "later").exists()


def test_a_build_has_no_environment_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    ended = ran("import os; print(sorted(os.environ), os.environ['HOME'])", tmp_path)
    assert "AWS" not in ended.printed
    assert str(tmp_path / "home") in ended.printed


ASKS = "import socket; socket.create_connection(('127.0.0.1', {port}), 5); print('reached')"


@needs_a_wall
@pytest.mark.parametrize("network", [False, True])
def test_the_network_is_there_only_where_it_is_allowed(tmp_path: Path, network: bool) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        program = ASKS.format(port=server.getsockname()[1])
        ended = ran(program, tmp_path, BuildLimits(minutes=1, memory=500, disk=100, network=network))
    assert ("reached" in ended.printed) is network


@needs_bubblewrap
def test_files_of_others_are_neither_read_nor_written(tmp_path: Path) -> None:
    scratch, other = tmp_path / "scratch", tmp_path / "other.txt"
    scratch.mkdir()
    other.write_text("secret", encoding="utf-8")
    assert "FileNotFoundError" in ran(f"print(open({str(other)!r}).read())", scratch).printed
    assert "Read-only" in ran("open('/etc/of-the-builder', 'w')", scratch).printed


@needs_a_wall
@pytest.mark.parametrize("wall", walls.WALLS, ids=lambda wall: wall.program)
def test_a_build_without_network_reaches_itself(
    tmp_path: Path, wall: walls.Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Notebooks are executed by kernels that are asked through the loopback."""
    if walls.shutil.which(wall.program) is None:
        pytest.skip(f"{wall.program} is not here")
    monkeypatch.setattr(sandbox, "wall", lambda: wall)
    program = (
        "import socket\n"
        "here = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(here.getsockname(), timeout=5)\n"
        "print('reached')"
    )
    assert ran(program, tmp_path).printed == "reached\n"


@pytest.mark.parametrize("program", ["bwrap", "unshare"])
def test_without_a_program_the_next_best_wall_stands(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = walls.shutil.which
    missing = ("bwrap", "unshare")[: ("bwrap", "unshare").index(program) + 1]
    monkeypatch.setattr(walls.shutil, "which", lambda name: None if name in missing else here(name))
    assert walls.wall.__wrapped__().program not in missing


def test_the_program_of_a_wall_is_found_where_only_our_search_path_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = walls.shutil.which("unshare")
    if found is None:
        pytest.skip("unshare is not here")
    (tmp_path / "unshare").symlink_to(found)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert walls.behind_unshare(tmp_path, (), False)[0] == str(tmp_path / "unshare")


def test_without_a_wall_limits_hold_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "wall", lambda: walls.NO_WALL)
    limits = BuildLimits(minutes=0.02, memory=500, disk=100)
    assert ran("import time; time.sleep(60)", tmp_path, limits).stopped == "it took more than 1.2 seconds"

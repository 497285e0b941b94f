"""Walls round the build of a stranger's book: what this machine can have, and the command that stands behind them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HIDDEN = ("/home", "/root", "/tmp", "/var/tmp", "/run", "/mnt", "/media", "/srv")
"""Folders of others, which a build does not see."""


@dataclass(frozen=True, slots=True)
class Wall:
    """A program that runs another behind walls: ``prefix`` gives its call, from scratch folder, files that are to be
    read and whether there is a network; ``holds`` says what it keeps from whom.
    """

    program: str
    holds: str
    prefix: Callable[[Path, Sequence[Path], bool], list[str]]


def behind_bubblewrap(scratch: Path, read: Sequence[Path], network: bool) -> list[str]:
    """The call of bubblewrap: files are there to be read only, but for the scratch folder; homes are not there."""
    call = [whole_path("bwrap"), "--die-with-parent", "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
    call += ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    for folder in hidden():
        if Path(folder).is_dir() and not Path(folder).is_symlink():
            call += ["--tmpfs", folder]
    names = (Path("/etc/resolv.conf").resolve(),) if network and Path("/etc/resolv.conf").exists() else ()
    for path in (*machinery(), *read, *names):  # who asks for addresses reads a file that often lies in /run
        call += ["--ro-bind", str(path), str(path)]
    call += ["--bind", str(scratch), str(scratch)]
    return [*call, *([] if network else ["--unshare-net"]), "--"]


def behind_unshare(_scratch: Path, _read: Sequence[Path], network: bool) -> list[str]:
    """The call of unshare: processes and network of its own, in which it reaches itself, and the files of all."""
    call = [whole_path("unshare"), "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if network:
        return [*call, "--"]
    return [*call, "--net", "--", sys.executable, "-I", "-S", str(Path(__file__).with_name("loopback.py"))]


def whole_path(program: str) -> str:
    """Where a program is: a build has no search path of ours, in which it would be looked for."""
    return shutil.which(program) or program


def behind_nothing(_scratch: Path, _read: Sequence[Path], _network: bool) -> list[str]:
    """No call."""
    return []


WALLS = (
    Wall("bwrap", "the network, and your files", behind_bubblewrap),
    Wall(
        "unshare",
        "the network; they can read and write what you can (bubblewrap, bwrap, would keep them from that)",
        behind_unshare,
    ),
)
NO_WALL = Wall(
    "",
    "nothing, and has limits only (bubblewrap, bwrap, would keep them from the network and your files)",
    behind_nothing,
)


@cache
def wall() -> Wall:
    """The strongest wall that this machine has."""
    for found in WALLS:
        call = found.prefix(Path("/dev/shm") if Path("/dev/shm").is_dir() else Path("/"), (), False)
        if shutil.which(found.program) and subprocess.run([*call, "true"], capture_output=True).returncode == 0:
            return found
    return NO_WALL


def hidden() -> tuple[str, ...]:
    """Folders that a build does not see: those of others, and the one of temporary files, where fork servers listen."""
    return (*HIDDEN, str(Path(tempfile.gettempdir()).resolve()))


@cache
def machinery() -> tuple[Path, ...]:
    """The folders that Python and the builder are in, below those that are hidden."""
    purelib = Path(sysconfig.get_paths()["purelib"])
    paths = {Path(sys.prefix), Path(sys.base_prefix), purelib, Path(__file__).resolve().parents[3]}
    paths |= {Path(entry).resolve() for entry in sys.path if entry and Path(entry).is_dir()}
    return tuple(sorted(path for path in paths if any(path.is_relative_to(folder) for folder in hidden())))

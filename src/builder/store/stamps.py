"""How a file is known: by its digest, which is computed again only where size, times or inode are not as they were.

Sphinx, and most programs, ask whether a file is newer than when it was read. A file that was replaced by an older one,
or by one of the same size and time (`mv`, `cp -p`, a backup, an archive, a file server whose clock is behind), is not.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from builder.store.records import read_json, write_json

MISSING = "missing"
"""Stamp of a file that is not there or cannot be read."""
FOLDER = "folder"
"""Stamp of a folder."""
CLOCK = 20_000_000
"""Nanoseconds by which the times of files may lag behind the clock: one that changed so shortly before it was digested
may change unseen.
"""


class Version(NamedTuple):
    """What the system knows of a file's content without reading it; a program can set the time of change back, and not
    the rest.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @property
    def changed_ns(self) -> int:
        """When something last happened to the file, by the clock of its file system."""
        return self.ctime_ns if os.name == "posix" else self.mtime_ns  # elsewhere the one is the time of creation


def version(path: Path) -> Version | None:
    """The version of what lies at ``path``, links followed; None when nothing does."""
    try:
        return version_of(path.stat())
    except OSError:
        return None


def version_of(found: os.stat_result) -> Version:
    """The version that the system tells of a file."""
    return Version(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


class Known(NamedTuple):
    """What is known of a file: its version when it was digested, and its digest.

    ``settled`` is false for a file that had changed just before, which is digested again next time.
    """

    version: Version
    digest: str
    settled: bool


_known: dict[str, Known] = {}
_used: set[str] = set()
"""Files that were asked for since the digests of `_loaded` were taken over."""
_loaded = Path()


def digest(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits; it is read again only where its version is another.

    Raises:
        OSError: it cannot be read.
    """
    name = os.path.abspath(path)
    found = version_of(os.stat(name))
    known = _known.get(name)
    if known is None or not known.settled or known.version != found:
        now = time.time_ns()
        with open(name, "rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        known = _known[name] = Known(found, content, found.changed_ns < now - CLOCK)
    _used.add(name)
    return known.digest


def stamp(path: Path) -> str:
    """Return what changes when the content of a file does: its digest, `MISSING` or `FOLDER`."""
    try:
        return digest(path)
    except IsADirectoryError:
        return FOLDER
    except OSError:
        return FOLDER if os.path.isdir(path) else MISSING


def stamps_in(folders: Iterable[Path]) -> Iterator[str]:
    """A stamp of each file in ``folders`` and below them, with its path; a file may stand for a folder."""
    for folder in folders:
        for path in [folder] if folder.is_file() else sorted(folder.rglob("*")):
            if not path.is_dir():
                yield f"{path} {stamp(path)}"


def asked_for() -> list[str]:
    """The files that were asked for in this project, by this process and those before it."""
    return sorted(_used)


def load_digests(path: Path) -> None:
    """Take over what an earlier process knew of files; nothing where that file is damaged or of another version.

    Files that were asked for in another project have no part in this one.
    """
    global _loaded
    if path != _loaded:
        _used.clear()
        _loaded = path
    content = read_json(path)
    if isinstance(content, dict) and content.get("made with") == package_stamp():
        for name, values in content["files"].items():
            _known.setdefault(name, Known(Version(*values[0]), *values[1:]))


def save_digests(path: Path) -> None:
    """Write what is known of the files that were asked for, for the next process."""
    files = {name: _known[name] for name in sorted(_used & _known.keys())}
    write_json(path, {"made with": package_stamp(), "files": files})


@cache
def package_stamp() -> str:
    """A digest of this package, of the interpreter and of the names and versions of all installed packages.

    Extensions, themes, fonts and converters come as packages: a change to any of them may change what is made.
    """
    found = hashlib.sha256(sys.version.encode())
    for name in sorted(installed()):
        found.update(name.encode())
    here = Path(__file__).parent.parent
    for path in sorted(
        path for path in here.rglob("*") if path.suffix in (".py", ".toml", ".typ", ".pptx", ".css", ".js")
    ):
        found.update(f"{path.relative_to(here).as_posix()}\0".encode() + path.read_bytes())
    return found.hexdigest()


def installed() -> set[str]:
    """``NAME-VERSION`` of each installed package, from the names of the folders that say so."""
    found = set()
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        found |= {name for name in names if name.endswith((".dist-info", ".egg-info"))}
    return found

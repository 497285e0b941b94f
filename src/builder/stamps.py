"""Stamps of a file and of this package, which change when what is stamped may have changed and cost little; digests of files."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from builder import __version__
from builder.report import PACKAGES


@cache
def package_stamp() -> str:
    """Versions of what we build with, and the times of our own files: a change to them is a change to what they make."""
    here = Path(__file__).parent
    files = sorted(path for kind in ("*.py", "*.typ", "*.pptx") for path in here.rglob(kind))
    versions = [metadata.version(name) for name in PACKAGES]
    return " ".join([__version__, *versions, *(f"{path.name}:{stamp(path)}" for path in files)])


def stamp(path: Path) -> str:
    """Time and size of a file, 'missing' when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return "missing"
    return f"{found.st_mtime_ns}:{found.st_size}"


class Version(NamedTuple):
    """What the system knows of a file's content without reading it; a program can set the time of change back, and not the rest."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


def version(path: Path) -> Version | None:
    """The version of what lies at ``path``, links followed; None when nothing does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Version(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def digest(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits; a process that stays up reads again only what changed.

    Raises:
        OSError: it cannot be read.
    """
    return _digest(path, version(path))


@lru_cache(maxsize=20_000)
def _digest(path: Path, _version: Version | None) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

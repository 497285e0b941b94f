"""Files are replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from builder.errors import AuthorError

PART = ".part"
"""What the name of a file ends in while it is written."""


NO_MORE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}
"""Errors of a disk that takes no more."""


def not_written(error: OSError) -> str:
    """What the system says when it would not write, and what an author can do."""
    advice = (
        "is it open in another program?"
        if isinstance(error, PermissionError)
        else "choose another output folder with -o."
    )
    if error.errno in NO_MORE:
        advice = "make room, or choose another output folder with -o."
    return f"{error.strerror}; {advice}"


def seen_from(path: str | Path, folder: Path | None = None) -> str:
    """A path as seen from a folder (where none is given: from here); whole where no way leads there, as to another drive of Windows."""
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path)


def sweep_parts(folder: Path) -> None:
    """Remove what a process that was killed had begun to write."""
    for path in folder.rglob(f".*{PART}"):
        path.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write under a temporary name in the same folder, then move over ``path``.

    Raises:
        AuthorError: the folder cannot be written.
    """
    with written_beside({path: content}):
        pass


@contextmanager
def written_beside(contents: Mapping[Path, bytes]) -> Iterator[None]:
    """Files under temporary names in their folders while the block runs; when it ends well they are moved over their paths, else removed.

    Raises:
        AuthorError: a folder cannot be written; no path is changed then.
    """
    parts: dict[Path, Path] = {}
    try:
        for path, content in contents.items():
            with refused(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=PART)
                parts[path] = Path(name)
                with os.fdopen(handle, "wb") as part:
                    part.write(content)
                os.chmod(name, 0o644)
        yield
        for path in contents:
            with refused(path):
                os.replace(parts[path], path)
                del parts[path]
    finally:
        for part_path in parts.values():
            part_path.unlink(missing_ok=True)


@contextmanager
def refused(path: Path) -> Iterator[None]:
    """Say which file the system would not write, and what to do."""
    try:
        yield
    except OSError as error:
        raise AuthorError(f"cannot write {path}: {not_written(error)}") from None

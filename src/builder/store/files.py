"""Files are replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from builder.errors import AuthorError

PART = ".builder-part"
"""What the name of a file ends in while it is written."""


LONG = 220
"""Bytes of a name to which nothing can be added any more: file systems end at 255."""
NO_MORE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO}
"""Errors of a disk that takes no more."""


def not_written(error: OSError) -> str:
    """Return what the system says when it would not write, and what an author can do."""
    advice = (
        "is it open in another program?"
        if isinstance(error, PermissionError)
        else "choose another output folder with -o."
    )
    if error.errno in NO_MORE:
        advice = "make room, or choose another output folder with -o."
    return f"{error.strerror}; {advice}"


def seen_from(path: str | Path, folder: Path | None = None) -> str:
    """A path as seen from a folder (where none is given: from here); whole where no way leads there, as to another
    drive of Windows.
    """
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

    A process that is killed leaves the old file or the new one. So does a machine that goes off where `write_durably`
    is used instead.

    Raises:
        AuthorError: the folder cannot be written.
    """
    with refused(path), part_of(path, content) as part:
        move_over(part, path)


def write_durably(contents: Mapping[Path, bytes]) -> None:
    """Write files as `write_whole` does, each on the disk before it takes the place of the old one.

    Raises:
        AuthorError: a folder cannot be written.
    """
    for path, content in contents.items():
        with refused(path), part_of(path, content) as part:
            sync(part)
            move_over(part, path)
    sync_folders(contents)


@contextmanager
def part_of(path: Path, content: bytes | Path) -> Iterator[Path]:
    """Yield what will take the place of ``path``, bytes or a copy of a file, under a temporary name beside it while the
    block runs.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = name_beside(path, PART)
    try:
        with part.open("xb") as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                with content.open("rb") as source:
                    shutil.copyfileobj(source, file, 1 << 20)
        yield part
    finally:
        part.unlink(missing_ok=True)


def name_beside(path: Path, ending: str) -> Path:
    """A free name beside ``path`` that has its name in it, unless that is too long to hold more, and ends in
    ``ending``.
    """
    name = path.name if len(os.fsencode(path.name)) <= LONG else path.name[: LONG // 4]
    return path.with_name(f".{name}.{secrets.token_hex(4)}{ending}")


def move_over(part: Path, path: Path) -> None:
    """Move a part over ``path``, whose mode it takes; a new file has the mode that the author's umask gives.

    Raises:
        OSError: the system does not let it: PermissionError where another program holds the file open.
    """
    with suppress(FileNotFoundError):
        os.chmod(part, stat.S_IMODE(path.stat().st_mode))
    os.replace(part, path)


def sync(path: Path) -> None:
    """Wait until a file's content is on the disk.

    Raises:
        OSError: the disk does not take it.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folders(paths: Mapping[Path, object]) -> None:
    """Wait until the names of files are on the disk, where the system can be asked for that (Windows cannot)."""
    for folder in {path.parent for path in paths}:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def unwanted(found: Iterable[Path], wanted: Collection[Path]) -> list[Path]:
    """The files that are not wanted; one that is, by a name in another case, is, where the file system does not tell
    them apart.
    """
    folded = {str(path).casefold(): path for path in wanted}
    return [
        path
        for path in sorted(set(found) - set(wanted))
        if str(path).casefold() not in folded or not is_same(path, folded[str(path).casefold()])
    ]


def is_same(path: Path, other: Path) -> bool:
    """True if two names in different case are those of one file that is there.

    The numbers of files do not tell that everywhere (not on exFAT through FUSE): a folder lists one of two such names.
    """
    try:
        return path.samefile(other) or not {path.name, other.name} <= set(os.listdir(path.parent))
    except OSError:
        return False


class NotWrittenError(AuthorError):
    """The system would not write a file: says which, and what to do."""


@contextmanager
def refused(path: Path) -> Iterator[None]:
    """Say which file the system would not write, and what to do.

    Raises:
        NotWrittenError: it would not.
    """
    try:
        yield
    except OSError as error:
        raise NotWrittenError(f"cannot write {path}: {not_written(error)}") from None

"""Files are replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
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


def sweep_parts(folder: Path) -> None:
    """Remove what a process that was killed had begun to write."""
    for path in folder.rglob(f".*{PART}"):
        path.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write under a temporary name in the same folder, then move over ``path``.

    Raises:
        AuthorError: the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=PART)
        try:
            with os.fdopen(handle, "wb") as part:
                part.write(content)
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise AuthorError(f"cannot write {path}: {not_written(error)}") from None

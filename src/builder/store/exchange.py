"""A file takes the place of another, and what was there comes out whole: nothing that is saved at that
moment is lost.
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from builder.store.files import name_beside

OLD = ".builder-old"
"""What the name of a file ends in that came out of its place and was not looked at yet."""
ROUNDS = 100
"""How often a place is found taken and then free, or free and then taken, before we give up."""
SYSTEM = {"linux": ("renameat2", -100, 2), "darwin": ("renameatx_np", -2, 2)}
"""Platform → the call that lets two files change places (renameat2(2), RENAME_EXCHANGE; renameatx_np(2), RENAME_SWAP),
its AT_FDCWD, its flag.
"""
UNKNOWN = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
"""Errors of file systems that cannot do it."""


def take_place(part: Path, path: Path) -> Path | None:
    """Put ``part`` at ``path``, whose mode it takes; returns where that is which was there, None when nothing was.

    Where the system can, both change places in one step. Elsewhere what was there moves out first, and ``part`` moves
    in only while the place is free: what is saved in between comes out in the next round.

    Raises:
        PermissionError: another program holds the file open (on Windows).
        OSError: the folder cannot be written, or a folder lies there.
    """
    for _ in range(ROUNDS):
        old = old_name(path)
        with suppress(FileExistsError, FileNotFoundError):
            if not os.path.lexists(path):
                move_to_free(part, path)
                return None
            if path.is_dir() and not path.is_symlink():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            ask_for(path)
            with suppress(FileNotFoundError):  # a link to nothing
                os.chmod(part, stat.S_IMODE(path.stat().st_mode))
            if not _swapped(part, path, old):
                _by_turns(part, path, old)
            return old
    raise OSError(errno.EAGAIN, "another program makes and removes it all the time", str(path))


def take_out(path: Path) -> Path:
    """Take a file out of its place; returns where it is now.

    Raises:
        PermissionError: another program holds it open (on Windows).
        FileNotFoundError: there is none.
    """
    ask_for(path)
    old = old_name(path)
    os.rename(path, old)
    return old


def ask_for(path: Path) -> None:
    """Do nothing to a file, but what Windows refuses while another program holds it open.

    Raises:
        PermissionError: it is refused.
    """
    os.replace(path, path)


def move_to_free(part: Path, path: Path) -> None:
    """Move ``part`` to ``path``, where nothing may lie.

    Raises:
        FileExistsError: something does.
        OSError: the folder cannot be written.
    """
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        os.rename(part, path)
    else:
        os.unlink(part)


def old_name(path: Path) -> Path:
    """A free name beside ``path`` for what comes out of it; by this name the next build finds it, if this one is
    killed.
    """
    return name_beside(path, OLD)


def place_of(old: Path) -> Path:
    """Return where a file lay that has an `old_name`."""
    return old.with_name(old.name.removesuffix(OLD)[1:].rpartition(".")[0])


def _swapped(part: Path, path: Path, old: Path) -> bool:
    """Let ``part`` and ``path`` change places in one step; what was at ``path`` is then at ``old``. False where the
    system cannot.
    """
    call = _call()
    if call is None:
        return False
    function, folder, flag = call
    os.rename(part, old)
    if function(folder, os.fsencode(old), folder, os.fsencode(path), flag) == 0:
        return True
    number = ctypes.get_errno()
    os.rename(old, part)
    if number in UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(path))


def _by_turns(part: Path, path: Path, old: Path) -> None:
    """Move what is at ``path`` to ``old``, then ``part`` to ``path``.

    Where something was saved in between, what came out stays at ``old``, for `places.recover`.
    """
    os.rename(path, old)
    try:
        move_to_free(part, path)
    except FileExistsError:
        raise
    except OSError:
        os.rename(old, path)
        raise


@cache
def _call() -> tuple[Any, int, int] | None:
    """The system's call that exchanges two names, with its arguments; None where there is none."""
    name, folder, flag = SYSTEM.get(sys.platform, ("", 0, 0))
    try:
        return (getattr(ctypes.CDLL(None, use_errno=True), name), folder, flag) if name else None
    except (OSError, AttributeError):
        return None

"""The file of a deck as it lies in its place: its content when it is whole, and the messages on it."""

from __future__ import annotations

import os
import time
from pathlib import Path

from builder.build.opened import opened_in
from builder.errors import Source, warn
from builder.merge.decks import Merged
from builder.pptx.package.parts import is_whole

PATIENCE = 5.0
"""Seconds to wait for a program that is writing a deck."""
STEP = 0.1
QUIET = 2.0
"""Seconds after which a file that cannot be read is taken for damaged, and not for one that is being written."""


def what_lies(target: Path) -> bytes | None:
    """The content of a deck; None where there is none. One that a program is writing is waited for.

    Raises:
        PermissionError: another program holds it open and lets nobody read it.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            changed = target.stat().st_mtime
            content = content_of(target)
        except FileNotFoundError:
            return None
        if is_whole(content) or time.time() - changed > QUIET or time.monotonic() > until:
            return content
        time.sleep(STEP)


def real_path(path: Path) -> Path:
    """Return where a deck is put: where a link leads that a lecturer has made of it."""
    return Path(os.path.realpath(path))


def content_of(path: Path) -> bytes:
    """The content of a file; nothing for what is no ordinary file, such as a pipe."""
    return path.read_bytes() if path.is_file() else b""


def warn_if_open(target: Path) -> None:
    """Warn that an office program has a deck open which is about to be replaced, and of what follows."""
    found = opened_in(target) or opened_in(real_path(target))
    if found is not None:
        warn(
            f"{target.name} is open in {found}: what is saved there from now on is the deck of an earlier build, and "
            "the next build merges it. Save and close it, build again, and open it anew; if nobody has it open, "
            f"remove {found.lock.name}.",
            Source(str(target)),
            "open_elsewhere",
        )


def warn_of_conflicts(target: Path, merged: Merged) -> None:
    """Warn of what could not be merged."""
    for conflict in merged.conflicts:
        warn(f"{conflict} The hand's version was kept.", Source(str(target)), "conflict")
    if merged.keeps_design:
        warn(
            "the template changed, and so did the looks of this deck by hand: those of the deck were kept; "
            "--fresh-decks makes a new one.",
            Source(str(target)),
            "looks",
        )

"""How folders are known: by the names and versions of all files in them, and of the folders below."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from builder.store.published import WORK
from builder.store.stamps import Version, version_of

ASIDE = {".git", ".hg", ".svn", "__pycache__", "_build"}
"""Folders in which programs keep what nobody writes."""
WITHIN = {WORK, ".buildinfo", "environment.pickle", "pyvenv.cfg"}
"""Names by which a folder is known that holds outputs, ours or of Sphinx, or an environment of Python."""


def versions_in(folders: Iterable[Path]) -> Iterator[tuple[str, Version]]:
    """The path and version of each file in ``folders`` and below them, each file once; links are followed.

    What programs keep for themselves, outputs and environments of Python are left out.
    """
    seen: set[tuple[int, int]] = set()
    waiting = [str(folder) for folder in folders]
    while waiting:
        folder = waiting.pop()
        try:
            found = os.stat(folder)
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        place = (found.st_dev, found.st_ino)
        if place in seen or not WITHIN.isdisjoint(entry.name for entry in inside):
            continue
        seen.add(place)
        for entry in inside:
            try:
                if not entry.is_dir():
                    yield entry.path, version_of(entry.stat())
                elif entry.name not in ASIDE:
                    waiting.append(entry.path)
            except OSError:  # a link that leads nowhere
                continue

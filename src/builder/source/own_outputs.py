"""Folders of outputs in a project: what was made from its sources is no source, whatever ``exclude_patterns`` has.

The web book holds copies of notebooks, and MyST-NB keeps those that it has run beside it.
"""

from __future__ import annotations

from os.path import isdir, isfile
from pathlib import PurePath

from builder.store.published import WORK

USUAL = "_build"
"""The folder that Sphinx's quick start leaves out."""


class OutputFolders:
    """The folders below ``top`` that a build wrote."""

    def __init__(self, top: str) -> None:
        self.top = top
        self.known: dict[PurePath, bool] = {PurePath(): False}

    def hold(self, name: str) -> bool:
        """True if a file, by its path below the top, lies in a folder of outputs."""
        return self.are_in(PurePath(name).parent)

    def are_in(self, folder: PurePath) -> bool:
        """True if a folder, or one that it lies in, has outputs: those of ours, or of a web builder of Sphinx."""
        if folder not in self.known:
            path = PurePath(self.top) / folder
            is_output = folder.name == USUAL or isdir(path / WORK) or isfile(path / ".buildinfo")
            self.known[folder] = is_output or self.are_in(folder.parent)
        return self.known[folder]

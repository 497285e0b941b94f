"""Sources are files: pipes, sockets and devices among them, and links to such, are not read, since that may never end;
nor are names that are no text.

A link to ``/dev/zero`` comes with a clone as any other file does. Documents of that kind are left out with a warning;
whoever else opens one (an include, a table, a picture) meets an error of the system, which becomes a message about that
file.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import Any

from sphinx.application import Sphinx
from sphinx.project import Project

from builder.errors import Source, warn
from builder.source.own_outputs import OutputFolders

KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
ENDLESS = {"/dev/zero", "/dev/full", "/dev/random", "/dev/tty", "/dev/stdin"}
"""Devices that some readers of ours reach by following a link themselves."""
_guarded: set[str] = set()
"""Folders in which only files are opened, each with a separator at its end."""
_hooked: list[bool] = []


def setup(app: Sphinx) -> None:
    """Guard the folders of a project."""
    app.connect("builder-inited", guard)


def guard(app: Sphinx) -> None:
    """From now on, no pipe or device below the project's folders is opened, and documents of that kind are none."""
    _guarded.update(f"{os.path.abspath(folder)}{os.sep}" for folder in (app.srcdir, app.confdir))
    if not _hooked:
        sys.addaudithook(refuse_to_open)  # which stays as long as the process
        _hooked.append(True)
    app.project.__class__ = OrdinaryFiles


class OrdinaryFiles(Project):
    """The documents of a project, but for those that are no ordinary files, and those that a build made of others."""

    def discover(self, *arguments: Any, **options: Any) -> set[str]:
        """Find all documents; warns of those that are left out."""
        super().discover(*arguments, **options)
        outputs = OutputFolders(os.fspath(self.srcdir))
        for docname in sorted(self.docnames):
            path = os.fspath(self.doc2path(docname, absolute=True))
            if outputs.hold(os.fspath(self.doc2path(docname, absolute=False))):
                self.docnames.discard(docname)
                del self._docname_to_path[docname]
                continue
            if reason := not_ordinary(path):
                self.docnames.discard(docname)
                del self._docname_to_path[docname]
                shown = path.encode("utf-8", "backslashreplace").decode()
                warn(f"this document is left out: {reason}.", Source(shown), "special_file")
        return self.docnames


def not_ordinary(path: str) -> str:
    """Why a path is not opened; '' for an ordinary file, a folder, and what is not there."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return "its name is no text in UTF-8; give it another one"
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return ""
    kind = next((name for is_kind, name in KINDS if is_kind(mode)), "")
    return f"it is {kind}, and reading it may never end" if kind else ""


def refuse_to_open(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise an `OSError` when something is about to open a pipe or device in a guarded folder (PEP 578)."""
    if event != "open" or not isinstance(arguments[0], str | bytes | os.PathLike):
        return
    path = os.path.abspath(os.fsdecode(arguments[0]))
    if (path in ENDLESS or any(path.startswith(folder) for folder in _guarded)) and (reason := not_ordinary(path)):
        raise OSError(errno.EINVAL, reason, path)

"""What a project has by name: documents, labels, decks, files of data and their columns. Files are read as text, and
again only when they changed, so that an editor need not wait for Sphinx.
"""

from __future__ import annotations

import csv
import io
import os
import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from builder.charts.tables import delimiter_of
from builder.commands.calls import has_settings
from builder.source.option_table import default_of

SOURCES = (".md", ".rst", ".ipynb")
LABEL = re.compile(r"^\s*\(([^()\n]+)\)=\s*$|^\s*:(?:name|label):\s*(\S.*?)\s*$|\{[^{}\n]*#([\w:.-]+)[^{}\n]*\}|^\.\. _([^:\n]+):$", re.MULTILINE)  # fmt: skip  # noqa: E501
NOT_READ = ("_build", "node_modules")
HEAD_BYTES = 65_536
"""So much of a file of data is read for its head."""


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """The folder of the sources and that of the settings."""

    source: Path
    config: Path

    @property
    def output(self) -> Path:
        """The folder of the outputs, where nothing names another."""
        return self.config / "_build"

    def docname(self, path: Path) -> str:
        """Return the name of a document."""
        return path.relative_to(self.source).with_suffix("").as_posix()

    def files(self, *endings: str) -> list[Path]:
        """Return the files below the sources' folder with one of some endings, without outputs and hidden ones."""
        found = []
        for folder, folders, names in os.walk(self.source):
            folders[:] = [name for name in folders if name not in NOT_READ and not name.startswith(".")]
            found += [Path(folder, name) for name in names if name.lower().endswith(endings)]
        return sorted(found)

    def documents(self) -> list[str]:
        """Return the names of all documents."""
        return [self.docname(path) for path in self.files(*SOURCES)]

    def labels(self) -> dict[str, str]:
        """Return label → name of the document that has it."""
        return {
            label: self.docname(path) for path in self.files(".md", ".rst") for label in labels_in(path, stamp(path))
        }

    def decks(self) -> dict[str, str]:
        """Return name → title of the decks that lectures.toml declares; none where it cannot be read."""
        with suppress(OSError, ValueError, TypeError, AttributeError):
            content = tomllib.loads((self.config / default_of("builder_lectures")).read_text(encoding="utf-8"))
            return {str(deck["name"]): str(deck.get("title", "")) for deck in content["lecture"] if "name" in deck}
        return {}


def project_of(path: Path) -> ProjectFiles | None:
    """Return the project that a file belongs to: that of the nearest folder above with settings; None without one."""
    for folder in path.resolve().parents:
        if has_settings(folder):
            book = folder / "book"
            return ProjectFiles(book if path.resolve().is_relative_to(book) else folder, folder)
    return None


def stamp(path: Path) -> tuple[int, int]:
    """Return size and time of a file, zeros where there is none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


@lru_cache(maxsize=4096)
def labels_in(path: Path, _stamp: tuple[int, int]) -> tuple[str, ...]:
    """Return the labels that a source has."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ()
    return tuple(dict.fromkeys(next(filter(None, found.groups())) for found in LABEL.finditer(text)))


def columns_of(path: Path) -> tuple[str, ...]:
    """Return the columns of a file of data; none where it cannot be read."""
    return columns_in(path, stamp(path))


@lru_cache(maxsize=256)
def columns_in(path: Path, _stamp: tuple[int, int]) -> tuple[str, ...]:
    """Return the cells of a file's first line, set off as the file has it."""
    try:
        with path.open("rb") as file:
            begun = file.read(HEAD_BYTES)
        text = begun[: begun.rfind(b"\n") + 1 or None].decode("utf-8-sig", errors="replace")
    except OSError:
        return ()
    rows = csv.reader(io.StringIO(text), delimiter=delimiter_of(text))
    return tuple(cell.strip() for cell in next(rows, []) if cell.strip())

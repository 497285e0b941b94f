"""Files of the project that texts of a deck can come from, read, changed in memory, shown as a patch, and written."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt

from builder.commands.pull.markdown import markdown_stretches
from builder.commands.pull.rewrite import Replacement, applied
from builder.commands.pull.stretches import Stretch, characters, csv_rows, csv_stretches, toml_stretches
from builder.errors import AuthorError
from builder.store.files import write_durably

CSV = {".csv": ",", ".tsv": "\t"}
BOM = "\ufeff"


@dataclass
class SourceFile:
    """A file: ``before`` as it is on disk, with ``\\n`` at the ends of lines and no mark in front, and what shall be changed in it."""

    path: Path
    content: bytes
    before: str
    replacements: set[Replacement] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The file as it shall be."""
        return applied(self.before, self.replacements)

    def take(self, replacements: list[Replacement]) -> bool:
        """Note what to change; false, and nothing is noted, if other words shall stand at one of the places already."""
        fresh = set(replacements) - self.replacements
        if any(new.meets(old) for new in fresh for old in self.replacements):
            return False
        self.replacements |= fresh
        return True

    @property
    def is_data(self) -> bool:
        """True for a table that is no document."""
        return self.path.suffix in CSV

    def bytes(self) -> bytes:
        """The changed file, with the ends of lines and the mark that it had."""
        text = self.text.replace("\n", "\r\n") if b"\r\n" in self.content else self.text
        return ((BOM if self.content.startswith(BOM.encode()) else "") + text).encode()


def read_source(path: Path) -> SourceFile | None:
    """A file of UTF-8 text; None for what is none, or has ends of lines of two kinds."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8").removeprefix(BOM)
    except (OSError, UnicodeDecodeError):
        return None
    flat = text.replace("\r\n", "\n")
    if "\r" in flat or ("\r\n" in text and "\n" in text.replace("\r\n", "")):
        return None
    return SourceFile(path, content, flat)


@dataclass
class Sources:
    """Files inside ``folders``, each read once."""

    folders: tuple[Path, ...]
    parser: MarkdownIt
    files: dict[Path, SourceFile | None] = field(default_factory=dict)
    _stretches: dict[Path, list[Stretch]] = field(default_factory=dict)

    def file(self, path: Path) -> SourceFile | None:
        """A file that may be changed; None for one outside of the project or that cannot be read."""
        path = path.resolve()
        if path not in self.files:
            inside = any(path.is_relative_to(folder) for folder in self.folders)
            self.files[path] = read_source(path) if inside else None
        return self.files[path]

    def stretches(self, file: SourceFile) -> list[Stretch]:
        """The texts of a file; none for a kind of file that is not understood."""
        if file.path not in self._stretches:
            if file.is_data:
                found = list(csv_stretches(file.before, 0, 1, CSV[file.path.suffix]))
            elif file.path.suffix == ".toml":
                found = list(toml_stretches(file.before))
            else:
                found = markdown_stretches(file.before, self.parser) if file.path.suffix == ".md" else []
            self._stretches[file.path] = found
        return self._stretches[file.path]

    def reset(self) -> None:
        """Take all changes back."""
        for file in self.files.values():
            if file is not None:
                file.replacements.clear()

    def changed(self) -> list[SourceFile]:
        """The files that shall be others."""
        return [file for _, file in sorted(self.files.items()) if file is not None and file.text != file.before]

    def patch(self, top: Path) -> str:
        """What shall change, as a unified diff that ``git apply`` and ``patch -p1`` take, by paths below ``top``."""
        lines: list[str] = []
        for file in self.changed():
            name = file.path.relative_to(top).as_posix() if file.path.is_relative_to(top) else file.path.as_posix()
            for line in difflib.unified_diff(
                file.before.splitlines(keepends=True), file.text.splitlines(keepends=True), f"a/{name}", f"b/{name}"
            ):
                lines.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
        return "".join(lines)

    def write(self) -> list[Path]:
        """Write all changed files.

        Raises:
            AuthorError: one of them was changed since it was read; then none is written.
        """
        changed = self.changed()
        for file in changed:
            if file.path.read_bytes() != file.content:
                raise AuthorError(f"{file.path} was changed meanwhile; nothing was written. Pull again.")
        for file in changed:
            write_durably({file.path: file.bytes()})
        return [file.path for file in changed]


def data_cell(file: SourceFile, column: str, category: str) -> Iterator[Stretch]:
    """The cells of a data file in a column and in a row that holds a category."""
    delimiter = CSV[file.path.suffix]
    rows = list(csv_rows(file.before, delimiter))
    names = [name.strip() for name in next(csv.reader(io.StringIO(file.before), delimiter=delimiter), [])]
    if column not in names:
        return
    for (start, end), cells in rows[1:]:
        values = [value.strip() for value in next(csv.reader([file.before[start:end]], delimiter=delimiter), [])]
        if category in values and len(cells) == len(names):
            first, last = cells[names.index(column)]
            raw = file.before[first:last]
            inner = raw.strip().strip('"')
            place = first + raw.find(inner)
            yield Stretch(
                tuple(characters(inner, place)),
                "csv",
                file.before.count("\n", 0, first) + 1,
                file.before[start:end],
                delimiter,
            )


def with_number(stretch: Stretch, new: str) -> list[Replacement]:
    """A number in a cell, written as the one that stands there: with commas between thousands where that has them."""
    old = stretch.shown
    text = f"{float(new):,.10g}" if "," in old else new
    return [Replacement(stretch.pieces[0].start, stretch.pieces[-1].end, text)] if stretch.pieces else []

"""Files of the project that texts of a deck can come from, read, changed in memory, shown as a patch, and written."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from markdown_it import MarkdownIt

from builder.charts.tables import delimiter_of
from builder.commands.pull.markdown import markdown_texts
from builder.commands.pull.rewrite import Replacement, applied
from builder.commands.pull.source_texts import SourceText, csv_texts, toml_texts
from builder.errors import AuthorError
from builder.store.files import write_durably

DATA = (".csv", ".tsv")
BOM = "\ufeff"


@dataclass
class SourceFile:
    """A file: ``before`` as it is on disk, with ``\\n`` at the ends of lines and no mark in front, and what shall be
    changed in it."""

    path: Path
    content: bytes
    before: str
    replacements: set[Replacement] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The file as it shall be."""
        return applied(self.before, self.replacements)

    def take(self, replacements: list[Replacement]) -> bool:
        """Record replacements; returns false, with nothing recorded, if one of them meets an earlier one."""
        fresh = set(replacements) - self.replacements
        if any(new.meets(old) for new in fresh for old in self.replacements):
            return False
        self.replacements |= fresh
        return True

    @property
    def is_data(self) -> bool:
        """True for a table that is no document."""
        return self.path.suffix in DATA

    @cached_property
    def delimiter(self) -> str:
        """Return what stands between the cells of a table."""
        return delimiter_of(self.before)

    def bytes(self) -> bytes:
        """Return the changed file, with the ends of lines and the mark that it had."""
        text = self.text.replace("\n", "\r\n") if b"\r\n" in self.content else self.text
        return ((BOM if self.content.startswith(BOM.encode()) else "") + text).encode()


def read_source(path: Path) -> SourceFile | None:
    """Return a file of UTF-8 text; None for another one, or one with two kinds of line ends."""
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
    _texts: dict[Path, list[SourceText]] = field(default_factory=dict)

    def file(self, path: Path) -> SourceFile | None:
        """Return a file that may be changed; None for one outside of the project or that cannot be read."""
        path = path.resolve()
        if path not in self.files:
            inside = any(path.is_relative_to(folder) for folder in self.folders)
            self.files[path] = read_source(path) if inside else None
        return self.files[path]

    def texts(self, file: SourceFile) -> list[SourceText]:
        """Return the texts of a file; none for a kind of file that is not understood."""
        if file.path not in self._texts:
            if file.is_data:
                found = list(csv_texts(file.before, 0, 1, file.delimiter))
            elif file.path.suffix == ".toml":
                found = list(toml_texts(file.before))
            else:
                found = markdown_texts(file.before, self.parser) if file.path.suffix == ".md" else []
            self._texts[file.path] = found
        return self._texts[file.path]

    def reset(self) -> None:
        """Take all changes back."""
        for file in self.files.values():
            if file is not None:
                file.replacements.clear()

    def changed(self) -> list[SourceFile]:
        """Return the files with replacements that change them."""
        return [file for _, file in sorted(self.files.items()) if file is not None and file.text != file.before]

    def patch(self, top: Path) -> str:
        """Return what shall change, as a unified diff that ``git apply`` and ``patch -p1`` take, by paths below
        ``top``."""
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

"""A folder of results, at a path or an address, through `fsspec`: files whole or not at all, and faults of a while
survived.
"""

from __future__ import annotations

import errno
import re
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import fsspec

from builder.errors import AuthorError

T = TypeVar("T")
WHOLE = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "memory"}
"""Protocols that show a file when all of it has come; elsewhere it is written under another name and moved."""
SHORTEST, LONGEST = 0.05, 5.0
"""Seconds between two attempts, doubled each time."""
ABSENT = (FileNotFoundError, FileExistsError, IsADirectoryError, NotADirectoryError)
"""What is an answer and no fault of storage."""
NO_FAULTS_OF_STORAGE = (TypeError, ValueError, AttributeError, LookupError, ImportError, NotImplementedError)
"""Errors for which waiting is no remedy."""


PART = re.compile(r"\.[0-9a-f]{8}\.part$")
"""How the name of a file ends that is being written."""


@dataclass(frozen=True)
class Storage:
    """A folder of files. Faults of storage (OSError) are waited out for ``patience`` seconds, then raised."""

    address: str
    patience: float

    def check(self) -> None:
        """Find the file system of the address.

        Raises:
            AuthorError: there is none, or what it needs is not installed.
        """
        try:
            assert self.fs
        except (ImportError, ValueError) as error:
            raise AuthorError(f"{self.address}: {error}.") from None
        except TypeError as error:
            name = self.address.partition(":")[0].upper()
            raise AuthorError(f"{self.address}: {error}; fsspec takes options as FSSPEC_{name}_OPTION.") from None

    @cached_property
    def _found(self) -> tuple[Any, str]:
        found: tuple[Any, str] = fsspec.core.url_to_fs(self.address)
        return found

    @property
    def fs(self) -> Any:
        """The file system."""
        return self._found[0]

    def __getstate__(self) -> dict[str, Any]:
        return {"address": self.address, "patience": self.patience}

    def path(self, name: str) -> str:
        """The path of a file as its file system has it."""
        return f"{self._found[1].rstrip('/')}/{name}" if name else self._found[1]

    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none."""
        try:
            found = self._patiently(lambda: self.fs.cat_file(self.path(name)))
            return bytes(found)
        except ABSENT:
            return None

    def read_all(self, names: list[str]) -> dict[str, bytes]:
        """Name → content of those files that are there, at once where the file system can."""
        paths = {self.fs._strip_protocol(self.path(name)): name for name in names}  # noqa: SLF001
        if not paths:
            return {}
        found = self._patiently(lambda: self.fs.cat(list(paths), on_error="return"))
        faults = [value for value in found.values() if isinstance(value, OSError) and not isinstance(value, ABSENT)]
        if faults:
            return {name: content for name in names if (content := self.read(name)) is not None}
        return {paths[path]: value for path, value in found.items() if isinstance(value, bytes)}

    def write(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all."""
        self._patiently(lambda: self._write(self.path(name), content))

    def _write(self, path: str, content: bytes) -> None:
        if WHOLE & set(self._protocols()):
            self.fs.pipe_file(path, content)
            return
        self.fs.makedirs(path.rpartition("/")[0], exist_ok=True)
        part = f"{path}.{secrets.token_hex(4)}.part"  # see PART
        try:
            self.fs.pipe_file(part, content)
            self._move(part, path)
        except Exception:
            if self.fs.exists(part):
                self.fs.rm_file(part)
            raise

    def _move(self, part: str, path: str) -> None:
        """Move a file to where another may be, which some servers refuse (WebDAV)."""
        try:
            self.fs.mv(part, path)
        except Exception:
            if not self.fs.exists(path):
                raise
            self.fs.rm_file(path)
            self.fs.mv(part, path)

    def create(self, name: str, content: bytes) -> bool:
        """Write a file that must not be there yet; false where it is."""
        return bool(self._patiently(lambda: self._create(self.path(name), content)))

    def _create(self, path: str, content: bytes) -> bool:
        if not WHOLE & set(self._protocols()):
            self.fs.makedirs(path.rpartition("/")[0], exist_ok=True)
        try:
            with self.fs.open(path, "xb") as file:
                file.write(content)
        except FileExistsError:
            return False
        except (ValueError, NotImplementedError):  # a file system that opens no file in this way
            try:
                self.fs.pipe_file(path, content, mode="create")
            except FileExistsError:
                return False
        return True

    def copy(self, name: str, other: Storage, target: str) -> None:
        """Copy a file into another folder; within one file system nothing passes through here."""
        if (self.fs is other.fs or type(self.fs) is type(other.fs)) and WHOLE & set(self._protocols()):
            self._patiently(lambda: self.fs.copy(self.path(name), other.path(target)))
            return
        content = self.read(name)
        if content is None:
            raise FileNotFoundError(self.path(name))
        other.write(target, content)

    def names(self, folder: str) -> list[str]:
        """The names of what lies in a folder; none where there is no folder."""
        try:
            self._patiently(lambda: self.fs.invalidate_cache())
            found = self._patiently(lambda: self.fs.ls(self.path(folder), detail=False))
        except ABSENT:
            return []
        return sorted(str(path).rstrip("/").rpartition("/")[2] for path in found)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        try:
            self._patiently(lambda: self.fs.rm_file(self.path(name)))
        except ABSENT:
            return

    def sweep(self, folder: str) -> None:
        """Remove what writers that were killed had begun in a folder."""
        if not WHOLE & set(self._protocols()):
            for name in filter(PART.search, self.names(folder)):
                self.remove(f"{folder}/{name}")

    def _protocols(self) -> tuple[str, ...]:
        protocol = self.fs.protocol
        return (protocol,) if isinstance(protocol, str) else tuple(protocol)

    def _patiently(self, attempt: Callable[[], T]) -> T:
        """The result of an attempt, repeated while storage answers errors.

        Raises:
            OSError: it did so for all of the patience, or will not let us.
        """
        end, pause = time.monotonic() + self.patience, SHORTEST
        while True:
            try:
                return attempt()
            except ABSENT:
                raise
            except NO_FAULTS_OF_STORAGE:
                raise
            except Exception as error:  # libraries of networks have errors of their own
                fault = error if isinstance(error, OSError) else OSError(f"{type(error).__name__}: {error}")
                if is_denied(fault) or time.monotonic() + pause > end:
                    raise fault from error
                time.sleep(pause)
                pause = min(2 * pause, LONGEST)


def is_denied(error: OSError) -> bool:
    """True if storage may not be used so: waiting changes nothing. (Windows also denies what another has open.)"""
    return (isinstance(error, PermissionError) and sys.platform != "win32") or error.errno == errno.EROFS


def local_path(storage: Storage) -> Path | None:
    """The folder as a path, None where it is at an address of another kind."""
    return Path(storage.path("")) if "file" in storage._protocols() else None  # noqa: SLF001

"""Records for the next build, each whole and signed: what is read is what was written, or nothing."""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
from pathlib import Path
from typing import Any

from builder.store.files import write_whole

SIGNED = 32
"""Bytes of a signature."""


def write_pickle(path: Path, value: object, version: str) -> None:
    """Write a value for who has the same ``version``.

    Raises:
        AuthorError: the folder cannot be written.
    """
    write_signed(path, pickle.dumps(value, pickle.HIGHEST_PROTOCOL), version)


def read_pickle(path: Path, version: str) -> Any:
    """Read the value that `write_pickle` wrote; None where there is nothing, or something damaged or of another
    version.
    """
    content = signed_content(path, version)
    try:
        return pickle.loads(content) if content else None
    except (pickle.UnpicklingError, AttributeError, ImportError):  # a class of the project's own that is gone
        return None


def write_json(path: Path, value: object) -> None:
    """Write a value in a form that does not depend on the version.

    Raises:
        AuthorError: the folder cannot be written.
    """
    write_signed(path, json.dumps(value, ensure_ascii=False).encode(), "")


def read_json(path: Path) -> Any:
    """Read the value that `write_json` wrote; None where there is nothing, or something damaged."""
    content = signed_content(path, "")
    return json.loads(content) if content else None


def write_signed(path: Path, content: bytes, version: str) -> None:
    """Write bytes behind their signature, for who has the same ``version``.

    Raises:
        AuthorError: the folder cannot be written.
    """
    remove_folder(path)
    write_whole(path, signature(content, version) + content)


def signed_content(path: Path, version: str) -> bytes:
    """The content of a record behind its signature; empty where it is not as it was signed."""
    try:
        record = path.read_bytes()
    except OSError:
        return b""
    content = record[SIGNED:]
    return content if record[:SIGNED] == signature(content, version) else b""


def signature(content: bytes, version: str) -> bytes:
    """The bytes that stand before the content of a record: SHA-256 of version and content."""
    return hashlib.sha256(version.encode() + b"\0" + content).digest()


def remove_folder(path: Path) -> None:
    """Remove a folder that is in the place of a file of ours."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)

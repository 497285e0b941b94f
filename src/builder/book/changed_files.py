"""Files that are written only where their content changed, so that a compiler that stays up sees which did."""

from __future__ import annotations

import shutil
from pathlib import Path


def copy_changed(source: Path, target: Path) -> None:
    """Copy a file unless the target holds the same bytes."""
    if not target.is_file() or target.read_bytes() != source.read_bytes():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def write_changed(path: Path, content: bytes) -> None:
    """Write ``content`` unless the file holds it already."""
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def write_text_changed(path: Path, text: str) -> None:
    """Write ``text`` unless the file holds it already."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")

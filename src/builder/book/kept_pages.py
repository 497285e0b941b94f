"""The pages of a book that was set before: where the Typst text, pictures and fonts are the same, so is the PDF."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from builder.book.compile import Compiled, PageMap
from builder.files import write_whole
from builder.stamps import package_stamp


def set_from(folder: Path, fonts: Sequence[str], standards: Sequence[str]) -> str:
    """A digest of all that the PDF of a book in ``folder`` is made of."""
    digest = hashlib.sha256(package_stamp().encode())
    digest.update(repr((fonts, list(standards), os.environ.get("SOURCE_DATE_EPOCH", ""))).encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pickle":  # what is kept of documents is made from them
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def load(folder: Path, key: str) -> Compiled | None:
    """The book as it was set last, when it was set from the same things; only one of which nothing was to be said is kept."""
    pdf, told = paths(folder)
    try:
        known = json.loads(told.read_text(encoding="utf-8"))
        if known["key"] != key:
            return None
        content = pdf.read_bytes()
        if hashlib.sha256(content).hexdigest() != known["pdf"]:
            return None
        return Compiled(content, PageMap(known["folios"], known["pages"]), None, ())
    except (OSError, ValueError, KeyError, TypeError):
        return None


def save(folder: Path, key: str, compiled: Compiled) -> None:
    """Keep a book; one of which something was said is set again, so that it is said again."""
    pdf, told = paths(folder)
    if compiled.hindered is not None or compiled.warnings:
        told.unlink(missing_ok=True)
        return
    write_whole(pdf, compiled.pdf)
    about = {
        "key": key,
        "pdf": hashlib.sha256(compiled.pdf).hexdigest(),
        "pages": compiled.page_map.pages,
        "folios": dict(compiled.page_map.folios),
    }
    write_whole(told, json.dumps(about).encode())


def paths(folder: Path) -> tuple[Path, Path]:
    """Where the PDF and what is known of it are kept: beside the folder of the Typst text."""
    return folder.with_name(f"{folder.name}.kept.pdf"), folder.with_name(f"{folder.name}.kept.json")

"""Results of code that Quarto keeps beside a book, in ``_freeze``: https://quarto.org/docs/projects/code-execution.html."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

FOLDER = "_freeze"
PICTURES = "figure-html"
STALE = "Results in _freeze are older than their document: render it with Quarto, and take the book over again"
PRINTED = re.compile(r"(^:+ \{\.cell-output [^}\n]*\}\n+[ \t]*`{3,})(?=\n)", re.MULTILINE)
"""The fence of what code printed, which has no language."""


def results_of(root: Path, name: str) -> Path:
    """Return the file with the results of the document ``name``, which need not be there."""
    return root / FOLDER / Path(name).with_suffix("") / "execute-results/html.json"


def with_results(root: Path, name: str) -> str:
    """Return a document as Quarto has it when its code has run; '' where no results are kept, or those of another text
    of it.
    """
    try:
        kept = json.loads(results_of(root, name).read_bytes())
        digest = hashlib.md5((root / name).read_bytes(), usedforsecurity=False).hexdigest()
        return PRINTED.sub(r"\1text", kept["result"]["markdown"]) if kept["hash"] == digest else ""
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def pictures_of_results(root: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path that a document with results names, from the book's folder, and the content of each picture that
    its code drew.
    """
    folder = results_of(root, name).parent.parent / PICTURES
    place = Path(name).with_suffix("")
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            yield f"{place.as_posix()}_files/{PICTURES}/{path.name}", path.read_bytes()

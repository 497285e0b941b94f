"""Pictures that are pasted into the cells of a notebook (``attachment:shot.png``): taken out of it, for the web book as
well.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from docutils import nodes
from sphinx.transforms import SphinxTransform

from builder.errors import NOTEBOOK_CELL
from builder.source.pictures.kinds import START, kind_of
from builder.store.files import write_whole
from builder.store.stamps import Version, version

SCHEME = "attachment:"


class Attachments(SphinxTransform):
    """Replace the address of each pasted picture by that of a file, before Sphinx looks for it; one that is not there
    stays.
    """

    default_priority = 210

    def apply(self, **kwargs: Any) -> None:
        for image in self.document.findall(nodes.image):
            if image.get("uri", "").startswith(SCHEME):
                path = Path(self.env.doc2path(self.env.docname))
                name = unquote(image["uri"].removeprefix(SCHEME))
                content = attached(path, name, (image.line or getattr(image.parent, "line", 0) or 0) // NOTEBOOK_CELL)
                if content:
                    image["uri"] = f"/{self.written(content, name)}"

    def written(self, content: bytes, name: str) -> str:
        """Write a picture beside the doctrees; returns its path from the folder of the sources."""
        suffix = f".{kind_of(content[:START])}" if kind_of(content[:START]) else Path(name).suffix
        path = Path(self.env.doctreedir) / "attachments" / f"{hashlib.sha256(content).hexdigest()[:20]}{suffix}"
        if not path.is_file() or path.read_bytes() != content:
            write_whole(path, content)
        return Path(os.path.relpath(path, self.env.srcdir)).as_posix()


def attached(path: Path, name: str, cell: int) -> bytes:
    """A picture pasted into a cell of a notebook (counted from 1; another cell that has one of this name counts too);
    b'' when there is none.
    """
    cells = _cells(path, version(path))
    inside = [cells[cell - 1]] if 0 < cell <= len(cells) else []
    for found in (*inside, *cells):
        for kind, content in found.get(name, {}).items():
            text = "".join(content) if isinstance(content, list) else str(content)
            if kind == "image/svg+xml":
                return text.encode()
            try:
                return base64.b64decode(text)
            except (binascii.Error, ValueError):
                continue
    return b""


@lru_cache(maxsize=16)
def _cells(path: Path, _version: Version | None) -> list[dict[str, dict[str, Any]]]:
    """The pictures that are pasted into each cell of a notebook, by name and kind."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8-sig"))["cells"]
        return [cell.get("attachments") or {} for cell in cells]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []

"""Files of a book that are copied as they are: pictures and data, and others that documents link to."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from builder.source.pictures.kinds import DRAWN

COPIED = {".bib", ".csv", ".tsv", ".txt", ".json", ".geojson", ".mp4", ".webm", ".mp3", ".wav", *DRAWN}
"""Endings of files that documents show or read: pictures of any kind that is known, data, films and sounds."""
LINK = re.compile(r"\]\(<?(?P<file>(?![\w+.-]+:|[/#?])[^)\s>#?]+)")


def copied_files(documents: Mapping[str, str], sources: Path, project: Path, suffixes: Collection[str]) -> list[Path]:
    """Return the files below ``sources`` that documents show, read or link to; ``suffixes`` are those of documents."""
    shown = {path for path in sources.rglob("*") if path.suffix.lower() in COPIED and not path.is_symlink()}
    return sorted(shown | linked_files(documents, sources, project, suffixes))


def linked_files(
    documents: Mapping[str, str], sources: Path, project: Path, suffixes: Collection[str]
) -> frozenset[Path]:
    """Return the files below ``sources`` that documents link to, which lie in the project and have none of the
    ``suffixes`` of documents.
    """
    found = {
        sources / posixpath.normpath(PurePosixPath(name).parent / unquote(link["file"]))
        for name, text in documents.items()
        for link in LINK.finditer(text)
    }
    return frozenset(
        path
        for path in found
        if path.suffix.lower() not in suffixes
        and ".." not in path.relative_to(sources).parts
        and path.is_file()
        and path.resolve().is_relative_to(project.resolve())
    )

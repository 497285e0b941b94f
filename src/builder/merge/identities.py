"""Creation ids of a merged deck: each is used once in the whole file, wherever the shapes that bear them came from."""

from __future__ import annotations

import re
import uuid
from typing import Any

from builder.pptx.package.namespaces import MC, qn
from builder.pptx.package.package import Package

CREATION_ID = qn("a16:creationId")
ALTERNATIVES, FALLBACK = MC + "AlternateContent", MC + "Fallback"
FOLDERS = ("/ppt/slides/", "/ppt/notesSlides/")
IDS = re.compile(rb"<[^<>]*:creationId\b[^<>]*\bid=[\"']([^\"']+)[\"']")
"""Finds creation ids without parsing: few slides have one that stands twice."""


def make_distinct(package: Package) -> None:
    """Give a shape an id of its own whose creation id another shape of the deck has already."""
    known: set[str] = set()
    for name in sorted(name for name in package.reached() if name.startswith(FOLDERS) and name.endswith(".xml")):
        found = [identifier.decode() for identifier in IDS.findall(package.parts[name])]
        if len(set(found)) == len(found) and known.isdisjoint(found):
            known.update(found)
            continue
        root = package.xml(name)
        changed = False
        for entry in list(root.iter(CREATION_ID)):
            if next(entry.iterancestors(FALLBACK), None) is not None:
                continue  # the same shape once more, for programs that do not know its kind
            given = entry.get("id", "")
            if given in known:
                rename(entry, given, f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'{name}{given}{len(known)}')}}}".upper())
                changed = True
            known.add(entry.get("id", ""))
        if changed:
            package.put(name, root)


def rename(entry: Any, given: str, new: str) -> None:
    """Give a shape a creation id, and its form for other programs the same."""
    alternatives = next(entry.iterancestors(ALTERNATIVES), None)
    for twin in alternatives.iter(CREATION_ID) if alternatives is not None else (entry,):
        if twin.get("id", "") == given:
            twin.set("id", new)

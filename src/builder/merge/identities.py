"""Creation ids of a merged deck: each is used once in the whole file, wherever the shapes that bear them came from."""

from __future__ import annotations

import uuid

from builder.pptx.package.package import Package
from builder.pptx.xml import A16

CREATION_ID = f"{{{A16}}}creationId"
FOLDERS = ("ppt/slides/", "ppt/notesSlides/")


def make_distinct(package: Package) -> None:
    """Give a shape an id of its own whose creation id another shape of the deck has already."""
    seen: set[str] = set()
    for name in sorted(name for name in package.reached() if name.startswith(FOLDERS) and name.endswith(".xml")):
        root = package.xml(name)
        repeated = [entry for entry in root.iter(CREATION_ID) if entry.get("id") in seen]
        for entry in repeated:
            entry.set("id", f"{{{uuid.uuid5(uuid.NAMESPACE_URL, name + entry.get('id'))}}}".upper())
        if repeated:
            package.put(name, root)
        seen.update(entry.get("id", "") for entry in root.iter(CREATION_ID))

"""The speaker notes of a slide, as last built, as somebody left them, and as they are now."""

from __future__ import annotations

from typing import Any

from lxml import etree

from builder.merge.compared_shapes import Page
from builder.merge.conflicts import Conflict
from builder.merge.text import TextMerger, visible_text
from builder.pptx.package.namespaces import A, P
from builder.pptx.package.package import Importer, Package, Relationship

NOTES = "Notes"
"""What a conflict calls them."""


def merge_notes(base: Page, mine: Page, theirs: Page, importer: Importer) -> list[Conflict]:
    """Merge the notes of a slide into those of ``mine``; returns what was changed on both sides.

    Where the whole part was removed, every paragraph counts as deleted: new ones come in a new part, changed ones are
    conflicts.
    """
    names = [notes_of(page.package, page.name) for page in (base, mine, theirs)]
    if names[2] in importer.known or not any(names[1:]):
        return []
    if names[0] and names[2] and base.package.digest(names[0]) == theirs.package.digest(names[2]):
        return []
    before, own, new = (note_paragraphs(page) for page in (base, mine, theirs))
    if [visible_text(item) for item in before] == [visible_text(item) for item in new]:
        return []
    target = names[1] or (importer.target.free(names[2]) if names[2] else "")
    texts = TextMerger(before, own, new, lambda item: importer.adopt(item, names[2], target))
    merged = texts.merged()
    conflicts = [Conflict(NOTES, found.hand, found.book) for found in texts.differences]
    if not names[1] and merged:
        add_notes(mine, theirs, names[2], importer)
    name = notes_of(mine.package, mine.name)
    return conflicts if not name or write(mine.package, name, merged) else [*conflicts, *lost(own, merged)]


def write(package: Package, name: str, paragraphs: list[Any]) -> bool:
    """Replace the paragraphs of notes; returns false where somebody removed the placeholder for text."""
    root = package.xml(name)
    body = body_of(root)
    if body is None:
        return False
    for paragraph in body.findall(f"./{A}p"):
        body.remove(paragraph)
    body.extend(paragraphs or [etree.Element(f"{A}p")])
    package.put(name, root)
    return True


def lost(own: list[Any], merged: list[Any]) -> list[Conflict]:
    """Return conflicts for the paragraphs of notes whose placeholder somebody removed."""
    there = {visible_text(item) for item in own}
    return [
        Conflict(NOTES, "", visible_text(item))
        for item in merged
        if visible_text(item) and visible_text(item) not in there
    ]


def add_notes(mine: Page, theirs: Page, name: str, importer: Importer) -> None:
    """Take over the notes of a slide that had none."""
    kind = next(found.kind for found in theirs.package.rels(theirs.name).values() if found.target == name)
    importer.known[theirs.name] = mine.name
    mine.package.relate(mine.name, Relationship(kind, importer.part(name)))


def notes_of(package: Package, name: str) -> str:
    """Return the notes of a slide, '' when it has none."""
    return next(iter(package.related(name, "notesSlide")), "")


def notes_text(page: Page) -> list[str]:
    """Return the paragraphs of a slide's notes."""
    return list(filter(None, map(visible_text, note_paragraphs(page))))


def note_paragraphs(page: Page) -> list[Any]:
    """Return the paragraphs of a slide's notes, as they are written."""
    name = notes_of(page.package, page.name)
    body = notes_body(page.package, name) if name else None
    return body.findall(f"./{A}p") if body is not None else []


def notes_body(package: Package, name: str) -> Any:
    """Return the text body of notes; None when they have none."""
    return body_of(package.read(name))


def body_of(root: Any) -> Any:
    """Return the text body of a notes slide's placeholder for text."""
    for found in root.iter(f"{P}ph"):
        if found.get("type") == "body":
            return found.getparent().getparent().getparent().find(f"./{P}txBody")
    return None

"""Which build a deck comes from, by the mark in it."""

from __future__ import annotations

from builder.merge.package import Package, Relationship
from builder.pptx import mark


def build_of(package: Package) -> str:
    """The mark of the build that a deck comes from; '' where a program dropped it."""
    part = next(iter(package.related("/", "custom-properties")), "")
    return mark.read_mark(package.xml(part)) if part else ""


def put_build(package: Package, value: str) -> None:
    """Write a mark into a deck."""
    part = next(iter(package.related("/", "custom-properties")), "")
    if not part:
        part = package.free(mark.PART)
        package.add(part, mark.EMPTY, mark.CONTENT_TYPE)
        package.relate("/", Relationship(mark.RELATIONSHIP, part))
    root = package.xml(part)
    mark.set_mark(root, value)
    package.put(part, root)

"""Each creation id stands once in a merged deck, whatever a hand or a merge copied."""

from __future__ import annotations

import copy

from builder.merge.identities import CREATION_ID, make_distinct
from builder.pptx.package.package import Package

from conftest import Book


def ids(package: Package) -> list[str]:
    slides = [name for name in package.reached() if name.startswith("/ppt/slides/slide")]
    return [entry.get("id") for name in sorted(slides) for entry in package.xml(name).iter(CREATION_ID)]


def test_a_shape_that_stands_thrice_on_a_slide_has_three_ids(book: Book) -> None:
    package = Package(book.build("# One\n\n{.slide}\n## A\n\n[A point]{.point}.\n", "--to", "pptx").pptx())
    name = max(name for name in package.reached() if name.startswith("/ppt/slides/slide"))
    root = package.xml(name)
    shape = next(entry for entry in root.iter(CREATION_ID)).getparent()
    while not shape.tag.endswith("}sp"):
        shape = shape.getparent()
    shape.addnext(copy.deepcopy(shape))
    shape.addnext(copy.deepcopy(shape))
    package.put(name, root)
    before = ids(package)
    assert len(set(before)) == len(before) - 2
    make_distinct(package)
    after = ids(package)
    assert len(set(after)) == len(after) == len(before)
    assert set(before) < set(after)
    make_distinct(package)
    assert ids(package) == after

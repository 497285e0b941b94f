"""The chapters that a process sets one after another, before Typst has too much of them in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from builder.book.fascicles import Fascicle
from builder.source.pictures.sizes import pixels_of

BATCH = 12
"""Chapters that one process sets: what Typst remembers takes 2 MB a page, and is of little use to other chapters."""
LARGEST = 500_000
"""Letters of their text at most, unless one has more: a batch of long chapters took seven tenths of a gigabyte."""
PIXELS = 50_000_000
"""Pixels of their pictures at most, unless one has more: Typst keeps each unpacked, with four bytes a pixel."""


def batches(chapters: Sequence[Fascicle], images: Path) -> list[list[Fascicle]]:
    """The chapters of each process in turn: up to `BATCH`, up to `LARGEST` letters, and up to `PIXELS` of the pictures
    that they have of the folder ``images``.
    """
    found: list[list[Fascicle]] = [[]]
    letters = pixels = 0
    for chapter in chapters:
        length = sum(len(document.text) for document in chapter.documents)
        names = {name for document in chapter.documents for name in document.images.values()}
        size = sum(pixels_of(images / name) for name in names)
        is_full = len(found[-1]) == BATCH or letters + length > LARGEST or pixels + size > PIXELS
        if found[-1] and is_full:
            found.append([])
            letters = pixels = 0
        found[-1].append(chapter)
        letters, pixels = letters + length, pixels + size
    return found

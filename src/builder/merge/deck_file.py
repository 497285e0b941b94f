"""A package as a deck of slides, and which slide of one deck is which of another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from builder.merge.align import Matching, aligned, likeness
from builder.merge.slides import Layouts, creation_of, words_of
from builder.merge.text import words
from builder.pptx.package.namespaces import P, R
from builder.pptx.package.package import Package


@dataclass
class SlideRef:
    """A slide of a deck: its part, its entry in the list of slides, its id for good ('' where a program dropped it)."""

    deck: DeckFile
    part: str
    entry: Any
    creation: str

    @cached_property
    def words(self) -> tuple[str, str]:
        """Title and text."""
        return words_of(self.deck.layouts.page(self.part))

    @cached_property
    def bag(self) -> list[str]:
        """All words, for comparing."""
        return words(" ".join(self.words))


class DeckFile:
    """A package as a deck of slides.

    Raises:
        AuthorError: it is no .pptx file that can be read.
    """

    def __init__(self, content: bytes) -> None:
        self.package = Package(content)
        self.layouts = Layouts(self.package)
        self.root = self.package.xml(self.package.presentation)
        self.slides: list[SlideRef] = []
        relationships = self.package.rels(self.package.presentation)
        for entry in self.root.iterfind(f"./{P}sldIdLst/{P}sldId"):
            found = relationships.get(entry.get(f"{R}id", ""))
            if found is not None and found.target in self.package.parts:
                creation = creation_of(self.package.parts[found.target])
                self.slides.append(SlideRef(self, found.target, entry, creation))


def same_slides(old: list[SlideRef], new: list[SlideRef]) -> dict[int, int]:
    """Return which slide is which: by their creation ids, or by their words where a program dropped
    those."""
    known = {slide.creation for slide in old if slide.creation}
    has_ids = sum(slide.creation in known for slide in new) * 2 >= min(len(old), len(new))

    def key(slide: SlideRef) -> Any:
        return slide.creation or id(slide) if has_ids else slide.words

    return aligned(old, new, Matching(key, lambda a, b: alike(a, b, has_ids)))


def alike(a: SlideRef, b: SlideRef, has_ids: bool) -> float:
    """Return how much two slides have in common, 0 to 1; the same title counts half."""
    if has_ids and a.creation and b.creation and not a.bag and not b.bag:
        return 0.0
    title = 0.5 if a.words[0] and a.words[0] == b.words[0] else 0.0
    return max(likeness(a.bag, b.bag), title + likeness(a.bag, b.bag) / 2)

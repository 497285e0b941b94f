"""A deck whose base is not recorded any more → a deck in which every difference from the book is a conflict."""

from __future__ import annotations

from dataclasses import dataclass

from builder.merge.conflicts import Conflict
from builder.merge.deck_file import DeckFile, SlideRef
from builder.merge.decks import DeckMerger, Merged
from builder.merge.edits import as_conflicts, changes_between


def merge_two_way(mine: bytes, theirs: bytes, book: bytes) -> Merged:
    """Return ``mine`` with the slides that only ``theirs`` has; where both differ, ``mine`` stays, with a conflict.

    ``book`` is the deck as the sources give it, ``theirs`` that with the edits by hand that came before.

    Raises:
        AuthorError: ``mine`` is no .pptx file that can be read.
    """
    new = DeckFile(theirs)
    return TwoWayMerger(new, DeckFile(mine), new, DeckFile(book)).merged()


@dataclass
class TwoWayMerger(DeckMerger):
    """Merges two decks, the new one in place of the base: what ``mine`` lacks counts as new, not as deleted."""

    def match(self) -> None:
        super().match()
        self.to_theirs = {part: slide for part, slide in self.to_theirs.items() if part in self.to_mine}
        known = {slide.part for slide in self.to_mine.values()}
        for slide in self.mine.slides:
            if slide.part not in known:
                self.conflicts[slide.part] = [Conflict("Slide", slide.words[0], "")]
        for number, conflict in as_conflicts(changes_between(self.theirs, self.mine)):
            self.conflicts.setdefault(self.mine.slides[number - 1].part, []).append(conflict)

    def comments_before(self, slide: str) -> None:
        """Return None: every comment of the new deck is new to ``mine``."""

    def merge_one(self, base: SlideRef, mine: SlideRef | None, theirs: SlideRef | None) -> None:
        """Leave a slide that both have as it is in ``mine``."""

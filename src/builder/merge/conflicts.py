"""What was changed by hand and in the sources, and cannot be merged."""

from __future__ import annotations

from dataclasses import dataclass

OTHER_DATA, OTHER_PICTURE = "other data", "another picture"
"""How a conflict names a version that cannot be written in words."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One object with two versions: ``hand`` stands on the slide, ``book`` is what the sources give; '' where one
    has nothing.

    ``other`` if it is not the book that has the second version, but another copy of the deck that was changed by hand.
    """

    what: str
    hand: str
    book: str
    other: bool = False

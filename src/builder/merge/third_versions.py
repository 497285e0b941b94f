"""Conflicts of two copies that were changed by hand, where the book has a third version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from builder.merge.comments import comment
from builder.merge.deck_file import DeckFile
from builder.merge.decks import Merged, SlideConflict


def with_third_versions(merged: Merged, merge_with_book: Callable[[], Merged]) -> Merged:
    """Return a deck that was merged with another copy, with one more conflict for each text of which the book has a
    version that neither copy has.

    ``merge_with_book`` merges the same deck with the book alone.
    """
    between_copies = {text_of(found): found for found in merged.conflicts if found.conflict.other}
    if not between_copies:
        return merged
    known = {(text_of(found), found.conflict.book) for found in merged.conflicts}
    with_book = (found for found in merge_with_book().conflicts if found.conflict.book)
    third = [
        replace(found, number=between_copies[text].number)
        for found in with_book
        if (text := text_of(found)) in between_copies and (text, found.conflict.book) not in known
    ]
    if not third:
        return merged
    deck = DeckFile(merged.content)
    for found in third:
        slide = deck.slides[found.number - 1]
        comment(deck.package, slide.part, slide.entry.get("id", ""), [found.conflict])
    conflicts = sorted([*merged.conflicts, *third], key=lambda found: found.number)
    return replace(merged, content=deck.package.content(), conflicts=tuple(conflicts))


def text_of(found: SlideConflict) -> tuple[str, str, str]:
    """Return which text a conflict is about: the title of its slide, the object, and the words on the slide."""
    return found.title, found.conflict.what, found.conflict.hand

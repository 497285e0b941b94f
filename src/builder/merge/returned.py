"""A deck in the place of the published one → that deck merged with the new build, from the deck that it derives
from.

Mostly it is the deck that was published last. An older one (left open, sent by mail, edited by two people in turn) is
merged from its own base into what would be published without it, so that neither the book nor the edits that came
before it are reverted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from builder.merge.bases import LEFT, Bases
from builder.merge.comments import open_conflicts
from builder.merge.conflicts import Conflict
from builder.merge.deck_file import DeckFile
from builder.merge.decks import DeckMerger, Merged, merge, same_file
from builder.merge.edits import changes_between
from builder.merge.origins import Origin, origin_of
from builder.merge.third_versions import with_third_versions
from builder.merge.two_way import merge_two_way
from builder.pptx.package.package import Package


class Base(Enum):
    """Which deck a returned one was merged from."""

    LAST = auto()
    EARLIER = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Returned:
    """A merged deck, and from which one it was merged."""

    merged: Merged
    base: Base


def merge_returned(bases: Bases, name: str, last: bytes, returned: bytes, content: bytes) -> Returned:
    """Merge the deck ``left`` in the place of the deck of a name, where ``last`` is the last build's and ``content``
    the new one's.

    Raises:
        AuthorError: ``left`` is no .pptx file that can be read.
    """
    published = bases.last_origin(name)
    origin = derived_from(bases, name, Package(returned))
    if published is None or origin == published or not origin.build:
        return Returned(merge(last, returned, content), Base.LAST)
    now = without(bases, name, published, content)
    base = bases.find(name, origin) or bases.find(name, Origin(origin.build))
    if base is None:
        merged = merge_two_way(returned, now.content, content)
        merged = with_third_versions(merged, lambda: merge_two_way(returned, content, content))
        return Returned(joined(now, merged), Base.UNKNOWN)
    if same_file(base, returned):
        return Returned(now, Base.EARLIER)
    merged = DeckMerger(DeckFile(base), DeckFile(returned), DeckFile(now.content), DeckFile(content)).merged()
    merged = with_third_versions(merged, lambda: merge(base, returned, content))
    return Returned(joined(now, merged), Base.EARLIER)


def derived_from(bases: Bases, name: str, returned: Package) -> Origin:
    """Return the published deck that a deck derives from: by its marks, or by its paragraphs where a program dropped
    them."""
    origin = origin_of(returned)
    return origin if origin.build else bases.likeliest(name, returned) or origin


def replaced_by(bases: Bases, name: str, returned: bytes) -> bytes | None:
    """Return the deck that the last build found here and did not merge, if none of its edits are in ``returned``;
    else None.

    Both come from one published deck, so it cannot be told whether somebody took all his edits back or put another copy
    over them.
    """
    published = bases.last_origin(name)
    before = bases.find(name, Origin(published.build, LEFT)) if published is not None else None
    if published is None or before is None:
        return None
    if origin_of(Package(returned)) != published or same_file(before, returned):
        return None
    base = bases.find(name, published)
    if base is None:
        return None
    was, now = (changed_places(DeckFile(base), DeckFile(content)) for content in (before, returned))
    return before if was and not was & now else None


def changed_places(base: DeckFile, mine: DeckFile) -> set[object]:
    """Return the places where a deck was changed, without their new content."""
    found = changes_between(base, mine)
    places = {(edit.built, edit.what, edit.old, edit.row, edit.nth, edit.series, edit.category) for edit in found.edits}
    return places | set(map(str, found.others))


def without(bases: Bases, name: str, published: Origin, content: bytes) -> Merged:
    """Return the new build with the edits by hand of the last published deck, as far as builds found them."""
    base = bases.find(name, Origin(published.build))
    copy = bases.find(name, Origin(published.build, LEFT)) or bases.find(name, published)
    return Merged(content) if base is None or copy is None else merge(base, copy, content)


def joined(before: Merged, after: Merged) -> Merged:
    """Return the result of two merges in a row; conflicts of the first get the numbers that their slides have now."""
    deck = DeckFile(after.content)
    reported = {identity(found.conflict) for found in after.conflicts}
    waiting = {
        identity(found.conflict): found for found in before.conflicts if identity(found.conflict) not in reported
    }
    again = [
        replace(waiting[identity(conflict)], number=number)
        for number, slide in enumerate(deck.slides, start=1)
        for conflict in open_conflicts(deck.package, slide.part)
        if identity(conflict) in waiting
    ]
    conflicts = sorted([*after.conflicts, *again], key=lambda found: found.number)
    return Merged(after.content, tuple(conflicts), after.deleted, before.keeps_design or after.keeps_design)


def identity(conflict: Conflict) -> tuple[str, str, bool]:
    """Return what conflicts with the same comment have in common."""
    return conflict.what, conflict.book, conflict.other

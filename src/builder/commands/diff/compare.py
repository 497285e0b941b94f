"""Two builds → what changed: blocks of text, slides, places in print, lengths of lectures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from builder.build.review import TOLERANCE
from builder.build.wording import counted
from builder.commands.diff.outputs import Build, DeckSeen, SlideSeen

ALIKE = 0.4
"""How much two blocks must have in common to be one that was changed, and not one that went and one that came."""
WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block of text; ``before`` is '' for a new one, ``after`` '' for one that went."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What changed in a document. ``kind`` is ``changed``, ``new`` or ``gone``."""

    name: str
    title: str
    kind: str
    blocks: tuple[BlockChange, ...]


@dataclass(frozen=True, slots=True)
class SlideChange:
    """Numbers of a slide before and after, 0 where there is none, and what changed: ``words``, ``picture``, ``notes``,
    ``minutes``.
    """

    before: int
    after: int
    title: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeckChange:
    """What changed in a deck; ``too_long`` by how many minutes it is over its length now, 0 when it is not."""

    name: str
    title: str
    kind: str
    slides: tuple[SlideChange, ...]
    minutes_before: float
    minutes_after: float
    too_long: float


@dataclass(frozen=True, slots=True)
class Moved:
    """A heading whose printed page changed; '' where it does not stand."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that changed between two builds."""

    documents: tuple[DocumentChange, ...]
    decks: tuple[DeckChange, ...]
    moved: tuple[Moved, ...]
    pages_before: int
    pages_after: int

    def is_empty(self) -> bool:
        """True if nothing changed."""
        return not (self.documents or self.decks or self.moved)

    def content(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def summary(self) -> str:
        """One line for the terminal."""
        blocks = sum(len(document.blocks) for document in self.documents)
        slides = sum(len(deck.slides) for deck in self.decks)
        return (
            f"{counted(blocks, 'block')} of text in {counted(len(self.documents), 'document')}, "
            f"{counted(slides, 'slide')} in {counted(len(self.decks), 'deck')}, "
            f"{counted(len(self.moved), 'heading')} on other pages; {counted(self.pages_before, 'page')} before, "
            f"{self.pages_after} now"
        )


def compare(before: Build, after: Build) -> Comparison:
    """Return what changed from ``before`` to ``after``."""
    return Comparison(
        tuple(documents(before, after)),
        tuple(decks(before, after)),
        tuple(moved(before, after)),
        before.pages,
        after.pages,
    )


def documents(before: Build, after: Build) -> Iterator[DocumentChange]:
    """Documents that changed, in the order of their names."""
    for name in sorted(before.documents.keys() | after.documents.keys()):
        title, old = before.documents.get(name, ("", ()))
        new_title, new = after.documents.get(name, (title, ()))
        kind = "new" if name not in before.documents else "gone" if name not in after.documents else "changed"
        blocks = tuple(block_changes(old, new))
        if blocks or kind != "changed":
            yield DocumentChange(name, new_title, kind, blocks)


def block_changes(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[BlockChange]:
    """Blocks that changed, went and came, in order."""
    for tag, i, end_i, j, end_j in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = list(old[i:end_i]), list(new[j:end_j])
        while gone and come:
            if SequenceMatcher(None, gone[0], come[0]).quick_ratio() >= ALIKE:
                yield BlockChange(gone.pop(0), come.pop(0))
            elif len(gone) > len(come):
                yield BlockChange(gone.pop(0), "")
            else:
                yield BlockChange("", come.pop(0))
        yield from (BlockChange(text, "") for text in gone)
        yield from (BlockChange("", text) for text in come)


def words(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Two versions of a block as runs of words: (``same``, ``gone`` or ``new``, text)."""
    old, new = WORD.findall(before), WORD.findall(after)
    for tag, i, end_i, j, end_j in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "same", "".join(old[i:end_i])
            continue
        if end_i > i:
            yield "gone", "".join(old[i:end_i])
        if end_j > j:
            yield "new", "".join(new[j:end_j])


def decks(before: Build, after: Build) -> Iterator[DeckChange]:
    """Decks that changed."""
    for name in sorted(before.decks.keys() | after.decks.keys()):
        old, new = before.decks.get(name), after.decks.get(name)
        changes = tuple(slide_changes(old.slides if old else (), new.slides if new else ()))
        kind = "new" if old is None else "gone" if new is None else "changed"
        if changes or kind != "changed":
            deck = new or old
            assert deck is not None
            yield DeckChange(
                name, deck.title, kind, changes, old.minutes if old else 0.0, new.minutes if new else 0.0, overlong(new)
            )


def overlong(deck: DeckSeen | None) -> float:
    """Minutes by which a deck is longer than it may be, 0 when it is not."""
    if deck is None or not deck.declared or deck.minutes <= deck.declared * (1 + TOLERANCE):
        return 0.0
    return deck.minutes - deck.declared


def slide_changes(old: tuple[SlideSeen, ...], new: tuple[SlideSeen, ...]) -> Iterator[SlideChange]:
    """Slides that changed, went and came, found again by their words."""
    known, shown = ([f"{slide.title}\n{slide.text}" for slide in slides] for slides in (old, new))
    for tag, i, end_i, j, end_j in SequenceMatcher(None, known, shown, autojunk=False).get_opcodes():
        pairs = list(zip(old[i:end_i], new[j:end_j], strict=False))
        if tag != "equal":
            pairs = [
                (a, b)
                for a, b in pairs
                if a.title == b.title or SequenceMatcher(None, a.text, b.text).quick_ratio() >= ALIKE
            ]
        paired = {id(slide) for pair in pairs for slide in pair}
        for a, b in pairs:
            if what := differences(a, b):
                yield SlideChange(a.number, b.number, b.title, what)
        yield from (
            SlideChange(slide.number, 0, slide.title, ("gone",)) for slide in old[i:end_i] if id(slide) not in paired
        )
        yield from (
            SlideChange(0, slide.number, slide.title, ("new",)) for slide in new[j:end_j] if id(slide) not in paired
        )


def differences(a: SlideSeen, b: SlideSeen) -> tuple[str, ...]:
    """Return what two versions of a slide do not have in common."""
    found = []
    if (a.title, a.text) != (b.title, b.text):
        found.append("words")
    elif a.picture != b.picture and a.number == b.number:
        found.append("picture")
    if without_page(a.notes) != without_page(b.notes):
        found.append("notes")
    if a.minutes != b.minutes:
        found.append("minutes")
    return tuple(found)


def without_page(notes: tuple[str, ...]) -> list[str]:
    """Notes without the printed page, which has a list of its own."""
    return [re.sub(r", p\. \w+$", "", paragraph) for paragraph in notes]


def moved(before: Build, after: Build) -> Iterator[Moved]:
    """Headings on other pages, those that went and those that came, in the order of the book."""
    for heading in [*after.places, *(heading for heading in before.places if heading not in after.places)]:
        old, new = before.places.get(heading, ""), after.places.get(heading, "")
        if old != new:
            yield Moved(heading, old, new)

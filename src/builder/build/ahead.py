"""Decks made while the book is set, with the printed pages of the last build; a deck holds where its pages do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from logging import LogRecord
from pathlib import Path

from sphinx.util import logging

from builder.build.deck_places import MadeDeck
from builder.build.decks import DeckMaker
from builder.deck.lectures import Lecture
from builder.store.records import read_pickle, write_pickle
from builder.store.stamps import package_stamp
from builder.typeset.page_map import PageMap

logger = logging.getLogger(__name__)

MOST = 4
"""Decks that are made ahead at most: where more are to be made, settings or all chapters changed, and so did pages."""


@dataclass(frozen=True, slots=True)
class AheadDeck:
    """A deck that was made ahead, and what was logged meanwhile, which counts where the deck does."""

    deck: MadeDeck
    messages: list[LogRecord]

    def holds(self, maker: DeckMaker, lecture: Lecture) -> bool:
        """True if a maker that knows the pages of this build would make the same."""
        return self.deck.key == maker.quick_key(lecture)

    def told(self) -> MadeDeck:
        """The deck; what was logged while it was made is logged."""
        for record in self.messages:
            logger.handle(record)
        return self.deck


def decks_ahead(
    lectures: Sequence[Lecture], maker: DeckMaker, make: Callable[[DeckMaker, Lecture], MadeDeck | None]
) -> dict[str, AheadDeck]:
    """The decks by their names, up to `MOST` that are not as they lie in their places; for a process that does nothing
    else.

    A deck with an error is left out, so that it is reported when the deck is made; so are warnings of a fit, though
    this process makes the decks where the other one died.
    """
    maker = replace(maker, fits=replace(maker.fits, found=dict(maker.fits.found)))
    found: dict[str, AheadDeck] = {}
    made = 0
    for lecture in lectures:
        collector = logging.LogCollector()
        with collector.collect():
            deck = make(maker, lecture)
        if deck is None or maker.project.resolver.has_errors:
            break
        logging.convert_serializable(collector.logs)
        found[lecture.name] = AheadDeck(deck, collector.logs)
        made += deck.pptx is not None
        if made == MOST:
            break
    return found


def last_pages(folder: Path) -> PageMap | None:
    """The printed pages of the last build, from the folder of its books; None where they are not known."""
    found = read_pickle(pages_file(folder), package_stamp())
    return found if isinstance(found, PageMap) else None


def note_pages(folder: Path, pages: PageMap) -> None:
    """Keep the printed pages for the next build."""
    write_pickle(pages_file(folder), pages, package_stamp())


def pages_file(folder: Path) -> Path:
    """The file of the printed pages."""
    return folder / "pages.pickle"

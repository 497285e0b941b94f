"""Edits of one deck, or of several → the sources changed in memory, tried before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from myst_parser.config.main import MdParserConfig

from builder.build.request import Request
from builder.commands.pull.candidates import Candidate, CandidateFinder, no_place
from builder.commands.pull.markdown import parser_for
from builder.commands.pull.project import BuiltDeck, ProjectCopy
from builder.commands.pull.returned import ReturnedDeck
from builder.commands.pull.rewrite import ComputedError
from builder.commands.pull.sources import Sources
from builder.deck.model import FittedSlide
from builder.errors import Source
from builder.merge.compared_shapes import Page, every
from builder.merge.deck_file import DeckFile, same_slides
from builder.merge.decks import merge
from builder.merge.edits import Edit, belong_together, changes_between, short, value_name
from builder.merge.slides import readable
from builder.pptx.package.namespaces import P

ROUNDS = 4
"""How many places in the sources are tried for a text that stands in several."""
GONE = "the sources have no such slide any more"
CHANGED = "the sources say something else there now"
COMPUTED = "the change touches a number, a reference or a formula, which the sources compute"
PARTED = "it was split in two, or joined with another text; write that into the source, where the marks of both go"
ALONE = "words went from it to another text, or came from there, and that edit is not taken"
SHARED = "another edit changes the same words"
OTHERWISE = "written into the sources, it would not give this slide"
PAGES = re.compile(r", p(?:ages?|\.) [\w–-]+\Z")


@dataclass(frozen=True)
class DeckEdit:
    """An edit, and the deck that it is in."""

    returned: ReturnedDeck
    edit: Edit


@dataclass
class TrialResult:
    """Edits with the place of each in the sources, and those that are not taken, with the reason."""

    taken: list[tuple[DeckEdit, Source]] = field(default_factory=list)
    refused: list[tuple[DeckEdit, str]] = field(default_factory=list)


@dataclass(frozen=True)
class CurrentDeck:
    """A lecture as the sources give it now; ``to_built`` is part of a slide in the base of a returned deck → its
    index now."""

    built: BuiltDeck
    deck: DeckFile
    to_built: dict[str, int]

    def fitted(self, index: int) -> FittedSlide | None:
        """Return the slide of the model; None for one of the template's."""
        own = index - (self.built.fitted.first - 1)
        return self.built.fitted.slides[own] if 0 <= own < len(self.built.fitted.slides) else None


class Trial:
    """Places edits in the sources, in memory, and builds decks of those before anything is written."""

    def __init__(self, request: Request, project: ProjectCopy, decks: list[ReturnedDeck]) -> None:
        self.project, self.decks = project, decks
        self.current: dict[int, CurrentDeck] = {}
        built_decks: dict[str, BuiltDeck] = {}
        for returned in decks:
            built = built_decks.get(returned.lecture) or project.deck(returned.lecture, {})
            assert built is not None
            built_decks[returned.lecture] = built
            deck = DeckFile(built.content)
            pairs = same_slides(returned.base.slides, deck.slides)
            self.current[id(returned)] = CurrentDeck(
                built, deck, {returned.base.slides[b].part: n for b, n in pairs.items()}
            )
        env = project.app.env
        config = getattr(env, "myst_config", None) or getattr(env, "mynb_config", None)
        parser = parser_for(config if isinstance(config, MdParserConfig) else MdParserConfig())
        self.sources = Sources((request.source.resolve(), request.config.resolve()), parser)
        self.finder = CandidateFinder(project, self.sources, request.config / project.app.config.builder_lectures)

    def take(self) -> TrialResult:
        """Return the edits that can be placed, and each of the others with a reason."""
        items = [DeckEdit(returned, edit) for returned in self.decks for edit in returned.edits]
        refused = {number: PARTED for number, item in enumerate(items) if item.edit.parted} | self.contradicted(items)
        tries = {number: 0 for number in range(len(items)) if number not in refused}
        together = linked(items)
        while True:
            placed = self.place_all(items, tries, refused)
            left_alone = {n for n in tries if any(refused.get(other) for other in together.get(n, ()))}
            if left_alone:
                refused |= dict.fromkeys(left_alone, ALONE)
                tries = {number: count for number, count in tries.items() if number not in left_alone}
                continue
            failed = self.failed(items, placed)
            if not failed:
                break
            for number in failed:
                tries[number] += 1
                if tries[number] == ROUNDS:
                    del tries[number]
                    refused[number] = OTHERWISE
        return TrialResult(
            [(items[number], found.source) for number, found in placed.items()],
            [(items[number], reason) for number, reason in sorted(refused.items()) if reason],
        )

    def contradicted(self, items: list[DeckEdit]) -> dict[int, str]:
        """Return number → reason of the edits whose text another deck changed to something else: neither is taken."""
        texts: dict[tuple[object, ...], list[int]] = {}
        for number, item in enumerate(items):
            edit = item.edit
            where = item.returned.lecture, self.current[id(item.returned)].to_built.get(edit.built, edit.built)
            what = edit.what, edit.read[0], edit.row, edit.nth, edit.series, edit.category
            texts.setdefault((*where, *what), []).append(number)
        return {
            number: disagreed([items[other] for other in numbers if items[other].edit.new != items[number].edit.new])
            for numbers in texts.values()
            for number in numbers
            if len({items[other].edit.new for other in numbers}) > 1
        }

    def place_all(self, items: list[DeckEdit], tries: dict[int, int], refused: dict[int, str]) -> dict[int, Candidate]:
        """Write edits into the sources, in memory, each at the best place that was not tried; ``tries`` loses those
        that are refused."""
        self.sources.reset()
        chosen: dict[int, Candidate] = {}
        for number in list(tries):
            outcome = self.place(items[number], tries[number])
            if isinstance(outcome, Candidate):
                chosen[number] = outcome
            else:
                del tries[number]
                refused[number] = outcome
        for number, others in clashing(items, chosen).items():
            del tries[number]
            refused[number] = disagreed([items[other] for other in others])
        placed: dict[int, Candidate] = {}
        for number, found in chosen.items():
            if number not in tries:
                continue
            if found.file.take(found.replacements):
                placed[number] = found
            else:
                del tries[number]
                refused[number] = SHARED
        return placed

    def place(self, item: DeckEdit, attempt: int) -> Candidate | str:
        """Return the best place of an edit that was not tried; else the reason, '' where the sources have the edit
        already."""
        edit, current = item.edit, self.current[id(item.returned)]
        index = current.to_built.get(edit.built)
        if index is None:
            return GONE
        page = current.deck.layouts.page(current.deck.slides[index].part)
        has_old, has_new = (any(same_text(text, wanted) for text in texts_of(page)) for wanted in edit.read)
        if not has_old:
            return "" if has_new else CHANGED
        fitted = current.fitted(index)
        try:
            found = sorted(self.finder.candidates(edit, fitted), key=lambda candidate: candidate.rank)
        except ComputedError:
            return COMPUTED
        if attempt >= len(found):
            return OTHERWISE if attempt else no_place(edit, fitted)
        return found[attempt]

    def failed(self, items: list[DeckEdit], placed: dict[int, Candidate]) -> set[int]:
        """Return numbers of the edits that the changed sources would not give; titles of lectures are not tried."""
        tried = {number for number, found in placed.items() if self.project.readers(found.file.path)}
        texts = {placed[number].file.path: placed[number].file.text for number in tried}
        found: set[int] = set()
        for returned in self.decks if texts else ():
            own = {number for number in tried if items[number].returned is returned}
            built = self.project.deck(returned.lecture, texts) if own else None
            if built is None:
                found |= own
                continue
            base, mine = returned.contents
            merged = merge(base, mine, built.content)
            keys = {edit.key for edit in changes_between(DeckFile(built.content), DeckFile(merged.content)).edits}
            stay = {conflict.conflict.hand for conflict in merged.conflicts}
            found |= {n for n in own if items[n].edit.key in keys or items[n].edit.read[1] in stay}
        return found


def linked(items: list[DeckEdit]) -> dict[int, list[int]]:
    """Return edits of a deck of which one has the words of the other: both are taken or none."""
    found: dict[int, list[int]] = {}
    for a, one in enumerate(items):
        for b, other in enumerate(items):
            if a != b and one.returned is other.returned and belong_together(one.edit, other.edit):
                found.setdefault(a, []).append(b)
    return found


def clashing(items: list[DeckEdit], chosen: dict[int, Candidate]) -> dict[int, list[int]]:
    """Return edits that would put other words where an edit of another deck puts its own → those."""
    found: dict[int, list[int]] = {}
    numbers = list(chosen)
    for a in numbers:
        for b in numbers:
            if items[a].returned is not items[b].returned and chosen[a].meets(chosen[b]):
                found.setdefault(a, []).append(b)
    return found


def disagreed(others: list[DeckEdit]) -> str:
    """Return why an edit is not taken that another deck contradicts."""
    texts = dict.fromkeys(f"{item.returned.path.name} has “{short(item.edit.new)}” there" for item in others)
    return f"{', '.join(texts)}; decide which it is to be"


def same_text(a: str, b: str) -> bool:
    """Return whether two texts are the same but for the printed pages that they end in."""
    return PAGES.sub("", a) == PAGES.sub("", b)


def texts_of(page: Page) -> Iterator[str]:
    """Yield all texts of a slide and its notes, and the values of its charts as `Edit.read` names them."""
    yield from readable(page)
    for shape in every(page.package.read(page.name).find(f"./{P}cSld/{P}spTree"), page):
        for series, points in shape.chart_text:
            for category, value in points:
                yield value_name(series, category, value)
                yield category

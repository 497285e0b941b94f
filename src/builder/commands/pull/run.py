"""``builder pull``: what lecturers changed in a deck goes back into the sources."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

from builder.build.request import Request
from builder.commands.outcome import CONFLICTS, FINE
from builder.commands.pull.project import reading
from builder.commands.pull.returned import ReturnedDeck, read_returned
from builder.commands.pull.trial import DeckEdit, Trial
from builder.commands.streams import write_data
from builder.errors import Source
from builder.merge.decks import SlideConflict
from builder.store.files import seen_from


@dataclass
class Pulled:
    """What was found in decks: ``taken`` edits with where they go, ``refused`` ones with the reason, and what no
    source can take.

    ``conflicts`` are open in the decks; nothing of them is taken.
    """

    decks: list[ReturnedDeck] = field(default_factory=list)
    taken: list[tuple[DeckEdit, Source]] = field(default_factory=list)
    refused: list[tuple[DeckEdit, str]] = field(default_factory=list)
    patch: str = ""
    written: list[Path] = field(default_factory=list)

    @property
    def conflicts(self) -> list[tuple[ReturnedDeck, SlideConflict]]:
        """The conflicts that are open in the decks."""
        return [(returned, conflict) for returned in self.decks for conflict in returned.conflicts]

    def lines(self, here: Path) -> list[str]:
        """Return the report, with paths as seen from a folder."""
        several = len(self.decks) > 1

        def of(returned: ReturnedDeck, sentence: object) -> str:
            return f"{returned.path.name}, {sentence}" if several else str(sentence)

        found: list[str] = []
        if self.taken:
            found += ["written into the sources:" if self.written else "found in the sources:"]
            found += [
                f"  {Source(seen_from(place.path, here), place.line)}: {of(item.returned, item.edit)}"
                for item, place in self.taken
            ]
        if self.refused:
            found += ["not taken:"]
            found += [f"  {of(item.returned, item.edit)}: {reason}" for item, reason in self.refused]
        if self.conflicts:
            found += [
                "open conflicts, of which nothing is taken (settle each in the deck: write the other words there, or "
                "delete its comment to keep yours):"
            ]
            found += [f"  {of(returned, conflict)}" for returned, conflict in self.conflicts]
        others = [of(returned, sentence) for returned in self.decks for sentence in returned.others]
        if others:
            found += ["no source has a place for these; they stay in the deck:"]
            found += [f"  {sentence}" for sentence in others]
        found += [
            f"builder: {returned.path.name} has {', '.join(returned.active)}; "
            "it was read without, and a build leaves it out"
            for returned in self.decks
            if returned.active
        ]
        if self.written:
            found += ["builder: the sources have the edits; build, and the deck agrees with them"]
        elif self.taken:
            found += ["builder: nothing is written yet; --apply writes it"]
        else:
            found += ["builder: nothing to take back"]
        return found


def run_pull(request: Request, paths: list[Path], *, lecture: str, revision: str, apply: bool) -> int:
    """Pull, and write the patch to the standard output, all else to the standard error; returns the exit status."""
    found = pull(request, paths, lecture=lecture, revision=revision, apply=apply)
    write_data(found.patch)
    for line in found.lines(Path.cwd()):
        print(line, file=sys.stderr)
    return CONFLICTS if found.refused or found.conflicts else FINE


def pull(request: Request, paths: list[Path], *, lecture: str = "", revision: str = "", apply: bool = False) -> Pulled:
    """Take the edits of decks back into the sources, in one patch, which ``apply`` writes; returns what was found.

    ``revision`` is the one that the decks were built from, where no build is recorded; ``lecture`` the name of the
    deck, where neither marks nor file names give it.

    Raises:
        AuthorError: a deck is not one of the project's, or nobody knows what it was built from; the sources have
          errors.
    """
    result = Pulled([read_returned(request, path, lecture, revision) for path in paths])
    if not any(returned.edits for returned in result.decks):
        return result
    with reading(request) as project:
        taking = Trial(request, project, result.decks)
        found = taking.take()
        result.taken, result.refused = found.taken, found.refused
        result.patch = taking.sources.patch(request.config)
        if apply:
            result.written = taking.sources.write()
    return result

"""A deck that came back → its lecture, the deck that it derives from, and its changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from builder.build.ledger import Ledger
from builder.build.request import Request
from builder.commands.diff.revisions import built
from builder.errors import AuthorError, shortened
from builder.merge.align import likeness
from builder.merge.comments import open_conflicts
from builder.merge.conflicts import Conflict
from builder.merge.deck_file import DeckFile
from builder.merge.decks import SlideConflict
from builder.merge.edits import Changes, Edit, changes_between
from builder.merge.origins import Origin, build_of
from builder.merge.returned import derived_from
from builder.merge.slides import readable
from builder.merge.text import words
from builder.pptx.package.active import disarmed
from builder.pptx.package.parts import file_bytes, unreadable
from builder.store.limits import PULL_EDITS, PULL_LETTERS

SAME = 0.4
"""How much the words of an edit and those of another copy must have in common to be versions of one text."""


@dataclass(frozen=True)
class ReturnedDeck:
    """A deck that came back, with the one that it derives from, as built.

    ``edits`` are what may go back into the sources; ``conflicts`` are open in it, and what they are about is not among
    the edits.
    """

    path: Path
    lecture: str
    base: DeckFile
    mine: DeckFile
    contents: tuple[bytes, bytes]
    """The files of both."""
    edits: list[Edit] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    conflicts: list[SlideConflict] = field(default_factory=list)
    active: tuple[str, ...] = ()
    """What runs, fetches or signs in the file, with its part: ``macros (ppt/vbaProject.bin)``."""


def read_returned(request: Request, path: Path, lecture: str, revision: str) -> ReturnedDeck:
    """Read a deck; ``lecture`` and ``revision`` are '' where its marks give them.

    Raises:
        AuthorError: it cannot be read, is none of the project's, or nobody knows the deck that it was made from.
    """
    with unreadable(str(path)):
        content, taken_out = disarmed(file_bytes(path))
        mine = DeckFile(content)
        lecture = lecture or lecture_name(request, path, mine)
        base_content = base_of(request, path, lecture, mine, revision)
        base = DeckFile(base_content)
        found = changes_between(base, mine)
        conflicts = conflicts_in(mine)
    edits, beyond = within_limits(without_conflicts(found, conflicts))
    others = [*map(str, found.others), *beyond]
    return ReturnedDeck(path, lecture, base, mine, (base_content, content), edits, others, conflicts, taken_out)


def within_limits(edits: list[Edit]) -> tuple[list[Edit], list[str]]:
    """Return the edits that are looked for in the sources, and sentences on those beyond the limits: each costs a
    search."""
    taken = [edit for edit in edits if len(edit.new) <= PULL_LETTERS.most]
    beyond = [
        f"slide {edit.slide}, {shortened(edit.what)}: its text has more than {PULL_LETTERS}, "
        "the most that is taken back"
        for edit in edits
        if len(edit.new) > PULL_LETTERS.most
    ]
    if len(taken) > PULL_EDITS.most:
        beyond.append(
            f"{len(taken) - PULL_EDITS.most:,} further edits; {PULL_EDITS} are the most that one pull takes back"
        )
    return taken[: PULL_EDITS.most], beyond


def conflicts_in(deck: DeckFile) -> list[SlideConflict]:
    """Return the conflicts that comments in a deck report, but for those of which the other words stand on the
    slide."""
    return [
        SlideConflict(number, slide.words[0], conflict)
        for number, slide in enumerate(deck.slides, start=1)
        for conflict in open_conflicts(deck.package, slide.part)
        if not conflict.book or conflict.book not in readable(deck.layouts.page(slide.part))
    ]


def without_conflicts(found: Changes, conflicts: list[SlideConflict]) -> list[Edit]:
    """Return the edits that no open conflict is about: taking back one of those would revert its author, who has not
    decided."""
    return [
        edit
        for edit in found.edits
        if not any(open_.number == edit.slide and is_about(open_.conflict, edit) for open_ in conflicts)
    ]


def is_about(conflict: Conflict, edit: Edit) -> bool:
    """Return whether an edit is the hand's version in a conflict."""
    if not conflict.what.startswith(edit.what):
        return False
    if conflict.other:
        return any(likeness(words(text), words(conflict.book)) >= SAME for text in edit.read)
    whole = edit.series or (edit.row and conflict.what == edit.what)
    return bool(whole) or edit.read[0] in (conflict.book, *conflict.book.split("\n"))


def ledger_of(request: Request) -> Ledger:
    """Return the record of the decks that were built last."""
    return Ledger(request.work / "doctrees" / "decks.json", request.output / "slides")


def lecture_name(request: Request, path: Path, mine: DeckFile) -> str:
    """Return the lecture that a deck belongs to: by the build that it comes from, else by the name of its file.

    Raises:
        AuthorError: neither tells.
    """
    ledger = ledger_of(request)
    names = [Path(name).stem for name in ledger.remembered()]
    if not names:
        raise AuthorError(f"no deck was built in {request.output}; build first, then pull.")
    mark = build_of(mine.package)
    for name in names:
        base = ledger.base(f"{name}.pptx")
        if mark and base.is_file() and build_of(DeckFile(base.read_bytes()).package) == mark:
            return name
    earlier = ledger.bases.name_of(mark) if mark else ""
    like = [earlier] if earlier in names else [name for name in names if path.stem.startswith(name)]
    if like:
        return max(like, key=len)
    raise AuthorError(
        f"{path.name} is none of this book's decks by its name; say which with --deck: {', '.join(names)}."
    )


def base_of(request: Request, path: Path, lecture: str, mine: DeckFile, revision: str) -> bytes:
    """Return the deck as built: by the last build, an earlier one that is recorded, or a revision.

    Raises:
        AuthorError: it is not known.
    """
    if revision:
        request = replace(request, output=built(request, revision))
    ledger = ledger_of(request)
    try:
        content = ledger.base(f"{lecture}.pptx").read_bytes()
    except OSError:
        known = ", ".join(Path(name).stem for name in ledger.remembered())
        raise AuthorError(
            f"there is no deck '{lecture}' among those that were built last: {known or 'none; build first, then pull'}."
        ) from None
    own = derived_from(ledger.bases, lecture, mine.package).build
    if not own or own == build_of(DeckFile(content).package):
        return content
    earlier = ledger.bases.find(lecture, Origin(own))
    if earlier is not None:
        return earlier
    other = f"{revision} gives another deck" if revision else "its build is not remembered any more"
    raise AuthorError(
        f"{path} was made from other sources than those at hand ({other}), so its edits cannot be told from the "
        "changes of the sources; name the revision that it was built from: --from REV."
    )

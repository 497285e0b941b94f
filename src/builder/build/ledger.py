"""The record of the decks that were written: whether one is still right, and whether somebody changed it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Set
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from sphinx.config import Config

from builder.build.places import move_to_dated
from builder.build.request import Request
from builder.deck.model import DeckStyle
from builder.errors import AuthorError, Source, warn
from builder.merge.bases import MEGABYTE, Bases, Limits
from builder.merge.origins import origin_of
from builder.pptx.package.package import Package
from builder.source.document_cache import Recorded
from builder.store.files import PART, refused, write_durably
from builder.store.stamps import Version, digest, version


@dataclass(frozen=True, slots=True)
class DeckRecord:
    """The record of a deck that was built.

    ``sha256`` is that of the file before any merging, ``made_of`` a digest of what it was made of, and ``quick`` one of
    what that is made of in turn, which costs little to make. ``slides``, ``actions`` and ``warnings`` are those of its
    build.
    """

    sha256: str
    made_of: str = ""
    quick: str = ""
    slides: int = 0
    actions: tuple[str, ...] = ()
    warnings: Recorded = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The decks in ``folder``, recorded in a file outside of it; ``damaged`` are outputs that are gone, or not as they
    were published, and ``left`` has the digests of decks as they were left when a process that stays up noted them,
    each with the version of the file of `bases`, into which other processes note such, too.
    """

    path: Path
    folder: Path
    damaged: frozenset[Path] = frozenset()
    left: dict[str, tuple[str, Version | None]] = field(default_factory=dict)

    def remembered(self) -> dict[str, DeckRecord]:
        """Name of a deck's file → its record as last built."""
        return dict(records_in(self.path, version(self.path)))

    def remember(self, decks: dict[str, DeckRecord]) -> None:
        """Note what was built."""
        self.write(self.remembered() | decks)

    def doubt(self, names: Set[str]) -> None:
        """Note that decks are about to be put in their places: a build that is killed then leaves none that the next
        one takes for right.
        """
        remembered = self.remembered()
        doubted = {name: replace(found, made_of="", quick="") for name, found in remembered.items() if name in names}
        if doubted:
            self.write(remembered | doubted)

    def write(self, decks: dict[str, DeckRecord]) -> None:
        """Note these decks and no others."""
        content = {name: asdict(record) for name, record in decks.items()}
        write_durably({self.path: json.dumps(content, indent=1, sort_keys=True).encode()})

    def base(self, name: str) -> Path:
        """The copy of a deck as it was last built: hand edits are the differences from it."""
        return self.path.parent / "decks" / name

    @property
    def waiting(self) -> Path:
        """Return the folder of files that are made and not yet in their places."""
        return self.path.parent / "decks" / WAITING

    def made(self, name: str, content: bytes) -> Path:
        """Write a file that is to be put in its place; returns where it waits.

        Raises:
            AuthorError: the folder cannot be written.
        """
        path = self.waiting / name
        with refused(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return path

    def forget_made(self) -> None:
        """Remove what `made` wrote and nobody put in its place."""
        shutil.rmtree(self.waiting, ignore_errors=True)

    @property
    def bases(self) -> Bases:
        """The decks that earlier builds published."""
        return Bases(self.path.parent / "decks" / EARLIER)

    def is_of_another_build(self, name: str) -> bool:
        """True if the deck on disk was not made from the one that was published last: it is to be merged, though no
        source changed.
        """
        target = self.folder / f"{name}.pptx"
        try:
            published = None if self.is_as_built(target) else self.bases.last_origin(name)
            origin = origin_of(Package(target.read_bytes())) if published is not None else None
        except (OSError, AuthorError):
            return False  # reported when it is merged
        return origin is not None and bool(origin.build) and origin != published

    def note_left(self, name: str, limits: Limits) -> None:
        """Remember the edits of a deck that is not merged now, since nothing changed."""
        target = self.folder / f"{name}.pptx"
        try:
            found = digest(target)
            if self.left.get(name) == (found, version(self.bases.path)):
                return
            self.set_replaced_aside(name)
            self.bases.record_left(name, target.read_bytes(), limits)
            self.left[name] = found, version(self.bases.path)
        except (OSError, AuthorError):
            return  # what cannot be read is moved aside when it is merged

    def set_replaced_aside(self, name: str) -> None:
        """Put the edits that the last build met beside a deck in which none of them is any more, with a warning."""
        from builder.merge.returned import replaced_by  # the merge, which a build with nothing to do need not load

        target = self.folder / f"{name}.pptx"
        try:
            before = replaced_by(self.bases, name, target.read_bytes())
        except (OSError, AuthorError):
            return
        if before is not None:
            part = target.with_name(f".{target.name}{PART}")
            write_durably({part: before})
            aside = move_to_dated(part, target, "-edited")
            warn(
                f"the edits by hand that {target.name} had when it was built last are not in it any more; if another "
                f"copy was put over them, they are in {aside.name} beside it.",
                Source(str(target)),
                "hand_edit",
            )

    def is_current(self, name: str, key: str, style: DeckStyle) -> bool:
        """True if the deck on disk was made of the same things; edits by hand stay as they are then."""
        record = self.remembered().get(f"{name}.pptx")
        return record is not None and record.made_of == key and self.is_there(name, style)

    def is_there(self, name: str, style: DeckStyle) -> bool:
        """True if a deck is on disk, with its PDFs, none of them is damaged, and the deck is no older one."""
        files = [self.folder / f"{name}{ending}" for ending in (".pptx", *endings(style))]
        return all(file.is_file() and file not in self.damaged for file in files) and not self.is_of_another_build(name)

    def current_record(self, name: str, quick: str, style: DeckStyle) -> DeckRecord | None:
        """The record of a deck that is on disk and was made of the same; None for others."""
        record = self.remembered().get(f"{name}.pptx")
        return record if record is not None and record.quick == quick and self.is_there(name, style) else None

    def is_edited(self, name: str) -> bool:
        """True if a deck is there and is not as it was built."""
        target = self.folder / f"{name}.pptx"
        return target.is_file() and not self.is_as_built(target)

    def is_as_built(self, target: Path) -> bool:
        """True if the file of a deck is as it was built last.

        Raises:
            OSError: it cannot be read.
        """
        return self.is_built(target.name, digest(target))

    def is_built(self, name: str, sha256: str) -> bool:
        """True if that is the digest of a deck, by the name of its file, as it was built last."""
        record = self.remembered().get(name)
        return record is not None and sha256 == record.sha256


@lru_cache(maxsize=2)
def records_in(path: Path, _version: Version | None) -> Mapping[str, DeckRecord]:
    """The records in the file of a ledger; none where it is damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: deck_record(record)
            for name, record in content.items()
            if Path(name).name == name  # nothing outside of the folder is ours
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def deck_record(value: Any) -> DeckRecord:
    """`DeckRecord` from JSON; an earlier version wrote the digest of the file alone."""
    if isinstance(value, str):
        return DeckRecord(value)
    lists = {name: tuple(map(as_tuple, value.get(name, ()))) for name in ("actions", "warnings")}
    return DeckRecord(**value | lists)


def as_tuple(value: Any) -> Any:
    """A list of JSON as a tuple."""
    return tuple(value) if isinstance(value, list) else value


EARLIER, WAITING = "earlier.sqlite", "waiting"
"""The file of `Ledger.bases`, in the folder of the bases."""


def endings(style: DeckStyle) -> list[str]:
    """Return what the names of a deck's PDFs end in."""
    handout = ["-handout.pdf"] if style.handout else []
    others = {"-notes.pdf": style.notes_pages, "-steps.pdf": style.steps}
    return [".pdf", *handout, *(ending for ending, wanted in others.items() if wanted)]


def ledger_of(
    request: Request, damaged: frozenset[Path] = frozenset(), left: dict[str, tuple[str, Version | None]] | None = None
) -> Ledger:
    """The ledger of a project's decks; see `Ledger` for ``damaged`` and ``left``."""
    path, folder = request.work / "doctrees" / "decks.json", request.output / "slides"
    return Ledger(path, folder, damaged, {} if left is None else left)


def limits_of(config: Config) -> Limits:
    """Return how many published decks are remembered, so that older copies of them can be merged."""
    return Limits(config.builder_earlier_decks, config.builder_earlier_decks_size * MEGABYTE)

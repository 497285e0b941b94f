"""Decks into their places: what a hand did to the one that lies there is merged, whenever it was saved."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from builder.build.deck_files import content_of, real_path, warn_if_open, warn_of_conflicts, what_lies
from builder.build.deck_merging import NotMergedError, merged_into
from builder.build.ledger import DeckRecord, Ledger, endings
from builder.build.places import REPLACED, Placing, move_to_dated
from builder.deck.model import DeckStyle
from builder.errors import Source, warn
from builder.merge.bases import Limits
from builder.merge.decks import Merged
from builder.merge.origins import Origin
from builder.store.exchange import take_place
from builder.store.files import move_over, part_of, refused, sync, sync_folders
from builder.store.published import sha256_of

ROUNDS = 4
"""How often a deck is merged that is saved again meanwhile; then what was saved last goes aside."""


@dataclass(frozen=True, slots=True)
class MadeDeck:
    """A deck before it is put in its place: its files wait among the intermediate ones, since all decks together may
    not go into memory. ``papers`` are its PDFs by the ending of their names.

    ``pptx`` is None and ``papers`` is empty where those in their places are still right.
    """

    name: str
    pptx: Path | None
    papers: dict[str, Path]
    seconds: float
    record: DeckRecord
    """The entry of the ledger that it will have."""
    key: str = ""
    """The key of what it is made from that needs no fit; it changes whenever the deck does."""
    shown: Mapping[str, Any] | None = None
    """What a browser shows beside its slides, see `deck_report`; None where it was not fitted."""


@dataclass(frozen=True, slots=True)
class WrittenDeck:
    """What the report says of a deck."""

    name: str
    path: Path
    slides: int
    seconds: float
    actions: tuple[str, ...]
    conflicts: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()


@dataclass
class Publication:
    """Whether a deck is in its place."""

    is_done: bool = False


@dataclass
class DeckPlacing:
    """Puts decks in their places; ``fresh`` leaves no edits by hand in them, and moves those decks aside."""

    ledger: Ledger
    placing: Placing
    limits: Limits
    fresh: bool = False
    merged: dict[str, Merged] = field(default_factory=dict)
    """Name of a deck → what was put in its place, without its content."""
    digests: dict[str, str] = field(default_factory=dict)
    """Name of a deck → SHA-256 of what was put in its place."""
    last: dict[str, Origin | None] = field(default_factory=dict)
    """Name of a deck → which one was published before."""
    held: set[str] = field(default_factory=set)
    """Names of decks that another program holds open."""
    taken_out: dict[Path, Path] = field(default_factory=dict)
    """Where a deck is that was taken out → its place."""
    recorded: set[str] = field(default_factory=set)
    """Names of decks that are remembered as they were built, and not in their places yet."""

    def put_all(self, made: Sequence[MadeDeck]) -> None:
        """Put decks in their places, see `put`; those that no hand changed are remembered and noted together before.

        Raises:
            AuthorError: the folder cannot be written.
        """
        for deck in made:
            if deck.pptx is None:
                self.ledger.note_left(deck.name, self.limits)
        files = {deck.name: deck.pptx for deck in made if deck.pptx is not None}
        for name in files:
            self._look_at(name)
        try:
            self._record_untouched(files)
            for name, file in files.items():
                self.put(name, file)
        finally:
            for name in list(self.recorded):
                self._take_back(name)

    def _look_at(self, name: str) -> None:
        """Say what is amiss with what lies in the place of a deck, and note which one was published before."""
        self.ledger.left.pop(name, None)
        warn_if_open(self.path(name))
        self.ledger.set_replaced_aside(name)
        self.last[name] = self.ledger.bases.last_origin(name)

    def _record_untouched(self, files: Mapping[str, Path]) -> None:
        """Remember the decks in whose places nothing lies that a hand changed, and note that they will be there."""
        lying = {}
        for name in files:
            with suppress(OSError):  # another program holds it open
                left = sha256_of(self.path(name)) if os.path.lexists(self.path(name)) else ""
                if not left or self.ledger.is_built(f"{name}.pptx", left):
                    lying[name] = left
        untouched = {name: files[name] for name in lying}
        if not untouched or not self.ledger.bases.record_as_built(untouched, self.limits):
            return
        self.recorded = set(untouched)
        for name, left in lying.items():
            if left:
                self.placing.published.note_merged(self.path(name), left)
        self.placing.published.intend({self.path(name): sha256_of(file) for name, file in untouched.items()})

    def put(self, name: str, file: Path) -> None:
        """Put a deck in its place, merged with what lies there, or beside it while another program holds that open.

        Raises:
            AuthorError: the folder cannot be written.
        """
        path = self.path(name)
        with refused(path):
            content = file.read_bytes()
            try:
                merged = self._put(name, path, content)
            except PermissionError:
                self._stand_beside(path, content)
                self.held.add(name)
            else:
                self.merged[name] = replace(merged, content=b"")
                self.digests[name] = sha256(merged.content).hexdigest()

    def path(self, name: str) -> Path:
        """The file of a deck."""
        return self.ledger.folder / f"{name}.pptx"

    def finish(self, made: list[MadeDeck]) -> list[WrittenDeck]:
        """Merge what was saved since decks were put in their places, say what could not be merged, and remember all.

        Raises:
            AuthorError: the folder cannot be written.
        """
        files = {deck.name: deck.pptx for deck in made if deck.pptx is not None}
        sync_folders({real_path(self.path(name)): file for name, file in files.items()})
        self._look_again(files)
        before = self.ledger.remembered()
        now = {f"{deck.name}.pptx": self._remembered(deck, before) for deck in made}
        self._keep_as_built(files)
        self.ledger.remember(now)
        found = []
        for deck in made:
            target = self.ledger.folder / f"{deck.name}.pptx"
            merged = self.merged.get(deck.name, Merged(b""))
            warn_of_conflicts(target, merged)
            found.append(
                WrittenDeck(
                    deck.name,
                    target,
                    deck.record.slides,
                    deck.seconds,
                    deck.record.actions,
                    tuple(map(str, merged.conflicts)),
                    merged.deleted,
                )
            )
        return found

    def _keep_as_built(self, files: Mapping[str, Path]) -> None:
        """Move the files of decks that are in their places to where they are the bases of edits by hand."""
        bases = {name: self.ledger.base(f"{name}.pptx") for name in files if name in self.merged}
        for name, base in bases.items():
            with refused(base):
                base.parent.mkdir(parents=True, exist_ok=True)
                sync(files[name])
                move_over(files[name], base)
        sync_folders(dict.fromkeys(bases.values()))

    def _remembered(self, deck: MadeDeck, before: dict[str, DeckRecord]) -> DeckRecord:
        """Return what is remembered of a deck that was put in its place, or stayed as it was; of one that is held open,
        that it is to be made again.
        """
        last = before.get(f"{deck.name}.pptx", DeckRecord(""))
        if deck.name in self.held:
            return replace(last, made_of="", quick="")
        return replace(deck.record, sha256=sha256_of(deck.pptx) if deck.pptx is not None else last.sha256)

    def sweep(self, styles: dict[str, DeckStyle]) -> None:
        """Remove what was made for decks and papers that are no longer wanted; a deck that was changed by hand
        stays.
        """
        ledger, remembered = self.ledger, self.ledger.remembered()
        published = self.placing.published
        decks = {path for path in map(published.file, published.names("slides")) if path.suffix == ".pptx"}
        papers = {ledger.folder / f"{name}{ending}" for name, style in styles.items() for ending in endings(style)}
        self.placing.remove_all_but("slides", decks | papers)
        for file_name, kept in list(remembered.items()):
            target = ledger.folder / file_name
            style = styles.get(target.stem)
            if style is None and target.is_file() and not ledger.is_edited(target.stem):
                published.confirm(target, kept.sha256)
                if self.placing.remove(target):
                    ledger.base(file_name).unlink(missing_ok=True)
                    ledger.bases.keep_only({Path(name).stem for name in remembered if name != file_name})
            if style is None and not target.exists():
                del remembered[file_name]
                ledger.write(remembered)

    # --- merging

    def _put(self, name: str, path: Path, content: bytes) -> Merged:
        """Merge and put in place until nothing was saved in between.

        Raises:
            PermissionError: another program holds the deck open.
        """
        why = "it was saved again and again while it was merged"
        for _ in range(ROUNDS):
            left = what_lies(path)
            if (
                name in self.recorded
                and left is not None
                and not self.ledger.is_built(path.name, sha256(left).hexdigest())
            ):
                self._take_back(name)  # it was saved since: that derives from the deck that is still published
            try:
                merged, left_out = merged_into(content, left, path, self.ledger, fresh=self.fresh)
            except NotMergedError as error:
                why = str(error)
                break
            with self._recorded(name, content, merged.content) as publication:
                if self._take_place(path, left, merged.content, left_out):
                    publication.is_done = True
                    return merged
        with self._recorded(name, content, content) as publication:
            old = self._exchange(path, content, None)
            publication.is_done = True
        self._confirm(path, content)
        if old is not None:
            self._move_aside(old, path, why)
        return Merged(content)

    @contextmanager
    def _recorded(self, name: str, built: bytes, put: bytes) -> Iterator[Publication]:
        """Remember a deck before it is published, so that who meets it later finds its base; unless that is done in the
        block, take it back.
        """
        publication = Publication()
        if name not in self.recorded or put != built:
            self.ledger.bases.record(name, built, put, self.limits)
        self.recorded.discard(name)
        try:
            yield publication
        finally:
            if not publication.is_done:
                self._take_back(name)

    def _take_back(self, name: str) -> None:
        """Note that a deck that is remembered was not published, or is to be put again."""
        self.recorded.discard(name)
        self.ledger.bases.take_back(name, self.last[name])

    # --- files

    def _take_place(self, path: Path, left: bytes | None, new: bytes, left_out: tuple[str, ...]) -> bool:
        """Put ``new`` in the place of ``left``, which goes aside if something of it was left out.

        False, and nothing is changed, where something else lies there by now.
        """
        if left == new:
            self._confirm(path, new)
            return True
        old = self._exchange(path, new, left)
        if old is not None:
            came = content_of(old)
            if came != left:
                self._put_back(old, path, {sha256(new).digest(), sha256(left or b"").digest()})
                return False
            if left_out:
                self._move_aside(old, path, f"they were merged without {', '.join(left_out)}")
            else:
                self._watch(old, path)
        self._confirm(path, new)
        return True

    def _confirm(self, path: Path, content: bytes) -> None:
        """Note that a deck is in its place, and remove what stood beside it while it could not be."""
        self.placing.published.confirm_if_there(path, sha256(content).hexdigest())
        self.placing.end_of_waiting(path)

    def _exchange(self, path: Path, new: bytes, merged: bytes | None) -> Path | None:
        """Put ``new`` in its place, whatever lies there; returns where that is now. ``merged`` is what is in ``new``
        already.
        """
        published, place = self.placing.published, real_path(path)
        with part_of(place, new) as part:
            sync(part)
            if merged is not None:
                published.note_merged(path, sha256(merged).hexdigest())
            published.intend({path: sha256(new).hexdigest()})
            return take_place(part, place)

    def _put_back(self, saved: Path, path: Path, superseded: set[bytes]) -> None:
        """Bring a deck that was saved meanwhile back into its place; where that was saved yet again, the newest."""
        while True:
            newest = sha256(content_of(saved)).digest()
            came = take_place(saved, real_path(path))
            if came is None:
                return
            if sha256(content_of(came)).digest() in superseded:
                came.unlink()
                return
            superseded, saved = superseded | {newest}, came

    def _move_aside(self, old: Path, path: Path, why: str) -> None:
        """Give a deck that was changed by hand a dated name beside its place, and say so."""
        kept = move_to_dated(old, real_path(path), "-edited")
        warn(
            f"{path.name} has edits by hand: {why}; your version is kept as {kept.name} beside the new one.",
            Source(str(path)),
            "hand_edit",
        )

    def _stand_beside(self, path: Path, content: bytes) -> None:
        """Put a new deck beside one that another program holds open, with the edits that were saved in that so far."""
        with suppress(NotMergedError, PermissionError):  # the next build tries again
            content = merged_into(content, what_lies(path), path, self.ledger, fresh=self.fresh)[0].content
        with part_of(path, content) as part:
            sync(part)
            self.placing.stand_beside(part, path, sha256(content).hexdigest())

    # --- what is saved afterwards

    def _watch(self, old: Path, path: Path) -> None:
        """Keep a deck that was taken out until the next build: a program that has it open may be writing into it."""
        kept = self.placing.published.path.parent / REPLACED / f"{path.name}.{sha256_of(old)}"
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            os.replace(old, kept)
        except OSError:  # the decks are on another disk
            old.unlink()
        else:
            self.taken_out[kept] = path

    def _look_again(self, made: Mapping[str, Path]) -> None:
        """Merge what was saved in the place of a deck since it was put there, and move aside what was written into one
        that was taken out.

        A program that saves what it has had open since before is merged as if it had done so before.
        """
        for _ in range(ROUNDS):
            saved = [name for name in self.merged if self.is_saved_since(name)]
            for name in saved:
                self._take_back(name)
                self._look_at(name)
                self.put(name, made[name])
            if not saved:
                break
        for old, path in self.taken_out.items():
            if old.is_file() and not old.name.endswith(sha256_of(old)):
                self._move_aside(old, path, "they were saved while it was replaced")

    def is_saved_since(self, name: str) -> bool:
        """True if a program that has had a deck open since before it was put in its place has saved it there."""
        left = what_lies(self.path(name))
        is_other = left is not None and sha256(left).hexdigest() != self.digests[name]
        return is_other and self.ledger.is_of_another_build(name)

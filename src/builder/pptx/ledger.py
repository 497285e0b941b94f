"""What is remembered of the decks that were written: whether one is still right, and whether somebody changed it."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from builder.deck.model import DeckStyle
from builder.errors import Source, warn
from builder.files import write_whole


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered of a deck that was written: the digest of the file, and of what it was made of."""

    sha256: str
    made_of: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The decks of a folder, as a file outside of it tells."""

    path: Path
    folder: Path

    def remembered(self) -> dict[str, Kept]:
        """Name of a deck's file → what is remembered of it as last built."""
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            return {
                name: Kept(kept) if isinstance(kept, str) else Kept(**kept)
                for name, kept in content.items()
                if Path(name).name == name  # nothing outside of the folder is ours
            }
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def remember(self, decks: dict[str, Kept]) -> None:
        """Note what was built."""
        self.write(self.remembered() | decks)

    def write(self, decks: dict[str, Kept]) -> None:
        """Note these decks and no others."""
        content = {name: asdict(kept) for name, kept in decks.items()}
        write_whole(self.path, json.dumps(content, indent=1, sort_keys=True).encode())

    def keep_hand_edits(self, target: Path) -> None:
        """Move a deck that is not as it was last built aside, under a dated name, and say so."""
        if not target.exists():
            return
        known = self.remembered().get(target.name)
        if known is not None and is_as_built(target, known):
            return
        stamp = time.strftime("%Y-%m-%d-%H%M%S", time.localtime(target.stat().st_mtime))
        kept = target.with_name(f"{target.stem}-edited-{stamp}{target.suffix}")
        count = 2
        while kept.exists():
            kept = target.with_name(f"{target.stem}-edited-{stamp}-{count}{target.suffix}")
            count += 1
        target.rename(kept)
        warn(
            f"{target.name} was changed by hand since it was built; your version is kept as {kept.name} beside the new one.",
            Source(str(target)),
            "hand_edit",
        )

    def sweep(self, styles: dict[str, DeckStyle]) -> None:
        """Remove what was made for decks and papers that are no longer wanted; a deck that was changed by hand stays."""
        remembered = self.remembered()
        for file_name, kept in list(remembered.items()):
            target = self.folder / file_name
            style = styles.get(target.stem)
            if style is None and is_as_built(target, kept):
                target.unlink(missing_ok=True)
            for ending in ALL_ENDINGS if style is None else set(ALL_ENDINGS) - set(endings(style)):
                target.with_name(f"{target.stem}{ending}").unlink(missing_ok=True)
            if style is None and not target.exists():
                del remembered[file_name]
                self.write(remembered)

    def is_kept(self, name: str, key: str, style: DeckStyle) -> bool:
        """True if the deck on disk is the one that was made last, of the same things."""
        target = self.folder / f"{name}.pptx"
        kept = self.remembered().get(target.name)
        files = [target, *(target.with_name(f"{name}{ending}") for ending in endings(style))]
        if kept is None or kept.made_of != key or not all(file.is_file() for file in files):
            return False
        return is_as_built(target, kept)


ALL_ENDINGS = (".pdf", "-handout.pdf", "-notes.pdf")


def is_as_built(target: Path, kept: Kept) -> bool:
    """True if the file of a deck is there and is the one that was built."""
    return target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == kept.sha256


def endings(style: DeckStyle) -> list[str]:
    """What the names of a deck's PDFs end in."""
    handout = ["-handout.pdf"] if style.handout else []
    return [".pdf", *handout, *(["-notes.pdf"] if style.notes_pages else [])]

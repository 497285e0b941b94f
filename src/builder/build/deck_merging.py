"""A new deck → that deck with what a hand did to the one that lies in its place."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from builder.build.ledger import Ledger
from builder.errors import AuthorError, Source, warn
from builder.merge.decks import Merged
from builder.merge.origins import Origin
from builder.merge.returned import Base, merge_returned
from builder.pptx.package.active import disarmed


class NotMergedError(Exception):
    """A deck that was changed by hand cannot be merged; says why."""


def merged_into(
    content: bytes, left: bytes | None, path: Path, ledger: Ledger, *, fresh: bool
) -> tuple[Merged, tuple[str, ...]]:
    """A new deck with the edits that were made by hand to the one that was ``left`` in its place, and what of that was
    left out since it runs; ``fresh`` asks for one without edits.

    Raises:
        NotMergedError: they cannot be merged.
    """
    if left is None or left == content or ledger.is_built(path.name, sha256(left).hexdigest()):
        return Merged(content), ()
    if fresh:
        raise NotMergedError("a fresh deck was asked for")
    base = base_of(path, ledger)
    try:
        mine, left_out = disarmed(left)
        found = merge_returned(ledger.bases, path.stem, base, mine, content)
    except AuthorError as error:
        raise NotMergedError(f"it cannot be read: {error.message.rstrip('.')}") from None
    except Exception as error:  # whatever happens, the edits are there
        raise NotMergedError(f"they could not be merged ({type(error).__name__}: {error})") from None
    if found.base is Base.UNKNOWN:
        warn(
            f"{path.name} comes from a build that is not remembered any more, so what was changed by hand cannot "
            "be told from what the book changed since: each difference is a conflict.",
            Source(str(path)),
            "hand_edit",
        )
    return found.merged, left_out


def base_of(path: Path, ledger: Ledger) -> bytes:
    """The deck as built that was published last.

    Raises:
        NotMergedError: it is not known.
    """
    last = ledger.bases.last_origin(path.stem)
    built = ledger.bases.find(path.stem, Origin(last.build)) if last is not None else None
    try:
        return built or ledger.base(path.name).read_bytes()
    except OSError:
        raise NotMergedError("it is not known how it was built, so they cannot be merged") from None

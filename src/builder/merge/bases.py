"""Decks that earlier builds published, so that a deck that comes back late is merged from the one that it derives
from.

A SQLite file holds each part of a deck once, by its digest, since the decks of two builds have most slides, layouts and
pictures in common. A deck is recorded before it is published: who meets it later finds its base, though the build was
killed in between.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from builder.errors import Source, warn
from builder.merge.origins import Origin, origin_of, paragraph_fingerprints
from builder.pptx.package.package import LEVEL, Package
from builder.pptx.package.parts import open_parts
from builder.pptx.package.serialize import uncompressed

T = TypeVar("T")
SCHEMA = """
CREATE TABLE IF NOT EXISTS part (id INTEGER PRIMARY KEY, digest BLOB UNIQUE NOT NULL, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS deck (
    number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, build TEXT NOT NULL, copy TEXT NOT NULL,
    file BLOB NOT NULL, prints BLOB NOT NULL, UNIQUE (name, build, copy)
);
CREATE TABLE IF NOT EXISTS holds (
    deck INTEGER NOT NULL, place INTEGER NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL, PRIMARY KEY (deck, place)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS held ON holds (part);
CREATE TABLE IF NOT EXISTS last (name TEXT PRIMARY KEY, build TEXT NOT NULL, copy TEXT NOT NULL);
"""
TABLES = set(re.findall(r"CREATE TABLE IF NOT EXISTS (\w+)", SCHEMA))
LEFT = "left"
"""In the place of a copy's mark: the deck that the last build found in its place and did not merge."""
PRINT = 4
"""Bytes of a paragraph's print."""
ZLIB_HEADER = b"\x78\x9c"
MET: dict[bytes, bytes] = {}
"""Digest of a deflated part → digest of the part, of those that this process has met: most are in each deck."""
MEGABYTE = 1_000_000
PATIENCE = 60.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many published decks of a name are remembered, and how many bytes all of them may take."""

    decks: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Bases:
    """The published decks that a file remembers; one that is damaged is begun anew, with a warning."""

    path: Path

    def record(self, name: str, built: bytes, published: bytes, limits: Limits) -> None:
        """Record a deck as built, and as it is published, with edits by hand or without.

        The oldest decks go where there are more than the limits allow."""
        origins = {content: origin_of(Package(content)) for content in {built, published}}

        def write(store: sqlite3.Connection) -> None:
            forgotten = forget(store, "name = ? AND copy = ?", (name, LEFT))
            file = file_of(store, name, origins[published])
            stays = published != built and file is not None and file != sha256(published).digest()
            if not stays or file_of(store, name, origins[built]) is None:
                forgotten += add(store, name, built, origins[built])
            if stays:  # nothing was merged into it, and what it was made from stays what it is
                forgotten += add(store, name, published, Origin(origins[published].build, LEFT))
            elif published != built:
                forgotten += add(store, name, published, origins[published])
            note_last(store, name, origins[published])
            thin(store, limits, forgotten)

        self._write(name, write)

    def record_as_built(self, files: Mapping[str, Path], limits: Limits) -> bool:
        """Record decks that are to be published as built, by name, together, since each transaction waits for the disk;
        False where that takes no more, and then none is.
        """

        def write(store: sqlite3.Connection) -> None:
            forgotten = 0
            for name, file in files.items():
                content = file.read_bytes()
                origin = origin_of(Package(content))
                forgotten += forget(store, "name = ? AND copy = ?", (name, LEFT)) + add(store, name, content, origin)
                note_last(store, name, origin)
            thin(store, limits, forgotten)

        try:
            self._do(write)
        except sqlite3.Error:
            return False
        return True

    def take_back(self, name: str, last: Origin | None) -> None:
        """Record that the deck of the last `record` was not published, and that ``last`` is the last one that was."""
        self._read(lambda store: note_last(store, name, last), None)

    def record_left(self, name: str, content: bytes, limits: Limits) -> None:
        """Record a deck as it lies in its place, so that its edits survive another copy put over it."""
        published = self.last_origin(name)
        if published is None:
            return
        origin, file = Origin(published.build, LEFT), sha256(content).digest()
        as_published = self._read(lambda store: file_of(store, name, published), None)
        as_left = self._read(lambda store: file_of(store, name, origin), None)
        if file == as_left or (file == as_published and as_left is None):
            return

        def write(store: sqlite3.Connection) -> None:
            forgotten = forget(store, "name = ? AND copy = ?", (name, LEFT))
            if file != as_published:
                forgotten += add(store, name, content, origin)
            thin(store, limits, forgotten)

        self._write(name, write)

    def _write(self, name: str, action: Callable[[sqlite3.Connection], None]) -> None:
        """Write into the record; warns where the disk takes no more."""
        try:
            self._do(action)
        except sqlite3.Error as error:
            warn(
                f"this version of {name}.pptx cannot be remembered ({error}); once there is another, edits in copies "
                "of it cannot be merged.",
                Source(str(self.path)),
                "hand_edit",
            )

    def find(self, name: str, origin: Origin) -> bytes | None:
        """Return the file of a deck; None where it is not recorded."""

        def read(store: sqlite3.Connection) -> bytes | None:
            row = store.execute(f"SELECT number {OF}", (name, origin.build, origin.copy)).fetchone()
            return packed(store, row[0]) if row else None

        return self._read(read, None)

    def last_origin(self, name: str) -> Origin | None:
        """Return which deck of a name was published last; None for none."""

        def read(store: sqlite3.Connection) -> Origin | None:
            row = store.execute("SELECT build, copy FROM last WHERE name = ?", (name,)).fetchone()
            return Origin(*row) if row else None

        return self._read(read, None)

    def name_of(self, build: str) -> str:
        """Return the name of the deck that a build's mark stands in; '' for a mark that is not recorded."""

        def read(store: sqlite3.Connection) -> str:
            row = store.execute("SELECT name FROM deck WHERE build = ? ORDER BY number DESC", (build,)).fetchone()
            return str(row[0]) if row else ""

        return self._read(read, "")

    def likeliest(self, name: str, deck: Package) -> Origin | None:
        """Return the deck that has most paragraphs in common with one that lost its mark, the newest of equal ones.

        None where none is recorded."""
        own = Counter(paragraph_fingerprints(deck.parts))

        def read(store: sqlite3.Connection) -> Origin | None:
            scored = [
                (2 * (own & prints_in(prints)).total() - prints_in(prints).total(), number, Origin(build, copy))
                for number, build, copy, prints in store.execute(PRINTS, (name,))
            ]
            return max(scored, key=lambda item: item[:2])[2] if scored else None

        return self._read(read, None)

    def keep_only(self, names: set[str]) -> None:
        """Forget the decks of all other names."""

        def write(store: sqlite3.Connection) -> None:
            for (name,) in store.execute("SELECT DISTINCT name FROM deck").fetchall():
                if name not in names:
                    forget(store, "name = ?", (name,))
                    note_last(store, name, None)
            sweep(store)

        self._read(write, None)

    def _read(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Return what an action gives; ``otherwise`` where nothing was recorded yet."""
        return self._do(action) if self.path.exists() else otherwise

    def _do(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """Return what an action gives in one transaction; a damaged file is begun anew before."""
        try:
            with opened(self.path) as store:
                return action(store)
        except sqlite3.OperationalError:
            raise
        except (sqlite3.DatabaseError, zlib.error):
            warn(
                "the record of earlier decks is damaged and begun anew; a deck that is older than the last build "
                "cannot be merged from its own base.",
                Source(str(self.path)),
                "hand_edit",
            )
            self.path.unlink(missing_ok=True)
            with opened(self.path) as store:
                return action(store)


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield the record in a file, for one transaction; it gets the tables that it lacks, all where it is new, some
    where an earlier version wrote it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    store = sqlite3.connect(path, timeout=PATIENCE)
    try:
        if not {name for (name,) in store.execute("SELECT name FROM sqlite_master")} >= TABLES:
            store.executescript(f"BEGIN IMMEDIATE; {SCHEMA} COMMIT;")
        with store:
            yield store
    finally:
        store.close()


def prints_in(packed_prints: bytes) -> Counter[bytes]:
    """Return the fingerprints of a deck's paragraphs, with their counts."""
    raw = zlib.decompress(packed_prints)
    return Counter(raw[at : at + PRINT] for at in range(0, len(raw), PRINT))


OF = "FROM deck WHERE name = ? AND build = ? AND copy = ?"
PRINTS = f"SELECT number, build, copy, prints FROM deck WHERE name = ? AND copy != '{LEFT}'"


def file_of(store: sqlite3.Connection, name: str, origin: Origin) -> bytes | None:
    """Return the digest of a deck's file; None for one that is not recorded."""
    row = store.execute(f"SELECT file {OF}", (name, origin.build, origin.copy)).fetchone()
    return bytes(row[0]) if row else None


def add(store: sqlite3.Connection, name: str, content: bytes, origin: Origin) -> int:
    """Write a deck as the newest of its name, whether or not it was recorded before; returns how many it replaced."""
    replaced = forget(store, "name = ? AND build = ? AND copy = ?", (name, origin.build, origin.copy))
    parts = open_parts(content)
    streams = {part: parts.deflated(part) for part in parts}
    prints = zlib.compress(b"".join(paragraph_fingerprints(parts)))
    row = store.execute(
        "INSERT INTO deck (name, build, copy, file, prints) VALUES (?, ?, ?, ?, ?)",
        (name, origin.build, origin.copy, sha256(content).digest(), prints),
    )
    for place, (part, stream) in enumerate(streams.items()):
        number = stream_id(store, stream, parts, part) if stream else part_id(store, parts[part], b"")
        store.execute("INSERT INTO holds VALUES (?, ?, ?, ?)", (row.lastrowid, place, part, number))
    return replaced


def note_last(store: sqlite3.Connection, name: str, origin: Origin | None) -> None:
    """Record which deck of a name was published last."""
    store.execute("DELETE FROM last WHERE name = ?", (name,))
    if origin is not None:
        store.execute("INSERT INTO last VALUES (?, ?, ?)", (name, origin.build, origin.copy))


def stream_id(store: sqlite3.Connection, stream: bytes, parts: Mapping[str, bytes], part: str) -> int:
    """Return the number of a part that its file has as a stream; one that this process has met is not unpacked."""
    met = sha256(stream).digest()
    digest = MET.get(met)
    if digest is not None and (known := known_id(store, digest)):
        return known
    content = parts[part]
    MET[met] = sha256(content).digest()
    return part_id(store, content, stream)


def known_id(store: sqlite3.Connection, digest: bytes) -> int:
    """Return the number of a part that is recorded; 0 for another."""
    known = store.execute("SELECT id FROM part WHERE digest = ?", (digest,)).fetchone()
    return int(known[0]) if known else 0


def part_id(store: sqlite3.Connection, content: bytes, stream: bytes) -> int:
    """Return the number of a part, which is written unless it is recorded: as the ``stream`` of its file, where that
    has one, between the header and the checksum of zlib (RFC 1950), which is what compressing again would give.
    """
    digest = sha256(content).digest()
    if known := known_id(store, digest):
        return known
    whole = ZLIB_HEADER + stream + zlib.adler32(content).to_bytes(4, "big") if stream else zlib.compress(content, LEVEL)
    row = store.execute("INSERT INTO part (digest, content) VALUES (?, ?)", (digest, whole))
    return int(row.lastrowid or 0)


def packed(store: sqlite3.Connection, number: int) -> bytes:
    """Return the file of a deck, which is not compressed, since it is only read."""
    rows = store.execute(
        "SELECT holds.name, part.content FROM holds JOIN part ON part.id = holds.part WHERE deck = ? ORDER BY place",
        (number,),
    )
    return uncompressed((name, zlib.decompress(content)) for name, content in rows)


def thin(store: sqlite3.Connection, limits: Limits, forgotten: int) -> None:
    """Forget the oldest decks beyond the limits, but for the last one of each name and the build that it derives
    from; what the ``forgotten`` ones held goes too.

    All parts are looked through only where there is something to find: each deck of a build is recorded by itself."""
    most = max(limits.decks, 1)
    last = "SELECT max(number) FROM deck GROUP BY name, copy = 'left'"
    builds = f"SELECT name, build FROM deck WHERE number IN ({last})"
    needed = f"number IN ({last}) OR (copy = '' AND (name, build) IN ({builds}))"
    age = "row_number() OVER (PARTITION BY name ORDER BY number DESC) AS age"
    many = f"SELECT number, {age} FROM deck WHERE NOT ({needed})"
    if store.execute("SELECT 1 FROM deck GROUP BY name HAVING count(*) > ? LIMIT 1", (most,)).fetchone():
        forgotten += forget(store, f"number IN (SELECT number FROM ({many}) WHERE age >= ?)", (most,))
    if forgotten:
        sweep(store)
    while size_of(store) > limits.bytes and held_by(store) > limits.bytes:
        oldest = store.execute(f"SELECT min(number) FROM deck WHERE NOT ({needed})").fetchone()[0]
        if oldest is None:
            return
        forget(store, "number = ?", (oldest,))
        sweep(store)


def size_of(store: sqlite3.Connection) -> int:
    """Return the bytes of the record's file, which are more than its parts have."""
    pages, size = (store.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size"))
    return int(pages * size)


def held_by(store: sqlite3.Connection) -> int:
    """Return the bytes of all parts."""
    return int(store.execute("SELECT coalesce(sum(length(content)), 0) FROM part").fetchone()[0])


def forget(store: sqlite3.Connection, where: str, values: tuple[object, ...]) -> int:
    """Take decks out of the list; returns how many there were. `sweep` takes out what only they held."""
    store.execute(f"DELETE FROM holds WHERE deck IN (SELECT number FROM deck WHERE {where})", values)
    return store.execute(f"DELETE FROM deck WHERE {where}", values).rowcount


def sweep(store: sqlite3.Connection) -> None:
    """Take out the parts that no deck holds."""
    store.execute("DELETE FROM part WHERE NOT EXISTS (SELECT 1 FROM holds WHERE holds.part = part.id)")

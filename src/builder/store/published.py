"""What was published: path, digest and version of each output file, so that what others made or changed is known from
it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

from builder.errors import Source, warn
from builder.store.files import is_same, write_durably
from builder.store.stamps import CLOCK, Version, version

MANIFEST = "published.json"
WORK = ".work"
"""Folder of intermediate files in an output folder."""
DOWNLOADS = "downloads"
"""Folder of the web book that holds copies of the PDF and the decks."""
PAPERS = (".pdf", "-handout.pdf", "-notes.pdf", "-steps.pdf")
"""What the names of a deck's PDFs end in."""


class State(Enum):
    """How a file stands to what was published."""

    MISSING = auto()
    OURS = auto()
    """It is as it was published."""
    CHANGED = auto()
    """It was published, and has another content now."""
    FOREIGN = auto()
    """It was never published."""


@dataclass(frozen=True, slots=True)
class Record:
    """A published file: the SHA-256 of its content, its version when that was last seen, and the version of the file it
    was copied from.
    """

    sha256: str
    version: Version | None = None
    copied_from: Version | None = None


class Published:
    """The manifest of an output folder, read from ``path``; names in it are relative to ``root``.

    A file is noted before it is put in its place (`intend`) and again after (`confirm`), so that a build that is killed
    in between leaves nothing that the next one takes for somebody else's.
    """

    def __init__(self, path: Path, root: Path) -> None:
        self.path, self.root = path, root
        self.files: dict[str, Record] = {}
        self.intended: dict[str, str] = {}
        self.waiting: dict[str, str] = {}
        """Name of a file that another program held open → name of the file that will take its place."""
        self.merged: dict[str, str] = {}
        """Name of a deck → digest of what a hand had left there when it was merged last."""
        self.is_saved = True
        self.read_ns = 0
        """When the manifest was saved that was read: a file that changed later, or just before, is digested though its
        version is the same.
        """
        self._read()

    def _read(self) -> None:
        try:
            saved = self.path.stat()
            content = json.loads(self.path.read_text(encoding="utf-8"))
            self.read_ns = saved.st_mtime_ns
            self.files = {name: record_from(value) for name, value in content["files"].items() if is_below(name)}
            self.intended = {str(name): str(sha256) for name, sha256 in content["intended"].items()}
            self.waiting = {str(name): str(new) for name, new in content["waiting"].items()}
            self.merged = {str(name): str(sha256) for name, sha256 in content["merged"].items()}
        except FileNotFoundError:
            self.files = adopted(self.root)
            self.is_saved = not self.files
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            warn(
                f"{self.path.name} is damaged; which outputs are this project's is taken from report.json.",
                Source(str(self.path)),
                "damaged",
            )
            self.files, self.intended, self.waiting, self.merged = adopted(self.root), {}, {}, {}
            self.is_saved = False
            if self.path.is_dir():
                shutil.rmtree(self.path)

    def save(self) -> None:
        """Write the manifest, where it changed.

        Raises:
            AuthorError: its folder cannot be written.
        """
        if self.is_saved:
            return
        content = {
            "files": {
                name: [record.sha256, record.version, record.copied_from] for name, record in sorted(self.files.items())
            },
            "intended": self.intended,
            "waiting": self.waiting,
            "merged": self.merged,
        }
        write_durably({self.path: json.dumps(content, separators=(",", ":")).encode()})
        self.is_saved = True

    def name(self, path: Path) -> str:
        """The name of a file in the manifest."""
        whole, root = os.fspath(path), os.fspath(self.root)
        if whole.startswith(root + os.sep):
            return whole[len(root) + 1 :].replace(os.sep, "/")
        return os.path.relpath(whole, root).replace(os.sep, "/")

    def file(self, name: str) -> Path:
        """The file of a name."""
        return self.root / name

    def state(self, path: Path) -> State:
        """Return how what lies at ``path`` stands to what was published; its content is read only where its version is
        another.
        """
        found = version(path)
        if found is None and not path.is_symlink():
            return State.MISSING
        record = self.files.get(self.name(path)) or self._under_another_case(path)
        is_seen = record is not None and found is not None and record.version == found
        if is_seen and found is not None and found.changed_ns < self.read_ns - CLOCK:
            return State.OURS
        state = self.state_of(path, path)
        if state is State.OURS and (record is None or record.version != found):
            sha256 = sha256_of(path)
            copied_from = record.copied_from if record is not None and record.sha256 == sha256 else None
            self._note(path, Record(sha256, found, copied_from))
        return state

    def state_of(self, old: Path, path: Path) -> State:
        """Return how ``old``, a file that lies or lay at ``path``, stands to what was published there."""
        record = self.files.get(self.name(path)) or self._under_another_case(path)
        if not old.is_file() or old.is_symlink():
            return State.FOREIGN
        if sha256_of(old) in (record.sha256 if record is not None else "", self.intended.get(self.name(path))):
            return State.OURS
        return State.FOREIGN if record is None else State.CHANGED

    def _under_another_case(self, path: Path) -> Record | None:
        """The record of a file by a name that only a file system which does not tell upper from lower case takes for
        that of ``path``.
        """
        name = self.name(path)
        for other, record in list(self.files.items()):
            if other != name and other.casefold() == name.casefold() and is_same(path, self.file(other)):
                self._note(path, record)
                return record
        return None

    def intend(self, contents: Mapping[Path, str]) -> None:
        """Note the digests of files that are about to be put in their places, unless they are noted."""
        wanted = {self.name(path): sha256 for path, sha256 in contents.items()}
        if not wanted.items() <= self.intended.items():
            self.intended |= wanted
            self.is_saved = False
            self.save()

    def note_merged(self, path: Path, sha256: str) -> None:
        """Note the digest of what is merged into the deck that is about to be put at ``path``; `intend` saves it."""
        if self.merged.get(self.name(path)) != sha256:
            self.merged[self.name(path)] = sha256
            self.intended.pop(self.name(path), None)

    def confirm(self, path: Path, sha256: str, copied_from: Path | None = None) -> None:
        """Note that a file is in its place; `save` writes it."""
        self._confirmed(path, Record(sha256, version(path), version(copied_from) if copied_from is not None else None))

    def confirm_if_there(self, path: Path, sha256: str) -> None:
        """Note that a file was put in its place, of which another program may have made another one since: that is not
        taken for ours, however soon it was saved.
        """
        found = version(path)
        is_there = found is not None and path.is_file() and sha256_of(path) == sha256
        self._confirmed(path, Record(sha256, found if is_there else None))

    def _confirmed(self, path: Path, record: Record) -> None:
        self._note(path, record)
        self.intended.pop(self.name(path), None)

    def _note(self, path: Path, record: Record) -> None:
        self.files[self.name(path)] = record
        self.is_saved = False

    def wait(self, path: Path, new: Path) -> None:
        """Note that ``new`` stands beside a file that another program holds open, and will take its place."""
        self.waiting[self.name(path)] = self.name(new)
        self.is_saved = False

    def forget(self, path: Path) -> None:
        """Note that a file is not ours, or no longer there; `save` writes it."""
        name = self.name(path)
        self.files.pop(name, None)
        self.intended.pop(name, None)
        self.waiting.pop(name, None)
        self.merged.pop(name, None)
        self.is_saved = False

    def names(self, folder: str) -> list[str]:
        """Names below a folder of the root that were published or were about to be."""
        return sorted(
            name for name in self.files.keys() | self.intended.keys() if name.startswith(f"{folder}/" if folder else "")
        )

    def damaged(self, folder: str = "") -> list[Path]:
        """Files that were published below a folder and are gone or not as they were, or for which a newer one waits.

        A deck that was edited by hand is not among them: the edits are merged when it is made again.
        """
        return [path for name in self.names(folder) for path in (self.file(name),) if self._is_damaged(name, path)]

    def _is_damaged(self, name: str, path: Path) -> bool:
        if name in self.waiting:
            return True
        if name not in self.files or self.state(path) is State.OURS:
            return False
        return path.suffix != ".pptx" or not is_whole_zip(path)


def is_whole_zip(path: Path) -> bool:
    """True if a file is a zip archive, as decks are, of which each part can be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except (OSError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return False


def published_in(output: Path) -> Published:
    """The manifest of a builder's output folder."""
    return Published(output / WORK / MANIFEST, output)


def damaged_outputs(output: Path, folders: Iterable[str] = ("html", "pdf", "slides")) -> list[Path]:
    """Outputs that are gone or are not as they were published, or for which a newer one waits, see
    `Published.damaged`.
    """
    published = published_in(output)
    return [path for folder in folders for path in published.damaged(folder)]


def is_below(name: str) -> bool:
    """True for a name of something below the root: what a damaged manifest names outside of it is not ours."""
    return ".." not in name.split("/") and not os.path.isabs(name)


def sha256_of(path: Path) -> str:
    """The digest of a file as it is now."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def record_from(value: Any) -> Record:
    """A `Record` from JSON."""
    sha256, *versions = value
    found, copied_from = (None if item is None else as_version(item) for item in versions)
    return Record(str(sha256), found, copied_from)


def as_version(value: Any) -> Version:
    """A `Version` from JSON."""
    size, mtime_ns, ctime_ns, inode = value
    return Version(int(size), int(mtime_ns), int(ctime_ns), int(inode))


def adopted(root: Path) -> dict[str, Record]:
    """Return what a build without a manifest published: what ``report.json`` lists, and what equals the web book's own
    copy.

    Of ``slides`` only the decks that were built and their PDFs count: lecturers keep files of their own there.
    """
    file = root / "report.json"
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
        outputs = {str(output["path"]) for output in report["outputs"]}
        hashes = {str(name): str(sha256) for name, sha256 in report["sha256"]["outputs"].items()}
        hashes[file.name] = sha256_of(file)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        outputs, hashes = set(), {}
    decks = {name.removesuffix(".pptx") for name in outputs if name.endswith(".pptx")}
    ours = outputs | {file.name} | {f"{deck}{ending}" for deck in decks for ending in PAPERS}
    found = {
        name: Record(sha256) for name, sha256 in hashes.items() if name in ours or name.partition("/")[0] == "html"
    }
    return found | {name: record for name, record in made_before(root).items() if name not in found}


def made_before(root: Path) -> dict[str, Record]:
    """Files of the web book that equal what Sphinx wrote, and PDFs that equal the copy of them that the web book
    offers.
    """
    written = root / WORK / "html"
    pairs = [(root / "html" / path.relative_to(written), path) for path in written.rglob("*")]
    downloads = root / "html" / DOWNLOADS
    pairs += [(path, downloads / path.name) for folder in ("pdf", "slides") for path in (root / folder).glob("*.pdf")]
    return {
        path.relative_to(root).as_posix(): Record(sha256_of(path))
        for path, other in pairs
        if path.is_file()
        and other.is_file()
        and path.stat().st_size == other.stat().st_size
        and sha256_of(path) == sha256_of(other)
    }

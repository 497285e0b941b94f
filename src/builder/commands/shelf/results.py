"""Results by the digest of what they were made from: contents by their own digest, then a record that names them.

A result is there when its record is, and that is written last. Whoever builds one has claimed it, so that two shelves
do not build it twice; the claim of a process that has gone, or was not heard of for a while, counts no more.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import psutil

from builder.commands.shelf.storage import Storage

LEASE = 120.0
"""Seconds after which a claim counts no more that its holder did not renew."""
PLACED = "shelf-book.json"
"""In the folder of a book: which results it shows, written last."""


@dataclass(frozen=True)
class Results:
    """A store of results."""

    storage: Storage

    def known(self) -> set[str]:
        """The digests of all results that are there."""
        return {name.removesuffix(".json") for name in self.storage.names("results") if name.endswith(".json")}

    def get(self, digest: str) -> dict[str, Any] | None:
        """The record of a result; None where there is none."""
        content = self.storage.read(f"results/{digest}.json")
        return json.loads(content) if content else None

    def put(self, digest: str, files: Mapping[str, Path], record: Mapping[str, Any]) -> dict[str, Any]:
        """Store files, by the name that each has in the folder of its book, then their record; returns it."""
        contents = {name: self.put_file(path.read_bytes()) for name, path in sorted(files.items())}
        whole = {**record, "digest": digest, "files": contents}
        self.storage.write(f"results/{digest}.json", json.dumps(whole, ensure_ascii=False).encode())
        return whole

    def put_file(self, content: bytes) -> str:
        """Store a content that is not there yet; returns its digest."""
        digest = hashlib.sha256(content).hexdigest()
        if not self.storage.fs.exists(self.storage.path(content_name(digest))):
            self.storage.write(content_name(digest), content)
        return digest

    @contextmanager
    def claimed(self, digest: str) -> Iterator[bool]:
        """Claim a result while the block runs; false where another builds it."""
        number, holder = self._last_claim(digest)
        if holder is not None and not is_gone(holder):
            yield False
            return
        claim = f"claims/{digest}-{number + 1}.json"
        own = {**myself(), "token": secrets.token_hex(8)}
        if not self.storage.create(claim, stamped(own)):
            yield False
            return
        done = threading.Event()
        renewing = threading.Thread(target=self._renew, args=(claim, own, done), daemon=True)
        renewing.start()
        try:
            yield True
        finally:
            done.set()
            renewing.join()
            self._remove_claims(digest, number + 1)

    def is_claimed(self, digest: str) -> bool:
        """True while another builds a result."""
        holder = self._last_claim(digest)[1]
        return holder is not None and not is_gone(holder)

    def settle(self, digest: str) -> None:
        """Remove the claims of a result that is there, if who held the last one was killed before they were removed."""
        number, holder = self._last_claim(digest)
        if holder is not None and is_gone(holder):
            self._remove_claims(digest, number)

    def _remove_claims(self, digest: str, last: int) -> None:
        """Remove all claims of a result, the last one first: those that are left are counted from one."""
        for number in range(last, 0, -1):
            self.storage.remove(f"claims/{digest}-{number}.json")

    def _last_claim(self, digest: str) -> tuple[int, dict[str, Any] | None]:
        """The number of the last claim, 0 where there is none, and who holds it."""
        number = 0
        while (content := self.storage.read(f"claims/{digest}-{number + 1}.json")) is not None:
            number += 1
            last = content
        if not number:
            return 0, None
        try:
            return number, json.loads(last)
        except ValueError:  # its holder is writing it, or was killed meanwhile
            time.sleep(1)
            again = self.storage.read(f"claims/{digest}-{number}.json")
            return number, json.loads(again) if again and again.endswith(b"}") else {}

    def _renew(self, claim: str, own: dict[str, Any], done: threading.Event) -> None:
        while not done.wait(LEASE / 4):
            self.storage.write(claim, stamped(own))


def stamped(holder: Mapping[str, Any]) -> bytes:
    """A claim with the time of now."""
    return json.dumps({**holder, "time": time.time()}).encode()


def myself() -> dict[str, Any]:
    """Who this process is."""
    pid = os.getpid()
    return {"host": host(), "pid": pid, "started": psutil.Process(pid).create_time()}


def host() -> str:
    """A name for what processes share that see each other: machine, start of the system, container."""
    parts = [platform.node()]
    with suppress(OSError):
        parts += [
            Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip(),
            os.readlink("/proc/self/ns/pid"),
        ]
    return " ".join(parts)


def is_gone(holder: Mapping[str, Any]) -> bool:
    """True if who holds a claim is a process of this machine that has ended, or was not heard of for a while."""
    if not holder or abs(time.time() - float(holder["time"])) > LEASE:  # or a clock was put back since
        return True
    if holder["host"] != host():
        return False
    try:
        process = psutil.Process(int(holder["pid"]))
        is_another = abs(process.create_time() - float(holder["started"])) > 1
        return is_another or bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def content_name(digest: str) -> str:
    """Where a content lies in the store."""
    return f"files/{digest[:2]}/{digest}"


def place(results: Results, folder: Storage, name: str, records: list[dict[str, Any]]) -> None:
    """Bring the folder of a book to what its results hold; what it shows is written last.

    Where a result had errors, files stay that it has not: those of the last good build.
    """
    before = placed(folder, name)
    old: dict[str, str] = (before or {}).get("files", {})
    new: dict[str, str] = {path: digest for record in records for path, digest in record["files"].items()}
    for path, digest in new.items():
        if old.get(path) != digest or before is None:
            results.storage.copy(content_name(digest), folder, f"{name}/{path}")
    whole = not any(record["status"] == 1 for record in records)
    gone = old.keys() - new.keys() if whole else set()
    for path in gone:
        folder.remove(f"{name}/{path}")
    for parent in {str(PurePosixPath(name, path).parent) for path in new}:
        folder.sweep(parent)
    left = {path: digest for path, digest in old.items() if path not in gone}
    shown = [{key: value for key, value in record.items() if key != "files"} for record in records]
    content = {"digests": [record["digest"] for record in records], "records": shown, "files": left | new}
    folder.write(f"{name}/{PLACED}", json.dumps(content, ensure_ascii=False).encode())


def placed(folder: Storage, name: str) -> dict[str, Any] | None:
    """What the folder of a book shows; None where there is none."""
    content = folder.read(f"{name}/{PLACED}")
    return json.loads(content) if content else None

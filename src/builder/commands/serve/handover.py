"""A build that is asked for while ``builder serve`` is up in the same folder: the server, which has all in memory, does
it.

The server leaves its address in the folder of intermediate files, with a token that only who may read that folder
knows. A server of other sources, of another version of the builder, or of a process that is gone is not asked, and none
is ever started.
"""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener
from urllib.request import Request as WebRequest

from filelock import FileLock, Timeout

from builder.build.report import Output
from builder.build.request import TARGETS, Request
from builder.store.files import write_whole
from builder.store.stamps import package_stamp

HEADER = "X-Builder-Token"
HERE = re.compile(r"http://127\.0\.0\.1:\d{1,5}/")
"""Where a server may be: on this machine, and nothing that only begins like it."""
SILENCE = 15.0
"""Seconds without a sign of life after which a server is taken to be gone; it gives one every other second
(`site.BEAT`).
"""
PATIENCE = 5.0
WAITING = "builder: waiting for builder serve, which is up in this folder and builds"


@dataclass(frozen=True, slots=True)
class Server:
    """What a server leaves for those who come later."""

    address: str
    token: str
    process: int
    source: str
    config: str
    stamp: str


def place(request: Request) -> Path:
    """The file in which a server of this folder says where it is."""
    return request.work / "server.json"


def lock_of(request: Request) -> FileLock:
    """Return what a server holds while it lives: the system lets go of it when its process ends, however that ends."""
    return FileLock(request.work / "server.lock")


def announce(request: Request, address: str, token: str) -> FileLock:
    """Leave word of this process and of the token that it wants to hear; returns the lock that it holds from now on."""
    lock = lock_of(request)
    with suppress(Timeout):  # another server of this folder is up; it goes on being asked until its word is overwritten
        lock.acquire(timeout=1)
    server = Server(
        address,
        token,
        os.getpid(),
        str(request.source.resolve()),
        str(request.config.resolve()),
        package_stamp(),
    )
    write_whole(place(request), json.dumps(asdict(server)).encode())
    place(request).chmod(0o600)
    return lock


def withdraw(request: Request) -> None:
    """Take it back, if it is ours."""
    found = running(request)
    if found is not None and found.process == os.getpid():
        place(request).unlink(missing_ok=True)


def running(request: Request) -> Server | None:
    """The server of this folder, if it serves these sources with this version and is alive."""
    with suppress(OSError, ValueError, TypeError):
        server = Server(**json.loads(place(request).read_text(encoding="utf-8")))
        if not is_held(lock_of(request)):
            return None
        same_sources = (server.source, server.config) == (str(request.source.resolve()), str(request.config.resolve()))
        if same_sources and server.stamp == package_stamp() and HERE.fullmatch(server.address):
            return server
    return None


def is_held(lock: FileLock) -> bool:
    """True if a process that is alive, this one or another, holds a lock."""
    try:
        with lock.acquire(timeout=0):
            return False
    except Timeout:
        return True


def handed_over(request: Request) -> tuple[int, list[Output]] | None:
    """Let the server build: exit status and outputs, with its warnings on stderr. None when there is no
    server to ask.
    """
    if (
        request.targets != TARGETS
        or request.deck
        or request.debug
        or request.fresh_decks
        or request.warnings_are_errors
    ):
        return None
    server = running(request)
    if server is None:
        return None
    found = answer_of(server)
    if found is None:
        return None
    for problem in found["problems"]:
        before = f"{problem['place']}: " if problem["place"] else ""
        print(f"{before}{problem['kind'].upper()}: {problem['message']}", file=sys.stderr)
    outputs = [output_of(output) for output in found["outputs"]]
    return int(found["status"]), outputs


def answer_of(server: Server) -> dict[str, Any] | None:
    """Return what a server built; None when it is gone, or gives no sign of life. It is asked directly, whatever proxy
    is set, and nobody else is.
    """
    ask = build_opener(ProxyHandler({}), NoRedirects())
    question = WebRequest(f"{server.address}-/build", method="POST", headers={HEADER: server.token})
    waiting = threading.Timer(PATIENCE, lambda: print(WAITING, file=sys.stderr))
    waiting.daemon = True
    waiting.start()
    try:
        with ask.open(question, timeout=SILENCE) as answer:
            found = json.load(answer)
    except (HTTPException, OSError, ValueError):
        return None
    finally:
        waiting.cancel()
    return found if isinstance(found, dict) and found.keys() >= {"problems", "outputs", "type"} else None


class NoRedirects(HTTPRedirectHandler):
    """Follows nothing: the token is for one address."""

    def redirect_request(self, *_: Any) -> None:
        """Nothing to follow."""


def output_of(sent: dict[str, Any]) -> Output:
    """An output as it was, before it was sent as JSON."""
    lists: dict[str, Any] = {name: tuple(value) for name, value in sent.items() if isinstance(value, list)}
    return Output(**{**sent, **lists})

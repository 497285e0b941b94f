"""The command ``builder serve``: a thread that builds, and a server that shows."""

from __future__ import annotations

import os
import socket
import threading
import webbrowser
from collections import Counter

import uvicorn

from builder.build.request import Request
from builder.build.session import prepare_output
from builder.build.wording import counted
from builder.commands.outcome import FINE
from builder.commands.serve.building import Building, News
from builder.commands.serve.handover import announce, withdraw
from builder.commands.serve.site import Site
from builder.errors import AuthorError

ADDRESS = "127.0.0.1"
USUAL_PORT = 8765
AT_ONCE, LONGEST = 0.5, 5.0
"""Seconds for which the end of a build is awaited without a word, and after saying so."""


def run_serve(request: Request, port: int | None, *, opens_browser: bool) -> int:
    """Serve until interrupted; returns the exit status.

    Raises:
        AuthorError: the port is taken, or the output folder cannot be used.
    """
    prepare_output(request)
    listening = listen(port)
    site = Site(request, lambda: building.last, lambda: building.ask())
    building = Building(request, lambda news: hear(site, news))
    config = uvicorn.Config(
        site.application, log_level="error", lifespan="off", ws="websockets-sansio", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    address = f"http://{ADDRESS}:{listening.getsockname()[1]}/"
    lock = announce(request, address, site.token)
    print(f"builder: serving at {address} - stop with Ctrl+C", flush=True)
    worker = threading.Thread(target=building.run, name="building", daemon=True)
    worker.start()
    if opens_browser:
        webbrowser.open(address)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        print("builder: stopped", flush=True)  # that is how serving ends
    finally:
        withdraw(request)
        lock.release()
        building.stop()
        wait_for(worker)
    return FINE


def wait_for(worker: threading.Thread) -> None:
    """Let a build that is under way come to its end, for a while; then, or at another Ctrl+C, this process ends all the
    same.

    That harms nothing: outputs are replaced whole or not at all.
    """
    try:
        worker.join(AT_ONCE)
        if worker.is_alive():
            print(f"builder: a build is under way; it may take {LONGEST:.0f} s, Ctrl+C ends it at once", flush=True)
            worker.join(LONGEST)
    except KeyboardInterrupt:
        pass
    if worker.is_alive():
        print("builder: the build was stopped; the files of the last good build stay as they were", flush=True)
        os._exit(0)


def hear(site: Site, news: News) -> None:
    """Pass news on to the browsers and to the terminal."""
    if news.type == "built":
        kinds = Counter(problem.kind for problem in news.problems)
        named = "".join(f", {counted(kinds[kind], kind)}" for kind in ("error", "warning") if kinds[kind])
        print(f"builder: built in {news.seconds:.1f} s{named}", flush=True)
    elif news.type == "failed":
        print("builder: nothing could be made; the last good pages are shown", flush=True)
    site.tell(news)


def listen(port: int | None) -> socket.socket:
    """A socket on the loopback address: at the usual port, or any that is free, where None is asked for.

    Raises:
        AuthorError: the port that was asked for is taken.
    """
    if port is None:
        try:
            return listen(USUAL_PORT)
        except AuthorError:
            return listen(0)
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((ADDRESS, port))
    except OSError:
        listening.close()
        raise AuthorError(f"port {port} is in use; choose another with --port, or 0 for any that is free.") from None
    listening.listen(64)
    return listening

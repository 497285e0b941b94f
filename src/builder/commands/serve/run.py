"""The command ``builder serve``: a thread that builds, and a server that shows."""

from __future__ import annotations

import logging
import os
import socket
import threading
import webbrowser
from collections import Counter

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from builder.build.request import Request
from builder.build.session import prepare_output
from builder.build.wording import counted
from builder.commands.outcome import FINE
from builder.commands.serve.building import Building, News
from builder.commands.serve.handover import announce, withdraw
from builder.commands.serve.remote import Remote
from builder.commands.serve.site import Site
from builder.errors import AuthorError

ADDRESS = "127.0.0.1"
USUAL_PORT = 8765
AT_ONCE, LONGEST = 0.5, 5.0
"""Seconds for which the end of a build is awaited without a word, and after saying so."""


def run_serve(request: Request, port: int | None, *, opens_browser: bool, remote: str | None = None) -> int:
    """Serve until interrupted; returns the exit status. ``remote`` is the address of this machine at which phones turn
    slides, '' is the one that it has on its network, None none.

    Raises:
        AuthorError: the port is taken, or the output folder cannot be used.
    """
    prepare_output(request)
    listening = listen(port)
    site = Site(request, lambda: building.last, lambda: building.ask())
    terminal = Terminal(request)
    building = Building(request, lambda news: hear(site, terminal, news))
    application: ASGIApp = site.application
    sockets = [listening]
    if remote is not None:
        for_phones = listen(None, remote or network_address())
        application, sockets = with_phones(site, listening, for_phones), [listening, for_phones]
    config = uvicorn.Config(
        application, log_level="error", lifespan="off", ws="websockets-sansio", timeout_graceful_shutdown=1
    )
    logging.getLogger("uvicorn.error").addFilter(concerns_author)
    server = uvicorn.Server(config)
    address = f"http://{ADDRESS}:{listening.getsockname()[1]}/"
    lock = announce(request, address, site.token)
    print(f"builder: serving at {address} - stop with Ctrl+C", flush=True)
    worker = threading.Thread(target=building.run, name="building", daemon=True)
    worker.start()
    if opens_browser:
        webbrowser.open(address)
    try:
        server.run(sockets=sockets)
    except KeyboardInterrupt:
        print("builder: stopped", flush=True)  # that is how serving ends
    finally:
        withdraw(request)
        lock.release()
        building.stop()
        wait_for(worker)
    return FINE


def concerns_author(record: logging.LogRecord) -> bool:
    """False for the traceback of a request that is none by the rules of HTTP: whoever sent it was refused."""
    error = record.exc_info[1] if record.exc_info else None
    return not type(error).__module__.startswith("h11.")  # the parser of requests that uvicorn has


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


def hear(site: Site, terminal: Terminal, news: News) -> None:
    """Pass news on to the browsers and to the terminal."""
    terminal.hear(news)
    site.tell(news)


class Terminal:
    """The terminal on which ``builder serve`` was called: a line for each build, and why nothing could be made, once
    while the reason stays the same.
    """

    def __init__(self, request: Request) -> None:
        self.first_page = request.output / "html" / "index.html"
        self.reason = ""

    def hear(self, news: News) -> None:
        """Print what concerns the author."""
        if news.type == "built":
            self.reason = ""
            kinds = Counter(problem.kind for problem in news.problems)
            named = "".join(f", {counted(kinds[kind], kind)}" for kind in ("error", "warning") if kinds[kind])
            print(f"builder: built in {news.seconds:.1f} s{named}", flush=True)
        elif news.type == "failed":
            reason = news.problems[-1].message
            if reason != self.reason:
                print(f"builder: {reason}", flush=True)
                shown = "the last good pages are shown" if self.first_page.is_file() else "there is no page to show yet"
                print(f"builder: nothing could be made; {shown}. What is mended and saved is built again", flush=True)
            self.reason = reason


def with_phones(site: Site, listening: socket.socket, for_phones: socket.socket) -> ASGIApp:
    """Return what answers both sockets: the site at its own, and at any other the application for phones."""
    address, port = for_phones.getsockname()
    print(f"builder: a phone on this network turns slides at http://{address}:{port}/", flush=True)
    remote = Remote(site, address, lambda words: print(f"builder: {words}", flush=True))
    own = tuple(listening.getsockname())

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        is_own = tuple(scope.get("server") or ()) == own  # of the socket, not of what the request says
        await (site if is_own else remote).application(scope, receive, send)

    return application


def network_address() -> str:
    """Return the address of this machine on its network; nothing is sent to find it (RFC 5737 names the other end).

    Raises:
        AuthorError: it is on none.
    """
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
    except OSError:
        raise AuthorError("this machine is on no network; name its address with --remote ADDRESS.") from None


def listen(port: int | None, address: str = ADDRESS) -> socket.socket:
    """A socket on an address of this machine: at the usual port, or any that is free, where None is asked for.

    Raises:
        AuthorError: the port that was asked for is taken, or the address is none of this machine's.
    """
    if port is None:
        try:
            return listen(USUAL_PORT, address)
        except AuthorError:
            return listen(0, address)
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address, port))
    except OSError as error:
        listening.close()
        if port == 0:
            raise AuthorError(f"nothing can listen at {address}: {error.strerror or error}.") from None
        raise AuthorError(f"port {port} is in use; choose another with --port, or 0 for any that is free.") from None
    listening.listen(64)
    return listening

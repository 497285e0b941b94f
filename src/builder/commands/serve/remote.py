"""The application for phones on the same network: slides, notes and buttons, for who has typed the code that stands
in the terminal. It answers at an address of its own and has nothing of the book's pages and files.

A code is good for one phone. Five wrong ones void it, and for a minute no other is taken: so a stranger who tries for
an hour and a half has one chance in two thousand. The network can be listened to: the connection is not encrypted.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request as WebRequest
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from builder.commands.serve.guard import Guard
from builder.commands.serve.podium import own_pages_only
from builder.commands.serve.site import HEADERS, STATIC, Site

TRIES, PAUSE = 5, 60.0
"""Wrong codes that are taken, and seconds until the next may be tried after that."""
DIGITS = 6
COOKIE, CODE_HEADER = "builder-remote", "X-Builder-Code"


class PairingCode:
    """The code of the day: it is another one after each phone that has typed it, and after too many wrong ones."""

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self.say, self.clock = say, clock
        self.closed_until = 0.0
        self.renew("the code for a phone is")

    def renew(self, why: str) -> None:
        """Take another code, and say it on the terminal."""
        self.digits, self.tries = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}", TRIES
        self.say(f"{why} {self.digits}")

    def accepts(self, given: str) -> bool:
        """Return whether what was typed is the code; it is used up then."""
        if self.clock() < self.closed_until:
            return False
        if secrets.compare_digest(given.encode(), self.digits.encode()):
            self.renew("a phone turns the slides; the code for another one is")
            return True
        self.tries -= 1
        if not self.tries:
            self.closed_until = self.clock() + PAUSE
            self.renew(f"{TRIES} wrong codes were typed; in {PAUSE:.0f} s the code is")
        return False


class Remote:
    """The application for phones, at an address of this machine on the network."""

    def __init__(self, site: Site, address: str, say: Callable[[str], None]) -> None:
        self.site, self.code = site, PairingCode(say)
        self.phones: set[str] = set()
        """What phones that have typed a code are known by."""
        self.application = Starlette(
            routes=[
                Route("/", self.page),
                Route("/code", self.enter, methods=["POST"]),
                WebSocketRoute("/turns", own_pages_only(self.turns)),
                Route("/decks.json", self.decks),
                Route("/slides/{deck}/{number:int}.png", self.slide),
            ],
            middleware=[Middleware(Guard), Middleware(TrustedHostMiddleware, allowed_hosts=[address])],
        )

    def is_paired(self, asked: WebRequest | WebSocket) -> bool:
        """Return whether a phone has typed a code."""
        return asked.cookies.get(COOKIE, "") in self.phones

    def page(self, request: WebRequest) -> Response:
        """The only page: it asks for the code, then shows slides and buttons."""
        return HTMLResponse((STATIC / "remote.html").read_text(encoding="utf-8"), headers=HEADERS)

    async def enter(self, request: WebRequest) -> Response:
        """Take a code: the phone is known from then on. It comes in a header, which pages of others cannot send."""
        if not self.code.accepts(request.headers.get(CODE_HEADER, "")):
            raise HTTPException(403, "this is not the code")
        answer = Response(status_code=204, headers=HEADERS)
        known = secrets.token_urlsafe(32)
        self.phones.add(known)
        answer.set_cookie(COOKIE, known, httponly=True, samesite="strict")
        return answer

    async def turns(self, socket: WebSocket) -> None:
        """The socket of a phone that has typed a code."""
        if self.is_paired(socket):
            await self.site.podium.phone(socket)
        else:
            await socket.close(code=1008)

    async def decks(self, request: WebRequest) -> Response:
        """The decks, for notes and titles."""
        self.need_code(request)
        return await self.site.decks(request)

    def slide(self, request: WebRequest) -> Response:
        """The picture of a slide."""
        self.need_code(request)
        return self.site.slide(request)

    def need_code(self, request: WebRequest) -> None:
        """Refuse a phone that has typed none."""
        if not self.is_paired(request):
            raise HTTPException(403, "type the code first")

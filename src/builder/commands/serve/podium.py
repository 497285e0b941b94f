"""What windows that show a deck and phones that turn its slides have in common: the window that was opened last is
turned, and all phones see what it shows.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

ACTIONS = ("forward", "back", "first", "black")
"""What a phone may ask for."""
MOST_LETTERS = 1000
"""Longer messages are of nobody of ours."""


@dataclass(frozen=True, slots=True)
class Projected:
    """What the room sees: a slide of a deck after so many clicks, or black; deck '' is nothing."""

    deck: str = ""
    number: int = 1
    step: int = 0
    black: bool = False


class Podium:
    """The windows and the phones that are connected, and what is shown."""

    def __init__(self) -> None:
        self.windows: list[asyncio.Queue[dict[str, Any]]] = []
        self.phones: list[asyncio.Queue[dict[str, Any]]] = []
        self.showing = Projected()

    async def window(self, socket: WebSocket) -> None:
        """Serve a window that shows a deck: it says what it shows, and hears when it shall turn."""
        await self.connected(socket, self.windows, self.show)

    async def phone(self, socket: WebSocket) -> None:
        """Serve a phone: it says what shall be done, and hears what is shown."""
        await self.connected(socket, self.phones, self.turn)

    async def connected(
        self,
        socket: WebSocket,
        those: list[asyncio.Queue[dict[str, Any]]],
        heard: Callable[[dict[str, Any]], None],
    ) -> None:
        """Send what comes for a socket, and hear what it sends, until one of the two ends."""
        await socket.accept()
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        those.append(queue)
        if those is self.phones:
            queue.put_nowait(asdict(self.showing))
        both = {asyncio.ensure_future(self.send(socket, queue)), asyncio.ensure_future(self.hear(socket, heard))}
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            those.remove(queue)
            for task in both:
                task.cancel()
            await asyncio.gather(*both, return_exceptions=True)
            with suppress(RuntimeError, WebSocketDisconnect):  # the other side has closed it
                await socket.close(code=1008)

    async def send(self, socket: WebSocket, queue: asyncio.Queue[dict[str, Any]]) -> None:
        """Send all that comes."""
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                await socket.send_json(await queue.get())

    async def hear(self, socket: WebSocket, heard: Callable[[dict[str, Any]], None]) -> None:
        """Hear until the other side ends, or sends what it may not."""
        with suppress(WebSocketDisconnect, RuntimeError, ValueError, KeyError, TypeError):
            while True:
                text = await socket.receive_text()
                if len(text) > MOST_LETTERS:
                    return
                heard(decoded(text))

    def show(self, said: dict[str, Any]) -> None:
        """Note what a window shows, and let all phones see it."""
        self.showing = Projected(str(said["deck"]), int(said["number"]), int(said["step"]), bool(said["black"]))
        for phone in self.phones:
            phone.put_nowait(asdict(self.showing))

    def turn(self, said: dict[str, Any]) -> None:
        """Pass on what a phone asks for to the window that was opened last."""
        if said["action"] in ACTIONS and self.windows:
            self.windows[-1].put_nowait({"action": said["action"]})


def decoded(text: str) -> dict[str, Any]:
    """Return a message.

    Raises:
        ValueError: it is no object in JSON.
    """
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError(text)
    return found


def is_own(socket: WebSocket) -> bool:
    """Return whether a socket was opened by a page of the same address; pages of others can open sockets too."""
    return socket.headers.get("origin", "") == f"http://{socket.headers.get('host', '')}"


def own_pages_only(handler: Callable[[WebSocket], Awaitable[None]]) -> Callable[[WebSocket], Awaitable[None]]:
    """Return a handler that refuses sockets of pages of others."""

    async def guarded_handler(socket: WebSocket) -> None:
        if is_own(socket):
            await handler(socket)
        else:
            await socket.close(code=1008)

    return guarded_handler

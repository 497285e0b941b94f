"""The web application: outputs as they lie in their folder, the slides as pictures, and a socket that says when
something is new.

It answers on this machine only: requests for other hosts are refused (DNS rebinding), and so are requests and sockets
of pages of other origins (`guard`). Nothing outside the output folder is read.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from pypdfium2 import PdfiumError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request as WebRequest
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from builder.build.deck_report import read
from builder.build.printing import early
from builder.build.request import Request
from builder.commands.serve.building import News
from builder.commands.serve.guard import Guard
from builder.commands.serve.handover import HEADER
from builder.commands.serve.podium import Podium, own_pages_only
from builder.store.limits import PICTURE_WIDTH
from builder.store.stamps import digest
from builder.typeset.pdf_pages import page_as_png

STATIC = Path(__file__).parent / "static"
HOSTS = ["127.0.0.1", "localhost", "[::1]"]
SCRIPT = (
    '<script src="/-/static/serve.js" data-version="{}" defer></script><link rel="stylesheet" '
    'href="/-/static/serve.css"></head>'
)
NARROWEST, STEP = 80, 80
"""Pixels: the widths of pictures are so far apart, so that nobody has one slide drawn in a thousand widths."""
BEAT = 2.0
"""Seconds between signs of life while somebody waits for a build."""
HEADERS = {"Cache-Control": "no-store"}


class Site:
    """The application and the browsers that listen. ``last`` gives the latest news, ``build`` begins a build."""

    def __init__(self, request: Request, last: Callable[[], News], build: Callable[[], Future[News]] = Future) -> None:
        self.output, self.work, self.last, self.build = request.output.resolve(), request.work, last, build
        self.token = secrets.token_urlsafe(24)
        self.podium = Podium()
        self.listeners: set[asyncio.Queue[News]] = set()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.application = Starlette(
            routes=[
                WebSocketRoute("/-/events", own_pages_only(self.events)),
                WebSocketRoute("/-/podium", own_pages_only(self.podium.window)),
                Route("/-/build", self.build_now, methods=["POST"]),
                Route("/-/decks.json", self.decks),
                Route("/-/slides/{deck}/{number:int}.png", self.slide),
                Route("/-/show/{deck}", self.page_of("show.html")),
                Route("/-/present/{deck}", self.page_of("present.html")),
                Route("/-/static/{name}", self.static),
                Route("/-/pdf/{name}.pdf", self.pdf),
                Route("/-/files/{name}", self.deck_file),
                Route("/{path:path}", self.page),
            ],
            middleware=[Middleware(Guard), Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)],
        )

    # --- news

    def tell(self, news: News) -> None:
        """Send news to all browsers, if the server is still up; may be called from any thread."""
        if self.loop is not None and not self.loop.is_closed():
            with suppress(RuntimeError):  # it was closed meanwhile
                self.loop.call_soon_threadsafe(self._tell, news)

    def _tell(self, news: News) -> None:
        for queue in self.listeners:
            queue.put_nowait(news)

    async def events(self, socket: WebSocket) -> None:
        """Send news as they come, beginning with the latest."""
        await socket.accept()
        self.loop = asyncio.get_running_loop()
        queue: asyncio.Queue[News] = asyncio.Queue()
        self.listeners.add(queue)
        gone = asyncio.create_task(socket.receive())
        try:
            await socket.send_json(self.last().content())
            while True:
                news = asyncio.create_task(queue.get())
                await asyncio.wait({news, gone}, return_when=asyncio.FIRST_COMPLETED)
                if gone.done():
                    news.cancel()
                    break
                await socket.send_json(news.result().content())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            gone.cancel()
            self.listeners.discard(queue)

    async def build_now(self, request: WebRequest) -> Response:
        """Build, for `handover`: only who knows the token may ask."""
        if not secrets.compare_digest(request.headers.get(HEADER, "").encode(), self.token.encode()):
            raise HTTPException(403, "the token is wrong")
        return StreamingResponse(self.built(), media_type="application/json", headers=HEADERS)

    async def built(self) -> AsyncIterator[bytes]:
        """Yield what came of a build, as JSON; blanks before it are signs of life."""
        building = asyncio.wrap_future(self.build())
        while not (await asyncio.wait({building}, timeout=BEAT))[0]:
            yield b" "
        yield json.dumps(building.result().content()).encode()

    # --- decks

    def reported_decks(self) -> list[dict[str, Any]]:
        """The decks as the last build reported them."""
        return read(self.work / "slides.json")

    def deck(self, request: WebRequest) -> dict[str, Any]:
        """The deck that a request names."""
        name = request.path_params["deck"]
        for deck in self.reported_decks():
            if deck["name"] == name:
                return deck
        raise HTTPException(404, "there is no such deck")

    async def decks(self, request: WebRequest) -> Response:
        """All decks with their slides, and the printed books. A deck's ``version`` is another one when its slides look
        different.
        """
        books = sorted(path.name for path in (self.output / "pdf").glob("*.pdf"))
        decks = [deck | {"version": version_of(self.slides_of(deck["name"]))} for deck in self.reported_decks()]
        return JSONResponse({"decks": decks, "books": books}, headers=HEADERS)

    def slides_of(self, name: str) -> Path:
        """The slides of a deck as PDF: those that are not yet in their place before those that are."""
        path = early(self.work, name)
        return path if path.is_file() else self.output / "slides" / f"{name}.pdf"

    def slide(self, request: WebRequest) -> Response:
        """The picture of a slide; ``?width=`` in pixels, ``?step=`` after so many clicks."""
        deck, number = self.deck(request), request.path_params["number"]
        try:
            wanted, step = int(request.query_params.get("width", 960)), int(request.query_params.get("step", -1))
        except ValueError:
            raise HTTPException(400, "width is a number of pixels, step one of clicks") from None
        width = min(max(STEP * -(-wanted // STEP), NARROWEST), PICTURE_WIDTH.most)
        path = whole = self.slides_of(deck["name"])
        steps = self.output / "slides" / f"{deck['name']}-steps.pdf"
        if step >= 0 and steps.is_file():
            clicks = [slide.get("steps", 0) for slide in deck["slides"][:number]]
            path, number = steps, sum(clicks[:-1]) + number + min([step, *clicks[-1:]])
        try:
            content = picture(path, path.stat().st_mtime_ns, number, width)
        except (OSError, IndexError, OverflowError, PdfiumError):
            raise HTTPException(404, "there is no such slide") from None
        is_current = request.query_params.get("v") == version_of(whole)
        cached = {"Cache-Control": "private, max-age=3600"} if is_current else {}
        return Response(content, media_type="image/png", headers=HEADERS | cached)

    def page_of(self, name: str) -> Callable[[WebRequest], Response]:
        """A page of ours about a deck."""

        def page(request: WebRequest) -> Response:
            self.deck(request)
            return HTMLResponse((STATIC / name).read_text(encoding="utf-8"), headers=HEADERS)

        return page

    # --- files

    def static(self, request: WebRequest) -> Response:
        """Scripts and style sheets of ours."""
        return self.file(STATIC, request.path_params["name"])

    def pdf(self, request: WebRequest) -> Response:
        """A printed book."""
        return self.file(self.output / "pdf", f"{request.path_params['name']}.pdf")

    def deck_file(self, request: WebRequest) -> Response:
        """A deck as it was written."""
        return self.file(self.output / "slides", request.path_params["name"])

    def page(self, request: WebRequest) -> Response:
        """A file of the web book; its pages get our script."""
        path = request.path_params["path"]
        folder = self.output / "html"
        if not (folder / "index.html").is_file():
            return HTMLResponse((STATIC / "waiting.html").read_text(encoding="utf-8"), headers=HEADERS)
        found = self.within(folder, path)
        if os.path.isdir(found):
            if path and not path.endswith("/"):
                return RedirectResponse(f"/{path}/")
            found = self.within(folder, f"{path}index.html")
        if found.suffix != ".html":
            return self.file(folder, path)
        if not os.path.isfile(found):
            raise HTTPException(404, "the web book has no such page")
        version = found.stat().st_mtime_ns
        text = found.read_text(encoding="utf-8", errors="replace")
        return HTMLResponse(text.replace("</head>", SCRIPT.format(version), 1), headers=HEADERS)

    def file(self, folder: Path, name: str) -> Response:
        """A file of a folder."""
        found = self.within(folder, name)
        if not os.path.isfile(found):
            raise HTTPException(404, "there is no such file")
        return FileResponse(found, headers=HEADERS)

    def within(self, folder: Path, name: str) -> Path:
        """The path of ``name`` in a folder, which it does not leave."""
        try:
            found = (folder / name).resolve()
        except (OSError, ValueError, RuntimeError):  # too long, with a NUL, a link to itself
            raise HTTPException(404, "there is no such file") from None
        if not found.is_relative_to(folder.resolve()):
            raise HTTPException(404, "there is no such file")
        return found


def version_of(path: Path) -> str:
    """A digest of a file, '' when it is not there."""
    try:
        return digest(path)[:16]
    except OSError:
        return ""


@lru_cache(maxsize=256)
def picture(path: Path, _version: int, number: int, width: int) -> bytes:
    """A page of a PDF as PNG, cached as long as the file is the same.

    Raises:
        OSError, IndexError, PdfiumError: there is no such page.
    """
    return page_as_png(path, number, width)

"""Stands before every page of ``builder serve``: who may ask, what a browser may do with the answer, and that no
request ends in a fault.

Pages of other origins can send requests to this machine; the browser says so (W3C Fetch Metadata). They get nothing,
but a person may follow a link to a page of ours. Answers tell the browser that no other origin may read or frame them.
"""

from __future__ import annotations

import logging

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from builder.store.limits import REQUEST_LETTERS

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
OTHERS = ("cross-site", "same-site")
"""``Sec-Fetch-Site`` of requests that pages of other origins make, other ports of this machine included."""
logger = logging.getLogger("builder.serve")


class Guard:
    """An application behind this guard."""

    def __init__(self, application: ASGIApp) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on and mark the answer."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        begun = False

        async def marked(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        if refusal := refused(scope):
            await PlainTextResponse(refusal[1], refusal[0])(scope, receive, marked)
            return
        try:
            await self.application(scope, receive, marked)
        except (OSError, ValueError) as error:  # a path or a header that the system or Python does not take
            logger.debug("%s: %s", scope["path"][:200], error)
            if not begun:
                await PlainTextResponse("there is no such page", 404)(scope, receive, marked)


def refused(scope: Scope) -> tuple[int, str] | None:
    """Status and reason of a request that is not passed on; None for one that is."""
    headers = Headers(scope=scope)
    if headers.get("sec-fetch-site") in OTHERS and not is_visit(scope["method"], headers):
        return 403, "pages of other origins get nothing here"
    if len(scope["path"]) + len(scope["query_string"]) > REQUEST_LETTERS.most:
        return 404, "there is no such page"
    return None


def is_visit(method: str, headers: Headers) -> bool:
    """True for a person who follows a link to a page of ours, in a window or tab of its own."""
    return (
        method in ("GET", "HEAD")
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )

"""What every request passes first: known host and origin, a small body, and strict headers back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Largest request body, bytes: a sign-in, the only one there is, takes under 1 kB.
MAX_BODY_BYTES = 4_096

#: Seconds that a body may take: a sign-in over the slowest line, and no open end.
BODY_WITHIN_S = 10

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""CSP level 3: nothing inline, nothing foreign; `connect-src 'self'` covers the WebSocket."""

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(self), microphone=(self), speaker-selection=(self), "
    "geolocation=(), display-capture=(self), usb=(), payment=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SAFE_METHODS = frozenset({"GET", "HEAD"})


class Guard:
    """ASGI middleware around the whole gateway.

    A state-changing request and a WebSocket handshake must name, in `Origin`, an address under
    which the gateway is known: with the SameSite cookie that is the protection against forged
    requests (OWASP, "verifying origin with standard headers"). A `Host` that is not known is
    refused too, so that a foreign name that resolves to this machine gets nothing.
    """

    def __init__(self, app: ASGIApp, origins: Iterable[str], streams: Iterable[str] = ()) -> None:
        """Guard `app`.

        `origins` are scheme and authority, such as `http://127.0.0.1:8480`; `streams` are paths
        whose handlers bound what is sent to them, and take it as it comes.
        """
        self._app = app
        self._streams = frozenset(streams)
        self._origins = frozenset(origins)
        self._hosts = frozenset(urlsplit(origin).netloc for origin in self._origins)
        self._headers = dict(_HEADERS)
        if all(origin.startswith("https:") for origin in self._origins):
            self._headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await refusal(scope, receive, self._with_headers(scope, send))
            return
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        sending = self._with_headers(scope, send)
        if scope["path"] in self._streams:
            await self._app(scope, receive, sending)
            return
        body = await _body(receive)
        if body is None:
            await _too_large()(scope, receive, sending)
        else:
            await self._app(scope, _replayed(body, receive), sending)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if headers.get("host") not in self._hosts:
            return PlainTextResponse("unknown host", 421)
        changing = scope["type"] == "websocket" or scope["method"] not in _SAFE_METHODS
        if changing and headers.get("origin") not in self._origins:
            return PlainTextResponse("unknown origin", 403)
        if scope["path"] in self._streams:
            return None
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length[:12]) > MAX_BODY_BYTES:
            return _too_large()
        return None

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers["Cache-Control"] = (
                    "no-store" if scope["path"].startswith("/api/") else "no-cache"
                )
            await send(message)

        return sending


async def _body(receive: Receive) -> bytes | None:
    """Return the whole body; None when it is too large, too slow, or its sender has gone."""
    body = b""
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            while True:
                message = await receive()
                body += bytes(message.get("body", b""))
                if message["type"] == "http.disconnect" or len(body) > MAX_BODY_BYTES:
                    return None
                if not message.get("more_body", False):
                    return body
    except TimeoutError:
        return None


def _replayed(body: bytes, receive: Receive) -> Receive:
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receiving() -> Message:
        return messages.pop() if messages else await receive()

    return receiving


def _too_large() -> PlainTextResponse:
    return PlainTextResponse("too large", 413)

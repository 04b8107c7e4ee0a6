"""What every request passes first: known host and origin, a small body, and strict headers back."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Largest request body, bytes: a sign-in, the only one there is, takes under 1 kB.
MAX_BODY_BYTES = 4_096

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""CSP level 3: nothing inline, nothing foreign; `connect-src 'self'` covers the WebSocket."""

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": "camera=(self), microphone=(self), speaker-selection=(self), "
    "geolocation=(), display-capture=(), usb=(), payment=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_SAFE_METHODS = frozenset({"GET", "HEAD"})


class _BodyTooLargeError(Exception):
    """The body went on beyond `MAX_BODY_BYTES`."""


class Guard:
    """ASGI middleware around the whole gateway.

    A state-changing request and a WebSocket handshake must name, in `Origin`, an address under
    which the gateway is known: with the SameSite cookie that is the protection against forged
    requests (OWASP, "verifying origin with standard headers"). A `Host` that is not known is
    refused too, so that a foreign name that resolves to this machine gets nothing.
    """

    def __init__(self, app: ASGIApp, origins: Iterable[str]) -> None:
        """`origins` are scheme and authority, such as `http://127.0.0.1:8480`."""
        self._app = app
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
        try:
            await self._app(scope, _bounded(receive), self._with_headers(scope, send))
        except _BodyTooLargeError:
            await _too_large()(scope, receive, self._with_headers(scope, send))

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if headers.get("host") not in self._hosts:
            return PlainTextResponse("unknown host", 421)
        changing = scope["type"] == "websocket" or scope["method"] not in _SAFE_METHODS
        if changing and headers.get("origin") not in self._origins:
            return PlainTextResponse("unknown origin", 403)
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


def _bounded(receive: Receive) -> Receive:
    total = 0

    async def receiving() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > MAX_BODY_BYTES:
            raise _BodyTooLargeError
        return message

    return receiving


def _too_large() -> PlainTextResponse:
    return PlainTextResponse("too large", 413)

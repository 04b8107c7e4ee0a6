"""The robot's session with the gateway: signs in and opens a socket, as the agent's page does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

import httpx
from pydantic import TypeAdapter, ValidationError
from websockets.asyncio.client import ClientConnection, connect

from desk.page_messages import GatewayMessage
from kiosk.link.messages import MAX_MESSAGE_BYTES

TIMEOUT_S = 5.0
_GATEWAY_MESSAGE: TypeAdapter[GatewayMessage] = TypeAdapter(GatewayMessage)


class SignInError(Exception):
    """The gateway did not give a session; `retry_after_s` says when to ask again."""

    def __init__(self, status: int, retry_after_s: float) -> None:
        """`status` is the HTTP answer's."""
        super().__init__(f"HTTP {status}")
        self.retry_after_s = retry_after_s


WRONG_PASSWORD_WAIT_S = 30.0
"""A wrong password stays wrong: rarely enough not to be locked out for ever once it is mended."""


async def sign_in(desk: str, user: str, password: str) -> str:
    """Return the session as a `Cookie` header.

    Raises:
        SignInError: refused.
        httpx.HTTPError: the gateway is not there.
    """
    async with httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False) as client:
        answer = await client.post(
            f"{desk}/api/session",
            json={"user": user, "password": password},
            headers={"Origin": origin(desk)},
        )
        if answer.status_code != httpx.codes.OK:
            wait = answer.headers.get("Retry-After", "")
            raise SignInError(
                answer.status_code, float(wait) if wait.isdecimal() else WRONG_PASSWORD_WAIT_S
            )
        return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


@asynccontextmanager
async def open_socket(desk: str, cookie: str) -> AsyncIterator[ClientConnection]:
    """Open the page's WebSocket."""
    parts = urlsplit(desk)
    scheme = "wss" if parts.scheme == "https" else "ws"
    async with connect(
        urlunsplit((scheme, parts.netloc, "/ws", "", "")),
        additional_headers={"Cookie": cookie, "Origin": origin(desk)},
        max_size=MAX_MESSAGE_BYTES * 8,
        open_timeout=TIMEOUT_S,
        close_timeout=1,
        ping_interval=None,
        proxy=None,
    ) as socket:
        yield socket


def decode(text: str | bytes) -> GatewayMessage | None:
    """Return what the gateway said; None for what this robot does not know."""
    try:
        return _GATEWAY_MESSAGE.validate_json(text)
    except ValidationError:
        return None


def origin(desk: str) -> str:
    """Return the `Origin` that the desk's own page has."""
    parts = urlsplit(desk)
    return f"{parts.scheme}://{parts.netloc}"

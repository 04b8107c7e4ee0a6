"""An agent's page on its WebSocket: heartbeat both ways, bounded, and closed when in doubt."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Any, Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from desk.page_messages import (
    CLOSE_POLICY,
    DEAD_AFTER_S,
    HEARTBEAT_S,
    ClaimTicket,
    GatewayMessage,
    PageSignal,
    Ping,
    Pong,
    SetClosing,
    SetPresence,
    decode_page_message,
)
from desk.rate import Rate
from kiosk.link.messages import MalformedMessage
from kiosk.log import get_logger

#: Messages waiting to go to a page; a page this far behind is as good as gone.
MAX_OUTGOING = 512

#: What a page may send: some 40 candidates at the start of an attempt, then a few a second.
MESSAGES_PER_S = 30.0
MESSAGES_BURST = 200.0

#: Malformed messages that a page may send before it is shown out.
MAX_MALFORMED = 20

_CLOSE_NORMAL = 1000
_CLOSE_BEHIND = 1013
"""RFC 6455: "try again later"."""

_log = get_logger(__name__)


class Seat(Protocol):
    """Who hears the page: the agent's seat in the agency's room."""

    async def hear(self, message: SetPresence | ClaimTicket | PageSignal | SetClosing) -> None:
        """Act on what the page said."""


class PageSocket:
    """One open page. `send` and `close` never wait; `serve` runs until the page is gone."""

    def __init__(self, socket: WebSocket, still_signed_in: Callable[[], bool]) -> None:
        """`still_signed_in` is asked at each heartbeat."""
        self._socket = socket
        self._still_signed_in = still_signed_in
        self._outgoing: asyncio.Queue[str] = asyncio.Queue(MAX_OUTGOING)
        self._closing: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._heard_at = time.monotonic()
        self._rate = Rate(MESSAGES_PER_S, MESSAGES_BURST, time.monotonic)
        self._malformed = 0

    def send(self, message: GatewayMessage) -> None:
        """Queue a message to the page; a page that does not keep up is closed."""
        try:
            self._outgoing.put_nowait(message.model_dump_json())
        except asyncio.QueueFull:
            self.close(_CLOSE_BEHIND)

    def close(self, code: int = _CLOSE_NORMAL) -> None:
        """End `serve`, and tell the page why by a WebSocket close code."""
        if not self._closing.done():
            self._closing.set_result(code)

    async def serve(self, seat: Seat, sign_in_code: int) -> None:
        """Talk with the page until it leaves, dies, or is closed."""
        parts = [self._read(seat), self._write(), self._beat(sign_in_code)]
        tasks = [asyncio.create_task(part) for part in parts]
        try:
            waiting: list[asyncio.Future[Any]] = [self._closing, *tasks]
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
        for outcome in ended:
            if isinstance(outcome, Exception) and not isinstance(outcome, WebSocketDisconnect):
                _log.error("page's socket failed", exc_info=outcome)
        if self._socket.application_state is WebSocketState.CONNECTED:
            code = self._closing.result() if self._closing.done() else _CLOSE_NORMAL
            # It may leave while being told to.
            with contextlib.suppress(RuntimeError, WebSocketDisconnect):
                await self._socket.close(code)

    async def _read(self, seat: Seat) -> None:
        while True:
            text = await self._socket.receive_text()
            self._heard_at = time.monotonic()
            if not self._rate.allows():
                _log.warning("page closed", reason="too many messages")
                self.close(CLOSE_POLICY)
                return
            try:
                message = decode_page_message(text)
            except MalformedMessage as error:
                self._drop(str(error))
                continue
            if not isinstance(message, Pong):
                await seat.hear(message)

    def _drop(self, reason: str) -> None:
        _log.warning("page's message dropped", reason=reason)
        self._malformed += 1
        if self._malformed > MAX_MALFORMED:
            self.close(CLOSE_POLICY)

    async def _write(self) -> None:
        while True:
            await self._socket.send_text(await self._outgoing.get())

    async def _beat(self, sign_in_code: int) -> None:
        for number in range(2**53):
            if not self._still_signed_in():
                self.close(sign_in_code)
                return
            if time.monotonic() - self._heard_at > DEAD_AFTER_S:
                self.close()
                return
            self.send(Ping(n=number))
            await asyncio.sleep(HEARTBEAT_S)

"""The two-way channel of one call's signalling: offers, answers, candidates, farewells."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

import structlog
from nats.aio.msg import Msg

from kiosk.link.keys import Side, TicketKey, check_same
from kiosk.link.line import Line, LineDown, Subscription
from kiosk.link.messages import MalformedMessage, Signal, SignalBody, decode, encode

#: Signals waiting to be read. A call in trouble sends some ten a second; more is a flood.
_MAX_WAITING = 256

_log = structlog.get_logger(__name__)


class SignalChannel:
    """Signals of one ticket, as `side` sends and hears them.

    An async iterator of `SignalBody` that ends after `close`. Delivery is at most once: what
    matters is sent again by the protocol above, until it is answered.
    """

    def __init__(self, line: Line, agency: str, kiosk: str, ticket: str, side: Side) -> None:
        self._line = line
        self._key = TicketKey(agency, kiosk, ticket)
        self._side = side
        self._other: Side = "desk" if side == "booth" else "booth"
        self._waiting: asyncio.Queue[SignalBody | None] = asyncio.Queue(_MAX_WAITING)
        self._subscription: Subscription | None = None

    async def open(self) -> None:
        """Listen; what was sent before is lost."""
        if self._subscription is None:
            subject = self._key.signals_heard_by(self._side)
            self._subscription = await self._line.subscribe(subject, self._hear)

    async def close(self) -> None:
        """End the iteration and listen no more."""
        subscription, self._subscription = self._subscription, None
        if subscription is not None:
            await subscription.close()
            self._put(None)

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def send(self, body: SignalBody) -> bool:
        """Send to the other side; False when the line is down and it was not sent."""
        message = encode(Signal(ticket=self._key.ticket, body=body))
        try:
            await self._line.publish(self._key.signals_to(self._other), message)
        except LineDown:
            return False
        return True

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SignalBody:
        await self.open()
        body = await self._waiting.get()
        if body is None:
            raise StopAsyncIteration
        return body

    def _hear(self, message: Msg) -> None:
        try:
            signal = decode(Signal, message.data)
            check_same(signal.ticket, self._key)
        except MalformedMessage as error:
            _log.warning("signal dropped", reason=str(error))
            return
        self._put(signal.body)

    def _put(self, body: SignalBody | None) -> None:
        if self._waiting.full():
            self._waiting.get_nowait()
            _log.warning("signal dropped", reason="too many waiting")
        self._waiting.put_nowait(body)

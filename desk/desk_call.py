"""A call that an agent is in: the claim held, and its signals passed between booth and page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kiosk.link.claims import HeldClaim
from kiosk.link.desk_side import QueuedTicket
from kiosk.link.line import Line
from kiosk.link.messages import BoothMedia, Bye, SignalBody, TicketState
from kiosk.link.signals import SignalChannel


class DeskCall:
    """Begins with `open` and ends with `close`; knows nothing of pages."""

    def __init__(self, line: Line, entry: QueuedTicket, held: HeldClaim) -> None:
        """`entry` is the ticket as it was claimed."""
        key = entry.key
        self.ticket = key.ticket
        self.kiosk = key.kiosk
        self.place_name = entry.ticket.place_name
        self.since = held.claim.since
        """When it was answered, Unix seconds."""
        self.booth_media: BoothMedia | None = None
        """What the booth last told of its devices, for a page that is reloaded."""
        self.present = True
        """Whether the booth keeps its ticket alive."""
        self._held = held
        self._channel = SignalChannel(line, key.agency, key.kiosk, key.ticket, "desk")
        self._relay: asyncio.Task[None] | None = None
        self._connected_at: float | None = None
        self._absent_since: float | None = None

    async def open(self, on_signal: Callable[[SignalBody], None]) -> None:
        """Listen to the booth from now on."""
        await self._channel.open()
        self._relay = asyncio.create_task(self._listen(on_signal), name="desk-call")

    async def send(self, body: SignalBody) -> bool:
        """Pass a signal to the booth; False when the line is down."""
        return await self._channel.send(body)

    def note(self, entry: QueuedTicket | None, now: float) -> bool:
        """Take in how the ticket stands; True when the booth's presence changed."""
        if entry is not None and entry.ticket.state is TicketState.IN_CALL:
            self._connected_at = self._connected_at or now
        was, self.present = self.present, entry is not None
        self._absent_since = None if self.present else (self._absent_since or now)
        return was != self.present

    def absent_s(self, now: float) -> float:
        """Return for how long the booth has not kept its ticket alive, in seconds."""
        return 0.0 if self._absent_since is None else now - self._absent_since

    def connected_s(self, now: float) -> float | None:
        """Return how long the resident and the agent were connected; None if they never were."""
        return None if self._connected_at is None else now - self._connected_at

    async def close(self) -> None:
        """Give the ticket up."""
        await self._stop_relay()
        await self._held.release()

    async def stop(self) -> None:
        """Leave the claim on the broker: the gateway stops, and the call goes on without it."""
        await self._stop_relay()
        await self._held.stop()

    async def _stop_relay(self) -> None:
        relay, self._relay = self._relay, None
        if relay is not None and relay is not asyncio.current_task():
            relay.cancel()
            await asyncio.gather(relay, return_exceptions=True)
        await self._channel.close()

    async def _listen(self, on_signal: Callable[[SignalBody], None]) -> None:
        async for body in self._channel:
            if isinstance(body, BoothMedia):
                self.booth_media = body
            on_signal(body)
            if isinstance(body, Bye):
                return

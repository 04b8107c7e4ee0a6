"""The booth's side of the queue: a place of its own, kept as long as the booth lives."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing
from typing import Self

import structlog

from kiosk.link.entries import Change
from kiosk.link.keys import TicketKey
from kiosk.link.line import Line, LineDown
from kiosk.link.messages import Claim, LostDevices, Ticket, TicketState, new_ticket_id
from kiosk.link.refresh import Refresher
from kiosk.link.store import Bucket

#: Seconds that a ticket outlives its booth: the agent is told of a lost booth within 6 s.
TICKET_TTL_S = 4
#: Seconds between two refreshes of a ticket: three may be lost before the place is.
TICKET_EVERY_S = 1.0

_log = structlog.get_logger(__name__)


class OwnTicket:
    """A place in an agency's queue, from `open` until `close`."""

    def __init__(
        self,
        line: Line,
        ticket: Ticket,
        on_claim: Callable[[Claim | None], None] | None = None,
        lost: Callable[[], LostDevices] = tuple,
    ) -> None:
        self.key = TicketKey.of(ticket)
        self._bucket = Bucket(line, "tickets", Ticket)
        self._claims = Bucket(line, "claims", Claim)
        self._message = ticket
        self._on_claim = on_claim
        self._lost = lost
        self._claim: Claim | None = None
        self._claimed = asyncio.Event()
        self._refresher = Refresher(line, self._refresh, TICKET_EVERY_S, "ticket")
        self._watcher: asyncio.Task[None] | None = None
        self._given_up = False

    @classmethod
    async def open(
        cls,
        line: Line,
        agency: str,
        kiosk: str,
        place_name: str,
        on_claim: Callable[[Claim | None], None] | None = None,
        lost: Callable[[], LostDevices] = tuple,
        *,
        appointment: str | None = None,
        call_back: str | None = None,
    ) -> Self:
        """Join the end of `agency`'s queue; `lost` is asked at each refresh.

        `appointment` and `call_back` are what the resident has come for, if for either.

        `on_claim` is called on the loop when an agent takes the ticket, and with None when that
        agent has given it up or is known to be lost.

        Raises:
            LineDown: the ticket could not be written.
        """
        ticket = Ticket(
            ticket=new_ticket_id(),
            agency=agency,
            kiosk=kiosk,
            place_name=place_name,
            since=time.time(),
            lost=lost(),
            appointment=appointment,
            call_back=call_back,
        )
        own = cls(line, ticket, on_claim, lost)
        place = await own._bucket.create(str(own.key), ticket, TICKET_TTL_S)
        own._message = ticket.model_copy(update={"place": place})
        own._refresher.start()
        own._watcher = asyncio.create_task(own._watch_claim(), name="ticket-claim")
        return own

    @property
    def ticket(self) -> str:
        """The ticket's identifier."""
        return self._message.ticket

    @property
    def message(self) -> Ticket:
        """The ticket as it is told to the agency."""
        return self._message

    @property
    def claim(self) -> Claim | None:
        """The agent who holds the ticket, as last heard; kept while the line is down."""
        return self._claim

    async def claimed(self) -> Claim:
        """Wait for an agent to answer."""
        while self._claim is None:
            await self._claimed.wait()
        return self._claim

    async def set_state(self, state: TicketState, agent: str | None = None) -> None:
        """Tell the agency how the ticket stands; told again when the line is back, if down."""
        self._message = self._message.model_copy(update={"state": state, "agent": agent})
        self._refresher.soon()

    async def talk(self, agent: str | None) -> None:
        """Say that the resident is in a call with `agent`, or (None) waits again."""
        state = TicketState.WAITING if agent is None else TicketState.IN_CALL
        await self.set_state(state, agent)

    async def linger(self) -> None:
        """Say that the call is over and the resident still there."""
        await self.set_state(TicketState.LEAVING)

    async def leave(self) -> bool:
        """Give the place up, and return whether the broker has said that it is gone.

        Never raises; safe to call twice.
        """
        if self._watcher is None:
            return self._given_up
        watcher, self._watcher = self._watcher, None
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)
        await self._refresher.stop()
        try:
            await self._bucket.delete(str(self.key))
            self._given_up = True
        except LineDown:
            _log.info("ticket left to expire", agency=self.key.agency)
        return self._given_up

    close = leave

    async def _refresh(self) -> None:
        self._message = self._message.model_copy(update={"lost": self._lost()})
        # Without a condition on the revision: an entry that ran out while the line was down is
        # made anew by this, and `place` keeps its rank in the queue.
        await self._bucket.keep(str(self.key), self._message, TICKET_TTL_S)

    async def _watch_claim(self) -> None:
        key = str(self.key)
        async with aclosing(self._claims.watch(key, present=(key,))) as changes:
            async for change in changes:
                if isinstance(change, Change):
                    self._take(change.message)

    def _take(self, claim: Claim | None) -> None:
        self._claim = claim
        if claim is None:
            self._claimed.clear()
        else:
            self._claimed.set()
        if self._on_claim is not None:
            self._on_claim(claim)

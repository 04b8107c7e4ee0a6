"""An agent's calls, one at a time: claimed or come back to, relayed, and ended once."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Protocol

from desk.accounts import Agent
from desk.desk_call import DeskCall
from desk.page_messages import (
    BoothPresence,
    BoothSignal,
    Claimed,
    Ended,
    GatewayMessage,
    InCall,
    PageSignal,
)
from kiosk.link.claims import LostTo
from kiosk.link.desk_side import AgencyDesk, QueuedTicket
from kiosk.link.line import LineDown
from kiosk.link.messages import Bye, EndReason, SignalBody, TicketState
from kiosk.log import get_logger

#: Seconds that a call waits for its page: the booth itself gives up after 120 s without media.
CALL_WITHOUT_PAGE_S = 130.0

#: Seconds that a call with neither page nor booth is remembered.
CALL_WITHOUT_ANYBODY_S = 15.0

#: Calls whose end is remembered, lest a ticket that lingers bring one back.
_FINISHED = 16

_log = get_logger(__name__)


class Room(Protocol):
    """The agency's room, as an agent's calls see it."""

    desk: AgencyDesk

    def find(self, ticket: str) -> QueuedTicket | None:
        """Return a ticket of this agency."""

    def holder(self, entry: QueuedTicket) -> str | None:
        """Return the name of the agent who has the ticket."""

    def call_ended(self, connected_s: float) -> None:
        """Remember the length of a call."""


class AgentCalls:
    """The call that one agent is in, if any, and the way into and out of it."""

    def __init__(
        self,
        agent: Agent,
        room: Room,
        send: Callable[[GatewayMessage], None],
        changed: Callable[[], None],
    ) -> None:
        """`send` goes to the agent's page; `changed` is called when a call begins or ends."""
        self.current: DeskCall | None = None
        self._agent = agent
        self._room = room
        self._send = send
        self._changed = changed
        self._claiming = False
        self._finished: deque[str] = deque(maxlen=_FINISHED)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def idle(self) -> bool:
        """Whether there is no call, nor one about to be."""
        return self.current is None and not self._claiming

    def answer(self, ticket: str) -> None:
        """Claim a ticket; the page is told what became of it."""
        if self.idle:
            self._start_claim(self._answer(ticket))

    def greet(self) -> None:
        """Tell a page that has just come which call it is in."""
        if self.current is not None:
            self._tell_call(self.current, resumed=True)

    def come_back(self) -> None:
        """Take up the call that this agent is in as the broker knows it, if there is one."""
        entry = next(filter(self._is_mine, self._room.desk.queue), None)
        if self.idle and entry is not None:
            self._start_claim(self._take(entry, resumed=True))

    def note_queue(self, now: float, alone_s: float) -> None:
        """Take in how the call's ticket stands, and for how long there has been no page."""
        call = self.current
        if call is None:
            return
        entry = self._room.find(call.ticket)
        if entry is not None and entry.ticket.state is TicketState.LEAVING:
            # Its bye was lost on the way.
            self._end(call, EndReason.RESIDENT)
            return
        if call.note(entry, now):
            self._send(BoothPresence(ticket=call.ticket, present=call.present))
        nobody_s = min(alone_s, call.absent_s(now))
        if nobody_s > CALL_WITHOUT_ANYBODY_S or alone_s > CALL_WITHOUT_PAGE_S:
            self._start(self._farewell(call))
            self._end(call, EndReason.TIMEOUT)

    async def from_page(self, message: PageSignal) -> None:
        """Pass a signal to the booth, if it is of this agent's own call."""
        call = self.current
        if call is None or message.ticket != call.ticket:
            if message.ticket not in self._finished:
                _log.warning("page's signal dropped", reason="not this agent's call")
            return
        await call.send(message.body)
        if isinstance(message.body, Bye):
            self._end(call, message.body.reason)

    async def stop(self) -> None:
        """The gateway stops: the call goes on, and the agent will be back for it."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.current is not None:
            await self.current.stop()

    def _is_mine(self, entry: QueuedTicket) -> bool:
        if entry.key.ticket in self._finished or entry.ticket.state is TicketState.LEAVING:
            return False
        if entry.claim is not None:
            return entry.claim.agent == self._agent.user
        return entry.ticket.state is TicketState.IN_CALL and entry.ticket.agent == self._agent.user

    async def _answer(self, ticket: str) -> None:
        entry = self._room.find(ticket)
        if entry is None or entry.ticket.state is TicketState.LEAVING:
            _log.warning("claim refused: no such ticket in this agency", agency=self._agent.agency)
            self._send(Claimed(ticket=ticket, outcome="gone"))
        elif entry.ticket.state is TicketState.IN_CALL and not self._is_mine(entry):
            by = self._room.holder(entry)
            self._send(Claimed(ticket=ticket, outcome="lost", by=by))
        else:
            await self._take(entry, resumed=False)

    async def _take(self, entry: QueuedTicket, *, resumed: bool) -> None:
        """Claim the ticket and begin the call; a page that did not ask is told of success only."""
        try:
            call = await self._claimed(entry)
        except LineDown:
            call = Claimed(ticket=entry.key.ticket, outcome="no_line")
        if isinstance(call, Claimed):
            if not resumed:
                self._send(call)
            return
        self.current = call
        _log.info("call taken", agency=self._agent.agency, kiosk=call.kiosk, ticket=call.ticket)
        if not resumed:
            self._send(Claimed(ticket=call.ticket, outcome="won"))
        self._tell_call(call, resumed=resumed)
        self._changed()

    async def _claimed(self, entry: QueuedTicket) -> DeskCall | Claimed:
        """Return the call, open, or why there is none.

        Raises:
            LineDown: not known; the agent may ask again.
        """
        ticket, desk = entry.key.ticket, self._room.desk
        outcome = await desk.claim(
            entry.key, self._agent.user, self._agent.name, lambda: self._claim_lost(ticket)
        )
        if isinstance(outcome, LostTo):
            return Claimed(ticket=ticket, outcome="lost", by=outcome.agent_name)
        if self._room.find(ticket) is None:
            await outcome.release()
            return Claimed(ticket=ticket, outcome="gone")
        call = DeskCall(desk.line, entry, outcome)
        await call.open(lambda body: self._from_booth(call, body))
        return call

    def _tell_call(self, call: DeskCall, *, resumed: bool) -> None:
        self._send(
            InCall(
                ticket=call.ticket,
                kiosk=call.kiosk,
                place_name=call.place_name,
                since=call.since,
                resumed=resumed,
            )
        )
        if call.booth_media is not None:
            self._send(BoothSignal(ticket=call.ticket, body=call.booth_media))
        if not call.present:
            self._send(BoothPresence(ticket=call.ticket, present=False))

    def _from_booth(self, call: DeskCall, body: SignalBody) -> None:
        if self.current is not call:
            return
        if isinstance(body, Bye):
            self._end(call, body.reason)
        else:
            self._send(BoothSignal(ticket=call.ticket, body=body))

    def _claim_lost(self, ticket: str) -> None:
        if self.current is not None and self.current.ticket == ticket:
            self._end(self.current, EndReason.FAULT)

    async def _farewell(self, call: DeskCall) -> None:
        await call.send(Bye(reason=EndReason.TIMEOUT))

    def _end(self, call: DeskCall, reason: EndReason) -> None:
        self.current = None
        self._finished.append(call.ticket)
        connected_s = call.connected_s(time.monotonic())
        if connected_s is not None:
            self._room.call_ended(connected_s)
        _log.info("call ended", agency=self._agent.agency, ticket=call.ticket, reason=reason)
        self._send(Ended(ticket=call.ticket, reason=reason))
        self._start(call.close())
        self._changed()

    def _start_claim(self, work: Coroutine[object, object, None]) -> None:
        # From now on, not from when the task begins: a second click must find it so.
        self._claiming = True

        async def claiming() -> None:
            try:
                await work
            finally:
                self._claiming = False

        self._start(claiming())

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work, name="agent-call")
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("call failed", exc_info=error)

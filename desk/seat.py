"""An agent's seat in the agency's room: their page, their state, and the call they are in."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Coroutine
from typing import Protocol, assert_never

from desk.accounts import Agent
from desk.desk_call import DeskCall
from desk.page_messages import (
    CLOSE_SUPERSEDED,
    BoothPresence,
    BoothSignal,
    Claimed,
    ClaimTicket,
    Ended,
    GatewayMessage,
    InCall,
    OwnPresence,
    PageSignal,
    SetPresence,
)
from kiosk.link.claims import LostTo
from kiosk.link.desk_side import AgencyDesk, QueuedTicket
from kiosk.link.line import LineDown
from kiosk.link.messages import AgentState, Bye, EndReason, SignalBody, TicketState
from kiosk.log import get_logger

#: Seconds without a page after which an agent is away: a reload takes one or two.
AWAY_AFTER_S = 4.0

#: Seconds without a page after which the seat is empty; time for others to hear of « away ».
EMPTY_AFTER_S = 10.0

#: Seconds that a call waits for its page: the booth itself gives up after 120 s without media.
CALL_WITHOUT_PAGE_S = 130.0

#: Seconds that a call with neither page nor booth is remembered.
CALL_WITHOUT_ANYBODY_S = 15.0

#: Calls whose end is remembered, lest a ticket that lingers bring one back.
_FINISHED = 16

_log = get_logger(__name__)


class Page(Protocol):
    """The page, as the seat sees it."""

    def send(self, message: GatewayMessage) -> None:
        """Queue a message."""

    def close(self, code: int = ...) -> None:
        """End it."""


class Room(Protocol):
    """The agency's room, as a seat sees it."""

    desk: AgencyDesk

    def find(self, ticket: str) -> QueuedTicket | None:
        """Return a ticket of this agency."""

    def holder(self, entry: QueuedTicket) -> str | None:
        """Return the name of the agent who has the ticket."""

    def refresh(self) -> None:
        """Tell pages and booths what changed."""

    def call_ended(self, connected_s: float) -> None:
        """Remember the length of a call."""


class AgentSeat:
    """One signed-in agent. At most one page speaks for them: the newest."""

    def __init__(self, agent: Agent, room: Room) -> None:
        """The seat is empty until `attach`."""
        self.agent = agent
        self.call: DeskCall | None = None
        self._room = room
        self._page: Page | None = None
        self._alone_since = time.monotonic()
        self._wanted = AgentState.AWAY
        self._claiming = False
        self._finished: deque[str] = deque(maxlen=_FINISHED)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def state(self) -> AgentState:
        """What the agency is told of this agent."""
        if self.call is not None:
            return AgentState.BUSY
        if self.alone_s > AWAY_AFTER_S:
            return AgentState.AWAY
        return self._wanted

    @property
    def alone_s(self) -> float:
        """Seconds since the page went; 0 while there is one."""
        return 0.0 if self._page is not None else time.monotonic() - self._alone_since

    @property
    def over(self) -> bool:
        """Whether nothing is left to remember of this agent."""
        return self.call is None and not self._claiming and self.alone_s > EMPTY_AFTER_S

    def attach(self, page: Page) -> None:
        """Let this page speak for the agent; another one is told so and closed."""
        former, self._page = self._page, page
        if former is not None:
            former.close(CLOSE_SUPERSEDED)
        self.send(OwnPresence(state=self.state))
        if self.call is not None:
            self._tell_call(self.call, resumed=True)

    def detach(self, page: Page) -> None:
        """The page is gone; the agent may be back at any moment."""
        if self._page is page:
            self._page = None
            self._alone_since = time.monotonic()

    def send(self, message: GatewayMessage) -> None:
        """Send to the page, if there is one."""
        if self._page is not None:
            self._page.send(message)

    async def hear(self, message: SetPresence | ClaimTicket | PageSignal) -> None:
        """Act on what the page said."""
        match message:
            case SetPresence():
                self._wanted = AgentState(message.state)
                self._changed()
            case ClaimTicket():
                self._start(self._answer(message.ticket))
            case PageSignal():
                await self._from_page(message)
            case _:
                assert_never(message)

    def note_queue(self, now: float) -> None:
        """Take in how the queue stands: is the booth of the call still there, is a call lost."""
        if self.call is not None:
            if self.call.note(self._room.find(self.call.ticket), now):
                self.send(BoothPresence(ticket=self.call.ticket, present=self.call.present))
            self._give_up_if_alone(self.call, now)
        elif self._page is not None and not self._claiming:
            for entry in self._room.desk.queue:
                if self._is_mine(entry):
                    self._start(self._take(entry, resumed=True))
                    break

    async def stop(self) -> None:
        """The gateway stops: the call goes on, and the agent will be back for it."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self.call is not None:
            await self.call.stop()

    def _is_mine(self, entry: QueuedTicket) -> bool:
        if entry.key.ticket in self._finished:
            return False
        if entry.claim is not None:
            return entry.claim.agent == self.agent.user
        return entry.ticket.state is TicketState.IN_CALL and entry.ticket.agent == self.agent.user

    async def _answer(self, ticket: str) -> None:
        entry = self._room.find(ticket)
        if self.call is not None or self._claiming:
            return
        if entry is None:
            _log.warning("claim refused: no such ticket in this agency", agency=self.agent.agency)
            self.send(Claimed(ticket=ticket, outcome="gone"))
        elif entry.ticket.state is TicketState.IN_CALL and not self._is_mine(entry):
            by = self._room.holder(entry)
            self.send(Claimed(ticket=ticket, outcome="lost", by=by))
        else:
            await self._take(entry, resumed=False)

    async def _take(self, entry: QueuedTicket, *, resumed: bool) -> None:
        """Claim the ticket; open the call if it was won."""
        ticket, desk = entry.key.ticket, self._room.desk
        self._claiming = True
        try:
            outcome = await desk.claim(
                entry.key, self.agent.user, self.agent.name, lambda: self._claim_lost(ticket)
            )
            if isinstance(outcome, LostTo):
                if not resumed:
                    self.send(Claimed(ticket=ticket, outcome="lost", by=outcome.agent_name))
                return
            if self._room.find(ticket) is None:
                await outcome.release()
                self.send(Claimed(ticket=ticket, outcome="gone"))
                return
            call = DeskCall(desk.line, entry, outcome)
            await call.open(lambda body: self._from_booth(call, body))
        except LineDown:
            if not resumed:
                self.send(Claimed(ticket=ticket, outcome="no_line"))
            return
        finally:
            self._claiming = False
        self.call = call
        _log.info("call taken", agency=self.agent.agency, kiosk=call.kiosk, ticket=ticket)
        if not resumed:
            self.send(Claimed(ticket=ticket, outcome="won"))
        self._tell_call(call, resumed=resumed)
        self._changed()

    def _tell_call(self, call: DeskCall, *, resumed: bool) -> None:
        self.send(
            InCall(
                ticket=call.ticket, kiosk=call.kiosk, place_name=call.place_name, resumed=resumed
            )
        )
        if call.booth_media is not None:
            self.send(BoothSignal(ticket=call.ticket, body=call.booth_media))
        if not call.present:
            self.send(BoothPresence(ticket=call.ticket, present=False))

    async def _from_page(self, message: PageSignal) -> None:
        call = self.call
        if call is None or message.ticket != call.ticket:
            if message.ticket not in self._finished:
                _log.warning("page's signal dropped", reason="not this agent's call")
            return
        await call.send(message.body)
        if isinstance(message.body, Bye):
            self._end(call, message.body.reason)

    def _from_booth(self, call: DeskCall, body: SignalBody) -> None:
        if self.call is not call:
            return
        if isinstance(body, Bye):
            self._end(call, body.reason)
        else:
            self.send(BoothSignal(ticket=call.ticket, body=body))

    def _claim_lost(self, ticket: str) -> None:
        if self.call is not None and self.call.ticket == ticket:
            self._end(self.call, EndReason.FAULT)

    def _give_up_if_alone(self, call: DeskCall, now: float) -> None:
        alone_s = self.alone_s
        nobody = min(alone_s, call.absent_s(now)) > CALL_WITHOUT_ANYBODY_S
        if nobody or alone_s > CALL_WITHOUT_PAGE_S:
            self._start(self._farewell(call))
            self._end(call, EndReason.TIMEOUT)

    async def _farewell(self, call: DeskCall) -> None:
        await call.send(Bye(reason=EndReason.TIMEOUT))

    def _end(self, call: DeskCall, reason: EndReason) -> None:
        self.call = None
        self._finished.append(call.ticket)
        connected_s = call.connected_s(time.monotonic())
        if connected_s is not None:
            self._room.call_ended(connected_s)
        _log.info("call ended", agency=self.agent.agency, ticket=call.ticket, reason=reason)
        self.send(Ended(ticket=call.ticket, reason=reason))
        self._start(call.close())
        self._changed()

    def _changed(self) -> None:
        self._room.desk.set_agent(self.agent.user, self.state)
        self.send(OwnPresence(state=self.state))
        self._room.refresh()

    def _start(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work, name="seat")
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("seat failed", exc_info=error)

"""An agent's seat in the agency's room: the page that speaks for them, and their state."""

from __future__ import annotations

import time
from collections import deque
from typing import Protocol, assert_never

from desk import agent_calls
from desk.accounts import Agent
from desk.agent_calls import AgentCalls
from desk.page_messages import (
    CLOSE_SUPERSEDED,
    ClaimTicket,
    GatewayMessage,
    OwnPresence,
    PageSignal,
    ParcelTaken,
    SetClosing,
    SetPresence,
)
from kiosk.link.messages import AgentState

#: Seconds without a page after which an agent is away: a reload takes one or two.
AWAY_AFTER_S = 4.0

#: Seconds without a page after which the seat is empty; time for others to hear of « away ».
EMPTY_AFTER_S = 10.0

#: Fetched parcels that a page which is away is told of: more than a visit has.
_MOST_TAKEN = 8


class Page(Protocol):
    """The page, as the seat sees it."""

    def send(self, message: GatewayMessage) -> None:
        """Queue a message."""

    def close(self, code: int = ...) -> None:
        """End it."""


class Room(agent_calls.Room, Protocol):
    """The agency's room, as a seat sees it."""

    def refresh(self) -> None:
        """Tell pages and booths what changed."""

    def set_closing(self, closing: bool) -> None:
        """Tell those who wait that the agency closes, or that it does not."""


class AgentSeat:
    """One signed-in agent. At most one page speaks for them: the newest."""

    def __init__(self, agent: Agent, room: Room) -> None:
        """The seat is empty until `attach`."""
        self.agent = agent
        self._room = room
        self._calls = AgentCalls(agent, room, self.send, self._changed)
        self._page: Page | None = None
        self._alone_since = time.monotonic()
        self._wanted = AgentState.AWAY
        self._taken: deque[ParcelTaken] = deque(maxlen=_MOST_TAKEN)

    @property
    def state(self) -> AgentState:
        """What the agency is told of this agent."""
        if self._calls.current is not None:
            return AgentState.BUSY
        if self.alone_s > AWAY_AFTER_S:
            return AgentState.AWAY
        return self._wanted

    @property
    def alone_s(self) -> float:
        """Seconds since the page went; 0 while there is one."""
        return 0.0 if self._page is not None else time.monotonic() - self._alone_since

    def in_call(self, ticket: str) -> bool:
        """Whether this agent is in the call of that ticket."""
        return self._calls.current is not None and self._calls.current.ticket == ticket

    @property
    def over(self) -> bool:
        """Whether nothing is left to remember of this agent."""
        return self._calls.idle and self.alone_s > EMPTY_AFTER_S

    def attach(self, page: Page) -> None:
        """Let this page speak for the agent; another one is told so and closed."""
        former, self._page = self._page, page
        if former is not None:
            former.close(CLOSE_SUPERSEDED)
        self.send(OwnPresence(state=self.state))
        self._calls.greet()
        while self._taken:
            self.send(self._taken.popleft())

    def detach(self, page: Page) -> None:
        """The page is gone; the agent may be back at any moment."""
        if self._page is page:
            self._page = None
            self._alone_since = time.monotonic()

    def send(self, message: GatewayMessage) -> None:
        """Send to the page, if there is one."""
        if self._page is not None:
            self._page.send(message)

    def parcel_taken(self, message: ParcelTaken) -> None:
        """Tell the page now, or the one that is about to be there: its booth waits for it."""
        if self._page is None:
            self._taken.append(message)
        else:
            self.send(message)

    async def hear(self, message: SetPresence | ClaimTicket | PageSignal | SetClosing) -> None:
        """Act on what the page said."""
        match message:
            case SetPresence():
                self._wanted = AgentState(message.state)
                self._changed()
            case ClaimTicket():
                self._calls.answer(message.ticket)
            case PageSignal():
                await self._calls.from_page(message)
            case SetClosing():
                self._room.set_closing(message.on)
            case _:
                assert_never(message)

    def note_queue(self, now: float) -> None:
        """Take in how the queue stands at `now`, `time.monotonic()` seconds."""
        self._calls.note_queue(now, self.alone_s)
        if self._page is not None:
            self._calls.come_back()

    async def stop(self) -> None:
        """The gateway stops: a call goes on, and the agent will be back for it."""
        await self._calls.stop()

    def _changed(self) -> None:
        self._room.desk.set_agent(self.agent.user, self.state)
        self.send(OwnPresence(state=self.state))
        self._room.refresh()

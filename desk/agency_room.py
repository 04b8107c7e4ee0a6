"""One agency at this gateway: its line to the broker, its queue, its agents and what booths see."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from desk.accounts import Agent
from desk.closing import Closing
from desk.due import Due
from desk.durations import Durations
from desk.page_messages import LineState, ParcelTaken, QueueEntry, QueueState
from desk.parcels import Parcel, Parcels
from desk.seat import AgentSeat, Page
from kiosk.link.desk_side import AgencyDesk, QueuedTicket
from kiosk.link.line import Line, LineSettings
from kiosk.link.messages import AgencyKeys, AgentState, Board, Ticket, TicketState

#: Seconds between two looks at what time alone changes: a page that stays away.
_LOOK_S = 1.0

#: Seconds without anybody who waits until nobody is told any more that the agency closes: a
#: gateway that has just begun has heard of everybody by then.
_NOBODY_S = 5.0

#: Tickets shown to a page and to booths: more people than any agency lets wait.
_MAX_SHOWN = 500


class AgencyRoom:
    """Joins the agency's pages to its part of the broker; `start` and `close` bound its life."""

    def __init__(
        self,
        line: Line,
        agency: str,
        durations: Durations,
        parcels: Parcels,
        name_of: Callable[[str], str],
    ) -> None:
        """`line` is signed in as this agency's desk; `name_of` says how an agent is called."""
        self.agency = agency
        self._name_of = name_of
        self.desk = AgencyDesk(line, agency, self.refresh, parcels.ticket_left)
        self._line = line
        self._durations = durations
        self._parcels = parcels
        self._closing = Closing(line, agency, self.refresh)
        self._nobody_since = time.monotonic()
        self._keys: AgencyKeys | None = None
        self._on_taken: Callable[[Ticket], None] = lambda _ticket: None
        self._due: Callable[[str], Due] = lambda _appointment: Due()
        self._seats: dict[str, AgentSeat] = {}
        self._queue_told = QueueState()
        self._board_told: Board | None = None
        self._refreshing = False
        self._end_listening: Callable[[], None] = lambda: None
        self._look: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls,
        link: LineSettings,
        agency: str,
        durations: Durations,
        parcels: Parcels,
        name_of: Callable[[str], str],
    ) -> AgencyRoom:
        """Return the room, begun; the line may come up later."""
        room = cls(await Line.connect(link), agency, durations, parcels, name_of)
        room.start()
        return room

    def start(self) -> None:
        """Begin to watch the queue."""
        self._end_listening = self._line.on_state(self._line_changed)
        self.desk.start()
        self._closing.start()
        self._look = asyncio.create_task(self._keep_looking(), name=f"room-{self.agency}")
        self.refresh()

    async def close(self) -> None:
        """Stop without ending any call: claims and presence run out by themselves."""
        if self._look is not None:
            self._look.cancel()
            await asyncio.gather(self._look, return_exceptions=True)
        self._end_listening()
        for seat in self._seats.values():
            await seat.stop()
        await self._closing.close()
        await self.desk.close()
        await self._line.close()

    def join_agenda(
        self, keys: AgencyKeys, on_taken: Callable[[Ticket], None], due: Callable[[str], Due]
    ) -> None:
        """Show booths the agency's keys, and agents when an appointment is due, and with whom.

        `on_taken` hears of each ticket that an agent holds.
        """
        self._keys = keys
        self._on_taken = on_taken
        self._due = due
        self.refresh()

    def enter(self, agent: Agent, page: Page) -> AgentSeat:
        """Give the agent's page its seat, with all that it should know."""
        seat = self._seats.get(agent.user)
        if seat is None:
            seat = self._seats[agent.user] = AgentSeat(agent, self)
        page.send(LineState(up=self._line.up))
        page.send(self._queue_told)
        seat.attach(page)
        self.desk.set_agent(agent.user, seat.state)
        self.refresh()
        return seat

    def find(self, ticket: str) -> QueuedTicket | None:
        """Return a ticket of this agency's queue."""
        return next((entry for entry in self.desk.queue if entry.key.ticket == ticket), None)

    def holder(self, entry: QueuedTicket) -> str | None:
        """Return the name of the agent who has the ticket; None while it waits."""
        if entry.claim is not None:
            return entry.claim.agent_name
        return self._name_of(entry.ticket.agent) if entry.ticket.agent else None

    def call_ended(self, connected_s: float) -> None:
        """Remember the length of a call."""
        self._durations.add(connected_s)

    def in_call(self, user: str, ticket: str) -> bool:
        """Whether that agent is in the call of that ticket."""
        seat = self._seats.get(user)
        return seat is not None and seat.in_call(ticket)

    def parcel_taken(self, parcel: Parcel) -> None:
        """Tell the page of the agent who deposited it."""
        seat = self._seats.get(parcel.agent)
        if seat is not None:
            seat.parcel_taken(ParcelTaken(ticket=parcel.ticket, id=parcel.id))

    def set_closing(self, closing: bool) -> None:
        """Tell those who wait, at all gateways, that the agency closes, or that it does not."""
        self._closing.say(closing)

    def refresh(self) -> None:
        """Tell pages and booths what changed: once for all that changes in one turn of the loop."""
        if not self._refreshing:
            self._refreshing = True
            asyncio.get_running_loop().call_soon(self._refresh)

    def _refresh(self) -> None:
        self._refreshing = False
        agents = list(self.desk.agents.values())
        waiting: list[QueueEntry] = []
        in_call: list[QueueEntry] = []
        present = [one for one in self.desk.queue if one.ticket.state is not TicketState.LEAVING]
        for entry in present:
            (in_call if self._taken(entry) else waiting).append(self._shown(entry))
            if entry.claim is not None:
                self._on_taken(entry.ticket)
        # Booths are told the same order: nobody is shown a place that they do not have.
        waiting.sort(key=lambda entry: not entry.appointment)
        now = time.monotonic()
        self._note_waiting(bool(waiting), now)
        queue = QueueState(
            waiting=tuple(waiting[:_MAX_SHOWN]),
            in_call=tuple(in_call[:_MAX_SHOWN]),
            available=agents.count(AgentState.AVAILABLE),
            busy=agents.count(AgentState.BUSY),
            closing=self._closing.now and bool(waiting),
        )
        if queue != self._queue_told:
            self._queue_told = queue
            for seat in self._seats.values():
                seat.send(queue)
        board = self._board(queue)
        if board != self._board_told:
            self._board_told = board
            self.desk.set_board(board)
        for seat in self._seats.values():
            seat.note_queue(now)

    def _note_waiting(self, somebody: bool, now: float) -> None:
        """The next day's first resident is not told that the agency closes."""
        if somebody or not self._line.up:
            self._nobody_since = now
        elif now - self._nobody_since >= _NOBODY_S:
            self._closing.over()

    def _board(self, queue: QueueState) -> Board:
        return Board(
            agency=self.agency,
            available=queue.available,
            busy=queue.busy,
            queue=tuple(entry.ticket for entry in queue.waiting),
            typical_call_s=self._durations.typical_s,
            closing=queue.closing,
            keys=self._keys,
        )

    @staticmethod
    def _taken(entry: QueuedTicket) -> bool:
        return entry.claim is not None or entry.ticket.state is TicketState.IN_CALL

    def _shown(self, entry: QueuedTicket) -> QueueEntry:
        appointment = entry.ticket.appointment
        due = self._due(appointment) if appointment is not None else Due()
        return QueueEntry(
            ticket=entry.key.ticket,
            kiosk=entry.key.kiosk,
            place_name=entry.ticket.place_name,
            since=entry.ticket.since,
            claimed_by=self.holder(entry),
            lost=entry.ticket.lost,
            appointment=appointment is not None,
            appointment_at=due.at,
            appointment_with=due.agent,
            appointment_with_name=self._name_of(due.agent) if due.agent else "",
            appointment_with_here=due.agent in self.desk.agents,
            call_back=entry.ticket.call_back is not None,
        )

    def _line_changed(self, up: bool) -> None:
        for seat in self._seats.values():
            seat.send(LineState(up=up))

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_S)
            for user, seat in tuple(self._seats.items()):
                if seat.over:
                    del self._seats[user]
                    self.desk.set_agent(user, None)
                elif self.desk.agents.get(user) is not seat.state:
                    self.desk.set_agent(user, seat.state)
            if self._line.up:
                self._parcels.note_tickets(self.agency, lambda one: self.find(one) is not None)
            self.refresh()

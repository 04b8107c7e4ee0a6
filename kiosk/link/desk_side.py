"""What an agency's gateway needs of the broker: its queue, its claims, its agents, its board."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

import structlog

from kiosk.link.claims import HeldClaim, LostTo, claim_ticket
from kiosk.link.entries import AnyMessage, Change, Snapshot
from kiosk.link.keys import TicketKey
from kiosk.link.line import Line
from kiosk.link.messages import AgentState, Board, Claim, Presence, Ticket
from kiosk.link.refresh import Refresher
from kiosk.link.store import Bucket
from kiosk.link.tickets import TICKET_EVERY_S

#: Seconds that an agent, or an agency's board, outlives its gateway.
PRESENCE_TTL_S = 6
#: Seconds between two refreshes of them.
PRESENCE_EVERY_S = 2.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class QueuedTicket:
    """A ticket of the agency, and who has it."""

    key: TicketKey
    ticket: Ticket
    place: int
    """Rank in the queue, the same for as long as the ticket lives; lower is earlier."""
    claim: Claim | None = None


class AgencyDesk:
    """One agency's side of the broker, over a line signed in as that agency's desk."""

    def __init__(
        self,
        line: Line,
        agency: str,
        on_change: Callable[[], None] | None = None,
        on_left: Callable[[str], None] | None = None,
    ) -> None:
        """`on_left` is told a ticket that its booth took away, not one that ran out."""
        self.line = line
        self.agency = agency
        self._on_change = on_change
        self._on_left = on_left
        self._tickets = Bucket(line, "tickets", Ticket)
        self._claims = Bucket(line, "claims", Claim)
        self._presence = Bucket(line, "presence", Presence)
        self._boards = Bucket(line, "boards", Board)
        self._queue: dict[str, QueuedTicket] = {}
        self._claimed: dict[str, Claim] = {}
        self._agents: dict[str, Presence] = {}
        self._own_agents: dict[str, Presence] = {}
        self._board: Board | None = None
        self._refresher = Refresher(line, self._refresh, PRESENCE_EVERY_S, f"desk-{agency}")
        self._watchers: list[asyncio.Task[None]] = []
        self.ready = asyncio.Event()
        """Set when the tickets that were there at `start` are known."""

    def start(self) -> None:
        """Begin to watch the queue and to keep alive what is told."""
        self._refresher.start()
        # Token by token, as the broker's permissions are: `>` would ask for more than they give.
        of_tickets = f"{self.agency}.*.*"
        tickets = self._tickets.watch(of_tickets, refresh_s=TICKET_EVERY_S)
        claims = self._claims.watch(of_tickets)
        agents = self._presence.watch(f"{self.agency}.*")
        self._watchers = [
            asyncio.create_task(follow, name=f"desk-{self.agency}")
            for follow in (
                self._follow(tickets, self._note_ticket, self.ready),
                self._follow(claims, self._note_claim),
                self._follow(agents, self._note_agent),
            )
        ]

    async def close(self) -> None:
        """Watch and tell no more; what was told runs out by itself."""
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*self._watchers, return_exceptions=True)
        await self._refresher.stop()

    @property
    def queue(self) -> tuple[QueuedTicket, ...]:
        """The agency's tickets, first in line first; while the line is down, as last heard."""
        queued = sorted(self._queue.items(), key=lambda item: (item[1].place, item[0]))
        return tuple(replace(entry, claim=self._claimed.get(key)) for key, entry in queued)

    @property
    def agents(self) -> dict[str, AgentState]:
        """The agents signed in at any gateway of this agency."""
        told = {**self._agents, **self._own_agents}
        return {agent: presence.state for agent, presence in told.items()}

    async def claim(
        self,
        key: TicketKey,
        agent: str,
        agent_name: str,
        on_lost: Callable[[], None] | None = None,
    ) -> HeldClaim | LostTo:
        """Take a ticket for `agent`; see `kiosk.link.claims.claim_ticket`.

        Raises:
            LineDown: not known; ask again.
        """
        return await claim_ticket(self._claims, key, agent, agent_name, on_lost)

    def set_agent(self, agent: str, state: AgentState | None) -> None:
        """Say how an agent of this gateway is; None when signed out (it runs out by itself)."""
        if state is None:
            self._own_agents.pop(agent, None)
        else:
            self._own_agents[agent] = Presence(agent=agent, state=state)
        self._refresher.soon()

    def set_board(self, board: Board) -> None:
        """Say what every booth shall show of this agency, until told otherwise."""
        self._board = board
        self._refresher.soon()

    async def _refresh(self) -> None:
        for agent, presence in tuple(self._own_agents.items()):
            await self._presence.keep(f"{self.agency}.{agent}", presence, PRESENCE_TTL_S)
        if self._board is not None:
            await self._boards.keep(self.agency, self._board, PRESENCE_TTL_S)

    async def _follow(
        self,
        watch: AsyncGenerator[Change[AnyMessage] | Snapshot],
        note: Callable[[Change[AnyMessage]], None],
        ready: asyncio.Event | None = None,
    ) -> None:
        async with aclosing(watch) as changes:
            async for change in changes:
                if isinstance(change, Change):
                    note(change)
                elif ready is not None:
                    ready.set()
                if self._on_change is not None:
                    self._on_change()

    def _note_ticket(self, change: Change[Ticket]) -> None:
        if change.message is None:
            gone = self._queue.pop(change.key, None)
            if gone is not None and change.deleted and self._on_left is not None:
                self._on_left(gone.key.ticket)
            return
        before = self._queue.get(change.key)
        if before is not None:
            place = before.place
        else:
            # A place beyond the entry's own revision cannot be: it was not there yet.
            place = min(change.message.place or change.revision, change.revision)
        key = TicketKey.parse(change.key)
        self._queue[change.key] = QueuedTicket(key, change.message, place)

    def _note_claim(self, change: Change[Claim]) -> None:
        if change.message is None:
            self._claimed.pop(change.key, None)
        else:
            self._claimed[change.key] = change.message

    def _note_agent(self, change: Change[Presence]) -> None:
        agent = change.key.partition(".")[2]
        if change.message is None:
            self._agents.pop(agent, None)
        else:
            self._agents[agent] = change.message

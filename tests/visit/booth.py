"""A reception with parts in memory: the test is the agencies, the agent and the call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from devices.picture import PictureSink
from kiosk.calls.status import CallStatus
from kiosk.diagnostics.view import TechnicianView
from kiosk.link.messages import Board, Claim, EndReason
from kiosk.visit.ports import Place
from kiosk.visit.reception import Reception, Times
from kiosk.visit.snapshot import DockDevice, Tile, TileState, VisitSnapshot

TICKET = "0" * 31 + "1"


class MemoryPlace:
    """A place in a queue; the test answers it with `answer` and takes the claim back."""

    def __init__(self) -> None:
        self.ticket = TICKET
        self.claim: Claim | None = None
        self.talks: list[str | None] = []
        self.left = False
        self._claimed = asyncio.Event()

    def answer(self, name: str = "Camille") -> None:
        """An agent answers."""
        self.claim = Claim(ticket=self.ticket, agent="camille", agent_name=name, since=0.0)
        self._claimed.set()

    def withdraw(self) -> None:
        """The agent's claim goes."""
        self.claim = None
        self._claimed.clear()

    async def claimed(self) -> Claim:
        await self._claimed.wait()
        if self.claim is None:
            raise RuntimeError("claimed without a claim")
        return self.claim

    async def talk(self, agent: str | None) -> None:
        self.talks.append(agent)

    async def leave(self) -> None:
        self.left = True


class MemoryCall:
    """A call that the test connects, slows and ends."""

    def __init__(
        self, on_change: Callable[[CallStatus], None], on_written: Callable[[str], None]
    ) -> None:
        self.tell = on_change
        self.agent_writes = on_written
        self.muted = False
        self.released = False
        self.writable = True
        self.written: list[str] = []
        self.over: asyncio.Future[EndReason] = asyncio.get_running_loop().create_future()

    async def run(self) -> EndReason:
        try:
            return await self.over
        finally:
            self.released = True

    async def hang_up(self) -> None:
        self.over.set_result(EndReason.RESIDENT)

    def set_muted(self, muted: bool) -> None:
        self.muted = muted

    async def write(self, text: str) -> bool:
        if self.writable:
            self.written.append(text)
        return self.writable


@dataclass
class Booth:
    """The reception under test, and everything it was joined to."""

    times: Times = field(default_factory=Times)
    states: dict[str, TileState] = field(
        default_factory=lambda: {
            "caf": TileState.AVAILABLE,
            "cpam": TileState.CLOSED,
            "mairie": TileState.UNREACHABLE,
        }
    )
    boards: dict[str, Board] = field(default_factory=dict)
    places: list[MemoryPlace] = field(default_factory=list)
    calls: list[MemoryCall] = field(default_factory=list)
    volumes: list[int] = field(default_factory=list)
    join_error: Exception | None = None
    simulated: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    dock: tuple[DockDevice, ...] = ()
    technician: TechnicianView | None = None
    rehearsals: int = 0
    forgotten: int = 0
    rehearsal_s: float = 0.0

    def __post_init__(self) -> None:
        """Open the reception; needs a running loop."""
        self.reception = Reception(
            place_name="Essai",
            tiles=self.tiles,
            line_up=lambda: True,
            queues=self,
            devices=self,
            make_call=self.make_call,
            times=self.times,
            around=self,
        )

    @property
    def seen(self) -> VisitSnapshot:
        """What the screen shows."""
        return self.reception.snapshot

    @property
    def place(self) -> MemoryPlace:
        """The latest place taken."""
        return self.places[-1]

    @property
    def call(self) -> MemoryCall:
        """The latest call made."""
        return self.calls[-1]

    def tiles(self) -> tuple[Tile, ...]:
        return tuple(
            Tile(agency=agency, name=agency, full_name="", monogram="", colour="", state=state)
            for agency, state in self.states.items()
        )

    def board(self, agency: str) -> Board | None:
        return self.boards.get(agency)

    async def join(self, agency: str) -> Place:
        if self.join_error is not None:
            raise self.join_error
        self.places.append(MemoryPlace())
        return self.place

    def set_volume(self, volume: int) -> None:
        self.volumes.append(volume)

    async def forget(self) -> None:
        self.forgotten += 1

    async def rehearse(self) -> None:
        self.rehearsals += 1
        await asyncio.sleep(self.rehearsal_s)

    def make_call(
        self,
        agency: str,
        ticket: str,
        *,
        remote: PictureSink,
        self_view: PictureSink,
        on_change: Callable[[CallStatus], None],
        on_written: Callable[[str], None],
    ) -> MemoryCall:
        self.calls.append(MemoryCall(on_change, on_written))
        return self.call

    async def go_to_call(self) -> None:
        """Touch the CAF's tile, be answered, and see the agent."""
        await self.reception.choose("caf")
        await asyncio.sleep(1)
        self.place.answer()
        await asyncio.sleep(1)
        self.call.tell(CallStatus(attempt=1, connected_at=0.0, remote_video=True))

"""A reception with parts in memory: the test is the agencies, the agent and the call."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from devices.picture import PictureSink
from kiosk.appointments.view import AppointmentsView
from kiosk.calls.lane import Lane
from kiosk.calls.sinks import Sinks
from kiosk.calls.status import CallStatus
from kiosk.diagnostics.view import TechnicianView
from kiosk.documents.controls import PapersControls
from kiosk.documents.view import PapersView
from kiosk.link.events import EventKind
from kiosk.link.messages import Board, Claim, EndReason
from kiosk.link.papers import Notes
from kiosk.visit.farewell_controls import FarewellControls
from kiosk.visit.farewell_view import SummaryView, SurveyView
from kiosk.visit.ports import Makers, Place, SummaryFacts
from kiosk.visit.reception import Reception, Times
from kiosk.visit.snapshot import DockDevice, Screen, Tile, TileState, VisitSnapshot
from kiosk.visit.touches import ResidentTouches
from kiosk.visit.wipe import Ending, Store, StoreName

TICKET = "0" * 31 + "1"


class MemoryPlace:
    """A place in a queue; the test answers it with `answer` and takes the claim back."""

    def __init__(self) -> None:
        self.ticket = TICKET
        self.claim: Claim | None = None
        self.talks: list[str | None] = []
        self.lingering = False
        self.left = False
        self.gone = True
        """Whether the broker will say that it is."""
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

    async def linger(self) -> None:
        self.lingering = True

    async def leave(self) -> bool:
        self.left = True
        return self.gone


class MemoryCall:
    """A call that the test connects, slows and ends."""

    def __init__(self, on_change: Callable[[CallStatus], None], lanes: Sequence[Lane]) -> None:
        self.tell = on_change
        self.lanes = {lane.label: lane for lane in lanes}
        self.muted = False
        self.released = False
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


class MemoryPipe:
    """A data channel whose other end is the test."""

    buffered = 0

    def __init__(self) -> None:
        self.sent: list[str | bytes] = []

    def send(self, data: str | bytes) -> None:
        self.sent.append(data)


class MemoryLane:
    """A lane on which nothing is said."""

    label = "papers"
    lossy = False

    def open(self, pipe: object) -> None:
        """Say nothing on it."""

    def closed(self, pipe: object) -> None:
        """Nothing was said on it."""

    def take(self, data: str | bytes) -> None:
        """Nothing is heard on it."""


class MemoryPapers(PapersControls):
    """Papers that only know what the visit told them."""

    def __init__(self, count: Callable[[EventKind, int], None]) -> None:
        self.view = PapersView()
        self.lane = MemoryLane()
        self.handed_over = 2
        self.downloads = 0
        self.received: tuple[str, ...] = ("Attestation",)
        self.notes = Notes(missing=("Un RIB",))
        self.there: list[bool] = []
        self.looks = 0
        self.closed = False
        self.count = count

    def agent_there(self, there: bool) -> None:
        self.there.append(there)

    def look_at_devices(self) -> None:
        self.looks += 1

    async def wipe(self) -> int:
        self.closed = True
        return self.handed_over

    def left(self) -> int:
        return 0


class MemoryFarewell(FarewellControls):
    """The end of a visit that knows what it was given."""

    def __init__(self, agency: str, facts: SummaryFacts) -> None:
        self.agency = agency
        self.facts = facts
        self.summary = SummaryView()
        self.survey = SurveyView()
        self.closed = False
        self.touches = 0

    def learn(self, facts: SummaryFacts) -> None:
        self.facts = facts

    def touched(self) -> None:
        self.touches += 1

    async def close(self) -> None:
        self.closed = True

    def left(self) -> int:
        return 0


class MemoryWiping:
    """Asks each store, and remembers how visits ended."""

    def __init__(self) -> None:
        self.begun = 0
        self.endings: list[Ending] = []
        self.wiped: list[StoreName] = []

    async def begin(self) -> None:
        self.begun += 1

    async def wipe(self, ending: Ending, own: Sequence[Store]) -> None:
        self.endings.append(ending)
        for store in own:
            await store.wipe()
            if await store.left() == 0:
                self.wiped.append(store.name)


class MemoryAppointments:
    """The booth's appointments: none."""

    def __init__(self) -> None:
        self.view = AppointmentsView()
        self.closed = 0
        self.answered = 0

    async def close_visit(self) -> None:
        self.closed += 1

    async def agent_answered(self) -> None:
        self.answered += 1

    def wipe(self) -> int:
        return 0

    def left(self) -> int:
        return 0


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
    wipe_wanted: int = 0
    forgotten: int = 0
    rehearsal_s: float = 0.0
    appointments: MemoryAppointments = field(default_factory=MemoryAppointments)
    wiping: MemoryWiping = field(default_factory=MemoryWiping)
    papers: list[MemoryPapers] = field(default_factory=list)
    farewells: list[MemoryFarewell] = field(default_factory=list)
    reading: int = 0
    ringing: int = 0
    counted: list[tuple[EventKind, int]] = field(default_factory=list)
    came_for: list[tuple[str | None, str | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the reception; needs a running loop."""
        self.reception = Reception(
            place_name="Essai",
            tiles=self.tiles,
            line_up=lambda: True,
            queues=self,
            devices=self,
            makers=Makers(
                self.make_call,
                self.make_papers,
                self.make_farewell,
                lambda kind, count: self.counted.append((kind, count)),
            ),
            wiping=self.wiping,
            times=self.times,
            around=self,
        )
        self.touches = ResidentTouches(self.reception, self)

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

    async def join(
        self, agency: str, *, appointment: str | None = None, call_back: str | None = None
    ) -> Place:
        self.came_for.append((appointment, call_back))
        if self.join_error is not None:
            raise self.join_error
        self.places.append(MemoryPlace())
        return self.place

    def set_volume(self, volume: int) -> None:
        self.volumes.append(volume)

    def hang_up_lost_handset(self) -> None:
        self.forgotten += 1

    async def rehearse(self) -> None:
        self.rehearsals += 1
        await asyncio.sleep(self.rehearsal_s)

    def make_call(
        self,
        agency: str,
        ticket: str,
        *,
        sinks: Sinks,
        lanes: Sequence[Lane],
        on_change: Callable[[CallStatus], None],
    ) -> MemoryCall:
        self.calls.append(MemoryCall(on_change, lanes))
        return self.call

    def make_papers(
        self,
        sink: PictureSink,
        on_change: Callable[[], None],
        on_event: Callable[[EventKind, int], None],
    ) -> MemoryPapers:
        self.papers.append(MemoryPapers(on_event))
        return self.papers[-1]

    def make_farewell(
        self, agency: str, facts: SummaryFacts, on_change: Callable[[], None]
    ) -> MemoryFarewell:
        self.farewells.append(MemoryFarewell(agency, facts))
        return self.farewells[-1]

    async def look_for_codes(self, own: PictureSink) -> None:
        self.reading += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.reading -= 1

    async def ring(self) -> None:
        self.ringing += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.ringing -= 1

    async def go_to_queue(self) -> None:
        """Touch the CAF's tile and agree to be seen and heard."""
        await self.touches.choose("caf")
        await self.touches.agree()
        await asyncio.sleep(1)

    async def go_to_connecting(self) -> None:
        """Touch the CAF's tile, and be answered by an agent who is not there yet."""
        await self.go_to_queue()
        self.place.answer()
        await asyncio.sleep(1)
        assert self.seen.screen is Screen.CONNECTING

    async def go_to_call(self) -> None:
        """Touch the CAF's tile, be answered, and see the agent."""
        await self.go_to_connecting()
        self.call.tell(CallStatus(attempt=1, connected_at=0.0, remote_video=True))
